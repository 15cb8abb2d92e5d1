//! What is said of a site whose dated pages are no posts.
//!
//! Other generators find posts at the root of the content or in a folder of any name. Here the folder `posts`
//! makes them, and without it feed and archive would be empty without a word.

use crate::page::{Kind, Page};
use crate::site::Site;
use ssg_source::{Diagnostic, Diagnostics, codes};

/// Says once how many dated pages are no posts, where there are no posts.
pub(super) fn check(site: &Site, found: &mut Diagnostics) {
    if site.pages.iter().any(|page| page.kind == Kind::Post) {
        return;
    }
    let dated: Vec<&Page> =
        site.pages.iter().filter(|page| page.kind == Kind::Page && page.date.is_some()).collect();
    let Some(first) = dated.iter().min_by_key(|page| &page.source) else { return };
    let message = match dated.len() {
        1 => "a page has a date and is no post, so the feed and the archive are empty".to_owned(),
        many => format!("{many} pages have dates and are no posts, so the feed and the archive are empty"),
    };
    let folder = |page: &Page| {
        let below = page.source.below("content").unwrap_or_default();
        below.split_once('/').map_or("", |(folder, _)| folder).to_owned()
    };
    let common = folder(first);
    let hint = if !common.is_empty() && dated.iter().all(|page| folder(page) == common) {
        format!(
            "posts lie in `content/posts/`: rename `content/{common}` to that; `path` keeps an old address"
        )
    } else {
        "posts lie in `content/posts/`: move them there; `path` in a header keeps an old address".to_owned()
    };
    found.add(Diagnostic::warning(codes::NO_POSTS, message).in_file(&first.source).hint(hint));
}
