//! For every kind of facet and of query a change that only a note of this kind tells of: where the kind is
//! not noted, the output is stale; where it is, it is not.

use ssg_engine::ReadKind;
use ssg_render::{FACET_KINDS, QUERY_KINDS};

/// Kinds that no change tells of, and why.
const NEVER_MISSED: &[(ReadKind, &str)] = &[
    (ReadKind::Facet("ProgramVersion"), "is the same in all builds of one program"),
    (ReadKind::Facet("SocialCardSettings"), "pictures need a font and a cargo feature"),
    (ReadKind::Query("SocialCardLink"), "pictures need a font and a cargo feature"),
    (ReadKind::Query("CardTools"), "pictures need a font and a cargo feature"),
];

/// All kinds that some change must tell of, walked from the tables.
pub fn kinds() -> impl Iterator<Item = ReadKind> {
    let facets = FACET_KINDS.iter().map(|kind| ReadKind::Facet(kind));
    let all = facets.chain(QUERY_KINDS.iter().map(|kind| ReadKind::Query(kind)));
    all.filter(|kind| !NEVER_MISSED.iter().any(|(never, _)| never == kind))
}

/// A kind in words.
pub fn name(kind: ReadKind) -> String {
    match kind {
        ReadKind::Facet(name) => format!("the facet {name}"),
        ReadKind::Query(name) => format!("the query {name}"),
    }
}
