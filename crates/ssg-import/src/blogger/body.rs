//! The HTML of Blogger's editor as Markdown.

use crate::Guess;
use crate::export::html::{
    Held, attribute, cleaned, code, convert, each, embedded, frames, media, paragraphs, plain, readdress,
};

/// The text as Markdown, with marks for calls of ours; `resolve` says what an address becomes.
pub(super) fn to_markdown(
    html: &str,
    resolve: impl FnMut(&str) -> Option<String>,
    notes: &mut Vec<Guess>,
) -> String {
    let mut held = Held::default();
    let html = cleaned(html);
    // What the template put below each post, and feeds before it.
    let html = html.split("<div class=\"blogger-post-footer\"").next().unwrap_or_default();
    let html = code(html, &mut held);
    let html = jump(&html, &mut held);
    let html = frames(&media(&objects(&html, &mut held)), &mut held);
    let html = pictures(&html);
    let html = readdress(&html, resolve);
    convert(&paragraphs(&breaks(&html)), &held, notes)
}

/// The jump break is where the summary ends.
fn jump(html: &str, held: &mut Held) -> String {
    let mut more = || format!("\n\n<div>{}</div>\n\n", held.hold("<!-- more -->".to_owned()));
    let html = each(html, "<a name='more'", "</a>", |_| Some(more()));
    let html = each(&html, "<a name=\"more\"", "</a>", |_| Some(more()));
    html.replace("<!--more-->", &more())
}

/// Videos of the editor's older days.
fn objects(html: &str, held: &mut Held) -> String {
    each(html, "<object", "</object>", |part| {
        let address = attribute(part, "src");
        let address = if address.is_empty() { attribute(part, "value") } else { address };
        (!address.is_empty()).then(|| embedded(&address, held))
    })
}

/// A picture that leads to a larger form of itself becomes that.
fn pictures(html: &str) -> String {
    each(html, "<a ", "</a>", |part| {
        let (tag, inside) = part.strip_suffix("</a>")?.split_once('>')?;
        let image = inside.trim();
        if !image.starts_with("<img") || image.find('>')? + 1 != image.len() {
            return None;
        }
        let (large, small) = (attribute(tag, "href"), attribute(image, "src"));
        let name = |address: &str| address.rsplit('/').next().unwrap_or_default().to_owned();
        let is_same = name(&large) == name(&small) && !name(&small).is_empty();
        is_same.then(|| {
            let text = attribute(image, "alt").replace('"', "&quot;");
            format!("<img src=\"{large}\" alt=\"{text}\">")
        })
    })
}

/// Beginnings of tags before which a break says nothing.
const BLOCKS: &[&str] =
    &["<ul", "<ol", "<div", "<p>", "<p ", "<table", "<h1", "<h2", "<h3", "<h4", "<blockquote", "<hr"];

/// Breaks of the editor as lines: two part paragraphs. Lines of the source are spaces, as in all HTML.
fn breaks(html: &str) -> String {
    let text = html.replace("<br />", "\u{b}").replace("<br/>", "\u{b}").replace("<br>", "\u{b}");
    let text = text.replace("\n\n", "\u{b}\u{b}").replace('\n', " ");
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('\u{b}') {
        out.push_str(rest.get(..at).unwrap_or_default().trim_end_matches(' '));
        let run = rest.get(at..).unwrap_or_default();
        let end = run.find(|c: char| c != '\u{b}' && c != ' ').unwrap_or(run.len());
        let number = run.get(..end).unwrap_or_default().matches('\u{b}').count();
        rest = run.get(end..).unwrap_or_default();
        let is_parted = number > 1 || rest.is_empty() || BLOCKS.iter().any(|tag| rest.starts_with(tag));
        out.push_str(if is_parted { "\n\n" } else { "\n" });
    }
    out.push_str(rest);
    out
}

/// The first words of a text, for a post without a title.
pub(super) fn first_words(html: &str) -> String {
    const MOST: usize = 8;
    let text = plain(html);
    let mut words = text.split(' ');
    let first: Vec<&str> = words.by_ref().take(MOST).collect();
    let end = if words.next().is_some() { "…" } else { "" };
    format!("{}{end}", first.join(" ").trim_end_matches(['.', ',', ';', ':']))
}
