//! Which texts name several people at once.

/// Words between two people.
const BETWEEN: &[&str] = &["and", "&", "/", "+", "und", "et"];

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
