//! What the site knows already.

use ssg_taxonomy::{Kind, Site};

/// A term that the site has, with its other spellings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct KnownName {
    /// The name that is written into headers.
    pub name: String,
    /// Other spellings and former names.
    pub others: Vec<String>,
}

/// An event of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct KnownEvent {
    /// Its id, as headers name it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it was.
    pub city: String,
    /// First and last day, as `2016-05-26`.
    pub days: (String, String),
    /// Its addresses elsewhere.
    pub links: Vec<String>,
}

/// A talk of an event of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct KnownTalk {
    /// Its id: `event/slug`.
    pub id: String,
    /// The id of its event.
    pub event: String,
    /// Its title.
    pub title: String,
    /// Who gave it.
    pub speakers: Vec<String>,
}

/// What the site knows already.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Known {
    /// Tools of the site.
    pub tools: Vec<KnownName>,
    /// People of the site.
    pub people: Vec<KnownName>,
    /// Events of the site.
    pub events: Vec<KnownEvent>,
    /// Talks of the site.
    pub talks: Vec<KnownTalk>,
    /// Categories of the site.
    pub categories: Vec<String>,
    /// Who writes the site, where a page names nobody.
    pub writers: Vec<String>,
    /// Names that are never suggested (`[suggest] ignore`).
    pub ignored: Vec<String>,
}

impl Known {
    /// What an assembled site knows.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        Self {
            tools: names(site, "tools"),
            people: names(site, "speakers"),
            events: events(site),
            talks: talks(site),
            categories: names(site, "categories").into_iter().map(|known| known.name).collect(),
            writers: Vec::new(),
            ignored: Vec::new(),
        }
    }
}

fn names(site: &Site, taxonomy: &str) -> Vec<KnownName> {
    let Some(index) = site.taxonomy(taxonomy) else { return Vec::new() };
    let known = site.taxonomies[index].terms.iter().map(|term| {
        let front = term.page.map(|page| &*site.page(page).document.front);
        let former = front.into_iter().flat_map(|front| front.aliases.iter().chain(&front.former_names));
        let others = term.aliases.iter().cloned().chain(former.map(|other| other.value.clone()));
        // Among the aliases are paths that redirect.
        KnownName { name: term.name.clone(), others: others.filter(|other| !other.contains('/')).collect() }
    });
    known.collect()
}

fn events(site: &Site) -> Vec<KnownEvent> {
    let known = site.events.iter().map(|event| {
        let page = site.page(event.page);
        let table = page.document.front.event.as_deref();
        KnownEvent {
            id: event.id.clone(),
            title: page.title.clone(),
            city: table.and_then(|table| table.city.clone()).unwrap_or_default(),
            days: (event.start.date().to_string(), event.last_day.to_string()),
            links: page.document.front.table_addresses.iter().map(|link| link.value.clone()).collect(),
        }
    });
    known.collect()
}

fn talks(site: &Site) -> Vec<KnownTalk> {
    let mut known = Vec::new();
    for event in &site.events {
        for talk in &event.talks {
            let page = site.page(*talk);
            let Some(info) = page.talk.as_ref().filter(|_| page.kind == Kind::Talk) else { continue };
            known.push(KnownTalk {
                id: info.id.clone(),
                event: event.id.clone(),
                title: page.title.clone(),
                speakers: page
                    .document
                    .front
                    .terms("speakers")
                    .iter()
                    .map(|name| name.value.clone())
                    .collect(),
            });
        }
    }
    known
}
