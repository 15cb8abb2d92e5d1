//! The schedule of an event: what its file has rows for, and the talks that say themselves when they are.
//!
//! A row may name a talk, be one, or be neither; talks with a time of their own that no row names join the rows, so a
//! single coffee break takes nothing away. What is not announced yet has its kind and its time, and no more: the file
//! of such a talk is read here for these two alone.

use super::classify::{Classified, ClassifiedFiles, Location, Role};
use super::events::{has_people, old_name};
use super::schedule_times::settle;
use super::withheld_names::WithheldNames;
use crate::event::{Event, Slot, moment};
use crate::ids::PageId;
use crate::kinds::drawn_as;
use crate::page::{Kind, Page, Withheld};
use crate::site::{Site, Target};
use jiff::Zoned;
use ssg_parse::{
    Config, Details, Document, EventPlaces, Online, Row, Spanned, TalkTable, Venue, When, slugify,
};
use ssg_source::hash::{HashMap, HashSet, Hashing};
use ssg_source::{Diagnostic, Diagnostics, SitePath, Suggestions, codes};
use std::cell::LazyCell;
use std::sync::Arc;

/// The file of a talk of which no more than kind and time may be told.
pub(super) struct UnannouncedTalk {
    path: SitePath,
    /// Folder of its event.
    event_dir: SitePath,
    /// Names by which a row may mean it.
    names: [String; 2],
    document: Arc<Document>,
}

/// The files of all talks; which of them are published is not known yet.
pub(super) fn talk_files(placed: &ClassifiedFiles) -> Vec<UnannouncedTalk> {
    let talk = |one: &Classified| match &one.role {
        Role::Page(Location {
            kind: Kind::Talk, event_dir: Some(dir), name, is_translation: false, ..
        }) => {
            let document = one.source.document.clone();
            let slug = document.front.slug.as_ref().map_or(&name.stem, |slug| &slug.value);
            Some(UnannouncedTalk {
                path: one.source.path.clone(),
                event_dir: SitePath::new(&format!("content/{dir}")).ok()?,
                names: [slugify(slug), name.stem.clone()],
                document,
            })
        }
        _ => None,
    };
    placed.pages.iter().filter_map(talk).collect()
}

/// Those that are to be announced: withheld now, and not because they are over or faulty.
pub(super) fn unannounced(talks: Vec<UnannouncedTalk>, site: &Site) -> Vec<UnannouncedTalk> {
    let is_to_come = |talk: &UnannouncedTalk| {
        matches!(
            site.target(&talk.path),
            Some(Target::Withheld(Withheld::Draft | Withheld::Future | Withheld::Unannounced))
        )
    };
    talks.into_iter().filter(is_to_come).collect()
}

/// What the slots of one event are made of.
struct Sources<'a> {
    config: &'a Config,
    site: &'a Site,
    event: &'a Event,
    page: &'a Page,
    places: EventPlaces<'a>,
    talks: HashMap<&'a str, PageId>,
    unannounced: HashMap<&'a str, &'a UnannouncedTalk>,
    /// Names of talks that are withheld for another reason, or in no list.
    kept_back: WithheldNames<'a>,
}

/// The schedule of an event in order of time.
pub(super) fn slots_of(
    config: &Config,
    unannounced: &[UnannouncedTalk],
    site: &Site,
    index: usize,
    found: &mut Diagnostics,
) -> Vec<Slot> {
    let event = &site.events[index];
    let page = site.page(event.page);
    let talks = event.talks.iter().flat_map(|id| {
        let talk = site.page(*id);
        [(talk.slug.as_str(), *id), (talk.source.stem(), *id)]
    });
    let dir = page.source.parent().unwrap_or_default();
    let own: Vec<&UnannouncedTalk> = unannounced.iter().filter(|talk| talk.event_dir == dir).collect();
    let sources = Sources {
        config,
        site,
        event,
        page,
        places: page.document.front.event.as_deref().map(EventPlaces::new).unwrap_or_default(),
        talks: talks.collect(),
        unannounced: own
            .iter()
            .flat_map(|talk| talk.names.each_ref().map(|name| (name.as_str(), *talk)))
            .collect(),
        kept_back: WithheldNames::new(kept_back(site, index, &dir)),
    };
    let mut slots = sources.rows(found);
    let mut named: HashSet<PageId> = slots.iter().filter_map(|slot| slot.talk).collect();
    let row = Row::default();
    for id in event.talks.iter().filter(|id| named.insert(**id)) {
        if site.page(*id).talk.as_ref().is_some_and(|talk| talk.starts().is_some()) {
            slots.push(sources.slot(&row, Some(*id), found));
        }
    }
    let rows = page.document.front.event.as_deref().map_or(&[] as &[Row], |table| &table.schedule);
    let in_rows: HashSet<&str> =
        rows.iter().filter_map(|row| Some(row.talk.as_ref()?.value.as_str())).collect();
    for talk in own.iter().filter(|talk| !talk.names.iter().any(|name| in_rows.contains(name.as_str()))) {
        let table = talk.document.front.talk.as_deref();
        if table.is_some_and(|table| table.starts.is_some()) {
            slots.push(sources.unannounced_slot(&row, table));
        }
    }
    slots.sort_by(|a, b| {
        let key = |slot: &Slot| (slot.starts.is_none(), slot.starts.as_ref().map(Zoned::timestamp));
        key(a).cmp(&key(b))
    });
    settle(event, &mut slots);
    number(&mut slots);
    slots
}

/// Gives each slot an id of its own: of several with one id the first keeps it.
fn number(slots: &mut [Slot]) {
    let mut known: HashSet<String> = HashSet::with_capacity_and_hasher(slots.len(), Hashing::default());
    let mut next: HashMap<String, usize> = HashMap::default();
    for slot in slots {
        let base = slot.id.clone();
        while !known.insert(slot.id.clone()) {
            let number = next.entry(base.clone()).or_insert(1);
            *number += 1;
            slot.id = format!("{base}-{number}");
        }
    }
}

impl Sources<'_> {
    fn rows(&self, found: &mut Diagnostics) -> Vec<Slot> {
        let by_row: HashMap<_, PageId> =
            self.event.talks.iter().filter_map(|id| Some((self.site.page(*id).row?, *id))).collect();
        let rows = self.page.document.front.event.as_deref().map_or(&[] as &[Row], |table| &table.schedule);
        let near = LazyCell::new(|| Suggestions::new(self.talks.keys().copied()));
        let mut slots = Vec::with_capacity(rows.len());
        for (number, row) in rows.iter().enumerate() {
            let named = row.talk.as_ref();
            let unannounced = named.and_then(|named| self.unannounced.get(named.value.as_str()));
            let is_kept_back = named.is_some_and(|named| self.is_kept_back(&named.value));
            let waits = unannounced.is_some() || row.details.announced == Some(false) || is_kept_back;
            if is_kept_back
                && unannounced.is_none()
                && let Some(named) = named.filter(|named| !self.kept_back.has(&named.value))
            {
                let meant = self.kept_back.did_you_mean(&named.value);
                found.add(self.unknown_talk(named, meant).hint(
                    "that one is not published, so nothing is told of this row but its kind, its time and its room",
                ));
            }
            let slot = if waits {
                self.unannounced_slot(row, unannounced.and_then(|talk| talk.document.front.talk.as_deref()))
            } else {
                let talk = match named {
                    Some(named) => self.talk(named, &near, found),
                    None => by_row.get(&row.span).copied(),
                };
                self.slot(row, talk, found)
            };
            slots.push(Slot { row: Some(number), ..slot });
        }
        slots
    }

    /// Whether a name of a talk may be that of one which is withheld, or in no list.
    fn is_kept_back(&self, name: &str) -> bool {
        !self.talks.contains_key(name) && self.kept_back.may_mean(name)
    }

    fn unknown_talk(&self, named: &Spanned<String>, meant: Option<String>) -> Diagnostic {
        Diagnostic::warning(codes::DANGLING_TALK, format!("unknown talk `{}`", named.value))
            .in_file(&self.page.source)
            .at(named.span)
            .hint_if(meant)
    }

    /// The talk of a name.
    fn talk(&self, named: &Spanned<String>, near: &Suggestions, found: &mut Diagnostics) -> Option<PageId> {
        let talk = self.talks.get(named.value.as_str()).copied();
        if talk.is_none() {
            found.add(
                self.unknown_talk(named, near.did_you_mean(&named.value))
                    .hint("talks are files in the event's folder `talks/`"),
            );
        }
        talk
    }

    /// A moment in the zone of the event.
    fn moment(&self, when: Option<&Spanned<When>>) -> Option<Zoned> {
        Some(moment(when, &self.event.zone)?.with_time_zone(self.event.zone.clone()))
    }

    /// What takes the place of something that is cancelled.
    fn replacement(
        &self,
        details: [&Details; 2],
        source: &SitePath,
        found: &mut Diagnostics,
    ) -> Option<PageId> {
        let named = details.into_iter().find_map(|details| details.replaced_by.as_ref())?;
        let talk = self.talks.get(named.value.as_str()).copied();
        if talk.is_none()
            && !self.unannounced.contains_key(named.value.as_str())
            && !self.kept_back.has(&named.value)
        {
            let near = Suggestions::new(self.talks.keys().copied());
            found.add(
                Diagnostic::warning(codes::DANGLING_TALK, format!("unknown talk `{}`", named.value))
                    .in_file(source)
                    .at(named.span)
                    .hint_if(near.did_you_mean(&named.value))
                    .hint("`replaced_by` names a talk of the same event by its slug"),
            );
        }
        talk
    }

    /// The venue of a room, and where one takes part from afar: in the slot itself, else in its room.
    fn place(&self, room: Option<&str>, own: Option<&Online>) -> (Option<Venue>, Option<Online>) {
        let told = room.and_then(|room| self.places.room(room));
        let venue = told.and_then(|room| self.places.venue_of(room)).cloned();
        let of_room = told.and_then(|room| room.online.as_ref());
        let online = match (own, of_room) {
            (Some(own), Some(of_room)) if own.url.is_none() => Some(of_room),
            (own, of_room) => own.or(of_room),
        };
        (venue, online.cloned())
    }

    /// A row, a talk, or a row with its talk: what both say the row decides.
    fn slot(&self, row: &Row, talk: Option<PageId>, found: &mut Diagnostics) -> Slot {
        let (site, nothing) = (self.site, TalkTable::default());
        let page = talk.map(|id| site.page(id));
        let info = page.and_then(|page| page.talk.as_ref());
        let table = page.and_then(|page| page.document.front.talk.as_deref()).unwrap_or(&nothing);
        let speakers = match page {
            Some(page) => site.taxonomy("speakers").map_or_else(Vec::new, |index| page.terms[index].clone()),
            None => row.speakers.iter().filter_map(|name| site.find_term("speakers", &name.value)).collect(),
        };
        let named = row.kind.as_ref().map(|kind| kind.value.clone());
        let kind = named.or_else(|| info.map(|info| info.kind.clone())).unwrap_or_else(|| "other".to_owned());
        let title = row
            .title
            .as_ref()
            .map(|title| title.value.clone())
            .or_else(|| page.map(|page| page.title.clone()))
            .or_else(|| row.talk.as_ref().map(|talk| talk.value.clone()))
            .unwrap_or_default();
        let starts = row.starts.as_ref().or(table.starts.as_ref());
        let has_people = !row.speakers.is_empty() || page.is_some_and(has_people);
        let own_file = page.filter(|page| page.row.is_none()).map_or(&self.page.source, |page| &page.source);
        let details = [&row.details, &table.details];
        let id = match (page, &row.id) {
            (Some(page), _) => {
                // What it was called first, which its new address does not change.
                let lasting = talk.map_or_else(String::new, |talk| site.lasting_id(talk));
                lasting.rsplit('/').next().filter(|id| !id.is_empty()).unwrap_or(&page.slug).to_owned()
            }
            (None, Some(id)) => slugify(&id.value),
            (None, None) => unnamed(self.moment(starts).as_ref(), &title),
        };
        let room = row.room.clone().or_else(|| table.room.clone());
        let own = details.iter().find_map(|details| details.online.as_ref());
        let (venue, online) = self.place(room.as_deref(), own);
        Slot {
            id,
            is_day: starts.is_some_and(|when| when.value.is_day()),
            starts: self.moment(starts),
            ends: self.moment(row.ends.as_ref().or(table.ends.as_ref())),
            day: None,
            room,
            venue,
            track: row.track.clone().or_else(|| table.track.clone()),
            drawn: drawn_as(self.config, &kind, has_people),
            kind,
            title,
            talk,
            speakers,
            cancelled: details.iter().any(|details| details.cancelled),
            replaced_by: self.replacement(
                details,
                if row.details.replaced_by.is_some() { &self.page.source } else { own_file },
                found,
            ),
            is_unannounced: false,
            online,
            description: row.description.as_ref().map(|text| text.value.clone()),
            row: None,
        }
    }

    /// Something that is to be announced: its kind, its time, and the room where the row names one. The file of a talk is
    /// not asked for more than the first two, and an `id` may tell who it is.
    fn unannounced_slot(&self, row: &Row, table: Option<&TalkTable>) -> Slot {
        let kind = row.kind.as_ref().or_else(|| table?.kind.as_ref());
        let kind = kind.map_or_else(|| "talk".to_owned(), |kind| kind.value.clone());
        let starts = row.starts.as_ref().or_else(|| table?.starts.as_ref());
        let moment = self.moment(starts);
        let (venue, online) = self.place(row.room.as_deref(), None);
        Slot {
            id: unnamed(moment.as_ref(), &kind),
            is_day: starts.is_some_and(|when| when.value.is_day()),
            starts: moment,
            ends: self.moment(row.ends.as_ref().or_else(|| table?.ends.as_ref())),
            day: None,
            room: row.room.clone(),
            venue,
            track: None,
            drawn: drawn_as(self.config, &kind, true),
            kind,
            title: String::new(),
            talk: None,
            speakers: Vec::new(),
            cancelled: row.details.cancelled,
            replaced_by: None,
            is_unannounced: true,
            online,
            description: None,
            row: None,
        }
    }
}

/// Names of the talks of an event, in `dir`, that are withheld or in no list.
fn kept_back<'s>(site: &'s Site, event: usize, dir: &'s SitePath) -> impl Iterator<Item = &'s str> {
    let own = &site.events[event];
    // Talks whose files are elsewhere call it by its id, or by one that it had.
    let old = site.page(own.page).aliases.iter().filter_map(|alias| old_name(alias));
    let names = dir.below("content").into_iter().chain([own.id.as_str()]).chain(old);
    let withheld = names.filter_map(|name| site.withheld_talks.get(name)).flatten().map(String::as_str);
    let of_event = move |page: &&Page| page.talk.as_ref().is_some_and(|talk| talk.event == Some(event));
    let talks = site.pages_of(Kind::Talk).map(|id| site.page(id)).filter(|page| page.is_unlisted());
    withheld.chain(talks.filter(of_event).flat_map(|page| [page.slug.as_str(), page.source.stem()]))
}

/// What something is known by that has no name: its time and what it is called.
fn unnamed(starts: Option<&Zoned>, title: &str) -> String {
    let time = starts.map_or_else(String::new, |starts| starts.strftime("%Y-%m-%dT%H:%M").to_string());
    format!("{time}/{title}")
}
