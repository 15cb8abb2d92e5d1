//! Texts that still name somebody who is not to be published.
//!
//! The configuration takes a name out of everything that is made of headers' lists. What people
//! wrote in a title or a body stays as they wrote it, so it is reported where it stands.

use crate::bytes::read_bytes;
use crate::facets::hidden_names::HiddenNames;
use crate::reads::Reads;
use ssg_parse::{Document, FrontMatter, slugify};
use ssg_source::{Diagnostic, Digest, SitePath, Span, codes, decode};
use std::collections::BTreeSet;
use std::sync::Arc;

fn hidden_names(reads: &Reads) -> Option<Arc<HiddenNames>> {
    reads.get::<HiddenNames>(&()).filter(|names| !names.0.is_empty())
}

/// Warns at the first place of a file that names somebody hidden.
pub(crate) fn check(reads: &Reads, source: &SitePath, document: &Document) {
    let Some(names) = hidden_names(reads) else { return };
    let Ok(bytes) = read_bytes(reads, source) else { return };
    if Digest::of_bytes(&bytes) != document.digests.content {
        // Somebody is writing it.
        reads.distrust();
    }
    let Ok(text) = decode(&bytes) else { return };
    let lists = listed(&document.front);
    // A text of several people is no name, and stays; an id means one person whatever is in it.
    let ids: BTreeSet<Span> = document.front.named_by_id.iter().map(|named| named.id_span).collect();
    let is_whole = |list: Span, span: &Span| {
        ids.contains(&list) || slugify(list.slice(&text)) == slugify(span.slice(&text))
    };
    let is_listed = |span: &Span| {
        let after = lists.partition_point(|list| list.start <= span.start);
        let list = after.checked_sub(1).and_then(|at| lists.get(at));
        list.is_some_and(|list| span.end <= list.end && is_whole(*list, span))
    };
    for (name, first, times) in names.0.named(&text, |span| !is_listed(span)) {
        let warning = Diagnostic::warning(codes::UNPUBLISHED_NAME, format!("`{name}` is still named here"))
            .in_file(source)
            .at(first)
            .hint("`unpublish` in ssg.toml takes a name out of lists and bylines, not out of texts");
        reads.report(warning.hint_if((times > 1).then(|| format!("it stands {times} times in this file"))));
    }
}

/// Warns of an output's path that has the name of somebody hidden in it.
pub(crate) fn check_path(reads: &Reads, source: &SitePath, path: &str) {
    let Some(names) = hidden_names(reads) else { return };
    for name in names.0.in_path(path) {
        let message = format!("the path `{path}` still names `{name}`");
        reads.report(
            Diagnostic::warning(codes::UNPUBLISHED_NAME, message)
                .in_file(source)
                .hint("rename the file, or give the page a `slug`; an alias would bear the name as well"),
        );
    }
}

/// Warns of a data file that names somebody hidden.
pub(crate) fn check_data(reads: &Reads, path: &SitePath) {
    let Some(names) = hidden_names(reads) else { return };
    let Ok(bytes) = read_bytes(reads, path) else { return };
    let Ok(text) = decode(&bytes) else { return };
    for (name, first, _) in names.0.named(&text, |_| true) {
        reads.report(
            Diagnostic::warning(codes::UNPUBLISHED_NAME, format!("`{name}` is still named here"))
                .in_file(path)
                .at(first)
                .hint("`unpublish` in ssg.toml takes a name out of lists and bylines, not out of data"),
        );
    }
}

/// The places in a header from which the name is taken out, in order.
fn listed(front: &FrontMatter) -> Vec<Span> {
    let event = front.event.as_deref();
    let organizers = event.into_iter().flat_map(|event| &event.organizers).map(|one| &one.name);
    let rows = event.into_iter().flat_map(|event| &event.schedule).flat_map(|row| &row.speakers);
    let names = front.terms("speakers").iter().chain(&front.authors).chain(organizers).chain(rows);
    let ids = front.named_by_id.iter().map(|named| named.id_span);
    let mut places: Vec<Span> = names.map(|name| name.span).chain(ids).collect();
    places.sort_unstable();
    places
}
