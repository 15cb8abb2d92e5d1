//! HTML of a page that is shown elsewhere: in lists of the site, and in feeds.
//!
//! There an `id` would stand beside those of other pages, so ids stay behind. In a feed nothing tells what an
//! address is relative to, so each becomes absolute, whatever wrote it: Markdown, raw HTML, a shortcode or a
//! footnote.

use crate::attributes::{Holds, known};
use ssg_parse::{HtmlAttribute, HtmlTag, html_tags};
use std::borrow::Cow;

/// What lists of the site hold.
pub(super) fn into_list(html: String) -> String {
    let has_ids = html.contains("id=") || html.contains("name=") || html.contains("ID=");
    if has_ids { rewrite(&html, &|_, _| None) } else { html }
}

/// What feeds hold of the page at `permalink`.
pub(super) fn into_feed(html: String, permalink: &str) -> String {
    if !html.contains('=') {
        return html;
    }
    let absolute = |holds: Holds, value: &str| match holds {
        Holds::Address => Some(resolved(permalink, value)),
        Holds::Addresses => Some(each(value, |address| resolved(permalink, address))),
        Holds::Style | Holds::Page | Holds::Refresh => None,
    };
    rewrite(&html, &|holds, value| absolute(holds, value).filter(|new| new != value))
}

/// Drops ids, and gives attributes with addresses new values. Drawings keep theirs: parts refer to each other.
fn rewrite(html: &str, address: &dyn Fn(Holds, &str) -> Option<String>) -> String {
    let mut written = String::with_capacity(html.len());
    let (mut done, mut drawings) = (0, 0_usize);
    for tag in html_tags(html) {
        if tag.name.eq_ignore_ascii_case("svg") {
            drawings = if tag.closing { drawings.saturating_sub(1) } else { drawings + 1 };
        }
        for attribute in &tag.attributes {
            let value = html.get(attribute.value.clone()).unwrap_or_default();
            if drawings == 0 && is_id(&tag, attribute) {
                written.push_str(html[done..attribute.range.start].trim_end());
                done = attribute.range.end;
            } else if !(drawings > 0 && value.starts_with('#'))
                && let Some(holds) =
                    known(&tag.name.to_ascii_lowercase(), &attribute.name.to_ascii_lowercase())
                && let Some(new) = address(holds, value)
            {
                written.push_str(&html[done..attribute.value.start]);
                written.push_str(&new);
                done = attribute.value.end;
            }
        }
    }
    written.push_str(&html[done..]);
    written
}

fn is_id(tag: &HtmlTag<'_>, attribute: &HtmlAttribute<'_>) -> bool {
    attribute.name.eq_ignore_ascii_case("id")
        || (attribute.name.eq_ignore_ascii_case("name") && tag.name.eq_ignore_ascii_case("a"))
}

/// The value of `srcset` and its like with other addresses.
fn each(value: &str, address: impl Fn(&str) -> String) -> String {
    let of = |part: &str| {
        let trimmed = part.trim_start();
        let space = &part[..part.len() - trimmed.len()];
        let end = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
        match &trimmed[..end] {
            "" => part.to_owned(),
            first => format!("{space}{}{}", address(first), &trimmed[end..]),
        }
    };
    value.split(',').map(of).collect::<Vec<_>>().join(",")
}

/// An address as a browser reads it on the page at `permalink` (RFC 3986, section 5.2).
fn resolved(permalink: &str, address: &str) -> String {
    let address = address.trim();
    let scheme = |text: &str| {
        let (name, _) = text.split_once(':')?;
        let valid = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        valid.then_some(name.len())
    };
    if scheme(address).is_some() {
        return address.to_owned();
    }
    let Some(end) = scheme(permalink) else { return address.to_owned() };
    if address.starts_with("//") {
        return format!("{}:{address}", &permalink[..end]);
    }
    let host = end + 3;
    let origin =
        permalink.get(host..).and_then(|rest| rest.find('/')).map_or(permalink.len(), |at| host + at);
    if address.is_empty() || address.starts_with(['#', '?']) {
        return format!("{permalink}{address}");
    }
    let path: Cow<'_, str> = if address.starts_with('/') {
        address.into()
    } else {
        let folder = permalink.rfind('/').filter(|at| *at >= origin).unwrap_or(permalink.len());
        format!("{}/{address}", &permalink[origin..folder]).into()
    };
    format!("{}{}", &permalink[..origin], crate::links::without_dots(&path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_browsers_do() {
        let page = "https://example.org/blog/posts/b/";
        for (address, absolute) in [
            ("wall.png", "https://example.org/blog/posts/b/wall.png"),
            ("/about/", "https://example.org/about/"),
            ("../a/?x=1#y", "https://example.org/blog/posts/a/?x=1#y"),
            ("..", "https://example.org/blog/posts/"),
            ("../../../../x", "https://example.org/x"),
            (".", "https://example.org/blog/posts/b/"),
            ("#fn-1", "https://example.org/blog/posts/b/#fn-1"),
            ("?q=1", "https://example.org/blog/posts/b/?q=1"),
            ("", "https://example.org/blog/posts/b/"),
            ("//cdn.example/x", "https://cdn.example/x"),
            ("mailto:a@example.org", "mailto:a@example.org"),
            ("x:y", "x:y"),
            ("a/b:c", "https://example.org/blog/posts/b/a/b:c"),
        ] {
            assert_eq!(resolved(page, address), absolute, "{address}");
        }
        assert_eq!(resolved("https://example.org", "x"), "https://example.org/x");
    }

    #[test]
    fn ids_stay_behind_and_drawings_keep_theirs() {
        let html = "<h2 id=\"x\" class=\"y\">A</h2><a name=x></a><svg><g id=\"g\"/><use href=\"#g\"/></svg><p ID='z'>";
        let list = "<h2 class=\"y\">A</h2><a></a><svg><g id=\"g\"/><use href=\"#g\"/></svg><p>";
        assert_eq!(into_list(html.to_owned()), list);
        assert_eq!(into_feed(html.to_owned(), "https://e.org/"), list);
    }

    #[test]
    fn each_address_of_several_is_absolute() {
        let html = "<img srcset=\"a.png, /b.png 2x\" src='a.png'>";
        assert_eq!(
            into_feed(html.to_owned(), "https://e.org/p/"),
            "<img srcset=\"https://e.org/p/a.png, https://e.org/b.png 2x\" src='https://e.org/p/a.png'>"
        );
    }
}
