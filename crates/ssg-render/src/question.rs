//! What templates can ask of the site, and the answers.
//!
//! A question is a value: it can be compared, hashed and written down, so that what an output
//! depends on is the list of its questions. Every template function becomes one of these.

use crate::table::Table;
use crate::views;
use crate::world::World;
use serde::{Deserialize, Serialize};
use ssg_source::{SitePath, decode, did_you_mean};
use ssg_taxonomy::{Event, EventState, Kind, PageId, Target, Term};
use tera::Value;

/// A question about the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the template reference documents each function")]
pub enum Question {
    Recent { kind: String, limit: usize },
    Events { state: Option<String>, limit: usize, descending: bool },
    GetPage { path: String },
    GetSection { path: String },
    SectionPages { path: String, limit: usize },
    GetEvent { id: String },
    TalksOfEvent { id: String },
    TalksOfTerm { taxonomy: String, term: String },
    RecapsOfEvent { id: String },
    RecapsOfTalk { id: String },
    Schedule { event: String },
    Editions { series: String },
    Terms { taxonomy: String, by_count: bool, limit: usize },
    GetTerm { taxonomy: String, name: String },
    TermPages { taxonomy: String, term: String, kind: Option<String>, limit: usize },
    CoSpeakers { speaker: String },
    Neighbours { path: String },
    Related { path: String, limit: usize },
    Archive,
    Menu,
    Data { path: String, required: bool },
    Asset { path: String },
    Text { key: String },
}

impl Question {
    /// The answer, or what is wrong with the question, in words for the template's author.
    pub(crate) fn answer(&self, world: &World, lang: &str) -> Result<Value, String> {
        let site = &world.site;
        match self {
            Self::Recent { kind, limit } => {
                let kind = known_kind(kind)?;
                Ok(world.cards(site.pages_of(kind).take(*limit)))
            }
            Self::Events { state, limit, descending } => events(world, state.as_deref(), *limit, *descending),
            Self::GetPage { path } => page_at(world, path).map(|id| world.card(id)),
            Self::GetSection { path } => {
                let section = site.section(section_at(world, path)?);
                Ok(Table::new()
                    .set("title", section.title.as_str())
                    .set("path", section.path.as_str())
                    .set("count", section.pages.len())
                    .set(
                        "description",
                        section.document.front.description.as_ref().map(|text| text.value.as_str()),
                    )
                    .done())
            }
            Self::SectionPages { path, limit } => {
                let section = site.section(section_at(world, path)?);
                Ok(world.cards(section.pages.iter().copied().take(*limit)))
            }
            Self::GetEvent { id } => {
                Ok(site.event(id).map_or_else(Value::none, |event| world.card(event.page)))
            }
            Self::TalksOfEvent { id } => {
                Ok(world.cards(site.event(id).map_or(&[] as &[PageId], |event| &event.talks).iter().copied()))
            }
            Self::TalksOfTerm { taxonomy, term } => {
                let pages = term_of(world, taxonomy, term).map_or(&[] as &[PageId], |term| &term.pages);
                Ok(world.cards(pages.iter().copied().filter(|id| site.page(*id).kind == Kind::Talk)))
            }
            Self::RecapsOfEvent { id } => {
                Ok(world
                    .cards(site.event(id).map_or(&[] as &[PageId], |event| &event.recaps).iter().copied()))
            }
            Self::RecapsOfTalk { id } => {
                let talk = site.talk(id).and_then(|id| site.page(id).talk.as_ref());
                Ok(world.cards(talk.map_or(&[] as &[PageId], |talk| &talk.recaps).iter().copied()))
            }
            Self::Schedule { event } => {
                Ok(site.event(event).map_or_else(empty, |event| views::schedule_view(world, event)))
            }
            Self::Editions { series } => {
                let editions = site.events.iter().filter(|event| event.series.as_deref() == Some(series));
                Ok(world.cards(editions.map(|event| event.page)))
            }
            Self::Terms { taxonomy, by_count, limit } => terms(world, taxonomy, *by_count, *limit),
            Self::GetTerm { taxonomy, name } => Ok(site
                .find_term(taxonomy, name)
                .map_or_else(Value::none, |term| views::term_reference(world, term))),
            Self::TermPages { taxonomy, term, kind, limit } => {
                let kind = kind.as_deref().map(known_kind).transpose()?;
                let pages = term_of(world, taxonomy, term).map_or(&[] as &[PageId], |term| &term.pages);
                let of_kind =
                    pages.iter().copied().filter(|id| kind.is_none_or(|kind| site.page(*id).kind == kind));
                Ok(world.cards(of_kind.take(*limit)))
            }
            Self::CoSpeakers { speaker } => Ok(co_speakers(world, speaker)),
            Self::Neighbours { path } => {
                let (older, newer) = page_at(world, path).map(|id| site.neighbours(id))?;
                let card = |id: Option<PageId>| id.map_or_else(Value::none, |id| world.card(id));
                Ok(Table::new().set("previous", card(older)).set("next", card(newer)).done())
            }
            Self::Related { path, limit } => Ok(world.cards(site.related(page_at(world, path)?, *limit))),
            Self::Archive => Ok(views::archive_view(world)),
            Self::Menu => Ok(views::menu_view(world)),
            Self::Data { path, required } => data(world, path, *required),
            Self::Asset { path } => asset(world, path),
            Self::Text { key } => {
                let text = world.theme.text(lang, &world.config.lang, key);
                text.cloned().ok_or_else(|| {
                    let known = world.theme.keys();
                    let hint = did_you_mean(key, known.iter().map(String::as_str));
                    format!(
                        "no text `{key}` in i18n/{lang}.toml{}",
                        hint.map_or_else(String::new, |hint| format!(": {hint}"))
                    )
                })
            }
        }
    }
}

fn empty() -> Value {
    Value::from(Vec::<Value>::new())
}

fn known_kind(name: &str) -> Result<Kind, String> {
    Kind::parse(name).ok_or_else(|| {
        let hint = did_you_mean(name, ["page", "post", "event", "talk", "term"]);
        format!("`{name}` is no kind of page{}", hint.map_or_else(String::new, |hint| format!(": {hint}")))
    })
}

/// The page of a path (`/…`) or of a content file (`@/…`).
fn page_at(world: &World, path: &str) -> Result<PageId, String> {
    let site = &world.site;
    let target = match path.strip_prefix("@/") {
        Some(file) => SitePath::new(&format!("content/{file}")).ok().and_then(|source| site.target(&source)),
        None => site.at_path(path),
    };
    match target {
        Some(Target::Page(id)) => Ok(id),
        Some(Target::Term(term)) => {
            site.term(term).page.ok_or_else(|| format!("`{path}` has no content file"))
        }
        _ => Err(format!("there is no page `{path}`")),
    }
}

fn section_at(world: &World, path: &str) -> Result<ssg_taxonomy::SectionId, String> {
    let site = &world.site;
    let target = match path.strip_prefix("@/") {
        Some(file) => SitePath::new(&format!("content/{file}")).ok().and_then(|source| site.target(&source)),
        None => site.at_path(path),
    };
    match target {
        Some(Target::Section(id)) => Ok(id),
        _ => {
            let hint = did_you_mean(path, site.sections.iter().map(|section| section.path.as_str()));
            Err(format!(
                "there is no section `{path}`{}",
                hint.map_or_else(String::new, |hint| format!(": {hint}"))
            ))
        }
    }
}

fn term_of<'w>(world: &'w World, taxonomy: &str, name: &str) -> Option<&'w Term> {
    world.site.find_term(taxonomy, name).map(|term| world.site.term(term))
}

fn events(world: &World, state: Option<&str>, limit: usize, descending: bool) -> Result<Value, String> {
    let states = ["upcoming", "cfp-open", "on-now", "past", "cancelled"];
    if let Some(wrong) = state.filter(|state| !states.contains(state)) {
        let hint = did_you_mean(wrong, states).map_or_else(String::new, |hint| format!(": {hint}"));
        return Err(format!("`{wrong}` is no state of an event{hint}"));
    }
    let wanted = |event: &&Event| {
        let table = world.site.page(event.page).document.front.event.as_ref();
        let cancelled = table.is_some_and(|table| table.cancelled);
        let is = event.state(cancelled, table.and_then(|table| table.cfp.as_ref()), world.instant);
        match state {
            None => true,
            Some("upcoming") => is.is_ahead(),
            Some("past") => is == EventState::Past,
            Some(other) => is.name() == other,
        }
    };
    let matching = world.site.events.iter().filter(wanted).map(|event| event.page);
    let mut pages: Vec<PageId> = matching.collect();
    if descending {
        pages.reverse();
    }
    pages.truncate(limit);
    Ok(world.cards(pages))
}

fn terms(world: &World, taxonomy: &str, by_count: bool, limit: usize) -> Result<Value, String> {
    let names = world.site.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
    let index = world.site.taxonomy(taxonomy).ok_or_else(|| {
        let hint = did_you_mean(taxonomy, names).map_or_else(String::new, |hint| format!(": {hint}"));
        format!("there is no taxonomy `{taxonomy}`{hint}")
    })?;
    let mut all: Vec<(u32, &Term)> = (0u32..).zip(&world.site.taxonomies[index].terms).collect();
    if by_count {
        all.sort_by_key(|(_, term)| std::cmp::Reverse(term.pages.len()));
    }
    let terms = all.into_iter().take(limit).map(|(number, term)| {
        let id = ssg_taxonomy::TermId { taxonomy: u16::try_from(index).unwrap_or(u16::MAX), term: number };
        Table::from_value(&views::term_reference(world, id)).set("count", term.pages.len()).done()
    });
    Ok(Value::from(terms.collect::<Vec<_>>()))
}

/// People who shared a talk with this one, those with most talks in common first.
fn co_speakers(world: &World, speaker: &str) -> Value {
    let site = &world.site;
    let (Some(index), Some(own)) = (site.taxonomy("speakers"), site.find_term("speakers", speaker)) else {
        return empty();
    };
    let mut shared: Vec<(ssg_taxonomy::TermId, usize)> = Vec::new();
    for id in site.term(own).pages.iter().filter(|id| site.page(**id).kind == Kind::Talk) {
        for other in site.page(*id).terms[index].iter().filter(|other| **other != own) {
            match shared.iter_mut().find(|(term, _)| term == other) {
                Some((_, count)) => *count += 1,
                None => shared.push((*other, 1)),
            }
        }
    }
    shared.sort_by_key(|(term, count)| (std::cmp::Reverse(*count), *term));
    Value::from(shared.into_iter().map(|(term, _)| views::term_reference(world, term)).collect::<Vec<_>>())
}

/// A data file by its format. Paths are relative to the site's root and cannot leave it.
fn data(world: &World, path: &str, required: bool) -> Result<Value, String> {
    let site_path = SitePath::new(path).map_err(|error| format!("refused: `{path}`: {error}"))?;
    let bytes = match world.inputs.read(&site_path) {
        Ok(bytes) => bytes,
        Err(ssg_source::ReadError::Missing) if !required => return Ok(Value::none()),
        Err(ssg_source::ReadError::Outside) => {
            return Err(format!("refused: `{path}`: a link leads out of the site"));
        }
        Err(error) => return Err(format!("cannot read `{path}`: {error}")),
    };
    let text = decode(&bytes).map_err(|error| format!("cannot read `{path}`: {error}"))?;
    let mut found = ssg_source::Diagnostics::new();
    let value = match site_path.extension().map(str::to_ascii_lowercase).as_deref() {
        Some("toml") => views::data_value(&ssg_parse::read_toml(&text, 0, &mut found).value),
        Some("yaml" | "yml") => ssg_parse::read_yaml(&text, 0, &mut found)
            .map_or_else(Value::none, |node| views::data_value(&node.value)),
        Some("json") => {
            let json: serde_json::Value =
                serde_json::from_str(&text).map_err(|error| format!("cannot read `{path}`: {error}"))?;
            Value::from_serializable(&json)
        }
        Some("csv") => csv_rows(&text).map_err(|error| format!("cannot read `{path}`: {error}"))?,
        _ => return Err(format!("cannot read `{path}`: it is no TOML, YAML, JSON or CSV file")),
    };
    if let Some(problem) = found.iter().next() {
        let at = problem.span.map(|span| ssg_source::line_column(&text, span.start as usize));
        let at = at.map_or_else(String::new, |at| format!(":{}:{}", at.line, at.column));
        return Err(format!("{path}{at}: {}", problem.message));
    }
    Ok(value)
}

/// Rows of a CSV file as tables by the names of the first row.
fn csv_rows(text: &str) -> Result<Value, csv::Error> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers()?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let mut row = Table::new();
        for (name, field) in names.iter().zip(record.iter()) {
            row.insert(name.to_owned(), field);
        }
        rows.push(row.done());
    }
    Ok(Value::from(rows))
}

fn asset(world: &World, path: &str) -> Result<Value, String> {
    match world.assets.path(path) {
        Some(path) => Ok(Value::from(path)),
        None => {
            let hint = did_you_mean(path, world.assets.names());
            Err(format!(
                "there is no asset `{path}`{}",
                hint.map_or_else(String::new, |hint| format!(": {hint}"))
            ))
        }
    }
}
