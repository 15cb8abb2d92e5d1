//! JSON Feed, after version 1.1 of jsonfeed.org.
//!
//! `content_html` is demanded: the content, else the summary. `summary` is
//! plain text in this format, so the summary's HTML is reduced to its text.

use serde_json::{Map, Value, json};

use super::{Feed, FeedEntry, filled};
use crate::formats::escape::{names, one_line, uri, xml_text};

pub(super) fn render(feed: &Feed) -> String {
    let mut object = Map::new();
    object.insert("version".to_owned(), json!("https://jsonfeed.org/version/1.1"));
    object.insert("title".to_owned(), json!(one_line(&feed.title)));
    object.insert("home_page_url".to_owned(), json!(uri(&feed.permalink)));
    object.insert("feed_url".to_owned(), json!(uri(&feed.self_permalink)));
    insert_filled(&mut object, "description", one_line(&feed.description));
    insert_filled(&mut object, "language", one_line(&feed.lang));
    insert_authors(&mut object, feed.author().into_iter().collect());
    object.insert("items".to_owned(), feed.entries.iter().map(item).collect());
    Value::Object(object).to_string() + "\n"
}

fn item(entry: &FeedEntry) -> Value {
    let mut object = Map::new();
    let permalink = uri(&entry.permalink);
    object.insert("id".to_owned(), json!(entry.identity().0));
    object.insert("url".to_owned(), json!(permalink));
    insert_filled(&mut object, "title", one_line(&entry.title));
    let content = entry.content.as_deref().and_then(filled).unwrap_or_else(|| xml_text(&entry.summary));
    object.insert("content_html".to_owned(), json!(content));
    insert_filled(&mut object, "summary", plain_text(&entry.summary));
    insert_filled(&mut object, "image", entry.image().unwrap_or_default());
    for (key, date) in [("date_published", entry.published()), ("date_modified", entry.updated())] {
        insert_filled(&mut object, key, date.map(|date| date.to_rfc3339()).unwrap_or_default());
    }
    insert_authors(&mut object, names(&entry.authors));
    let tags = names(&entry.categories);
    if !tags.is_empty() {
        object.insert("tags".to_owned(), json!(tags));
    }
    if let Some(file) = &entry.enclosure {
        let mut attachment = json!({ "url": uri(&file.url), "mime_type": one_line(&file.media_type) });
        if file.length > 0 {
            attachment["size_in_bytes"] = json!(file.length);
        }
        object.insert("attachments".to_owned(), json!([attachment]));
    }
    Value::Object(object)
}

fn insert_filled(object: &mut Map<String, Value>, key: &str, text: String) {
    if !text.is_empty() {
        object.insert(key.to_owned(), Value::String(text));
    }
}

fn insert_authors(object: &mut Map<String, Value>, names: Vec<String>) {
    if !names.is_empty() {
        let authors: Value = names.into_iter().map(|name| json!({ "name": name })).collect();
        object.insert("authors".to_owned(), authors);
    }
}

/// The text of a piece of HTML on one line, in time linear in its length.
///
/// Tags and comments go; the entities that Markdown renderers and this crate
/// write are resolved, others stay as they are.
pub(super) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((character, length)) = entity(rest) {
            text.push(character);
            rest = &rest[length..];
        } else if let Some(length) = tag(rest) {
            let name = rest.trim_start_matches(['<', '/']);
            if BLOCKS.iter().any(|block| starts_with_name(name, block)) {
                text.push(' ');
            }
            rest = &rest[length..];
        } else {
            text.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    one_line(&text)
}

/// Elements that part words: text on either side must not run together.
const BLOCKS: [&str; 24] = [
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

fn starts_with_name(tag: &str, name: &str) -> bool {
    tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && !tag[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// The length of the tag or comment at the start of `html`. What never ends
/// reaches to the end, so each byte is looked at once.
fn tag(html: &str) -> Option<usize> {
    let after = html.strip_prefix('<')?;
    if after.starts_with("!--") {
        return Some(html.find("-->").map_or(html.len(), |end| end + "-->".len()));
    }
    if !after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    Some(html.len())
}

/// The character that a reference at the start of `html` stands for, and the reference's length.
fn entity(html: &str) -> Option<(char, usize)> {
    const LONGEST: usize = "&#x10FFFF;".len();
    let end = html.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = html.get(..end)?.strip_prefix('&')?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((character, end + 1))
}
