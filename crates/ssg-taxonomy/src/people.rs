//! Which texts are names of people: what stands for nobody, and what is several people at once.

/// Whole texts that stand for nobody, without marks and in lower case.
const NOBODY: &[&str] = &[
    "all",
    "all speakers",
    "everyone",
    "guest speaker",
    "guest speakers",
    "invited speaker",
    "keynote speaker",
    "many",
    "mystery guest",
    "mystery speaker",
    "n/a",
    "nn",
    "n n",
    "no speaker",
    "nobody",
    "none",
    "null",
    "others",
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
    "unknown",
    "unknown speaker",
];

/// What is counted or summed up instead of named: `Speaker 2`, `Various speakers`.
const ROLES: &[&str] = &["author", "guest", "panelist", "panellist", "participant", "presenter", "speaker"];

/// Words between two people.
const BETWEEN: &[&str] = &["and", "&", "/", "+", "und", "et"];

/// Whether a name stands for nobody: `TBA`, `N.N.`, `Various speakers`, `Speaker 2`, `?`.
#[must_use]
pub fn is_placeholder(name: &str) -> bool {
    let plain: String = name.chars().filter(|c| !".,:;!?*#()[]<>{}\"'_".contains(*c)).collect();
    let lower = plain.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    if !lower.chars().any(char::is_alphanumeric) || NOBODY.contains(&words.join(" ").as_str()) {
        return true;
    }
    let role = |word: &str| ROLES.iter().any(|role| word.strip_suffix('s').unwrap_or(word) == *role);
    let number = |word: &str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    match words.as_slice() {
        ["various" | "multiple" | "several"] => true,
        ["various" | "multiple" | "several" | "tba" | "tbd" | "tbc", what] => {
            role(what) || matches!(*what, "artists" | "people")
        }
        [what, which] => {
            role(what) && (number(which) || matches!(*which, "tba" | "tbd" | "tbc" | "a" | "b" | "c"))
        }
        _ => false,
    }
}

/// The people of a text that names more than one: `A B and C D`, `A B / C D`, `A B, C D & E F`. Empty
/// for anything else. Each must have two names at least, so that `King, Jr.` and `Simon and Garfunkel`
/// stay whole.
#[must_use]
pub fn split_people(text: &str) -> Vec<String> {
    let spaced = text.replace('/', " / ").replace(';', " ; ");
    let mut people: Vec<Vec<&str>> = vec![Vec::new()];
    let (mut marked, mut commas) = (false, 0);
    for word in spaced.split_whitespace() {
        if word == ";" || BETWEEN.iter().any(|between| between.eq_ignore_ascii_case(word)) {
            marked = true;
            people.push(Vec::new());
            continue;
        }
        let bare = word.trim_end_matches(',');
        if let Some(person) = people.last_mut().filter(|_| !bare.is_empty()) {
            person.push(bare);
        }
        if bare.len() < word.len() {
            commas += 1;
            people.push(Vec::new());
        }
    }
    // A comma before the last "and", or at the end, parts nobody from nobody.
    people.retain(|person| !person.is_empty());
    let several = people.len() > 1 && (marked || commas > 1);
    let full = |person: &Vec<&str>| {
        let named = |word: &&&str| word.chars().any(char::is_alphabetic);
        person.iter().filter(named).count() > 1
    };
    if several && people.iter().all(full) {
        people.into_iter().map(|person| person.join(" ")).collect()
    } else {
        Vec::new()
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
            "speakers",
            "Speaker TBA",
            "Panelist 1",
            "To be announced",
            "Unknown",
            "Several people",
            "TBD speaker",
        ] {
            assert!(is_placeholder(name), "{name}");
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
        ] {
            assert!(!is_placeholder(name), "{name}");
        }
    }

    #[test]
    fn several_people_in_one_text() {
        for (text, people) in [
            ("Jo Dock and Al Quay", &["Jo Dock", "Al Quay"] as &[&str]),
            ("Jo Dock AND Al Quay", &["Jo Dock", "Al Quay"]),
            ("Jo Dock / Al Quay", &["Jo Dock", "Al Quay"]),
            ("Jo Dock/Al Quay", &["Jo Dock", "Al Quay"]),
            ("Jo Dock & Al Quay", &["Jo Dock", "Al Quay"]),
            ("Jo Dock; Al Quay", &["Jo Dock", "Al Quay"]),
            ("Jo Dock, Al Quay & Bo Pier", &["Jo Dock", "Al Quay", "Bo Pier"]),
            ("Jo Dock, Al Quay, and Bo Pier", &["Jo Dock", "Al Quay", "Bo Pier"]),
            ("Jo Dock, Al Quay, Bo Pier", &["Jo Dock", "Al Quay", "Bo Pier"]),
        ] {
            assert_eq!(split_people(text), people, "{text}");
        }
        for text in [
            "Jo Dock",
            "Martin Luther King, Jr.",
            "Simon and Garfunkel",
            "Anders Andersson",
            "Dock, Jo",
            "Van Dock, Jo Ann",
            "Jo and",
            "& Jo Dock",
            "",
        ] {
            assert!(split_people(text).is_empty(), "{text}");
        }
    }
}
