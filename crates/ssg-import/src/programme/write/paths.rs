//! Which file a talk has. One that is there stays its file, whatever its title is now.

use super::clock::Clock;
use super::people::People;
use crate::EventOptions;
use crate::content_page::header_of;
use crate::people::clean;
use crate::programme::model::{Programme, Session};
use crate::slug::slug;
use ssg_parse::Value;
use ssg_source::SitePath;
use std::collections::{HashMap, HashSet};

/// The file of a talk.
pub(super) struct Assigned {
    pub path: String,
    /// How it was found, where that is a guess.
    pub note: Option<String>,
}

/// A talk that the site has.
#[derive(Default)]
struct Known {
    path: SitePath,
    id: Option<String>,
    title: String,
    /// Names of those who speak, sorted.
    people: Vec<String>,
    /// When and where it is.
    place: Option<(String, String)>,
}

/// The files of talks: by the source's ids, then by their titles, then, for those that have no ids, by who speaks or by
/// when and where they are; new ones by their titles.
pub(super) fn assign(
    sessions: &[&Session],
    programme: &Programme,
    people: &People,
    clock: &Clock,
    options: &EventOptions<'_>,
    source: &str,
) -> Vec<Assigned> {
    let known = known(options, source);
    let prefix = format!("{}:", programme.format);
    let ids: Vec<Option<String>> = sessions
        .iter()
        .map(|session| session.id.as_ref().map(|id| super::full_id(programme.format, id)))
        .collect();
    let mut taken = vec![false; known.len()];
    let mut found: Vec<Option<(usize, Option<String>)>> = sessions.iter().map(|_| None).collect();
    let has_id = |talk: &Known| talk.id.as_ref().is_some_and(|id| id.starts_with(&prefix));
    let by_id: HashMap<&str, usize> =
        known.iter().enumerate().filter_map(|(at, talk)| Some((talk.id.as_deref()?, at))).collect();
    for (found, id) in found.iter_mut().zip(&ids) {
        let at = id.as_deref().and_then(|id| by_id.get(id).copied());
        if let Some((at, taken)) =
            at.and_then(|at| Some((at, taken.get_mut(at)?))).filter(|(_, taken)| !**taken)
        {
            *taken = true;
            *found = Some((at, None));
        }
    }
    let matches = |wanted: &dyn Fn(usize) -> Option<String>,
                   own: &dyn Fn(&Known) -> Option<String>,
                   only_one: bool,
                   taken: &mut Vec<bool>,
                   found: &mut Vec<Option<(usize, Option<String>)>>,
                   how: Option<&str>| {
        let mut places: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, talk) in known.iter().enumerate() {
            let is_free = taken.get(at) == Some(&false);
            if let Some(key) = own(talk).filter(|_| is_free) {
                places.entry(key).or_default().push(at);
            }
        }
        let mut wants: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, found) in found.iter().enumerate() {
            if let Some(key) = wanted(number).filter(|_| found.is_none()) {
                wants.entry(key).or_default().push(number);
            }
        }
        let mut wants: Vec<_> = wants.into_iter().collect();
        wants.sort();
        for (key, numbers) in wants {
            let Some(places) = places.get(&key) else { continue };
            if only_one && (numbers.len() > 1 || places.len() > 1) {
                continue;
            }
            for (number, at) in numbers.iter().zip(places) {
                let talk = known.get(*at);
                // What another talk of this format has is no other's.
                let is_other = ids.get(*number).is_some_and(Option::is_some) && talk.is_some_and(has_id);
                if is_other {
                    continue;
                }
                if let (Some(found), Some(taken), Some(talk)) =
                    (found.get_mut(*number), taken.get_mut(*at), talk)
                {
                    *taken = true;
                    *found = Some((*at, how.map(|how| format!("taken for “{}”, which {how}", talk.title))));
                }
            }
        }
    };
    let session = |number: usize| sessions.get(number).copied();
    let filled = |key: String| (!key.is_empty()).then_some(key);
    let title = |number: usize| filled(fold(&session(number)?.title));
    let own_title = |talk: &Known| filled(fold(&talk.title));
    let speakers = |number: usize| {
        let mut names: Vec<String> = people.of(session(number)?).into_iter().map(fold).collect();
        names.sort();
        filled(names.join("|"))
    };
    let own_speakers = |talk: &Known| filled(talk.people.join("|"));
    let place = |number: usize| {
        let [slot] = session(number)?.slots.as_slice() else { return None };
        Some(format!("{}|{}", clock.written(slot.starts?)?, clean(&slot.room)))
    };
    let own_place = |talk: &Known| talk.place.as_ref().map(|(starts, room)| format!("{starts}|{room}"));
    // Of several with one title, those that have more in common.
    let with_speakers = |number| Some(format!("{}|{}", title(number)?, speakers(number)?));
    let own_with_speakers = |talk: &Known| Some(format!("{}|{}", own_title(talk)?, own_speakers(talk)?));
    let with_place = |number| Some(format!("{}|{}", title(number)?, place(number)?));
    let own_with_place = |talk: &Known| Some(format!("{}|{}", own_title(talk)?, own_place(talk)?));
    let same_speakers = Some("has the same speakers");
    let same_place = Some("is at the same time in the same room");
    matches(&with_place, &own_with_place, false, &mut taken, &mut found, None);
    matches(&with_speakers, &own_with_speakers, false, &mut taken, &mut found, None);
    matches(&title, &own_title, false, &mut taken, &mut found, None);
    matches(&speakers, &own_speakers, true, &mut taken, &mut found, same_speakers);
    matches(&place, &own_place, true, &mut taken, &mut found, same_place);
    let mut used: HashSet<String> = known.iter().map(|talk| talk.path.stem().to_owned()).collect();
    let mut next: HashMap<String, usize> = HashMap::new();
    // What a person removed is known by the name of its file alone, where its source has no ids.
    let is_gone = |talk: &&Known| talk.title.is_empty() && talk.id.is_none();
    let mut gone: HashMap<&str, &SitePath> =
        known.iter().filter(is_gone).map(|talk| (talk.path.stem(), &talk.path)).collect();
    let folder = format!("content/events/{}/talks", options.event);
    let path = |(session, found): (&&Session, Option<(usize, Option<String>)>)| {
        if let Some((at, note)) = found
            && let Some(talk) = known.get(at)
        {
            return Assigned { path: talk.path.as_str().to_owned(), note };
        }
        let base = safe(slug(&session.title), "talk");
        if let Some(path) = gone.remove(base.as_str()) {
            return Assigned { path: path.as_str().to_owned(), note: None };
        }
        let mut stem = base.clone();
        while !used.insert(stem.clone()) {
            let number = next.entry(base.clone()).or_insert(1);
            *number += 1;
            stem = format!("{base}-{number}");
        }
        Assigned { path: format!("{folder}/{stem}.md"), note: None }
    };
    sessions.iter().zip(found).map(path).collect()
}

/// A name for a file that means nothing else: neither a day nor a section.
pub(super) fn safe(slug: String, what: &str) -> String {
    let starts_with_day = slug.len() >= 10
        && slug
            .bytes()
            .zip("0000-00-00".bytes())
            .all(|(byte, form)| if form == b'0' { byte.is_ascii_digit() } else { byte == form });
    if slug.is_empty() {
        what.to_owned()
    } else if starts_with_day || slug == "index" || slug == "readme" {
        format!("{what}-{slug}")
    } else {
        slug
    }
}

/// The talks that the site has of the event, those that a person removed included.
fn known(options: &EventOptions<'_>, source: &str) -> Vec<Known> {
    let recorded: HashMap<&SitePath, Option<&String>> =
        options.site.record.of_source(source).map(|(path, one)| (path, one.id.as_ref())).collect();
    let mut all: Vec<Known> = Vec::new();
    let mut ids: HashSet<String> = HashSet::new();
    for (path, bytes) in &options.site.talks {
        let header = header_of(bytes);
        let at = |value: &Value, key: &str| value.get(key).map(|node| node.value.clone());
        let text =
            |value: Option<Value>| value.and_then(|value| crate::keys::text_of(&value)).unwrap_or_default();
        let import = at(&header, "extra").and_then(|extra| at(&extra, "import"));
        let id = import.and_then(|import| Some(at(&import, "id")?.as_str()?.to_owned()));
        let id = id.or_else(|| recorded.get(path).copied().flatten().cloned());
        let name = |value: &Value| match value {
            Value::Table(_) => text(at(value, "name")),
            value => crate::keys::text_of(value).unwrap_or_default(),
        };
        let mut people: Vec<String> = match at(&header, "speakers") {
            Some(Value::List(nodes)) => nodes.iter().map(|node| fold(&name(&node.value))).collect(),
            Some(one) => vec![fold(&name(&one))],
            None => Vec::new(),
        };
        people.sort();
        let talk = at(&header, "talk");
        let place = talk.and_then(|talk| {
            let starts = text(at(&talk, "starts"));
            (!starts.is_empty()).then(|| (starts.replacen(' ', "T", 1), text(at(&talk, "room"))))
        });
        ids.extend(id.clone());
        all.push(Known { path: path.clone(), id, title: text(at(&header, "title")), people, place });
    }
    for (path, id) in recorded {
        let is_talk = path.parent().is_some_and(|folder| folder.file_name() == "talks");
        // One that was moved is there by its id.
        let is_moved = id.is_some_and(|id| ids.contains(id));
        if is_talk && !is_moved && !options.site.talks.contains_key(path) {
            all.push(Known { path: path.clone(), id: id.cloned(), ..Known::default() });
        }
    }
    // As they were numbered.
    all.sort_by(|a, b| (a.path.as_str().len(), &a.path).cmp(&(b.path.as_str().len(), &b.path)));
    all
}

/// What is equal for spellings of a title or a name.
fn fold(text: &str) -> String {
    let lower = clean(text).to_lowercase();
    let letters: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.is_empty() { lower } else { letters }
}
