//! What events share: speakers and sponsors.

use super::event::EventData;
use super::files::Files;
use super::speaker::Record;
use super::work::{Work, part_of};
use super::{event, sponsor};
use crate::keys::Keys;
use crate::people::people;
use crate::{Report, Verdict, source};
use ssg_source::{Diagnostics, SitePath};
use std::collections::{BTreeMap, BTreeSet};

/// Folders in which the source keeps photographs of an event's speakers.
fn photo_folders(event: &str) -> Vec<String> {
    let (year, city) = event.split_once('-').unwrap_or((event, ""));
    ["static", "assets"]
        .iter()
        .flat_map(|root| {
            [format!("{root}/events/{event}/speakers"), format!("{root}/events/{year}/{city}/speakers")]
        })
        .collect()
}

impl Work<'_> {
    /// Reads what the events say of their speakers. Where only some events are wanted, the others
    /// are read for the pages of people who speak at both.
    pub fn read_speakers(&mut self, files: &Files, events: &BTreeMap<String, EventData>) {
        for (id, files) in &files.events {
            let wanted = events.get(id);
            for path in &files.speakers {
                match wanted {
                    Some(event) => self.read_speaker(event, path),
                    None if self.options.wants(id) => {}
                    None => {
                        if let Ok(page) = source::page(self.inputs, path, &mut Diagnostics::new()) {
                            let keys = Keys::new(&page.front);
                            let mut record = Record::read(id, path.stem(), &keys);
                            let mut quiet = Report::default();
                            std::mem::swap(&mut quiet, &mut self.import.report);
                            record.bio = self.markdown(&page.body, &event::Meta::default(), path);
                            std::mem::swap(&mut quiet, &mut self.import.report);
                            record.address = Some(address(id, path));
                            if !record.is_draft
                                && people([record.name.as_str()]).names == [record.name.clone()]
                            {
                                self.speakers.add(record);
                            }
                        }
                    }
                }
            }
        }
    }

    fn read_speaker(&mut self, event: &EventData, path: &SitePath) {
        let id = event.meta.id.as_str();
        let Some(page) = self.page(&part_of(id), path) else { return };
        let keys = Keys::new(&page.front);
        let mut record = Record::read(id, path.stem(), &keys);
        let named = people([record.name.as_str()]);
        if record.is_draft {
            // Talks that are no drafts name the person.
            self.speakers.name(id, path.stem(), named.names);
            keys.finish("speaker: ", path.as_str(), &mut self.import.report);
            self.skip(path, "it is a draft");
            return;
        }
        if named.names != [record.name.clone()] {
            let why = match named.names.len() {
                0 => format!("`{}` names nobody", record.name),
                1 => String::new(),
                _ => format!("`{}` is several people: they are named by their talks", record.name),
            };
            self.speakers.name(id, path.stem(), named.names.clone());
            if let Some(name) = named.names.first().filter(|_| why.is_empty()) {
                record.name.clone_from(name);
            } else {
                keys.finish("speaker: ", path.as_str(), &mut self.import.report);
                self.skip(path, &why);
                return;
            }
        }
        record.bio = self.markdown(&page.body, &event.meta, path);
        record.address = Some(address(id, path));
        keys.finish("speaker: ", path.as_str(), &mut self.import.report);
        record.file = Some(path.clone());
        self.speakers.add(record);
    }

    /// Adds a page for every person.
    pub fn add_speakers(&mut self) {
        let speakers = std::mem::take(&mut self.speakers);
        for (file, records, page) in speakers.into_people() {
            if !records.iter().any(|record| self.options.wants(&record.event)) {
                continue;
            }
            let mut notes = Vec::new();
            let addresses = records.iter().filter_map(|record| record.address.clone());
            let addresses: Vec<String> = addresses
                .collect::<Vec<_>>()
                .iter()
                .filter_map(|address| self.alias(address, &mut notes))
                .collect();
            let photo = self.photo(&records);
            let bytes = page.write(&addresses, photo.as_deref().unwrap_or(""));
            let Some(path) = self.put(&format!("content/speakers/{file}.md"), bytes, "devopsdays/speakers")
            else {
                continue;
            };
            for record in records.iter().filter(|record| self.options.wants(&record.event)) {
                if let Some(file) = &record.file {
                    self.imported(file.as_str(), &path, std::mem::take(&mut notes));
                }
            }
            if records.iter().all(|record| record.file.is_none()) {
                let name = records.last().map_or("", |record| record.name.as_str()).to_owned();
                self.imported(&name, &path, notes);
            }
        }
    }

    /// The latest photograph of a person that the source has; it is copied.
    fn photo(&mut self, records: &[Record]) -> Option<String> {
        let mut photo = None;
        for record in records.iter().rev() {
            let (Some(image), None) = (&record.image, &photo) else { continue };
            let candidates: Vec<String> =
                photo_folders(&record.event).iter().map(|folder| format!("{folder}/{image}")).collect();
            photo = self.picture(&candidates);
            if let (None, Some(file), true) = (&photo, &record.file, self.options.wants(&record.event)) {
                let field = "speaker: image that is not in the source";
                self.import.report.unplaced(field, file.as_str());
            }
        }
        photo
    }

    /// Adds a data file for every sponsor, also for those that only events name.
    pub fn add_sponsors(&mut self, files: &Files, events: &BTreeMap<String, EventData>) {
        let part = "devopsdays/sponsors";
        let named: BTreeSet<&String> = events.values().flat_map(|event| &event.sponsors).collect();
        let mut described = BTreeSet::new();
        for path in &files.sponsors {
            let id = event::sponsor_id(path.stem());
            if id.is_empty() || (!self.options.only.is_empty() && !named.contains(&id)) {
                continue;
            }
            let value = match source::yaml(self.inputs, path, self.found) {
                Ok(value) => value,
                Err(why) => {
                    self.fail(part, path, why);
                    continue;
                }
            };
            let keys = Keys::new(&value);
            let logo = self.logo(&id);
            let bytes = sponsor::write(&id, &keys, logo.as_deref());
            keys.finish("sponsor: ", path.as_str(), &mut self.import.report);
            if let Some(file) = self.put(&format!("data/sponsors/{id}.toml"), bytes, part) {
                self.imported(path.as_str(), &file, Vec::new());
            }
            described.insert(id);
        }
        for id in named.into_iter().filter(|id| !described.contains(*id)) {
            let logo = self.logo(id);
            let bytes = sponsor::write_unknown(id, logo.as_deref());
            if let Some(file) = self.put(&format!("data/sponsors/{id}.toml"), bytes, part) {
                self.import.report.add(
                    &format!("sponsor {id}, named by an event only"),
                    Verdict::Imported(file),
                    Vec::new(),
                );
            }
        }
    }

    fn logo(&mut self, id: &str) -> Option<String> {
        let names: Vec<String> = ["png", "svg", "jpg", "jpeg", "webp"]
            .iter()
            .flat_map(|end| {
                [format!("static/img/sponsors/{id}.{end}"), format!("assets/sponsors/{id}.{end}")]
            })
            .collect();
        self.picture(&names)
    }
}

/// Where the page of a speaker was.
fn address(event: &str, path: &SitePath) -> String {
    format!("/events/{event}/speakers/{}/", path.stem())
}
