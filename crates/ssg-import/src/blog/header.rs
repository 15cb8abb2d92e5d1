//! Writes the header of an imported page in our keys.

use super::moment::Moment;
use super::page::Page;
use super::terms::Terms;
use super::values::{is_mail, is_private, text_at, texts_at, toml_value, value_at};
use crate::front::Front;
use crate::keys::text_of;
use crate::people::{clean, people};
use crate::{Guess, Report};
use ssg_parse::{Hold, PublicationWords, Value};
use std::collections::BTreeMap;

/// Names of writers by the ids under which headers refer to them.
pub(crate) type Writers = BTreeMap<String, String>;

const DATE: &[&str] = &["date", "created", "created_at", "published_date", "pubdate"];
const UPDATED: &[&str] =
    &["updated", "lastmod", "last_modified_at", "modified", "modified_time", "updated_at", "changed"];
const PUBLISH_AT: &[&str] = &["publishdate", "publish_at"];
const EXPIRES: &[&str] = &["expirydate", "unpublishdate", "expires"];
const DESCRIPTION: &[&str] = &["description", "subtitle"];
const EXCERPT: &[&str] = &["excerpt", "summary"];
const IMAGE: &[&str] = &["image", "cover", "thumbnail", "og_image", "feature_image", "images"];
const TERMS: &[&str] = &["categories", "category", "tags", "tag", "keywords"];
const WRITERS: &[&str] = &["authors", "author"];
const ALIASES: &[&str] = &["aliases", "alias", "redirect_from", "wordpress_url", "blogger_orig_url"];
/// What only the other program, or its theme, made something of.
const FOREIGN: &[&str] = &[
    "layout",
    "comments",
    "comment_id",
    "sharing",
    "footer",
    "sidebar",
    "type",
    "blogger_id",
    "blogger_blog",
    "blogger_author",
    "blogger_permalink",
    "markup",
    "linktitle",
    "iscjklanguage",
    "in_search_index",
    "sort_by",
    "generate_feeds",
    "nid",
    "uid",
    "wordpress_id",
    "disqus_identifier",
    "menu",
    "css",
    "article-class",
    "output",
    "template",
    "page_template",
    "insert_anchor_links",
    "render",
    "resources",
    "outputs",
    "cascade",
    "sitemap",
    "meta",
    "status",
    "paginate_by",
    "transparent",
    "date_gmt",
    "post_id",
];
/// Those that say something of ours: they are read elsewhere, and not counted as dropped.
const READ: &[&str] = &[
    "permalink",
    "url",
    "path",
    "slug",
    "published",
    "draft",
    "title",
    "toc",
    "weight",
    "lang",
    "language",
    "id",
    "guid",
];

/// The header of a page; what was guessed goes into its notes.
pub(super) fn header(page: &mut Page, writers: &Writers, tools: &[String], report: &mut Report) -> Front {
    let source = page.source.as_str().to_owned();
    let mut front = Front::default();
    let written = page.header.clone();
    let first = |keys: &[&str]| keys.iter().find_map(|key| text_at(&written, key));
    let title = page.title.clone().or_else(|| text_at(&written, "title"));
    front.text("title", &clean(&title.unwrap_or_default()));
    let date = page.date.or_else(|| DATE.iter().find_map(|key| moment(&written, key, &mut page.notes)));
    if let Some(date) = date {
        front.raw("date", &date.toml());
    }
    if let Some(updated) = UPDATED.iter().find_map(|key| moment(&written, key, &mut page.notes))
        && date.is_none_or(|date| updated.day > date.day)
    {
        front.raw("updated", &updated.toml());
    }
    for (ours, theirs) in [("publish_at", PUBLISH_AT), ("expires", EXPIRES)] {
        if let Some(at) = theirs.iter().find_map(|key| moment(&written, key, &mut page.notes))
            && Some(at) != date
        {
            front.raw(ours, &at.toml());
        }
    }
    if let Some(address) = &page.address {
        front.text("path", address);
    }
    front.texts("aliases", &page.aliases);
    front.texts("authors", &authors(page, &written, writers));
    front.texts("speakers", &page.speakers);
    let terms = Terms::read(&written, TERMS, page.terms_by_space, &page.terms, tools);
    front.texts("categories", &terms.categories).texts("tools", &terms.tools);
    front.text("description", &clean(&first(DESCRIPTION).unwrap_or_default()));
    let excerpt = first(EXCERPT).unwrap_or_default();
    front.text("excerpt", &super::calls::settle(&excerpt));
    let mut picture = image(&written, &page.used).unwrap_or_default();
    // Elsewhere such a path begins at the site's root, but for a picture that lies in the page's own folder.
    if !picture.is_empty()
        && !picture.starts_with('/')
        && !picture.contains("://")
        && (picture.contains('/') || page.target.stem() != "index")
    {
        picture.insert(0, '/');
    }
    front.text("image", &picture);
    let words = PublicationWords::read(&written);
    publication(page, &words, &mut front);
    if page.toc || matches!(value_at(&written, "toc"), Some(Value::Bool(true))) {
        front.raw("toc", "true");
    }
    if let Some(Value::Integer(weight)) = value_at(&written, "weight") {
        front.raw("weight", &weight.to_string());
    }
    for (ours, theirs) in [("lang", &["lang", "language"][..]), ("id", &["id", "guid"])] {
        front.text(ours, &first(theirs).unwrap_or_default());
    }
    front.table_of("extra", |extra| rest(page, &written, &words.keys, &source, extra, report));
    front
}

/// How far the page goes out, in our words. What is not understood of them keeps it back, since it may have been meant to.
fn publication(page: &mut Page, words: &PublicationWords, front: &mut Front) {
    let PublicationWords { publication, problems, .. } = words;
    for problem in problems {
        page.notes.push(Guess::new(0, format!("{problem}: it comes in as a draft")));
    }
    let hold = Some(Hold::Draft).filter(|_| page.draft || !problems.is_empty());
    match publication.hold.max(hold) {
        Some(Hold::Draft) => _ = front.raw("draft", "true"),
        Some(Hold::Private) => _ = front.raw("private", "true"),
        Some(Hold::NoPage) => _ = front.raw("render", "false"),
        None => {}
    }
    if publication.is_unlisted() {
        front.raw("unlisted", "true");
    }
    if publication.noindex == Some(true) {
        front.raw("noindex", "true");
    }
    if publication.search == Some(false) {
        front.raw("search", "false");
    }
}

/// What has no key of ours goes under `extra`; what is another program's own is counted. `known` are keys that were read
/// already.
fn rest(
    page: &Page,
    written: &Value,
    known: &[String],
    source: &str,
    extra: &mut Front,
    report: &mut Report,
) {
    let Value::Table(fields) = written else { return };
    let read =
        [DATE, UPDATED, PUBLISH_AT, EXPIRES, DESCRIPTION, EXCERPT, TERMS, WRITERS, ALIASES, READ].concat();
    let mut keys: Vec<String> = Vec::new();
    let mut put = |key: &str, value: &Value, report: &mut Report| {
        if is_private(key) {
            report.unplaced(key, source);
        } else if let Some(value) = toml_value(value)
            && !value.eq("\"\"")
            && !keys.contains(&key.to_lowercase())
        {
            keys.push(key.to_lowercase());
            extra.raw(key, &value);
        }
    };
    for field in fields {
        let key = field.key.to_lowercase();
        let key = key.as_str();
        let is_read = read.contains(&key) || known.iter().any(|known| known == key);
        let is_used = page.used.contains(&key) || is_read || matches!(key, "taxonomies");
        let is_image = IMAGE.contains(&key)
            && image(written, &page.used).is_some()
            && text_of(&field.node.value).is_some();
        if is_used || is_image {
            continue;
        }
        if matches!(key, "extra" | "params")
            && let Value::Table(inner) = &field.node.value
        {
            for one in inner {
                put(&one.key, &one.node.value, report);
            }
        } else if FOREIGN.contains(&key) {
            report.unplaced(&field.key, source);
        } else {
            put(&field.key, &field.node.value, report);
        }
    }
}

/// The date of a key; one that cannot be read is told.
fn moment(header: &Value, key: &str, notes: &mut Vec<Guess>) -> Option<Moment> {
    let text = text_at(header, key)?;
    let moment = Moment::read(&text);
    if moment.is_none() {
        notes.push(Guess::new(0, format!("`{key}: {text}` is no date that exists, and was left out")));
    }
    moment
}

/// Who wrote a page: by name or by id, in one text or several, as texts or as tables.
fn authors(page: &mut Page, header: &Value, writers: &Writers) -> Vec<String> {
    let texts = page.authors.clone().unwrap_or_else(|| {
        WRITERS
            .iter()
            .map(|key| names(value_at(header, key)))
            .find(|names| !names.is_empty())
            .unwrap_or_default()
    });
    let named: Vec<String> = texts
        .into_iter()
        .flat_map(|text| {
            if let Some(name) = writers.get(&text) {
                return vec![name.clone()];
            }
            // A list of ids in one text.
            let ids: Vec<&str> = text.split([',', ' ']).filter(|id| !id.is_empty()).collect();
            if ids.len() > 1 && ids.iter().all(|id| writers.contains_key(*id)) {
                return ids.iter().filter_map(|id| writers.get(*id).cloned()).collect();
            }
            vec![text]
        })
        .map(|name| name.split('<').next().unwrap_or_default().trim().to_owned())
        .filter(|name| !is_mail(name))
        .collect();
    let people = people(named.iter().map(String::as_str).filter(|name| !name.is_empty()));
    page.notes.extend(people.notes.into_iter().map(|note| Guess::new(0, note)));
    people.names
}

fn names(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::List(nodes)) => nodes.iter().flat_map(|node| names(Some(&node.value))).collect(),
        Some(table @ Value::Table(_)) => {
            ["name", "title", "display_name"].iter().find_map(|key| text_at(table, key)).into_iter().collect()
        }
        Some(value) => text_of(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn image(header: &Value, used: &[&'static str]) -> Option<String> {
    let text =
        IMAGE.iter().filter(|key| !used.contains(key)).find_map(|key| match value_at(header, key) {
            Some(Value::List(_)) => texts_at(header, key).into_iter().next(),
            Some(table @ Value::Table(_)) => {
                ["feature", "path", "src", "url", "image"].iter().find_map(|key| text_at(table, key))
            }
            Some(value) => text_of(value),
            None => None,
        })?;
    (text.contains(['/', '.']) && !text.contains("{{") && !text.contains("{%")).then_some(text)
}

/// The other addresses that a header names, as paths.
pub(super) fn aliases(header: &Value) -> Vec<String> {
    ALIASES
        .iter()
        .flat_map(|key| texts_at(header, key))
        .filter_map(|text| super::addresses::path_of(&text))
        .collect()
}
