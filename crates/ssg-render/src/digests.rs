//! Digests of the site: what each page shows in lists, and how pages refer to each other.
//!
//! Made once when the world is put together, since nearly every output asks for some of them.

use crate::views::{closing, reading_time};
use jiff::{Timestamp, Zoned};
use rayon::prelude::*;
use ssg_parse::{Config, Window};
use ssg_source::{Digest, Digester, SitePath};
use ssg_taxonomy::{Event, EventState, Page, PageId, Site, TermId};
use std::collections::HashMap;

/// Digests of a site at an instant.
#[derive(Debug, Default)]
pub(crate) struct SiteDigests {
    /// By taxonomy and number: name, slug and path.
    terms: Vec<Vec<Digest>>,
    /// By taxonomy and number: which pages name the term, and how they are ordered.
    members: Vec<Vec<Digest>>,
    /// By number: what is shown where an event is referred to.
    events: Vec<Digest>,
    /// By page: what lists show of it.
    cards: Vec<Digest>,
    /// Which pages there are and how they refer to each other.
    structure: Digest,
    /// That, with all cards and all headers.
    metadata: Digest,
}

impl SiteDigests {
    pub(crate) fn new(
        config: &Config,
        site: &Site,
        beside: &HashMap<SitePath, String>,
        instant: Timestamp,
    ) -> Self {
        let term = |term: &ssg_taxonomy::Term| {
            let mut digester = Digester::new();
            digester.text(&term.name).text(&term.slug).text(&term.path);
            for local in &term.languages {
                digester.text(&local.name).text(&local.path).flag(local.exists);
            }
            digester.done()
        };
        let mut digests = Self {
            terms: site.taxonomies.iter().map(|taxonomy| taxonomy.terms.iter().map(term).collect()).collect(),
            members: site
                .taxonomies
                .iter()
                .map(|taxonomy| taxonomy.terms.par_iter().map(|term| members(site, term)).collect())
                .collect(),
            events: site.events.iter().map(|event| event_digest(site, event, instant)).collect(),
            ..Self::default()
        };
        let pages: Vec<(PageId, &Page)> = site.numbered_pages().collect();
        digests.cards =
            pages.into_par_iter().map(|(id, page)| digests.card_of(site, id, page, beside)).collect();
        digests.structure = digests.structure_of(config, site);
        digests.metadata = digests.metadata_of(site);
        digests
    }

    /// Looks again at a page whose place in the site is what it was. Says whether lists show anything
    /// else of it.
    pub(crate) fn mend_page(&mut self, site: &Site, id: PageId, beside: &HashMap<SitePath, String>) -> bool {
        let page = site.page(id);
        let card = self.card_of(site, id, page, beside);
        let Some(known) = self.cards.get_mut(id.index()) else { return false };
        if std::mem::replace(known, card) == card {
            return false;
        }
        for term in page.terms.iter().flatten() {
            let digest = members(site, site.term(*term));
            let terms = self.members.get_mut(usize::from(term.taxonomy));
            if let Some(known) = terms.and_then(|terms| terms.get_mut(term.term as usize)) {
                *known = digest;
            }
        }
        true
    }

    /// Looks again at what all cards and headers come to.
    pub(crate) fn mend_metadata(&mut self, site: &Site) {
        self.metadata = self.metadata_of(site);
    }

    fn metadata_of(&self, site: &Site) -> Digest {
        let mut metadata = Digester::new();
        metadata.digest(self.structure);
        for (page, card) in site.pages.iter().zip(&self.cards) {
            metadata.digest(*card).digest(page.document.digests.meta);
            for alias in &page.aliases {
                metadata.text(alias);
            }
        }
        // A taxonomy without terms has a page only where it has a text.
        for index in 0..site.taxonomies.len() {
            for language in site.languages() {
                metadata.flag(site.taxonomy_text(index, language).is_some());
            }
        }
        for section in &site.sections {
            metadata.digest(section.document.digests.content).text(&section.title);
            for alias in &section.aliases {
                metadata.text(alias);
            }
        }
        metadata.done()
    }

    /// Name, slug and path of a term.
    pub(crate) fn term(&self, id: TermId) -> Digest {
        let terms = self.terms.get(usize::from(id.taxonomy));
        terms.and_then(|terms| terms.get(id.term as usize)).copied().unwrap_or_default()
    }

    /// Which pages name a term.
    pub(crate) fn members(&self, id: TermId) -> Digest {
        let terms = self.members.get(usize::from(id.taxonomy));
        terms.and_then(|terms| terms.get(id.term as usize)).copied().unwrap_or_default()
    }

    /// What lists show of a page.
    pub(crate) fn card(&self, id: PageId) -> Digest {
        self.cards.get(id.index()).copied().unwrap_or_default()
    }

    /// Which pages there are and how they refer to each other.
    pub(crate) fn structure(&self) -> Digest {
        self.structure
    }

    /// The structure with all cards and all headers.
    pub(crate) fn metadata(&self) -> Digest {
        self.metadata
    }

    fn card_of(&self, site: &Site, id: PageId, page: &Page, beside: &HashMap<SitePath, String>) -> Digest {
        let mut digester = Digester::new();
        // Links of the summary are relative to the file.
        digester.digest(page.document.digests.card).text(page.source.as_str());
        digester.number(reading_time(page));
        digester.text(page.kind.name()).text(&page.path).text(&page.title).text(&page.lang);
        if !page.language.is_main() {
            digester.number(page.language.0);
        }
        add_moment(&mut digester, page.date.as_ref());
        add_moment(&mut digester, page.updated.as_ref());
        digester.number(page.year.map_or(i32::MIN, i32::from)).flag(page.draft);
        for (taxonomy, terms) in site.taxonomies.iter().zip(&page.terms) {
            digester.text(&taxonomy.name).count(terms.len());
            for term in terms {
                digester.digest(self.term(*term));
            }
        }
        digester.count(page.authors.len());
        for author in &page.authors {
            digester.text(&author.name).digest(author.term.map_or_else(Digest::default, |id| self.term(id)));
        }
        digester.count(page.events.len());
        for event in page.events.iter().filter_map(|id| site.event_number(*id)) {
            digester.digest(self.events[event]);
        }
        // The event that the page is the page of.
        digester.digest(site.event_number(id).map_or_else(Digest::default, |event| self.events[event]));
        if let Some(talk) = &page.talk {
            digester.digest(talk.event.map_or_else(Digest::default, |event| self.events[event]));
            digester.text(&talk.id).text(&talk.kind).text(talk.drawn);
            add_moment(&mut digester, talk.starts.as_ref());
            add_moment(&mut digester, talk.ends.as_ref());
            for text in [&talk.room, &talk.track, &talk.level, &talk.language] {
                digester.maybe(text.as_deref());
            }
            for address in [&talk.slides, &talk.video] {
                digester.maybe(address.as_deref());
            }
        }
        if let Some(image) = &page.document.front.image {
            let place = page.source.resolve(&image.value).ok().and_then(|source| beside.get(&source));
            digester.maybe(place.map(String::as_str));
        }
        digester.done()
    }

    fn structure_of(&self, config: &Config, site: &Site) -> Digest {
        let mut digester = Digester::new();
        digester.value(&config.taxonomies).value(&config.talk_kinds).count(config.paginate_by.unwrap_or(0));
        for page in &site.pages {
            digester.text(&page.path).text(page.kind.name()).number(page.section.0);
            digester.text(page.source.as_str()).flag(page.date.is_some());
            for terms in &page.terms {
                digester.count(terms.len());
                for term in terms {
                    digester.number(term.term);
                }
            }
            let authors = page.authors.iter().filter_map(|author| author.term);
            digester.count(authors.clone().count());
            for author in authors {
                digester.number(author.term);
            }
            // Whoever is named there counts where they have a page.
            let event = page.document.front.event.as_ref();
            let organizers = event.map_or(&[] as &[_], |event| &event.organizers);
            digester.count(organizers.len());
            for organizer in organizers {
                digester.text(&organizer.name.value);
            }
            for others in [&page.events, &page.talks] {
                digester.count(others.len());
                for other in others {
                    digester.number(other.0);
                }
            }
            if let Some(talk) = &page.talk {
                digester.text(&talk.id).count(talk.event.unwrap_or(usize::MAX));
            }
        }
        if site.is_multilingual() {
            for (id, page) in site.numbered_pages() {
                digester.number(page.language.0);
                for other in site.translations(id) {
                    digester.number(other.0);
                }
                digester.count(site.translations(id).len());
            }
            for section in &site.sections {
                digester.number(section.language.0);
            }
        }
        for section in &site.sections {
            digester.text(&section.dir).text(&section.path);
            digester.number(section.document.front.paginate_by.unwrap_or(0));
            // A template may name the file, which can be withheld while the section stays.
            digester.maybe(section.source.as_ref().map(SitePath::as_str));
        }
        for (taxonomy, digests) in site.taxonomies.iter().zip(&self.terms) {
            digester.text(&taxonomy.name).count(taxonomy.terms.len());
            for (term, digest) in taxonomy.terms.iter().zip(digests) {
                digester.digest(*digest).number(term.page.map_or(-1, |page| i64::from(page.0)));
                for alias in &term.aliases {
                    digester.text(alias);
                }
                digester.count(term.aliases.len());
                for local in &term.languages {
                    digester.number(local.page.map_or(-1, |page| i64::from(page.0)));
                }
            }
            let mut spellings: Vec<_> = taxonomy.spellings.iter().collect();
            spellings.sort_unstable();
            for (spelling, term) in spellings {
                digester.text(spelling).number(*term);
            }
        }
        // What an event is called does not matter here, but its state decides which lists it is in.
        for (event, digest) in site.events.iter().zip(&self.events) {
            digester.text(&event.id).maybe(event.series.as_deref()).digest(*digest);
            for talk in &event.talks {
                digester.number(talk.0);
            }
            digester.count(event.talks.len());
        }
        digester.done()
    }
}

fn members(site: &Site, term: &ssg_taxonomy::Term) -> Digest {
    let mut digester = Digester::new();
    let local = term.languages.iter().flat_map(|local| &local.pages);
    for page in term.pages.iter().chain(local).map(|id| site.page(*id)) {
        digester.text(&page.path).text(page.kind.name());
        // What the site's order goes by: it decides between pages of two terms.
        add_moment(&mut digester, page.date.as_ref());
        digester.number(page.weight).text(&page.title).text(page.source.as_str());
    }
    digester.done()
}

/// State of an event at an instant.
pub(crate) fn state(site: &Site, event: &Event, instant: Timestamp) -> EventState {
    let table = site.page(event.page).document.front.event.as_ref();
    let cancelled = table.is_some_and(|table| table.cancelled);
    event.state(cancelled, table.and_then(|table| table.cfp.as_ref()), instant)
}

/// The call for papers of an event whose state is that it is open.
pub(crate) fn open_cfp<'a>(site: &'a Site, event: &Event, instant: Timestamp) -> Option<&'a Window> {
    let table = site.page(event.page).document.front.event.as_ref()?;
    table.cfp.as_ref().filter(|_| state(site, event, instant) == EventState::CfpOpen)
}

fn event_digest(site: &Site, event: &Event, instant: Timestamp) -> Digest {
    let page = site.page(event.page);
    let table = page.document.front.event.as_ref();
    let mut digester = Digester::new();
    digester.text(&event.id).text(&page.title).text(&page.path).text(&event.timezone);
    for id in site.translations(event.page) {
        digester.text(&site.page(*id).title).text(&site.page(*id).path);
    }
    add_moment(&mut digester, Some(&event.start));
    add_moment(&mut digester, Some(&event.last));
    digester.maybe(table.and_then(|table| table.city.as_deref()));
    digester.maybe(table.and_then(|table| table.country.as_deref()));
    digester.maybe(event.series.as_deref()).text(state(site, event, instant).name());
    digester.flag(table.is_some_and(|table| table.cancelled));
    let cfp = open_cfp(site, event, instant);
    add_moment(&mut digester, cfp.and_then(|cfp| closing(cfp, event)).as_ref());
    digester.maybe(cfp.and_then(|cfp| cfp.url.as_deref())).done()
}

/// A moment, as far as its RFC 3339 form shows it.
pub(crate) fn add_moment(digester: &mut Digester, moment: Option<&Zoned>) {
    digester.flag(moment.is_some());
    if let Some(moment) = moment {
        digester.number(moment.timestamp().as_nanosecond()).number(moment.offset().seconds());
    }
}
