//! The whole story of a build.

use crate::kept_site::{KeptSite, Plan};
use crate::load::{Listing, theme_digest};
use crate::memo::{Cause, LastBuild, Memo};
use crate::onlooker::Onlooker;
use crate::outputs::{Work, render_outputs};
use crate::settings::{Overrides, Settings};
use crate::site::{Begun, assemble_anew};
use crate::without_broken::compile_without_broken;
use crate::write::{OutputFile, OutputPath};
use serde::{Deserialize, Serialize};
use ssg_engine::Scope;
use ssg_render::{Class, Output, SharedInputs, SiteSnapshot, plan};
use ssg_source::{Diagnostic, Diagnostics, Digest, Digester, Severity, SitePath, Span, codes};
use ssg_taxonomy::{Kind, Site};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Takes every output as soon as it is rendered, from any thread.
pub trait Sink: Sync {
    /// How many outputs there will be.
    fn planned(&self, count: usize);
    /// Files that the output will have in any case: to remove one of them is a fault, never a wish.
    fn expect(&self, _: &mut dyn Iterator<Item = &str>) {}
    /// Whether these files, with these digests (BLAKE3), are there already and stay; then they need
    /// not be rendered.
    fn keep(&self, files: &[(OutputPath, [u8; 32])]) -> bool;
    /// Takes one; gives its digest back where that is known now.
    fn take(&self, file: OutputFile) -> Option<[u8; 32]>;
    /// Told before anything is rendered that there are errors, so that nothing will come of it.
    fn fails(&self) {}
    /// Who looks on, if anybody does.
    fn onlooker(&self) -> Option<&dyn Onlooker> {
        None
    }
}

/// What a compilation found and made.
#[derive(Debug)]
pub struct Compiled {
    /// Everything that was found, sorted.
    pub diagnostics: Diagnostics,
    /// How many outputs of each kind there are.
    pub counts: Counts,
    /// The outputs that were rendered, sorted, with the reason; all others were reused or copied.
    pub rendered: Vec<(String, Cause)>,
    /// How many outputs were the same as before and not rendered.
    pub reused: usize,
    /// Pages that only flags let in, by file: `draft` or `scheduled`. `None` when nothing has changed
    /// since the last compilation.
    pub unpublished: Option<Vec<(String, &'static str)>>,
    /// When the site changes next though no file does, in RFC 3339, and why.
    pub next_change: Option<(String, String)>,
    /// Files that were left out because of errors of their own.
    pub skipped: Vec<SitePath>,
    /// Outputs of no content file that were left out because they cannot be rendered.
    pub dropped: Vec<String>,
    /// Outputs are missing: the sink wanted no more of them ([`Onlooker::is_full`]).
    pub cut: bool,
}

/// Numbers for the line at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Pages, talks and events among them.
    pub pages: usize,
    /// Lists: sections, taxonomies, terms, the archive.
    pub lists: usize,
    /// Everything else.
    pub files: usize,
    /// How many of all these are rendered; the others are copied as they are.
    pub rendered: usize,
}

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
    // A server has the site of its last compilation, and mostly a file or two that are others.
    if let Some(begun) = KeptSite::resume(inputs, settings, memo) {
        return render_site(begun, settings, memo, sink);
    }
    let mut found = Diagnostics::new();
    let listing = Listing::new(&**inputs, settings, memo.clock(), &mut found);
    let theme = theme_digest(&**inputs, settings, &listing);
    let made_of = Digester::new().digest(config_digest(settings)).digest(theme).done();
    // Most builds on a server of CI find nothing to do.
    if found.is_empty()
        && let Some(last) = memo.last_build.as_ref().filter(|last| last.is_of(&**inputs, &listing, made_of))
        && last.keep_all(sink)
    {
        let (counts, found) = (last.counts, last.found.clone());
        let next_change = last.next.clone();
        return Compiled { next_change, ..finish(settings, found, counts, Vec::new(), BTreeSet::new()) };
    }
    memo.unfold();
    let begun = assemble_anew(inputs, settings, listing, found, &BTreeSet::new(), memo);
    render_site(begun, settings, memo, sink)
}

/// Plans and renders a site that is loaded and assembled.
fn render_site(begun: Begun, settings: &Settings, memo: &mut Memo, sink: &dyn Sink) -> Compiled {
    let Begun { snapshot, listing, made_of, mut found, assembled, kept, .. } = begun;
    let differences = kept.as_ref().map(|kept| &kept.differences);
    let may_differ = |name: &_| differences.is_none_or(|differences| differences.may_touch(name));
    let scope = if differences.is_some() { Scope::Where(&may_differ) } else { Scope::All };
    let engine = Arc::new(std::mem::take(&mut memo.engine).begin(snapshot, &scope));
    let (plan_before, derived) = kept.map_or((None, None), |kept| (kept.plan, Some(kept.derived)));
    let (outputs, planned, is_same_plan) = match plan_before {
        Some(plan) => (plan.outputs, plan.found, plan.is_same),
        None => {
            let mut planned = Diagnostics::new();
            let outputs = engine.make(|reads| plan(engine.snapshot(), reads, &mut planned)).value;
            (outputs, planned, false)
        }
    };
    found.extend(planned.clone());
    sink.planned(outputs.len());
    sink.expect(&mut always_there(&outputs));
    let work = Work::new(&engine, &outputs, &listing, is_same_plan);
    let done = render_outputs(&work, memo, sink, &mut found);
    let last = LastBuild::of(engine.snapshot(), &listing, made_of.digest(), &outputs, &done, memo, &found);
    let snapshot = memo.end(engine);
    let last = last.filter(|_| made_of.is_certain && memo.engine.is_certain());
    memo.last_build = last.map(|last| last.resting_on(memo.engine.facets().cloned(), &snapshot));
    let unpublished = unpublished(&snapshot, &outputs);
    let next_change = next_change_of(snapshot.site());
    let counts = count(&outputs);
    let plan = Plan { outputs, found: planned };
    memo.kept = KeptSite::keep(made_of, listing, snapshot, plan, assembled, derived, memo);
    let cut = done.cut;
    let compiled = finish(settings, found, counts, done.rendered, BTreeSet::new());
    Compiled { unpublished: Some(unpublished), next_change, cut, ..compiled }
}

/// The outputs of pages that a build without flags would withhold.
pub(crate) fn unpublished(snapshot: &SiteSnapshot, outputs: &[Output]) -> Vec<(String, &'static str)> {
    let why = |output: &Output| {
        let page = snapshot.site().page(snapshot.facets().page_id(&output.kind.page()?)?);
        let publish_at = page.document.front.publish_at.as_ref();
        let from = publish_at.map(|when| when.value.start(&snapshot.config().zone()).timestamp());
        let dated = matches!(page.kind, Kind::Post | Kind::Page).then_some(page.date.as_ref()).flatten();
        let from = from.or(dated.map(jiff::Zoned::timestamp));
        let is_ahead = from.is_some_and(|from| from > snapshot.instant());
        let badge = if page.draft { Some("draft") } else { is_ahead.then_some("scheduled") };
        badge.map(|badge| (output.file.clone(), badge))
    };
    outputs.iter().filter_map(why).collect()
}

/// A digest of the configuration and of the flags.
pub(crate) fn config_digest(settings: &Settings) -> Digest {
    let Overrides { base_url: _, drafts, future, expired, skip_broken: _, strict: _ } = settings.overrides;
    let mut digester = Digester::new();
    digester.value(&settings.config).text(&format!("{:?}", settings.theme));
    digester.flag(drafts).flag(future).flag(expired).done()
}

/// The files of outputs that a build never lacks.
pub(crate) fn always_there(outputs: &[Output]) -> impl Iterator<Item = &str> {
    outputs.iter().filter(|output| !output.kind.is_optional()).map(|output| output.file.as_str())
}

/// When the site changes next though no file does, and why.
pub(crate) fn next_change_of(site: &Site) -> Option<(String, String)> {
    site.next_change().map(|next| (ssg_render::rfc3339(&next.at), next.reason.clone()))
}

pub(crate) fn count(outputs: &[Output]) -> Counts {
    let mut counts = Counts::default();
    for output in outputs {
        counts.rendered += usize::from(output.kind.is_rendered());
        match output.kind.class() {
            Class::Page => counts.pages += 1,
            Class::List => counts.lists += 1,
            Class::File => counts.files += 1,
        }
    }
    counts
}

/// Whether a mistake breaks every output that uses what has it.
fn is_of_many(one: &Diagnostic) -> bool {
    one.code == codes::TEMPLATE || (one.code == codes::CARDS && one.severity == Severity::Error)
}

/// One mistake in a template is one error, however many outputs it breaks.
fn fold_template_errors(found: &mut Diagnostics) {
    let mut seen: HashMap<(Option<SitePath>, Option<Span>, String), usize> = HashMap::new();
    let key = |one: &Diagnostic| (one.path.clone(), one.span, one.message.clone());
    for one in found.iter().filter(|one| is_of_many(one)) {
        *seen.entry(key(one)).or_default() += 1;
    }
    let mut shown: HashSet<(Option<SitePath>, Option<Span>, String)> = HashSet::new();
    found.retain(|one| !is_of_many(one) || shown.insert(key(one)));
    for one in found.iter_mut().filter(|one| is_of_many(one)) {
        if let Some(count) = seen.get(&key(one)).copied().filter(|count| *count > 1) {
            one.hints.push(format!("it breaks {count} outputs"));
        }
    }
}

pub(crate) fn finish(
    settings: &Settings,
    mut found: Diagnostics,
    counts: Counts,
    rendered: Vec<(String, Cause)>,
    broken: BTreeSet<SitePath>,
) -> Compiled {
    if settings.overrides.skip_broken {
        // What is left out was asked to be: it is named, and no reason to fail.
        for one in found.iter_mut().filter(|one| one.path.as_ref().is_some_and(|path| broken.contains(path)))
        {
            one.severity = Severity::Warning;
        }
    }
    if settings.overrides.strict {
        found.make_strict();
    }
    found.sort();
    fold_template_errors(&mut found);
    Compiled {
        diagnostics: found,
        counts,
        reused: counts.rendered.saturating_sub(rendered.len()),
        rendered,
        unpublished: None,
        next_change: None,
        skipped: broken.into_iter().collect(),
        dropped: Vec::new(),
        cut: false,
    }
}
