//! Sponsors of levels that are not declared, and more of them than a level takes.

use ssg_parse::EventTable;
use ssg_source::hash::HashMap;
use ssg_source::{Diagnostic, Diagnostics, SitePath, Suggestions, codes};
use std::cell::LazyCell;

/// Warns at the sponsor that is one too many, and at unknown levels.
pub(super) fn check(table: &EventTable, source: &SitePath, found: &mut Diagnostics) {
    // Without any declared the sponsors' own names for them are all there is.
    if table.sponsor_levels.is_empty() {
        return;
    }
    let most: HashMap<&str, Option<i64>> =
        table.sponsor_levels.iter().map(|level| (level.id.as_str(), level.max)).collect();
    let near = LazyCell::new(|| Suggestions::new(table.sponsor_levels.iter().map(|level| level.id.as_str())));
    let mut counts: HashMap<&str, i64> = HashMap::default();
    for level in table.sponsors.iter().filter_map(|sponsor| sponsor.level.as_ref()) {
        let Some(most) = most.get(level.value.as_str()) else {
            found.add(
                Diagnostic::warning(codes::UNKNOWN_LEVEL, format!("unknown sponsor level `{}`", level.value))
                    .in_file(source)
                    .at(level.span)
                    .hint_if(near.did_you_mean(&level.value))
                    .hint("levels are declared in `sponsor_levels`"),
            );
            continue;
        };
        let count = counts.entry(&level.value).or_default();
        *count = count.saturating_add(1);
        if let Some(most) = most.filter(|most| *count > *most) {
            found.add(
                Diagnostic::warning(
                    codes::SPONSOR_CAP,
                    format!("sponsor {count} of the level `{}`, which takes {most}", level.value),
                )
                .in_file(source)
                .at(level.span)
                .hint("raise `max` of the level, or name another one"),
            );
        }
    }
}
