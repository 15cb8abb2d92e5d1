//! Where pages go: what has a date is a post, and the list of a folder of posts goes along with them.

use super::page::Page;
use super::work::Work;
use ssg_source::SitePath;

/// Folders that mean something on this site.
const MEANING: &[&str] = &["events", "talks", "speakers", "tools", "categories", "tags"];
/// Folders that are called posts elsewhere.
const POSTS: &[&str] = &["posts", "post", "blog"];

/// The place of a file below `content/`.
pub(crate) fn place(folder: &str, file: &str, is_post: bool) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let first = parts.first().copied().unwrap_or_default();
    if is_post {
        if POSTS.contains(&first) {
            parts.remove(0);
        }
        parts.insert(0, "posts");
    } else if MEANING.contains(&first) || first == "posts" {
        parts.insert(0, "pages");
    }
    parts.push(file);
    parts.join("/")
}

/// Moves the texts of lists to where their posts are; `lists` are their pages with their folder and old address.
pub(crate) fn settle_lists(lists: Vec<(Page, String, String)>, work: &mut Work<'_>) {
    let posts: Vec<SitePath> = work.pages().iter().map(|page| page.target.clone()).collect();
    for (mut page, folder, address) in lists {
        let file = page.target.file_name().to_owned();
        let moved = format!("content/{}", place(&folder, &file, true));
        let below = moved.strip_suffix(&file).unwrap_or_default();
        let has_posts = !folder.is_empty() && posts.iter().any(|path| path.as_str().starts_with(below));
        if has_posts && let Ok(target) = SitePath::new(&moved) {
            page.target = target;
        }
        if address != "/" {
            page.address = Some(address);
        }
        work.page(page);
    }
}
