//! From a reference in a page to the image that it means, and what is wrong with that.

use crate::facets::files::Image;
use crate::images::{self, Size};
use crate::links;
use crate::owner::Owner;
use crate::pictures::Shown;
use crate::reads::Reads;
use crate::shown::shown;
use ssg_parse::FrontMatter;
use ssg_source::{Diagnostic, Severity, SitePath, Span, codes};
use ssg_taxonomy::facets::CoLocatedPath;

/// What a reference tells of the image that it means.
#[derive(Default)]
pub(crate) struct Referred {
    pub size: Option<Size>,
    /// It in sizes that browsers choose from, where there are any.
    pub shown: Option<Shown>,
    pub problem: Option<Diagnostic>,
}

/// The size of the image that a page refers to as `reference`, and what is wrong with it.
///
/// An image of the site lies beside the page or in `static/`; of any other nothing is known.
pub(crate) fn referred(reads: &Reads, owner: &Owner, reference: &str, span: Span) -> Referred {
    // Arguments of shortcodes are titles and addresses more often than images. Of what cannot be an
    // image of the site nothing is asked.
    let path = reference.split(['?', '#']).next().unwrap_or(reference);
    if !images::is_image(path) || path.contains("://") {
        return Referred::default();
    }
    let Some(source) = source_of(reads, owner, path) else { return Referred::default() };
    let Some(image) = reads.get::<Image>(&source) else { return Referred::default() };
    let (size, problem, severity) = match &*image.0 {
        Ok(examined) => (examined.size, examined.other_format.as_ref(), Severity::Warning),
        Err(problem) => (None, Some(problem), Severity::Error),
    };
    let problem = problem.map(|problem| {
        let mut told = Diagnostic::error(codes::IMAGE, format!("the image `{reference}` {problem}"))
            .in_file(&owner.source)
            .at(span)
            .hint(problem.hint(&source));
        told.severity = severity;
        told
    });
    let (sizes, damage) = match shown(reads, &source, None) {
        Ok(shown) => (shown, None),
        Err(why) => (None, Some(why)),
    };
    let damage = damage.filter(|_| problem.is_none()).map(|why| {
        Diagnostic::error(codes::IMAGE, format!("the image `{reference}` {why}"))
            .in_file(&owner.source)
            .at(span)
            .hint(format!("export or copy `{source}` again"))
    });
    // How a camera was held decides which side is the width.
    let upright = sizes.as_ref().map(Shown::size);
    Referred { size: upright.or(size), shown: sizes, problem: problem.or(damage) }
}

fn source_of(reads: &Reads, owner: &Owner, path: &str) -> Option<SitePath> {
    let path = ssg_parse::decode_path(path);
    match path.strip_prefix('/') {
        Some(rest) => SitePath::new(&format!("static/{rest}")).ok(),
        None => {
            let source = owner.source.resolve(&path).ok()?;
            reads.get::<CoLocatedPath>(&source).map(|_| source)
        }
    }
}

/// Notes what is wrong with the addresses in the header of a page, and with the image that stands for it.
pub(crate) fn check_own(reads: &Reads, owner: &Owner, front: &FrontMatter) {
    for media in front.slides.iter().chain(&front.video) {
        links::check_address(reads, owner, &media.url, media.span);
    }
    if let Some(audio) = &front.audio {
        links::check_address(reads, owner, &audio.url, audio.span);
    }
    for address in &front.table_addresses {
        links::check_address(reads, owner, &address.value, address.span);
    }
    let Some(image) = &front.image else { return };
    links::check_address(reads, owner, &image.value, image.span);
    if let Some(problem) = referred(reads, owner, &image.value, image.span).problem {
        reads.report(problem);
    }
}
