//! The talks of an event and the schedule that they stand in.

use super::event::EventData;
use super::files::EventFiles;
use super::old_programme::OldProgramme;
use super::programme::{self, Programme, Row, name_of_id};
use super::speaker::{Record, links_of};
use super::talk::{Talk, of_old, read_proposal};
use super::work::{Work, part_of};
use super::zone::day_of;
use crate::Guess;
use crate::keys::Keys;
use crate::people::{clean, people};
use crate::slug::slug;
use ssg_source::SitePath;
use std::collections::{BTreeMap, BTreeSet};

/// A talk and the file that it comes from.
struct Sourced {
    talk: Talk,
    file: Option<SitePath>,
    notes: Vec<String>,
}

impl Work<'_> {
    /// Adds the talks of an event; gives the rows of its schedule.
    pub fn add_talks(
        &mut self,
        event: &EventData,
        files: &EventFiles,
        old: &OldProgramme<'_>,
        notes: &mut Vec<Guess>,
    ) -> Vec<Row> {
        let mut talks = self.read_talks(event, files);
        talks.extend(self.read_proposals(event, files, old));
        let known: BTreeSet<String> = talks.iter().map(|one| one.talk.name.clone()).collect();
        let mut added = BTreeSet::new();
        for old in old.talks.iter().filter(|old| !known.contains(&old.name)) {
            if added.insert(old.name.clone()) {
                talks.push(Sourced { talk: of_old(old), file: None, notes: Vec::new() });
            }
        }
        let mut taken = BTreeSet::new();
        for one in &mut talks {
            one.talk.slug = unique(&one.talk.name, &mut taken);
            for written in &one.talk.written_speakers {
                let names = self.speakers.of_id(&event.meta.id, written, &event.organizers, &mut one.notes);
                let fresh: Vec<String> =
                    names.into_iter().filter(|name| !one.talk.speakers.contains(name)).collect();
                one.talk.speakers.extend(fresh);
            }
        }
        // Of some speakers no more is known than their name and a link.
        for one in talks.iter().filter(|one| one.file.is_none() && !one.talk.links.is_empty()) {
            if let [name] = one.talk.speakers.as_slice() {
                self.speakers.add(Record {
                    event: event.meta.id.clone(),
                    id: slug(name),
                    name: name.clone(),
                    links: links_of(&one.talk.links),
                    ..Record::default()
                });
            }
        }
        let mut programme = self.schedule(event, &talks, old);
        add_unlisted(event, &mut talks, &mut programme);
        notes.append(&mut programme.notes);
        self.write_talks(event, talks, &programme);
        programme.rows
    }

    fn read_talks(&mut self, event: &EventData, files: &EventFiles) -> Vec<Sourced> {
        let part = part_of(&event.meta.id);
        let mut talks = Vec::new();
        for path in &files.talks {
            let Some(page) = self.page(&part, path) else { continue };
            let keys = Keys::new(&page.front);
            let body = self.markdown(&page.body, &event.meta, path);
            let mut talk = Talk::read(path.stem(), &keys, &body);
            let mut notes = Vec::new();
            if talk.title.is_empty() {
                talk.title = name_of_id(path.stem());
                notes.push("it has no title; its file's name stands for one".to_owned());
            }
            talk.address = format!("/events/{}/program/{}/", event.meta.id, path.stem());
            keys.finish("talk: ", path.as_str(), &mut self.import.report);
            talks.push(Sourced { talk, file: Some(path.clone()), notes });
        }
        talks
    }

    /// Proposals of the first years: their title names the speaker, their text both.
    fn read_proposals(
        &mut self,
        event: &EventData,
        files: &EventFiles,
        old: &OldProgramme<'_>,
    ) -> Vec<Sourced> {
        let part = part_of(&event.meta.id);
        let mut talks = Vec::new();
        for path in &files.proposals {
            let Some(page) = self.page(&part, path) else { continue };
            let keys = Keys::new(&page.front);
            let speaker = keys.text("title").map(|name| clean(&name)).unwrap_or_default();
            keys.ignore(&["type", "date", "city", "year"]);
            keys.finish("proposal: ", path.as_str(), &mut self.import.report);
            let proposal = read_proposal(&page.body, &speaker);
            let row = old.talks.iter().find(|old| old.name == path.stem());
            let own = || Talk {
                title: proposal.title.clone(),
                written_speakers: vec![speaker.clone()],
                kind: "talk".to_owned(),
                ..Talk::default()
            };
            let mut talk = row.map_or_else(own, of_old);
            let mut notes = Vec::new();
            if !proposal.title.is_empty() && proposal.title != talk.title {
                notes.push(format!("the page calls it `{}`, the programme `{}`", proposal.title, talk.title));
            }
            path.stem().clone_into(&mut talk.name);
            if talk.title.is_empty() {
                path.stem().clone_into(&mut talk.title);
            }
            talk.body = self.markdown(&proposal.text, &event.meta, path);
            talk.address = format!("/events/{}/proposals/{}/", event.meta.id, path.stem());
            let bio = self.markdown(&proposal.bio, &event.meta, path);
            let names = people([speaker.as_str()]).names;
            match names.as_slice() {
                [name] if !bio.is_empty() => self.speakers.add(Record {
                    event: event.meta.id.clone(),
                    id: slug(name),
                    name: name.clone(),
                    bio,
                    links: links_of(&proposal.links),
                    ..Record::default()
                }),
                _ if !bio.is_empty() => notes.push("what it says of its speakers was left out".to_owned()),
                _ => {}
            }
            talks.push(Sourced { talk, file: Some(path.clone()), notes });
        }
        talks
    }

    /// The rows of the event's data, else of the page with its programme.
    fn schedule(&mut self, event: &EventData, talks: &[Sourced], old: &OldProgramme<'_>) -> Programme {
        let by_name: BTreeMap<String, String> =
            talks.iter().map(|one| (one.talk.name.to_lowercase(), one.talk.slug.clone())).collect();
        let at = event.data_file.clone();
        let keys = Keys::new(&event.programme);
        let mut programme = programme::read(&keys, &event.meta, &by_name, &at, &mut self.import.report);
        if programme.rows.is_empty() {
            let slugs: Vec<String> =
                old.talks.iter().filter_map(|old| by_name.get(&old.name.to_lowercase()).cloned()).collect();
            let silent = old.rows(&event.meta, &slugs, &mut programme);
            if silent > 0 {
                let what = format!("{silent} rows of the programme say nothing and were left out");
                programme.notes.push(Guess::new(0, what));
            }
        }
        programme
    }

    fn write_talks(&mut self, event: &EventData, talks: Vec<Sourced>, programme: &Programme) {
        let part = part_of(&event.meta.id);
        for one in talks {
            let mut talk = one.talk;
            let mut notes: Vec<Guess> = one.notes.into_iter().map(|note| Guess::new(0, note)).collect();
            if !talk.address.is_empty() {
                talk.address = self.alias(&talk.address, &mut notes).unwrap_or_default();
            }
            let bytes = talk.write(&self.options.tools, programme.named.contains(&talk.slug));
            let path = format!("content/events/{}/talks/{}.md", event.meta.id, talk.slug);
            if let Some(path) = self.put(&path, bytes, &part) {
                let what = one.file.as_ref().map_or(talk.title.as_str(), SitePath::as_str);
                self.imported(what, &path, notes);
            }
        }
    }
}

/// Talks that the programme does not name, at the times that their files tell, unless these are
/// those of a template.
fn add_unlisted(event: &EventData, talks: &mut [Sourced], programme: &mut Programme) {
    let mut at: BTreeMap<[Option<String>; 3], usize> = BTreeMap::new();
    for one in talks.iter() {
        *at.entry(one.talk.times.clone()).or_default() += 1;
    }
    for one in talks.iter_mut() {
        if programme.named.contains(&one.talk.slug) {
            continue;
        }
        let [day, from, to] = &one.talk.times;
        let template = at.get(&one.talk.times).is_some_and(|count| *count > 1);
        if let (Some(day), Some(from), false) = (day.as_deref().and_then(day_of), from, template) {
            let (starts, ends) = programme.times(&event.meta, Some(day), Some(from), to.as_deref());
            programme.rows.push(Row {
                starts,
                ends,
                kind: one.talk.kind.clone(),
                talk: Some(one.talk.slug.clone()),
                ..Row::default()
            });
            programme.named.insert(one.talk.slug.clone());
        } else if !programme.rows.is_empty() {
            one.notes.push("the programme does not name it".to_owned());
        }
    }
}

/// A slug that no other talk of the event has.
fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let base = ssg_parse::slugify(name);
    let base = if base.is_empty() { "talk".to_owned() } else { base };
    let mut slug = base.clone();
    let mut number = 2;
    while !taken.insert(slug.clone()) {
        slug = format!("{base}-{number}");
        number += 1;
    }
    slug
}
