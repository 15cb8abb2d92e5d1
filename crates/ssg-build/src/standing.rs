//! The site of the last compilation in this process, for the next one.
//!
//! Whoever has a site open saves a file at a time. Listing, loading and assembling all others again
//! would give the same; so the world stays, and is mended where it can be. That is a shorter way to
//! the same end, not another one: questions, records and rendering are those of every build, and
//! where it cannot be told that the site stands, everything is done.

use crate::compile::{Compiled, Sink, config_digest, count, finish, load_look, next_change_of};
use crate::load::{Listing, look_digest};
use crate::memo::{Documents, Memo};
use crate::outputs::{Work, render_outputs};
use crate::settings::Settings;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use ssg_parse::{Document, When};
use ssg_render::{Differences, Look, Output, SharedInputs, World, parse_options, plan};
use ssg_source::{Diagnostics, Digest, Entry, Inputs, SitePath};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A site that was compiled, and all that went into it.
pub(crate) struct Standing {
    /// Configuration and flags.
    config: Digest,
    look: Digest,
    listing: Listing,
    world: Arc<World>,
    outputs: Vec<Output>,
    /// Their numbers by file, of those that are rendered; made when they are first needed.
    numbers: OnceCell<HashMap<String, usize>>,
    /// What is wrong with content files by themselves, of those that have anything; made when it is
    /// first needed.
    loaded: OnceCell<BTreeMap<SitePath, Diagnostics>>,
    /// What was found while the site was assembled and its outputs were planned.
    assembled: Diagnostics,
    planned: Diagnostics,
    /// Pages that only flags let in; what decides that is what it was.
    unpublished: Vec<(String, &'static str)>,
    /// Moments, in seconds since 1970, at which something depends on the date: sorted. Made when they
    /// are first needed, since most processes compile once.
    edges: OnceCell<Vec<i64>>,
}

/// What is to be looked at again.
struct Again {
    pages: Vec<Entry>,
    /// Whether files that are copied, or read while outputs are rendered, may be others.
    files: bool,
    /// Whether the look may be another.
    look: bool,
}

impl Standing {
    /// Keeps a site, if nothing that was wrong with it stands in the way.
    pub(crate) fn new(
        config: Digest,
        look: Digest,
        listing: Listing,
        world: Arc<World>,
        outputs: Vec<Output>,
        (assembled, planned): (Diagnostics, Diagnostics),
        unpublished: Vec<(String, &'static str)>,
    ) -> Option<Self> {
        if assembled.has_errors() || planned.has_errors() || world.is_without_templates() {
            return None;
        }
        let (numbers, edges, loaded) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Some(Self {
            config,
            look,
            listing,
            world,
            outputs,
            numbers,
            loaded,
            assembled,
            planned,
            unpublished,
            edges,
        })
    }

    /// Looks at what may have changed. `None` where files have come or gone.
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
            let is_look = |path: &SitePath| {
                ["templates", "themes", "assets", "static", "i18n"].iter().any(|dir| below(dir, path))
            };
            // Whatever else is read is looked for among all files.
            let is_known = |path: &SitePath| is_look(path) || below("data", path);
            if other.iter().all(is_known)
                && let Some(pages) = self.listing.look_again(inputs, &content, now)
            {
                let look = other.iter().any(is_look);
                if look {
                    self.listing.list_theme(inputs, settings, now);
                }
                // Static files, images and data may lie anywhere else, below `themes` too.
                let files = other.iter().any(|path| !below("templates", path));
                return Some(Again { pages, files, look });
            }
        }
        let mut found = Diagnostics::new();
        let listing = Listing::new(inputs, settings, now, &mut found);
        if !found.is_empty() || !listing.has_same_content(&self.listing) {
            return None;
        }
        self.listing = listing;
        Some(Again { pages: self.listing.pages.clone(), files: true, look: true })
    }
}

/// Compiles with the site of the last compilation. `None` where it does not stand any more; then it
/// is dropped.
pub(crate) fn recompile(
    inputs: &SharedInputs,
    settings: &Settings,
    memo: &mut Memo,
    sink: &dyn Sink,
) -> Option<Compiled> {
    let hint = memo.hint.take();
    let mut standing = memo.standing.take()?;
    if standing.config != config_digest(settings)
        || standing.is_past_an_edge(inputs.instant(), &memo.documents)
    {
        return None;
    }
    let again = standing.look_again(&**inputs, settings, hint.as_ref(), memo.clock())?;
    let options = parse_options(&settings.config);
    let documents = memo.documents.reload(&**inputs, &again.pages, &options, memo.clock())?;
    memo.changed |= !documents.is_empty();
    if standing.assembled.iter().chain(standing.planned.iter()).any(|one| {
        let is_of = |path: Option<&SitePath>| {
            path.is_some_and(|path| documents.iter().any(|(changed, _)| changed == path))
        };
        is_of(one.path.as_ref()) || one.labels.iter().any(|label| is_of(Some(&label.path)))
    }) {
        // What was said of the file may be mended, or stand elsewhere now.
        return None;
    }
    let mut found = Diagnostics::new();
    found.extend(standing.assembled.clone());
    let loaded = standing.problems(&memo.documents, documents.iter().map(|(path, _)| path));
    found.extend(loaded.flat_map(|found| found.iter().cloned()));
    let mut look = None;
    if again.look {
        let digest = look_digest(&**inputs, settings, &standing.listing);
        if digest != standing.look {
            look = Some(load_look(inputs, settings, &standing.listing, memo, &mut Diagnostics::new()));
            standing.look = memo.look.as_ref().map_or_else(Digest::default, |(digest, ..)| *digest);
        }
    }
    found.extend(memo.look.iter().flat_map(|(_, _, problems)| problems.iter().cloned()));
    // Static files on disk are copied where they lie, and may be others even in the same look.
    let mut is_same_plan = !again.files;
    let is_other_plan = look
        .as_ref()
        .is_some_and(|look: &Arc<Look>| look.files_digest() != standing.world.look.files_digest());
    let world = Arc::get_mut(&mut standing.world)?;
    let differences = world.mend(inputs.clone(), memo.clock(), documents, look, again.files)?;
    if world.is_without_templates() || found.has_errors() {
        return None;
    }
    if is_other_plan {
        standing.planned = Diagnostics::new();
        standing.outputs = plan(&standing.world, &mut standing.planned);
        standing.numbers = OnceCell::new();
        is_same_plan = false;
    }
    found.extend(standing.planned.clone());
    Some(standing.render(settings, &differences, is_same_plan, found, memo, sink))
}

impl Standing {
    /// Renders what is different, and keeps the site for the next time.
    fn render(
        self,
        settings: &Settings,
        differences: &Differences,
        is_same_plan: bool,
        mut found: Diagnostics,
        memo: &mut Memo,
        sink: &dyn Sink,
    ) -> Compiled {
        sink.planned(self.outputs.len());
        let work = Work {
            differences: Some(differences),
            same: is_same_plan.then(|| self.numbers.get_or_init(|| numbers(&self.outputs))),
            ..Work::new(&self.world, &self.outputs, &self.listing)
        };
        memo.whole = None;
        let done = render_outputs(&work, memo, sink, &mut found);
        let counts = count(&self.outputs);
        let next_change = next_change_of(&self.world);
        let unpublished = self.unpublished.clone();
        if !self.planned.has_errors() {
            memo.standing = Some(self);
        }
        let compiled = finish(settings, found, counts, done.rendered, BTreeSet::new());
        Compiled { unpublished: Some(unpublished), cut: done.cut, next_change, ..compiled }
    }

    /// What is wrong with content files, after some of them have changed.
    fn problems<'a>(
        &'a mut self,
        documents: &Documents,
        changed: impl Iterator<Item = &'a SitePath>,
    ) -> impl Iterator<Item = &'a Diagnostics> {
        match self.loaded.get_mut() {
            None => {
                self.loaded.get_or_init(|| documents.found());
            }
            Some(loaded) => {
                for path in changed {
                    match documents.found_in(path) {
                        Some(found) => loaded.insert(path.clone(), found.clone()),
                        None => loaded.remove(path),
                    };
                }
            }
        }
        self.loaded.get().into_iter().flat_map(BTreeMap::values)
    }

    /// Whether something that depends on the date is different at another moment.
    fn is_past_an_edge(&self, now: Timestamp, documents: &Documents) -> bool {
        let (then, now) = (self.world.instant.as_second(), now.as_second());
        let (from, to) = (then.min(now), then.max(now));
        let edges = self.edges.get_or_init(|| edges(&self.world, documents));
        let next = edges.partition_point(|edge| *edge <= from);
        edges.get(next).is_some_and(|edge| *edge <= to)
    }
}

fn numbers(outputs: &[Output]) -> HashMap<String, usize> {
    let rendered = outputs.iter().enumerate().filter(|(_, output)| output.kind.is_rendered());
    rendered.map(|(number, output)| (output.file.clone(), number)).collect()
}

/// The moments at which something depends on the date: when pages are published and expire, when
/// events and their windows begin and end, in the site's zone and in the event's own.
fn edges(world: &World, documents: &Documents) -> Vec<i64> {
    let zone = &world.config.zone();
    let documents: Vec<(&SitePath, Arc<Document>)> = documents.iter().collect();
    let mut edges: Vec<i64> = documents
        .into_par_iter()
        .flat_map_iter(|(path, document)| {
            // The folder of a bundle may bear its date.
            let folder = path.parent().unwrap_or_default();
            let named = [path.file_name(), folder.file_name()];
            let dates = named.map(|name| ssg_parse::read_file_name(name, &[]).date);
            let front = &document.front;
            let moments: Vec<When> = dates
                .into_iter()
                .flat_map(|named| ssg_parse::edges(front, named))
                .map(|(_, when)| when)
                .collect();
            let mut zones = vec![zone.clone()];
            let own = front.event.as_ref().and_then(|event| event.timezone.as_ref());
            zones.extend(own.and_then(|name| TimeZone::get(&name.value).ok()));
            let at = move |zone: TimeZone| {
                let moments = moments.clone();
                moments
                    .into_iter()
                    .flat_map(move |when| [when.start(&zone), when.end(&zone), when.end_of_day(&zone)])
            };
            zones.into_iter().flat_map(at).map(|moment| moment.timestamp().as_second())
        })
        .collect();
    // Where the header leaves something out, the event knows.
    let events = world.site.events.iter().flat_map(|event| [&event.start, &event.end]);
    edges.extend(events.map(|moment| moment.timestamp().as_second()));
    edges.sort_unstable();
    edges.dedup();
    edges
}
