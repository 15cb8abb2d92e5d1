//! Footnotes: numbered by first reference, collected at the end of the body.

use super::page::Page;
use super::source_map::SourceMap;
use super::{Piece, html};
use crate::slug::slugify;
use ssg_source::{Diagnostic, codes, did_you_mean};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

/// The footnotes of a body that something refers to, by number.
#[derive(Default)]
pub(super) struct Notes(Vec<Note>);

struct Note {
    id: String,
    /// Ids of the references.
    references: Vec<String>,
    pieces: Vec<Piece>,
}

/// Names of footnotes in one part of a body; another part may use the same names.
#[derive(Default)]
pub(super) struct Names {
    numbers: HashMap<String, usize>,
    /// In order of first reference.
    pub(super) order: Vec<String>,
}

impl Names {
    /// Appends a reference to the footnote `name`.
    pub(super) fn refer(&mut self, page: &mut Page<'_>, out: &mut String, name: &str) {
        let number = if let Some(number) = self.numbers.get(name) {
            *number
        } else {
            let number = page.notes.0.len() + 1;
            let slug = slugify(name);
            let wanted = if slug.is_empty() { format!("fn-{number}") } else { format!("fn-{slug}") };
            let id = page.other_id(wanted);
            page.notes.0.push(Note { id, references: Vec::new(), pieces: Vec::new() });
            self.numbers.insert(name.to_owned(), number);
            self.order.push(name.to_owned());
            number
        };
        let count = page.notes.0[number - 1].references.len() + 1;
        let wanted = if count == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{count}") };
        let reference = page.other_id(wanted);
        let note = &mut page.notes.0[number - 1];
        out.push_str(r#"<sup class="footnote-reference" id=""#);
        html::push_attribute(out, &reference);
        out.push_str("\"><a href=\"#");
        html::push_attribute(out, &note.id);
        let _ = write!(out, "\" role=\"doc-noteref\">{number}</a></sup>");
        note.references.push(reference);
    }

    /// Sets the text of the footnote `name`.
    pub(super) fn define(&self, page: &mut Page<'_>, name: &str, pieces: Vec<Piece>) {
        if let Some(number) = self.numbers.get(name) {
            page.notes.0[number - 1].pieces = pieces;
        }
    }
}

impl Notes {
    /// Appends the section that holds all footnotes.
    pub(super) fn write(self, pieces: &mut Vec<Piece>) {
        if self.0.is_empty() {
            return;
        }
        pieces.push(Piece::Html("<section class=\"footnotes\" role=\"doc-endnotes\">\n<ol>\n".to_owned()));
        for (at, note) in self.0.into_iter().enumerate() {
            let mut open = String::from("<li id=\"");
            html::push_attribute(&mut open, &note.id);
            open.push_str("\">\n");
            pieces.push(Piece::Html(open));
            pieces.extend(note.pieces);
            let mut links = String::new();
            for (count, reference) in note.references.iter().enumerate() {
                links.push_str(" <a href=\"#");
                html::push_attribute(&mut links, reference);
                let _ = write!(
                    links,
                    "\" class=\"footnote-backref\" role=\"doc-backlink\" aria-label=\"Back to reference {}",
                    at + 1
                );
                if count > 0 {
                    let _ = write!(links, "-{}", count + 1);
                }
                links.push_str("\">↩</a>");
            }
            // The way back stands in the last paragraph, where there is one.
            match pieces.last_mut() {
                Some(Piece::Html(html)) if html.ends_with("</p>\n") => {
                    html.truncate(html.len() - "</p>\n".len());
                    html.push_str(&links);
                    html.push_str("</p>\n</li>\n");
                }
                _ => pieces.push(Piece::Html(format!("<p>{}</p>\n</li>\n", links.trim_start()))),
            }
        }
        pieces.push(Piece::Html("</ol>\n</section>\n".to_owned()));
        join(pieces);
    }
}

/// What is said of a footnote whose name another one has.
pub(super) fn twice(name: &str) -> Diagnostic {
    Diagnostic::warning(
        codes::FOOTNOTE,
        format!("there is another footnote `[^{name}]`; this one is left out"),
    )
    .hint("give it a name of its own")
}

/// References that a text makes and that lead to no footnote: names, and places in `source`.
pub(super) fn references(source: &str, range: Range<usize>) -> Vec<(String, Range<usize>)> {
    let Some(text) = source.get(range.clone()) else { return Vec::new() };
    let mut found = Vec::new();
    for (at, _) in text.match_indices('[') {
        let start = range.start + at;
        let rest = &source[start..];
        let Some(inner) = rest.strip_prefix("[^").filter(|_| !source[..start].ends_with('\\')) else {
            continue;
        };
        let end = inner.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(inner.len());
        if end > 0 && inner[end..].starts_with(']') && inner.starts_with(char::is_alphanumeric) {
            found.push((inner[..end].to_owned(), start..start + end + 3));
        }
    }
    found
}

/// Warnings about references without a footnote and footnotes without a reference.
pub(super) fn lone(
    references: &[(String, Range<usize>)],
    notes: &[(String, Range<usize>)],
    source: &str,
    map: &SourceMap,
) -> Vec<Diagnostic> {
    let near = |name: &str, others: &[(String, Range<usize>)]| match others {
        // Of one that is left over there is nothing else that could be meant.
        [(only, _)] => Some(format!("did you mean `[^{only}]`?")),
        _ => did_you_mean(name, others.iter().map(|(other, _)| other.as_str())),
    };
    let mut told = Vec::new();
    for (name, place) in references {
        let message = format!("the footnote `[^{name}]` is not there; the brackets stay as text");
        let hint = near(name, notes).unwrap_or_else(|| format!("write it below: `[^{name}]: its text`"));
        told.push(Diagnostic::warning(codes::FOOTNOTE, message).at(map.span(place.clone())).hint(hint));
    }
    for (name, range) in notes {
        let message = format!("nothing refers to the footnote `[^{name}]`; it is left out");
        let line = source.get(range.clone()).and_then(|note| note.lines().next()).unwrap_or_default();
        let place = range.start..range.start + line.trim_end().len();
        let hint = near(name, references).unwrap_or_else(|| format!("write `[^{name}]` where it belongs"));
        told.push(Diagnostic::warning(codes::FOOTNOTE, message).at(map.span(place)).hint(hint));
    }
    told
}

/// Joins neighbouring pieces of HTML from the end of the body on.
fn join(pieces: &mut Vec<Piece>) {
    let start = pieces
        .iter()
        .rposition(
            |piece| matches!(piece, Piece::Html(html) if html.starts_with("<section class=\"footnotes\"")),
        )
        .unwrap_or(pieces.len());
    let tail = pieces.split_off(start);
    for piece in tail {
        match (pieces.len() > start, pieces.last_mut(), piece) {
            (true, Some(Piece::Html(html)), Piece::Html(more)) => html.push_str(&more),
            (_, _, piece) => pieces.push(piece),
        }
    }
}
