//! Recordings and slides of the talks of an event: which talk each is of, and its address in the talk's file.
//!
//! A match that is not sure is asked for, and where nobody can be asked it is listed and nothing is written.

mod list;
mod matching;
mod talks;

use crate::event_options::SourceFile;
use crate::file::Merge;
use crate::front::{Front, Written, inline, text};
use crate::people::clean;
use crate::{EventOptions, Guess, Import, ImportedFile, Outcome, Report, Verdict};
use list::Entry;
use matching::{Called, PERHAPS, SURE, Wanted, best, certainty, noise};
use ssg_source::{Class, Diagnostic, Diagnostics, codes};
use std::collections::{BTreeMap, HashMap};
use talks::{Medium, Talk};

/// The layer of front matter that recordings and slides are.
const LAYER: &str = "recordings";
/// Certainty of a match that has the same title, or an address that the talk has.
const SAME: u8 = 97;

/// Puts recordings into the talks of an event: of a playlist of yt-dlp, of `PeerTube`'s API, or of a table, which may have
/// slides as well.
///
/// Every recording is an item of the report, with how sure it is. What cannot be read is an error, and the rest comes in.
pub fn import_videos(files: &[SourceFile], options: &EventOptions<'_>, found: &mut Diagnostics) -> Import {
    import("videos", false, files, options, found)
}

/// Puts slides into the talks of an event; as [`import_videos`].
pub fn import_slides(files: &[SourceFile], options: &EventOptions<'_>, found: &mut Diagnostics) -> Import {
    import("slides", true, files, options, found)
}

fn import(
    name: &str,
    is_slides: bool,
    files: &[SourceFile],
    options: &EventOptions<'_>,
    found: &mut Diagnostics,
) -> Import {
    let mut import = Import { report: Report::new(name), ..Import::default() };
    let talks = talks::talks(options);
    if talks.is_empty() {
        let message = format!("the event `{}` has no talks", options.event);
        let hint = "import its programme first, or write its talks into `talks/`; `ssg list events` has the ids of all events";
        found.add(Diagnostic::error(codes::IMPORT, message).class(Class::Usage).hint(hint));
        return import;
    }
    let (mut entries, mut names) = (Vec::new(), vec![options.event.clone()]);
    for file in files {
        match list::read(file, is_slides) {
            Ok(list) => {
                if let Some(why) = list.broken {
                    let message = format!("`{}` cannot be read to its end: {why}", file.name);
                    found.add(Diagnostic::error(codes::IMPORT, message).hint("what stands before came in"));
                }
                entries.extend(list.entries);
                names.extend(list.names);
            }
            Err(why) => {
                let message = format!("`{}` cannot be read: {why}", file.name);
                found.add(
                    Diagnostic::error(codes::IMPORT, message).hint(format!("it must be {}", list::EXPECTED)),
                );
                import.report.add(&file.name, Verdict::Failed(why), Vec::new());
            }
        }
    }
    names.extend(options.site.index.as_ref().and_then(|(_, bytes)| {
        let header = crate::content_page::header_of(bytes);
        header.get("title")?.value.as_str().map(str::to_owned)
    }));
    let noise = noise(names.iter().map(String::as_str));
    let chosen = choose(&entries, &talks, &noise, options, &mut import.report, found);
    add_files(&mut import, &entries, &talks, &chosen, &options.event);
    import
}

/// Finds the talk of each entry, and reports them all; gives the entries of each talk.
fn choose(
    entries: &[Entry],
    talks: &[Talk],
    noise: &[Vec<String>],
    options: &EventOptions<'_>,
    report: &mut Report,
    found: &mut Diagnostics,
) -> BTreeMap<usize, Vec<usize>> {
    let wanted: Vec<Wanted> = talks.iter().map(|talk| Wanted::new(&talk.title, &talk.people)).collect();
    let by_address: HashMap<&str, usize> = talks
        .iter()
        .enumerate()
        .flat_map(|(at, talk)| talk.video.iter().chain(&talk.slides).map(move |one| (one.url.as_str(), at)))
        .collect();
    let mut matches: Vec<Option<Match>> = entries
        .iter()
        .map(|entry| {
            if entry.failed.is_some() || entry.skipped.is_some() {
                return None;
            }
            let own = [&entry.video, &entry.slides]
                .into_iter()
                .find_map(|url| by_address.get(url.as_str()).copied());
            if let Some(at) = own {
                return Some(Match { at, certainty: 100, is_ahead: true, next: None });
            }
            if !entry.talk.is_empty() {
                let slug = entry.talk.rsplit('/').next().unwrap_or_default();
                let at =
                    talks.iter().position(|talk| talk.row.as_deref().unwrap_or(talk.path.stem()) == slug);
                return at.map(|at| Match { at, certainty: 100, is_ahead: true, next: None });
            }
            let called = Called::new(&entry.title, &entry.speakers, noise);
            let all: Vec<u8> = wanted.iter().map(|wanted| certainty(&called, wanted)).collect();
            let (at, certainty, is_ahead) = best(&all).filter(|(_, certainty, _)| *certainty >= PERHAPS)?;
            let next = all.iter().enumerate().filter(|(other, value)| *other != at && **value >= PERHAPS);
            Some(Match {
                at,
                certainty,
                is_ahead,
                next: next.max_by_key(|(_, value)| **value).map(|(at, _)| at),
            })
        })
        .collect();
    // The surest recording of a talk is its own; another one is as well where it has the very title.
    let mut top: HashMap<usize, u8> = HashMap::new();
    for one in matches.iter().flatten().filter(|one| one.is_sure()) {
        let most = top.entry(one.at).or_default();
        *most = one.certainty.max(*most);
    }
    let mut chosen: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, (entry, one)) in entries.iter().zip(&mut matches).enumerate() {
        let verdict = match (&entry.failed, entry.skipped, &one) {
            (Some(why), ..) => {
                let line = entry.line.map_or_else(String::new, |line| format!("line {line}: "));
                let message = format!("{line}“{}” cannot be read: {why}", shown(&entry.title));
                found.add(Diagnostic::error(codes::IMPORT, message).hint("all else came in"));
                Err(Verdict::Failed(why.clone()))
            }
            (_, Some(why), _) => Err(Verdict::Skipped(why.to_owned())),
            (_, _, None) if !entry.talk.is_empty() => {
                Err(Verdict::Skipped(format!("the event has no talk `{}`", shown(&entry.talk))))
            }
            (_, _, None) => Err(Verdict::Skipped("no talk of the event is called so".to_owned())),
            (_, _, Some(one)) => settle(entry, one, talks, &top, options),
        };
        let (verdict, notes) = match verdict {
            Ok((path, note)) => {
                if let Some(one) = one {
                    chosen.entry(one.at).or_default().push(number);
                }
                (Verdict::Imported(path), vec![Guess::new(0, note)])
            }
            Err(verdict) => (verdict, Vec::new()),
        };
        let lines = entry.line.map(|line| line..=line);
        report.outcomes.push(Outcome { what: shown(&entry.title), lines, verdict, notes });
    }
    chosen
}

/// The talk that a recording may be of.
struct Match {
    at: usize,
    /// In per cent.
    certainty: u8,
    is_ahead: bool,
    /// The talk that is the next best.
    next: Option<usize>,
}

impl Match {
    fn is_sure(&self) -> bool {
        self.certainty >= SURE && self.is_ahead
    }
}

/// Where a recording goes, with a note; or why it goes nowhere.
fn settle(
    entry: &Entry,
    one: &Match,
    talks: &[Talk],
    top: &HashMap<usize, u8>,
    options: &EventOptions<'_>,
) -> Result<(ssg_source::SitePath, String), Verdict> {
    let nothing = || Verdict::Skipped("no talk of the event is called so".to_owned());
    let talk = talks.get(one.at).ok_or_else(nothing)?;
    let certainty = one.certainty;
    let is_own = top.get(&one.at).is_none_or(|most| *most == certainty || certainty >= SAME);
    let said = format!("“{}”, {certainty} % sure", shown(&talk.title));
    let line = || {
        let urls = [("video", &entry.video), ("slides", &entry.slides)]
            .into_iter()
            .filter(|(_, url)| !url.is_empty());
        urls.map(|(key, url)| format!("{key} = \"{url}\"")).collect::<Vec<_>>().join(", ")
    };
    let is_taken = one.is_sure() && !is_own;
    if !one.is_sure() || !is_own {
        let question = format!("is “{}” the recording of {said}?", shown(&entry.title));
        match (options.ask)(&question) {
            Some(true) => {}
            Some(false) => return Err(Verdict::Skipped(format!("it is not {said}"))),
            None if is_taken => {
                return Err(Verdict::Skipped(format!(
                    "another one is surer to be {said}; if this one is too: {}",
                    line()
                )));
            }
            None => {
                let next = one
                    .next
                    .and_then(|at| talks.get(at))
                    .map_or_else(String::new, |next| format!(", or “{}”", shown(&next.title)));
                return Err(Verdict::Skipped(format!(
                    "not sure: perhaps {said}{next}; if so, {} gets: {}",
                    talk.path,
                    line()
                )));
            }
        }
    }
    let has = |url: &String, key: &str| !url.is_empty() && talk.elsewhere.contains(&key);
    if has(&entry.video, "video") || has(&entry.slides, "slides") {
        let why = format!("{said}: {} has its own below `[talk]`", talk.path);
        return Err(Verdict::Skipped(why));
    }
    if talk.row.as_deref() == Some("") {
        let why = format!("{said}: its row in {} has no `id`; give it one, or write: {}", talk.path, line());
        return Err(Verdict::Skipped(why));
    }
    Ok((talk.path.clone(), said))
}

/// Adds what goes into each file.
fn add_files(
    import: &mut Import,
    entries: &[Entry],
    talks: &[Talk],
    chosen: &BTreeMap<usize, Vec<usize>>,
    event: &str,
) {
    let mut rows: BTreeMap<ssg_source::SitePath, Front> = BTreeMap::new();
    for (at, numbers) in chosen {
        let Some(talk) = talks.get(*at) else { continue };
        let own: Vec<&Entry> = numbers.iter().filter_map(|number| entries.get(*number)).collect();
        let mut front = Front::default();
        if let Some(id) = &talk.row {
            front = rows.remove(&talk.path).unwrap_or_default();
            front.row("event.schedule").text("id", id);
        }
        let medium = |url: &str, entry: &Entry| Medium {
            url: url.to_owned(),
            language: entry.language.clone(),
            title: String::new(),
        };
        media(&mut front, "video", &talk.video, own.iter().map(|entry| medium(&entry.video, entry)));
        media(&mut front, "slides", &talk.slides, own.iter().map(|entry| medium(&entry.slides, entry)));
        if talk.row.is_some() {
            rows.insert(talk.path.clone(), front);
        } else {
            add(import, talk.path.clone(), &front, event);
        }
    }
    for (path, front) in rows {
        add(import, path, &front, event);
    }
}

fn add(import: &mut Import, path: ssg_source::SitePath, front: &Front, event: &str) {
    let merge = Merge::Layer(LAYER.to_owned());
    import.files.push(ImportedFile {
        id: None,
        path,
        bytes: front.page(""),
        source: format!("{LAYER}/{event}"),
        merge,
    });
}

/// Writes what a talk has of one kind: what stands there from other hosts stays, and of the same host takes what is new.
fn media(front: &mut Front, key: &str, there: &[Medium], new: impl Iterator<Item = Medium>) {
    let mut new: Vec<Medium> = new.filter(|one| !one.url.is_empty()).collect();
    if new.is_empty() {
        return;
    }
    let hosts: Vec<String> = new.iter().map(|one| host(&one.url)).collect();
    let mut all: Vec<Medium> = Vec::new();
    for one in there {
        if !hosts.contains(&host(&one.url)) {
            all.push(one.clone());
        } else if !new.is_empty() {
            all.append(&mut new);
        }
    }
    all.append(&mut new);
    let mut known: Vec<&str> = Vec::new();
    let mut values: Vec<Written> = Vec::new();
    for one in &all {
        if !known.contains(&one.url.as_str()) {
            known.push(&one.url);
            let fields = [("url", one.url.as_str()), ("language", &one.language), ("title", &one.title)];
            let is_plain = one.language.is_empty() && one.title.is_empty();
            values.push(if is_plain { text(&one.url) } else { inline(&fields) });
        }
    }
    match known.as_slice() {
        [one] => front.text(key, one),
        _ => front.list(key, &values),
    };
}

fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).trim_start_matches("www.").to_lowercase()
}

/// A text within a line, at most 200 characters.
fn shown(text: &str) -> String {
    let line = clean(text);
    let short: String = line.chars().take(200).collect();
    if short.len() < line.len() { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests;
