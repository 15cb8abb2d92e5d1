//! What may be written at a place.

use crate::cursor::{AtKey, AtValue, Call, FileKind, Place, Word, header, names, place};
use crate::site::Known;
use crate::subject::{holds_events, holds_talks, own_event, taxonomy_of};
use crate::text::Text;
use lsp_types::{
    CompletionItem, CompletionItemKind as ItemKind, CompletionList, CompletionTextEdit, Documentation,
    MarkupContent, MarkupKind, TextEdit,
};
use ssg_parse::keys::{Key, KeysOf, Kind};
use ssg_parse::{Format, read_yaml};
use ssg_source::{Diagnostics, SitePath};
use ssg_taxonomy::{Kind as PageKind, Page};

/// Most entries of a list that is offered.
const MOST: usize = 400;

/// One thing that may be written.
struct Offer {
    /// What is shown and written.
    text: String,
    kind: ItemKind,
    /// A few words beside it.
    detail: String,
    /// What is told of it, in Markdown.
    told: String,
    /// What is written, where that is not the text itself.
    written: Option<String>,
}

impl Offer {
    fn new(text: impl Into<String>, kind: ItemKind, detail: impl Into<String>) -> Self {
        Self { text: text.into(), kind, detail: detail.into(), told: String::new(), written: None }
    }

    fn told(mut self, told: impl Into<String>) -> Self {
        self.told = told.into();
        self
    }
}

/// What may be written at a byte of a file.
#[must_use]
pub fn complete(
    known: &Known,
    path: &SitePath,
    text: &Text,
    kind: FileKind,
    cursor: usize,
) -> CompletionList {
    let Some(place) = place(text.as_str(), kind, cursor) else { return CompletionList::default() };
    let (word, offers) = match &place {
        Place::Key(key) => (&key.word, keys(known, text.as_str(), key)),
        Place::Value(value) => (&value.word, values(known, path, value)),
        Place::Link(word) => (word, links(known, path, word)),
        Place::ShortcodeName(word) => (word, shortcodes(known)),
        Place::ShortcodeArgument(call) => (&call.word, arguments(known, call)),
    };
    // The client sifts what it gets; what is cut here is sifted before.
    let mut offers = offers;
    let is_incomplete = offers.len() > MOST;
    if is_incomplete {
        let typed = word.typed.to_lowercase();
        offers.retain(|offer| offer.text.to_lowercase().contains(&typed));
        offers.truncate(MOST);
    }
    let written = |offer: &Offer| {
        let text = offer.written.as_ref().unwrap_or(&offer.text);
        match &place {
            Place::Value(value) => quoted(text, value),
            _ => text.clone(),
        }
    };
    let range = text.range(word.span);
    let item = |(number, offer): (usize, Offer)| CompletionItem {
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, written(&offer)))),
        filter_text: Some(offer.text.clone()),
        sort_text: Some(format!("{number:05}")),
        kind: Some(offer.kind),
        detail: Some(offer.detail).filter(|detail| !detail.is_empty()),
        documentation: Some(offer.told).filter(|told| !told.is_empty()).map(markdown),
        label: offer.text,
        ..CompletionItem::default()
    };
    CompletionList { is_incomplete, items: offers.into_iter().enumerate().map(item).collect() }
}

fn markdown(value: String) -> Documentation {
    Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value })
}

/// A text as a value: within its quotation marks, or in new ones where it needs them.
fn quoted(text: &str, value: &AtValue) -> String {
    let is_plain =
        value.known().is_some_and(|key| matches!(key.kind, Kind::Flag | Kind::Number | Kind::Numbers));
    match value.quote {
        Some('"') => text.replace('\\', "\\\\").replace('"', "\\\""),
        Some(_) if value.format == Format::Yaml => text.replace('\'', "''"),
        Some(_) => text.to_owned(),
        None if is_plain || (value.format == Format::Yaml && is_plain_yaml(text)) => text.to_owned(),
        None => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// Whether YAML reads a text without quotation marks as this text, in a list in brackets too.
#[must_use]
pub fn is_plain_yaml(text: &str) -> bool {
    let reads = |source: String| {
        let mut found = Diagnostics::new();
        let node = read_yaml(&source, 0, &mut found).filter(|_| found.is_empty())?;
        let first = match node.value {
            ssg_parse::Value::List(nodes) if nodes.len() == 1 => nodes.into_iter().next()?.value,
            value => value,
        };
        Some(first.as_str() == Some(text))
    };
    let is_read = |source: String| reads(source).unwrap_or(false);
    text.len() < 1000 && is_read(format!("[{text}]")) && is_read(format!("- {text}\n"))
}

fn keys(known: &Known, text: &str, at: &AtKey) -> Vec<Offer> {
    let table = at.of.table(&names(&at.path));
    let mut offers: Vec<Offer> = Vec::new();
    let is_there = |name: &str| at.path.is_empty() && at.of == KeysOf::Header && has_key(text, name);
    for key in table.iter().copied().flatten() {
        for name in key.names.iter().filter(|name| !is_there(name) && !name.contains('.')) {
            offers.push(key_offer(name, key, at, false));
        }
    }
    if at.of == KeysOf::Header && at.path.is_empty() {
        for taxonomy in &known.site.taxonomies {
            let is_new = offers.iter().all(|offer| offer.text != taxonomy.name) && !is_there(&taxonomy.name);
            if is_new {
                let mut offer =
                    Offer::new(&taxonomy.name, ItemKind::PROPERTY, "terms").told("what it is about");
                offer.written = Some(assigned(&taxonomy.name, at));
                offers.push(offer);
            }
        }
    }
    // In TOML the tables at the top can be begun at any place.
    if at.format == Format::Toml && !at.path.is_empty() && !at.has_value {
        for key in at.of.top().iter().copied().flatten() {
            if matches!(key.kind, Kind::Table(_) | Kind::Tables(_)) {
                offers.extend(key.names.iter().map(|name| key_offer(name, key, at, true)));
            }
        }
    }
    offers
}

/// Whether a header has a key at its top.
fn has_key(text: &str, name: &str) -> bool {
    let (_, front) = header(text);
    front.slice(text).lines().any(|line| {
        let rest = line.strip_prefix(name).map(str::trim_start);
        rest.is_some_and(|rest| rest.starts_with([':', '=']))
    })
}

fn key_offer(name: &str, key: &Key, at: &AtKey, at_top: bool) -> Offer {
    let mut offer = Offer::new(name, ItemKind::PROPERTY, words(key.kind)).told(told_of_key(key));
    let path = if at_top { String::new() } else { at.path.iter().map(|part| format!("{part}.")).collect() };
    offer.written = Some(match key.kind {
        _ if at.has_value => name.to_owned(),
        Kind::Table(_) if at.format == Format::Toml => format!("[{path}{name}]"),
        Kind::Tables(_) if at.format == Format::Toml => format!("[[{path}{name}]]"),
        _ => assigned(name, at),
    });
    offer
}

fn assigned(name: &str, at: &AtKey) -> String {
    match at.format {
        _ if at.has_value => name.to_owned(),
        Format::Toml => format!("{name} = "),
        Format::Yaml | Format::Json => format!("{name}: "),
    }
}

/// The book's words for a kind, without links.
fn words(kind: Kind) -> &'static str {
    if matches!(kind, Kind::Date) { "date" } else { kind.words() }
}

/// What is told of a key.
#[must_use]
pub fn told_of_key(key: &Key) -> String {
    let mut told = format!("*{}*: {}", words(key.kind), key.plain_meaning());
    if !key.default.is_empty() {
        told.push_str(&format!("\n\nWithout it: {}", key.default));
    }
    if !key.example.is_empty() {
        told.push_str(&format!("\n\nSuch as {}", key.example));
    }
    told
}

fn values(known: &Known, path: &SitePath, value: &AtValue) -> Vec<Offer> {
    let site = &known.site;
    if let Some(taxonomy) = taxonomy_of(known, value) {
        let index = site.taxonomy(taxonomy).unwrap_or_default();
        let terms = site.taxonomies.get(index).map_or(&[] as &[_], |taxonomy| taxonomy.terms.as_slice());
        let mut sorted: Vec<_> = terms.iter().collect();
        sorted.sort_by_key(|term| std::cmp::Reverse(term.pages.len()));
        let offer = |term: &&ssg_taxonomy::Term| {
            let told = term.aliases.join(", ");
            let told = if told.is_empty() { told } else { format!("also: {told}") };
            Offer::new(&term.name, ItemKind::VALUE, counted(term.pages.len(), "page")).told(told)
        };
        return sorted.iter().map(offer).collect();
    }
    if holds_events(value) {
        let offer = |event: &ssg_taxonomy::Event| {
            let page = site.page(event.page);
            Offer::new(&event.id, ItemKind::EVENT, format!("{} · {}", page.title, event.start.date()))
                .told(note(page))
        };
        return site.events.iter().rev().map(offer).collect();
    }
    if holds_talks(value) {
        let own = (value.whole_key() != "talks").then(|| own_event(known, path)).flatten();
        let talks = site.pages_of(PageKind::Talk).map(|id| site.page(id));
        let offer = |page: &Page| {
            let id = page.talk.as_ref()?.id.as_str();
            let id = match own {
                Some(event) => id.strip_prefix(event)?.strip_prefix('/')?,
                None => id,
            };
            Some(Offer::new(id, ItemKind::VALUE, &page.title).told(note(page)))
        };
        return talks.filter_map(offer).collect();
    }
    match value.whole_key().as_str() {
        "template" => {
            let own = known.templates.keys().filter(|name| !name.contains('/'));
            own.map(|name| Offer::new(name, ItemKind::FILE, "template")).collect()
        }
        "image" | "audio" => files(known, path),
        "redirect_to" => links(known, path, &value.word),
        "lang" => {
            let tags =
                known.config.languages.iter().map(|language| (language.tag.as_str(), language.name.as_str()));
            tags.map(|(tag, name)| Offer::new(tag, ItemKind::VALUE, name)).collect()
        }
        "event.series" => site
            .series()
            .map(|(name, editions)| Offer::new(name, ItemKind::VALUE, counted(editions.len(), "event")))
            .collect(),
        key => {
            let mut words: Vec<&str> = value.known().map_or(&[] as &[_], |key| key.kind.choices()).to_vec();
            if matches!(key, "talk.kind" | "event.schedule.kind") {
                words.extend(known.config.talk_kinds.iter().map(String::as_str));
            }
            words.iter().map(|word| Offer::new(*word, ItemKind::ENUM_MEMBER, "")).collect()
        }
    }
}

/// What is to be known of a page before it is named.
fn note(page: &Page) -> String {
    if page.standing.is_draft { "draft".to_owned() } else { String::new() }
}

fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

fn links(known: &Known, path: &SitePath, word: &Word) -> Vec<Offer> {
    if let Some((dest, _)) = word.typed.split_once('#') {
        return anchors(known, path, dest);
    }
    let mut offers = if word.typed.starts_with('@') { Vec::new() } else { files(known, path) };
    for (file, _) in &known.documents {
        let Some(below) = file.below("content") else { continue };
        let title = match known.site.target(file) {
            Some(ssg_taxonomy::Target::Page(id)) => {
                let page = known.site.page(id);
                if page.standing.is_draft { format!("{} (draft)", page.title) } else { page.title.clone() }
            }
            Some(ssg_taxonomy::Target::Term(id, _)) => known.site.term(id).name.clone(),
            Some(ssg_taxonomy::Target::Section(id)) => known.site.section(id).title.clone(),
            Some(ssg_taxonomy::Target::Taxonomy(..)) => String::new(),
            // What does not go out cannot be linked to.
            Some(ssg_taxonomy::Target::Withheld(_)) | None => continue,
        };
        offers.push(Offer::new(format!("@/{below}"), ItemKind::REFERENCE, title));
    }
    offers
}

/// Files beside a page, and those of `static`.
fn files(known: &Known, path: &SitePath) -> Vec<Offer> {
    let folder = path.parent().unwrap_or_default();
    let beside = known.files.iter().filter_map(|file| file.below(folder.as_str()));
    let mut offers: Vec<Offer> =
        beside.map(|name| Offer::new(name, ItemKind::FILE, "beside the page")).collect();
    let fixed = known.files.iter().filter_map(|file| file.below("static"));
    offers.extend(fixed.map(|name| Offer::new(format!("/{name}"), ItemKind::FILE, "static")));
    offers
}

/// The anchors of a page, behind the destination that is typed already.
fn anchors(known: &Known, path: &SitePath, dest: &str) -> Vec<Offer> {
    let file = match dest.strip_prefix("@/") {
        Some(below) => SitePath::new("content").ok().and_then(|content| content.join(below).ok()),
        None if dest.is_empty() => Some(path.clone()),
        None => path.resolve(dest).ok(),
    };
    let Some(document) = file.and_then(|file| known.document(&file)) else { return Vec::new() };
    let headings = document.outline.headings.iter();
    let mut offers: Vec<Offer> = headings
        .map(|heading| Offer::new(format!("{dest}#{}", heading.id), ItemKind::REFERENCE, &heading.title))
        .collect();
    let others = document.outline.ids.iter().filter(|id| !id.starts_with("fn"));
    offers.extend(others.map(|id| Offer::new(format!("{dest}#{id}"), ItemKind::REFERENCE, "")));
    offers
}

fn shortcodes(known: &Known) -> Vec<Offer> {
    let offer = |code: &ssg_render::Shortcode| {
        let detail = format!("({})", code.arguments.join(", "));
        let body = if code.takes_body { "`{% … %}` with a text, and `{% end %}`" } else { "" };
        Offer::new(&code.name, ItemKind::FUNCTION, detail).told(body)
    };
    known.shortcodes.iter().map(offer).collect()
}

fn arguments(known: &Known, call: &Call) -> Vec<Offer> {
    let code = known.shortcodes.iter().find(|code| code.name == call.name);
    let names = code.into_iter().flat_map(|code| &code.arguments).filter(|name| !call.used.contains(name));
    let offer = |name: &String| {
        let mut offer = Offer::new(name, ItemKind::FIELD, format!("of {}", call.name));
        offer.written = (!call.has_value).then(|| format!("{name}="));
        offer
    };
    names.map(offer).collect()
}
