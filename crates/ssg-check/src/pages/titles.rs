//! Titles that two pages have, so that nobody can tell them apart in a list.

use ssg_source::{Diagnostic, Diagnostics, codes};
use ssg_taxonomy::{Kind, Page, Site};
use std::collections::BTreeMap;

pub(super) fn look(site: &Site, found: &mut Diagnostics) {
    let mut first: BTreeMap<(u16, Kind, Option<usize>, &str), &Page> = BTreeMap::new();
    let mut pages: Vec<&Page> = site.pages.iter().filter(|page| page.row.is_none()).collect();
    pages.sort_by_key(|page| &page.source);
    for page in pages {
        // Talks are given again elsewhere, and that people have one name is told where they are named.
        let of = match page.kind {
            Kind::Term => continue,
            Kind::Talk => page.talk.as_ref().and_then(|talk| talk.event),
            _ => None,
        };
        let key = (page.language.0, page.kind, of, page.title.trim());
        let Some(other) = first.get(&key) else {
            first.insert(key, page);
            continue;
        };
        let message = format!("another {} has the title `{}`", page.kind.name(), page.title.trim());
        let place = page.document.front.title.as_ref().map(|title| title.span);
        let other_place = other.document.front.title.as_ref().map(|title| title.span);
        found.add(
            Diagnostic::advice(codes::DUPLICATE_TITLE, message)
                .in_file(&page.source)
                .at(place)
                .label(&other.source, other_place, "it stands here too")
                .hint("name the place or the year in one of them"),
        );
    }
}
