//! "Did you mean …?": the nearest of a set of known names.
//!
//! A mistake may stand on every line of a large site, and as many names may be known. Therefore no search
//! looks at more than a fixed number of names, whoever calls and however many there are: where a set may
//! grow with the site, its owner keeps one [`Suggestions`] of it, made once; [`did_you_mean`] is for lists
//! that somebody typed. How many hints are shown is decided where everything is known, by
//! [`Diagnostics::sort`](crate::Diagnostics::sort).

use std::cmp::Ordering;

/// However long a name is, one that differs in more letters is another name.
const MOST_EDITS: usize = 8;
/// Longer names, in bytes, are no slips of the pen.
const LONGEST: usize = 250;
/// So many names are few, and all are looked at.
const FEW: usize = 64;
/// How many names of more are looked at on each side of where a wrong one would stand, once in the order of
/// their beginnings, once in that of their ends.
const WINDOW: usize = 8;
/// How many names of a list that has no order are looked at.
const MOST_LISTED: usize = 256;
/// How hints begin that name what may have been meant.
const WORDS: &str = "did you mean `";

/// Names out of which something may have been meant, in an order in which near ones are found without
/// looking at all.
///
/// Of few names all are looked at. Of many those are that begin most like the wrong one or end most like
/// it: a slip of the pen leaves the one or the other as it was.
#[derive(Debug, Default)]
pub struct Suggestions {
    /// In lower case, and as they are; sorted.
    names: Vec<(Box<str>, Box<str>)>,
    /// Positions in `names`, sorted by the names read backwards.
    backwards: Vec<usize>,
}

impl Suggestions {
    /// Suggestions out of these names.
    #[must_use]
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names: Vec<(Box<str>, Box<str>)> =
            names.into_iter().map(|name| (name.to_lowercase().into(), name.into())).collect();
        names.sort_unstable();
        names.dedup();
        let mut backwards: Vec<usize> = Vec::new();
        if names.len() > FEW {
            backwards.extend(0..names.len());
            backwards.sort_by(|a, b| from_behind(&names[*a].0, &names[*b].0));
        }
        Self { names, backwards }
    }

    /// The name nearest to `wrong`, when one is near enough to be worth showing.
    #[must_use]
    pub fn closest(&self, wrong: &str) -> Option<&str> {
        if self.backwards.is_empty() {
            return nearest(wrong, self.names.iter().map(|(lower, name)| (&**lower, &**name)));
        }
        if wrong.len() > LONGEST {
            return None;
        }
        let lower = wrong.to_lowercase();
        let at = self.names.partition_point(|(name, _)| **name < *lower);
        let behind = self.backwards.partition_point(|name| from_behind(&self.names[*name].0, &lower).is_lt());
        let around = |at: usize| at.saturating_sub(WINDOW)..(at + WINDOW).min(self.names.len());
        let candidates = around(at).chain(around(behind).map(|place| self.backwards[place]));
        nearest(wrong, candidates.map(|place| (&*self.names[place].0, &*self.names[place].1)))
    }

    /// The hint ``did you mean `x`?`` for a wrong name, if there is one.
    #[must_use]
    pub fn did_you_mean(&self, wrong: &str) -> Option<String> {
        self.closest(wrong).map(hint)
    }
}

/// The order of texts that are read from their ends.
fn from_behind(a: &str, b: &str) -> Ordering {
    a.bytes().rev().cmp(b.bytes().rev())
}

/// The hint ``did you mean `x`?`` for the nearest of a few names, if there is one.
///
/// Of a longer list only the first 256 are looked at: what may grow with a site needs [`Suggestions`].
#[must_use]
pub fn did_you_mean<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let few: Vec<(String, &str)> =
        candidates.into_iter().take(MOST_LISTED).map(|name| (name.to_lowercase(), name)).collect();
    nearest(wrong, few.iter().map(|(lower, name)| (lower.as_str(), *name))).map(hint)
}

fn hint(name: &str) -> String {
    format!("{WORDS}{name}`?")
}

/// Names for a message, divided by commas: the first dozen, and how many more there are.
#[must_use]
pub fn listed<N: std::fmt::Display>(names: impl IntoIterator<Item = N>) -> String {
    const MOST: usize = 12;
    let mut names = names.into_iter();
    let shown: Vec<String> = names.by_ref().take(MOST).map(|name| name.to_string()).collect();
    match names.count() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

/// Whether a hint is one of those that are made here.
pub(crate) fn is_suggestion(hint: &str) -> bool {
    hint.starts_with(WORDS)
}

/// The nearest of candidates, each in lower case and as it is.
///
/// Ties go to the first by code point, whatever the order of the candidates. Comparison ignores case;
/// a candidate that differs in more than a third of its letters, or in more than eight, is not near. Of
/// most candidates only the letters are counted.
fn nearest<'a>(wrong: &str, candidates: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<&'a str> {
    if wrong.len() > LONGEST {
        return None;
    }
    let wrong = wrong.to_lowercase();
    let letters = Letters::of(&wrong);
    let mut allowed = (letters.count / 3).clamp(1, MOST_EDITS);
    let mut likely: Vec<(usize, &str, &str)> = candidates
        .into_iter()
        // A byte is a letter at most, and a letter is four bytes.
        .filter(|(lower, _)| {
            lower.len() + allowed >= letters.count && lower.len() <= 4 * (letters.count + allowed)
        })
        .map(|(lower, name)| (Letters::of(lower).least_edits(&letters), name, lower))
        .filter(|(least, ..)| *least <= allowed)
        .collect();
    likely.sort_unstable();
    let mut best: Option<(usize, &str)> = None;
    for (least, name, lower) in likely {
        if least > allowed {
            break;
        }
        let distance = strsim::osa_distance(&wrong, lower);
        if distance <= allowed && best.is_none_or(|known| (distance, name) < known) {
            best = Some((distance, name));
            allowed = distance;
        }
    }
    best.map(|(_, name)| name)
}

/// The letters of a word, counted. Letters that are far apart by code point share a count.
struct Letters {
    count: usize,
    counts: [u16; 64],
}

impl Letters {
    fn of(word: &str) -> Self {
        let mut letters = Self { count: 0, counts: [0; 64] };
        for letter in word.chars() {
            letters.count += 1;
            if let Some(count) = letters.counts.get_mut(u32::from(letter) as usize % 64) {
                *count = count.saturating_add(1);
            }
        }
        letters
    }

    /// How many edits it takes at least to make one word of the other: each letter that is too many,
    /// and each that is missing, takes one, and one edit mends one of both.
    fn least_edits(&self, other: &Self) -> usize {
        let (mut more, mut fewer) = (0_usize, 0_usize);
        for (mine, theirs) in self.counts.iter().zip(&other.counts) {
            more += usize::from(mine.saturating_sub(*theirs));
            fewer += usize::from(theirs.saturating_sub(*mine));
        }
        more.max(fewer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
        let names: Vec<&str> = names.into_iter().collect();
        let found = Suggestions::new(names.iter().copied()).closest(wrong).map(str::to_owned);
        assert_eq!(did_you_mean(wrong, names), found.as_deref().map(hint));
        found
    }

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        assert_eq!(closest("tittle", ["date", "title"]).as_deref(), Some("title"));
        assert_eq!(closest("2016-tornto", ["2016-toronto", "2015-toronto"]).as_deref(), Some("2016-toronto"));
        assert_eq!(closest("zebra", ["title", "date"]), None);
        assert_eq!(closest("tale", ["talk", "tall"]), closest("tale", ["tall", "talk"]));
        assert_eq!(closest("TILTE", ["title"]).as_deref(), Some("title"));
        assert_eq!(closest("ÉCOLE DU SOIR", ["école du soir"]).as_deref(), Some("école du soir"));
        assert_eq!(closest("", ["a", ""]).as_deref(), Some(""));
        assert_eq!(closest("title", [] as [&str; 0]), None);
        assert_eq!(closest(&"x".repeat(1000), [&*"x".repeat(1000)]), None);
    }

    #[test]
    fn counting_letters_passes_over_nothing_that_is_near() {
        let words =
            ["harbour", "habrour", "arbour", "harbours", "harbor", "grabour", "harbourmaster", "ruobrah"];
        for one in words {
            for other in words {
                let least = Letters::of(one).least_edits(&Letters::of(other));
                assert!(least <= strsim::osa_distance(one, other));
            }
        }
    }

    #[test]
    fn a_slip_anywhere_in_a_name_is_found_among_thousands() {
        let names: Vec<String> = (0..5000)
            .map(|n| format!("posts/{}-{:02}-01-a-day-{}-in-town.md", 1990 + n % 40, n % 12 + 1, n * 7919))
            .collect();
        let suggestions = Suggestions::new(names.iter().map(String::as_str));
        for name in names.iter().step_by(611) {
            for at in [0, 3, 8, 15, name.len() - 9, name.len() - 1] {
                let slip = format!("{}{}", &name[..at], &name[at + 1..]);
                assert_eq!(suggestions.closest(&slip), Some(name.as_str()), "{slip}");
            }
            assert_eq!(suggestions.closest(&name.to_uppercase()), Some(name.as_str()));
        }
        assert_eq!(suggestions.closest("events/2016-toronto.md"), None);
    }

    #[test]
    fn no_list_is_looked_at_to_its_end() {
        let mut looked = 0;
        let names = std::iter::repeat_with(|| "title").inspect(|_| looked += 1);
        assert!(did_you_mean("tilte", names).is_some());
        assert_eq!(looked, MOST_LISTED);
    }
}
