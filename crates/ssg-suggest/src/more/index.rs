//! What the site knows, put in order once, so that a text is compared with what it may name alone.

use super::alike::long_words;
use super::{folded_title, without_scheme};
use crate::data::folded;
use crate::known::{Known, KnownEvent, KnownTalk};
use foldhash::{HashMap, HashMapExt};
use std::collections::BTreeSet;

/// Events, talks and categories of a site.
#[derive(Default)]
pub(crate) struct Index {
    pub events: Vec<Event>,
    pub talks: Vec<Talk>,
    /// Categories with their folded names.
    pub categories: Vec<(String, String)>,
    /// Numbers of events by the first word of their title, or of their city.
    events_by_word: HashMap<String, Vec<usize>>,
    /// Numbers of events by their ids.
    events_by_id: HashMap<String, usize>,
    /// Numbers of events by their addresses elsewhere.
    events_by_link: HashMap<String, Vec<usize>>,
    /// Addresses elsewhere of each event.
    links: Vec<Vec<String>>,
    /// Numbers of talks by the ids of their events.
    talks_by_event: HashMap<String, Vec<usize>>,
}

/// An event as texts are searched for it.
pub(crate) struct Event {
    pub id: String,
    /// First and last day.
    pub days: (String, String),
    pub year: String,
    /// Its folded title without the year.
    pub title: String,
    /// Its folded city.
    pub city: String,
}

/// A talk as texts are searched for it.
pub(crate) struct Talk {
    pub id: String,
    pub event: String,
    pub slug: String,
    /// Words of its title, folded.
    pub title: String,
    pub long_words: BTreeSet<String>,
    pub speakers: Vec<String>,
    /// Whether nobody who gave it gave another one there.
    pub is_only: bool,
}

impl Index {
    pub fn new(known: &Known) -> Self {
        let mut index = Self { events: known.events.iter().map(event).collect(), ..Self::default() };
        for (number, event) in index.events.iter().enumerate() {
            index.events_by_id.entry(event.id.clone()).or_insert(number);
            for name in [&event.title, &event.city] {
                let first = name.split(' ').next().unwrap_or_default();
                if !first.is_empty() {
                    index.events_by_word.entry(first.to_owned()).or_default().push(number);
                }
            }
        }
        for (number, event) in known.events.iter().enumerate() {
            let links = event.links.iter().map(|link| without_scheme(link).to_owned());
            let links: Vec<String> = links.filter(|link| link.len() > 8).collect();
            for link in &links {
                index.events_by_link.entry(link.clone()).or_default().push(number);
            }
            index.links.push(links);
        }
        let mut given: HashMap<(&str, &str), usize> = HashMap::new();
        for talk in &known.talks {
            let names: BTreeSet<&str> = talk.speakers.iter().map(String::as_str).collect();
            for name in names {
                *given.entry((talk.event.as_str(), name)).or_default() += 1;
            }
        }
        let is_only = |talk: &KnownTalk| {
            let mut names = talk.speakers.iter().peekable();
            names.peek().is_some() && names.all(|name| given.get(&(&*talk.event, &**name)) == Some(&1))
        };
        index.talks = known.talks.iter().map(|known| talk(known, is_only(known))).collect();
        for (number, talk) in index.talks.iter().enumerate() {
            index.talks_by_event.entry(talk.event.clone()).or_default().push(number);
        }
        index.categories = known.categories.iter().map(|name| (name.clone(), folded(name))).collect();
        index
    }

    /// Numbers of events that a text may name: by its folded words, and by what it links to.
    pub fn events_of<'t>(
        &self,
        words: impl Iterator<Item = &'t str>,
        addresses: &BTreeSet<&'t str>,
    ) -> BTreeSet<usize> {
        let mut found: BTreeSet<usize> =
            words.filter_map(|word| self.events_by_word.get(word)).flatten().copied().collect();
        if self.events.is_empty() {
            return found;
        }
        for address in addresses {
            found.extend(steps(address).filter_map(|step| self.events_by_id.get(step)));
            let plain = without_scheme(address);
            let ends = plain.match_indices('/').map(|(at, _)| at).chain([plain.len()]);
            found.extend(ends.filter_map(|end| self.events_by_link.get(&plain[..end])).flatten());
        }
        found
    }

    /// Addresses of an event elsewhere, without their schemes.
    pub fn links_of(&self, number: usize) -> &[String] {
        self.links.get(number).map_or(&[], Vec::as_slice)
    }

    /// Numbers of talks of events that are near, or that addresses lead to.
    pub fn talks_of(&self, near: &[&str], addresses: &BTreeSet<&str>) -> BTreeSet<usize> {
        if self.talks.is_empty() {
            return BTreeSet::new();
        }
        let linked = addresses.iter().flat_map(|address| steps(address));
        let events = near.iter().copied().chain(linked);
        events.filter_map(|event| self.talks_by_event.get(event)).flatten().copied().collect()
    }
}

/// The folders of an address.
pub(super) fn steps(address: &str) -> impl Iterator<Item = &str> {
    address.split(['/', '?', '#']).filter(|step| !step.is_empty())
}

fn event(known: &KnownEvent) -> Event {
    let year = known.days.0.get(..4).unwrap_or_default().to_owned();
    let mut title = folded(&known.title);
    if !year.is_empty() {
        title = title.replace(&year, " ");
    }
    Event {
        id: known.id.clone(),
        days: known.days.clone(),
        title: title.split_whitespace().collect::<Vec<_>>().join(" "),
        year,
        city: folded(&known.city),
    }
}

fn talk(known: &KnownTalk, is_only: bool) -> Talk {
    let title = folded_title(&known.title);
    Talk {
        id: known.id.clone(),
        event: known.event.clone(),
        slug: known.id.rsplit('/').next().unwrap_or_default().to_owned(),
        long_words: long_words(&title).map(str::to_owned).collect(),
        title,
        speakers: known.speakers.iter().filter(|name| !name.is_empty()).cloned().collect(),
        is_only,
    }
}
