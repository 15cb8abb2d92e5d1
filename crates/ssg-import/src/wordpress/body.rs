//! The HTML of a post as Markdown: paragraphs as `WordPress` would have made them, its own codes in brackets as
//! what they stand for, and then every tag as Markdown has it.

use crate::Guess;
use crate::blog::calls::call;
use crate::export::entities::entities;
use crate::export::html::{
    Held, attribute, cleaned, code, convert, embedded, fence, frames, media, paragraphs, readdress, video_id,
};
use std::collections::BTreeSet;

/// What a text refers to besides itself.
pub(super) struct Around<'a> {
    /// What an address becomes.
    pub resolve: &'a mut dyn FnMut(&str) -> Option<String>,
    /// The pictures of a gallery, by the arguments of its code: address and text of each.
    pub gallery: &'a dyn Fn(&str) -> Vec<(String, String)>,
}

/// The text as Markdown, with marks for calls of ours.
pub(super) fn to_markdown(html: &str, around: &mut Around<'_>, notes: &mut Vec<Guess>) -> String {
    let mut held = Held::default();
    let html = cleaned(html);
    let has_blocks = html.contains("<!-- wp:");
    let html = code(&html, &mut held);
    let html = brackets(&html, around.gallery, &mut held, notes);
    let html = marks_of_blocks(&html, &mut held);
    let html = frames(&media(&html), &mut held);
    let html = readdress(&html, &mut around.resolve);
    let html = if has_blocks { html } else { paragraphs(&html) };
    convert(&html, &held, notes)
}

/// `[caption]`, `[code]`, `[gist]` and the like.
fn brackets(
    html: &str,
    gallery: &dyn Fn(&str) -> Vec<(String, String)>,
    held: &mut Held,
    notes: &mut Vec<Guess>,
) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut unclosed: BTreeSet<String> = BTreeSet::new();
    while let Some(at) = rest.find('[') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let here = rest.get(at..).unwrap_or_default();
        let inside = here.get(1..).unwrap_or_default();
        let end = inside.find(']');
        let stop = inside.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(0);
        let name = inside.get(..stop).unwrap_or_default();
        let Some(end) = end.filter(|_| !name.is_empty()) else {
            out.push('[');
            rest = inside;
            continue;
        };
        let arguments = inside.get(stop..end).unwrap_or_default().trim().trim_end_matches('/');
        let after = inside.get(end + 1..).unwrap_or_default();
        let close = format!("[/{name}]");
        // Where a code is never closed, no later one of its name is.
        let found = if unclosed.contains(name) { None } else { after.find(&close) };
        if found.is_none() {
            unclosed.insert(name.to_owned());
        }
        let body = found.map(|to| {
            (after.get(..to).unwrap_or_default(), after.get(to + close.len()..).unwrap_or_default())
        });
        let pictures = if name == "gallery" { gallery(arguments) } else { Vec::new() };
        let code = if pictures.is_empty() {
            known(name, arguments, body.map(|(body, _)| body), held, notes)
        } else {
            Some(shown(&pictures))
        };
        match code {
            Some(text) => {
                out.push_str(&text);
                rest = body.map_or(after, |(_, rest)| rest);
            }
            None => {
                out.push('[');
                rest = inside;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The pictures of a gallery, each a paragraph.
fn shown(pictures: &[(String, String)]) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    pictures
        .iter()
        .map(|(address, text)| {
            format!("\n\n<p><img src=\"{}\" alt=\"{}\"></p>\n\n", escaped(address), escaped(text))
        })
        .collect()
}

fn known(
    name: &str,
    arguments: &str,
    body: Option<&str>,
    held: &mut Held,
    notes: &mut Vec<Guess>,
) -> Option<String> {
    let first = arguments
        .trim_start_matches('=')
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .trim_matches(['"', '\'']);
    let block = |held: &mut Held, text: String| format!("\n\n<div>{}</div>\n\n", held.hold(text));
    let text = match name {
        "caption" | "wp_caption" => {
            let body = body?;
            let picture_end = body.rfind("</a>").map(|at| at + 4).or_else(|| {
                let image = body.find("<img")?;
                Some(image + body.get(image..)?.find('>')? + 1)
            })?;
            let (picture, caption) = body.split_at(picture_end);
            let given = attribute(arguments, "caption");
            let caption = if caption.trim().is_empty() { given } else { caption.trim().to_owned() };
            format!("\n\n<p>{}<br><em>{caption}</em></p>\n\n", picture.trim())
        }
        "code" | "sourcecode" | "source" | "sourceCode" => {
            let language = attribute(arguments, "lang");
            let language = if language.is_empty() { attribute(arguments, "language") } else { language };
            block(held, fence(&language, &entities(body?.trim_matches('\n'))))
        }
        "gist" => {
            let url = body.unwrap_or(first).trim();
            let url =
                if url.contains("://") { url.to_owned() } else { format!("https://gist.github.com/{url}") };
            block(held, call("gist", &[("url", &url)]))
        }
        "youtube" => block(held, call("youtube", &[("id", &video_id(body.unwrap_or(first)))])),
        "vimeo" => block(held, call("vimeo", &[("id", &video_id(body.unwrap_or(first)))])),
        "embed" => embedded(body?.trim(), held),
        "gallery" | "playlist" | "audio" | "video" | "contact-form" | "polldaddy" | "wpvideo" => {
            notes.push(Guess::new(
                0,
                format!("`[{name} {arguments}]` is made by WordPress, and was left out"),
            ));
            String::new()
        }
        _ => return None,
    };
    Some(text)
}

/// Marks of blocks go; the mark where the summary ends stays.
fn marks_of_blocks(html: &str, held: &mut Held) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find("<!--") {
        out.push_str(rest.get(..at).unwrap_or_default());
        let here = rest.get(at..).unwrap_or_default();
        let Some(end) = here.find("-->") else { break };
        let inside = here.get(4..end).unwrap_or_default().trim();
        if inside == "more" || inside.starts_with("more ") {
            out.push_str(&format!("\n\n<div>{}</div>\n\n", held.hold("<!-- more -->".to_owned())));
        }
        rest = here.get(end + 3..).unwrap_or_default();
    }
    out.push_str(rest.split("<!--").next().unwrap_or_default());
    out
}
