//! Which files a content file names: in links, pictures, raw HTML, arguments of shortcodes and its header.
//!
//! A file beside content belongs to the pages that name it, and stays back when all of them do. Whether there is such a
//! file is not known here: whatever looks like the name of one is kept, as it was meant (decoded, without query), and
//! whole addresses of the web, which may be of the site's own host.

use crate::file_name::is_page;
use crate::markdown::{Arg, Call, Piece};
use crate::url::{decode_path, host_and_path};
use crate::value::{Node, Value, scalar_text};
use html_escape::decode_html_entities;
use memchr::{memchr, memchr3};
use std::collections::BTreeSet;

/// Longer names are none.
const LONGEST: usize = 1_000;

/// The files that header and body name, sorted.
pub(crate) fn mentions(header: Option<&Node>, pieces: &[Piece]) -> Vec<String> {
    let mut found = BTreeSet::new();
    if let Some(node) = header {
        of_header(node, &mut found);
    }
    of_pieces(pieces, &mut found);
    found.into_iter().collect()
}

/// The files that a text of a header names.
#[must_use]
pub fn files_named_in(text: &str) -> Vec<String> {
    let mut found = BTreeSet::new();
    of_html(text, &mut found);
    found.into_iter().collect()
}

fn of_header(node: &Node, found: &mut BTreeSet<String>) {
    match &node.value {
        Value::List(nodes) => nodes.iter().for_each(|node| of_header(node, found)),
        Value::Table(fields) => fields.iter().for_each(|field| {
            found.extend(file(&field.key));
            of_header(&field.node, found);
        }),
        Value::Text(text) if text.contains(['<', '(']) => of_html(text, found),
        _ => found.extend(scalar_text(node).and_then(|text| file(&text))),
    }
}

fn of_pieces(pieces: &[Piece], found: &mut BTreeSet<String>) {
    for piece in pieces {
        match piece {
            Piece::Html(html) => of_tags(html, found),
            Piece::LinkOpen { dest, .. } | Piece::Image { dest, .. } => found.extend(file(dest)),
            Piece::Address { written, .. } => found.extend(file(&decode_html_entities(written))),
            Piece::Code { .. } => {}
            Piece::Shortcode(Call { args, body, .. }) => {
                for (_, arg) in args {
                    of_argument(arg, found);
                }
                of_pieces(body.as_deref().unwrap_or_default(), found);
            }
        }
    }
}

fn of_argument(arg: &Arg, found: &mut BTreeSet<String>) {
    match arg {
        Arg::Text(text) => found.extend(file(text)),
        Arg::List(args) => args.iter().for_each(|arg| of_argument(arg, found)),
        Arg::Integer(_) | Arg::Float(_) | Arg::Bool(_) => {}
    }
}

/// What stands in the tags of finished HTML, and in style sheets and scripts: the text of a page names no files.
fn of_tags(html: &str, found: &mut BTreeSet<String>) {
    // The end of a tag, after a hole in it: in texts `>` is escaped.
    let before = &html[..memchr(b'<', html.as_bytes()).unwrap_or(html.len())];
    if let Some(end) = memchr(b'>', before.as_bytes()) {
        of_html(&before[..end], found);
    }
    let mut rest = html;
    while let Some(start) = memchr(b'<', rest.as_bytes()) {
        let tag = &rest[start..];
        // Most tags end an element or have no attributes.
        let name = tag.bytes().skip(1).take_while(u8::is_ascii_alphanumeric).count();
        let is_plain = tag.as_bytes().get(name + 1) == Some(&b'>') && !matches!(name, 5 | 6);
        if is_plain || tag.starts_with("</") {
            rest = &tag[name + 2..];
            continue;
        }
        let is_open =
            |name: &str| tag.get(1..=name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name));
        if is_open("style") || is_open("script") {
            return of_html(tag, found);
        }
        let end = end_of_tag(tag);
        of_html(&tag[..end], found);
        rest = &tag[end..];
    }
}

/// Where a tag ends: at a `>` that stands in no quotes.
fn end_of_tag(tag: &str) -> usize {
    let bytes = tag.as_bytes();
    let mut from = 0;
    while let Some(at) = memchr3(b'>', b'"', b'\'', &bytes[from..]).map(|at| from + at) {
        if bytes[at] == b'>' {
            return at + 1;
        }
        let Some(length) = memchr(bytes[at], &bytes[at + 1..]) else { break };
        from = at + length + 2;
    }
    tag.len()
}

/// What stands in quotes, brackets or between spaces, of which one attribute may have several.
fn of_html(html: &str, found: &mut BTreeSet<String>) {
    if memchr(b'.', html.as_bytes()).is_none() {
        return;
    }
    let is_edge = |character: char| matches!(character, '"' | '\'' | '(' | ')' | '<' | '>' | '=');
    for part in html.split(is_edge).filter(|part| part.contains('.')) {
        let part = &*decode_html_entities(part);
        found.extend(file(part));
        if part.contains([',', ' ']) {
            found.extend(part.split([',', ' ']).filter_map(file));
        }
    }
}

/// The file that a text may mean; none for other addresses, pages and whole sentences.
fn file(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() > LONGEST || text.contains('\n') {
        return None;
    }
    // The path of an address of the web, which may be of the site's own host, has a file; its host is none.
    match host_and_path(text) {
        Some((_, path)) if path.len() > 1 => {}
        None if !text.contains(':') => {}
        _ => return None,
    }
    let path = text.split(['?', '#']).next().unwrap_or(text);
    let decoded = decode_path(path);
    let (stem, end) = decoded.rsplit('/').next()?.rsplit_once('.')?;
    let is_ending = (1..=10).contains(&end.len())
        && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && end.bytes().any(|byte| byte.is_ascii_alphabetic());
    (!stem.is_empty() && is_ending && !is_page(&decoded)).then_some(decoded)
}

#[cfg(test)]
mod tests {
    use crate::{ParseOptions, parse_document};
    use ssg_source::SitePath;

    #[test]
    fn files_are_found_wherever_they_are_named() {
        let text = "---\nimage: a.png\nextra: {more: [b.pdf], alts: {m.png: M}}\nexcerpt: '![](c.png)'\n---\n![x](d%20e.svg?v=1) \
                    [f](f.zip) <img src='g.png' srcset=\"h.png 1x, i.png 2x\" data-more='l.png'> <a href='&#112;2.png'></a> <a href='//y.example/y.png'></a>\n\n{{ figure(src=\"j.png\") }}\n\n\
                    [p](other.md) [q](https://x.example/z.png) [r](https://x.example) [s](mailto:a@b.example) `k.png`\n";
        let path = SitePath::new("content/posts/x.md").expect("valid");
        let (document, _) = parse_document(&path, text.as_bytes(), &ParseOptions::default());
        let wanted = [
            "https://x.example/z.png",
            "//y.example/y.png",
            "p2.png",
            "a.png",
            "b.pdf",
            "c.png",
            "d e.svg",
            "f.zip",
            "g.png",
            "h.png",
            "i.png",
            "j.png",
            "l.png",
            "m.png",
        ];
        for name in wanted {
            assert!(document.outline.files.iter().any(|file| file == name), "{name}");
        }
        assert_eq!(document.outline.files.len(), wanted.len(), "{:?}", document.outline.files);
    }
}
