//! A compilation that leaves out pages with errors of their own.

use crate::compiled::{Compiled, costs_no_page, finish, unpublished};
use crate::load::Listing;
use crate::memo::Memo;
use crate::outputs::render_outputs;
use crate::settings::Settings;
use crate::sink::{Nowhere, Sink};
use crate::site::assemble_anew;
use crate::summary::{always_there, count, next_change_of};
use crate::work::Work;
use ssg_engine::{Memory, Scope};
use ssg_render::{Output, SharedInputs, plan};
use ssg_source::{Diagnostic, Diagnostics, Severity, SitePath};
use ssg_taxonomy::Site;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Compiles a site without what has errors of its own: pages, and outputs of no page, such as lists,
/// that cannot be rendered. Which those are shows only when all are rendered, so this renders more than
/// once, and remembers nothing.
pub(crate) fn compile_without_broken(
    inputs: &SharedInputs,
    settings: &Settings,
    sink: &dyn Sink,
) -> Compiled {
    let mut found = Diagnostics::new();
    let mut broken: BTreeSet<SitePath> = BTreeSet::new();
    let mut dropped: BTreeSet<String> = BTreeSet::new();
    // What keeps outputs from being rendered that are nobody's own.
    let mut undrawn = Diagnostics::new();
    loop {
        let mut memo = Memo::new();
        let mut listed = Diagnostics::new();
        let listing = Listing::new(&**inputs, settings, memo.clock(), &mut listed);
        let begun = assemble_anew(inputs, settings, listing, listed, &broken, &mut memo);
        let mut round = begun.found;
        let engine = Arc::new(Memory::default().begin(begun.snapshot, &Scope::All));
        let mut planned = Diagnostics::new();
        let mut outputs = engine.make(|reads| plan(engine.snapshot(), reads, &mut planned)).value;
        outputs.retain(|output| !dropped.contains(&output.file));
        round.extend(planned);
        sink.planned(outputs.len());
        let work = Work::new(&engine, &outputs, &begun.listing, false);
        let done = render_outputs(&work, &mut memo, &Nowhere, &mut round);
        let site = engine.snapshot().site();
        let more = own_errors(&round, settings, site, &broken);
        if more.is_empty() && done.failed.is_empty() {
            let mut again = Diagnostics::new();
            sink.expect(&mut always_there(&outputs));
            let done = render_outputs(&work, &mut Memo::new(), sink, &mut again);
            found.extend(round);
            let counts = count(&outputs);
            // Where no page is left, it is not the pages that are broken; lists are always there.
            if counts.pages > 0 {
                undrawn.iter_mut().for_each(|one| one.severity = Severity::Warning);
            }
            found.extend(undrawn);
            let compiled = finish(settings, found, counts, done.rendered, broken);
            let unpublished = Some(unpublished(engine.snapshot(), &outputs));
            let next_change = next_change_of(site);
            return Compiled { unpublished, dropped: dropped.into_iter().collect(), next_change, ..compiled };
        }
        if more.is_empty() {
            let mut pages = BTreeSet::new();
            // Errors in what the pages are drawn with: the page goes for which it does not work.
            for (file, problems) in done.failed {
                let source = source_of(&outputs, &file).filter(|source| !broken.contains(*source));
                match source.filter(|source| site.target(source).is_some()) {
                    Some(source) => drop(pages.insert(source.clone())),
                    None => drop(dropped.insert(file)),
                }
                undrawn.extend(problems);
            }
            broken.append(&mut pages);
        } else {
            // What pointed at the pages that are left out is judged anew.
            keep_own(&mut found, round, &more);
            broken.extend(more);
        }
    }
}

/// The content file of an output that is a page or belongs to one.
fn source_of<'o>(outputs: &'o [Output], file: &str) -> Option<&'o SitePath> {
    let output = outputs.iter().find(|output| output.file == file)?;
    output.source.as_ref().filter(|source| source.below("content").is_some())
}

/// Content files that have an error of their own and are not left out yet. The page of a term stays, and its error with
/// it, where terms of its taxonomy are hidden: it may have the other names of one.
fn own_errors(
    found: &Diagnostics,
    settings: &Settings,
    site: &Site,
    broken: &BTreeSet<SitePath>,
) -> BTreeSet<SitePath> {
    let may_hide = |path: &SitePath| {
        let taxonomy = path.below("content").and_then(|below| below.split('/').next());
        let options = taxonomy.and_then(|name| settings.config.taxonomy(name));
        options.is_some_and(|options| !options.unpublish.is_empty())
    };
    found
        .iter()
        .filter(|one| one.severity == Severity::Error && !costs_no_page(one))
        .filter_map(|one| one.path.clone())
        .filter(|path| path.below("content").is_some() && !broken.contains(path) && !may_hide(path))
        .filter(|path| site.target(path).is_some())
        .collect()
}

/// Keeps what was found about the files that are left out: it will not be found again.
fn keep_own(found: &mut Diagnostics, round: Diagnostics, left_out: &BTreeSet<SitePath>) {
    let own = |one: &Diagnostic| one.path.as_ref().is_some_and(|path| left_out.contains(path));
    found.extend(round.into_iter().filter(own));
}
