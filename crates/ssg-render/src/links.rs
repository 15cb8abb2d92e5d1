//! From destinations as authors write them to addresses, checked against the site.

use crate::facts::has_anchor;
use crate::question::Question;
use crate::reader::looked_up;
use crate::world::World;
use ssg_parse::{Outline, RawHtml};
use ssg_source::{Diagnostic, Severity, SitePath, Span};
use ssg_taxonomy::{LangId, Target, Withheld};
use std::borrow::Cow;

/// The page or section whose Markdown is being rendered.
#[derive(Clone, Copy)]
pub(crate) struct Owner<'a> {
    /// Its file.
    pub source: &'a SitePath,
    /// Its path.
    pub path: &'a str,
}

/// Where the HTML will stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// On the owner's own page.
    Own,
    /// In a list on another page of the site.
    Elsewhere,
    /// In a feed: every address is absolute.
    Feed,
}

/// A destination, resolved.
pub(crate) struct Resolved {
    /// The address, not escaped for HTML.
    pub href: String,
    /// It leads to another site.
    pub external: bool,
    /// What is wrong with it.
    pub problem: Option<Diagnostic>,
}

/// Resolves a link or an image's source.
pub(crate) fn resolve(world: &World, owner: Owner<'_>, dest: &str, place: Place, span: Span) -> Resolved {
    let inside = |href: String, problem: Option<Diagnostic>| Resolved { href, external: false, problem };
    if let Some(rest) = dest.strip_prefix("@/") {
        let (file, anchor) = rest.split_once('#').map_or((rest, None), |(file, anchor)| (file, Some(anchor)));
        return match SitePath::new(&format!("content/{file}")) {
            Ok(source) => to_source(world, owner, &source, anchor, place, span, dest),
            Err(error) => inside(String::new(), Some(dead(owner, span, dest).note(error.to_string()))),
        };
    }
    if let Some(anchor) = dest.strip_prefix('#') {
        let problem = own_anchor(world, owner, anchor, span);
        let href = if place == Place::Own {
            dest.to_owned()
        } else {
            address(world, owner.path, Some(anchor), place)
        };
        return inside(href, problem);
    }
    if has_scheme(dest) || dest.starts_with("//") {
        let safe = ["http:", "https:", "mailto:", "tel:", "//", "ftp:", "xmpp:", "irc:", "sip:"];
        let trusted = world.config.markdown.raw_html == RawHtml::Allow
            || safe.iter().any(|scheme| dest.to_ascii_lowercase().starts_with(scheme));
        let href = if trusted { dest.to_owned() } else { "#".to_owned() };
        let external = !href.starts_with(&world.config.base_url) && href.starts_with(['h', '/']);
        return Resolved { href, external, problem: None };
    }
    if dest.starts_with('/') {
        let (path, anchor) = dest.split_once('#').map_or((dest, None), |(path, anchor)| (path, Some(anchor)));
        return inside(address(world, path, anchor, place), None);
    }
    relative(world, owner, dest, place, span)
}

/// A destination without scheme or leading slash: a content file, a file beside, or an address
/// relative to the page's own.
fn relative(world: &World, owner: Owner<'_>, dest: &str, place: Place, span: Span) -> Resolved {
    let (file, anchor) = dest.split_once('#').map_or((dest, None), |(file, anchor)| (file, Some(anchor)));
    if let Ok(source) = owner.source.resolve(&ssg_parse::decode_path(file)) {
        if ssg_parse::is_page(file) {
            let language = world.language_of_source(owner.source);
            looked_up(world.in_language(language, Question::Link(source.clone())));
            if world.site.target(&source).is_some() {
                return to_source(world, owner, &source, anchor, place, span, dest);
            }
        }
        looked_up(Question::Beside(source.clone()));
        if let Some(path) = world.beside.get(&source) {
            return Resolved { href: address(world, path, anchor, place), external: false, problem: None };
        }
    }
    let problem = missing_file(world, owner, file, span);
    let href = if place == Place::Own || dest.is_empty() {
        dest.to_owned()
    } else {
        let folder = &owner.path[..=owner.path.rfind('/').unwrap_or(0)];
        address(world, &format!("{folder}{file}"), anchor, place)
    };
    Resolved { href, external: false, problem }
}

/// A relative destination that names a file which does not lie beside the page.
fn missing_file(world: &World, owner: Owner<'_>, file: &str, span: Span) -> Option<Diagnostic> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension)?;
    let is_file =
        (1..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_file || extension.eq_ignore_ascii_case("html") || owner.source.as_str().is_empty() {
        return None;
    }
    let folder = owner.source.parent().unwrap_or_default();
    looked_up(Question::BesideNames(folder.as_str().to_owned()));
    Some(
        Diagnostic::warning("missing-file", format!("`{file}` does not lie beside the page"))
            .in_file(owner.source)
            .at(span)
            .hint_if(world.near_beside(&folder).did_you_mean(file)),
    )
}

fn to_source(
    world: &World,
    owner: Owner<'_>,
    source: &SitePath,
    anchor: Option<&str>,
    place: Place,
    span: Span,
    dest: &str,
) -> Resolved {
    let site = &world.site;
    let language = world.language_of_source(owner.source);
    looked_up(world.in_language(language, Question::Link(source.clone())));
    let mut problem = None;
    let (source, target) = target_for(world, source, language);
    let source = &*source;
    let path: Cow<'_, str> = match target {
        Some(Target::Page(id)) => {
            let page = site.page(id);
            problem = target_anchor(world, owner, source, &page.document.outline, anchor, span);
            page.path.as_str().into()
        }
        Some(Target::Section(id)) => {
            let section = site.section(id);
            problem = target_anchor(world, owner, source, &section.document.outline, anchor, span);
            section.path.as_str().into()
        }
        Some(Target::Term(id, language)) => {
            let term = site.term_in(id, language);
            if let Some(page) = term.page {
                let outline = &site.page(page).document.outline;
                problem = target_anchor(world, owner, source, outline, anchor, span);
            }
            term.path.into()
        }
        Some(Target::Taxonomy(index, language)) => site.taxonomy_path(index, language).into(),
        Some(Target::Withheld(why)) => {
            let message = format!("the link leads to `{source}`, which is not published: {}", why.reason());
            let mut diagnostic = Diagnostic::error("unpublished-link", message)
                .in_file(owner.source)
                .at(span)
                .label(source, None, "this page");
            // Leaving out a broken page was asked for: a link to it is no error of this one.
            if why == Withheld::Broken {
                diagnostic.severity = Severity::Warning;
            }
            problem = Some(diagnostic);
            "".into()
        }
        None => {
            let wrong = source.below("content").unwrap_or(source.as_str());
            let near = world.near_sources();
            let nearest = near.closest(wrong).map(|name| format!("did you mean `@/{name}`?"));
            problem = Some(dead(owner, span, dest).hint_if(nearest).hint("`@/` names a file below content/"));
            "".into()
        }
    };
    let href = if path.is_empty() { "#".to_owned() } else { address(world, &path, anchor, place) };
    Resolved { href, external: false, problem }
}

/// What a link to a content file leads to in a text of a language: to its translation, unless the
/// link names a language. The file is that of the translation then.
pub(crate) fn target_for<'s>(
    world: &World,
    source: &'s SitePath,
    language: LangId,
) -> (Cow<'s, SitePath>, Option<Target>) {
    let site = &world.site;
    let target = site.target(source);
    let written = world.language_of_source(source);
    if language == written || !written.is_main() {
        return (Cow::Borrowed(source), target);
    }
    let translated = match target {
        Some(Target::Page(id)) => {
            let id = site.in_language(id, language);
            id.map(|id| (Some(&site.page(id).source), Target::Page(id)))
        }
        Some(Target::Section(id)) => {
            let id = site.section_in(id, language);
            id.map(|id| (site.section(id).source.as_ref(), Target::Section(id)))
        }
        Some(Target::Term(id, _)) => {
            let term = site.term_in(id, language);
            let source = term.page.map(|page| &site.page(page).source);
            term.exists.then_some((source, Target::Term(id, language)))
        }
        Some(Target::Taxonomy(index, _)) => {
            let source = site.taxonomy_source(index, language);
            site.has_taxonomy(index, language).then_some((source, Target::Taxonomy(index, language)))
        }
        Some(Target::Withheld(_)) | None => None,
    };
    match translated {
        Some((source_there, target)) => {
            (source_there.map_or(Cow::Borrowed(source), |source| Cow::Owned(source.clone())), Some(target))
        }
        None => (Cow::Borrowed(source), target),
    }
}

fn dead(owner: Owner<'_>, span: Span, dest: &str) -> Diagnostic {
    Diagnostic::error("dead-link", format!("the link `{dest}` leads nowhere")).in_file(owner.source).at(span)
}

fn target_anchor(
    world: &World,
    owner: Owner<'_>,
    source: &SitePath,
    outline: &Outline,
    anchor: Option<&str>,
    span: Span,
) -> Option<Diagnostic> {
    let anchor = anchor?;
    looked_up(Question::Anchor { source: source.clone(), id: anchor.to_owned() });
    if has_anchor(world, source, anchor) {
        return None;
    }
    let near = world.near_headings(source, outline);
    Some(
        Diagnostic::error("dead-anchor", format!("`{source}` has no heading `#{anchor}`"))
            .in_file(owner.source)
            .at(span)
            .hint_if(near.did_you_mean(anchor)),
    )
}

/// An anchor of the page itself: templates may define it, so it is a warning only.
fn own_anchor(world: &World, owner: Owner<'_>, anchor: &str, span: Span) -> Option<Diagnostic> {
    let Some(Target::Page(id)) = world.site.target(owner.source) else { return None };
    let page = world.site.page(id);
    if page.document.outline.has_anchor(anchor) {
        return None;
    }
    let near = world.near_headings(owner.source, &page.document.outline);
    Some(
        Diagnostic::warning("dead-anchor", format!("this page has no heading `#{anchor}`"))
            .in_file(owner.source)
            .at(span)
            .hint_if(near.did_you_mean(anchor)),
    )
}

fn has_scheme(dest: &str) -> bool {
    dest.find(':').is_some_and(|colon| {
        let scheme = &dest[..colon];
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// What to write for a path: under the site's base path, or absolute in a feed.
fn address(world: &World, path: &str, anchor: Option<&str>, place: Place) -> String {
    let mut href = if place == Place::Feed { world.config.permalink(path) } else { href(world, path) };
    if let Some(anchor) = anchor {
        href.push('#');
        href.push_str(anchor);
    }
    href
}

/// A path under the site's base path, percent-encoded; what is no path stays as it is.
pub(crate) fn href(world: &World, path: &str) -> String {
    match path.strip_prefix('/') {
        Some(rest) if !rest.starts_with('/') => {
            let (rest, tail) = rest.find(['?', '#']).map_or((rest, ""), |at| rest.split_at(at));
            format!("{}{}{tail}", world.config.base_path(), ssg_parse::encode_path(rest))
        }
        _ => path.to_owned(),
    }
}
