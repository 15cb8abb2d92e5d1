//! Names of people: several in one text are parted, and what names nobody is left out.
//!
//! A text is parted only where it is sure: a shared family name (`Jane and John Smith`) or a title
//! behind a comma (`Kim Lee, PhD`) stays whole, with a note.

use ssg_parse::is_placeholder_name;
use unicode_normalization::UnicodeNormalization;

/// What became of the texts that should name people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct People {
    /// Their names, each once, in the order of the source.
    pub names: Vec<String>,
    /// What was parted, left out or is doubtful.
    pub notes: Vec<String>,
}

/// Words between two names, in the languages of such lists.
const AND: &[&str] =
    &[" and ", " AND ", " & ", " und ", " et ", " y ", " и ", " og ", " och ", " en ", " e ", " + "];

/// Reads texts that name people.
pub(crate) fn people<'t>(texts: impl IntoIterator<Item = &'t str>) -> People {
    let mut people = People::default();
    for text in texts {
        let text = clean(text);
        let names = part(&text);
        if names.len() > 1 {
            people.notes.push(format!("`{text}` was parted into {}", names.join(" · ")));
        } else if is_doubtful(&text) {
            people.notes.push(format!("`{text}` may be several people, or no name"));
        }
        for name in names {
            if is_nobody(&name) {
                people.notes.push(format!("`{name}` names nobody and was left out"));
            } else if !people.names.contains(&name) {
                people.names.push(name);
            }
        }
    }
    people
}

/// One spelling for equal names: composed characters, single spaces.
pub(crate) fn clean(text: &str) -> String {
    let composed: String = text.nfc().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The names in one text.
fn part(text: &str) -> Vec<String> {
    let mut names = vec![text.to_owned()];
    // These part names and nothing else.
    for separator in [" / ", ";"] {
        names = split(&names, separator, |part| part.chars().any(char::is_alphabetic));
    }
    // These may stand inside a name, or between a name and a title.
    names = split(&names, "/", is_full_name);
    names = split_list(&names);
    names
}

/// Parts each text at a separator where every piece is a name.
fn split(texts: &[String], separator: &str, is_name: impl Fn(&str) -> bool) -> Vec<String> {
    let mut all = Vec::new();
    for text in texts {
        let parts: Vec<&str> = text.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && parts.iter().all(|part| is_name(part)) {
            all.extend(parts.into_iter().map(str::to_owned));
        } else {
            all.push(text.clone());
        }
    }
    all
}

/// Parts `A, B and C`: at commas and at words that mean “and”, all at once or not at all.
fn split_list(texts: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for text in texts {
        let mut commas = text.replace(", and ", ", ").replace(", & ", ", ");
        for word in AND {
            commas = commas.replace(word, ", ");
        }
        let parts: Vec<&str> =
            commas.split([',', '、', '，']).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && parts.iter().all(|part| is_full_name(part) || is_nobody(part)) {
            all.extend(parts.into_iter().map(str::to_owned));
        } else {
            all.push(text.clone());
        }
    }
    all
}

/// Whether a text is surely the whole name of one person: a given and a family name, or a short
/// word of a script that writes names without spaces.
fn is_full_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let east_asian =
        |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    let words = text.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).count();
    let titles = ["phd", "ph.d.", "ph.d", "jr.", "jr", "sr.", "md", "m.d.", "inc.", "ltd.", "llc", "gmbh"];
    if text.split(' ').any(|word| titles.contains(&word.to_lowercase().as_str())) && words < 3 {
        return false;
    }
    (2..=5).contains(&words) || (words == 1 && (2..=5).contains(&letters) && text.chars().all(east_asian))
}

fn is_doubtful(text: &str) -> bool {
    AND.iter().any(|word| text.contains(word)) || text.contains([',', '/', '、'])
}

/// Whether a text stands for nobody: a placeholder, no letters at all, or a numbered person, whom sites
/// may name so on purpose and sources do not.
pub(crate) fn is_nobody(name: &str) -> bool {
    let numbered = name.to_lowercase().trim().strip_prefix("person").is_some_and(|rest| {
        !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit() || [' ', '#', '-', '_'].contains(&c))
    });
    numbered || is_placeholder_name(name) || !name.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        people([text]).names
    }

    #[test]
    fn several_people_in_one_text_are_parted() {
        assert_eq!(names("Jo Dock and Al Quay"), ["Jo Dock", "Al Quay"]);
        assert_eq!(names("Jo Dock / Al Quay"), ["Jo Dock", "Al Quay"]);
        assert_eq!(names("Jo Dock/Al Quay"), ["Jo Dock", "Al Quay"]);
        assert_eq!(names("Jo Dock, Al Quay, and Bo Hull"), ["Jo Dock", "Al Quay", "Bo Hull"]);
        assert_eq!(names("Jo Dock & Al Quay; Bo Hull"), ["Jo Dock", "Al Quay", "Bo Hull"]);
        assert_eq!(names("Glyph / Bo Hull"), ["Glyph", "Bo Hull"]);
        assert_eq!(names("배준현, 박중석"), ["배준현", "박중석"]);
        assert_eq!(names("Иван Петров и Анна Ким"), ["Иван Петров", "Анна Ким"]);
        assert_eq!(names("Jo Dock, Bo Hull en Al Quay"), ["Jo Dock", "Bo Hull", "Al Quay"]);
        assert!(people(["Jo Dock and Al Quay"]).notes[0].contains("parted"));
    }

    #[test]
    fn what_is_not_sure_stays_whole() {
        for text in [
            "Jane and John Smith",
            "Kim Lee, PhD",
            "José Ortega y Gasset",
            "AC/DC",
            "Dock, Jo",
            "Rand Fitzpatrick",
            "Casa en Lisboa",
        ] {
            assert_eq!(names(text), [text]);
        }
        assert!(!people(["Jane and John Smith"]).notes.is_empty());
        assert!(people(["Rand Fitzpatrick"]).notes.is_empty());
    }

    #[test]
    fn placeholders_are_nobody() {
        for text in [
            "TBA",
            "tbd",
            "Various speakers",
            "Speaker 2",
            "Speaker",
            "speaker-3",
            "",
            " ",
            "?",
            "-",
            "N/A",
            "Unknown",
        ] {
            assert!(names(text).is_empty(), "{text}");
        }
        assert_eq!(names("Jo Dock and TBA"), ["Jo Dock"]);
        assert_eq!(names("Speaker McSpeakface"), ["Speaker McSpeakface"]);
    }

    #[test]
    fn equal_names_are_one() {
        assert_eq!(people(["Jose\u{301}  Dock", "José Dock"]).names, ["José Dock"]);
    }
}
