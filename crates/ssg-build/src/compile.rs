//! The whole story of a build.

use crate::load::{Listing, look_digest};
use crate::memo::{Cause, Memo, Whole};
use crate::outputs::{Done, Work, render_outputs};
use crate::sass;
use crate::settings::{Overrides, Settings};
use crate::standing::{Standing, recompile};
use crate::without_broken::compile_without_broken;
use crate::write::{OutputFile, OutputPath};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use ssg_highlight::Highlighter;
use ssg_render::{Look, Output, OutputKind, SharedInputs, World, parse_options, plan};
use ssg_source::{Diagnostic, Diagnostics, Digest, Digester, Inputs, Severity, SitePath, Span, codes};
use ssg_taxonomy::{AssembleOptions, Kind, Site, assemble};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Takes every output as soon as it is rendered, from any thread.
pub trait Sink: Sync {
    /// How many outputs there will be.
    fn planned(&self, count: usize);
    /// Whether these files, with these digests (BLAKE3), are there already and stay; then they need
    /// not be rendered.
    fn keep(&self, files: &[(OutputPath, [u8; 32])]) -> bool;
    /// Takes one; gives its digest back where that is known now.
    fn take(&self, file: OutputFile) -> Option<[u8; 32]>;
    /// Told before anything is rendered that there are errors, so that nothing will come of it.
    fn fails(&self) {}
    /// Whether all files of the last compilation are there and stay but for those that are handed over
    /// now, so that the others need not be named.
    fn stays(&self) -> bool {
        false
    }
    /// An output, by its file, that somebody is waiting for: it is rendered before others. Asked before
    /// each; where it need not be rendered, the next is asked for.
    fn wanted(&self) -> Option<String> {
        None
    }
    /// Whether to render no more than what is wanted, since things have changed meanwhile. The next
    /// compilation does what this one left undone.
    fn is_full(&self) -> bool {
        false
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
    /// Outputs are missing: the sink wanted no more of them ([`Sink::is_full`]).
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
    if let Some(compiled) = recompile(inputs, settings, memo, sink) {
        return compiled;
    }
    let mut found = Diagnostics::new();
    let listing = Listing::new(&**inputs, settings, memo.clock(), &mut found);
    let config = config_digest(settings);
    let look = look_digest(&**inputs, settings, &listing);
    let settings_digest = Digester::new().digest(config).digest(look).done();
    if found.is_empty()
        && let Some(compiled) = reuse_whole(inputs, settings, settings_digest, &listing, memo, sink)
    {
        return compiled;
    }
    memo.unfold();
    let clean_listing = found.is_empty();
    let (world, assembled) = build_world(inputs, settings, &listing, &BTreeSet::new(), memo, &mut found);
    let is_certain_look = memo.look.as_ref().is_some_and(|(known, ..)| *known == look);
    let look = if is_certain_look { look } else { Digest::default() };
    let mut planned = Diagnostics::new();
    let outputs = plan(&world, &mut planned);
    found.extend(planned.clone());
    sink.planned(outputs.len());
    let work = Work::new(&world, &outputs, &listing);
    let done = render_outputs(&work, memo, sink, &mut found);
    memo.whole = (clean_listing && is_certain_look && !found.has_errors())
        .then(|| whole(&world, &listing, settings_digest, &outputs, &done, memo, &found))
        .flatten();
    let unpublished = unpublished(&world, &outputs);
    let next_change = next_change_of(&world);
    let counts = count(&outputs);
    // Of a file that cannot be read nothing is known, also not what was wrong with it.
    if clean_listing && memo.documents.len() == listing.pages.len() {
        let found = (assembled, planned);
        memo.standing = Standing::new(config, look, listing, world, outputs, found, unpublished.clone());
    }
    let cut = done.cut;
    let compiled = finish(settings, found, counts, done.rendered, BTreeSet::new());
    Compiled { unpublished: Some(unpublished), next_change, cut, ..compiled }
}

/// The outputs of pages that a build without flags would withhold.
pub(crate) fn unpublished(world: &World, outputs: &[Output]) -> Vec<(String, &'static str)> {
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

/// A digest of the configuration and of the flags.
pub(crate) fn config_digest(settings: &Settings) -> Digest {
    let Overrides { base_url: _, drafts, future, expired, skip_broken: _, strict: _ } = settings.overrides;
    let mut digester = Digester::new();
    digester.value(&settings.config).text(&format!("{:?}", settings.theme));
    digester.flag(drafts).flag(future).flag(expired).done()
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
    Some(Whole {
        settings,
        since: world.instant.as_second(),
        until: world.site.next_change().map_or(i64::MAX, |next| next.at.timestamp().as_second()),
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

/// When the site changes next though no file does, and why.
pub(crate) fn next_change_of(world: &World) -> Option<(String, String)> {
    world.site.next_change().map(|next| (ssg_render::rfc3339(&next.at), next.reason.clone()))
}

/// Loads, parses and assembles, and renders nothing.
#[must_use]
pub fn assemble_site(inputs: &dyn Inputs, settings: &Settings, found: &mut Diagnostics) -> Site {
    let mut memo = Memo::new();
    let listing = Listing::new(inputs, settings, memo.clock(), found);
    let (site, assembled) = load_site(inputs, settings, &listing, &BTreeSet::new(), &mut memo, found);
    found.extend(assembled);
    site
}

/// The site, and what was found while it was assembled; `left_out` are content files to pass over. What is
/// wrong with files on their own goes to `found`.
fn load_site(
    inputs: &dyn Inputs,
    settings: &Settings,
    listing: &Listing,
    left_out: &BTreeSet<SitePath>,
    memo: &mut Memo,
    found: &mut Diagnostics,
) -> (Site, Diagnostics) {
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
    let mut assembled = Diagnostics::new();
    let site = assemble(&settings.config, &options, sources, listing.assets(), &mut assembled);
    (site, assembled)
}

/// The site, ready to be rendered, and what was found while it was assembled; that and all else is in
/// `found` as well.
pub(crate) fn build_world(
    inputs: &SharedInputs,
    settings: &Settings,
    listing: &Listing,
    left_out: &BTreeSet<SitePath>,
    memo: &mut Memo,
    found: &mut Diagnostics,
) -> (Arc<World>, Diagnostics) {
    let (site, assembled) = load_site(&**inputs, settings, listing, left_out, memo, found);
    found.extend(assembled.clone());
    let look = load_look(inputs, settings, listing, memo, found);
    let highlighter = memo.highlighter.get_or_insert_with(|| Arc::new(Highlighter::new())).clone();
    let config = settings.config.clone();
    (Arc::new(World::new(config, site, look, inputs.clone(), highlighter, memo.clock())), assembled)
}

/// The look, from the last build in this process where nothing that it is made of has changed. Made of
/// files that were being written, it is used once: `memo.look` then bears a digest that no look has.
pub(crate) fn load_look(
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
    let look =
        Arc::new(Look::load(&**inputs, &settings.config, &settings.theme, sass::compile, &mut problems));
    found.extend(problems.clone());
    let is_certain = listing.is_still_theme(&**inputs, settings);
    memo.look = Some((if is_certain { digest } else { Digest::default() }, look.clone(), problems));
    look
}

pub(crate) fn count(outputs: &[Output]) -> Counts {
    let mut counts = Counts::default();
    for output in outputs {
        counts.rendered += usize::from(output.kind.is_rendered());
        match output.kind {
            OutputKind::Page(_) => counts.pages += 1,
            OutputKind::Section(..)
            | OutputKind::Taxonomy(..)
            | OutputKind::Term(..)
            | OutputKind::Archive(_) => {
                counts.lists += 1;
            }
            _ => counts.files += 1,
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
