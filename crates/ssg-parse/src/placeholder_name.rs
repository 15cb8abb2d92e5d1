//! Texts in the place of a name that stand for nobody.
//!
//! Known to whoever reads names: to the site that makes people of them, and to importers.

/// Whole texts that stand for nobody, without marks and in lower case.
const NOBODY: &[&str] = &[
    "all",
    "all speakers",
    "and others",
    "anonymous",
    "coming soon",
    "et al",
    "everybody",
    "everyone",
    "guest speaker",
    "guest speakers",
    "invited speaker",
    "keynote speaker",
    "many",
    "multiple",
    "mystery guest",
    "mystery speaker",
    "n n",
    "n/a",
    "name",
    "nn",
    "no speaker",
    "nobody",
    "none",
    "null",
    "others",
    "panel",
    "panelists",
    "presenters",
    "several",
    "speaker",
    "speakers",
    "surprise guest",
    "surprise speaker",
    "tba",
    "tbc",
    "tbd",
    "to be announced",
    "to be confirmed",
    "to be decided",
    "to be determined",
    "unbekannt",
    "unknown",
    "unknown speaker",
    "varios",
    "various",
    "various artists",
    "various authors",
    "your name",
    "yourname",
];

/// What is counted or summed up instead of named: `Speaker 2`, `Various speakers`.
const ROLES: &[&str] =
    &["author", "guest", "panelist", "panellist", "participant", "presenter", "speaker", "sprecher"];

/// Whether a name stands for nobody: `TBA`, `N.N.`, `Various speakers`, `Speaker 2`, `?`.
#[must_use]
pub fn is_placeholder_name(name: &str) -> bool {
    let plain: String = name.chars().filter(|c| !".,:;!?*#()[]<>{}\"'_".contains(*c)).collect();
    let lower = plain.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    if !lower.chars().any(char::is_alphanumeric) || NOBODY.contains(&words.join(" ").as_str()) {
        return true;
    }
    let role = |word: &str| ROLES.iter().any(|role| word.strip_suffix('s').unwrap_or(word) == *role);
    let number = |word: &str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    match words.as_slice() {
        // `Speaker-2`, `speaker2`
        [word] => {
            let what = word.trim_end_matches(|c: char| c.is_ascii_digit());
            what.len() < word.len() && role(what.trim_end_matches('-'))
        }
        ["various" | "multiple" | "several" | "tba" | "tbd" | "tbc", what] => {
            role(what) || matches!(*what, "artists" | "people")
        }
        [what, which] => {
            role(what) && (number(which) || matches!(*which, "tba" | "tbd" | "tbc" | "a" | "b" | "c"))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_for_nobody() {
        for name in [
            "TBA",
            "tbd",
            "(TBC)",
            "T.B.A.",
            "N.N.",
            "NN",
            "N/A",
            "?",
            "-",
            "…",
            "Various speakers",
            "various",
            "Multiple Speakers",
            "Speaker 2",
            "Speaker #2",
            "speaker-3",
            "Presenter4",
            "Your name",
            "et al.",
            "speakers",
            "Speaker TBA",
            "Panelist 1",
            "To be announced",
            "Unknown",
            "Several people",
            "TBD speaker",
        ] {
            assert!(is_placeholder_name(name), "{name}");
        }
        for name in [
            "Ada Dock",
            "Na Li",
            "N. N. Taleb",
            "Various Artists Collective",
            "Anne Speaker",
            "Al",
            "Tba Okafor",
            "Speaker Nguyen",
            "李娜",
            "Person Of Interest",
            "Bo Null",
            "Na",
            "user-4",
        ] {
            assert!(!is_placeholder_name(name), "{name}");
        }
    }
}
