//! A text drawn: a block a word for a short one, a block a sentence on one stave for a longer one.

use super::{float, short};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Up to so many words each has a block of its own.
const SHORT: usize = 300;
/// Above so many blocks one stands for a paragraph.
const MANY: usize = 120;
/// How long a text is that is still read; beyond it the drawing ends.
const LONGEST: usize = 400_000;

/// What a block of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Paragraph,
    Listed,
    Quote,
    Outline,
}

/// A part of a text.
#[derive(Debug)]
enum Part {
    /// A heading: its id, its words.
    Section(String, String),
    Block(Kind, String),
}

/// A drawing with its sections.
#[derive(Debug)]
pub(crate) struct Drawing {
    pub svg: String,
    pub words: usize,
    /// Ids and names of sections with their places in percent.
    pub sections: Vec<(String, String, f64)>,
}

/// Draws the HTML of a text; nothing where it has no words.
pub(crate) fn drawing(html: &str) -> Option<Drawing> {
    let parts = parts(html);
    let blocks = parts.iter().filter_map(|part| match part {
        Part::Block(kind, text) => Some((*kind, text)),
        Part::Section(..) => None,
    });
    let words: usize = blocks.map(|(_, text)| text.split_whitespace().count()).sum();
    if words == 0 {
        return None;
    }
    let has_sections = parts.iter().any(|part| matches!(part, Part::Section(..)));
    Some(if words <= SHORT && !has_sections { of_words(&parts, words) } else { of_sentences(&parts, words) })
}

/// How many signs of width a text has: those of Chinese and the like are two.
fn width(text: &str) -> usize {
    text.chars().map(|sign| if sign >= '\u{2e80}' { 2 } else { 1 }).sum()
}

/// A block a word, in rows of 1,000.
fn of_words(parts: &[Part], words: usize) -> Drawing {
    let (mut x, mut row) = (0.0, 0_u32);
    let mut path = String::new();
    for part in parts {
        let Part::Block(_, text) = part else { continue };
        for word in text.split_whitespace() {
            let wide = (float(width(word)) * 6.0 + 6.0).min(400.0);
            if x + wide > 1000.0 {
                x = 0.0;
                row += 1;
            }
            let _ = write!(path, "M{} {}h{}v18h-{}z", short(x), row * 30, short(wide), short(wide));
            x += wide + if word.ends_with(['.', '!', '?', '…', '。']) { 11.0 } else { 2.2 };
        }
    }
    let height = row * 30 + 18;
    let staves: String = (0..=row).map(|row| format!("M0 {}H1000", row * 30 + 9)).collect();
    let svg = format!(
        "<svg class=\"score text\" viewBox=\"0 0 1000 {height}\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path class=\"s\" d=\"{staves}\"/><path class=\"p\" d=\"{path}\"/></svg>"
    );
    Drawing { svg, words, sections: Vec::new() }
}

/// A block a sentence on one stave.
fn of_sentences(parts: &[Part], words: usize) -> Drawing {
    let sentences = |text: &str| -> Vec<usize> {
        let ends = |sign: char| matches!(sign, '.' | '!' | '?' | '。' | '！' | '？');
        text.split_inclusive(ends).map(width).filter(|width| *width > 2).collect()
    };
    let count: usize = parts
        .iter()
        .map(|part| match part {
            Part::Block(Kind::Outline, _) | Part::Section(..) => 1,
            Part::Block(_, text) => sentences(text).len(),
        })
        .sum();
    let mut x = 0.0;
    let mut placed: Vec<(Kind, f64, f64)> = Vec::new();
    let mut sections = Vec::new();
    for part in parts {
        match part {
            Part::Section(id, name) => {
                x += if placed.is_empty() { 0.0 } else { 16.0 };
                sections.push((id.clone(), name.clone(), x));
            }
            Part::Block(kind, text) => {
                let widths = if *kind == Kind::Outline {
                    vec![40]
                } else if count > MANY {
                    vec![width(text)]
                } else {
                    sentences(text)
                };
                for wide in widths {
                    let wide = float(wide).clamp(4.0, 4000.0) / 4.0;
                    placed.push((*kind, x, wide));
                    x += wide + 1.2;
                }
                x += 2.8;
            }
        }
    }
    let whole = x.max(1.0);
    let scale = 1000.0 / whole;
    let mut paths: BTreeMap<Kind, String> = BTreeMap::new();
    for (kind, x, wide) in placed {
        let (y, height) = match kind {
            Kind::Listed => (14, 28),
            Kind::Quote => (8, 40),
            _ => (0, 56),
        };
        let wide = short((wide * scale - 1.2).max(1.0));
        let path = paths.entry(kind).or_default();
        let _ = write!(path, "M{} {y}h{wide}v{height}h-{wide}z", short(x * scale));
    }
    let mut svg = "<svg class=\"score text\" viewBox=\"0 0 1000 56\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><path class=\"s\" d=\"M0 28H1000\"/>".to_owned();
    for (kind, path) in paths {
        let class = match kind {
            Kind::Paragraph | Kind::Listed => "p",
            Kind::Quote => "q",
            Kind::Outline => "o",
        };
        let _ = write!(svg, "<path class=\"{class}\" d=\"{path}\"/>");
    }
    svg.push_str("</svg>");
    let sections = sections.into_iter().map(|(id, name, x)| (id, name, x / whole * 100.0)).collect();
    Drawing { svg, words, sections }
}

/// The parts of HTML that this program wrote: tags are looked at one by one, and nothing is nested in memory.
fn parts(html: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut heading: Option<String> = None;
    let (mut listed, mut quoted, mut outlined) = (0_u32, 0_u32, 0_u32);
    let mut rest = html.get(..LONGEST).unwrap_or(html);
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let Some(end) = rest[start..].find('>') else { break };
        let tag = &rest[start + 1..start + end];
        rest = &rest[start + end + 1..];
        let (name, is_end) = match tag.strip_prefix('/') {
            Some(name) => (name, true),
            None => (tag, false),
        };
        let name = name.split([' ', '/', '\n']).next().unwrap_or("");
        if !matches!(
            name,
            "p" | "li"
                | "ul"
                | "ol"
                | "blockquote"
                | "pre"
                | "figure"
                | "table"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "dt"
                | "dd"
                | "dl"
                | "aside"
        ) {
            continue;
        }
        let kind = if outlined > 0 {
            Kind::Outline
        } else if quoted > 0 {
            Kind::Quote
        } else if listed > 0 {
            Kind::Listed
        } else {
            Kind::Paragraph
        };
        let words = std::mem::take(&mut text);
        match heading.take() {
            Some(id) => parts.push(Part::Section(id, plain(&words))),
            None if !words.trim().is_empty() && (kind != Kind::Outline || is_end) => {
                parts.push(Part::Block(kind, plain(&words)));
            }
            None => {}
        }
        let step = |depth: u32| if is_end { depth.saturating_sub(1) } else { depth.saturating_add(1) };
        match name {
            "ul" | "ol" | "dl" => listed = step(listed),
            "blockquote" => quoted = step(quoted),
            "pre" | "figure" | "table" => outlined = step(outlined),
            "h2" if !is_end => heading = Some(id_of(tag).to_owned()),
            _ => {}
        }
    }
    text.push_str(rest);
    if !text.trim().is_empty() {
        parts.push(Part::Block(Kind::Paragraph, plain(&text)));
    }
    parts
}

fn id_of(tag: &str) -> &str {
    let id = tag.split_once("id=\"").map_or("", |(_, rest)| rest);
    id.split('"').next().unwrap_or("")
}

fn plain(text: &str) -> String {
    crate::formats::read_entities(text).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_has_a_block_a_word() {
        let drawn = drawing("<p>Nothing happened. It is <em>quiet</em>.</p>").expect("a drawing");
        assert_eq!((drawn.words, drawn.svg.matches('z').count()), (5, 5));
    }

    #[test]
    fn a_longer_one_has_sections_at_their_places() {
        let html = format!(
            "<p>{}</p><h2 id=\"b\">B &amp; C</h2><p>{}</p><pre>x</pre>",
            "One two. ".repeat(100),
            "Three four. ".repeat(100)
        );
        let drawn = drawing(&html).expect("a drawing");
        let (id, name, at) = &drawn.sections[0];
        assert!(id == "b" && name == "B & C" && (30.0..70.0).contains(at), "{at}");
        assert!(drawn.svg.len() < 4_000 && drawn.svg.contains("class=\"o\""), "{}", drawn.svg.len());
    }

    #[test]
    fn no_words_are_no_drawing_and_broken_tags_no_trouble() {
        assert!(drawing("").is_none() && drawing("<p></p>").is_none());
        assert!(drawing("<p>a <b").is_some() && drawing("a > b < c").is_some());
    }
}
