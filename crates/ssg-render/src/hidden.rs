//! Texts that still name somebody who is not to be published.
//!
//! The configuration takes a name out of everything that is made of headers' lists. What people
//! wrote in a title or a body stays as they wrote it, so it is reported where it stands.

use crate::bytes::read_bytes;
use crate::facets::hidden_names::HiddenNames;
use crate::reads::{ReadSite, Reads};
use ssg_parse::{Document, FrontMatter, Spanned};
use ssg_source::{Diagnostic, Digest, SitePath, Span, codes, decode};
use ssg_taxonomy::facets::HiddenPeople;
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
    let taken_out = taken_out(&document.front, &reads.hidden_people());
    let is_taken_out = |span: &Span| {
        let after = taken_out.partition_point(|place| place.start <= span.start);
        let place = after.checked_sub(1).and_then(|at| taken_out.get(at));
        place.is_some_and(|place| span.end <= place.end)
    };
    for (name, first, times) in names.0.named(&text, |span| !is_taken_out(span)) {
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

/// The places in a header from which names are taken out, in order: a text of several people is no name, and stays; an id
/// means one person whatever is in it.
fn taken_out(front: &FrontMatter, hidden: &HiddenPeople) -> Vec<Span> {
    let event = front.event.as_deref();
    let organizers = event.into_iter().flat_map(|event| &event.organizers).map(|one| &one.name);
    let rows = event.into_iter().flat_map(|event| &event.schedule).flat_map(|row| &row.speakers);
    let names = front.terms("speakers").iter().chain(&front.authors).chain(organizers).chain(rows);
    let ids = front.named_by_id.iter().map(|named| named.id_span);
    let is_hidden = |name: &&Spanned<String>| {
        !hidden.may_show(&name.value) || front.named_by(name).is_some_and(|by| !hidden.may_show(&by.name))
    };
    let mut places: Vec<Span> = names.filter(is_hidden).map(|name| name.span).chain(ids).collect();
    places.sort_unstable();
    places
}
