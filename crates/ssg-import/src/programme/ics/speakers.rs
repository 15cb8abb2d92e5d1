//! Who speaks, of which calendars say nothing: guessed from titles and descriptions.

use super::lines::Component;
use crate::people::people;
use crate::programme::kinds::is_known;
use crate::programme::prose::line;

/// A title without names, and the names that were in it.
type Parted = (String, Vec<String>);

/// Where the titles of a calendar have names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Titles {
    /// Only where brackets hold them: `Rollbacks (Isolde Bo)`.
    #[default]
    InBrackets,
    /// Behind a dash as well: `Rollbacks - Isolde Bo`.
    Behind,
    /// In front of a colon or a dash as well: `Isolde Bo: Rollbacks`.
    InFront,
}

impl Titles {
    /// How most titles of a calendar are made: one alone may have a dash for anything.
    pub fn of(calendar: &Component) -> Self {
        let titles: Vec<String> = calendar
            .inner
            .iter()
            .filter(|one| one.name == "VEVENT")
            .map(|entry| line(&entry.text("SUMMARY")))
            .collect();
        let count =
            |of: fn(&str) -> Option<Parted>| titles.iter().filter(|title| of(title).is_some()).count();
        let (behind, in_front) = (count(behind), count(in_front));
        let most = behind.max(in_front);
        if most < 3 || most * 2 < titles.len() {
            Self::InBrackets
        } else if behind >= in_front {
            Self::Behind
        } else {
            Self::InFront
        }
    }

    /// A title without the names of people in it, and the names; none where it is not sure that they are.
    pub fn parted(self, title: &str) -> Parted {
        let found = in_brackets(title).or_else(|| match self {
            Self::InBrackets => None,
            Self::Behind => behind(title),
            Self::InFront => in_front(title),
        });
        found.unwrap_or_else(|| (title.to_owned(), Vec::new()))
    }
}

fn in_brackets(title: &str) -> Option<Parted> {
    let (before, inside) = title.strip_suffix(')')?.rsplit_once(" (")?;
    with(before, inside)
}

fn behind(title: &str) -> Option<Parted> {
    [" - ", " – ", " — ", " | "].iter().find_map(|sign| {
        let (before, names) = title.rsplit_once(sign)?;
        with(before, names)
    })
}

fn in_front(title: &str) -> Option<Parted> {
    [": ", " - ", " – ", " — ", " | "].iter().find_map(|sign| {
        let (names, rest) = title.split_once(sign)?;
        with(rest, names)
    })
}

fn with(title: &str, inside: &str) -> Option<Parted> {
    let names = names_in(inside);
    (!title.trim().is_empty() && !names.is_empty()).then(|| (title.trim().to_owned(), names))
}

/// The names in a text that holds nothing else; none where one of them may be none.
fn names_in(text: &str) -> Vec<String> {
    let names = people([text]).names;
    if names.iter().all(|name| is_name(name)) { names } else { Vec::new() }
}

/// Words in front of names in a description.
const SPEAKERS: &[&str] = &[
    "speaker",
    "speakers",
    "speaker(s)",
    "presenter",
    "presenters",
    "by",
    "with",
    "referent",
    "referenten",
    "referentin",
    "referent*in",
    "referent:in",
    "vortragende",
    "vortragender",
    "sprecher",
    "sprecherin",
    "mit",
    "orateur",
    "orateurs",
    "intervenant",
    "intervenants",
    "ponente",
    "ponentes",
    "relatore",
    "relatori",
    "spreker",
    "sprekers",
    "host",
    "panelists",
    "panellists",
];

/// A description without the line that names who speaks, and the names in it.
pub(super) fn without_speakers(description: &str, url: &str) -> (String, Vec<String>) {
    let mut names = Vec::new();
    let mut kept: Vec<&str> = Vec::new();
    for line in description.lines() {
        let said = line.split_once(':').filter(|(word, rest)| {
            SPEAKERS.contains(&word.trim().to_lowercase().as_str()) && !rest.trim().is_empty()
        });
        match said {
            Some((_, rest)) if names.is_empty() => {
                let line = self::line(rest);
                names = people([line.as_str()]).names;
                names.retain(|name| !name.contains('…'));
            }
            _ if names.is_empty() && kept.is_empty() && !names_in(line).is_empty() => names = names_in(line),
            // The address is a link of its own.
            _ if !url.is_empty() && line.trim() == url => {}
            _ => kept.push(line),
        }
    }
    (kept.join("\n").trim().to_owned(), names)
}

/// Whether a text looks like a whole name: words that begin with capitals, with small ones between.
fn is_name(text: &str) -> bool {
    const SMALL: &[&str] = &[
        "van", "von", "de", "der", "den", "del", "da", "di", "la", "le", "el", "al", "bin", "dos", "du",
        "ten", "zu",
    ];
    let words: Vec<&str> = text.split(' ').collect();
    let is_part = |word: &str| {
        SMALL.contains(&word)
            || (word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || "-'’.".contains(c))
                && (word.chars().count() < 4 || !word.chars().all(char::is_uppercase)))
    };
    // `Open Space` is none.
    (2..=5).contains(&words.len()) && words.iter().all(|word| is_part(word)) && !is_known(text)
}

#[cfg(test)]
mod tests {
    use super::super::lines::read;
    use super::*;

    #[test]
    fn names_in_titles() {
        let parted = |title: &str| Titles::InBrackets.parted(title);
        let (title, names) = parted("Rollbacks are a feature (Isolde Bo, Piet van den Anker)");
        assert_eq!(title, "Rollbacks are a feature");
        assert_eq!(names, ["Isolde Bo", "Piet van den Anker"]);
        for title in
            ["Tea (with milk)", "Deploys (part 2)", "(Ada Lo)", "Kubernetes (K8s)", "Tea", "Lamps - Ada Lo"]
        {
            assert_eq!(parted(title), (title.to_owned(), vec![]), "{title}");
        }
        assert_eq!(Titles::Behind.parted("Lamps - and more - Ada Lo, Bo Li").1, ["Ada Lo", "Bo Li"]);
        assert_eq!(
            Titles::InFront.parted("Ada Lo: Lamps: why"),
            ("Lamps: why".to_owned(), vec!["Ada Lo".to_owned()])
        );
    }

    #[test]
    fn how_most_titles_are_made() {
        let calendar = |titles: &[&str]| {
            let entries: String =
                titles.iter().map(|title| format!("BEGIN:VEVENT\nSUMMARY:{title}\nEND:VEVENT\n")).collect();
            Titles::of(&read(&entries))
        };
        assert_eq!(calendar(&["Lamps - Ada Lo", "Ropes - Bo Li", "Nets - Cy Ro", "Lunch"]), Titles::Behind);
        assert_eq!(calendar(&["Ada Lo: Lamps", "Bo Li: Ropes", "Cy Ro: Nets"]), Titles::InFront);
        assert_eq!(calendar(&["Lamps - Lessons Learned", "Ropes", "Nets", "Lunch"]), Titles::InBrackets);
    }

    #[test]
    fn names_in_descriptions() {
        let (text, names) = without_speakers("Speaker: Ada Lo and Bo Li\n\nText: more", "");
        assert_eq!((text.as_str(), names), ("Text: more", vec!["Ada Lo".to_owned(), "Bo Li".to_owned()]));
        let (text, names) =
            without_speakers("Ada Lo, Bo Li\n\nOn lamps.\nhttps://x.example/", "https://x.example/");
        assert_eq!((text.as_str(), names.len()), ("On lamps.", 2));
        assert_eq!(without_speakers("On Lamps, and more", "").1, Vec::<String>::new());
    }
}
