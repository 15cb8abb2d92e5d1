//! What a place of a file is about: a page, a term, a key, a shortcode. Hovers, definitions and references begin here.

use crate::cursor::{AtKey, AtValue, FileKind, Place, place};
use crate::site::Known;
use ssg_source::{SitePath, Span};
use ssg_taxonomy::{PageId, Target, TermId};

/// What a place is about.
#[derive(Clone, Debug)]
pub enum Subject {
    /// A term.
    Term(TermId),
    /// A page that is no term's.
    Page(PageId),
    /// A file of the site, such as an image.
    File(SitePath),
    /// A key of a header or a configuration.
    Key(AtKey),
    /// A shortcode, by name.
    Shortcode(String),
    /// A template, by name.
    Template(String),
}

/// What a place is about, with where that stands, and the anchor of a link.
#[derive(Clone, Debug)]
pub struct About {
    /// What it is about.
    pub subject: Subject,
    /// Where it stands.
    pub span: Span,
    /// The anchor that a link leads to.
    pub anchor: Option<String>,
}

/// What the place at a byte of a file is about.
#[must_use]
pub fn about(known: &Known, path: &SitePath, text: &str, kind: FileKind, cursor: usize) -> Option<About> {
    let of = |subject, span| Some(About { subject, span, anchor: None });
    match place(text, kind, cursor)? {
        Place::Key(key) if key.word.text.is_empty() => None,
        Place::Key(key) => {
            let span = key.word.span;
            of(Subject::Key(key), span)
        }
        Place::Value(value) => of(subject_of_value(known, path, &value)?, value.word.span),
        Place::ShortcodeName(word) => of(Subject::Shortcode(word.text), word.span),
        Place::ShortcodeArgument(call) => of(Subject::Shortcode(call.name), call.word.span),
        Place::Link(word) => {
            let (dest, anchor) = match word.text.split_once('#') {
                Some((dest, anchor)) => (dest, Some(anchor.to_owned())),
                None => (word.text.as_str(), None),
            };
            let subject =
                if dest.is_empty() { subject_of_file(known, path) } else { linked(known, path, dest) };
            Some(About { subject: subject?, span: word.span, anchor })
        }
    }
}

/// The taxonomy whose terms a key holds.
#[must_use]
pub fn taxonomy_of<'k>(known: &'k Known, value: &AtValue) -> Option<&'k str> {
    let whole = value.whole_key();
    let key = whole.strip_prefix("taxonomies.").unwrap_or(&whole);
    let own = |name: &str| known.site.taxonomies.iter().find(|taxonomy| taxonomy.name == name);
    let found = own(key).or_else(|| match key {
        "authors"
        | "author"
        | "speaker"
        | "event.schedule.speakers"
        | "event.schedule.speaker"
        | "event.organizers.name"
        | "speakers.name"
        | "authors.name" => own("speakers"),
        "tool" | "tools.name" => own("tools"),
        "category" | "tags" | "tag" | "keywords" => own("categories"),
        _ => None,
    });
    found.map(|taxonomy| taxonomy.name.as_str())
}

/// Whether a key holds ids of events.
#[must_use]
pub fn holds_events(value: &AtValue) -> bool {
    matches!(value.whole_key().as_str(), "events" | "talk.event")
}

/// Whether a key holds talks: with the events that they are of, or of the event whose file this is.
#[must_use]
pub fn holds_talks(value: &AtValue) -> bool {
    matches!(
        value.whole_key().as_str(),
        "talks" | "event.schedule.talk" | "event.schedule.replaced_by" | "talk.replaced_by"
    )
}

fn subject_of_value(known: &Known, path: &SitePath, value: &AtValue) -> Option<Subject> {
    let word = value.word.text.trim();
    let site = &known.site;
    if let Some(taxonomy) = taxonomy_of(known, value) {
        return site.find_term(taxonomy, word).map(Subject::Term);
    }
    if holds_events(value) {
        return site.event(word).map(|event| Subject::Page(event.page));
    }
    if holds_talks(value) {
        let own = own_event(known, path).map(|event| format!("{event}/{word}"));
        return site.talk(word).or_else(|| site.talk(&own?)).map(Subject::Page);
    }
    match value.whole_key().as_str() {
        "template" => known.templates.contains_key(word).then(|| Subject::Template(word.to_owned())),
        "title" => subject_of_file(known, path),
        "image" | "audio" | "redirect_to" => linked(known, path, word.split('#').next().unwrap_or(word)),
        _ => None,
    }
}

/// The id of the event that a file is of: its own page, or one of its talks.
#[must_use]
pub fn own_event<'k>(known: &'k Known, path: &SitePath) -> Option<&'k str> {
    let Some(Target::Page(id)) = known.site.target(path) else { return None };
    let page = known.site.page(id);
    let of_talk = page.talk.as_ref().and_then(|talk| known.site.events.get(talk.event?));
    known.site.event_of(id).or(of_talk).map(|event| event.id.as_str())
}

/// What a file is the file of.
#[must_use]
pub fn subject_of_file(known: &Known, path: &SitePath) -> Option<Subject> {
    match known.site.target(path)? {
        Target::Term(id, _) => Some(Subject::Term(id)),
        Target::Page(id) => Some(Subject::Page(id)),
        _ => Some(Subject::File(path.clone())),
    }
}

/// Where the destination of a link leads within the site.
fn linked(known: &Known, path: &SitePath, dest: &str) -> Option<Subject> {
    if dest.contains("://") || dest.starts_with("mailto:") {
        return None;
    }
    if let Some(below) = dest.strip_prefix("@/") {
        let file = SitePath::new("content").ok()?.join(below).ok()?;
        return subject_of_file(known, &file);
    }
    if dest.starts_with('/') {
        let target = known.site.at_path(dest).or_else(|| known.site.at_path(&format!("{dest}/")));
        return match target {
            Some(Target::Page(id)) => Some(Subject::Page(id)),
            Some(Target::Term(id, _)) => Some(Subject::Term(id)),
            _ => {
                let file = SitePath::new("static").ok()?.join(dest.trim_start_matches('/')).ok()?;
                known.files.binary_search(&file).is_ok().then_some(Subject::File(file))
            }
        };
    }
    let file = path.resolve(dest).ok()?;
    let is_there = known.files.binary_search(&file).is_ok() || known.document(&file).is_some();
    if !is_there {
        return None;
    }
    subject_of_file(known, &file).or(Some(Subject::File(file)))
}
