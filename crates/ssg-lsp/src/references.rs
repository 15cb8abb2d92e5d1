//! Where things are, and who names them.

use crate::site::Known;
use crate::subject::{About, Subject};
use ssg_parse::{Document, FrontMatter, Piece, Spanned};
use ssg_source::{SitePath, Span};
use ssg_taxonomy::{Kind, PageId, TermId};

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The file.
    pub file: SitePath,
    /// Where in it.
    pub span: Span,
}

/// Where a thing is said what it is.
#[must_use]
pub fn definition(known: &Known, about: &About) -> Option<Spot> {
    let beginning = |file: SitePath| Spot { file, span: Span::at(0) };
    match &about.subject {
        Subject::Term(id) => {
            let term = known.site.term(*id);
            let page = term.page.or_else(|| term.languages.iter().find_map(|local| local.page))?;
            Some(beginning(known.site.page(page).source.clone()))
        }
        Subject::Page(id) => {
            let page = known.site.page(*id);
            let headings = &page.document.outline.headings;
            let heading =
                about.anchor.as_ref().and_then(|anchor| headings.iter().find(|one| one.id == *anchor));
            let span = heading.map(|heading| heading.span).or(page.row).unwrap_or_default();
            Some(Spot { file: page.source.clone(), span: Span::at(span.range().start) })
        }
        Subject::File(file) => Some(beginning(file.clone())),
        Subject::Template(name) => known.templates.get(name).cloned().map(beginning),
        Subject::Shortcode(name) => {
            known.shortcodes.iter().find(|code| code.name == *name).map(|code| beginning(code.file.clone()))
        }
        Subject::Key(_) => None,
    }
}

/// Every place that names a thing, sorted.
#[must_use]
pub fn references(known: &Known, about: &About) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for (file, document) in &known.documents {
        let spans = match &about.subject {
            Subject::Term(id) => {
                mentions(known, *id, &document.front).into_iter().map(|one| one.span).collect()
            }
            Subject::Page(id) => naming_page(known, *id, file, document),
            Subject::Shortcode(name) => calls(name, document),
            Subject::Template(name) => {
                document.front.template.iter().filter(|own| own.value == *name).map(|own| own.span).collect()
            }
            Subject::File(_) | Subject::Key(_) => Vec::new(),
        };
        spots.extend(spans.into_iter().map(|span| Spot { file: file.clone(), span }));
    }
    spots.sort();
    spots.dedup();
    spots
}

/// The entries of a header that mean a term.
#[must_use]
pub fn mentions<'d>(known: &Known, id: TermId, front: &'d FrontMatter) -> Vec<&'d Spanned<String>> {
    let Some(taxonomy) = known.site.taxonomies.get(usize::from(id.taxonomy)) else { return Vec::new() };
    let mut written: Vec<&Spanned<String>> = front.terms(&taxonomy.name).iter().collect();
    if taxonomy.name == "speakers" {
        written.extend(&front.authors);
        if let Some(event) = front.event.as_deref() {
            written.extend(event.organizers.iter().map(|organizer| &organizer.name));
            written.extend(event.schedule.iter().flat_map(|row| &row.speakers));
        }
    }
    written.retain(|one| taxonomy.find(&one.value) == Some(id.term));
    written
}

fn naming_page(known: &Known, id: PageId, file: &SitePath, document: &Document) -> Vec<Span> {
    let page = known.site.page(id);
    let front = &document.front;
    let mut spans = Vec::new();
    if let Some(event) = known.site.event_of(id) {
        let named = front.events.iter().chain(front.talk.iter().filter_map(|talk| talk.event.as_ref()));
        spans.extend(named.filter(|one| one.value == event.id).map(|one| one.span));
    }
    if page.kind == Kind::Talk
        && let Some(talk) = &page.talk
    {
        spans.extend(front.talks.iter().filter(|one| one.value == talk.id).map(|one| one.span));
        // Rows of its event's schedule name it by its slug.
        let is_of_event = talk.event.is_some_and(|event| {
            let event = &known.site.events[event];
            known.site.page(event.page).source == *file
        });
        let rows = front.event.iter().filter(|_| is_of_event).flat_map(|event| &event.schedule);
        let named = rows.filter_map(|row| row.talk.as_ref());
        spans.extend(named.filter(|one| one.value == page.slug).map(|one| one.span));
    }
    let pieces = document.pieces.as_deref().unwrap_or_default();
    let below = page.source.below("content").unwrap_or_default();
    walk(pieces, &mut |piece| {
        if let Piece::LinkOpen { dest, span, .. } = piece {
            let dest = dest.split('#').next().unwrap_or_default();
            if dest.strip_prefix("@/") == Some(below) || (!dest.is_empty() && dest == page.path) {
                spans.push(*span);
            }
        }
    });
    spans
}

fn calls(name: &str, document: &Document) -> Vec<Span> {
    let mut spans = Vec::new();
    walk(document.pieces.as_deref().unwrap_or_default(), &mut |piece| {
        if let Piece::Shortcode(call) = piece
            && call.name == name
        {
            spans.push(call.span);
        }
    });
    spans
}

/// All pieces, those in bodies of shortcodes too: the parser bounds how deep they are.
fn walk(pieces: &[Piece], see: &mut impl FnMut(&Piece)) {
    let mut left: Vec<&Piece> = pieces.iter().rev().collect();
    while let Some(piece) = left.pop() {
        see(piece);
        if let Piece::Shortcode(call) = piece {
            left.extend(call.body.iter().flatten().rev());
        }
    }
}
