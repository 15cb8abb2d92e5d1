//! What belongs to an event, by its folder, by name or by a key, and so waits for it.

use super::super::classify::{Classified, ClassifiedFiles, Location, dir_of};
use super::super::events::old_name;
use super::super::withheld_names::WithheldNames;
use super::Verdict;
use crate::page::{Kind, Withheld};
use ssg_parse::{Document, Row, files_named_in, is_page, read_file_name};
use ssg_source::SitePath;
use ssg_source::hash::{HashMap, HashSet};

/// What is decided of events, for the pages that are theirs.
pub(super) struct Events<'a> {
    bundles: &'a HashMap<String, Verdict>,
    /// By each name that a talk whose file is elsewhere may call its event by.
    by_name: HashMap<String, Verdict>,
    /// By the keys of pages that belong to an event: their translations may lie elsewhere.
    by_key: HashMap<&'a str, Verdict>,
}

impl<'a> Events<'a> {
    pub(super) fn of(
        placed: &'a ClassifiedFiles,
        verdicts: &[Verdict],
        bundles: &'a HashMap<String, Verdict>,
        hidden: &[(SitePath, Withheld)],
    ) -> Self {
        let mut events = Self { bundles, by_name: HashMap::default(), by_key: HashMap::default() };
        for (one, verdict) in placed.pages.iter().zip(verdicts) {
            let Some(location) = one.location().filter(|location| location.kind == Kind::Event) else {
                continue;
            };
            if location.is_translation {
                continue;
            }
            let of_folder = location.bundle.as_ref().and_then(|dir| bundles.get(dir));
            let mut verdict = of_folder.unwrap_or(verdict).clone();
            if let Some((_, with)) = &mut verdict.why {
                with.get_or_insert_with(|| one.source.path.clone());
            }
            let front = &one.source.document.front;
            let written = front.slug.iter().chain(&front.id).map(|name| name.value.as_str());
            let old = front.aliases.iter().filter_map(|alias| old_name(&alias.value));
            let names = written.chain(old).map(ssg_parse::slugify).chain(event_names(location));
            for name in names {
                // Of two of a name the one that stays back counts: which one is meant is not known.
                let known = events.by_name.entry(name).or_insert_with(|| verdict.clone());
                if known.why.is_none() {
                    *known = verdict.clone();
                }
            }
        }
        for (path, why) in hidden.iter().filter(|(path, _)| is_page(path.file_name())) {
            for name in hidden_names(path) {
                let why = Some((*why, Some(path.clone())));
                events.by_name.entry(name).or_insert_with(|| Verdict { why, ..Verdict::default() });
            }
        }
        for one in &placed.pages {
            if let Some(Location { key: Some(key), is_translation: false, .. }) = one.location()
                && let Some(verdict) = events.of_own(one).cloned()
            {
                events.by_key.insert(key, verdict);
            }
        }
        events
    }

    /// Every name of an event that is withheld.
    pub(super) fn withheld_names(&self) -> impl Iterator<Item = &String> {
        self.by_name.iter().filter(|(_, verdict)| verdict.why.is_some()).map(|(name, _)| name)
    }

    /// The event of a page, by its folder or by name.
    fn of_own(&self, one: &Classified) -> Option<&Verdict> {
        let location = one.location()?;
        match &location.event_dir {
            // The event's own page in another language decides for itself.
            Some(_) if location.kind == Kind::Event => None,
            Some(dir) => self.bundles.get(dir),
            None => {
                let talk = one.source.document.front.talk.as_deref().filter(|_| location.kind == Kind::Talk);
                self.by_name.get(&ssg_parse::slugify(&talk?.event.as_ref()?.value))
            }
        }
    }

    /// The event of a page, or of what it is a translation of.
    pub(super) fn of_page(&self, one: &Classified) -> Option<&Verdict> {
        self.of_own(one).or_else(|| self.by_key.get(one.location()?.key.as_deref()?))
    }
}

/// What an event may be called by: its folder with the date that this may begin with, and without.
fn event_names(location: &Location) -> impl Iterator<Item = String> + '_ {
    let folder = location.bundle.as_deref().and_then(|dir| dir.rsplit('/').next());
    let named = [folder, Some(location.name.stem.as_str())].into_iter().flatten();
    named.filter(|name| !name.is_empty()).map(ssg_parse::slugify)
}

/// The folder of a talk's event, or what it calls its event, and the names by which a row of its schedule may mean it.
pub(super) fn talk_names(one: &Classified) -> Option<(String, Vec<String>)> {
    let location = one.location()?;
    let front = &one.source.document.front;
    let named = || front.talk.as_deref()?.event.as_ref().map(|event| ssg_parse::slugify(&event.value));
    let event = location.event_dir.clone().or_else(named)?;
    let slug = front.slug.as_ref().map(|slug| ssg_parse::slugify(&slug.value));
    let named = [
        one.source.path.stem().to_owned(),
        location.name.stem.clone(),
        ssg_parse::slugify(&location.name.stem),
    ];
    let called = front.title.iter().chain(&front.id).map(|name| ssg_parse::slugify(&name.value));
    Some((event, named.into_iter().chain(slug).chain(called).filter(|name| !name.is_empty()).collect()))
}

/// What a page may be called that is kept out by its name, or by that of a folder: by its file, or the folder of which it
/// is the index.
pub(super) fn hidden_names(path: &SitePath) -> Vec<String> {
    let stem = path.stem().trim_start_matches('.');
    let dir = dir_of(path);
    let name = if stem == "index" { dir.rsplit('/').next().unwrap_or_default() } else { stem };
    let name = name.trim_start_matches('.');
    let undated = read_file_name(&format!("{name}.md"), &[]).stem;
    let names = [name.to_owned(), ssg_parse::slugify(name), ssg_parse::slugify(&undated), undated];
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

/// Files that rows of a schedule name which may not be told yet; `published` and `withheld` are names of talks, by the folder
/// of their event.
pub(super) fn files_of_withheld_rows(
    path: &SitePath,
    document: &Document,
    published: &HashMap<String, HashSet<String>>,
    withheld: &HashMap<String, HashSet<String>>,
) -> HashSet<String> {
    let rows = document.front.event.as_deref().map_or(&[] as &[Row], |table| &table.schedule);
    let dir = dir_of(path);
    let published = published.get(&dir);
    let withheld = WithheldNames::new(withheld.get(&dir).into_iter().flatten().map(String::as_str));
    let is_withheld = |row: &&Row| {
        let named = row.talk.as_ref().map(|talk| talk.value.as_str());
        let is_published = |name: &str| published.is_some_and(|names| names.contains(name));
        let is_withheld = |name: &str| !is_published(name) && withheld.may_mean(name);
        row.details.announced == Some(false) || named.is_some_and(is_withheld)
    };
    let mut held: HashSet<String> = HashSet::default();
    for row in rows.iter().filter(is_withheld) {
        held.extend(row.details.slides.iter().chain(&row.details.video).map(|link| link.url.to_string()));
        held.extend(row.description.iter().flat_map(|text| files_named_in(&text.value)));
    }
    held
}
