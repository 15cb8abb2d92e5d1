//! What comes of a compilation: what was found, how much was done, and what was left out.
//!
//! Outputs are not among it, since each goes to the sink as soon as it is rendered.

use crate::memo::Cause;
use crate::settings::Settings;
use crate::summary::Counts;
use ssg_render::{Output, SiteSnapshot};
use ssg_source::hash::{HashMap, HashSet};
use ssg_source::{Diagnostic, Diagnostics, Severity, SitePath, Span, codes};
use ssg_taxonomy::Kind;
use std::collections::BTreeSet;

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
    /// Outputs are missing: the sink wanted no more of them ([`crate::Onlooker::is_full`]).
    pub cut: bool,
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
        let badge = if page.standing.is_draft { Some("draft") } else { is_ahead.then_some("scheduled") };
        badge.map(|badge| (output.file.clone(), badge))
    };
    outputs.iter().filter_map(why).collect()
}

/// Whether a mistake breaks every output that uses what has it.
fn is_of_many(one: &Diagnostic) -> bool {
    one.code == codes::TEMPLATE || (one.code == codes::CARDS && one.severity == Severity::Error)
}

/// One mistake in a template is one error, however many outputs it breaks.
fn fold_template_errors(found: &mut Diagnostics) {
    let mut seen: HashMap<(Option<SitePath>, Option<Span>, String), usize> = HashMap::default();
    let key = |one: &Diagnostic| (one.path.clone(), one.span, one.message.clone());
    for one in found.iter().filter(|one| is_of_many(one)) {
        *seen.entry(key(one)).or_default() += 1;
    }
    let mut shown: HashSet<(Option<SitePath>, Option<Span>, String)> = HashSet::default();
    found.retain(|one| !is_of_many(one) || shown.insert(key(one)));
    for one in found.iter_mut().filter(|one| is_of_many(one)) {
        if let Some(count) = seen.get(&key(one)).copied().filter(|count| *count > 1) {
            one.hints.push(format!("it breaks {count} outputs"));
        }
    }
}

/// Whether what is wrong is left out by itself, and the pages stay: of two aliases of one name the second, and
/// of two outputs of one path a file that is no page's. The plan keeps the first of both.
pub(crate) fn costs_no_page(one: &Diagnostic) -> bool {
    let is_content = || one.path.as_ref().is_some_and(|path| path.below("content").is_some());
    one.code == codes::ALIAS_TAKEN || (one.code == codes::OUTPUT_COLLISION && !is_content())
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
        let is_left_out = |one: &Diagnostic| {
            costs_no_page(one) || one.path.as_ref().is_some_and(|path| broken.contains(path))
        };
        found.iter_mut().filter(|one| is_left_out(one)).for_each(|one| one.severity = Severity::Warning);
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
