//! Finds the talk of a recording by its title and by who speaks, with how sure that is.

use deunicode::deunicode;
use std::ops::Range;

/// From here on a match is sure.
pub(super) const SURE: u8 = 85;
/// From here on it is worth asking.
pub(super) const PERHAPS: u8 = 50;
/// By so much a match must be better than the next one.
const AHEAD: u8 = 8;
/// Parts of a title, between signs, that are looked at.
const MOST_PARTS: usize = 8;
/// Words of a title that are looked at.
const MOST_WORDS: usize = 60;

/// What a talk is known by.
pub(super) struct Wanted {
    title: Vec<String>,
    /// The words of each name.
    people: Vec<Vec<String>>,
}

impl Wanted {
    pub fn new(title: &str, people: &[String]) -> Self {
        Self { title: words(title), people: people.iter().map(|name| words(name)).collect() }
    }
}

/// What a recording is called.
pub(super) struct Called {
    /// All words, those in front of and behind signs apart.
    parts: Vec<Vec<String>>,
    all: Vec<String>,
    people: Vec<String>,
}

impl Called {
    /// `noise` are names of the event and of the channel, which titles repeat.
    pub fn new(title: &str, people: &str, noise: &[Vec<String>]) -> Self {
        let mut parts: Vec<Vec<String>> = Vec::new();
        let mut texts: Vec<String> = vec![title.to_owned()];
        for sign in [" | ", " - ", " – ", " — ", " // ", " · ", ": ", " (", " ["] {
            texts = texts.iter().flat_map(|text| text.split(sign)).map(str::to_owned).collect();
        }
        for text in texts {
            let words = words(&text);
            if !words.is_empty() && !noise.contains(&words) && parts.len() < MOST_PARTS {
                parts.push(words);
            }
        }
        let all = parts.concat();
        Self { parts, all, people: words(people) }
    }
}

/// The words of the names of an event and of a channel.
pub(super) fn noise<'t>(names: impl Iterator<Item = &'t str>) -> Vec<Vec<String>> {
    names.map(words).filter(|words| !words.is_empty()).collect()
}

/// How sure it is that a recording is of a talk, in per cent.
pub(super) fn certainty(called: &Called, wanted: &Wanted) -> u8 {
    if wanted.title.is_empty() || called.all.is_empty() {
        return 0;
    }
    let of_title = title(called, wanted);
    let says = |name: &Vec<String>| {
        if name.is_empty() {
            0.0
        } else if contains(&called.all, name) || contains(&called.people, name) {
            1.0
        } else {
            let is_there = |word: &String| called.all.contains(word) || called.people.contains(word);
            let family = name.last().is_some_and(|word| word.len() > 3 && is_there(word));
            if name.len() > 1 && name.iter().all(is_there) {
                1.0
            } else if family && !wanted.title.contains(name.last().unwrap_or(&String::new())) {
                0.4
            } else {
                0.0
            }
        }
    };
    let of_people: f64 = wanted.people.iter().map(says).fold(0.0, f64::max);
    let sum = if of_title >= 0.5 {
        of_title + (1.0 - of_title) * 0.6 * of_people
    } else {
        // A person may give several talks.
        (of_title * 0.6 + of_people * 0.55).min(0.8)
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 100")]
    let per_cent = (sum.clamp(0.0, 1.0) * 100.0).round() as u8;
    per_cent
}

/// How alike the titles are, from 0 to 1.
fn title(called: &Called, wanted: &Wanted) -> f64 {
    let title = wanted.title.join(" ");
    let mut best: f64 = 0.0;
    let count = called.parts.len();
    for from in 0..count {
        for to in from + 1..=count {
            let Some(words) = called.parts.get(from..to).map(<[Vec<String>]>::concat) else { continue };
            if words.len() > MOST_WORDS {
                continue;
            }
            let text = words.join(" ");
            if text == title {
                // A short title may stand in another one by chance.
                let is_whole = from == 0 && to == count || wanted.title.len() > 2;
                best = best.max(if is_whole || only_people_are_left(called, from..to, wanted) {
                    1.0
                } else {
                    0.75
                });
                continue;
            }
            // What shares no word, or is much longer, is not alike.
            let shares = wanted.title.len() < 3 || words.iter().any(|word| wanted.title.contains(word));
            let (short, long) = (text.len().min(title.len()), text.len().max(title.len()));
            let mut alike =
                if shares && short * 2 >= long { strsim::normalized_levenshtein(&text, &title) } else { 0.0 };
            // A host cuts long titles.
            if words.len() >= 4 && title.starts_with(&text) {
                alike = alike.max(0.92);
            }
            if numbers(&words) != numbers(&wanted.title) {
                alike = alike.min(0.6);
            }
            best = best.max(alike);
        }
    }
    // The whole title stands somewhere in the other.
    if wanted.title.len() >= 3 && contains(&called.all, &wanted.title) {
        let has_more =
            numbers(&called.all).iter().any(|number| number.len() < 3 && !wanted.title.contains(number));
        best = best.max(if has_more { 0.7 } else { 0.95 });
    }
    best
}

/// Words that titles have beside what a talk is called.
const BESIDE: &[&str] = &[
    "a",
    "audio",
    "by",
    "day",
    "deutsch",
    "english",
    "en",
    "de",
    "fr",
    "full",
    "hd",
    "keynote",
    "lecture",
    "lightning",
    "live",
    "recording",
    "room",
    "session",
    "stage",
    "tag",
    "talk",
    "talks",
    "track",
    "translation",
    "ubersetzung",
    "video",
    "vortrag",
    "with",
    "workshop",
];

/// Whether all parts of a title but these name who speaks, or say nothing of a talk.
fn only_people_are_left(called: &Called, but: Range<usize>, wanted: &Wanted) -> bool {
    let is_beside =
        |word: &String| BESIDE.contains(&word.as_str()) || word.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = |word: &String| wanted.people.iter().any(|name| name.contains(word));
    let is_name = |part: &Vec<String>| part.iter().all(|word| is_beside(word) || is_name(word));
    called.parts.iter().enumerate().all(|(at, part)| but.contains(&at) || is_name(part))
}

/// Numbers of a title, which tell parts of something apart; without years.
fn numbers(words: &[String]) -> Vec<String> {
    let is_year = |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let mut numbers: Vec<String> = words
        .iter()
        .filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()) && !is_year(word))
        .cloned()
        .collect();
    numbers.sort();
    numbers
}

fn contains(all: &[String], part: &[String]) -> bool {
    !part.is_empty() && all.windows(part.len()).any(|window| window == part)
}

/// The words of a text without case, accents and signs.
fn words(text: &str) -> Vec<String> {
    let short: String = text.chars().take(400).filter(|c| !matches!(c, '\'' | '’')).collect();
    let plain = deunicode(&short).to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The best of several matches: its place, how sure it is, and whether it is ahead of all others.
pub(super) fn best(all: &[u8]) -> Option<(usize, u8, bool)> {
    let (at, first) = all.iter().copied().enumerate().max_by_key(|(at, value)| (*value, usize::MAX - at))?;
    let next = all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, value)| *value).max();
    Some((at, first, next.is_none_or(|next| next.saturating_add(AHEAD) <= first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sure(called: &str, title: &str, people: &[&str]) -> u8 {
        let people: Vec<String> = people.iter().map(|name| (*name).to_owned()).collect();
        let noise = noise(["DemoCon", "DemoCon 2027"].into_iter());
        certainty(&Called::new(called, "", &noise), &Wanted::new(title, &people))
    }

    #[test]
    fn titles_as_channels_write_them() {
        for called in [
            "What the harbour taught us",
            "WHAT THE HARBOUR TAUGHT US",
            "DemoCon: What the harbour taught us",
            "What the harbour taught us | DemoCon 2027",
            "Ada Lo: What the harbour taught us",
            "What the harbour taught us - Ada Lo",
            "Ada Lo – What the harbour taught us (DemoCon)",
            "What the harbor taught us - Ada Lo",
            "[DemoCon 2027] What the harbour taught us",
        ] {
            assert!(sure(called, "What the harbour taught us", &["Ada Lo"]) >= SURE, "{called}");
        }
    }

    #[test]
    fn short_titles_beside_words_that_say_nothing() {
        for called in
            ["01 - Ropes", "Day 1: Ropes", "Ropes (English translation)", "Ropes - Ada Lo | DemoCon"]
        {
            assert_eq!(sure(called, "Ropes", &["Ada Lo"]), 100, "{called}");
        }
    }

    #[test]
    fn what_is_another_talk_is_not_sure() {
        for (called, title) in [
            ("DemoCon trailer", "What the harbour taught us"),
            ("Deploying lamps, part 2", "Deploying lamps, part 1"),
            ("Seamless systematic interface", "Seamless real-time installation"),
            ("Ada Lo", "What the harbour taught us"),
            ("Opening: what is next", "Opening"),
            ("Closing the gap", "Closing"),
            ("Closing: the gap between us", "Closing"),
            ("", "x"),
        ] {
            assert!(
                sure(called, title, &["Ada Lo"]) < SURE,
                "{called}: {}",
                sure(called, title, &["Ada Lo"])
            );
        }
        assert!(sure("Ada Lo at DemoCon", "What the harbour taught us", &["Ada Lo"]) >= PERHAPS);
        assert_eq!(best(&[90, 85, 10]), Some((0, 90, false)));
        assert_eq!(best(&[10, 90]), Some((1, 90, true)));
    }
}
