//! "Did you mean …?": the nearest of a set of known names.

/// However long a name is, one that differs in more letters is another name.
const MOST_EDITS: usize = 8;

/// The candidate nearest to `wrong`, when one is near enough to be worth showing.
///
/// Ties go to the first by code point, whatever the order of the candidates. Comparison ignores case;
/// a candidate that differs in more than a third of its letters, or in more than eight, is not near. Of
/// most candidates only the letters are counted, so that thousands of them cost little.
#[must_use]
pub fn closest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = Letters::of(wrong);
    let wrong = wrong.to_lowercase();
    let mut allowed = (letters.count / 3).clamp(1, MOST_EDITS);
    let mut likely: Vec<(usize, &str)> = candidates
        .into_iter()
        // A byte is a letter at most.
        .filter(|candidate| candidate.len() + allowed >= letters.count)
        .map(|candidate| (Letters::of(candidate).least_edits(&letters), candidate))
        .filter(|(least, _)| *least <= allowed)
        .collect();
    likely.sort_unstable();
    let mut best: Option<(usize, &str)> = None;
    for (least, candidate) in likely {
        if least > allowed {
            break;
        }
        let distance = strsim::damerau_levenshtein(&wrong, &candidate.to_lowercase());
        if distance <= allowed && best.is_none_or(|known| (distance, candidate) < known) {
            best = Some((distance, candidate));
            allowed = distance;
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The letters of a word in lower case, counted. Letters that are far apart by code point share a
/// count.
struct Letters {
    count: usize,
    counts: [u16; 64],
}

impl Letters {
    fn of(word: &str) -> Self {
        let mut letters = Self { count: 0, counts: [0; 64] };
        for letter in word.chars().flat_map(char::to_lowercase) {
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

/// Suggestions for names out of one set, as long as few are wrong. Where very many are, they are no
/// slips of the pen, nobody reads so many hints, and looking for each among all would cost their product.
#[derive(Debug)]
pub struct Suggestions<'a> {
    names: Vec<&'a str>,
    left: usize,
}

impl<'a> Suggestions<'a> {
    /// How many wrong names get a hint.
    pub const MOST: usize = 100;

    /// Suggestions out of these names.
    pub fn new(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self { names: names.into_iter().collect(), left: Self::MOST }
    }

    /// The hint ``did you mean `x`?`` for a wrong name, if there is one.
    pub fn did_you_mean(&mut self, wrong: &str) -> Option<String> {
        self.left = self.left.checked_sub(1)?;
        did_you_mean(wrong, self.names.iter().copied())
    }
}

/// The hint ``did you mean `x`?`` for the nearest candidate, if there is one.
#[must_use]
pub fn did_you_mean<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    closest(wrong, candidates).map(|name| format!("did you mean `{name}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        assert_eq!(closest("tittle", ["date", "title"]), Some("title"));
        assert_eq!(closest("2016-tornto", ["2016-toronto", "2015-toronto"]), Some("2016-toronto"));
        assert_eq!(closest("zebra", ["title", "date"]), None);
        assert_eq!(closest("tale", ["talk", "tall"]), closest("tale", ["tall", "talk"]));
        assert_eq!(closest("TILTE", ["title"]), Some("title"));
        assert_eq!(closest("ÉCOLE DU SOIR", ["école du soir"]), Some("école du soir"));
        assert_eq!(closest("", ["a", ""]), Some(""));
    }

    #[test]
    fn counting_letters_passes_over_nothing_that_is_near() {
        let words =
            ["harbour", "habrour", "arbour", "harbours", "HARBOR", "grabour", "harbourmaster", "ruobrah"];
        for one in words {
            for other in words {
                let least = Letters::of(one).least_edits(&Letters::of(other));
                assert!(least <= strsim::damerau_levenshtein(&one.to_lowercase(), &other.to_lowercase()));
            }
        }
    }

    #[test]
    fn very_many_wrong_names_get_no_hint() {
        let mut suggestions = Suggestions::new(["title"]);
        let hints = (0..300).filter_map(|_| suggestions.did_you_mean("tilte")).count();
        assert_eq!(hints, Suggestions::MOST);
    }
}
