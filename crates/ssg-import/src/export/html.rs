//! HTML as people wrote it in an editor of a hosted blog, as Markdown.

use super::entities::entities;
use crate::Guess;
use crate::blog::calls::{call, is_mark, outside_code, unmarked};
use crate::html::{Unread, markdown_of};

/// What stands for something that is Markdown already, while the HTML is read.
const HELD: (char, char) = ('\u{F8F6}', '\u{F8F7}');

/// Tags that begin a block, before which no paragraph is made.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "td",
    "th",
    "pre",
    "blockquote",
    "figure",
    "figcaption",
    "hr",
    "dl",
    "dt",
    "dd",
    "section",
    "article",
    "form",
    "iframe",
    "video",
    "audio",
    "address",
    "details",
    "center",
    "nav",
    "aside",
    "/",
];

/// The Markdown of HTML whose paragraphs are marked.
pub(crate) fn convert(html: &str, held: &Held, notes: &mut Vec<Guess>) -> String {
    held.put_back(&converted(html, vec!["script", "style", "noscript"], notes))
}

/// The same of what a stranger wrote: without pictures and frames.
pub(crate) fn convert_of_strangers(html: &str) -> String {
    let left_out =
        vec!["script", "style", "noscript", "img", "iframe", "object", "embed", "video", "audio", "form"];
    converted(html, left_out, &mut Vec::new())
}

fn converted(html: &str, left_out: Vec<&'static str>, notes: &mut Vec<Guess>) -> String {
    let why = match markdown_of(html, left_out) {
        Ok(text) => return textual(&text),
        Err(Unread::TooDeep) => "its tags are nested too deep, and it came over as plain text".to_owned(),
        Err(Unread::Failed(error)) => {
            format!("its HTML could not be read ({error}), and came over as plain text")
        }
    };
    notes.push(Guess::new(0, why));
    escaped(&plain(html))
}

/// Markdown without tags: what was text in the HTML stays text. Addresses in angle brackets stay.
fn textual(markdown: &str) -> String {
    if !markdown.contains('<') {
        return markdown.to_owned();
    }
    outside_code(markdown, |part| {
        let mut out = String::with_capacity(part.len());
        for (at, c) in part.char_indices() {
            let before = part.get(..at).unwrap_or_default();
            let after = part.get(at + 1..).unwrap_or_default();
            let is_address = ["http://", "https://", "mailto:"].iter().any(|start| after.starts_with(start))
                && !after.split('>').next().unwrap_or_default().contains(['<', ' ', '\n']);
            let is_destination = before.ends_with("](")
                && after.split_once('>').is_some_and(|(address, rest)| {
                    !address.contains(['<', '\n', '"', '\'']) && rest.starts_with([')', ' '])
                });
            if c == '<' && !before.ends_with('\\') && !is_address && !is_destination {
                out.push_str("&lt;");
            } else {
                out.push(c);
            }
        }
        out
    })
}

/// A text as Markdown that shows it, whatever signs it has.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_mark(*c)) {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '{' => out.push_str("&#123;"),
            c if c.is_ascii_punctuation()
                && !matches!(c, '.' | ',' | '-' | '\'' | '"' | '?' | ';' | ':' | '/' | '%' | '=') =>
            {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// HTML without the characters that are an importer's marks, be they written as references, and with LF.
pub(crate) fn cleaned(html: &str) -> String {
    let html = unmarked(html).replace("\r\n", "\n");
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some(at) = rest.find("&#") {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let digits = here.get(2..).unwrap_or_default();
        let (digits, base) = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => (hex, 16),
            None => (digits, 10),
        };
        let end = digits.find(|c: char| !c.is_digit(base)).unwrap_or(digits.len());
        let number = digits.get(..end).unwrap_or_default().trim_start_matches('0');
        let is_mark = u32::from_str_radix(number, base).ok().and_then(char::from_u32).is_some_and(is_mark);
        if is_mark {
            let after = digits.get(end..).unwrap_or_default();
            rest = after.strip_prefix(';').unwrap_or(after);
        } else {
            out.push_str("&#");
            rest = here.get(2..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// Each part of a text from `open` to `close`, both included, as `change` has it; `None` leaves it.
pub(crate) fn each(
    html: &str,
    open: &str,
    close: &str,
    mut change: impl FnMut(&str) -> Option<String>,
) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(open) {
        out.push_str(rest.get(..at).unwrap_or_default());
        let here = rest.get(at..).unwrap_or_default();
        let Some(end) = here.find(close).map(|end| end + close.len()) else {
            out.push_str(here);
            return out;
        };
        let part = here.get(..end).unwrap_or_default();
        match change(part) {
            Some(text) => out.push_str(&text),
            None => out.push_str(part),
        }
        rest = here.get(end..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// `<pre>` as blocks of code; of `<pre class="brush: ruby">` and the like with the language.
pub(crate) fn code(html: &str, held: &mut Held) -> String {
    each(html, "<pre", "</pre>", |part| {
        let (tag, code) = part.strip_suffix("</pre>")?.split_once('>')?;
        if !tag.get(4..).unwrap_or_default().starts_with([' ', '\n', '\t']) && tag.len() > 4 {
            return None;
        }
        let code = code.replace("<br />", "\n").replace("<br/>", "\n").replace("<br>", "\n");
        let class = attribute(tag, "class");
        let mut language = class.split_once("brush:").map_or("", |(_, rest)| rest).trim_start().to_owned();
        let code = match code.trim().strip_prefix("<code").and_then(|rest| rest.split_once('>')) {
            Some((tag, rest)) => {
                if let Some((_, name)) = attribute(tag, "class").split_once("language-") {
                    name.clone_into(&mut language);
                }
                rest.trim_end().trim_end_matches("</code>").to_owned()
            }
            None => code,
        };
        let language: String = language
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '#'))
            .collect();
        let code = unmarked(&entities(&without_tags(&code)));
        Some(format!("\n\n<div>{}</div>\n\n", held.hold(fence(&language, code.trim_matches('\n')))))
    })
}

/// Code without the tags that coloured it; entities stay.
fn without_tags(code: &str) -> String {
    const TAGS: &[&str] =
        &["span", "b", "i", "u", "a", "em", "strong", "font", "code", "div", "p", "small", "sub", "sup"];
    let mut out = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find('<') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let name = after.get(1..).unwrap_or_default().trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let is_tag = TAGS.contains(&name.get(..end).unwrap_or_default());
        match after.find('>').filter(|_| is_tag) {
            Some(end) => rest = after.get(end + 1..).unwrap_or_default(),
            None => {
                out.push('<');
                rest = after.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// Films and sounds of the blog's own as links to their files.
pub(crate) fn media(html: &str) -> String {
    let link = |part: &str| {
        let address = attribute(part, "src");
        (!address.is_empty()).then(|| {
            let name = address.rsplit('/').next().unwrap_or(&address);
            format!("\n\n<p><a href=\"{address}\">{name}</a></p>\n\n")
        })
    };
    each(&each(html, "<video", "</video>", link), "<audio", "</audio>", link)
}

/// Pieces that are Markdown already.
#[derive(Default)]
pub(crate) struct Held(Vec<String>);

impl Held {
    /// What stands for a piece until all is put back.
    pub fn hold(&mut self, text: String) -> String {
        self.0.push(text);
        format!("{}{}{}", HELD.0, self.0.len() - 1, HELD.1)
    }

    fn put_back(&self, text: &str) -> String {
        let mut out = text.to_owned();
        // A piece may stand in a later one.
        for (at, piece) in self.0.iter().enumerate().rev() {
            out = out.replace(&format!("{}{at}{}", HELD.0, HELD.1), piece);
        }
        out
    }
}

/// Code as a block of Markdown; `language` may be empty.
pub(crate) fn fence(language: &str, code: &str) -> String {
    let mut ticks = "```".to_owned();
    while code.contains(&ticks) {
        ticks.push('`');
    }
    format!("{ticks}{language}\n{code}\n{ticks}")
}

/// Gives the addresses of links and pictures to `resolve`, which may have another for them.
pub(crate) fn readdress(html: &str, mut resolve: impl FnMut(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let next =
        |text: &str| ["href=", "src="].iter().filter_map(|name| Some(text.find(name)? + name.len())).min();
    while let Some(at) = next(rest) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        rest = after;
        let Some(quote) = after.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
        let inside = after.get(1..).unwrap_or_default();
        let Some(end) = inside.find(quote) else { break };
        let address = inside.get(..end).unwrap_or_default();
        out.push(quote);
        match resolve(&entities(address.trim())) {
            Some(ours) => out.push_str(&ours.replace('&', "&amp;").replace(quote, "%22")),
            None => out.push_str(address),
        }
        rest = inside.get(end..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// A title or a sentence without tags.
pub(crate) fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let is_tag = after
            .get(1..)
            .is_some_and(|text| text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!'));
        match after.find('>') {
            Some(end) if is_tag => {
                rest = after.get(end + 1..).unwrap_or_default();
            }
            _ => {
                out.push('<');
                rest = after.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    let out = entities(&out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page of another site that is shown here.
pub(crate) fn embedded(address: &str, held: &mut Held) -> String {
    let name = if address.contains("youtu") {
        "youtube"
    } else if address.contains("vimeo.com") {
        "vimeo"
    } else {
        return format!("\n\n<p><a href=\"{address}\">{address}</a></p>\n\n");
    };
    let text = call(name, &[("id", &video_id(address))]);
    format!("\n\n<div>{}</div>\n\n", held.hold(text))
}

/// The id of a video, of its address or alone.
pub(crate) fn video_id(text: &str) -> String {
    let text = text.trim().split('#').next().unwrap_or_default();
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    let asked = query.split('&').find_map(|part| part.trim_start_matches("amp;").strip_prefix("v="));
    let last = || path.split('&').next().unwrap_or_default().rsplit(['/', '=']).next().unwrap_or_default();
    asked.unwrap_or_else(last).to_owned()
}

/// Frames, and addresses in a line of their own, of which `WordPress` makes frames.
pub(crate) fn frames(html: &str, held: &mut Held) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut may_close = true;
    while let Some(at) = rest.find("<iframe") {
        out.push_str(rest.get(..at).unwrap_or_default());
        let here = rest.get(at..).unwrap_or_default();
        let close = if may_close { here.find("</iframe>").map(|end| end + 9) } else { None };
        // Where one is never closed, no later one is.
        may_close = close.is_some();
        let end = close.or_else(|| here.find('>').map(|end| end + 1));
        let (frame, after) = here.split_at(end.unwrap_or(here.len()));
        let address = attribute(frame, "src");
        if !address.is_empty() {
            out.push_str(&embedded(&address, held));
        }
        rest = after;
    }
    out.push_str(rest);
    let lines: Vec<String> = out
        .split('\n')
        .map(|line| {
            let bare = line.trim();
            let is_address = bare.starts_with("http") && !bare.contains([' ', '<']);
            if is_address && (bare.contains("youtu") || bare.contains("vimeo.com")) {
                embedded(bare, held)
            } else {
                line.to_owned()
            }
        })
        .collect();
    lines.join("\n")
}

/// The value of an attribute.
pub(crate) fn attribute(tag: &str, name: &str) -> String {
    let mut from = 0;
    while let Some(at) = tag.get(from..).and_then(|rest| rest.find(name)) {
        let after = tag.get(from + at + name.len()..).unwrap_or_default().trim_start();
        if let Some(value) = after.strip_prefix('=') {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            return match quote {
                Some(quote) => {
                    value.get(1..).and_then(|rest| rest.split(quote).next()).unwrap_or_default().to_owned()
                }
                None => value.split([' ', '>', ']']).next().unwrap_or_default().to_owned(),
            };
        }
        from += at + name.len();
    }
    String::new()
}

/// Paragraphs of what empty lines part, and breaks at the ends of lines; `pre` stays as it is.
pub(crate) fn paragraphs(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(at) = rest.find("<pre") {
        out.push_str(&broken(rest.get(..at).unwrap_or_default()));
        let here = rest.get(at..).unwrap_or_default();
        let end = here.find("</pre>").map_or(here.len(), |end| end + 6);
        out.push_str(here.get(..end).unwrap_or_default());
        rest = here.get(end..).unwrap_or_default();
    }
    out.push_str(&broken(rest));
    out
}

fn broken(html: &str) -> String {
    let mut out = String::new();
    for part in html.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
        let name = part.strip_prefix('<').unwrap_or_default();
        let name: String = name.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        let is_block = BLOCKS
            .iter()
            .any(|block| name.eq_ignore_ascii_case(block) || (*block == "/" && name.starts_with('/')));
        if is_block {
            out.push_str(part);
            out.push('\n');
        } else {
            out.push_str(&format!("<p>{}</p>\n", part.replace('\n', "<br>")));
        }
    }
    out
}
