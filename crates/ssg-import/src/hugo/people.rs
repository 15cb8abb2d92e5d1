//! People who are files of their own, such as guests and hosts, and are referred to by the file's name.
//!
//! Each becomes a page of a speaker at the old address, and the ids become names: guests are who speaks,
//! hosts are who made the page. One person in two roles is one page.

use super::Source;
use crate::Guess;
use crate::blog::{Page, Work, calls, text_at, texts_at, value_at};
use crate::people::clean;
use crate::slug::slug;
use crate::source::yaml;
use ssg_parse::Value;
use ssg_source::SitePath;
use std::collections::BTreeMap;

const SPEAKERS: &[&str] = &["guests", "guest", "speakers", "speaker", "people"];
const WRITERS: &[&str] = &["hosts", "host", "authors", "author"];

/// Whether the pages of a section are people.
pub(super) fn is_people(section: &str) -> bool {
    SPEAKERS.contains(&section) || WRITERS.contains(&section) || section == "person"
}

/// The people of a site.
#[derive(Default)]
pub(super) struct People {
    /// Names by id.
    names: BTreeMap<String, String>,
    pages: Vec<Page>,
    ids: Vec<String>,
}

impl People {
    /// Reads the names, of files and of data.
    pub fn read(sources: &[Source], work: &mut Work<'_>, files: &[SitePath]) -> Self {
        let mut people = Self::default();
        let referred: Vec<String> = sources
            .iter()
            .flat_map(|source| SPEAKERS.iter().chain(WRITERS).flat_map(|key| texts_at(&source.header, key)))
            .collect();
        for source in sources.iter().filter(|source| is_people(&source.section()) && !source.is_list) {
            let id = source.page_name();
            let name = text_at(&source.header, "name").or_else(|| text_at(&source.header, "title"));
            let is_person = text_at(&source.header, "type")
                .is_some_and(|kind| is_people(&kind.to_lowercase()))
                || referred.contains(&id);
            if let Some(name) = name.filter(|_| is_person) {
                people.names.insert(id.clone(), clean(&name));
                people.ids.push(source.path.as_str().to_owned());
            }
        }
        for path in files.iter().filter(|path| path.as_str().starts_with("data/")) {
            let is_list = path.parts().any(|part| part.starts_with("author") || part.starts_with("people"));
            if !is_list || !matches!(path.extension(), Some("yaml" | "yml")) {
                continue;
            }
            let Ok(value) = yaml(work.inputs, path, work.found) else { continue };
            if let Some(name) = text_at(&value, "name") {
                people.names.entry(path.stem().to_owned()).or_insert_with(|| clean(&name));
            } else if let Value::Table(fields) = &value {
                for field in fields {
                    if let Some(name) = text_at(&field.node.value, "name") {
                        people.names.entry(field.key.clone()).or_insert_with(|| clean(&name));
                    }
                }
            }
        }
        work.writers.extend(people.names.clone());
        people
    }

    /// Takes a page that is a person; whether it was one.
    pub fn take(&mut self, source: &Source, work: &mut Work<'_>) -> bool {
        if !self.ids.iter().any(|id| id == source.path.as_str()) {
            return false;
        }
        let Some(name) = self.names.get(&source.page_name()).cloned() else { return false };
        if let Some(page) = self.pages.iter_mut().find(|page| page.title.as_deref() == Some(name.as_str())) {
            page.aliases.push(source.address.clone());
            let same = page.body.trim() == source.body.trim();
            if page.body.trim().is_empty() {
                page.body.clone_from(&source.body);
            } else if !same && !source.body.trim().is_empty() {
                page.notes.push(Guess::new(
                    0,
                    format!("{} says other words of the same person; they were left out", source.path),
                ));
            }
            work.skip(&source.path, "the same person is a file already; its address leads there");
            return true;
        }
        let stem = slug(&name);
        let stem = if stem.is_empty() { source.page_name() } else { stem };
        let Ok(target) = SitePath::new(&format!("content/speakers/{stem}.md")) else { return false };
        let mut page = Page::new(&source.path, target, source.header.clone(), source.body.clone());
        page.title = Some(name);
        // The page of a speaker has its own address here, and the old one leads to it.
        page.aliases.push(source.address.clone());
        // The day when the file was made says nothing of a person.
        page.used.extend(["date", "type", "name"]);
        page.header = without_date(&page.header);
        self.pages.push(page);
        true
    }

    /// Writes names for ids in a page.
    pub fn refer(&self, page: &mut Page) {
        if self.ids.is_empty() {
            return;
        }
        let mut named = |keys: &'static [&'static str]| -> Vec<String> {
            let mut names: Vec<String> = Vec::new();
            for key in keys.iter().filter(|key| **key != "author" && **key != "authors") {
                for id in texts_at(&page.header, key) {
                    match self.names.get(&id) {
                        Some(name) if names.contains(name) => {}
                        Some(name) => names.push(name.clone()),
                        None => page.notes.push(Guess::new(
                            0,
                            format!("`{id}` among the {key} is nobody in the source, and was left out"),
                        )),
                    }
                }
                if value_at(&page.header, key).is_some() {
                    page.used.push(key);
                }
            }
            names
        };
        let speakers = named(SPEAKERS);
        let writers = named(WRITERS);
        page.speakers.extend(speakers);
        if !writers.is_empty() {
            page.authors = Some(writers);
        }
    }

    /// Hands their pages over.
    pub fn put(self, work: &mut Work<'_>) {
        for mut page in self.pages {
            page.body = calls::settle(&calls::unmarked(&page.body));
            work.page(page);
        }
    }
}

fn without_date(header: &Value) -> Value {
    let Value::Table(fields) = header else { return header.clone() };
    Value::Table(fields.iter().filter(|field| !field.key.eq_ignore_ascii_case("date")).cloned().collect())
}
