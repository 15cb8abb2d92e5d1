//! A compilation that leaves out pages with errors of their own.

use crate::compile::{Compiled, Sink, always_there, count, finish, next_change_of, unpublished};
use crate::load::Listing;
use crate::memo::Memo;
use crate::outputs::{Work, render_outputs};
use crate::settings::Settings;
use crate::site::assemble_anew;
use crate::write::{OutputFile, OutputPath};
use ssg_engine::{Memory, Scope};
use ssg_render::{SharedInputs, plan};
use ssg_source::{Diagnostic, Diagnostics, Severity, SitePath};
use ssg_taxonomy::Site;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Compiles a site without the pages that have errors of their own. Which those are shows only when
/// all are rendered, so this renders more than once, and remembers nothing.
pub(crate) fn compile_without_broken(
    inputs: &SharedInputs,
    settings: &Settings,
    sink: &dyn Sink,
) -> Compiled {
    let mut found = Diagnostics::new();
    let mut broken: BTreeSet<SitePath> = BTreeSet::new();
    loop {
        let mut memo = Memo::new();
        let mut listed = Diagnostics::new();
        let listing = Listing::new(&**inputs, settings, memo.clock(), &mut listed);
        let begun = assemble_anew(inputs, settings, listing, listed, &broken, &mut memo);
        let mut round = begun.found;
        let engine = Arc::new(Memory::default().begin(begun.snapshot, &Scope::All));
        let mut planned = Diagnostics::new();
        let outputs = engine.make(|reads| plan(engine.snapshot(), reads, &mut planned)).value;
        round.extend(planned);
        sink.planned(outputs.len());
        let work = Work::new(&engine, &outputs, &begun.listing, false);
        render_outputs(&work, &mut memo, &Nowhere, &mut round);
        let more = own_errors(&round, engine.snapshot().site(), &broken);
        if more.is_empty() {
            let mut again = Diagnostics::new();
            sink.expect(&mut always_there(&outputs));
            let done = render_outputs(&work, &mut Memo::new(), sink, &mut again);
            found.extend(round);
            let compiled = finish(settings, found, count(&outputs), done.rendered, broken);
            let unpublished = Some(unpublished(engine.snapshot(), &outputs));
            let next_change = next_change_of(engine.snapshot().site());
            return Compiled { unpublished, next_change, ..compiled };
        }
        // What pointed at the pages that are left out is judged anew.
        keep_own(&mut found, round, &more);
        broken.extend(more);
    }
}

/// Takes nothing.
pub(crate) struct Nowhere;

impl Sink for Nowhere {
    fn planned(&self, _: usize) {}
    fn keep(&self, _: &[(OutputPath, [u8; 32])]) -> bool {
        false
    }
    fn take(&self, _: OutputFile) -> Option<[u8; 32]> {
        None
    }
}

/// Content files that have an error of their own and are not left out yet.
fn own_errors(found: &Diagnostics, site: &Site, broken: &BTreeSet<SitePath>) -> BTreeSet<SitePath> {
    found
        .iter()
        .filter(|one| one.severity == Severity::Error)
        .filter_map(|one| one.path.clone())
        .filter(|path| path.below("content").is_some() && !broken.contains(path))
        .filter(|path| site.target(path).is_some())
        .collect()
}

/// Keeps what was found about the files that are left out: it will not be found again.
fn keep_own(found: &mut Diagnostics, round: Diagnostics, left_out: &BTreeSet<SitePath>) {
    let own = |one: &Diagnostic| one.path.as_ref().is_some_and(|path| left_out.contains(path));
    found.extend(round.into_iter().filter(own));
}
