//! Titles that are one, though a word differs.

use std::collections::BTreeSet;

/// Words of a title that tell it from others.
pub(super) fn long_words(title: &str) -> impl Iterator<Item = &str> {
    title.split(' ').filter(|word| word.len() > 3)
}

/// Whether two titles share most of their words, given as [`long_words`].
pub(super) fn alike(one: &BTreeSet<&str>, other: &BTreeSet<String>) -> bool {
    let common = other.iter().filter(|word| one.contains(word.as_str())).count();
    let all = one.len() + other.len() - common;
    other.len() >= 3 && common * 10 >= all * 7
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_words_are_enough() {
        let set = |title: &'static str| long_words(title).map(str::to_owned).collect::<BTreeSet<_>>();
        let one: BTreeSet<&str> = long_words("patch or rebuild your servers nightly").collect();
        assert!(alike(&one, &set("patch or rebuild your servers")));
        assert!(!alike(&one, &set("patch your network cards before others")));
        assert!(!alike(&one, &set("rebuild")));
    }
}
