//! One import in progress: what all parts of it share.

use super::event::{EventData, Meta};
use super::files::{EventFiles, Files};
use super::speaker::Speakers;
use super::{html, hugo};
use crate::keys::Keys;
use crate::seal::seal;
use crate::{FolderOptions, Guess, Import, ImportedFile, Report, Verdict, source};
use ssg_parse::Value;
use ssg_source::{Diagnostics, Inputs, SitePath};
use std::collections::{BTreeMap, BTreeSet};

/// One import in progress.
pub(super) struct Work<'w> {
    pub inputs: &'w dyn Inputs,
    pub options: &'w FolderOptions,
    pub found: &'w mut Diagnostics,
    pub import: Import,
    pub speakers: Speakers,
    /// Pictures of the source.
    pictures: &'w BTreeSet<SitePath>,
    /// Those that are shown, and where they lie then.
    shown: BTreeSet<SitePath>,
    /// Addresses that are taken: an old one can lead to one page only.
    addresses: BTreeSet<String>,
    /// Parts of the source of which something could not be read.
    broken: BTreeSet<String>,
}

impl<'w> Work<'w> {
    pub fn new(
        inputs: &'w dyn Inputs,
        options: &'w FolderOptions,
        files: &'w Files,
        found: &'w mut Diagnostics,
    ) -> Self {
        let addresses = files.events.keys().map(|id| format!("/events/{id}/")).collect();
        Self {
            inputs,
            options,
            found,
            import: Import { report: Report::new("devopsdays"), ..Import::default() },
            speakers: Speakers::default(),
            pictures: &files.pictures,
            shown: BTreeSet::new(),
            addresses,
            broken: BTreeSet::new(),
        }
    }

    /// Reads the data of the events that are wanted. Files of others, of which there is no data,
    /// go into the report.
    pub fn read_events(&mut self, files: &Files) -> BTreeMap<String, EventData> {
        let mut events = BTreeMap::new();
        for (id, files) in files.events.iter().filter(|(id, _)| self.options.wants(id)) {
            let part = part_of(id);
            let Some(path) = index_of(id) else { continue };
            let mut fields = Vec::new();
            let mut failed = BTreeSet::new();
            for file in &files.data {
                match source::yaml(self.inputs, file, self.found) {
                    Ok(Value::Table(table)) => fields.extend(table),
                    Ok(_) => {}
                    Err(why) => {
                        failed.insert(file);
                        self.fail(&part, file, why);
                    }
                }
            }
            if fields.is_empty() {
                let why = if files.data.is_empty() {
                    "data/events has nothing on this event"
                } else {
                    "the data of this event holds nothing that can be read"
                };
                for file in files.all().filter(|file| !failed.contains(file)) {
                    self.import.report.add(file.as_str(), Verdict::Skipped(why.to_owned()), Vec::new());
                }
                self.broken.insert(part);
                continue;
            }
            for file in files.data.iter().filter(|file| !failed.contains(file)) {
                self.import.report.add(file.as_str(), Verdict::Imported(path.clone()), Vec::new());
            }
            let table = Value::Table(fields);
            let first = files.data.first().cloned().unwrap_or_default();
            let keys = Keys::new(&table);
            let mut event = EventData::read(id, &keys, &first, &mut self.import.report);
            event.programme = super::programme::raw(&keys);
            keys.finish("event: ", first.as_str(), &mut self.import.report);
            events.insert(id.clone(), event);
            self.import.covers.insert(part);
        }
        events
    }

    /// Adds a file to the import; gives its path.
    pub fn put(&mut self, path: &str, bytes: Vec<u8>, part: &str) -> Option<SitePath> {
        let path = SitePath::new(path).ok()?;
        self.import.files.push(ImportedFile::whole(path.clone(), bytes, part));
        Some(path)
    }

    /// Reports an item as imported into a file.
    pub fn imported(&mut self, what: &str, path: &SitePath, notes: Vec<Guess>) {
        self.import.report.add(what, Verdict::Imported(path.clone()), notes);
    }

    pub fn skip(&mut self, what: &SitePath, why: &str) {
        self.import.report.add(what.as_str(), Verdict::Skipped(why.to_owned()), Vec::new());
    }

    pub fn fail(&mut self, part: &str, what: &SitePath, why: String) {
        self.broken.insert(part.to_owned());
        self.import.report.add(what.as_str(), Verdict::Failed(why), Vec::new());
    }

    /// A page of the source; one that cannot be read is a failed item.
    pub fn page(&mut self, part: &str, path: &SitePath) -> Option<source::SourcePage> {
        match source::page(self.inputs, path, self.found) {
            Ok(page) => Some(page),
            Err(why) => {
                self.fail(part, path, why);
                None
            }
        }
    }

    /// A text of the source as Markdown, without shortcodes and layout.
    pub fn markdown(&mut self, text: &str, meta: &Meta, at: &SitePath) -> String {
        let mut unknown = Vec::new();
        let mended = crate::text::clean::mend(text);
        let text = hugo::without_shortcodes(mended.as_deref().unwrap_or(text), meta, &mut unknown);
        for name in unknown {
            self.import.report.unplaced(&format!("shortcode {name}"), at.as_str());
        }
        if !html::has_html(&text) {
            return seal(hugo::plain(text.trim()));
        }
        let address = |href: &str| match href.strip_prefix("./") {
            Some(page) if !meta.id.is_empty() => meta.path(page),
            _ => href.to_owned(),
        };
        let mut missing = 0;
        let mut wanted = Vec::new();
        let pictures = self.pictures;
        let markdown = html::to_markdown(&text, &address, &mut |url| {
            if super::event::is_address(url) {
                return true;
            }
            let file = SitePath::new(&format!("static/{}", url.trim_start_matches('/')));
            match file.ok().filter(|file| url.starts_with('/') && pictures.contains(file)) {
                Some(file) => {
                    wanted.push(file);
                    true
                }
                None => {
                    missing += 1;
                    false
                }
            }
        });
        for file in wanted {
            self.show(&file);
        }
        for _ in 0..missing {
            self.import.report.unplaced("picture that is not in the source", at.as_str());
        }
        seal(hugo::plain(&markdown))
    }

    /// The address of the first of these pictures that the source has; it is copied.
    pub fn picture(&mut self, candidates: &[String]) -> Option<String> {
        let paths = candidates.iter().filter_map(|name| SitePath::new(name).ok());
        let path = paths.into_iter().find(|path| self.pictures.contains(path))?;
        self.show(&path)
    }

    /// Copies a picture to the site's static files; gives its address there.
    fn show(&mut self, path: &SitePath) -> Option<String> {
        let below = path.below("static").or_else(|| path.below("assets"))?;
        let address = format!("/{below}");
        if self.shown.contains(path) {
            return Some(address);
        }
        let part = "devopsdays/pictures";
        match source::bytes(self.inputs, path, self.found) {
            Ok(bytes) => {
                let target = self.put(&format!("static/{below}"), bytes, part)?;
                self.imported(path.as_str(), &target, Vec::new());
            }
            Err(why) => self.fail(part, path, why),
        }
        self.shown.insert(path.clone());
        Some(address)
    }

    /// Takes an old address for a page; `None`, with a note, where it is taken or no plain path.
    pub fn alias(&mut self, address: &str, notes: &mut Vec<Guess>) -> Option<String> {
        let address = format!("/{}/", address.trim_matches('/'));
        let plain = address.len() > 2
            && address.len() < 200
            && !address.contains("//")
            && !address.split('/').any(|part| part.starts_with('.'))
            && !address.contains(|c: char| c.is_control() || "\\%?#*:\"<>|".contains(c));
        if plain && self.addresses.insert(address.to_lowercase()) {
            return Some(address);
        }
        let why = if plain { "is taken" } else { "is no plain path" };
        notes.push(Guess::new(0, format!("the old address {address} {why}: it does not lead here")));
        None
    }

    /// Reports what is left, and says which parts were read to their end.
    pub fn add_rest(&mut self, files: &Files) {
        let whole = self.options.only.is_empty();
        if whole {
            for path in self.pictures.iter().filter(|path| !self.shown.contains(*path)) {
                let why = "no imported page shows it".to_owned();
                self.import.report.add(path.as_str(), Verdict::Skipped(why), Vec::new());
            }
            for path in &files.others {
                let why = "it is no content of an event".to_owned();
                self.import.report.add(path.as_str(), Verdict::Skipped(why), Vec::new());
            }
            for part in ["speakers", "sponsors", "blog", "pictures"] {
                // A page of a person is made of all events' files.
                if part != "speakers" || self.broken.is_empty() {
                    self.import.covers.insert(format!("devopsdays/{part}"));
                }
            }
        }
    }

    pub fn done(mut self) -> Import {
        self.import.covers.retain(|part| !self.broken.contains(part));
        self.import
    }
}

/// The part of the source that an event is.
pub(super) fn part_of(event: &str) -> String {
    format!("devopsdays/{event}")
}

/// The file of an event.
pub(super) fn index_of(event: &str) -> Option<SitePath> {
    SitePath::new(&format!("content/events/{event}/index.md")).ok()
}

/// The page of an event of this name, such as `welcome`.
pub(super) fn page_named<'f>(files: &'f EventFiles, name: &str) -> Option<&'f SitePath> {
    files.pages.iter().find(|path| path.stem() == name)
}
