//! The whole story of a build.

use crate::load::{Listing, look_digest};
use crate::memo::{Cause, Fresh, Memo, Records, Seen, Whole, look_up, next_change};
use crate::settings::{Overrides, Settings};
use crate::write::{Body, OutputFile, OutputPath};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use ssg_highlight::Highlighter;
use ssg_render::{Look, Output, OutputKind, Rendered, SharedInputs, World, parse_options, plan, render};
use ssg_source::{Diagnostic, Diagnostics, Digest, Digester, Inputs, Severity, SitePath, Span};
use ssg_taxonomy::{AssembleOptions, Kind, Site, assemble};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

/// Takes every output as soon as it is rendered, from any thread.
pub trait Sink: Sync {
    /// How many outputs there will be.
    fn planned(&self, count: usize);
    /// Whether these files, with these digests (BLAKE3), are there already and stay; then they need
    /// not be rendered.
    fn keep(&self, files: &[(OutputPath, [u8; 32])]) -> bool;
    /// Takes one; gives its digest back where that is known now.
    fn take(&self, file: OutputFile) -> Option<[u8; 32]>;
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
    let mut found = Diagnostics::new();
    let listing = Listing::new(&**inputs, settings, memo.clock(), &mut found);
    let settings_digest = settings_digest(&**inputs, settings, &listing);
    if found.is_empty()
        && let Some(compiled) = reuse_whole(inputs, settings, settings_digest, &listing, memo, sink)
    {
        return compiled;
    }
    memo.unfold();
    let clean_listing = found.is_empty();
    let world = build_world(inputs, settings, &listing, &BTreeSet::new(), memo, &mut found);
    let outputs = plan(&world, &mut found);
    sink.planned(outputs.len());
    let done = render_outputs(&world, &outputs, &listing, memo, sink, &mut found);
    memo.whole = (clean_listing && !found.has_errors())
        .then(|| whole(&world, &listing, settings_digest, &outputs, &done, memo, &found))
        .flatten();
    let unpublished = unpublished(&world, &outputs);
    let compiled = finish(settings, found, count(&outputs), done.rendered, BTreeSet::new());
    Compiled { unpublished: Some(unpublished), next_change: next_change_of(&world), ..compiled }
}

/// The outputs of pages that a build without flags would withhold.
fn unpublished(world: &World, outputs: &[Output]) -> Vec<(String, &'static str)> {
    let why = |output: &Output| {
        let OutputKind::Page(id) = output.kind else { return None };
        let page = world.site.page(id);
        let publish_at = page.document.front.publish_at.as_ref();
        let from = publish_at.map(|when| when.value.start(&world.config.zone()).timestamp());
        let dated = matches!(page.kind, Kind::Post | Kind::Page).then_some(page.date.as_ref()).flatten();
        let is_ahead = from.or(dated.map(jiff::Zoned::timestamp)).is_some_and(|from| from > world.instant);
        let badge = if page.draft { Some("draft") } else { is_ahead.then_some("scheduled") };
        badge.map(|badge| (output.file.clone(), badge))
    };
    outputs.iter().filter_map(why).collect()
}

/// All that the site's own files do not say.
fn settings_digest(inputs: &dyn Inputs, settings: &Settings, listing: &Listing) -> Digest {
    let Overrides { base_url: _, drafts, future, expired, skip_broken: _, strict: _ } = settings.overrides;
    let mut digester = Digester::new();
    digester.value(&settings.config).flag(drafts).flag(future).flag(expired);
    digester.digest(look_digest(inputs, settings, listing)).done()
}

/// The last build once more, if nothing has changed since and the sink has all that it gave.
fn reuse_whole(
    inputs: &SharedInputs,
    settings: &Settings,
    settings_digest: Digest,
    listing: &Listing,
    memo: &Memo,
    sink: &dyn Sink,
) -> Option<Compiled> {
    let whole = memo.whole.as_ref().filter(|whole| whole.is_of(&**inputs, listing, settings_digest))?;
    sink.planned(whole.outputs.len() + whole.copies.len());
    let kept = whole.outputs.par_iter().all(|output| sink.keep(std::slice::from_ref(output)))
        && whole.copies.par_iter().all(|(path, _, _, hash)| sink.keep(&[(path.clone(), *hash)]));
    kept.then(|| Compiled {
        next_change: whole.next.clone(),
        ..finish(settings, whole.found.clone(), whole.counts, Vec::new(), BTreeSet::new())
    })
}

/// What a build was made of and gave, where the memo knows all of it.
fn whole(
    world: &World,
    listing: &Listing,
    settings: Digest,
    outputs: &[Output],
    done: &Done,
    memo: &Memo,
    found: &Diagnostics,
) -> Option<Whole> {
    // Of files that are read through the inputs nothing tells later whether they are the same.
    if outputs.iter().any(|output| matches!(output.kind, OutputKind::Input(_))) {
        return None;
    }
    let pages = memo.documents.summary();
    let rendered = outputs.iter().filter(|output| output.kind.is_rendered()).count();
    if !memo.records.are_certain() || memo.records.count() != rendered || pages.len() != listing.pages.len() {
        return None;
    }
    let now = world.instant;
    Some(Whole {
        settings,
        since: now.as_second(),
        until: memo
            .documents
            .iter()
            .map(|(path, document)| next_change(path, &document, now))
            .min()
            .unwrap_or(i64::MAX),
        pages,
        assets: listing.assets_digest(),
        data: memo.records.about_files(),
        outputs: memo.records.given().chain(&done.fixed).cloned().collect(),
        copies: done.copies.clone(),
        found: found.clone(),
        counts: count(outputs),
        next: next_change_of(world),
    })
}

fn next_change_of(world: &World) -> Option<(String, String)> {
    world.site.next_change().map(|next| (ssg_render::rfc3339(&next.at), next.reason.clone()))
}

/// Compiles a site without the pages that have errors of their own. Which those are shows only when
/// all are rendered, so this renders more than once, and remembers nothing.
fn compile_without_broken(inputs: &SharedInputs, settings: &Settings, sink: &dyn Sink) -> Compiled {
    let mut found = Diagnostics::new();
    let mut broken: BTreeSet<SitePath> = BTreeSet::new();
    loop {
        let mut round = Diagnostics::new();
        let mut memo = Memo::new();
        let listing = Listing::new(&**inputs, settings, memo.clock(), &mut round);
        let world = build_world(inputs, settings, &listing, &broken, &mut memo, &mut round);
        let outputs = plan(&world, &mut round);
        sink.planned(outputs.len());
        render_outputs(&world, &outputs, &listing, &mut memo, &Nowhere, &mut round);
        let more = own_errors(&round, &world.site, &broken);
        if more.is_empty() {
            let mut again = Diagnostics::new();
            let done = render_outputs(&world, &outputs, &listing, &mut Memo::new(), sink, &mut again);
            found.extend(round);
            let compiled = finish(settings, found, count(&outputs), done.rendered, broken);
            return Compiled { next_change: next_change_of(&world), ..compiled };
        }
        // What pointed at the pages that are left out is judged anew.
        keep_own(&mut found, round, &more);
        broken.extend(more);
    }
}

/// Takes nothing.
struct Nowhere;

impl Sink for Nowhere {
    fn planned(&self, _: usize) {}
    fn keep(&self, _: &[(OutputPath, [u8; 32])]) -> bool {
        false
    }
    fn take(&self, _: OutputFile) -> Option<[u8; 32]> {
        None
    }
}

/// Loads, parses and assembles, and renders nothing.
#[must_use]
pub fn assemble_site(inputs: &dyn Inputs, settings: &Settings, found: &mut Diagnostics) -> Site {
    let mut memo = Memo::new();
    let listing = Listing::new(inputs, settings, memo.clock(), found);
    load_site(inputs, settings, &listing, &BTreeSet::new(), &mut memo, found)
}

/// The site; `left_out` are content files to pass over.
fn load_site(
    inputs: &dyn Inputs,
    settings: &Settings,
    listing: &Listing,
    left_out: &BTreeSet<SitePath>,
    memo: &mut Memo,
    found: &mut Diagnostics,
) -> Site {
    let options = parse_options(&settings.config);
    let loaded = memo.documents.load(inputs, &listing.pages, &options, memo.clock());
    memo.changed |= loaded.changed;
    found.extend(loaded.found);
    let mut sources = loaded.sources;
    for source in sources.iter_mut().filter(|source| left_out.contains(&source.path)) {
        source.document = Arc::new(ssg_parse::Document { broken: true, ..(*source.document).clone() });
    }
    let options = AssembleOptions {
        instant: inputs.instant(),
        drafts: settings.overrides.drafts,
        future: settings.overrides.future,
        expired: settings.overrides.expired,
        skip_broken: settings.overrides.skip_broken,
    };
    assemble(&settings.config, &options, sources, listing.assets(), found)
}

fn build_world(
    inputs: &SharedInputs,
    settings: &Settings,
    listing: &Listing,
    left_out: &BTreeSet<SitePath>,
    memo: &mut Memo,
    found: &mut Diagnostics,
) -> Arc<World> {
    let site = load_site(&**inputs, settings, listing, left_out, memo, found);
    let look = load_look(inputs, settings, listing, memo, found);
    let highlighter = memo.highlighter.get_or_insert_with(|| Arc::new(Highlighter::new())).clone();
    Arc::new(World::new(settings.config.clone(), site, look, inputs.clone(), highlighter, memo.clock()))
}

/// The look, from the last build in this process where nothing that it is made of has changed.
fn load_look(
    inputs: &SharedInputs,
    settings: &Settings,
    listing: &Listing,
    memo: &mut Memo,
    found: &mut Diagnostics,
) -> Arc<Look> {
    let digest = look_digest(&**inputs, settings, listing);
    if let Some((known, look, problems)) = &memo.look
        && *known == digest
    {
        found.extend(problems.clone());
        return look.clone();
    }
    let mut problems = Diagnostics::new();
    let look = Arc::new(Look::load(&**inputs, &settings.config, &settings.theme, &mut problems));
    found.extend(problems.clone());
    memo.look = Some((digest, look.clone(), problems));
    look
}

/// What was handed to the sink, besides what was kept.
#[derive(Default)]
struct Done {
    /// Outputs that were rendered, sorted, with the reason.
    rendered: Vec<(String, Cause)>,
    /// Files whose bytes come from the theme.
    fixed: Vec<(OutputPath, [u8; 32])>,
    /// Copies of files.
    copies: Vec<(OutputPath, SitePath, Seen, [u8; 32])>,
}

/// What becomes of an output.
enum Fate {
    /// It is the same as before, which is what was wrong with it.
    Kept(Diagnostics),
    /// It is rendered.
    Stale(Cause),
}

/// Hands every output to the sink: what is the same as before is kept, the rest is rendered, in
/// parallel and each at once handed over, so that none is held longer than it takes to write it.
fn render_outputs(
    world: &Arc<World>,
    outputs: &[Output],
    listing: &Listing,
    memo: &mut Memo,
    sink: &dyn Sink,
    found: &mut Diagnostics,
) -> Done {
    let (rendered, copied): (Vec<&Output>, Vec<&Output>) =
        outputs.iter().partition(|output| output.kind.is_rendered());
    if world.is_without_templates() {
        // Nothing is known of the new answers, so nothing of what is remembered may change.
        return copy_outputs(world, &copied, listing, memo, sink, found);
    }
    let changes = memo.records.ask_again(world);
    memo.changed |= changes.any();
    let fates: Vec<Fate> = rendered
        .par_iter()
        .map(|output| match memo.records.judge(output, world.recipe(output), &changes) {
            Ok(record) if sink.keep(&record.files) => Fate::Kept(record.found.clone()),
            Ok(_) => Fate::Stale(Cause::Restored),
            Err(cause) => Fate::Stale(cause),
        })
        .collect();
    let mut stale: Vec<(&Output, Cause)> = Vec::new();
    for (output, fate) in rendered.into_iter().zip(fates) {
        match fate {
            Fate::Kept(problems) => found.extend(problems),
            Fate::Stale(cause) => {
                // Until it is rendered, nothing is known of it.
                memo.records.forget(&output.file);
                stale.push((output, cause));
            }
        }
    }
    let mut done = copy_outputs(world, &copied, listing, memo, sink, found);
    memo.changed |= !stale.is_empty();
    let records = RwLock::new(std::mem::take(&mut memo.records));
    let problems: Vec<Diagnostics> =
        stale.par_iter().map(|(output, cause)| render_one(world, output, cause, &records, sink)).collect();
    memo.records = records.into_inner().unwrap_or_else(PoisonError::into_inner);
    let planned: HashSet<&str> = outputs.iter().map(|output| output.file.as_str()).collect();
    memo.changed |= memo.records.retain(|file| planned.contains(file));
    found.extend(problems.into_iter().flatten());
    done.rendered = stale.into_iter().map(|(output, cause)| (output.file.clone(), cause)).collect();
    done.rendered.sort_by(|a, b| a.0.cmp(&b.0));
    done
}

/// Renders one output, hands it over and remembers what it asked. One with an error is not
/// remembered, so the next build meets the error again.
fn render_one(
    world: &Arc<World>,
    output: &Output,
    cause: &Cause,
    records: &RwLock<Records>,
    sink: &dyn Sink,
) -> Diagnostics {
    let render = render(world, output);
    let Some(rendered) = render.rendered else { return render.found };
    let files = hand_over(output, rendered, sink);
    if !render.found.has_errors() {
        let prepared = records.read().unwrap_or_else(PoisonError::into_inner).prepare(render.asked);
        if let Some(asked) = look_up(world, prepared) {
            let (found, recipe) = (render.found.clone(), world.recipe(output));
            let fresh = Fresh { asked, files, found, cause: cause.clone(), recipe };
            records.write().unwrap_or_else(PoisonError::into_inner).remember(&output.file, fresh);
        }
    }
    render.found
}

/// Hands over what is copied as it is.
fn copy_outputs(
    world: &Arc<World>,
    outputs: &[&Output],
    listing: &Listing,
    memo: &mut Memo,
    sink: &dyn Sink,
    found: &mut Diagnostics,
) -> Done {
    let copies: Vec<_> = outputs
        .par_iter()
        .map(|output| {
            let seen = output.source.as_ref().and_then(|source| Some((source, listing.seen(source)?)));
            match (&output.kind, seen) {
                (OutputKind::Copy(from), Some((source, seen))) => {
                    let hash = memo.copies.digest(source, &seen);
                    let file = OutputPath::new(&output.file).ok();
                    let taken = file.clone().and_then(|path| {
                        sink.take(OutputFile { path, body: Body::Copy(from.clone()), hash })
                    });
                    let copy =
                        file.zip(taken.or(hash)).map(|(path, hash)| (path, source.clone(), seen, hash));
                    (copy, Vec::new(), Diagnostics::new())
                }
                _ => {
                    let render = render(world, output);
                    let files =
                        render.rendered.map_or_else(Vec::new, |rendered| hand_over(output, rendered, sink));
                    (None, files, render.found)
                }
            }
        })
        .collect();
    let mut done = Done::default();
    for (copy, files, problems) in copies {
        done.copies.extend(copy);
        done.fixed.extend(files);
        found.extend(problems);
    }
    let known = done.copies.iter().map(|(_, source, seen, hash)| (source.clone(), (*seen, *hash))).collect();
    memo.changed |= memo.copies.replace(known);
    done
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

/// Hands an output over; gives its files with their digests.
fn hand_over(output: &Output, rendered: Rendered, sink: &dyn Sink) -> Vec<(OutputPath, [u8; 32])> {
    let send = |name: &str, bytes: Arc<[u8]>| {
        let path = OutputPath::new(name).ok()?;
        let hash = *blake3::hash(&bytes).as_bytes();
        sink.take(OutputFile { path: path.clone(), body: Body::Bytes(bytes), hash: Some(hash) });
        Some((path, hash))
    };
    match rendered {
        Rendered::Bytes(bytes) => send(&output.file, bytes).into_iter().collect(),
        Rendered::Copy(from) => {
            if let Ok(path) = OutputPath::new(&output.file) {
                sink.take(OutputFile { path, body: Body::Copy(from), hash: None });
            }
            Vec::new()
        }
        Rendered::Several(files) => {
            files.into_iter().filter_map(|(name, bytes)| send(&name, bytes)).collect()
        }
    }
}

fn count(outputs: &[Output]) -> Counts {
    let mut counts = Counts::default();
    for output in outputs {
        counts.rendered += usize::from(output.kind.is_rendered());
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
    }
}
