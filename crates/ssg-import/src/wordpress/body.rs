//! The HTML of a post as Markdown: paragraphs as `WordPress` would have made them, its own codes in brackets as
//! what they stand for, and then every tag as Markdown has it.

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

/// The text as Markdown, with marks for calls of ours.
pub(super) fn to_markdown(html: &str, notes: &mut Vec<Guess>) -> String {
    let mut held = Held::default();
    let html: String = html.chars().filter(|c| *c != HELD.0 && *c != HELD.1).collect();
    let html = html.replace("\r\n", "\n");
    let has_blocks = html.contains("<!-- wp:");
    let html = brackets(&html, &mut held, notes);
    let html = comments(&html, &mut held);
    let html = frames(&html, &mut held);
    let html = if has_blocks { html } else { paragraphs(&html) };
    let options = Options {
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    let reader =
        HtmlToMarkdown::builder().options(options).skip_tags(vec!["script", "style", "noscript"]).build();
    let text = match reader.convert(&html) {
        Ok(text) => text,
        Err(error) => {
            notes.push(Guess::new(0, format!("its HTML could not be read ({error}), and stays as it was")));
            html
        }
    };
    held.put_back(&text)
}

/// Pieces that are Markdown already.
#[derive(Default)]
struct Held(Vec<String>);

impl Held {
    fn hold(&mut self, text: String) -> String {
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

/// `[caption]`, `[code]`, `[gist]` and the like.
fn brackets(html: &str, held: &mut Held, notes: &mut Vec<Guess>) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
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
        let body = after.find(&close).map(|to| {
            (after.get(..to).unwrap_or_default(), after.get(to + close.len()..).unwrap_or_default())
        });
        match known(name, arguments, body.map(|(body, _)| body), held, notes) {
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
            let code = super::export::entities(body?.trim_matches('\n'));
            let mut ticks = "```".to_owned();
            while code.contains(&ticks) {
                ticks.push('`');
            }
            block(held, format!("{ticks}{language}\n{code}\n{ticks}"))
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

/// A page of another site that is shown here.
fn embedded(address: &str, held: &mut Held) -> String {
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

fn video_id(text: &str) -> String {
    let text = text.trim().split(['&', '#']).next().unwrap_or_default();
    let id = text.rsplit(['/', '=']).next().unwrap_or(text);
    id.split('?').next().unwrap_or(id).to_owned()
}

/// Marks of blocks go; the mark where the summary ends stays.
fn comments(html: &str, held: &mut Held) -> String {
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

/// Frames, and addresses in a line of their own, of which `WordPress` makes frames.
fn frames(html: &str, held: &mut Held) -> String {
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
fn attribute(tag: &str, name: &str) -> String {
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
fn paragraphs(html: &str) -> String {
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
