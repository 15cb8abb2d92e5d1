//! "Did you mean …?": the nearest of a set of known names.

/// The candidate nearest to `wrong`, when one is near enough to be worth showing.
///
/// Ties go to the first by code point, whatever the order of the candidates. Comparison ignores case;
/// a candidate that differs in more than a third of its letters is not near.
#[must_use]
pub fn closest<'a>(wrong: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    let allowed = (wrong.chars().count() / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        if lower.chars().count().abs_diff(wrong.chars().count()) > allowed {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&wrong, &lower);
        if distance <= allowed && best.is_none_or(|known| (distance, candidate) < known) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
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
    }
}
