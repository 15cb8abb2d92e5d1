//! The whole story of a build.

use crate::load::load;
use crate::settings::Settings;
use crate::write::{Body, OutputFile, OutputPath};
use rayon::prelude::*;
use ssg_highlight::Highlighter;
use ssg_render::{Output, OutputKind, Rendered, SharedInputs, Theme, World, plan, render};
use ssg_source::{Diagnostic, Diagnostics, Severity, SitePath, Span};
use ssg_taxonomy::{AssembleOptions, Site, assemble};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Takes every output as soon as it is rendered, from any thread.
pub trait Sink: Sync {
    /// How many outputs there will be.
    fn planned(&self, count: usize);
    /// Takes one.
    fn take(&self, file: OutputFile);
}

/// What a compilation found and made.
#[derive(Debug)]
pub struct Compiled {
    /// Everything that was found, sorted.
    pub diagnostics: Diagnostics,
    /// How many outputs of each kind were handed to the sink.
    pub counts: Counts,
    /// Files that were left out because of errors of their own.
    pub skipped: Vec<SitePath>,
}

/// Numbers for the line at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pages, talks and events among them.
    pub pages: usize,
    /// Lists: sections, taxonomies, terms, the archive.
    pub lists: usize,
    /// Everything else.
    pub files: usize,
}

/// Compiles a site: load → parse → assemble → plan → render. Outputs go to `sink`; nothing else
/// leaves this function, and nothing but `inputs` enters it.
#[must_use]
pub fn compile(inputs: &SharedInputs, settings: &Settings, sink: &dyn Sink) -> Compiled {
    let mut found = Diagnostics::new();
    let mut broken: BTreeSet<SitePath> = BTreeSet::new();
    loop {
        let mut round = Diagnostics::new();
        let site = assemble_site(&**inputs, settings, &broken, &mut round);
        let theme = Theme::load(&**inputs, &settings.config, &settings.theme, &mut round);
        let highlighter = Arc::new(Highlighter::new());
        let world = Arc::new(World::new(
            settings.config.clone(),
            site,
            theme,
            inputs.clone(),
            highlighter,
            &mut round,
        ));
        let outputs = plan(&world, &mut round);
        sink.planned(outputs.len());
        if !settings.overrides.skip_broken {
            render_all(&world, &outputs, Some(sink), &mut round);
            found.extend(round);
            return finish(settings, found, count(&outputs), broken);
        }
        // Which pages have errors shows only when all are rendered: the first rounds look for them.
        render_all(&world, &outputs, None, &mut round);
        let more = own_errors(&round, &world.site, &broken);
        if more.is_empty() {
            render_all(&world, &outputs, Some(sink), &mut Diagnostics::new());
            found.extend(round);
            return finish(settings, found, count(&outputs), broken);
        }
        // Pages with errors of their own are left out, and what pointed at them is judged anew.
        keep_own(&mut found, round, &more);
        broken.extend(more);
    }
}

/// Loads, parses and assembles; `left_out` are content files to pass over.
#[must_use]
pub fn assemble_site(
    inputs: &dyn ssg_source::Inputs,
    settings: &Settings,
    left_out: &BTreeSet<SitePath>,
    found: &mut Diagnostics,
) -> Site {
    let mut loaded = load(inputs, &settings.config, found);
    for source in loaded.sources.iter_mut().filter(|source| left_out.contains(&source.path)) {
        source.document = Arc::new(ssg_parse::Document { broken: true, ..(*source.document).clone() });
    }
    let options = AssembleOptions {
        instant: inputs.instant(),
        drafts: settings.overrides.drafts,
        future: settings.overrides.future,
        expired: settings.overrides.expired,
        skip_broken: settings.overrides.skip_broken,
    };
    assemble(&settings.config, &options, loaded.sources, loaded.assets, found)
}

/// Renders every output in parallel and hands each to `sink` at once, so that none is held longer
/// than it takes to write it. Without a sink it only looks for what is wrong.
fn render_all(world: &Arc<World>, outputs: &[Output], sink: Option<&dyn Sink>, found: &mut Diagnostics) {
    if world.is_without_templates() {
        return;
    }
    let problems: Vec<Diagnostics> = outputs
        .par_iter()
        .map(|output| {
            let (rendered, problems) = render(world, output);
            if let (Some(sink), Some(rendered)) = (sink, rendered) {
                hand_over(output, rendered, sink);
            }
            problems
        })
        .collect();
    found.extend(problems.into_iter().flatten());
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

fn hand_over(output: &Output, rendered: Rendered, sink: &dyn Sink) {
    let send = |name: &str, body: Body| {
        if let Ok(path) = OutputPath::new(name) {
            sink.take(OutputFile { path, body, hash: None });
        }
    };
    match rendered {
        Rendered::Bytes(bytes) => send(&output.file, Body::Bytes(bytes)),
        Rendered::Copy(path) => send(&output.file, Body::Copy(path)),
        Rendered::Several(files) => {
            for (name, bytes) in files {
                send(&name, Body::Bytes(bytes));
            }
        }
    }
}

fn count(outputs: &[Output]) -> Counts {
    let mut counts = Counts::default();
    for output in outputs {
        match output.kind {
            OutputKind::Page(_) => counts.pages += 1,
            OutputKind::Section(..)
            | OutputKind::Taxonomy(_)
            | OutputKind::Term(..)
            | OutputKind::Archive => {
                counts.lists += 1;
            }
            _ => counts.files += 1,
        }
    }
    counts
}

/// One mistake in a template is one error, however many outputs it breaks.
fn fold_template_errors(found: &mut Diagnostics) {
    let mut seen: HashMap<(Option<SitePath>, Option<Span>, String), usize> = HashMap::new();
    let key = |one: &Diagnostic| (one.path.clone(), one.span, one.message.clone());
    for one in found.iter().filter(|one| one.code == "template") {
        *seen.entry(key(one)).or_default() += 1;
    }
    let mut shown: HashSet<(Option<SitePath>, Option<Span>, String)> = HashSet::new();
    found.retain(|one| one.code != "template" || shown.insert(key(one)));
    for one in found.iter_mut().filter(|one| one.code == "template") {
        if let Some(count) = seen.get(&key(one)).copied().filter(|count| *count > 1) {
            one.hints.push(format!("it breaks {count} outputs"));
        }
    }
}

fn finish(
    settings: &Settings,
    mut found: Diagnostics,
    counts: Counts,
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
    Compiled { diagnostics: found, counts, skipped: broken.into_iter().collect() }
}
