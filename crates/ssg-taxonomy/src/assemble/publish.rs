//! Decides once, for each file below `content`, whether it goes out and how far it is shown.
//!
//! What a header says counts for more than its page: a section for all that lies below it, an event for its talks and
//! pages, an original for its translations, and each of them for the files that nothing else names. Nothing
//! that follows sees what is taken out here, so no output can show it; why it is out is remembered for those who ask.

mod above;
mod beside;
mod events;
mod folders;

pub(super) use beside::Mentions;

use super::AssembleOptions;
use super::change;
use super::classify::{Classified, ClassifiedFiles, Location, Role, dir_of};
use super::sections::directories;
use crate::page::{Kind, Standing, Withheld};
use crate::site::Site;
use above::{Above, Below};
use events::{Events, files_of_withheld_rows, hidden_names, talk_names};
use folders::Folders;
use jiff::tz::TimeZone;
use ssg_parse::{Config, FrontMatter, Hold, LangId, Publication, is_page};
use ssg_source::hash::{HashMap, HashSet};
use ssg_source::{Diagnostics, SitePath};

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
        Withheld::Draft => front.publication.released.of(Hold::Draft),
        Withheld::Private => front.publication.released.of(Hold::Private),
        Withheld::NoPage => front.publication.released.of(Hold::NoPage),
        // Facts of a talk are those of its original.
        _ => false,
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
            for dir in above::upwards(&dir_of(path)) {
                site.withheld_talks.entry(dir.to_owned()).or_default().extend(names.iter().cloned());
            }
        }
    }
    let above = Above::of(&judge, &placed);
    let originals = originals(&judge, &above, &placed);
    let first: Vec<Verdict> =
        placed.pages.iter().map(|one| verdict(&judge, &above, &originals, one)).collect();
    let (bundles, shown) = bundles(&placed, &first);
    let events = Events::of(&placed, &first, &bundles, &hidden);
    site.withheld_events.extend(events.withheld_names().cloned());
    let of_events: Vec<Option<Verdict>> =
        placed.pages.iter().map(|one| events.of_page(one).cloned()).collect();
    let mut next = None;
    let mut kept = Vec::with_capacity(placed.pages.len());
    let mut mentioned = Mentions::default();
    let mut folders = Folders::default();
    let mut with_rows = Vec::new();
    let mut published_talks: HashMap<String, HashSet<String>> = HashMap::default();
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
        if let Some((event, names)) = talk_names(&one) {
            let talks = if is_published { &mut published_talks } else { &mut site.withheld_talks };
            talks.entry(event).or_default().extend(names);
        }
        if is_published && one.location().is_some_and(|location| location.kind == Kind::Event) {
            with_rows.push((one.source.path.clone(), one.source.document.clone()));
        } else {
            mentioned.add(&one, is_published, &config.base_url);
        }
        folders.add(&one.source.path, is_published);
        if let Some((why, with)) = verdict.why {
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
        let held = files_of_withheld_rows(&path, &document, &published_talks, &site.withheld_talks);
        mentioned.add_but(&path, &document, &held, &config.base_url);
    }
    let dirs: Vec<String> = placed.assets.keys().cloned().collect();
    for dir in dirs {
        let hidden = above::upwards(&dir).filter(|dir| !shown.contains(*dir));
        let withheld = hidden.filter_map(|dir| bundles.get(dir)).find_map(|verdict| verdict.why.clone());
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
    let cascaded = cascaded(&below, publication);
    let told = |hold: Hold| judge.held(hold).is_none();
    let of_original = original.map_or_else(Standing::default, |(verdict, _)| verdict.standing);
    let unlisted = publication.unlisted.unwrap_or(of_original.unlisted || below.unlisted);
    let noindex = publication.noindex.unwrap_or(of_original.noindex || below.noindex);
    let unsearched = publication.search.map_or(of_original.unsearched || below.unsearched, |search| !search);
    let is_draft = [publication.hold, cascaded.map(|(hold, _)| *hold), below.draft]
        .into_iter()
        .flatten()
        .any(|hold| hold == Hold::Draft && told(hold))
        || of_original.is_draft && !publication.released.of(Hold::Draft);
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
    let cascaded = cascaded(&below, publication);
    let cascaded = cascaded.and_then(|(hold, with)| Some((judge.held(*hold)?, Some(with.clone()))));
    below.why.or_else(waits).or(cascaded)
}

/// A hold that a section cascades and the header does not lift.
fn cascaded<'b>(below: &'b Below, publication: &Publication) -> Option<&'b (Hold, SitePath)> {
    below.hold.as_ref().filter(|(hold, _)| publication.hold.is_none() && !publication.released.of(*hold))
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

/// What is decided of whole folders, those of events and of other pages with files beside them, and which of them have a
/// published page. One language is enough to show the files of a folder, and an event in one language takes no talks along.
fn bundles(placed: &ClassifiedFiles, verdicts: &[Verdict]) -> (HashMap<String, Verdict>, HashSet<String>) {
    let mut bundles: HashMap<String, Verdict> = HashMap::default();
    let mut shown: HashSet<String> = HashSet::default();
    for (one, verdict) in placed.pages.iter().zip(verdicts) {
        let Role::Page(Location { bundle: Some(dir), is_translation, .. }) = &one.role else { continue };
        if verdict.why.is_none() {
            shown.insert(dir.clone());
        }
        if !is_translation || !bundles.contains_key(dir) {
            let mut verdict = verdict.clone();
            if let Some((_, with)) = &mut verdict.why {
                with.get_or_insert_with(|| one.source.path.clone());
            }
            bundles.insert(dir.clone(), verdict);
        }
    }
    (bundles, shown)
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

/// Whether what a file in one language says is said for a file in another: the main one speaks for all.
fn speaks_for(speaker: LangId, other: LangId) -> bool {
    speaker == LangId::MAIN || speaker == other
}
