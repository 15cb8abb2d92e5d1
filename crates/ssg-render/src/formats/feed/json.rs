//! JSON Feed, after version 1.1 of jsonfeed.org.
//!
//! `content_html` is demanded: the content, else the summary. `summary` is
//! plain text in this format, so the summary's HTML is reduced to its text.

use serde_json::{Map, Value, json};

use super::{Feed, FeedEntry, filled};
use crate::formats::escape::{names, one_line, uri, xml_text};
use crate::formats::plain::plain_text;

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
