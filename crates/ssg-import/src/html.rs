//! HTML as Markdown, by a library whose stack grows with how deep tags stand in each other.

use htmd::HtmlToMarkdown;
use htmd::options::{BulletListMarker, Options};

/// Tags nested deeper than this are no text that somebody wrote, and cost a parser its stack.
const DEEPEST: usize = 200;
/// Elements that do not nest when they are left open.
const OPEN: &[&str] = &[
    "p", "li", "br", "img", "hr", "input", "meta", "link", "td", "tr", "th", "dt", "dd", "option", "source",
    "wbr", "area", "base", "col", "embed", "param", "track",
];

/// Why HTML was not read.
pub(crate) enum Unread {
    /// Its tags stand too deep in each other.
    TooDeep,
    /// In the words of the library.
    Failed(String),
}

/// The Markdown of HTML, without the elements that are named.
///
/// # Errors
/// Where it cannot be read.
pub(crate) fn markdown_of(html: &str, left_out: Vec<&'static str>) -> Result<String, Unread> {
    if depth(html) > DEEPEST {
        return Err(Unread::TooDeep);
    }
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let reader = HtmlToMarkdown::builder().options(options).skip_tags(left_out).build();
    reader.convert(html).map_err(|error| Unread::Failed(error.to_string()))
}

/// How deep tags stand in each other.
fn depth(html: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for part in html.split('<').skip(1) {
        let is_closing = part.starts_with('/');
        let name = part.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name.get(..end).unwrap_or_default().to_ascii_lowercase();
        if name.is_empty() || OPEN.contains(&name.as_str()) {
            continue;
        }
        if is_closing {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}
