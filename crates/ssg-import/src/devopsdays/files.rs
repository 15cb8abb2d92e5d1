//! What each file of the source is, from its place: both generations of the site's layout.

use crate::slug::slug;
use ssg_source::{Diagnostics, Inputs, SitePath};
use std::collections::{BTreeMap, BTreeSet};

/// The files of the source.
#[derive(Debug, Default)]
pub(super) struct Files {
    /// Events by their id.
    pub events: BTreeMap<String, EventFiles>,
    pub blog: Vec<SitePath>,
    pub sponsors: Vec<SitePath>,
    pub pictures: BTreeSet<SitePath>,
    /// What has no place in a site.
    pub others: Vec<SitePath>,
}

/// The files of one event.
#[derive(Debug, Default)]
pub(super) struct EventFiles {
    /// `main.yml` and others beside it, or the one file of the older layout.
    pub data: Vec<SitePath>,
    pub pages: Vec<SitePath>,
    pub talks: Vec<SitePath>,
    pub proposals: Vec<SitePath>,
    pub speakers: Vec<SitePath>,
    /// Markdown deeper than the layout goes.
    pub others: Vec<SitePath>,
}

impl EventFiles {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &SitePath> {
        [&self.data, &self.pages, &self.talks, &self.proposals, &self.speakers, &self.others]
            .into_iter()
            .flatten()
    }
}

impl Files {
    /// Lists the source.
    pub fn list(inputs: &dyn Inputs, found: &mut Diagnostics) -> Self {
        let mut files = Self::default();
        for path in inputs.list(&SitePath::root(), found).into_iter().map(|entry| entry.path) {
            files.place(path);
        }
        // What overrides comes first.
        for event in files.events.values_mut() {
            event.data.sort_by_key(|path| (path.stem() != "main", path.clone()));
        }
        files
    }

    fn place(&mut self, path: SitePath) {
        let parts: Vec<&str> = path.parts().collect();
        let extension = path.extension().unwrap_or("");
        let yaml = ["yml", "yaml"].contains(&extension);
        let page = ["md", "markdown"].contains(&extension);
        let picture = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif"].contains(&extension);
        match parts[..] {
            ["data", "events", _] if yaml => self.event(path.stem()).data.push(path),
            ["data", "events", year, city, _] if yaml => {
                self.event(&format!("{year}-{city}")).data.push(path);
            }
            ["data", "sponsors", ..] if yaml => self.sponsors.push(path),
            ["content", "events", event, _] if page => self.event(event).pages.push(path),
            ["content", "events", event, "program", _] if page => self.event(event).talks.push(path),
            ["content", "events", event, "proposals", _] if page => self.event(event).proposals.push(path),
            ["content", "events", event, "speakers", _] if page => self.event(event).speakers.push(path),
            ["content", "events", event, _, ..] if page => self.event(event).others.push(path),
            ["content", "blog", _] if page && path.stem() != "_index" => self.blog.push(path),
            ["static" | "assets", ..] if picture => {
                self.pictures.insert(path);
            }
            _ => self.others.push(path),
        }
    }

    fn event(&mut self, name: &str) -> &mut EventFiles {
        let plain =
            name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        let id = if plain && !name.is_empty() && name.len() <= 100 { name.to_owned() } else { slug(name) };
        let id = if id.is_empty() { "event".to_owned() } else { id };
        self.events.entry(id).or_default()
    }
}
