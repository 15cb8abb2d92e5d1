//! The site of the last compilation in this process, for the next one.
//!
//! Whoever has a site open saves a file at a time. Listing, loading and assembling all others again
//! would give the same; so the snapshot is kept, and updated where it can be. That is a shorter way to the
//! beginning of the same stages, not another way through them; and where it cannot be told that the site is
//! what it was, everything is done. Debug builds assemble it all the same, and compare.

use crate::load::{Listing, is_whole, theme_digest};
use crate::memo::{Derived, Documents, KeptSite, MadeOf, Memo};
use crate::settings::{Settings, config_digest};
use crate::site::{Begun, KeptParts, KeptPlan, load_theme};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use ssg_parse::{Document, When};
use ssg_render::{Differences, LoadedTheme, Output, SharedInputs, SiteSnapshot, parse_options};
use ssg_source::{Diagnostics, Digest, Entry, Inputs, SitePath};
use ssg_taxonomy::{Kind, Target};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is to be made of a site, and what was found while that was planned.
pub(crate) struct Plan {
    pub outputs: Vec<Output>,
    pub found: Diagnostics,
}

/// What the last compilation in this process has left.
pub(crate) enum Resumed {
    /// Its site, which is the one of now.
    Site(Box<Begun>),
    /// The list of files, which is the one of now; the site is to be assembled anew.
    Listed(Box<Listing>),
    /// Nothing of use.
    Nothing,
}

/// What is to be looked at again.
struct Again {
    pages: Vec<Entry>,
    /// Whether files that are copied, or read while outputs are rendered, may be others.
    files: bool,
    /// Whether the theme may be another.
    theme: bool,
    /// Whether there are the same files as before.
    is_same_listing: bool,
}

/// Keeps a site, if nothing that was wrong with it is in the way.
pub(crate) fn keep(
    made_of: MadeOf,
    listing: Listing,
    snapshot: SiteSnapshot,
    plan: Plan,
    assembled: Diagnostics,
    derived: Option<Derived>,
    memo: &Memo,
) -> Option<KeptSite> {
    // Of a file that cannot be read nothing is known, also not what was wrong with it.
    let is_known = made_of.is_certain && memo.documents.len() == listing.pages.len();
    if !is_known
        || assembled.has_errors()
        || plan.found.has_errors()
        || snapshot.theme().is_without_templates()
    {
        return None;
    }
    let derived = derived.unwrap_or_default();
    let Plan { outputs, found: planned } = plan;
    Some(KeptSite { made_of, listing, snapshot, outputs, assembled, planned, derived })
}

/// Begins with what the last compilation has left. What is not as it was any more is dropped.
pub(crate) fn resume(inputs: &SharedInputs, settings: &Settings, memo: &mut Memo) -> Resumed {
    let hint = memo.changed_files.take();
    let Some(mut kept) = memo.kept.take() else { return Resumed::Nothing };
    if kept.made_of.config != config_digest(settings) {
        return Resumed::Nothing;
    }
    let Some(again) = kept.look_again(&**inputs, settings, hint.as_ref(), memo.clock()) else {
        return Resumed::Nothing;
    };
    let options = parse_options(&settings.config);
    if !again.is_same_listing || kept.is_past_a_boundary(inputs.instant(), &memo.documents) {
        return Resumed::Listed(Box::new(kept.listing));
    }
    let Some(documents) = memo.documents.reload(&**inputs, &again.pages, &options, memo.clock()) else {
        return Resumed::Nothing;
    };
    memo.changed |= !documents.is_empty();
    match update(kept, &again, documents, inputs, settings, memo) {
        Ok(begun) => Resumed::Site(Box::new(begun)),
        Err(listing) => Resumed::Listed(Box::new(listing)),
    }
}

/// Brings a kept site up to date. Gives back the list of files where it must be assembled anew.
fn update(
    mut kept: KeptSite,
    again: &Again,
    documents: Vec<(SitePath, Arc<Document>)>,
    inputs: &SharedInputs,
    settings: &Settings,
    memo: &mut Memo,
) -> Result<Begun, Listing> {
    if kept.speaks_of(&documents) {
        // What was said of the file may be mended, or stand elsewhere now.
        return Err(kept.listing);
    }
    let mut found = kept.listing.said();
    found.extend(kept.assembled.clone());
    let loaded = kept.problems(&memo.documents, documents.iter().map(|(path, _)| path));
    found.extend(loaded.flat_map(|found| found.iter().cloned()));
    let theme = again.theme.then(|| kept.other_theme(inputs, settings, memo)).flatten();
    found.extend(memo.theme.iter().flat_map(|(_, _, problems)| problems.iter().cloned()));
    let is_same_plan =
        theme.as_ref().is_none_or(|theme| theme.plan_digest() == kept.snapshot.theme().plan_digest());
    let mut snapshot = kept.snapshot.again(inputs.clone(), memo.clock());
    let mut differences =
        Differences { files: again.files, theme: theme.is_some(), ..Differences::default() };
    for (source, document) in documents {
        let Some(updated) = snapshot.update(&source, document) else { return Err(kept.listing) };
        differences.updated.push(updated);
        differences.sources.push(source);
    }
    if let Some(theme) = theme {
        snapshot.set_theme(theme);
    }
    if snapshot.theme().is_without_templates() || found.has_errors() {
        return Err(kept.listing);
    }
    if memo.is_checked() {
        check_update(inputs, settings, &kept.listing, &snapshot, memo);
    }
    let plan = is_same_plan.then_some(KeptPlan {
        outputs: kept.outputs,
        found: kept.planned,
        // Static files on disk are copied where they lie, and may be others even in the same theme.
        is_same: !again.files,
    });
    Ok(Begun {
        snapshot,
        listing: kept.listing,
        made_of: kept.made_of,
        found,
        assembled: kept.assembled,
        kept: Some(KeptParts { differences, plan, derived: kept.derived }),
    })
}

impl KeptSite {
    /// The theme, where it is another one.
    fn other_theme(
        &mut self,
        inputs: &SharedInputs,
        settings: &Settings,
        memo: &mut Memo,
    ) -> Option<Arc<LoadedTheme>> {
        if theme_digest(&**inputs, settings, &self.listing) == self.made_of.theme {
            return None;
        }
        let theme = load_theme(inputs, settings, &self.listing, memo, &mut Diagnostics::new());
        self.made_of.theme = memo.theme.as_ref().map_or_else(Digest::default, |(digest, ..)| *digest);
        Some(theme)
    }

    /// Whether anything that was found while the site was assembled and planned speaks of one of these files: stands in
    /// it, in the event that it is a talk of, or names its title.
    fn speaks_of(&self, documents: &[(SitePath, Arc<Document>)]) -> bool {
        let site = self.snapshot.site();
        let spoken_of: Vec<(&SitePath, Option<SitePath>, Option<&str>)> = documents
            .iter()
            .map(|(path, _)| {
                let page = match site.target(path) {
                    Some(Target::Page(id)) => Some(site.page(id)),
                    _ => None,
                };
                let talk = page.filter(|page| page.kind == Kind::Talk);
                let event = talk.and_then(|talk| talk.talk.as_ref()?.event);
                let dir = event.and_then(|event| site.page(site.events[event].page).source.parent());
                (path, dir, page.map(|page| page.title.as_str()))
            })
            .collect();
        let is_of = |path: &SitePath| {
            let is_below =
                |dir: &Option<SitePath>| dir.as_ref().is_some_and(|dir| path.below(dir.as_str()).is_some());
            spoken_of.iter().any(|(own, dir, _)| *own == path || is_below(dir))
        };
        self.assembled.iter().chain(self.planned.iter()).any(|one| {
            one.path.as_ref().is_some_and(is_of)
                || one.labels.iter().any(|label| is_of(&label.path))
                || spoken_of.iter().any(|(.., title)| title.is_some_and(|title| one.message.contains(title)))
        })
    }

    /// Looks at what may have changed. `None` where that cannot be listed, or, without a hint, where files have come or gone.
    fn look_again(
        &mut self,
        inputs: &dyn Inputs,
        settings: &Settings,
        hint: Option<&BTreeSet<SitePath>>,
        now: i128,
    ) -> Option<Again> {
        if let Some(hint) = hint {
            let below = |dir: &str, path: &SitePath| path.below(dir).is_some();
            let (content, other): (BTreeSet<SitePath>, BTreeSet<SitePath>) =
                hint.iter().cloned().partition(|path| below("content", path));
            let is_theme = |path: &SitePath| {
                ["templates", "themes", "assets", "static", "i18n"].iter().any(|dir| below(dir, path))
            };
            // Whatever else is read is looked for among all files.
            let is_known = |path: &SitePath| is_theme(path) || below("data", path);
            if other.iter().all(is_known)
                && let Some(looked) = self.listing.look_again(inputs, &content, now)
            {
                let theme = other.iter().any(is_theme);
                if theme {
                    self.listing.list_theme(inputs, settings, now);
                }
                // Static files, images and data may lie anywhere else, below `themes` too.
                let files = looked.files || other.iter().any(|path| !below("templates", path));
                return Some(Again {
                    pages: looked.pages,
                    files,
                    theme,
                    is_same_listing: looked.is_same_listing,
                });
            }
        }
        let mut found = Diagnostics::new();
        let listing = Listing::new(inputs, settings, now, &mut found);
        if !is_whole(&found) || !listing.has_same_content(&self.listing) {
            return None;
        }
        self.listing = listing;
        Some(Again { pages: self.listing.pages.clone(), files: true, theme: true, is_same_listing: true })
    }

    /// What is wrong with content files, after some of them have changed.
    fn problems<'a>(
        &'a mut self,
        documents: &Documents,
        changed: impl Iterator<Item = &'a SitePath>,
    ) -> impl Iterator<Item = &'a Diagnostics> {
        match self.derived.found.get_mut() {
            None => {
                self.derived.found.get_or_init(|| documents.found());
            }
            Some(known) => {
                for path in changed {
                    match documents.found_in(path) {
                        Some(found) => known.insert(path.clone(), found.clone()),
                        None => known.remove(path),
                    };
                }
            }
        }
        self.derived.found.get().into_iter().flat_map(BTreeMap::values)
    }

    /// Whether something that depends on the date is different at another moment.
    fn is_past_a_boundary(&self, now: Timestamp, documents: &Documents) -> bool {
        let (then, now) = (self.snapshot.instant().as_second(), now.as_second());
        let (from, to) = (then.min(now), then.max(now));
        let boundaries = self.derived.boundaries.get_or_init(|| boundaries(&self.snapshot, documents));
        let next = boundaries.partition_point(|boundary| *boundary <= from);
        boundaries.get(next).is_some_and(|boundary| *boundary <= to)
    }
}

/// Assembles the site anew, and compares all facets that anything rests on.
fn check_update(
    inputs: &SharedInputs,
    settings: &Settings,
    listing: &Listing,
    updated: &SiteSnapshot,
    memo: &Memo,
) {
    let sources = memo.documents.sources();
    let (site, _) = crate::site::assemble_sources(&**inputs, settings, listing, sources);
    let anew = updated.with_site(site);
    let differs = |name: &&ssg_render::FacetName| {
        use ssg_engine::FacetName;
        !name.is_of_files() && name.digest(updated) != name.digest(&anew)
    };
    let wrong: Vec<_> = memo.engine.facets().filter(differs).collect();
    assert!(wrong.is_empty(), "an update gives other facets than an assembly: {wrong:?}");
}

/// The moments at which something depends on the date: when pages are published and expire, when
/// events and their windows begin and end, in the site's zone and in the event's own.
fn boundaries(snapshot: &SiteSnapshot, documents: &Documents) -> Vec<i64> {
    let zone = &snapshot.config().zone();
    let documents: Vec<(&SitePath, Arc<Document>)> = documents.iter().collect();
    let mut moments: Vec<i64> = documents
        .into_par_iter()
        .flat_map_iter(|(path, document)| {
            // The folder of a bundle may bear its date.
            let folder = path.parent().unwrap_or_default();
            let named = [path.file_name(), folder.file_name()];
            let dates = named.map(|name| ssg_parse::read_file_name(name, &[]).date);
            let front = &document.front;
            let written: Vec<When> = dates
                .into_iter()
                .flat_map(|named| ssg_parse::edges(front, named))
                .map(|(_, when)| when)
                .collect();
            let mut zones = vec![zone.clone()];
            let own = front.event.as_deref().and_then(|event| event.timezone.as_ref());
            zones.extend(own.and_then(|name| TimeZone::get(&name.value).ok()));
            let at = move |zone: TimeZone| {
                let written = written.clone();
                written
                    .into_iter()
                    .flat_map(move |when| [when.start(&zone), when.end(&zone), when.end_of_day(&zone)])
            };
            zones.into_iter().flat_map(at).map(|moment| moment.timestamp().as_second())
        })
        .collect();
    // Where the header leaves something out, the event knows.
    let events = &snapshot.site().events;
    let edges = events.iter().flat_map(|event| [&event.start, &event.end]).map(jiff::Zoned::timestamp);
    let later = events.iter().filter_map(ssg_taxonomy::Event::long_over);
    let announced = snapshot.site().announcements().map(|(_, day)| day.timestamp());
    moments.extend(edges.chain(later).chain(announced).map(jiff::Timestamp::as_second));
    moments.sort_unstable();
    moments.dedup();
    moments
}
