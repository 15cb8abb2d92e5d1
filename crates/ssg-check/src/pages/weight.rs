//! Pages whose HTML is heavy.

use crate::seen::Seen;
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};
use ssg_taxonomy::Site;
use std::cmp::Reverse;
use std::collections::HashMap;

/// How many pages are named: where a theme makes all of them heavy, these say it.
const MOST: usize = 20;

pub(super) fn look(site: &Site, kilobytes: usize, seen: &Seen, found: &mut Diagnostics) {
    let limit = kilobytes.saturating_mul(1_000);
    let mut heavy: Vec<(&str, usize)> = seen
        .weights
        .iter()
        .filter(|(_, bytes)| **bytes > limit)
        .map(|(file, bytes)| (&**file, *bytes))
        .collect();
    if heavy.is_empty() {
        return;
    }
    heavy.sort_by_key(|(file, bytes)| (Reverse(*bytes), *file));
    let pages = site.pages.iter().map(|page| (file_of(&page.path), &page.source));
    let sections =
        site.sections.iter().filter_map(|section| Some((file_of(&section.path), section.source.as_ref()?)));
    let sources: HashMap<String, &SitePath> = pages.chain(sections).collect();
    let more = heavy.len().saturating_sub(MOST);
    for (number, (file, bytes)) in heavy.into_iter().take(MOST).enumerate() {
        let message = format!("the HTML of `{file}` has {} KB", bytes / 1_000);
        let mut one = Diagnostic::advice(codes::HEAVY_PAGE, message);
        one.path = sources.get(file).map(|source| (*source).clone());
        let others = (number == 0 && more > 0).then(|| format!("{more} pages more have over {kilobytes} KB"));
        found.add(one.hint("split it, or list less on it: `paginate_by`").hint_if(others));
    }
}

/// The file of a page's path.
fn file_of(path: &str) -> String {
    let file = path.trim_start_matches('/');
    if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file.to_owned() }
}
