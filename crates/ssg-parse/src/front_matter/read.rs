//! Reads the keys of a header, in this project's spelling and in others'.

use super::publication::{Hold, read_publication};
use super::read_event::{read_event, read_media, read_talk};
use super::table_addresses::table_addresses;
use super::{AudioLink, FrontMatter};
use crate::address::Address;
use crate::fields::Fields;
use crate::keys::Key;
use crate::keys::header::{EVENT, EVENT_TABLES, TALK};
use crate::named_by_id::named_by_id;
use crate::pictures::read_focus;
use crate::slug::slugify;
use crate::value::{Field, Node, Spanned, Value, scalar_text};
use crate::withholding::is_meant_to_withhold;
use ssg_source::{Diagnostic, Diagnostics, Severity, codes};

/// Keys of other generators that say nothing here; they are named once and passed over.
const WITHOUT_MEANING: &[&str] = &[
    "comments",
    "sharing",
    "footer",
    "sidebar",
    "type",
    "menu",
    "linkTitle",
    "markup",
    "isCJKLanguage",
    "sort_by",
    "generate_feeds",
    "nid",
    "uid",
    "wordpress_id",
    "disqus_identifier",
];

/// Reads a header's table. `taxonomies` are the site's, by name.
#[must_use]
pub fn read_front_matter(node: &Node, taxonomies: &[String], found: &mut Diagnostics) -> FrontMatter {
    let mut fields = Fields::new(node, "the front matter", found);
    let before = errors_in(fields.found());
    let publication = read_publication(&mut fields);
    let publish_at = fields.when(&["publish_at", "publishDate", "publish_date"]);
    let expires = fields.when(&["expires", "expiryDate", "unpublishdate", "expiry_date", "unpublish_at"]);
    let is_unsure = errors_in(fields.found()) > before;
    let mut front = FrontMatter {
        title: fields.text(&["title"]),
        date: fields.when(&["date", "created", "created_at"]),
        updated: fields.when(&[
            "updated",
            "lastmod",
            "last_modified_at",
            "modified",
            "updated_at",
            "changed",
        ]),
        description: fields.text(&["description", "subtitle"]),
        slug: fields.text(&["slug"]),
        id: fields.text(&["id", "guid"]),
        authors: fields.people(&["authors", "author"]).unwrap_or_default(),
        named_by_id: named_by_id(node),
        template: fields.text(&["template"]),
        publication,
        publish_at,
        expires,
        weight: fields.integer(&["weight"]).map(|weight| weight.value),
        events: fields.texts(&["events"]).unwrap_or_default(),
        talks: fields.texts(&["talks"]).unwrap_or_default(),
        toc: fields.flag(&["toc"]).map(|flag| flag.value),
        excerpt: fields.text(&["excerpt", "summary"]),
        lang: fields.lang(&["lang", "language", "locale"]),
        translation_key: fields.text(&["translation_key", "translationKey"]),
        image: read_image(&mut fields),
        image_focus: read_focus(&mut fields),
        audio: read_audio(&mut fields),
        slides: read_media(&mut fields, "slides"),
        video: read_media(&mut fields, "video"),
        video_added: fields.when(&["video_added"]),
        former_names: fields.texts(&["former_names"]).unwrap_or_default(),
        paginate_by: read_paginate_by(&mut fields),
        event: read_own_table(&mut fields, "event", read_event).map(Box::new),
        talk: read_own_table(&mut fields, "talk", read_talk).map(Box::new),
        extra: fields.node(&["extra", "params"]).map(|node| node.value.clone()),
        ..FrontMatter::default()
    };
    for names in [&["aliases"] as &[&'static str], &["alias"], &["redirect_from"]] {
        front.aliases.extend(fields.texts(names).unwrap_or_default());
    }
    front.redirect_to = fields.address(&["redirect_to"]);
    // What leads on is not for search engines, unless it says so.
    if front.redirect_to.is_some() {
        front.publication.noindex.get_or_insert(true);
    }
    front.table_addresses = table_addresses(node);
    front.path = read_path(&mut fields, &["path", "url"], &mut front);
    read_permalink(&mut fields, &mut front);
    read_layout(&mut fields, &mut front);
    read_terms(&mut fields, &mut front, taxonomies);
    // Zola's table holds people too.
    if let Some((_, people)) = front.taxonomies.iter_mut().find(|(name, _)| name == "speakers") {
        *people = fields.without_addresses(std::mem::take(people));
    }
    for name in WITHOUT_MEANING {
        if let Some(field) = fields.take_all(name).first() {
            without_meaning(&mut fields, field);
        }
    }
    report_misplaced(&mut fields, taxonomies);
    let more: Vec<&str> = taxonomies.iter().map(String::as_str).collect();
    fields.report_unknown(Severity::Warning, "values of your own go under `extra`", &more);
    // What was meant to keep the page back, and perhaps others with it, was not understood.
    front.is_unreadable = is_unsure || found.iter().any(|one| one.code == codes::WITHHELD_KEY);
    front
}

/// How many pages stand on one sheet of a section's list; 0 for all.
fn read_paginate_by(fields: &mut Fields<'_>) -> Option<i64> {
    let number = fields.integer(&["paginate_by"])?;
    if number.value < 0 {
        let message = "`paginate_by` must be at least 1, or 0 for all pages on one sheet";
        fields.found().add(Diagnostic::error(codes::WRONG_TYPE, message).at(number.span));
        return None;
    }
    Some(number.value)
}

/// Reports keys of the tables `event` and `talk` that stand beside these.
fn report_misplaced(fields: &mut Fields<'_>, taxonomies: &[String]) {
    let tables = [("event", EVENT), ("event", EVENT_TABLES), ("talk", TALK)];
    let mut others = Vec::new();
    for field in fields.rest() {
        let is_name = |name: &&str| name.eq_ignore_ascii_case(&field.key);
        let has_key = |keys: &[Key]| keys.iter().any(|key| key.names.iter().any(is_name));
        let table = tables.iter().find(|(_, keys)| has_key(keys)).map(|(table, _)| table);
        match table.filter(|_| !taxonomies.iter().any(|name| name.eq_ignore_ascii_case(&field.key))) {
            Some(table) => {
                let message = format!("unknown key `{}`", field.key);
                let told = if is_meant_to_withhold(field) {
                    Diagnostic::error(codes::WITHHELD_KEY, message)
                } else {
                    Diagnostic::warning(codes::UNKNOWN_KEY, message)
                };
                let hint = format!("it is a key of `{table}`: write it there, `{table}.{}`", field.key);
                fields.found().add(told.at(field.key_span).hint(hint));
            }
            None => others.push(field),
        }
    }
    fields.give_back(&others);
}

fn errors_in(found: &Diagnostics) -> usize {
    found.iter().filter(|one| one.severity == Severity::Error).count()
}

/// The table of an event or a talk. Where others write a text or `true` in its place, that is told and the page
/// stays what it is.
fn read_own_table<T>(
    fields: &mut Fields<'_>,
    key: &'static str,
    read: impl FnOnce(&mut Fields<'_>) -> T,
) -> Option<T> {
    let field = fields.peek(&[key])?;
    let (written, hint) = match &field.node.value {
        Value::Table(_) | Value::Null => return fields.table(&[key], read),
        Value::Text(text) if !text.trim().is_empty() && key == "event" => (
            format!("the text `{}`", text.trim()),
            format!("a page about an event names it: `events: [\"{}\"]`", slugify(text)),
        ),
        Value::Text(text) if !text.trim().is_empty() => (
            format!("the text `{}`", text.trim()),
            "a page about a talk names it: `talks: [\"event/talk\"]`".to_owned(),
        ),
        Value::Bool(value) if key == "talk" => (
            format!("`{value}`"),
            "a talk lies in `talks/` of its event, or has `talk: { event: id }`".to_owned(),
        ),
        other if key == "event" => (
            other.kind().to_owned(),
            "an event has `event: { start: 2016-05-26 }`; a page about one has `events: [\"id\"]`".to_owned(),
        ),
        other => (
            other.kind().to_owned(),
            "a talk lies in `talks/` of its event, or has `talk: { event: id }`".to_owned(),
        ),
    };
    let span = field.node.span;
    fields.take_all(key);
    let message = format!("`{key}` is a table of facts here; {written} is passed over");
    fields.found().add(Diagnostic::warning(codes::FOREIGN_KEY, message).at(span).hint(hint));
    None
}

/// The image of a page: an address, or what Jekyll's and Hugo's themes write: a table or a list.
fn read_image(fields: &mut Fields<'_>) -> Option<Spanned<Address>> {
    const NAMES: [&str; 3] = ["image", "cover", "thumbnail"];
    const INNER: [&str; 9] =
        ["path", "src", "url", "feature", "image", "teaser", "thumbnail", "filename", "relative"];
    let field = fields.peek(&NAMES);
    let inner = match field.map(|field| &field.node.value) {
        Some(Value::Table(_)) => field.and_then(|field| {
            INNER
                .iter()
                .filter_map(|name| field.node.value.get(name))
                .find(|node| node.value.as_str().is_some())
        }),
        Some(Value::List(nodes)) => nodes.first(),
        _ => return fields.address(&NAMES),
    };
    let field = field?;
    for name in NAMES {
        fields.take_all(name);
    }
    let address = inner.and_then(|node| Some((Address::new(node.value.as_str()?).ok()?, node.span)));
    if address.is_none() {
        let message = format!(
            "`{}` is the address of an image here; {} is passed over",
            field.key,
            field.node.value.kind()
        );
        let warning = Diagnostic::warning(codes::FOREIGN_KEY, message).at(field.node.span);
        fields.found().add(warning.hint("write `image: \"/images/name.png\"`"));
    }
    address.map(|(address, span)| Spanned::new(address, span))
}

/// A recording to listen to: an address, or a table of one with what is known of the file.
fn read_audio(fields: &mut Fields<'_>) -> Option<AudioLink> {
    const NAMES: [&str; 2] = ["audio", "enclosure"];
    const URL: [&str; 4] = ["url", "src", "file", "href"];
    if !matches!(fields.peek(&NAMES)?.node.value, Value::Table(_)) {
        let Spanned { value: url, span } = fields.address(&NAMES)?;
        return Some(AudioLink { url, span, length: None, media_type: None });
    }
    fields.table(&NAMES, |one| {
        let url = one.address(&URL);
        if one.peek(&URL).is_none() {
            one.found().add(
                Diagnostic::warning(codes::ADDRESS, "this recording has no address")
                    .hint("give it a `url`: a file beside the page, or an address"),
            );
        }
        let length = one.integer(&["length", "size"]);
        let length = length.and_then(|length| {
            let bytes = u64::try_from(length.value).ok();
            if bytes.is_none() {
                let message = "`length` is the size of the file in bytes".to_owned();
                one.found().add(Diagnostic::error(codes::WRONG_TYPE, message).at(length.span));
            }
            bytes
        });
        let media_type = one.text(&["type"]).map(|text| text.value.trim().to_owned());
        one.report_unknown(Severity::Warning, "", &[]);
        let Spanned { value: url, span } = url?;
        Some(AudioLink { url, span, length, media_type })
    })?
}

pub(super) fn without_meaning(fields: &mut Fields<'_>, field: &Field) {
    let message =
        format!("the key `{}` of another generator has no meaning here and is passed over", field.key);
    fields.found().add(Diagnostic::warning(codes::FOREIGN_KEY, message).at(field.key_span));
}

/// A path, or that there is to be none: then no page is made of the file.
fn read_path(
    fields: &mut Fields<'_>,
    names: &[&'static str],
    front: &mut FrontMatter,
) -> Option<Spanned<String>> {
    let path = fields.text(names)?;
    match path.value.trim().to_ascii_lowercase().as_str() {
        "false" => {
            front.publication.hold(Hold::NoPage);
            None
        }
        "true" => None,
        _ => Some(path),
    }
}

/// Jekyll's permalink: a path is taken, a pattern with placeholders reported.
fn read_permalink(fields: &mut Fields<'_>, front: &mut FrontMatter) {
    let Some(permalink) = read_path(fields, &["permalink"], front) else { return };
    if permalink.value.contains(':') {
        fields.found().add(
            Diagnostic::warning(codes::FOREIGN_KEY, "a permalink with placeholders is not read")
                .at(permalink.span)
                .hint("write the path itself: `path = \"/2013/05/06/austin/\"`"),
        );
    } else if front.path.is_none() {
        front.path = Some(permalink);
    }
}

/// Jekyll's layout: the kinds that folders tell anyway are passed over, others reported.
fn read_layout(fields: &mut Fields<'_>, front: &mut FrontMatter) {
    let Some(layout) = fields.text(&["layout"]) else { return };
    if layout.value.trim().eq_ignore_ascii_case("draft") {
        front.publication.hold(Hold::Draft);
        return;
    }
    let usual = ["post", "page", "default", "home", "null", "none", "event", "talk"];
    if !usual.contains(&layout.value.to_ascii_lowercase().as_str()) && front.template.is_none() {
        let message = format!("the layout `{}` of another generator is passed over", layout.value);
        fields.found().add(
            Diagnostic::warning(codes::FOREIGN_KEY, message)
                .at(layout.span)
                .hint("name a template with `template`"),
        );
    }
}

/// Terms of every taxonomy, from keys of their own and from Zola's `taxonomies` table.
fn read_terms(fields: &mut Fields<'_>, front: &mut FrontMatter, taxonomies: &[String]) {
    let has_tags = taxonomies.iter().any(|name| name == "tags");
    let mut add = |name: &str, terms: Vec<Spanned<String>>| {
        let at = front.taxonomies.iter().position(|(known, _)| known == name);
        match at {
            Some(at) => front.taxonomies[at].1.extend(terms),
            None => front.taxonomies.push((name.to_owned(), terms)),
        }
    };
    for name in ["categories", "category"] {
        add("categories", fields.listed_terms(name).unwrap_or_default());
    }
    add("tools", fields.listed(&["tools", "tool"]).unwrap_or_default());
    add("speakers", fields.people(&["speakers", "speaker"]).unwrap_or_default());
    let mut tags = Vec::new();
    for name in ["tags", "tag", "keywords"] {
        tags.extend(fields.listed_terms(name).unwrap_or_default());
    }
    add(if has_tags { "tags" } else { "categories" }, tags);
    let own: Vec<&String> = taxonomies
        .iter()
        .filter(|name| !["categories", "tools", "speakers", "tags"].contains(&name.as_str()))
        .collect();
    if let Some(Value::Table(tables)) = fields.node(&["taxonomies"]).map(|node| &node.value) {
        for field in tables {
            let name = match field.key.as_str() {
                "tags" if !has_tags => "categories",
                other => other,
            };
            if !taxonomies.iter().any(|known| known == name) {
                let known = taxonomies.iter().map(String::as_str);
                let diagnostic =
                    Diagnostic::warning(codes::UNKNOWN_KEY, format!("unknown taxonomy `{name}`"))
                        .at(field.key_span)
                        .hint_if(ssg_source::did_you_mean(name, known))
                        .hint(format!("declare it in ssg.toml: `[taxonomies.{name}]`"));
                fields.found().add(diagnostic);
                continue;
            }
            add(name, texts_of(&field.node));
        }
    }
    if own.is_empty() {
        return;
    }
    let mut rest = Vec::new();
    for field in fields.rest() {
        match own.iter().find(|name| field.key.eq_ignore_ascii_case(name)) {
            Some(name) => add(name, texts_of(&field.node)),
            None => rest.push(field),
        }
    }
    fields.give_back(&rest);
}

fn texts_of(node: &Node) -> Vec<Spanned<String>> {
    let nodes = match &node.value {
        Value::List(nodes) => nodes.as_slice(),
        _ => std::slice::from_ref(node),
    };
    nodes
        .iter()
        .filter_map(|node| {
            let text = scalar_text(node)?.trim().to_owned();
            (!text.is_empty()).then(|| Spanned::new(text, node.span))
        })
        .collect()
}
