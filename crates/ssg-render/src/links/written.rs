//! Addresses into the site, checked against what is written.

use crate::facets::config::Markup;
use crate::facets::near::Names;
use crate::facets::written::Written;
use crate::owner::Owner;
use crate::queries::has_anchor::HasAnchor;
use crate::reads::{ReadSite, Reads};
use ssg_source::{Diagnostic, Severity, Span, codes};
use ssg_taxonomy::Kind;
use ssg_taxonomy::facets::Destination;

/// The shortest path for which something near is looked for.
const SHORTEST_NAME: usize = 4;

/// The path of an address on the site's own host, whatever scheme it has.
pub(super) fn path_on_own_host(base_url: &str, address: &str) -> Option<String> {
    let (own_host, own_path) = host_and_path(base_url)?;
    let (host, path) = host_and_path(address)?;
    if !host.eq_ignore_ascii_case(own_host) {
        return None;
    }
    let path = if path.is_empty() { "/" } else { path };
    let below =
        path.strip_prefix(own_path).or_else(|| (path == own_path.trim_end_matches('/')).then_some(""))?;
    Some(format!("/{below}"))
}

/// The host of an address of the web, and what follows it.
fn host_and_path(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once("//")?;
    let is_web =
        scheme.is_empty() || ["http:", "https:"].iter().any(|known| known.eq_ignore_ascii_case(scheme));
    is_web.then(|| rest.split_at(rest.find('/').unwrap_or(rest.len())))
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_on_the_own_host_are_paths() {
        let base = "https://example.org/blog/";
        for (address, path) in [
            ("https://example.org/blog/a/", Some("/a/")),
            ("http://Example.org/blog", Some("/")),
            ("//example.org/blog/x.png", Some("/x.png")),
            ("https://example.org/other/", None),
            ("https://example.org.evil/blog/", None),
            ("mailto:a@example.org", None),
        ] {
            assert_eq!(path_on_own_host(base, address).as_deref(), path, "{address}");
        }
        assert_eq!(path_on_own_host("https://example.org/", "https://example.org").as_deref(), Some("/"));
    }
}
