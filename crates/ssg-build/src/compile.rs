//! The whole story of a build: load, parse, assemble, plan, render.
//!
//! Every verb that needs a site calls [`compile`], and each stage is told in a module of its own. What comes of it
//! is in `compiled`; where outputs go is the business of the sink.

use crate::compiled::{Compiled, finish, unpublished};
use crate::load::{Listing, is_whole, theme_digest};
use crate::memo::{LastBuild, Memo};
use crate::outputs::render_outputs;
use crate::resume::{Plan, Resumed, keep, resume};
use crate::settings::{Settings, config_digest};
use crate::sink::Sink;
use crate::site::{Begun, assemble_anew};
use crate::summary::{always_there, count, next_change_of};
use crate::without_broken::compile_without_broken;
use crate::work::Work;
use ssg_engine::{Engine, Scope};
use ssg_render::{Output, SharedInputs, SiteSnapshot, plan};
use ssg_source::{Diagnostics, Digest, Digester};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Compiles a site: load → parse → assemble → plan → render. Outputs go to `sink`; nothing else
/// leaves this function, and nothing but `inputs` enters it.
///
/// `memo` decides how much of that has to be done, and never what comes of it: with an empty memo
/// the same files reach the sink, and the same diagnostics come back.
#[must_use]
pub fn compile(inputs: &SharedInputs, settings: &Settings, memo: &mut Memo, sink: &dyn Sink) -> Compiled {
    if settings.overrides.skip_broken {
        return compile_without_broken(inputs, settings, sink);
    }
    let mut found = Diagnostics::new();
    // A server has the site of its last compilation, and mostly a file or two that are others.
    let listing = match resume(inputs, settings, memo) {
        Resumed::Site(begun) => return render_site(*begun, settings, memo, sink),
        Resumed::Listed(listing) => {
            found.extend(listing.said());
            *listing
        }
        Resumed::Nothing => Listing::new(&**inputs, settings, memo.clock(), &mut found),
    };
    let theme = theme_digest(&**inputs, settings, &listing);
    let made_of = Digester::new().digest(config_digest(settings)).digest(theme).done();
    // Most builds on a server of CI find nothing to do.
    if is_whole(&found)
        && let Some(last) = memo
            .last_build
            .as_ref()
            .filter(|last| last.is_of(&**inputs, &listing, made_of) && last.says_all_of(&found))
        && last.keep_all(sink)
    {
        let (counts, found) = (last.counts, last.found.clone());
        let next_change = last.next.clone();
        return Compiled { next_change, ..finish(settings, found, counts, Vec::new(), BTreeSet::new()) };
    }
    let begun = std::thread::scope(|scope| {
        // What is known of outputs is read meanwhile.
        let outputs = memo.unfold_files().map(|outputs| scope.spawn(move || outputs.unfold()));
        let begun = assemble_anew(inputs, settings, listing, found, &BTreeSet::new(), memo);
        if let Some(outputs) = outputs {
            memo.take_outputs(outputs.join().unwrap_or_default());
        }
        begun
    });
    render_site(begun, settings, memo, sink)
}

/// Plans and renders a site that is loaded and assembled.
fn render_site(begun: Begun, settings: &Settings, memo: &mut Memo, sink: &dyn Sink) -> Compiled {
    let Begun { snapshot, listing, made_of, mut found, assembled, kept, .. } = begun;
    let differences = kept.as_ref().map(|kept| &kept.differences);
    let may_differ = |name: &_| differences.is_none_or(|differences| differences.may_touch(name));
    let scope = if differences.is_some() { Scope::Where(&may_differ) } else { Scope::All };
    memo.engine.set_may_be_wrong(memo.may_be_wrong);
    let engine = Arc::new(std::mem::take(&mut memo.engine).begin(snapshot, &scope));
    let (plan_before, derived) = kept.map_or((None, None), |kept| (kept.plan, Some(kept.derived)));
    let (outputs, planned, is_same_plan) = match plan_before {
        Some(plan) => {
            if memo.is_checked() {
                check_plan(&engine, &plan.outputs);
            }
            (plan.outputs, plan.found, plan.is_same)
        }
        None => {
            let mut planned = Diagnostics::new();
            let outputs = engine.make(|reads| plan(engine.snapshot(), reads, &mut planned)).value;
            (outputs, planned, false)
        }
    };
    found.extend(planned.clone());
    sink.planned(outputs.len());
    engine.expect(outputs.len());
    sink.expect(&mut always_there(&outputs));
    let work = Work::new(&engine, &outputs, &listing, is_same_plan);
    let done = render_outputs(&work, memo, sink, &mut found);
    // Whoever looks on has the site, and asks no cache whether it is what it was.
    let last = sink.onlooker().is_none().then(|| {
        LastBuild::of(engine.snapshot(), &listing, made_of.digest(), &outputs, &done.handed, memo, &found)
    });
    let snapshot = memo.end(engine);
    let last = last.flatten().filter(|_| made_of.is_certain && memo.engine.is_certain());
    memo.last_build = last.map(|last| last.resting_on(memo.engine.facets().cloned(), &snapshot));
    let unpublished = unpublished(&snapshot, &outputs);
    let next_change = next_change_of(snapshot.site());
    let counts = count(&outputs);
    let plan = Plan { outputs, found: planned };
    memo.kept = keep(made_of, listing, snapshot, plan, assembled, derived, memo);
    let cut = done.handed.cut;
    let compiled = finish(settings, found, counts, done.rendered, BTreeSet::new());
    Compiled { unpublished: Some(unpublished), next_change, cut, ..compiled }
}

/// Plans anew, and compares the outputs with those of a plan that was kept. Whether a file that is copied lies on disk
/// is looked at while that is planned, and may be another by now.
fn check_plan(engine: &Arc<Engine<SiteSnapshot>>, outputs: &[Output]) {
    let anew = engine.make(|reads| plan(engine.snapshot(), reads, &mut Diagnostics::new())).value;
    let of = |outputs: &[Output]| -> BTreeMap<String, Option<Digest>> {
        let identity = |output: &Output| output.kind.is_rendered().then(|| output.kind.identity());
        outputs.iter().map(|output| (output.file.clone(), identity(output))).collect()
    };
    assert_eq!(of(outputs), of(&anew), "a plan that was kept is not the one that would be made");
}
