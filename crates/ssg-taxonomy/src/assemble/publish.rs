//! Decides once, for each file below `content`, whether it goes out and how far it is shown.
//!
//! What a header says counts for more than its page: a section for all that lies below it, an event for its talks and
//! pages, an original for its translations, and each of them for the files that nothing else names. Nothing
//! that follows sees what is taken out here, so no output can show it; why it is out is remembered for those who ask.

mod above;
mod beside;

pub(super) use beside::Mentions;

use super::AssembleOptions;
use super::change;
use super::classify::{Classified, ClassifiedFiles, Location, Role};
use super::sections::directories;
use crate::page::{Kind, Standing, Withheld};
use crate::site::Site;
use above::Above;
use jiff::tz::TimeZone;
use ssg_parse::{Config, Document, FrontMatter, Hold, LangId, Row, is_page, read_file_name};
use ssg_source::hash::{HashMap, HashSet};
use ssg_source::{Diagnostics, SitePath};
use std::collections::BTreeMap;

/// What is decided of a file, and the file that decides it where that is another.
#[derive(Clone, Debug, Default)]
struct Verdict {
    why: Option<(Withheld, Option<SitePath>)>,
    standing: Standing,
    is_unreadable: bool,
}

impl Verdict {
    /// Keeps the first reason that there is.
    fn or(mut self, other: impl FnOnce() -> Option<(Withheld, Option<SitePath>)>) -> Self {
        self.why = self.why.or_else(other);
        self
    }
}

/// Decides by the flags and the instant of the build.
struct Judge<'a> {
    options: &'a AssembleOptions,
    zone: TimeZone,
}

impl Judge<'_> {
    /// What a hold of a header means; `None` where a flag lifts it.
    fn held(&self, hold: Hold) -> Option<Withheld> {
        match hold {
            Hold::Draft => (!self.options.drafts).then_some(Withheld::Draft),
            Hold::Private => Some(Withheld::Private),
            Hold::NoPage => Some(Withheld::NoPage),
        }
    }

    /// Why a file is withheld by what it says itself. What holds it back counts for more than its mistakes, since it
    /// holds others back too.
    fn own(&self, one: &Classified) -> Option<Withheld> {
        let is_broken = self.options.skip_broken && one.source.document.broken;
        self.own_hold(one).or_else(|| is_broken.then_some(Withheld::Broken))
    }

    /// What keeps a file back, and with it what waits for it: of a header that cannot be read it is not known whether
    /// it does.
    fn holding(&self, one: &Classified) -> Option<Withheld> {
        let is_unreadable = one.source.document.front.is_unreadable;
        self.own(one).filter(|why| *why != Withheld::Broken || is_unreadable)
    }

    fn own_hold(&self, one: &Classified) -> Option<Withheld> {
        let front = &one.source.document.front;
        let is_unannounced = front.talk.as_deref().is_some_and(|talk| talk.details.announced == Some(false));
        let held = front.publication.hold.and_then(|hold| self.held(hold));
        held.or_else(|| is_unannounced.then_some(Withheld::Unannounced)).or_else(|| self.by_date(one))
    }

    fn by_date(&self, one: &Classified) -> Option<Withheld> {
        let front = &one.source.document.front;
        // The date of an event or a talk is when it takes place, not when it is published.
        let dated = match &one.role {
            Role::Page(Location { kind: Kind::Event | Kind::Talk, .. }) => None,
            Role::Page(location) => {
                front.date.as_ref().map(|when| when.value.start(&self.zone).timestamp()).or_else(|| {
                    location.name.date.map(|day| ssg_parse::When::Day(day).start(&self.zone).timestamp())
                })
            }
            _ => None,
        };
        let publish_at = front.publish_at.as_ref().map(|when| when.value.start(&self.zone).timestamp());
        if !self.options.future && publish_at.or(dated).is_some_and(|from| from > self.options.instant) {
            return Some(Withheld::Future);
        }
        let expires = front.expires.as_ref().map(|when| when.value.start(&self.zone).timestamp());
        let is_over = expires.is_some_and(|expires| expires <= self.options.instant);
        (!self.options.expired && is_over).then_some(Withheld::Expired)
    }
}

/// Whether a header decides for itself what another would decide for it.
fn decides(front: &FrontMatter, why: Withheld) -> bool {
    match why {
        Withheld::Future => front.publish_at.is_some(),
        Withheld::Expired => front.expires.is_some(),
        _ => front.publication.is_released,
    }
}

/// Takes out the files that are withheld and remembers why. Gives what files name, by which those beside content are taken
/// out later.
pub(super) fn withhold(
    config: &Config,
    options: &AssembleOptions,
    mut placed: ClassifiedFiles,
    site: &mut Site,
    found: &mut Diagnostics,
) -> (ClassifiedFiles, Mentions) {
    let judge = Judge { options, zone: config.zone() };
    let hidden = std::mem::take(&mut placed.hidden);
    for (path, why) in &hidden {
        site.keep_back(path.clone(), *why, None);
        // Of what lies among drafts no more is known than what it is called.
        if is_page(path.file_name()) {
            let names = hidden_names(path);
            for dir in above::upwards(dir_of(path)) {
                site.withheld_talks.entry(dir.to_owned()).or_default().extend(names.iter().cloned());
            }
            site.withheld_events.extend(names);
        }
    }
    let above = Above::of(&judge, &placed);
    let originals = originals(&judge, &above, &placed);
    let first: Vec<Verdict> =
        placed.pages.iter().map(|one| verdict(&judge, &above, &originals, one)).collect();
    let bundles = bundles(&placed, &first);
    let events = Events::of(&placed, &first, &bundles, &hidden);
    let of_events: Vec<Option<Verdict>> =
        placed.pages.iter().map(|one| events.of_page(one).cloned()).collect();
    let mut next = None;
    let mut kept = Vec::with_capacity(placed.pages.len());
    let mut mentioned = Mentions::default();
    let mut folders = Folders::default();
    let mut with_rows = Vec::new();
    check_keys(options, &placed, &first, found);
    for ((mut one, first), event) in placed.pages.into_iter().zip(first).zip(&of_events) {
        let event = event.as_ref();
        // What another file holds as well waits for that one.
        let is_own = first.why.as_ref().is_none_or(|(_, with)| with.is_none());
        let waits = event.is_some_and(|event| event.why.is_some())
            || first.why.is_some() && of_others(&judge, &above, &originals, &one).is_some();
        if !waits && is_own {
            let own = first.why.as_ref().map(|(why, _)| *why);
            next = change::next(config, options, &judge.zone, &one, (own, first.standing.unlisted))
                .into_iter()
                .chain(next.take())
                .min();
        }
        let verdict = first.or(|| event.and_then(|event| event.why.clone()));
        let of_event = event.map_or_else(Standing::default, |event| event.standing);
        let standing = Standing {
            is_draft: verdict.standing.is_draft || of_event.is_draft,
            unlisted: verdict.standing.unlisted || of_event.unlisted,
            noindex: verdict.standing.noindex || of_event.noindex,
            unsearched: verdict.standing.unsearched || of_event.unsearched,
        };
        let is_published = verdict.why.is_none();
        if is_published && one.source.document.front.event.is_some() {
            with_rows.push((one.source.path.clone(), one.source.document.clone()));
        } else {
            mentioned.add(&one, is_published, &config.base_url);
        }
        folders.add(&one.source.path, verdict.why.is_none());
        if let Some((why, with)) = verdict.why {
            if let Some((event, names)) = talk_names(&one) {
                site.withheld_talks.entry(event).or_default().extend(names);
            }
            if let Some(location) = one.location().filter(|location| location.kind == Kind::Event) {
                site.withheld_events.extend(event_names(location));
            }
            if let (Withheld::NoPage, Role::Section { dir, language }) = (why, &one.role) {
                site.without_list.insert((*language, dir.clone()));
            }
            site.keep_back(one.source.path, why, with);
            continue;
        }
        match &mut one.role {
            Role::Page(location) => location.standing = standing,
            Role::Section { dir, language } if standing != Standing::default() => {
                site.standings.insert((*language, dir.clone()), standing);
            }
            _ => {}
        }
        kept.push(one);
    }
    placed.pages = kept;
    for (path, document) in with_rows {
        let held = files_of_withheld_rows(&path, &document, site);
        mentioned.add_but(&path, &document, &held, &config.base_url);
    }
    let dirs: Vec<String> = placed.assets.keys().cloned().collect();
    for dir in dirs {
        let withheld = above::upwards(&dir).find_map(|dir| bundles.get(dir)?.why.clone());
        if let Some((why, with)) = withheld {
            for asset in placed.assets.remove(&dir).into_iter().flatten() {
                site.keep_back(asset, why, with.clone());
            }
        }
    }
    above.keep_files_back(&mut placed.assets, site);
    folders.settle(&mut placed.assets, &mut mentioned);
    site.next_change = next;
    hold_for_lists(config, &above, &placed, site);
    (placed, mentioned)
}

/// Says how far lists are shown that have no file of their own: what is said above them, and in the main language.
fn hold_for_lists(config: &Config, above: &Above, placed: &ClassifiedFiles, site: &mut Site) {
    if above.is_silent() {
        return;
    }
    for ((language, dir), source) in directories(config, placed) {
        if source.is_some() || dir.is_empty() {
            continue;
        }
        let (standing, is_without) = above.of_list(&dir, language);
        if is_without {
            site.without_list.insert((language, dir.clone()));
        }
        if standing != Standing::default() {
            site.standings.insert((language, dir), standing);
        }
    }
    for one in &placed.pages {
        let Role::Taxonomy { index, .. } = one.role else { continue };
        for language in config.language_ids() {
            let dir = above::section_dir(one).unwrap_or_default();
            let (standing, _) = above.of_list(dir, language);
            if standing != Standing::default() {
                site.taxonomy_standings.insert((index, language), standing);
            }
        }
    }
}

/// What keeps originals back, by their keys: a translation would tell it, so it waits as well. With a key of
/// its own in the header it decides for itself.
fn originals(
    judge: &Judge<'_>,
    above: &Above,
    placed: &ClassifiedFiles,
) -> HashMap<String, (Verdict, SitePath)> {
    let mut originals = HashMap::default();
    for one in &placed.pages {
        if let Role::Page(Location { key: Some(key), is_translation: false, .. }) = &one.role {
            let verdict = verdict(judge, above, &HashMap::default(), one);
            originals.insert(key.clone(), (verdict, one.source.path.clone()));
        }
    }
    originals
}

/// What is decided of a file without the event that it may belong to.
fn verdict(
    judge: &Judge<'_>,
    above: &Above,
    originals: &HashMap<String, (Verdict, SitePath)>,
    one: &Classified,
) -> Verdict {
    let front = &one.source.document.front;
    let publication = &front.publication;
    let original = original_of(originals, one);
    let below = above.of_file(one);
    let cascaded = below.hold.as_ref().filter(|_| publication.hold.is_none() && !publication.is_released);
    let told = |hold: Hold| judge.held(hold).is_none();
    let of_original = original.map_or_else(Standing::default, |(verdict, _)| verdict.standing);
    let unlisted = publication.unlisted.unwrap_or(of_original.unlisted || below.unlisted);
    let noindex = publication.noindex.unwrap_or(of_original.noindex || below.noindex);
    let unsearched = publication.search.map_or(of_original.unsearched || below.unsearched, |search| !search);
    let is_draft = [publication.hold, cascaded.map(|(hold, _)| *hold), below.draft]
        .into_iter()
        .flatten()
        .any(|hold| hold == Hold::Draft && told(hold))
        || of_original.is_draft && !publication.is_released;
    let own = judge.own(one).map(|why| (why, None));
    let standing = Standing { is_draft, unlisted, noindex: noindex || unlisted, unsearched };
    Verdict { why: own, standing, is_unreadable: front.is_unreadable }
        .or(|| of_others(judge, above, originals, one))
}

/// Why another file holds one back: a section above, the original of a translation.
fn of_others(
    judge: &Judge<'_>,
    above: &Above,
    originals: &HashMap<String, (Verdict, SitePath)>,
    one: &Classified,
) -> Option<(Withheld, Option<SitePath>)> {
    let front = &one.source.document.front;
    let publication = &front.publication;
    let below = above.of_file(one);
    let waits = || {
        let (verdict, source) = original_of(originals, one)?;
        let (why, with) = verdict.why.as_ref()?;
        // An original that has mistakes holds nothing back, but one of which it is not known whether it is a draft does.
        let is_own = *why == Withheld::Broken && !verdict.is_unreadable || decides(front, *why);
        (!is_own).then(|| (*why, Some(with.clone().unwrap_or_else(|| source.clone()))))
    };
    let cascaded = below.hold.as_ref().filter(|_| publication.hold.is_none() && !publication.is_released);
    let cascaded = cascaded.and_then(|(hold, with)| Some((judge.held(*hold)?, Some(with.clone()))));
    below.why.or_else(waits).or(cascaded)
}

/// The original of a translation.
fn original_of<'o>(
    originals: &'o HashMap<String, (Verdict, SitePath)>,
    one: &Classified,
) -> Option<&'o (Verdict, SitePath)> {
    match &one.role {
        Role::Page(Location { key: Some(key), is_translation: true, .. }) => originals.get(key),
        _ => None,
    }
}

/// What is decided of whole folders: those of events and of other pages with files beside them. One language is
/// enough to show what belongs to it.
fn bundles(placed: &ClassifiedFiles, verdicts: &[Verdict]) -> HashMap<String, Verdict> {
    let mut bundles: HashMap<String, Verdict> = HashMap::default();
    let mut shown: HashSet<&str> = HashSet::default();
    for (one, verdict) in placed.pages.iter().zip(verdicts) {
        let Role::Page(Location { bundle: Some(dir), is_translation, .. }) = &one.role else { continue };
        if verdict.why.is_none() {
            shown.insert(dir);
        }
        if !is_translation || !bundles.contains_key(dir) {
            let mut verdict = verdict.clone();
            if let Some((_, with)) = &mut verdict.why {
                with.get_or_insert_with(|| one.source.path.clone());
            }
            bundles.insert(dir.clone(), verdict);
        }
    }
    for (dir, verdict) in &mut bundles {
        if shown.contains(dir.as_str()) {
            verdict.why = None;
        }
    }
    bundles
}

/// Which folders have pages.
#[derive(Default)]
struct Folders {
    /// Those of published pages, and all above them.
    published: HashSet<String>,
    /// Those that pages lie in, with a withheld one where none of them is published.
    own: HashMap<String, Option<SitePath>>,
}

impl Folders {
    fn add(&mut self, page: &SitePath, is_published: bool) {
        let dir = dir_of(page);
        if is_published {
            self.published.extend(above::upwards(dir).map(str::to_owned));
            self.own.insert(dir.to_owned(), None);
        } else {
            self.own.entry(dir.to_owned()).or_insert_with(|| Some(page.clone()));
        }
    }

    /// Gives the files of folders without published pages to the nearest folder above that has some. Beside pages that
    /// are all withheld they stay back with these, unless a published page names them.
    fn settle(&self, assets: &mut BTreeMap<String, Vec<SitePath>>, mentioned: &mut Mentions) {
        let loose: Vec<String> =
            assets.keys().filter(|dir| !self.published.contains(dir.as_str())).cloned().collect();
        for dir in loose {
            let Some(files) = assets.remove(&dir) else { continue };
            if let Some(Some(page)) = above::upwards(&dir).find_map(|dir| self.own.get(dir)) {
                for file in &files {
                    mentioned.hold(file, page);
                }
            }
            let home = above::upwards(&dir).find(|dir| self.published.contains(*dir)).unwrap_or_default();
            assets.entry(home.to_owned()).or_default().extend(files);
        }
        for files in assets.values_mut() {
            files.sort();
        }
    }
}

/// What is decided of events, for the pages that are theirs.
struct Events<'a> {
    bundles: &'a HashMap<String, Verdict>,
    /// By each name that a talk whose file is elsewhere may call its event by.
    by_name: HashMap<String, Verdict>,
    /// By the keys of pages that belong to an event: their translations may lie elsewhere.
    by_key: HashMap<&'a str, Verdict>,
}

impl<'a> Events<'a> {
    fn of(
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
            let old =
                front.aliases.iter().filter_map(|alias| alias.value.trim_matches('/').rsplit('/').next());
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

    /// The event of a page, by its folder or by name.
    fn of_own(&self, one: &Classified) -> Option<&Verdict> {
        let location = one.location()?;
        match &location.event_dir {
            Some(dir) => self.bundles.get(dir),
            None => {
                let talk = one.source.document.front.talk.as_deref().filter(|_| location.kind == Kind::Talk);
                self.by_name.get(&ssg_parse::slugify(&talk?.event.as_ref()?.value))
            }
        }
    }

    /// The event of a page, or of what it is a translation of.
    fn of_page(&self, one: &Classified) -> Option<&Verdict> {
        self.of_own(one).or_else(|| self.by_key.get(one.location()?.key.as_deref()?))
    }
}

/// Complains of a key that two pages of one language have, where one of them is withheld: else it would count as the
/// original of translations or not by the names of files, and these would go out, or away, with it. Of two that go out
/// it is told where they are tied.
fn check_keys(
    options: &AssembleOptions,
    placed: &ClassifiedFiles,
    verdicts: &[Verdict],
    found: &mut Diagnostics,
) {
    let mut taken: HashMap<(&str, LangId), (&Classified, bool)> = HashMap::default();
    for (one, verdict) in placed.pages.iter().zip(verdicts) {
        let Some(Location { key: Some(key), .. }) = one.location() else { continue };
        if options.skip_broken && one.source.document.broken {
            continue;
        }
        let is_withheld = verdict.why.is_some();
        let Some((other, was_withheld)) = taken.insert((key, one.language()), (one, is_withheld)) else {
            continue;
        };
        if is_withheld || was_withheld {
            found.extend(super::translations::key_taken(&one.source, &other.source));
        }
    }
}

/// What an event may be called by: its folder with the date that this may begin with, and without.
fn event_names(location: &Location) -> impl Iterator<Item = String> + '_ {
    let folder = location.bundle.as_deref().and_then(|dir| dir.rsplit('/').next());
    let named = [folder, Some(location.name.stem.as_str())].into_iter().flatten();
    named.filter(|name| !name.is_empty()).map(ssg_parse::slugify)
}

/// The folder of a talk's event, or what it calls its event, and the names by which a row of its schedule may mean it.
fn talk_names(one: &Classified) -> Option<(String, Vec<String>)> {
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
    Some((event, named.into_iter().chain(slug).collect()))
}

/// Directory of a file, below `content`.
fn dir_of(path: &SitePath) -> &str {
    path.below("content").and_then(|below| below.rsplit_once('/')).map_or("", |(dir, _)| dir)
}

/// What a page may be called that is kept out by its name, or by that of a folder: by its file, or the folder of which it
/// is the index.
fn hidden_names(path: &SitePath) -> Vec<String> {
    let stem = path.stem().trim_start_matches('.');
    let name = if stem == "index" { dir_of(path).rsplit('/').next().unwrap_or_default() } else { stem };
    let name = name.trim_start_matches('.');
    let undated = read_file_name(&format!("{name}.md"), &[]).stem;
    let names = [name.to_owned(), ssg_parse::slugify(name), ssg_parse::slugify(&undated), undated];
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

/// Files that rows of a schedule name which may not be told yet.
fn files_of_withheld_rows<'d>(path: &SitePath, document: &'d Document, site: &Site) -> HashSet<&'d str> {
    let rows = document.front.event.as_deref().map_or(&[] as &[Row], |table| &table.schedule);
    let withheld = site.withheld_talks.get(dir_of(path));
    let is_withheld = |row: &&Row| {
        let named = row.talk.as_ref().map(|talk| talk.value.as_str());
        row.details.announced == Some(false)
            || named.is_some_and(|name| withheld.is_some_and(|names| names.contains(name)))
    };
    let media = |row: &'d Row| row.details.slides.iter().chain(&row.details.video);
    rows.iter().filter(is_withheld).flat_map(media).map(|link| link.url.as_str()).collect()
}

/// Whether what a file in one language says is said for a file in another: the main one speaks for all.
fn speaks_for(speaker: LangId, other: LangId) -> bool {
    speaker == LangId::MAIN || speaker == other
}
