//! Reads the keys of a header, in this project's spelling and in others'.

use super::FrontMatter;
use super::read_event::{read_event, read_media, read_talk};
use crate::fields::{Fields, scalar_text};
use crate::value::{Field, Node, Spanned, Value};
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
    "in_search_index",
    "sort_by",
    "generate_feeds",
    "nid",
    "uid",
    "guid",
    "wordpress_id",
    "disqus_identifier",
];

/// Reads a header's table. `taxonomies` are the site's, by name.
#[must_use]
pub fn read_front_matter(node: &Node, taxonomies: &[String], found: &mut Diagnostics) -> FrontMatter {
    let mut fields = Fields::new(node, "the front matter", found);
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
        path: fields.text(&["path", "url"]),
        authors: fields.people(&["authors", "author"]).unwrap_or_default(),
        template: fields.text(&["template"]),
        draft: fields.flag(&["draft"]).is_some_and(|flag| flag.value),
        publish_at: fields.when(&["publish_at", "publishDate"]),
        expires: fields.when(&["expires", "expiryDate", "unpublishdate"]),
        weight: fields.integer(&["weight"]).map(|weight| weight.value),
        events: fields.texts(&["events"]).unwrap_or_default(),
        talks: fields.texts(&["talks"]).unwrap_or_default(),
        toc: fields.flag(&["toc"]).map(|flag| flag.value),
        excerpt: fields.text(&["excerpt", "summary"]),
        lang: fields.lang(&["lang", "language", "locale"]),
        translation_key: fields.text(&["translation_key", "translationKey"]),
        image: fields.address(&["image", "cover", "thumbnail"]),
        slides: read_media(&mut fields, "slides"),
        video: read_media(&mut fields, "video"),
        video_added: fields.when(&["video_added"]),
        former_names: fields.texts(&["former_names"]).unwrap_or_default(),
        paginate_by: fields.integer(&["paginate_by"]).map(|number| number.value),
        event: fields.table(&["event"], read_event),
        talk: fields.table(&["talk"], read_talk),
        extra: fields.node(&["extra", "params"]).map(|node| node.value.clone()),
        ..FrontMatter::default()
    };
    for names in [&["aliases"] as &[&'static str], &["alias"], &["redirect_from"]] {
        front.aliases.extend(fields.texts(names).unwrap_or_default());
    }
    if fields.flag(&["published"]).is_some_and(|flag| !flag.value) {
        front.draft = true;
    }
    read_permalink(&mut fields, &mut front);
    read_layout(&mut fields, &mut front);
    read_terms(&mut fields, &mut front, taxonomies);
    for name in WITHOUT_MEANING {
        if let Some(field) = fields.take(&[name]) {
            without_meaning(&mut fields, field);
        }
    }
    let more: Vec<&str> = taxonomies.iter().map(String::as_str).collect();
    fields.report_unknown(Severity::Warning, "values of your own go under `extra`", &more);
    front
}

fn without_meaning(fields: &mut Fields<'_>, field: &Field) {
    let message =
        format!("the key `{}` of another generator has no meaning here and is passed over", field.key);
    fields.found().add(Diagnostic::warning(codes::FOREIGN_KEY, message).at(field.key_span));
}

/// Jekyll's permalink: a path is taken, a pattern with placeholders reported.
fn read_permalink(fields: &mut Fields<'_>, front: &mut FrontMatter) {
    let Some(permalink) = fields.text(&["permalink"]) else { return };
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
    add("categories", fields.texts(&["categories", "category"]).unwrap_or_default());
    add("tools", fields.texts(&["tools", "tool"]).unwrap_or_default());
    add("speakers", fields.people(&["speakers", "speaker"]).unwrap_or_default());
    let tags = fields.texts(&["tags", "tag", "keywords"]).unwrap_or_default();
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
