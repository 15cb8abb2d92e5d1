//! Texts that still name somebody who is not to be published.
//!
//! The configuration takes a name out of everything that is made of headers' lists. What people
//! wrote in a title or a body stays as they wrote it, so it is reported where it stands.

use crate::data;
use crate::reads::{ReadSite, Reads};
use ssg_parse::{Document, FrontMatter, slugify};
use ssg_source::{Diagnostic, Digest, SitePath, Span, codes, decode};

/// Warns at the first place of a file that names somebody hidden.
pub(crate) fn check(reads: &Reads, source: &SitePath, document: &Document) {
    let hidden = reads.hidden_people();
    if hidden.names.is_empty() {
        return;
    }
    let Ok(bytes) = data::read_bytes(reads, source) else { return };
    if Digest::of_bytes(&bytes) != document.digests.content {
        // Somebody is writing it.
        reads.distrust();
    }
    let Ok(text) = decode(&bytes) else { return };
    let lists = listed(&document.front);
    let listed = |span: &Span| lists.iter().any(|list| list.start <= span.start && span.end <= list.end);
    for name in &hidden.names {
        let mut places = mentions(&text, name).into_iter().filter(|span| !listed(span));
        let Some(first) = places.next() else { continue };
        let warning = Diagnostic::warning(codes::UNPUBLISHED_NAME, format!("`{name}` is still named here"))
            .in_file(source)
            .at(first)
            .hint("`unpublish` in ssg.toml takes a name out of lists and bylines, not out of texts");
        let times = places.count() + 1;
        reads.report(warning.hint_if((times > 1).then(|| format!("it stands {times} times in this file"))));
    }
}

/// Warns of an output's path that has the name of somebody hidden in it.
pub(crate) fn check_path(reads: &Reads, source: &SitePath, path: &str) {
    let hidden = reads.hidden_people();
    for name in &hidden.names {
        let slug = slugify(name);
        let wanted: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).collect();
        if !runs(&words(path), &wanted).is_empty() {
            let message = format!("the path `{path}` still names `{name}`");
            reads.report(
                Diagnostic::warning(codes::UNPUBLISHED_NAME, message)
                    .in_file(source)
                    .hint("rename the file, or give the page a `slug`; an alias would bear the name as well"),
            );
        }
    }
}

/// Warns of a data file that names somebody hidden.
pub(crate) fn check_data(reads: &Reads, path: &SitePath) {
    let hidden = reads.hidden_people();
    if hidden.names.is_empty() {
        return;
    }
    let Ok(bytes) = data::read_bytes(reads, path) else { return };
    let Ok(text) = decode(&bytes) else { return };
    for name in &hidden.names {
        if let Some(first) = mentions(&text, name).into_iter().next() {
            reads.report(
                Diagnostic::warning(codes::UNPUBLISHED_NAME, format!("`{name}` is still named here"))
                    .in_file(path)
                    .at(first)
                    .hint("`unpublish` in ssg.toml takes a name out of lists and bylines, not out of data"),
            );
        }
    }
}

/// The places in a header from which the name is taken out.
fn listed(front: &FrontMatter) -> Vec<Span> {
    let event = front.event.as_ref();
    let organizers = event.into_iter().flat_map(|event| &event.organizers).map(|one| &one.name);
    let rows = event.into_iter().flat_map(|event| &event.schedule).flat_map(|row| &row.speakers);
    let names = front.terms("speakers").iter().chain(&front.authors).chain(organizers).chain(rows);
    names.map(|name| name.span).collect()
}

/// Where a text has a name: word for word without case and accents, or letter for letter for scripts
/// that put no spaces between words.
fn mentions(text: &str, name: &str) -> Vec<Span> {
    let slug = slugify(name);
    let wanted: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).collect();
    if !name.is_ascii() && name.chars().all(|c| !c.is_ascii()) {
        return text.match_indices(name).map(|(at, found)| Span::new(at, at + found.len())).collect();
    }
    runs(&words(text), &wanted)
}

/// Where these words follow each other.
fn runs(words: &[(String, Span)], wanted: &[&str]) -> Vec<Span> {
    let Some(first) = wanted.first() else { return Vec::new() };
    let starts = words.iter().enumerate().filter(|(_, (word, _))| word == first).map(|(index, _)| index);
    starts
        .filter_map(|index| {
            let run = words.get(index..index + wanted.len())?;
            let same = run.iter().zip(wanted).all(|((word, _), wanted)| word == wanted);
            let (from, to) = (run.first()?.1, run.last()?.1);
            same.then_some(Span { start: from.start, end: to.end })
        })
        .collect()
}

/// The words of a text as slugs, with their places.
fn words(text: &str) -> Vec<(String, Span)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        // Marks that are composed with the letter before them are no letters by themselves.
        let inside = character.is_alphanumeric() || ('\u{300}'..'\u{370}').contains(&character);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((slugify(&text[from..at]), Span::new(from, at)));
                start = None;
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn a_name_is_found_in_any_spelling_and_only_whole() {
        let found = |text: &str, name: &str| mentions(text, name).len();
        assert_eq!(found("Ask José\nŃandú, or jose nandu.", "Jose Nandu"), 2);
        assert_eq!(found("O'Brien and Mia O’Brien", "Mia O'Brien"), 1);
        assert_eq!(found("Jo Docking", "Jo Dock"), 0);
        assert_eq!(found("昨日李娜讲了", "李娜"), 1);
        assert_eq!(found("", "Jo Dock"), 0);
        assert_eq!(found("nobody", "!"), 0);
    }
}
