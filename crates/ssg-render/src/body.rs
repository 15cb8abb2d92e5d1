//! Fills the holes of a body: links, images, code and shortcodes.
//!
//! What the file alone decides is HTML already. Here a hole meets the site: addresses are resolved (`links`), code is
//! highlighted, shortcodes call their templates within one allowance for the whole body.

mod moved;
mod paragraphs;
mod picture;
mod raw_image;
mod sanitize;
mod shortcodes;

use crate::addresses::Caller;
use crate::crowded;
use crate::engine::Engine;
use crate::facets::config::Markup;
use crate::facets::near::Names;
use crate::facets::theme::CodeHighlighter;
use crate::image_references::{self, Referred};
use crate::limits::{self, Allowance};
use crate::links::{Where, resolve};
use crate::owner::Owner;
use crate::pictures;
use crate::reads::{ReadSite, Reads};
use crate::scope::Scope;
use paragraphs::Paragraphs;
use raw_image::RawImage;
use sanitize::{is_too_deep, sanitize};
use ssg_highlight::{Note, Reason, parse_info_string};
use ssg_parse::{CodeMark, Piece, RawHtml, encode_url};
use ssg_source::markup::{Quotes, escape};
use ssg_source::{Diagnostic, Span, codes};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Renders pieces to HTML. What is wrong with them is reported where the owner's own page is rendered.
pub(crate) fn render_pieces(reads: &Reads, owner: &Owner, pieces: &[Piece], place: Where) -> String {
    render(reads, owner, pieces, place)
}

/// What is wrong with a summary whose shortcodes write more than lists may hold.
pub(crate) fn check_summary(reads: &Reads, owner: &Owner, pieces: &[Piece]) -> Option<Diagnostic> {
    let first = pieces.iter().find_map(|piece| match piece {
        Piece::Shortcode(call) => Some(call.span),
        _ => None,
    })?;
    let markup = reads.get::<Markup>(&())?;
    let mut filler = Filler::new(reads, owner, Where::Elsewhere, &markup);
    let is_spent = limits::within(Allowance::Summary, || {
        filler.fill(pieces);
        limits::is_spent()
    });
    let most = Allowance::Summary.written() >> 20;
    is_spent.then(|| {
        let message = format!("the shortcodes of this summary do too much: they may write {most} MiB");
        let problem = Diagnostic::error(codes::SUMMARY, message).in_file(&owner.source).at(first);
        problem.hint("lists hold the summary of every page: put `<!-- more -->` above the shortcode")
    })
}

/// Renders pieces of a text that a template has put together: calls of shortcodes stay text, or one
/// could go on to write its own call for ever. What is wrong is told at the call of the shortcode whose template it is.
pub(crate) fn render_without_shortcodes(
    reads: &Reads,
    owner: &Owner,
    pieces: &[Piece],
    place: Where,
    caller: Option<Rc<Caller>>,
) -> String {
    let Some(markup) = reads.get::<Markup>(&()) else { return String::new() };
    let mut filler = Filler::new(reads, owner, place, &markup);
    filler.shortcodes = false;
    filler.caller = caller;
    // Nothing in it can be led to, wherever it stands.
    moved::into_list(without_footnotes(filler.on_its_page(pieces, Allowance::Summary)))
}

fn render(reads: &Reads, owner: &Owner, pieces: &[Piece], place: Where) -> String {
    let Some(markup) = reads.get::<Markup>(&()) else { return String::new() };
    // All shortcodes of a body have one allowance.
    let allowance = if place == Where::Elsewhere { Allowance::Summary } else { Allowance::Body };
    let html = Filler::new(reads, owner, place, &markup).on_its_page(pieces, allowance);
    match place {
        Where::Own => html,
        Where::Elsewhere => moved::into_list(without_footnotes(html)),
        Where::Feed => moved::into_feed(html, &reads.permalink(&owner.path)),
    }
}

/// Drops references to footnotes, which stay behind on the page itself.
fn without_footnotes(html: String) -> String {
    const OPEN: &str = "<sup class=\"footnote-reference\"";
    const CLOSE: &str = "</sup>";
    if !html.contains(OPEN) {
        return html;
    }
    let mut kept = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some((before, reference)) = rest.split_once(OPEN) {
        let Some((_, after)) = reference.split_once(CLOSE) else { break };
        kept.push_str(before);
        rest = after;
    }
    kept + rest
}

struct Filler<'a> {
    reads: &'a Reads,
    owner: &'a Owner,
    place: Where,
    markup: &'a Markup,
    /// Shortcodes are called.
    shortcodes: bool,
    /// The call of the shortcode whose template has put the text together.
    caller: Option<Rc<Caller>>,
    /// How often each shortcode was called.
    calls: HashMap<String, usize>,
    depth: usize,
    paragraphs: Paragraphs,
}

impl<'a> Filler<'a> {
    fn new(reads: &'a Reads, owner: &'a Owner, place: Where, markup: &'a Markup) -> Self {
        Self {
            reads,
            owner,
            place,
            markup,
            shortcodes: true,
            caller: None,
            calls: HashMap::new(),
            depth: 0,
            paragraphs: Paragraphs::default(),
        }
    }

    /// The HTML of pieces as their own page has it.
    fn on_its_page(&mut self, pieces: &[Piece], allowance: Allowance) -> String {
        let mut html = limits::within(allowance, || {
            let html = self.fill(pieces);
            // What is too long is an error of the page.
            if allowance == Allowance::Summary && limits::is_spent() { String::new() } else { html }
        });
        if has_null(&html) {
            html = html.replace('\0', "\u{FFFD}");
        }
        if self.markup.markdown.raw_html != RawHtml::Sanitize {
            return html;
        }
        let is_crowded = crowded::is_crowded(&html);
        if is_crowded || is_too_deep(&html) {
            let message = if is_crowded {
                format!("a tag has more than {} attributes", crowded::MOST)
            } else {
                format!("elements are nested more than {} deep", sanitize::DEEPEST)
            };
            self.note(
                Diagnostic::error(codes::RAW_HTML, message)
                    .in_file(&self.owner.source)
                    .hint("close what is opened: the HTML of this page is shown as text"),
            );
            let mut text = String::with_capacity(html.len());
            escape_into(&html, &mut text);
            return text;
        }
        sanitize(&html, self.markup.markdown.math)
    }

    fn fill(&mut self, pieces: &[Piece]) -> String {
        let around = std::mem::take(&mut self.paragraphs);
        let mut html = String::new();
        // Attributes that belong behind the address of an image.
        let mut added = String::new();
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Html(text) if added.is_empty() => self.paragraphs.html(&mut html, text),
                Piece::Html(text) => {
                    let text = raw_image::with_attributes(text, &std::mem::take(&mut added));
                    self.paragraphs.html(&mut html, &text);
                }
                Piece::LinkOpen { dest, title, span } => self.link(&mut html, dest, title, *span),
                Piece::Image { dest, alt, title, span } => self.image(&mut html, dest, alt, title, *span),
                Piece::Address { written, span } => {
                    added = self.raw_address(&mut html, written, *span, raw_image::tag_at(pieces, at));
                }
                Piece::Code { info, code, span, marks } => self.code(&mut html, info, code, *span, marks),
                Piece::Shortcode(call) if self.shortcodes => self.shortcode(&mut html, call),
                Piece::Shortcode(call) => self.as_text(&mut html, call),
            }
        }
        std::mem::replace(&mut self.paragraphs, around).end(&mut html);
        html
    }

    /// What the template of a part of the body is rendered in.
    fn scope(&self, templates: &Arc<Engine>) -> Scope {
        Scope {
            reads: self.reads.clone(),
            templates: templates.clone(),
            lang: self.owner.lang.clone(),
            language: self.owner.language,
            subject: None,
            in_summary: self.place == Where::Elsewhere,
        }
    }

    /// Only the page's own render speaks of its mistakes; lists and feeds would repeat them.
    /// Says what is wrong, where the owner's own page is rendered.
    fn note(&self, diagnostic: Diagnostic) {
        match &self.caller {
            Some(caller) if caller.place == Where::Own => {
                self.reads.report(diagnostic.in_file(&caller.owner.source).at(caller.span));
            }
            None if self.place == Where::Own => self.reads.report(diagnostic),
            _ => {}
        }
    }

    fn link(&mut self, html: &mut String, dest: &str, title: &str, span: Span) {
        let resolved = resolve(self.reads, self.owner, dest, self.place, span);
        if let Some(problem) = resolved.problem {
            self.note(problem);
        }
        html.push_str("<a href=\"");
        escape_href(&resolved.href, html);
        html.push('"');
        attribute(html, "title", title);
        if resolved.external {
            let links = &self.markup.external_links;
            attribute(html, "rel", links.rel.as_deref().unwrap_or(""));
            attribute(html, "target", links.target.as_deref().unwrap_or(""));
        }
        html.push('>');
    }

    fn image(&mut self, html: &mut String, dest: &str, alt: &str, title: &str, span: Span) {
        let resolved = resolve(self.reads, self.owner, dest, self.place, span);
        if let Some(problem) = resolved.problem {
            self.note(problem);
        }
        let referred = self.referred(dest, span);
        // What follows the path may mean something to whoever wrote it.
        if let Some(shown) = referred.shown.filter(|_| !resolved.href.contains(['?', '#'])) {
            let markup =
                pictures::Markup { href: &resolved.href, alt, title, frame: pictures::Frame::default() };
            return self.picture(html, &shown, &markup);
        }
        html.push_str("<img src=\"");
        escape_href(&resolved.href, html);
        html.push_str("\" alt=\"");
        escape_into(alt, html);
        html.push('"');
        attribute(html, "title", title);
        // With them the browser keeps the room free, and the text does not jump.
        if let Some(size) = referred.size {
            html.push_str(&format!(" width=\"{}\" height=\"{}\"", size.width, size.height));
        }
        html.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    /// An address in raw HTML: as it was written, unless the site says where it lies. Gives what the tag of an image is
    /// to have besides.
    fn raw_address(
        &mut self,
        html: &mut String,
        written: &str,
        span: Span,
        image: Option<RawImage>,
    ) -> String {
        let dest = written.replace("&amp;", "&");
        let resolved = resolve(self.reads, self.owner, dest.trim(), self.place, span);
        if let Some(problem) = resolved.problem {
            self.note(problem);
        }
        let referred = self.referred(&dest, span);
        let shown = referred.shown.filter(|_| !resolved.href.contains(['?', '#']));
        if let Some((image, shown)) = image.zip(shown) {
            let (src, added) = image.shown(&shown, &resolved.href, self.place);
            escape_href(&src, html);
            return added;
        }
        if resolved.href == dest.trim() {
            html.push_str(written);
        } else {
            escape_href(&resolved.href, html);
        }
        String::new()
    }

    /// What is known of an image of the site; what is wrong with it is noted.
    fn referred(&self, reference: &str, span: Span) -> Referred {
        let mut referred = image_references::referred(self.reads, self.owner, reference, span);
        if let Some(problem) = referred.problem.take() {
            self.note(problem);
        }
        referred
    }

    fn code(&mut self, html: &mut String, info: &str, code: &str, span: Span, marks: &[CodeMark]) {
        let mut parsed = parse_info_string(info);
        for problem in &parsed.problems {
            let place = Span::from(problem.range.clone()).shifted(span.start as usize);
            self.note(
                Diagnostic::warning(codes::CODE_OPTION, problem.kind.to_string())
                    .in_file(&self.owner.source)
                    .at(place),
            );
        }
        parsed.options.marks = marks.iter().map(|mark| self.code_mark(mark, span)).collect();
        let Some(highlighter) = self.reads.get::<CodeHighlighter>(&()) else { return };
        let highlighted = highlighter.0.highlight(code, &parsed.options);
        if let Some(note) = &highlighted.note {
            let language = parsed.options.language.as_deref().unwrap_or("");
            let diagnostic = match note {
                Note::UnknownLanguage => Diagnostic::warning(
                    codes::UNKNOWN_LANGUAGE,
                    format!("unknown code language `{language}`"),
                )
                .hint_if(self.reads.did_you_mean(Names::Languages, language)),
                Note::GaveUp(reason @ Reason::Grammar(_)) => Diagnostic::error(
                    codes::HIGHLIGHTING,
                    format!("the code cannot be highlighted: {reason}"),
                )
                .hint("this is a fault of ssg, not of your page: please report it")
                .hint("a block without a language is shown plain"),
                Note::GaveUp(reason) => {
                    Diagnostic::warning(codes::HIGHLIGHTING, format!("the code is shown plain: {reason}"))
                }
            };
            self.note(diagnostic.in_file(&self.owner.source).at(span));
        }
        html.push_str(&highlighted.html);
        html.push('\n');
    }

    /// A mark in code, which leads to its explanation on the page.
    fn code_mark(&self, mark: &CodeMark, span: Span) -> ssg_highlight::CodeMark {
        let link = |id: &String| resolve(self.reads, self.owner, &format!("#{id}"), self.place, span).href;
        ssg_highlight::CodeMark { line: mark.line, number: mark.number, href: mark.id.as_ref().map(link) }
    }
}

fn attribute(html: &mut String, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    escape_into(value, html);
    html.push('"');
}

/// Whether U+0000 is in a text.
fn has_null(text: &str) -> bool {
    memchr::memchr(0, text.as_bytes()).is_some()
}

/// Escapes text for HTML, for content and quoted attributes. HTML cannot hold U+0000.
pub(crate) fn escape_into(text: &str, html: &mut String) {
    if has_null(text) {
        escape(&text.replace('\0', "\u{FFFD}"), Quotes::Both, html);
    } else {
        escape(text, Quotes::Both, html);
    }
}

/// Escapes an address for an attribute: what may not stand in a URL is percent-encoded.
fn escape_href(href: &str, html: &mut String) {
    for part in encode_url(href) {
        escape_into(part, html);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_readers_of_an_info_string_agree_on_annotations() {
        for (info, is_asked) in [
            ("yaml,annotate", true),
            ("yaml, linenos , annotate", true),
            ("yaml annotate", true),
            ("yaml {annotate}", true),
            ("yaml {annotate=true, hl_lines=[1]}", true),
            ("yaml {annotate=\"true\"}", true),
            ("{.yaml .annotate}", true),
            ("yaml title=\"a b\" annotate", true),
            ("yaml,name=how to annotate", false),
            ("yaml,name=how to annotate,annotate", true),
            ("yaml title=\"how to annotate\"", false),
            ("yaml annotate=false", false),
            ("annotate", false),
            ("name=x annotate", true),
            ("yaml annotated", false),
            ("yaml no-annotate", false),
            ("yaml {2} hl_lines=[annotate]", false),
            ("", false),
        ] {
            assert_eq!(parse_info_string(info).annotated, is_asked, "{info}");
            assert_eq!(ssg_parse::asks_for_annotations(info), is_asked, "{info}");
        }
    }

    #[test]
    fn footnotes_stay_behind() {
        let reference = "<sup class=\"footnote-reference\" id=\"a\"><a href=\"#b\">1</a></sup>";
        assert_eq!(without_footnotes(format!("x{reference}y{reference}<sup>2</sup>")), "xy<sup>2</sup>");
        assert_eq!(
            without_footnotes("a <sup class=\"footnote-reference\" b".to_owned()),
            "a <sup class=\"footnote-reference\" b"
        );
    }
}
