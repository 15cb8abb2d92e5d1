//! Shortcodes of Hugo, in both of their brackets: ours where there is one, Markdown where that says it,
//! and else shown as they were and told.

use super::Source;
use crate::Guess;
use crate::blog::Page;
use crate::blog::calls::{BRACE, LINK, MOST_HELD, call, call_with};
use crate::blog::lines::Lines;
use ssg_source::SitePath;
use std::collections::BTreeMap;

/// Pages by their path below the content and by name, and the files beside them.
#[derive(Default)]
pub(super) struct Files {
    pages: BTreeMap<String, String>,
    addresses: BTreeMap<String, String>,
    pub beside: Vec<SitePath>,
}

impl Files {
    pub fn add(&mut self, inside: &str, page: &Page) {
        let target = page.target.as_str().strip_prefix("content/").unwrap_or_default().to_owned();
        let path = inside.rsplit_once('.').map_or(inside, |(path, _)| path);
        let path = path.strip_suffix("/index").or_else(|| path.strip_suffix("/_index")).unwrap_or(path);
        let name = path.rsplit('/').next().unwrap_or(path);
        for key in [path, name] {
            self.pages.entry(key.to_lowercase()).or_insert_with(|| target.clone());
            let address = page.address.clone().unwrap_or_else(|| "/".to_owned());
            self.addresses.entry(key.to_lowercase()).or_insert(address);
        }
    }

    /// The file here, and the old address, of a page that is named in a link.
    fn page(&self, name: &str, from: &Source) -> Option<(&str, &str)> {
        let name = name.trim_start_matches("./").trim_end_matches('/').to_lowercase();
        let name = name
            .rsplit_once('.')
            .filter(|(_, end)| matches!(*end, "md" | "markdown" | "html"))
            .map_or(name.as_str(), |(name, _)| name);
        let name = name.strip_suffix("/index").or_else(|| name.strip_suffix("/_index")).unwrap_or(name);
        let whole = name.trim_start_matches('/').trim_start_matches("../");
        let near = format!("{}/{whole}", from.section_path().to_lowercase());
        let last = whole.rsplit('/').next().unwrap_or(whole);
        [near.as_str(), whole, last]
            .into_iter()
            .find_map(|key| Some((self.pages.get(key)?.as_str(), self.addresses.get(key)?.as_str())))
    }
}

/// A run over one body.
pub(super) struct Shortcodes<'a> {
    files: &'a Files,
    source: &'a Source,
    line: usize,
    pub notes: Vec<Guess>,
}

/// A tag: its name, its arguments, and what it is.
struct Tag<'t> {
    name: &'t str,
    /// Its arguments, as they are written.
    arguments: &'t str,
    is_end: bool,
    is_closed: bool,
    all: &'t str,
    after: &'t str,
}

impl<'a> Shortcodes<'a> {
    pub fn new(files: &'a Files, source: &'a Source, line: usize) -> Self {
        Self { files, source, line, notes: Vec::new() }
    }

    /// The body without foreign shortcodes.
    pub fn render(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut lines = Lines::new(text, self.line);
        while let Some((before, tag)) = next(rest) {
            out.push_str(before);
            let line = lines.at(text.len().saturating_sub(tag.after.len() + tag.all.len()));
            // `{{</* x */>}}` shows a tag.
            if tag.name.starts_with("/*") {
                out.push_str(&literal(&tag.all.replacen("/*", "", 1).replacen("*/", "", 1)));
                rest = tag.after;
                continue;
            }
            rest = tag.after;
            if tag.is_end {
                continue;
            }
            let body = if tag.is_closed { None } else { to_end(tag.after, tag.name) };
            let inner = body.map(|(inner, _)| inner);
            match self.written(&tag, inner, line, &out) {
                Some(text) => {
                    out.push_str(&text);
                    rest = body.map_or(tag.after, |(_, after)| after);
                }
                None => {
                    self.notes.push(Guess::new(
                        line,
                        format!("`{}` is a shortcode of the source, and is shown as it was", tag.all),
                    ));
                    out.push_str(&literal(tag.all));
                    if let Some((inner, after)) = body {
                        let inner = self.render(inner);
                        out.push_str(&inner);
                        rest = after;
                    }
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn written(&mut self, tag: &Tag<'_>, inner: Option<&str>, line: usize, out: &str) -> Option<String> {
        let (by_name, plain) = arguments(tag.arguments);
        let of = |keys: &[&str], at: usize| -> String {
            let named = keys.iter().find_map(|key| by_name.get(*key).cloned());
            named.or_else(|| plain.get(at).cloned()).unwrap_or_default()
        };
        let named = |key: &str| by_name.get(key).cloned().unwrap_or_default();
        let here = out.rsplit('\n').next().unwrap_or_default();
        let block = |text: String| if here.trim().is_empty() { text } else { format!("\n\n{text}\n\n") };
        let text = match tag.name {
            "youtube" => block(call("youtube", &[("id", &of(&["id"], 0)), ("title", &named("title"))])),
            "vimeo" => block(call("vimeo", &[("id", &of(&["id"], 0)), ("title", &named("title"))])),
            "gist" => {
                let (user, id) = (of(&["user"], 0), of(&["id"], 1));
                let url = format!("https://gist.github.com/{user}/{id}");
                block(call("gist", &[("url", url.trim_end_matches('/')), ("file", &of(&["file"], 2))]))
            }
            "figure" | "img" | "image" | "fig" | "picture" => {
                let src = of(&["src", "link", "path", "file", "image"], 0);
                if src.is_empty() {
                    return None;
                }
                let caption = named("caption");
                let caption = if caption.is_empty() { named("title") } else { caption };
                let alt = of(&["alt"], 1);
                if tag.name == "figure" || !caption.is_empty() {
                    block(call(
                        "figure",
                        &[
                            ("src", &src),
                            ("alt", &alt),
                            ("caption", &caption),
                            ("width", &size(&named("width"))),
                            ("height", &size(&named("height"))),
                        ],
                    ))
                } else {
                    format!(
                        "![{}]({})",
                        alt.replace(['[', ']'], ""),
                        if src.contains(' ') { format!("<{src}>") } else { src }
                    )
                }
            }
            "imgproc" => {
                let name = plain.first()?;
                let folder = self.source.path.parent().unwrap_or_default();
                let is_near = |path: &&SitePath| {
                    path.parent().as_ref() == Some(&folder) && path.file_name().contains(name.as_str())
                };
                let Some(file) = self.files.beside.iter().find(is_near) else {
                    self.notes.push(Guess::new(
                        line,
                        format!("there is no picture `{name}` beside the page; it was left out"),
                    ));
                    return Some(inner.map(str::trim).unwrap_or_default().to_owned());
                };
                let caption = inner.map(str::trim).unwrap_or_default();
                block(call("figure", &[("src", file.file_name()), ("caption", &caption.replace('\n', " "))]))
            }
            "gallery" if inner.is_some() => self.render(inner?),
            "highlight" => {
                let inner = inner?;
                let language = of(&["lang"], 0);
                let mut info = language;
                if tag.all.contains("linenos") && !tag.all.contains("linenos=false") {
                    info.push_str(",linenos");
                }
                if let Some((_, lines)) = tag.all.split_once("hl_lines=") {
                    let lines = lines.trim_start_matches(['"', '[', '\\']);
                    let end = lines
                        .find(|c: char| !(c.is_ascii_digit() || "- ".contains(c)))
                        .unwrap_or(lines.len());
                    info.push_str(&format!(",hl_lines={}", lines.get(..end).unwrap_or_default().trim()));
                }
                let mut ticks = "```".to_owned();
                while inner.contains(&ticks) {
                    ticks.push('`');
                }
                format!("\n{ticks}{info}\n{}\n{ticks}\n", inner.trim_matches('\n').trim_end())
            }
            "tweet" | "x" | "twitter" => {
                let (user, id) = (of(&["user"], 0), of(&["id"], 1));
                let (user, id) = if id.is_empty() { ("i".to_owned(), user) } else { (user, id) };
                let address = if user == "i" {
                    format!("https://twitter.com/i/status/{id}")
                } else {
                    format!("https://twitter.com/{user}/status/{id}")
                };
                format!("<{address}>")
            }
            "ref" | "relref" => self.link(&of(&["path"], 0), out)?,
            "alert" | "note" | "notice" | "info" | "tip" | "hint" | "callout" | "admonition" | "pageinfo"
            | "warning" | "caution" | "danger" | "important" => {
                let inner = self.render(inner?);
                let kind = format!("{} {} {} {}", tag.name, named("color"), named("type"), of(&["kind"], 0))
                    .to_lowercase();
                let warns = ["warn", "caution", "danger", "important"].iter().any(|word| kind.contains(word));
                let title = named("title");
                let body = if title.is_empty() { inner } else { format!("**{title}**\n\n{}", inner.trim()) };
                block(call_with(if warns { "warning" } else { "note" }, &[], &body))
            }
            "blockquote" | "quote" => {
                let inner = self.render(inner?);
                block(call_with(
                    "quote",
                    &[("author", &of(&["author"], 0)), ("source", &named("title")), ("url", &named("link"))],
                    &inner,
                ))
            }
            "details" | "expand" => {
                let inner = self.render(inner?);
                format!(
                    "<details><summary>{}</summary>\n\n{}\n\n</details>",
                    of(&["summary", "title"], 0),
                    inner.trim()
                )
            }
            "rawhtml" | "html" | "unsafe" => inner?.to_owned(),
            "comment" => String::new(),
            _ => return None,
        };
        Some(text)
    }

    /// The address of a page: as a link to its file in Markdown, as its path elsewhere.
    fn link(&self, name: &str, out: &str) -> Option<String> {
        let (path, anchor) = name.split_once('#').map_or((name, ""), |(path, anchor)| (path, anchor));
        let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
        if path.is_empty() {
            return Some(anchor);
        }
        let (target, address) = self.files.page(path, self.source)?;
        let in_markdown = out.ends_with("](") || out.ends_with("]: ");
        Some(if in_markdown {
            format!("{LINK}{}{anchor}", target.replace(' ', "%20"))
        } else {
            format!("{address}{anchor}")
        })
    }
}

fn size(text: &str) -> String {
    text.trim_end_matches("px").parse::<u32>().map_or_else(|_| String::new(), |number| number.to_string())
}

fn literal(text: &str) -> String {
    text.replace("{{", &format!("{BRACE}{{"))
}

fn next(text: &str) -> Option<(&str, Tag<'_>)> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find("{{")?;
        let here = text.get(at..)?;
        let close = match here.as_bytes().get(2) {
            Some(b'<') => ">}}",
            Some(b'%') => "%}}",
            _ => {
                from = at + 2;
                continue;
            }
        };
        let Some(end) = here.find(close) else {
            from = at + 2;
            continue;
        };
        let all = here.get(..end + 3)?;
        let inner = here.get(3..end)?.trim();
        let (is_end, inner) = match inner.strip_prefix('/') {
            Some(rest) if !rest.starts_with('*') => (true, rest.trim()),
            _ => (false, inner),
        };
        let (is_closed, inner) =
            inner.strip_suffix('/').map_or((false, inner), |rest| (!inner.ends_with("*/"), rest));
        let stop = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let (name, rest) = inner.split_at(stop);
        let tag = Tag { name, arguments: rest, is_end, is_closed, all, after: here.get(end + 3..)? };
        return Some((text.get(..at)?, tag));
    }
}

/// What a tag holds, and what stands behind its end.
fn to_end<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    let mut depth = 0_usize;
    let mut rest = text;
    for _ in 0..MOST_HELD {
        let (_, tag) = next(rest)?;
        if tag.name == name && tag.is_end {
            if depth == 0 {
                return Some((text.get(..text.len() - tag.after.len() - tag.all.len())?, tag.after));
            }
            depth -= 1;
        } else if tag.name == name && !tag.is_closed {
            depth += 1;
        }
        rest = tag.after;
    }
    None
}

/// Arguments, with a name and without.
fn arguments(text: &str) -> (BTreeMap<String, String>, Vec<String>) {
    let mut words: Vec<String> = vec![String::new()];
    let mut quote = None;
    for c in text.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '`' => quote = Some(c),
            None if c.is_whitespace() => words.push(String::new()),
            _ => words.last_mut().map_or((), |word| word.push(c)),
        }
    }
    let mut named = BTreeMap::new();
    let mut plain = Vec::new();
    for word in words.into_iter().filter(|word| !word.is_empty()) {
        let is_name =
            |key: &str| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
        match word.split_once('=') {
            Some((key, value)) if is_name(key) => {
                named.insert(key.to_lowercase(), value.to_owned());
            }
            _ => plain.push(word),
        }
    }
    (named, plain)
}
