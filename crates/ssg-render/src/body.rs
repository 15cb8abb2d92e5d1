//! Fills the holes of a body: links, images, code and shortcodes.
//!
//! What the file alone decides is HTML already. Here a hole meets the site: addresses are resolved (`links`), code is
//! highlighted, shortcodes call their templates within one allowance for the whole body.

mod moved;
mod paragraphs;
mod sanitize;

use crate::addresses::called_at;
use crate::facets::config::Markup;
use crate::facets::near::Names;
use crate::facets::theme::{CodeHighlighter, ShortcodeNames, Template};
use crate::image_references;
use crate::images::Size;
use crate::limits::{self, Allowance};
use crate::links::{Where, resolve};
use crate::owner::Owner;
use crate::reads::{ReadSite, Reads};
use crate::scope::{Scope, within};
use paragraphs::Paragraphs;
use sanitize::{is_too_deep, sanitize};
use ssg_highlight::{Note, Reason, parse_info_string};
use ssg_parse::{Arg, Around, Call, Piece, RawHtml, encode_url};
use ssg_source::markup::{Quotes, escape};
use ssg_source::{Diagnostic, Span, codes, did_you_mean};
use ssg_taxonomy::facets::CoLocatedPath;
use std::collections::HashMap;
use tera::{Context, Value};

/// Deepest nesting of shortcodes' bodies.
const DEEPEST: usize = 16;

/// Renders pieces to HTML. What is wrong with them is reported where the owner's own page is rendered.
pub(crate) fn render_pieces(reads: &Reads, owner: &Owner, pieces: &[Piece], place: Where) -> String {
    render(reads, owner, pieces, place, true)
}

/// What is wrong with a summary whose shortcodes write more than lists may hold.
pub(crate) fn check_summary(reads: &Reads, owner: &Owner, pieces: &[Piece]) -> Option<Diagnostic> {
    let first = pieces.iter().find_map(|piece| match piece {
        Piece::Shortcode(call) => Some(call.span),
        _ => None,
    })?;
    let markup = reads.get::<Markup>(&())?;
    let mut filler = Filler {
        reads,
        owner,
        place: Where::Elsewhere,
        markup: &markup,
        shortcodes: true,
        calls: HashMap::new(),
        depth: 0,
        paragraphs: Paragraphs::default(),
    };
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
/// could go on to write its own call for ever.
pub(crate) fn render_without_shortcodes(reads: &Reads, owner: &Owner, pieces: &[Piece]) -> String {
    render(reads, owner, pieces, Where::Elsewhere, false)
}

fn render(reads: &Reads, owner: &Owner, pieces: &[Piece], place: Where, shortcodes: bool) -> String {
    let html = on_its_page(reads, owner, pieces, place, shortcodes);
    match place {
        Where::Own => html,
        Where::Elsewhere => moved::into_list(html),
        Where::Feed => moved::into_feed(html, &reads.permalink(&owner.path)),
    }
}

fn on_its_page(reads: &Reads, owner: &Owner, pieces: &[Piece], place: Where, shortcodes: bool) -> String {
    let Some(markup) = reads.get::<Markup>(&()) else { return String::new() };
    let mut filler = Filler {
        reads,
        owner,
        place,
        markup: &markup,
        shortcodes,
        calls: HashMap::new(),
        depth: 0,
        paragraphs: Paragraphs::default(),
    };
    // All shortcodes of a body have one allowance.
    let allowance = if place == Where::Elsewhere { Allowance::Summary } else { Allowance::Body };
    let mut html = limits::within(allowance, || {
        let html = filler.fill(pieces);
        // What is too long is an error of the page.
        if allowance == Allowance::Summary && limits::is_spent() { String::new() } else { html }
    });
    if has_null(&html) {
        html = html.replace('\0', "\u{FFFD}");
    }
    if place == Where::Elsewhere {
        html = without_footnotes(html);
    }
    if markup.markdown.raw_html != RawHtml::Sanitize {
        return html;
    }
    if is_too_deep(&html) {
        let message = format!("elements are nested more than {} deep", sanitize::DEEPEST);
        filler.note(
            Diagnostic::error(codes::RAW_HTML, message)
                .in_file(&owner.source)
                .hint("close what is opened: the HTML of this page is shown as text"),
        );
        let mut text = String::with_capacity(html.len());
        escape_into(&html, &mut text);
        return text;
    }
    sanitize(&html, markup.markdown.math)
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
    /// How often each shortcode was called.
    calls: HashMap<String, usize>,
    depth: usize,
    paragraphs: Paragraphs,
}

impl Filler<'_> {
    fn fill(&mut self, pieces: &[Piece]) -> String {
        let around = std::mem::take(&mut self.paragraphs);
        let mut html = String::new();
        for piece in pieces {
            match piece {
                Piece::Html(text) => self.paragraphs.html(&mut html, text),
                Piece::LinkOpen { dest, title, span } => self.link(&mut html, dest, title, *span),
                Piece::Image { dest, alt, title, span } => self.image(&mut html, dest, alt, title, *span),
                Piece::Address { written, span } => self.raw_address(&mut html, written, *span),
                Piece::Code { info, code, span } => self.code(&mut html, info, code, *span),
                Piece::Shortcode(call) if self.shortcodes => self.shortcode(&mut html, call),
                Piece::Shortcode(call) => self.as_text(&mut html, call),
            }
        }
        std::mem::replace(&mut self.paragraphs, around).end(&mut html);
        html
    }

    /// Only the page's own render speaks of its mistakes; lists and feeds would repeat them.
    fn note(&self, diagnostic: Diagnostic) {
        if self.place == Where::Own {
            self.reads.report(diagnostic);
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
        html.push_str("<img src=\"");
        escape_href(&resolved.href, html);
        html.push_str("\" alt=\"");
        escape_into(alt, html);
        html.push('"');
        attribute(html, "title", title);
        // With them the browser keeps the room free, and the text does not jump.
        if let Some(size) = self.size(dest, span) {
            html.push_str(&format!(" width=\"{}\" height=\"{}\"", size.width, size.height));
        }
        html.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    /// An address in raw HTML: as it was written, unless the site says where it lies.
    fn raw_address(&mut self, html: &mut String, written: &str, span: Span) {
        let dest = written.replace("&amp;", "&");
        let resolved = resolve(self.reads, self.owner, dest.trim(), self.place, span);
        if let Some(problem) = resolved.problem {
            self.note(problem);
        }
        self.size(&dest, span);
        if resolved.href == dest.trim() {
            html.push_str(written);
        } else {
            escape_href(&resolved.href, html);
        }
    }

    /// The size of an image of the site; what is wrong with the image is noted.
    fn size(&self, reference: &str, span: Span) -> Option<Size> {
        let referred = image_references::referred(self.reads, self.owner, reference, span);
        if let Some(problem) = referred.problem {
            self.note(problem);
        }
        referred.size
    }

    fn code(&mut self, html: &mut String, info: &str, code: &str, span: Span) {
        let parsed = parse_info_string(info);
        for problem in &parsed.problems {
            let place = Span::from(problem.range.clone()).shifted(span.start as usize);
            self.note(
                Diagnostic::warning(codes::CODE_OPTION, problem.kind.to_string())
                    .in_file(&self.owner.source)
                    .at(place),
            );
        }
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

    fn shortcode(&mut self, html: &mut String, call: &Call) {
        let name = format!("shortcodes/{}.html", call.name);
        let Some(template) = self.reads.get::<Template>(&name.into()) else {
            let known = self.reads.get::<ShortcodeNames>(&()).map_or_else(Vec::new, |known| known.0.clone());
            self.note(
                Diagnostic::warning(
                    codes::UNKNOWN_SHORTCODE,
                    format!("unknown shortcode `{}`; it stays as text", call.name),
                )
                .in_file(&self.owner.source)
                .at(call.span)
                .hint_if(did_you_mean(&call.name, known.iter().map(String::as_str))),
            );
            self.as_text(html, call);
            return;
        };
        if self.depth >= DEEPEST {
            let message = format!("shortcodes nested more than {DEEPEST} deep");
            self.note(Diagnostic::error(codes::SHORTCODE, message).in_file(&self.owner.source).at(call.span));
            return;
        }
        self.check_names(call, &template);
        let mut context = Context::new();
        for (name, value) in &call.args {
            self.check_argument(name, value, call.span);
            context.insert_value(name.clone(), self.argument(value, call.span));
        }
        self.size_of_source(call, &mut context);
        if let Some(body) = &call.body {
            self.depth += 1;
            let body = self.fill(body);
            self.depth -= 1;
            context.insert_value("body", Value::safe_string(&body));
        }
        let nth = self.calls.entry(call.name.clone()).or_default();
        *nth += 1;
        context.insert_value("nth", Value::from(*nth));
        let page = crate::table::Table::new()
            .set("path", &*self.owner.path)
            .set("permalink", self.reads.permalink(&self.owner.path));
        context.insert_value("page", page.done());
        // Only the first that went too far is told of: all after it do.
        if limits::is_spent() {
            return;
        }
        let place = (self.place == Where::Own).then(|| (self.owner.source.clone(), call.span));
        let scope = Scope {
            reads: self.reads.clone(),
            templates: template.engine.clone(),
            lang: self.owner.lang.clone(),
            language: self.owner.language,
            subject: None,
            in_summary: self.place == Where::Elsewhere,
        };
        let render = || template.engine.render_part(&template.name, &context);
        match within(scope, || called_at(place, render)) {
            Ok(rendered) => self.put(html, call, rendered.trim_end_matches('\n')),
            Err(error) => {
                let called_from =
                    (&self.owner.source, call.span, format!("shortcode `{}` called here", call.name));
                let problem = template.engine.diagnostic(&error, Some(called_from));
                let told = self.missing_argument(call, &problem).or_else(|| self.at_the_call(call, &problem));
                self.note(told.unwrap_or(problem));
            }
        }
        if call.block {
            html.push('\n');
        }
    }

    /// Puts what a shortcode makes into its place: no paragraph can hold a block.
    fn put(&mut self, html: &mut String, call: &Call, rendered: &str) {
        if call.around == Around::NoParagraph || !paragraphs::is_block(rendered) {
            html.push_str(rendered);
        } else if call.around == Around::Lines {
            self.paragraphs.part(html, rendered);
        } else {
            let message =
                format!("`{}` makes a block within a sentence; it is shown after the paragraph", call.name);
            let warning = Diagnostic::warning(codes::SHORTCODE_PLACE, message);
            let hint = "put the call into a line of its own";
            self.note(warning.in_file(&self.owner.source).at(call.span).hint(hint));
            self.paragraphs.after(rendered);
        }
    }

    /// Notes arguments that the template makes no use of.
    fn check_names(&self, call: &Call, template: &Template) {
        if self.place != Where::Own || call.args.is_empty() {
            return;
        }
        let Some(used) = template.engine.names_used(&template.name) else { return };
        for (name, _) in call.args.iter().filter(|(name, _)| !used.contains(name)) {
            let message =
                format!("the shortcode `{}` has no argument `{name}`; it is passed over", call.name);
            let near = did_you_mean(name, used.iter().map(String::as_str));
            let at = call.source.find(&format!("{name}=")).unwrap_or(0);
            let start = call.span.range().start + at;
            let length = if at == 0 { call.source.len() } else { name.len() };
            self.note(
                Diagnostic::warning(codes::SHORTCODE_ARGUMENT, message)
                    .in_file(&self.owner.source)
                    .at(Span::new(start, start + length))
                    .hint_if(near),
            );
        }
    }

    /// An error of a template that is a call without an argument, told where the call is.
    fn missing_argument(&self, call: &Call, problem: &Diagnostic) -> Option<Diagnostic> {
        let named = problem.message.split('`').collect::<Vec<_>>();
        // The name stands in front of the words that say what it is.
        let at =
            named.iter().position(|words| words.starts_with(" is none") || words.contains("not defined"))?;
        let name = *named.get(at.checked_sub(1)?)?;
        let is_name =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let is_given = call.args.iter().any(|(given, _)| given == name);
        if !is_name || is_given || ["page", "nth", "body", "config"].contains(&name) {
            return None;
        }
        let message = format!("the shortcode `{}` needs `{name}`", call.name);
        let mut told = Diagnostic::error(codes::SHORTCODE_ARGUMENT, message)
            .in_file(&self.owner.source)
            .at(call.span)
            .hint(format!("write `{name}=\"…\"` between its parentheses"));
        told.hints.extend(problem.hints.iter().filter(|hint| hint.starts_with("did you mean")).cloned());
        if let Some(path) = &problem.path {
            told = told.label(path, problem.span, "the template uses it here");
        }
        Some(told)
    }

    /// What went wrong in a template of a built-in theme, at the call: there is nothing to mend in the template.
    fn at_the_call(&self, call: &Call, problem: &Diagnostic) -> Option<Diagnostic> {
        problem.path.as_ref().filter(|path| path.as_str().starts_with("theme:"))?;
        let reason = problem.message.trim_start_matches("template error: ");
        let mut told = Diagnostic::error(problem.code, format!("the shortcode `{}`: {reason}", call.name))
            .in_file(&self.owner.source)
            .at(call.span);
        told.hints.clone_from(&problem.hints);
        Some(told)
    }

    /// Notes an argument that is an address into the site and leads nowhere.
    fn check_argument(&self, name: &str, value: &Arg, span: Span) {
        const ADDRESSES: [&str; 10] =
            ["src", "href", "url", "link", "image", "poster", "cover", "thumbnail", "photo", "logo"];
        let Arg::Text(text) = value else { return };
        // A name without an ending may be anything.
        let may_be_relative = text.rsplit('/').next().is_some_and(|last| last.contains('.'));
        let is_address = text.starts_with('/') || text.starts_with("http") || may_be_relative;
        let is_other = text.starts_with("@/") || text.contains(char::is_whitespace);
        if self.place == Where::Own && ADDRESSES.contains(&name) && is_address && !is_other {
            let problem = resolve(self.reads, self.owner, text, Where::Own, span).problem;
            if let Some(problem) = problem {
                self.note(problem);
            }
        }
    }

    /// Tells a shortcode that shows the image `src` its `width` and `height`, unless the call does.
    fn size_of_source(&self, call: &Call, context: &mut Context) {
        let given = |wanted: &str| call.args.iter().find(|(name, _)| name == wanted);
        for (name, arg) in &call.args {
            let Arg::Text(text) = arg else { continue };
            let size = self.size(text, call.span);
            if name == "src"
                && let Some(size) = size
                && given("width").is_none()
                && given("height").is_none()
            {
                context.insert_value("width", Value::from(size.width));
                context.insert_value("height", Value::from(size.height));
            }
        }
    }

    /// A call of a shortcode that does not exist, as the author wrote it.
    fn as_text(&mut self, html: &mut String, call: &Call) {
        if call.block {
            html.push_str("<p>");
        }
        escape_into(&call.source, html);
        if let Some(body) = &call.body {
            if call.block {
                html.push_str("</p>\n");
            }
            let body = self.fill(body);
            html.push_str(&body);
            if call.block {
                html.push_str("<p>");
            }
            escape_into(&call.end, html);
        }
        if call.block {
            html.push_str("</p>\n");
        }
    }

    /// An argument; a text that names a file beside the page becomes its path.
    fn argument(&self, arg: &Arg, span: Span) -> Value {
        match arg {
            Arg::Text(text) => {
                // An address or a paragraph names no file.
                let could_be = !text.contains("://") && !text.contains('\n');
                let source = self.owner.source.resolve(text).ok().filter(|_| could_be);
                let beside = source.and_then(|source| self.reads.get::<CoLocatedPath>(&source));
                match beside {
                    Some(beside) => Value::from(beside.0.as_str()),
                    None if text.starts_with("@/") => {
                        let resolved = resolve(self.reads, self.owner, text, Where::Feed, span);
                        if let Some(problem) = resolved.problem {
                            self.note(problem);
                        }
                        Value::from(resolved.href)
                    }
                    None => Value::from(text.as_str()),
                }
            }
            Arg::Integer(number) => Value::from(*number),
            Arg::Float(number) => Value::from(*number),
            Arg::Bool(value) => Value::from(*value),
            Arg::List(args) => {
                Value::from(args.iter().map(|arg| self.argument(arg, span)).collect::<Vec<_>>())
            }
        }
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
    fn footnotes_stay_behind() {
        let reference = "<sup class=\"footnote-reference\" id=\"a\"><a href=\"#b\">1</a></sup>";
        assert_eq!(without_footnotes(format!("x{reference}y{reference}<sup>2</sup>")), "xy<sup>2</sup>");
        assert_eq!(
            without_footnotes("a <sup class=\"footnote-reference\" b".to_owned()),
            "a <sup class=\"footnote-reference\" b"
        );
    }
}
