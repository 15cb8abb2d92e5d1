//! Pages that no other page links to.

use crate::seen::Seen;
use ssg_source::{Diagnostic, Diagnostics, codes};
use ssg_taxonomy::Site;

pub(super) fn look(site: &Site, seen: &Seen, found: &mut Diagnostics) {
    for page in &site.pages {
        let is_meant = page.is_unlisted() || page.standing.is_draft || page.standing.noindex;
        if is_meant || seen.is_linked(&page.path) || page.aliases.iter().any(|alias| seen.is_linked(alias)) {
            continue;
        }
        found.add(
            Diagnostic::advice(codes::ORPHAN, "no other page links to this one")
                .in_file(&page.source)
                .at(page.row.or(page.document.front.title.as_ref().map(|title| title.span)))
                .hint("link to it, list it in a menu, or write `unlisted: true` where that is meant"),
        );
    }
}
