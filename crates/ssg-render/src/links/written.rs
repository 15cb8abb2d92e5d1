//! Addresses into the site, checked against what is written.

use crate::facets::config::Markup;
use crate::facets::near::Names;
use crate::facets::written::Written;
use crate::owner::Owner;
use crate::queries::has_anchor::HasAnchor;
use crate::reads::{ReadSite, Reads};
use ssg_source::{Diagnostic, Severity, SitePath, Span, codes};
use ssg_taxonomy::Kind;
use ssg_taxonomy::facets::{Destination, OfSource};

/// The shortest path for which something near is looked for.
const SHORTEST_NAME: usize = 4;

/// How grave it is that an address leads nowhere.
pub(super) fn severity(reads: &Reads) -> Severity {
    let is_strict = reads.get::<Markup>(&()).is_some_and(|markup| markup.strict_links);
    if is_strict { Severity::Error } else { Severity::Warning }
}

/// What is wrong with an address that leads to a path of the site.
pub(super) fn check(
    reads: &Reads,
    owner: &Owner,
    path: &str,
    anchor: Option<&str>,
    dest: &str,
    span: Span,
) -> Option<Diagnostic> {
    if leads_somewhere(reads, path) {
        return check_anchor(reads, owner, path, anchor?, span);
    }
    let mut diagnostic = Diagnostic::warning(codes::DEAD_LINK, format!("the address `{dest}` leads nowhere"))
        .in_file(&owner.source)
        .at(span);
    diagnostic.severity = severity(reads);
    let base = reads.addressing();
    let base = base.base_path();
    let below =
        path.strip_prefix(base.trim_end_matches('/')).filter(|below| base != "/" && below.starts_with('/'));
    if let Some(below) = below.filter(|below| leads_somewhere(reads, below)) {
        return Some(diagnostic.hint(format!("write `{below}`: `{base}` is put before it")));
    }
    let wrong = normal(path);
    let source = SitePath::new(&format!("content{wrong}")).ok();
    let became = source.as_ref().and_then(|source| reads.get::<OfSource>(source));
    if let (Some(source), Some(Destination::Withheld(why))) = (&source, became.as_ref().map(|of| &of.0)) {
        let hint = format!("`{source}` is there, and is not published: {}", why.reason());
        return Some(diagnostic.hint(hint));
    }
    // Short names are near to everything.
    let is_long = wrong.trim_matches('/').len() >= SHORTEST_NAME;
    Some(diagnostic.hint_if(is_long.then(|| reads.did_you_mean(Names::Paths, &wrong)).flatten()))
}

/// Whether a host answers to a path of the site.
pub(super) fn leads_somewhere(reads: &Reads, path: &str) -> bool {
    let path = normal(path);
    let file = path.trim_start_matches('/');
    let is_written = |file: &str| reads.get::<Written>(&file.into()).is_some();
    if file.is_empty() || file.ends_with('/') {
        return is_written(&format!("{file}index.html"));
    }
    is_written(file) || is_written(&format!("{file}/index.html")) || is_written(&format!("{file}.html"))
}

/// A path without `%XX`, `.` and `..`.
fn normal(path: &str) -> String {
    without_dots(&ssg_parse::decode_path(path))
}

/// A heading of a post or a plain page; other pages have more anchors than their texts.
fn check_anchor(reads: &Reads, owner: &Owner, path: &str, anchor: &str, span: Span) -> Option<Diagnostic> {
    let Destination::Page(key) = reads.at_path(&normal(path))? else { return None };
    let card = reads.card(&key).filter(|card| matches!(card.kind, Kind::Post | Kind::Page))?;
    let id = ssg_parse::decode_path(anchor);
    if id.eq_ignore_ascii_case("top")
        || *reads.ask(&HasAnchor { source: card.source.clone(), id: id.clone() })
    {
        return None;
    }
    let mut diagnostic =
        Diagnostic::error(codes::DEAD_ANCHOR, format!("`{}` has no heading `#{id}`", card.source));
    diagnostic.severity = severity(reads);
    let nearest = reads.did_you_mean(Names::Headings(card.source.clone()), &id);
    Some(diagnostic.in_file(&owner.source).at(span).hint_if(nearest))
}

/// A path without `.` and `..`, its query and fragment as they are.
pub(crate) fn without_dots(path: &str) -> String {
    let (path, tail) = path.find(['?', '#']).map_or((path, ""), |at| path.split_at(at));
    let mut parts: Vec<&str> = Vec::new();
    let mut folder = false;
    for part in path.split('/').skip(1) {
        folder = matches!(part, "." | ".." | "");
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let end = if folder && parts.last().is_some_and(|last| !last.is_empty()) { "/" } else { "" };
    format!("/{}{end}{tail}", parts.join("/"))
}
