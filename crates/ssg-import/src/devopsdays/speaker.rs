//! Speakers: one page for each person, from all the events that have a file on them.

use super::event::{handle, is_address, person_links};
use super::programme::name_of_id;
use crate::front::{Front, inline};
use crate::keys::Keys;
use crate::people::{clean, people};
use crate::slug::slug;
use ssg_source::SitePath;
use std::collections::{BTreeMap, BTreeSet};

/// What one event says of a person.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// Id of the event.
    pub event: String,
    /// The person's id there: the name of their file.
    pub id: String,
    pub name: String,
    /// Markdown.
    pub bio: String,
    pub links: Vec<(&'static str, String)>,
    pub pronouns: String,
    pub is_draft: bool,
    /// Name of a photograph, which the source may have.
    pub image: Option<String>,
    /// Where the person's page was.
    pub address: Option<String>,
    /// The file in the source.
    pub file: Option<SitePath>,
}

/// A person's page without its addresses.
#[derive(Debug)]
pub(super) struct Person {
    name: String,
    /// The last part of its path, where that is not made of the name: it stays when a name is
    /// spelled otherwise.
    slug: String,
    links: Vec<(&'static str, String)>,
    pronouns: String,
    bio: String,
}

/// All people that the source has something on.
#[derive(Debug, Default)]
pub(super) struct Speakers {
    records: Vec<Record>,
    names: BTreeMap<(String, String), Vec<String>>,
    /// The first event that has an id, for talks at another one.
    first: BTreeMap<String, String>,
}

impl Record {
    /// Reads the front matter of a file on a person; the name may be empty.
    pub fn read(event: &str, id: &str, keys: &Keys<'_>) -> Self {
        keys.ignore(&["type", "linktitle", "date", "city", "year"]);
        Self {
            event: event.to_owned(),
            id: id.to_owned(),
            name: keys.text("title").map(|name| clean(&name)).unwrap_or_default(),
            links: person_links(keys),
            pronouns: keys.text("pronouns").unwrap_or_default(),
            image: keys.text("image"),
            is_draft: keys.yes("draft"),
            ..Self::default()
        }
    }
}

impl Speakers {
    /// Adds what an event says of one person.
    pub fn add(&mut self, record: Record) {
        let key = (record.event.clone(), record.id.to_lowercase());
        self.met(&key);
        self.names.entry(key).or_default().push(record.name.clone());
        self.records.push(record);
    }

    /// Remembers that an id stands for these people, of whom there is no page.
    pub fn name(&mut self, event: &str, id: &str, names: Vec<String>) {
        let key = (event.to_owned(), id.to_lowercase());
        self.met(&key);
        self.names.insert(key, names);
    }

    fn met(&mut self, (event, id): &(String, String)) {
        let first = self.first.entry(id.clone()).or_insert_with(|| event.clone());
        if event < first {
            first.clone_from(event);
        }
    }

    /// The people behind an id of a talk; where no event has a file on it the name is made of the
    /// id, or is one of `organizers`, and that is noted.
    pub fn of_id(
        &self,
        event: &str,
        id: &str,
        organizers: &[String],
        notes: &mut Vec<String>,
    ) -> Vec<String> {
        let key = id.to_lowercase();
        let of_event = self.names.get(&(event.to_owned(), key.clone()));
        let any = || self.names.get(&(self.first.get(&key)?.clone(), key.clone()));
        if let Some(names) = of_event.or_else(any) {
            return names.clone();
        }
        if let Some(organizer) = organizers.iter().find(|name| slug(name) == slug(id)) {
            return vec![organizer.clone()];
        }
        let is_id = !id.contains(' ') && id == id.to_lowercase();
        let name = if is_id { name_of_id(id) } else { clean(id) };
        let named = people([name.as_str()]);
        notes.extend(named.notes);
        if is_id && !named.names.is_empty() {
            notes.push(format!("there is no file on the speaker `{id}`; the name is made of that"));
        }
        named.names
    }

    /// Every person: the name of their page in `content/speakers/`, the records it is made of, and
    /// what it says.
    pub fn into_people(mut self) -> Vec<(String, Vec<Record>, Person)> {
        // Ids begin with the year: the earliest event gives a page its name, which then stays.
        self.records.sort_by(|a, b| (&a.event, &a.id).cmp(&(&b.event, &b.id)));
        let mut people: Vec<(String, Vec<Record>)> = Vec::new();
        let mut at: BTreeMap<String, usize> = BTreeMap::new();
        for record in self.records {
            let plain = slug(&record.name);
            let key = if plain.is_empty() { record.name.to_lowercase() } else { plain };
            let index = *at.entry(key).or_insert(people.len());
            if index == people.len() {
                people.push((slug(&record.id), Vec::new()));
            }
            if let Some((_, records)) = people.get_mut(index) {
                records.push(record);
            }
        }
        let mut taken = BTreeSet::new();
        let names: BTreeSet<String> = at.into_keys().collect();
        people
            .into_iter()
            .map(|(id, records)| {
                let name = records.first().map_or("", |record| record.name.as_str());
                let candidates = [id, slug(name), "speaker".to_owned()];
                let base = candidates.into_iter().find(|name| !name.is_empty() && !taken.contains(name));
                let base = base.unwrap_or_else(|| "speaker".to_owned());
                let mut file = base.clone();
                let mut number = 2;
                while !taken.insert(file.clone()) {
                    file = format!("{base}-{number}");
                    number += 1;
                }
                let mut person = Person::of(&records);
                if !names.contains(&file) {
                    person.slug.clone_from(&file);
                }
                (file, records, person)
            })
            .collect()
    }
}

impl Person {
    /// What the latest event says.
    fn of(records: &[Record]) -> Self {
        let latest = |pick: &dyn Fn(&Record) -> bool| records.iter().rev().find(|record| pick(record));
        Self {
            name: records.last().map(|record| record.name.clone()).unwrap_or_default(),
            slug: String::new(),
            links: latest(&|record| !record.links.is_empty())
                .map(|record| record.links.clone())
                .unwrap_or_default(),
            pronouns: latest(&|record| !record.pronouns.is_empty())
                .map(|record| record.pronouns.clone())
                .unwrap_or_default(),
            bio: latest(&|record| !record.bio.is_empty())
                .map(|record| record.bio.clone())
                .unwrap_or_default(),
        }
    }

    /// The page; `addresses` lead to it, `photo` is the path of a photograph.
    pub fn write(&self, addresses: &[String], photo: &str) -> Vec<u8> {
        let mut front = Front::default();
        front
            .text("title", &self.name)
            .text("slug", &self.slug)
            .text("image", photo)
            .texts("aliases", addresses);
        front.table_of("extra", |extra| {
            let home = self.links.iter().find(|(kind, _)| *kind == "website");
            extra.text("homepage", home.map_or("", |(_, url)| url));
            let others = self.links.iter().filter(|(kind, _)| *kind != "website");
            let others: Vec<_> =
                others.map(|(kind, url)| inline(&[("title", title(kind)), ("url", url)])).collect();
            extra.list("links", &others);
            extra.text("pronouns", &self.pronouns);
        });
        front.table("extra.import").text("source", "devopsdays");
        front.page(&self.bio)
    }
}

/// What a network is called.
fn title(kind: &str) -> &str {
    match kind {
        "linkedin" => "LinkedIn",
        "github" => "GitHub",
        "gitlab" => "GitLab",
        "mastodon" => "Mastodon",
        "bluesky" => "Bluesky",
        "twitter" => "Twitter",
        "facebook" => "Facebook",
        "instagram" => "Instagram",
        other => other,
    }
}

/// Links from the addresses that stand beside a name.
pub(super) fn links_of(urls: &[String]) -> Vec<(&'static str, String)> {
    let mut links: Vec<(&'static str, String)> = Vec::new();
    for url in urls.iter().filter(|url| is_address(url)) {
        let twitter = url.strip_prefix("https://twitter.com/").is_some_and(|name| !handle(name).is_empty());
        links.push((if twitter { "twitter" } else { "website" }, url.clone()));
    }
    links
}
