//! Answers to what template functions ask.
//!
//! [`find`] looks up which pages or terms an answer consists of, and no more; [`Answer::show`] makes
//! of it what templates see, asking for the card of each page; [`Answer::digest`] tells whether it is
//! still the same. So a list changes when its members do, and not when one of them gets a new title.

use crate::data;
use crate::question::Question;
use crate::table::Table;
use crate::views;
use crate::world::World;
use ssg_source::{Digest, Digester, SitePath, did_you_mean};
use ssg_taxonomy::{Event, EventState, Kind, LangId, PageId, SectionId, Target, TermId};
use std::collections::HashMap;
use tera::Value;

/// What a question of a template is answered with.
pub(crate) enum Answer {
    /// A list of pages.
    Pages(Vec<PageId>),
    /// One page or none.
    Page(Option<PageId>),
    /// The older and the newer neighbour.
    Neighbours(Option<PageId>, Option<PageId>),
    /// Terms, with how many pages each has where that was asked.
    Terms(Vec<(TermId, Option<usize>)>),
    /// One term or none.
    Term(Option<TermId>),
    /// All posts that have a date, to be shown by year and month.
    Archive(Vec<PageId>),
    /// Anything else.
    Value(Value),
}

impl Answer {
    /// What templates see of it.
    pub(crate) fn show(self, world: &World, language: LangId) -> Value {
        let card = |id: Option<PageId>| id.map_or_else(Value::none, |id| world.card(id));
        match self {
            Self::Pages(ids) => world.cards(ids),
            Self::Page(id) => card(id),
            Self::Neighbours(older, newer) => {
                Table::new().set("previous", card(older)).set("next", card(newer)).done()
            }
            Self::Terms(terms) => Value::from(
                terms
                    .into_iter()
                    .map(|(id, count)| {
                        let reference = views::term_reference(world, id, language);
                        match count {
                            Some(count) => Table::from_value(&reference).set("count", count).done(),
                            None => reference,
                        }
                    })
                    .collect::<Vec<_>>(),
            ),
            Self::Term(term) => {
                term.map_or_else(Value::none, |term| views::term_reference(world, term, language))
            }
            Self::Archive(posts) => views::archive_view(world, &posts),
            Self::Value(value) => value,
        }
    }

    /// Which pages or terms it consists of.
    pub(crate) fn digest(&self, world: &World) -> Digest {
        let mut digester = Digester::new();
        let page = |digester: &mut Digester, id: Option<PageId>| {
            digester.maybe(id.map(|id| world.site.page(id).path.as_str()));
        };
        match self {
            Self::Pages(ids) | Self::Archive(ids) => {
                for id in ids {
                    page(&mut digester, Some(*id));
                }
            }
            Self::Page(id) => page(&mut digester, *id),
            Self::Neighbours(older, newer) => {
                page(&mut digester, *older);
                page(&mut digester, *newer);
            }
            Self::Terms(terms) => {
                for (id, count) in terms {
                    digester.digest(world.digests.term(*id)).count(count.unwrap_or(usize::MAX));
                }
            }
            Self::Term(term) => {
                digester.flag(term.is_some());
                if let Some(term) = term {
                    digester.digest(world.digests.term(*term));
                }
            }
            Self::Value(value) => {
                digester.value(value);
            }
        }
        digester.done()
    }
}

/// Looks up the answer, or says what is wrong with the question, in words for the template's author.
/// A question that no template function asks has no answer here.
pub(crate) fn find(question: &Question, world: &World) -> Result<Answer, String> {
    let (language, question) = world.read_language(question).ok_or("the site has no such language")?;
    let site = &world.site;
    let nearest = |id: PageId| site.nearest(id, language);
    let pages = |ids: &[PageId]| Ok(Answer::Pages(ids.iter().copied().map(nearest).collect()));
    match question {
        Question::Recent { kind, limit } => {
            let kind = known_kind(kind)?;
            Ok(Answer::Pages(site.listed(kind, language).take(*limit).collect()))
        }
        Question::Events { state, limit, descending } => {
            events(world, language, state.as_deref(), *limit, *descending)
        }
        Question::GetPage { path } => page_at(world, path).map(|id| Answer::Page(Some(nearest(id)))),
        Question::GetSection { path } => {
            let id = section_at(world, path, language)?;
            let section = site.section(id);
            let description = section.document.front.description.as_ref();
            Ok(Answer::Value(
                Table::new()
                    .set("title", views::section_title(world, id))
                    .set("path", section.path.as_str())
                    .set("count", section.pages.len())
                    .set("description", description.map(|text| text.value.as_str()))
                    .done(),
            ))
        }
        Question::SectionPages { path, limit } => {
            let section = site.section(section_at(world, path, language)?);
            Ok(Answer::Pages(section.pages.iter().copied().take(*limit).collect()))
        }
        Question::GetEvent { id } => Ok(Answer::Page(site.event(id).map(|event| nearest(event.page)))),
        Question::TalksOfEvent { id } => pages(site.event(id).map_or(&[], |event| &event.talks)),
        Question::TalksOfTerm { taxonomy, term } => {
            let all = pages_of_term(world, taxonomy, term, language);
            let is_talk = |id: &PageId| site.page(*id).kind == Kind::Talk;
            Ok(Answer::Pages(all.iter().copied().filter(is_talk).collect()))
        }
        Question::RecapsOfEvent { id } => {
            let recaps = |event: &Event| site.recaps_in(&event.recaps, event.page, language);
            Ok(Answer::Pages(site.event(id).map_or_else(Vec::new, recaps)))
        }
        Question::RecapsOfTalk { id } => {
            let talk = site.talk(id).and_then(|id| Some((id, site.page(id).talk.as_ref()?)));
            let recaps = talk.map(|(id, talk)| site.recaps_in(&talk.recaps, id, language));
            Ok(Answer::Pages(recaps.unwrap_or_default()))
        }
        Question::RecapsOfTerm { taxonomy, term } => Ok(Answer::Pages(
            site.find_term(taxonomy, term).map_or_else(Vec::new, |id| site.recaps_of_term(id, language)),
        )),
        Question::WrittenBy { person } => {
            let written =
                site.find_term("speakers", person).map_or(&[] as &[PageId], |id| site.written_by(id));
            Ok(Answer::Pages(written.iter().copied().filter(|id| site.is_listed(*id, language)).collect()))
        }
        Question::OrganizedBy { person } => {
            pages(site.find_term("speakers", person).map_or(&[], |id| site.organized_by(id)))
        }
        Question::Series => Ok(Answer::Value(views::series_view(world, language))),
        Question::Schedule { event } => {
            let view = site.event(event).map(|event| views::schedule_view(world, event, language));
            Ok(Answer::Value(view.unwrap_or_else(|| Value::from(Vec::<Value>::new()))))
        }
        Question::Editions { series, limit } => {
            let all = site.editions(series);
            pages(all.get(all.len().saturating_sub(*limit)..).unwrap_or(all))
        }
        Question::Terms { taxonomy, by_count, limit } => terms(world, language, taxonomy, *by_count, *limit),
        Question::GetTerm { taxonomy, name } => Ok(Answer::Term(site.find_term(taxonomy, name))),
        Question::TermPages { taxonomy, term, kind, limit } => {
            let kind = kind.as_deref().map(known_kind).transpose()?;
            let all = pages_of_term(world, taxonomy, term, language);
            let of_kind =
                all.iter().copied().filter(|id| kind.is_none_or(|kind| site.page(*id).kind == kind));
            Ok(Answer::Pages(of_kind.take(*limit).collect()))
        }
        Question::CoSpeakers { speaker } => Ok(co_speakers(world, speaker)),
        Question::Neighbours { path } => {
            let (older, newer) = site.neighbours(page_at(world, path)?);
            Ok(Answer::Neighbours(older, newer))
        }
        Question::Related { path, limit } => Ok(Answer::Pages(site.related(page_at(world, path)?, *limit))),
        Question::Archive => {
            // Without a date there is no place for a post, and nothing of it is shown.
            let dated = site.listed(Kind::Post, language).filter(|id| site.page(*id).date.is_some());
            Ok(Answer::Archive(dated.collect()))
        }
        Question::Menu => Ok(Answer::Value(views::menu_view(world, language))),
        Question::Languages => Ok(Answer::Value(views::languages_view(world, language))),
        Question::Data { path, required } => data::load(world, path, *required).map(Answer::Value),
        Question::Asset { path, required } => asset(world, path, *required),
        Question::Text { lang, key } => text(world, lang, key),
        _ => Err("no template function asks this".to_owned()),
    }
}

fn known_kind(name: &str) -> Result<Kind, String> {
    Kind::parse(name).ok_or_else(|| {
        let hint = did_you_mean(name, ["page", "post", "event", "talk", "term"]);
        format!("`{name}` is no kind of page{}", hint.map_or_else(String::new, |hint| format!(": {hint}")))
    })
}

/// What a path (`/…`) or a content file (`@/…`) is.
fn target_at(world: &World, path: &str) -> Option<Target> {
    match path.strip_prefix("@/") {
        Some(file) => world.site.target(&SitePath::new(&format!("content/{file}")).ok()?),
        None => world.site.at_path(path),
    }
}

fn page_at(world: &World, path: &str) -> Result<PageId, String> {
    match target_at(world, path) {
        Some(Target::Page(id)) => Ok(id),
        Some(Target::Term(term, language)) => {
            world.site.term_in(term, language).page.ok_or_else(|| format!("`{path}` has no content file"))
        }
        _ => Err(format!("there is no page `{path}`")),
    }
}

fn section_at(world: &World, path: &str, language: LangId) -> Result<SectionId, String> {
    match target_at(world, path) {
        Some(Target::Section(id)) => Ok(world.site.section_in(id, language).unwrap_or(id)),
        _ => {
            let hint = did_you_mean(path, world.site.sections.iter().map(|section| section.path.as_str()));
            let hint = hint.map_or_else(String::new, |hint| format!(": {hint}"));
            Err(format!("there is no section `{path}`{hint}"))
        }
    }
}

fn pages_of_term<'w>(world: &'w World, taxonomy: &str, name: &str, language: LangId) -> &'w [PageId] {
    world.site.find_term(taxonomy, name).map_or(&[], |term| world.site.term_in(term, language).pages)
}

fn events(
    world: &World,
    language: LangId,
    state: Option<&str>,
    limit: usize,
    descending: bool,
) -> Result<Answer, String> {
    let states = ["upcoming", "cfp-open", "on-now", "past", "cancelled"];
    if let Some(wrong) = state.filter(|state| !states.contains(state)) {
        let hint = did_you_mean(wrong, states).map_or_else(String::new, |hint| format!(": {hint}"));
        return Err(format!("`{wrong}` is no state of an event{hint}"));
    }
    let wanted = |event: &&Event| {
        let is = world.state(event);
        match state {
            None => true,
            Some("upcoming") => is.is_ahead(),
            Some("past") => is == EventState::Past,
            Some(other) => is.name() == other,
        }
    };
    let matching =
        world.site.events.iter().filter(wanted).map(|event| world.site.nearest(event.page, language));
    let mut pages: Vec<PageId> = matching.collect();
    if descending {
        pages.reverse();
    }
    pages.truncate(limit);
    Ok(Answer::Pages(pages))
}

fn terms(
    world: &World,
    language: LangId,
    taxonomy: &str,
    by_count: bool,
    limit: usize,
) -> Result<Answer, String> {
    let names = world.site.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
    let index = world.site.taxonomy(taxonomy).ok_or_else(|| {
        let hint = did_you_mean(taxonomy, names).map_or_else(String::new, |hint| format!(": {hint}"));
        format!("there is no taxonomy `{taxonomy}`{hint}")
    })?;
    let mut all = world.site.terms_in(index, language);
    let count = |id: &TermId| world.site.term_in(*id, language).pages.len();
    if by_count {
        all.sort_by_key(|id| std::cmp::Reverse(count(id)));
    }
    Ok(Answer::Terms(all.iter().take(limit).map(|id| (*id, Some(count(id)))).collect()))
}

/// People who shared a talk with this one, those with most talks in common first.
fn co_speakers(world: &World, speaker: &str) -> Answer {
    let site = &world.site;
    let (Some(index), Some(own)) = (site.taxonomy("speakers"), site.find_term("speakers", speaker)) else {
        return Answer::Terms(Vec::new());
    };
    let mut shared: HashMap<TermId, usize> = HashMap::new();
    for id in site.term(own).pages.iter().filter(|id| site.page(**id).kind == Kind::Talk) {
        for other in site.page(*id).terms[index].iter().filter(|other| **other != own) {
            *shared.entry(*other).or_default() += 1;
        }
    }
    let mut shared: Vec<(TermId, usize)> = shared.into_iter().collect();
    shared.sort_by_key(|(term, count)| (std::cmp::Reverse(*count), *term));
    Answer::Terms(shared.into_iter().map(|(term, _)| (term, None)).collect())
}

fn asset(world: &World, path: &str, required: bool) -> Result<Answer, String> {
    match world.look.assets.path(path) {
        Some(path) => Ok(Answer::Value(Value::from(path))),
        None if !required => Ok(Answer::Value(Value::none())),
        None => {
            let hint = did_you_mean(path, world.look.assets.names());
            let hint = hint.map_or_else(String::new, |hint| format!(": {hint}"));
            Err(format!("there is no asset `{path}`{hint}"))
        }
    }
}

fn text(world: &World, lang: &str, key: &str) -> Result<Answer, String> {
    let theme = &world.look.theme;
    let found = theme.text(lang, &world.config.lang, key);
    let found = found.map(|(found, text)| match text.as_map() {
        Some(_) => Table::from_value(text).set("lang", found).done(),
        None => text.clone(),
    });
    found.map(Answer::Value).ok_or_else(|| {
        let known = theme.keys();
        let hint = did_you_mean(key, known.iter().map(String::as_str));
        let hint = hint.map_or_else(String::new, |hint| format!(": {hint}"));
        format!("no text `{key}` in i18n/{lang}.toml{hint}")
    })
}
