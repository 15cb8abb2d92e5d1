//! From destinations as authors write them to addresses, checked against the site.
//!
//! What is wrong with a link is returned with it, and reported only on the page that the link stands on. Nothing here
//! writes HTML.

mod written;

pub(crate) use written::without_dots;

use crate::facets::config::Markup;
use crate::facets::near::{Names, Near};
use crate::owner::Owner;
use crate::queries::has_anchor::HasAnchor;
use crate::queries::link_target::LinkTarget;
use crate::reads::{ReadSite, Reads};
use serde::Serialize;
use ssg_parse::{Address, Outline, RawHtml, path_on_own_host, read_file_name};
use ssg_source::{Diagnostic, Severity, SitePath, Span, codes};
use ssg_taxonomy::facets::{Anchors, CoLocatedPath, Destination, OfSource, TaxonomyText};
use ssg_taxonomy::{LangId, Withheld};
use std::sync::Arc;

/// Where the HTML will stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Where {
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

/// An address in its parts.
struct Parts<'a> {
    /// Up to the query and the fragment.
    path: &'a str,
    /// Query and fragment with their signs.
    tail: &'a str,
}

impl<'a> Parts<'a> {
    fn of(dest: &'a str) -> Self {
        let (path, tail) = dest.find(['?', '#']).map_or((dest, ""), |at| dest.split_at(at));
        Self { path, tail }
    }

    fn anchor(&self) -> Option<&'a str> {
        self.tail.split_once('#').map(|(_, anchor)| anchor)
    }
}

/// Resolves a link or an image's source.
pub(crate) fn resolve(reads: &Reads, owner: &Owner, dest: &str, place: Where, span: Span) -> Resolved {
    let inside = |href: String, problem: Option<Diagnostic>| Resolved { href, external: false, problem };
    if let Err(problem) = Address::new(dest) {
        let told = |message: String| {
            Diagnostic::warning(codes::ADDRESS, message).in_file(&owner.source).at(span).hint(problem.hint())
        };
        if !problem.is_harmful() {
            return inside(
                dest.to_owned(),
                Some(told(format!("the address `{dest}` leads nowhere: {problem}"))),
            );
        }
        // Who may write HTML of their own may write any address.
        if reads.get::<Markup>(&()).is_some_and(|markup| markup.markdown.raw_html != RawHtml::Allow) {
            return inside("#".to_owned(), Some(told(format!("the address is not linked: {problem}"))));
        }
    }
    let parts = Parts::of(dest);
    if let Some(file) = parts.path.strip_prefix("@/") {
        return match SitePath::new(&format!("content/{}", ssg_parse::decode_path(file))) {
            Ok(source) => to_source(reads, owner, &source, &parts, place, span, dest),
            Err(error) => inside(String::new(), Some(dead(owner, span, dest).note(error.to_string()))),
        };
    }
    if let Some(anchor) = dest.strip_prefix('#') {
        let problem = own_anchor(reads, owner, anchor, span);
        let href = if place == Where::Own {
            dest.to_owned()
        } else {
            address(reads, &owner.path, parts.tail, place)
        };
        return inside(href, problem);
    }
    let check = |path: &str| match place {
        Where::Own => written::check(reads, owner, path, parts.anchor(), dest, span),
        Where::Elsewhere | Where::Feed => None,
    };
    if has_scheme(dest) || dest.starts_with("//") {
        let own = path_on_own_host(reads.addressing().base_url(), parts.path);
        let external = own.is_none() && dest.starts_with(['h', 'H', '/']);
        return Resolved { href: dest.to_owned(), external, problem: own.and_then(|path| check(&path)) };
    }
    if dest.starts_with('/') {
        return inside(address(reads, parts.path, parts.tail, place), check(parts.path));
    }
    relative(reads, owner, dest, place, span)
}

/// What is wrong with where an address leads that the header of a page holds. That it is none is said where the header
/// is read.
pub(crate) fn check_address(reads: &Reads, owner: &Owner, dest: &str, span: Span) {
    if Address::new(dest).is_err() {
        return;
    }
    if let Some(problem) = resolve(reads, owner, dest, Where::Own, span).problem {
        reads.report(problem);
    }
}

/// A destination without scheme or leading slash: a content file, a file beside, or an address
/// relative to the page's own.
fn relative(reads: &Reads, owner: &Owner, dest: &str, place: Where, span: Span) -> Resolved {
    let parts = Parts::of(dest);
    let is_content = ssg_parse::is_page(parts.path) || ssg_parse::is_html(parts.path);
    if let Ok(source) = owner.source.resolve(&ssg_parse::decode_path(parts.path)) {
        if is_content && reads.get::<OfSource>(&source).is_some() {
            return to_source(reads, owner, &source, &parts, place, span, dest);
        }
        if let Some(beside) = reads.get::<CoLocatedPath>(&source) {
            let path = beside.0.replace('?', "%3F").replace('#', "%23");
            let href = address(reads, &path, parts.tail, place);
            return Resolved { href, external: false, problem: None };
        }
    }
    let folder = &owner.path[..=owner.path.rfind('/').unwrap_or(0)];
    let path = format!("{folder}{}", parts.path);
    let is_checked = place == Where::Own && !parts.path.is_empty() && !owner.source.as_str().is_empty();
    let problem = if is_checked && !written::leads_somewhere(reads, &path) && !waits(reads, owner, parts.path)
    {
        missing_file(reads, owner, parts.path, span)
            .or_else(|| written::check(reads, owner, &path, parts.anchor(), dest, span))
    } else {
        None
    };
    let href = if place == Where::Own || dest.is_empty() {
        dest.to_owned()
    } else {
        address(reads, &path, parts.tail, place)
    };
    Resolved { href, external: false, problem }
}

/// Whether a file is there that waits with what names it: the row of a schedule that may not be told yet.
fn waits(reads: &Reads, owner: &Owner, file: &str) -> bool {
    let source = owner.source.resolve(&ssg_parse::decode_path(file)).ok();
    let became = source.and_then(|source| reads.get::<OfSource>(&source));
    became.is_some_and(|of| matches!(of.0, Destination::Withheld(Withheld::Unmentioned)))
}

/// A relative destination that names a file which does not lie beside the page.
fn missing_file(reads: &Reads, owner: &Owner, file: &str, span: Span) -> Option<Diagnostic> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension)?;
    let is_file =
        (1..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_file || extension.eq_ignore_ascii_case("html") {
        return None;
    }
    let folder = owner.source.parent().unwrap_or_default();
    let mut missing =
        Diagnostic::warning(codes::MISSING_FILE, format!("`{file}` does not lie beside the page"))
            .in_file(&owner.source)
            .at(span)
            .hint_if(reads.did_you_mean(Names::CoLocated(folder), file));
    missing.severity = written::severity(reads);
    Some(missing)
}

fn to_source(
    reads: &Reads,
    owner: &Owner,
    source: &SitePath,
    parts: &Parts<'_>,
    place: Where,
    span: Span,
    dest: &str,
) -> Resolved {
    let language = language_of_source(reads, &owner.source);
    let target = reads.ask(&LinkTarget { source: source.clone(), language });
    let problem;
    let path = match &*target {
        Target::At { source, path } => {
            problem = target_anchor(reads, owner, source, parts.anchor(), span);
            path.as_str()
        }
        Target::Withheld(why) => {
            let message = format!("the link leads to `{source}`, which is not published: {}", why.reason());
            let mut diagnostic = Diagnostic::error(codes::UNPUBLISHED_LINK, message)
                .in_file(&owner.source)
                .at(span)
                .label(source, None, "this page");
            // Leaving out a broken page was asked for: a link to it is no error of this one.
            if *why == Withheld::Broken {
                diagnostic.severity = Severity::Warning;
            }
            problem = Some(diagnostic);
            ""
        }
        Target::Nothing => {
            let wrong = source.below("content").unwrap_or(source.as_str());
            let is_there = |name: &String| {
                let source = SitePath::new(&format!("content/{name}"));
                source.is_ok_and(|source| reads.get::<OfSource>(&source).is_some())
            };
            let folder = wrong.trim_end_matches('/');
            let whole = [format!("{folder}.md"), format!("{folder}/index.md"), format!("{folder}/_index.md")];
            let nearest = whole.into_iter().find(is_there).or_else(|| {
                let near = reads.get::<Near>(&Names::Sources);
                near.as_ref().and_then(|near| near.0.closest(wrong)).map(str::to_owned)
            });
            let nearest = nearest.map(|name| format!("did you mean `@/{name}`?"));
            problem = Some(dead(owner, span, dest).hint_if(nearest).hint("`@/` names a file below content/"));
            ""
        }
    };
    let href = if path.is_empty() { "#".to_owned() } else { address(reads, path, parts.tail, place) };
    Resolved { href, external: false, problem }
}

/// Where a link to a content file leads.
#[derive(Clone, Debug, Serialize)]
pub(crate) enum Target {
    /// To a path, where this file lies.
    At { source: SitePath, path: String },
    /// To something that is not published.
    Withheld(Withheld),
    /// Nowhere.
    Nothing,
}

/// The language that a content file's name tells.
fn language_of_source(reads: &Reads, source: &SitePath) -> LangId {
    let addressing = reads.addressing();
    if addressing.languages().is_empty() {
        return LangId::MAIN;
    }
    read_file_name(source.file_name(), addressing.languages()).lang.unwrap_or_default()
}

/// What a link to a content file leads to in a text of a language: to its translation, unless the
/// link names a language. The file is that of the translation then.
pub(crate) fn target(reads: &Reads, source: &SitePath, language: LangId) -> Target {
    let Some(of) = reads.get::<OfSource>(source) else { return Target::Nothing };
    let written = language_of_source(reads, source);
    let translated = if language == written || !written.is_main() { None } else { Some(language) };
    let at = |there: Option<SitePath>, path: &str| Target::At {
        source: there.unwrap_or_else(|| source.clone()),
        path: path.to_owned(),
    };
    let found = match &of.0 {
        Destination::Page(key) => {
            let other = translated.and_then(|language| reads.in_language(*key, language));
            reads.card(&other.unwrap_or(*key)).map(|page| at(Some(page.source.clone()), &page.path))
        }
        Destination::Section(key) => {
            let other = translated.and_then(|language| reads.section_in(*key, language));
            reads.section(&other.unwrap_or(*key)).map(|section| at(section.source.clone(), &section.path))
        }
        Destination::Term(key, own) => reads.term(key).map(|term| {
            let other = translated.filter(|language| term.in_language(*language).exists);
            let named = term.in_language(other.unwrap_or(*own));
            let page = named.page.and_then(|page| reads.card(&page));
            at(page.map(|page| page.source.clone()), &named.path)
        }),
        Destination::Taxonomy(name, own) => reads.taxonomy(name).map(|taxonomy| {
            let language = translated.filter(|language| taxonomy.exists(*language)).unwrap_or(*own);
            let text = reads.get::<TaxonomyText>(&(name.clone(), language));
            at(text.map(|text| text.source.clone()), taxonomy.path(language))
        }),
        Destination::Withheld(why) => Some(Target::Withheld(*why)),
    };
    found.unwrap_or(Target::Nothing)
}

fn dead(owner: &Owner, span: Span, dest: &str) -> Diagnostic {
    Diagnostic::error(codes::DEAD_LINK, format!("the link `{dest}` leads nowhere"))
        .in_file(&owner.source)
        .at(span)
}

fn target_anchor(
    reads: &Reads,
    owner: &Owner,
    source: &SitePath,
    anchor: Option<&str>,
    span: Span,
) -> Option<Diagnostic> {
    let anchor = &ssg_parse::decode_path(anchor?);
    if *reads.ask(&HasAnchor { source: source.clone(), id: anchor.clone() }) {
        return None;
    }
    let diagnostic = Diagnostic::error(codes::DEAD_ANCHOR, format!("`{source}` has no heading `#{anchor}`"));
    let nearest = reads.did_you_mean(Names::Headings(source.clone()), anchor);
    Some(diagnostic.in_file(&owner.source).at(span).hint_if(nearest))
}

/// An anchor of the page itself: templates may define it, so it is a warning only.
fn own_anchor(reads: &Reads, owner: &Owner, anchor: &str, span: Span) -> Option<Diagnostic> {
    let of = reads.get::<OfSource>(&owner.source)?;
    let Destination::Page(_) = of.0 else { return None };
    // The top of a page needs no mark.
    if anchor.eq_ignore_ascii_case("top") {
        return None;
    }
    let anchor = &ssg_parse::decode_path(anchor);
    let outline: Arc<Outline> = reads.get::<Anchors>(&owner.source)?.0.clone();
    if outline.has_anchor(anchor) {
        return None;
    }
    let diagnostic = Diagnostic::warning(codes::DEAD_ANCHOR, format!("this page has no heading `#{anchor}`"));
    let nearest = reads.did_you_mean(Names::Headings(owner.source.clone()), anchor);
    Some(diagnostic.in_file(&owner.source).at(span).hint_if(nearest))
}

fn has_scheme(dest: &str) -> bool {
    dest.find(':').is_some_and(|colon| {
        let scheme = &dest[..colon];
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// What to write for a path: under the site's base path, or absolute in a feed. `tail` is a query, a fragment
/// or both, with their signs.
fn address(reads: &Reads, path: &str, tail: &str, place: Where) -> String {
    let mut href = if place == Where::Feed { reads.permalink(path) } else { href(reads, path) };
    href.push_str(tail);
    href
}

/// A path under the site's base path, percent-encoded; what is no path stays as it is.
pub(crate) fn href(reads: &Reads, path: &str) -> String {
    match path.strip_prefix('/') {
        Some(rest) if !rest.starts_with('/') => {
            let (rest, tail) = rest.find(['?', '#']).map_or((rest, ""), |at| rest.split_at(at));
            format!("{}{}{tail}", reads.addressing().base_path(), ssg_parse::encode_path(rest))
        }
        _ => path.to_owned(),
    }
}
