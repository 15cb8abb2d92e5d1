//! HTML as people wrote it in an editor of a hosted blog, as Markdown.

use super::entities::entities;
use crate::Guess;
use crate::blog::calls::call;
use htmd::HtmlToMarkdown;
use htmd::options::{BulletListMarker, Options};

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
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let reader =
        HtmlToMarkdown::builder().options(options).skip_tags(vec!["script", "style", "noscript"]).build();
    let text = match reader.convert(html) {
        Ok(text) => text,
        Err(error) => {
            notes.push(Guess::new(0, format!("its HTML could not be read ({error}), and stays as it was")));
            html.to_owned()
        }
    };
    held.put_back(&text)
}

/// HTML without the characters that stand for what is held, and with LF.
pub(crate) fn cleaned(html: &str) -> String {
    let html: String = html.chars().filter(|c| *c != HELD.0 && *c != HELD.1).collect();
    html.replace("\r\n", "\n")
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
        let Some(end) = inside.find(quote) else { continue };
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
    while let Some(at) = rest.find("<iframe") {
        out.push_str(rest.get(..at).unwrap_or_default());
        let here = rest.get(at..).unwrap_or_default();
        let end = here.find("</iframe>").map(|end| end + 9).or_else(|| here.find('>').map(|end| end + 1));
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
