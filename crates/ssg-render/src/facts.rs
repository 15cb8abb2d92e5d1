//! Digests of the answers to all questions: what tells whether an output must be rendered anew.
//!
//! For every question there are two functions: one that gives a render what it asked for, and the
//! one here. Whatever the first lets a render see must go into the second.

use crate::answer::find;
use crate::cards;
use crate::data;
use crate::digests::add_moment;
use crate::exports::{api, calendars, schedule};
use crate::hosting::rules_digest;
use crate::images;
use crate::links;
use crate::outputs::render_next_build;
use crate::plan::{self, FeedOf};
use crate::question::{List, Question};
use crate::views;
use crate::world::World;
use ssg_parse::Outline;
use ssg_source::{Diagnostics, Digest, Digester, Inputs, SitePath};
use ssg_taxonomy::{Event, LangId, Page, PageId, SectionId, Target, TermId, WindowState};

/// The digest of the answer; `None` where the question makes no sense (any more).
pub(crate) fn digest(world: &World, asked: &Question) -> Option<Digest> {
    let site = &world.site;
    let (language, question) = world.read_language(asked)?;
    match question {
        Question::Card(path) => Some(world.digests.card(page_at(world, path)?)),
        Question::Own(path) => Some(own(world, page_at(world, path)?)),
        Question::Venue(path) => Some(venue(world, path)),
        Question::Body(path) => Some(site.page(page_at(world, path)?).document.digests.body),
        Question::Section(dir) => Some(section(world, site.section_of_dir(dir, language)?)),
        Question::Term { taxonomy, slug } => Some(term(world, site.term_of_slug(taxonomy, slug)?, language)),
        Question::Taxonomy(name) => Some(taxonomy(world, site.taxonomy(name)?, language)),
        Question::Translations(path) => {
            Some(Digester::new().value(&views::translations_view(world, path)).done())
        }
        Question::Sheet { list, number } => sheet(world, language, list, *number),
        Question::Feed(list) => {
            let feed = plan::feed_content(world, feed_of(world, language, list)?);
            let mut digester = Digester::new();
            digester.text(&feed.title).text(&feed.path);
            Some(add_paths(&mut digester, world, &feed.pages).done())
        }
        Question::FeedLinks(list) => {
            let links = views::feeds_view(world, feed_of(world, language, list)?);
            Some(Digester::new().value(&links).done())
        }
        Question::Sitemap => {
            let mut digester = Digester::new();
            for (path, moment) in plan::addresses(world) {
                add_moment(digester.text(&path), moment);
                if site.is_multilingual() {
                    digester.value(&views::alternates(world, &path));
                }
            }
            Some(digester.done())
        }
        Question::Redirects => {
            let mut digester = Digester::new();
            for (from, to, _) in plan::aliases(world) {
                digester.text(&from).text(&to);
            }
            Some(digester.done())
        }
        Question::Api(of) => Some(Digest::of_text(&api::text(world, of)?)),
        Question::ScheduleFile(path) => Some(Digest::of_text(&schedule::text(world, path)?)),
        Question::Calendar(of) => Some(Digest::of_text(&calendars::text(world, of)?)),
        Question::CalendarLinks(of) => Some(Digester::new().value(&calendars::links(world, of)).done()),
        Question::NextBuild => Some(Digest::of_text(&render_next_build(site.next_change()))),
        Question::SocialCard(path) => Some(cards::digest(world, page_at(world, path)?)),
        Question::CardLink(path) => Some(cards::link_digest(world, page_at(world, path)?)),
        Question::Hosting => Some(rules_digest(world)),
        Question::Needs => Some(Digester::new().value(world.gathered()?).done()),
        Question::Link(source) => Some(link(world, source, language)),
        Question::Anchor { source, id } => Some(Digester::new().flag(has_anchor(world, source, id)).done()),
        Question::Beside(source) => {
            Some(Digester::new().maybe(world.beside.get(source).map(String::as_str)).done())
        }
        Question::BesideNames(folder) => {
            let mut digester = Digester::new();
            for name in world.names_beside(folder) {
                digester.text(name);
            }
            Some(digester.done())
        }
        Question::Image(source) => {
            let mut digester = Digester::new();
            match images::image(world, source) {
                Ok(size) => {
                    if let Some(size) = size {
                        digester.number(size.width).number(size.height);
                    }
                }
                Err(problem) => {
                    digester.text(&problem.to_string());
                }
            }
            Some(digester.done())
        }
        Question::Data { path, .. } => Some(data::digest(world, path)),
        Question::DataNames(_) => file_digest(&*world.inputs, question),
        Question::Template(names) => Some(world.look.engine.closure_of(names)),
        Question::Shortcodes => {
            let mut digester = Digester::new();
            for name in world.look.engine.shortcodes() {
                digester.text(name);
            }
            Some(digester.done())
        }
        // What the main language says, and the others where there are any.
        Question::Config(key) => match &*world.config_values {
            [only] => Some(key_of(only, key)),
            all => {
                let mut digester = Digester::new();
                for value in all {
                    digester.digest(key_of(value, key));
                }
                Some(digester.done())
            }
        },
        Question::Options(key) => Some(key_of(&world.look.theme.options, key)),
        Question::Settings => {
            let config = &world.config;
            let mut digester = Digester::new();
            for language in &config.languages {
                digester.text(&language.tag);
            }
            digester.text(&config.base_url).text(&config.lang).flag(config.feeds.full);
            // Every page of its kind names a picture of itself, or does not.
            digester.flag(config.outputs.cards);
            digester.count(world.site.hidden_people().len());
            for name in world.site.hidden_people() {
                digester.text(name);
            }
            Some(digester.value(&config.markdown).value(&config.external_links).done())
        }
        Question::Changing(_) => None,
        // Some texts have an English form in the program, so that a theme may lack them.
        Question::Text { .. } => {
            Some(find(asked, world).map_or_else(|_| Digest::default(), |answer| answer.digest(world)))
        }
        _ => Some(match find(asked, world) {
            Ok(answer) => answer.digest(world),
            Err(problem) => Digest::of_text(&problem),
        }),
    }
}

/// The digest of the answer to a question about files that only templates read: no world is needed
/// for it. `None` for every other question.
#[must_use]
pub fn file_digest(inputs: &dyn Inputs, question: &Question) -> Option<Digest> {
    match question {
        Question::Data { path, .. } => Some(data::digest_now(inputs, path)),
        Question::DataNames(dir) => {
            let mut digester = Digester::new();
            for entry in inputs.list(dir, &mut Diagnostics::new()) {
                digester.text(entry.path.as_str());
            }
            Some(digester.done())
        }
        _ => None,
    }
}

/// What the answer rests on, where that is quicker to tell than the answer itself.
pub(crate) fn basis(world: &World, asked: &Question) -> Option<Digest> {
    let (language, question) = world.read_language(asked)?;
    match question {
        // Titles of sections may be texts of the theme there.
        Question::GetSection { .. } | Question::Schedule { .. } | Question::Section(_)
            if !language.is_main() =>
        {
            None
        }
        Question::Recent { .. }
        | Question::Events { .. }
        | Question::GetPage { .. }
        | Question::SectionPages { .. }
        | Question::GetEvent { .. }
        | Question::TalksOfEvent { .. }
        | Question::TalksOfTerm { .. }
        | Question::RecapsOfEvent { .. }
        | Question::RecapsOfTalk { .. }
        | Question::RecapsOfTerm { .. }
        | Question::WrittenBy { .. }
        | Question::OrganizedBy { .. }
        | Question::Editions { .. }
        | Question::Terms { .. }
        | Question::GetTerm { .. }
        | Question::TermPages { .. }
        | Question::CoSpeakers { .. }
        | Question::Neighbours { .. }
        | Question::Archive
        | Question::Sheet { .. } => Some(world.digests.structure()),
        Question::Related { path, .. } => related_basis(world, path),
        Question::GetSection { .. }
        | Question::Schedule { .. }
        | Question::Series
        | Question::Section(_)
        | Question::Sitemap
        | Question::Redirects => Some(world.digests.metadata()),
        Question::Calendar(of) => calendars::basis(world, of),
        Question::Api(_) => Some(api::basis(world)),
        Question::ScheduleFile(_) => Some(schedule::basis(world)),
        Question::Image(source) => stamp(world, source),
        Question::Data { path, .. } => stamp(world, &SitePath::new(path).ok()?),
        _ => None,
    }
}

/// What the header of an event says of where it takes place.
fn venue(world: &World, path: &str) -> Digest {
    let table = page_at(world, path).and_then(|id| world.site.page(id).document.front.event.as_ref());
    let venue = table.and_then(|table| table.venue.as_ref());
    let mut digester = Digester::new();
    for text in [
        table.and_then(|table| table.city.as_deref()),
        table.and_then(|table| table.country.as_deref()),
        venue.and_then(|venue| venue.name.as_deref()),
        venue.and_then(|venue| venue.address.as_deref()),
        venue.and_then(|venue| venue.url.as_deref()),
    ] {
        digester.maybe(text);
    }
    digester.flag(venue.is_some()).value(&venue.and_then(|venue| venue.coordinates)).done()
}

/// The stamp of a file, where it is old enough for a later edit to have another one.
fn stamp(world: &World, path: &SitePath) -> Option<Digest> {
    let stamp = world.inputs.stamp(path).filter(|stamp| stamp.is_settled(world.clock))?;
    let mut digester = Digester::new();
    digester.number(stamp.size).number(stamp.mtime).number(stamp.ctime).number(stamp.inode);
    Some(digester.done())
}

/// The pages that share a term or an event with this one.
fn related_basis(world: &World, path: &str) -> Option<Digest> {
    let site = &world.site;
    let page = site.page(page_at(world, path)?);
    let mut digester = Digester::new();
    for term in page.terms.iter().flatten() {
        digester.digest(world.digests.members(*term));
    }
    for event in page.events.iter().filter_map(|id| site.event_of(*id)) {
        add_paths(&mut digester, world, &event.recaps);
    }
    Some(digester.done())
}

/// The page of a path, also the page of a term that lies there.
fn page_at(world: &World, path: &str) -> Option<PageId> {
    match world.site.at_path(path)? {
        Target::Page(id) => Some(id),
        Target::Term(term, language) => world.site.term_in(term, language).page,
        _ => None,
    }
}

fn feed_of(world: &World, language: LangId, list: &List) -> Option<FeedOf> {
    Some(match list {
        List::Site => FeedOf::Site(language),
        List::Section(dir) => FeedOf::Section(world.site.section_of_dir(dir, language)?),
        List::Term { taxonomy, slug } => FeedOf::Term(world.site.term_of_slug(taxonomy, slug)?, language),
    })
}

/// All that a page shows of itself besides its card.
fn own(world: &World, id: PageId) -> Digest {
    let site = &world.site;
    let page = site.page(id);
    let mut digester = Digester::new();
    digester.digest(page.document.digests.content).digest(world.digests.card(id)).text(page.source.as_str());
    let event = page.talk.as_ref().and_then(|talk| talk.event);
    add_crumbs(&mut digester, world, page.section);
    if let Some(event) = event {
        let page = site.page(site.nearest(site.events[event].page, page.language));
        digester.text(&page.title).text(&page.path);
    }
    // A translation shows the facts of its original.
    let original = site.page(site.original(id));
    if original.source != page.source {
        digester.digest(original.document.digests.meta).text(original.source.as_str());
    }
    digester.count(page.talks.len());
    for talk in page.talks.iter().map(|talk| site.page(site.nearest(*talk, page.language))) {
        let id = talk.talk.as_ref().map_or("", |talk| talk.id.as_str());
        digester.text(id).text(&talk.title).text(&talk.path);
    }
    for alias in &page.aliases {
        digester.text(alias);
    }
    digester.count(page.aliases.len());
    for asset in &original.assets {
        digester.text(asset.as_str()).maybe(world.beside.get(asset).map(String::as_str));
    }
    if let Some(event) = site.event_of(id) {
        add_event(&mut digester, world, site.page(event.page), event);
    }
    digester.done()
}

/// What only an event's own page shows: who of its organizers is shown and is a speaker, and which windows are
/// open. The rest stands in its file, or is asked for.
fn add_event(digester: &mut Digester, world: &World, page: &Page, event: &Event) {
    let Some(table) = &page.document.front.event else { return };
    for organizer in &table.organizers {
        digester.flag(world.site.is_shown_person(&organizer.name.value));
        let term = world.site.find_term("speakers", &organizer.name.value);
        digester.digest(term.map_or_else(Digest::default, |term| world.digests.term(term)));
    }
    for window in [&table.cfp, &table.registration].into_iter().flatten() {
        digester.text(WindowState::of(window, &event.zone, world.instant).name());
    }
}

fn add_crumbs(digester: &mut Digester, world: &World, section: SectionId) {
    for id in world.site.ancestors(section) {
        let section = world.site.section(id);
        digester.text(&views::section_title(world, id)).text(&section.path);
    }
}

fn section(world: &World, id: SectionId) -> Digest {
    let section = world.site.section(id);
    let mut digester = Digester::new();
    digester
        .digest(section.document.digests.content)
        .text(&views::section_title(world, id))
        .text(&section.path);
    digester.maybe(section.source.as_ref().map(SitePath::as_str)).count(section.pages.len());
    add_crumbs(&mut digester, world, id);
    for id in &section.sections {
        let below = world.site.section(*id);
        digester.text(&views::section_title(world, *id)).text(&below.path).count(below.pages.len());
    }
    digester.done()
}

fn term(world: &World, id: TermId, language: LangId) -> Digest {
    let site = &world.site;
    let term = site.term_in(id, language);
    let home = site.section(site.home(language));
    let mut digester = Digester::new();
    digester.digest(world.digests.term(id)).count(term.pages.len());
    digester.flag(term.exists).text(&views::taxonomy_title(world, usize::from(id.taxonomy), language));
    digester.text(&home.title).text(&home.path);
    for alias in &site.term(id).aliases {
        digester.text(alias);
    }
    add_years(&mut digester, world, term.pages);
    digester.digest(term.page.map_or_else(Digest::default, |page| own(world, page)));
    digester.done()
}

fn add_years(digester: &mut Digester, world: &World, pages: &[PageId]) {
    for (year, count) in views::years(world, pages) {
        digester.number(year).count(count);
    }
}

fn taxonomy(world: &World, index: usize, language: LangId) -> Digest {
    let site = &world.site;
    let home = site.section(site.home(language));
    let text = site.taxonomy_text(index, language);
    let mut digester = Digester::new();
    digester.text(&views::taxonomy_title(world, index, language)).text(&home.title).text(&home.path);
    digester.digest(text.map_or_else(Digest::default, |text| text.digests.content));
    digester.maybe(site.taxonomy_source(index, language).map(SitePath::as_str));
    for id in site.terms_in(index, language) {
        let term = site.term_in(id, language);
        digester.digest(world.digests.term(id)).count(term.pages.len());
        if let Some(page) = term.page.map(|id| site.page(id)) {
            let image = page.document.front.image.as_ref();
            digester.text(&views::description(page)).maybe(image.map(|image| image.value.as_str()));
        }
        digester.flag(term.page.is_some());
        add_years(&mut digester, world, term.pages);
    }
    digester.done()
}

fn sheet(world: &World, language: LangId, list: &List, number: usize) -> Option<Digest> {
    let (pages, size) = match feed_of(world, language, list)? {
        FeedOf::Site(_) => return None,
        FeedOf::Section(id) => (world.site.section(id).pages.as_slice(), plan::section_size(world, id)),
        FeedOf::Term(id, language) => (world.site.term_in(id, language).pages, plan::term_size(world, id)),
    };
    let sheets = plan::sheets(pages, size);
    let mut digester = Digester::new();
    digester.count(sheets.len()).flag(size.is_some());
    Some(add_paths(&mut digester, world, sheets.get(number.checked_sub(1)?)?).done())
}

fn add_paths<'d>(digester: &'d mut Digester, world: &World, pages: &[PageId]) -> &'d mut Digester {
    for id in pages {
        digester.text(&world.site.page(*id).path);
    }
    digester
}

/// Where a link to a content file leads, or why nowhere.
fn link(world: &World, source: &SitePath, language: LangId) -> Digest {
    let site = &world.site;
    let mut digester = Digester::new();
    let (source, target) = links::target_for(world, source, language);
    if language != LangId::MAIN {
        digester.text(source.as_str());
    }
    match target {
        Some(Target::Page(id)) => digester.text("page").text(&site.page(id).path),
        Some(Target::Section(id)) => digester.text("section").text(&site.section(id).path),
        Some(Target::Term(id, language)) => digester.text("term").text(site.term_in(id, language).path),
        Some(Target::Taxonomy(index, language)) => {
            digester.text("taxonomy").text(&site.taxonomy_path(index, language))
        }
        Some(Target::Withheld(why)) => digester.text("withheld").text(why.reason()),
        None => digester.text("nothing"),
    };
    digester.done()
}

/// Whether a content file has an anchor; a file without headings of its own has all.
pub(crate) fn has_anchor(world: &World, source: &SitePath, id: &str) -> bool {
    let site = &world.site;
    let outline: Option<&Outline> = match site.target(source) {
        Some(Target::Page(id)) => Some(&site.page(id).document.outline),
        Some(Target::Section(id)) => Some(&site.section(id).document.outline),
        Some(Target::Term(id, language)) => {
            site.term_in(id, language).page.map(|page| &*site.page(page).document.outline)
        }
        _ => None,
    };
    outline.is_none_or(|outline| outline.has_anchor(id))
}

fn key_of(value: &tera::Value, key: &str) -> Digest {
    let found = if key.is_empty() { Some(value) } else { value.get_from_path(key) };
    Digester::new().value(&found).done()
}
