//! Tags of Liquid, of Jekyll, Octopress and their plug-ins, for which there is something here.

use super::expression::{arguments, words};
use super::liquid::{Liquid, Tag, line_so_far, to_end};
use crate::blog::calls::{LINK, call, call_with};
use crate::{Guess, source};
use ssg_source::{Diagnostics, SitePath};
use std::collections::BTreeMap;

/// Writes what a tag says; gives what is still to be read, or `None` where it computes.
pub(super) fn written<'t>(
    liquid: &mut Liquid<'_>,
    tag: &Tag<'t>,
    line: usize,
    include: Option<&BTreeMap<String, String>>,
    out: &mut String,
) -> Option<&'t str> {
    match tag.name {
        "highlight" | "codeblock" | "code" | "prism" | "codeblocks" => {
            let (inner, after) = to_end(tag.after, tag.name);
            if after.len() == tag.after.len() {
                return None;
            }
            let inner = liquid.part(inner, line, include);
            let info =
                if tag.name == "codeblock" { codeblock_info(tag.rest) } else { highlight_info(tag.rest) };
            fence(&info, &inner, out);
            return Some(after);
        }
        "blockquote" | "pullquote" => {
            let (inner, after) = to_end(tag.after, tag.name);
            let inner = liquid.part(inner, line, include);
            if tag.name == "blockquote" {
                out.push_str(&quote(tag.rest, &inner));
            } else {
                out.push_str(&inner.replace("{\"", "").replace("\"}", ""));
            }
            return Some(after);
        }
        "include" | "include_relative" | "include_cached" => {
            let text = included(liquid, tag, line, include)?;
            out.push_str(&text);
        }
        "post_url" | "link" => {
            let name = words(tag.rest).into_iter().next()?;
            let text = link(liquid, &name, tag.name == "post_url", out)?;
            out.push_str(&text);
        }
        "asset_path" | "asset_url" => {
            let name = words(tag.rest).into_iter().next()?;
            out.push_str(&asset(liquid, &name));
        }
        _ => out.push_str(&embedded(tag, out)?),
    }
    Some(tag.after)
}

/// Tags that show something of another site, or a picture.
fn embedded(tag: &Tag<'_>, out: &str) -> Option<String> {
    let words = words(tag.rest);
    let first = words.first().cloned().unwrap_or_default();
    let text = match tag.name {
        name if name.ends_with("img") || name.ends_with("image") => img(&words)?,
        "youtube" | "youtube_embed" | "youtubeplayer" if !first.is_empty() => {
            block(out, &call("youtube", &[("id", &video_id(&first))]))
        }
        "vimeo" if !first.is_empty() => block(out, &call("vimeo", &[("id", &video_id(&first))])),
        "gist" if !first.is_empty() => {
            let file = words.get(1).map_or("", String::as_str);
            let url = if first.contains("://") {
                first.clone()
            } else {
                format!("https://gist.github.com/{first}")
            };
            block(out, &call("gist", &[("url", &url), ("file", file)]))
        }
        "tweet" | "twitter" if first.starts_with("http") => format!("<{first}>"),
        "video" if first.contains(['/', '.']) => {
            format!("<video controls src=\"{}\"></video>", first.replace('"', "&quot;"))
        }
        "break" | "toc" => String::new(),
        _ => return None,
    };
    Some(text)
}

/// A call that makes a block stands in a line of its own.
fn block(out: &str, text: &str) -> String {
    let here = line_so_far(out);
    if here.trim().is_empty() { text.to_owned() } else { format!("\n\n{text}\n\n") }
}

/// The id in the address of a video, or the id.
pub(super) fn video_id(text: &str) -> String {
    let text = text.split(['&', '#']).next().unwrap_or_default();
    let id = text.rsplit(['/', '=']).next().unwrap_or(text);
    id.split('?').next().unwrap_or(id).to_owned()
}

/// `{% img [class …] source [width [height]] [title ["text"]] %}`
fn img(words: &[String]) -> Option<String> {
    let at =
        words.iter().position(|word| word.starts_with('/') || word.contains("://") || word.contains('.'))?;
    let (classes, rest) = words.split_at(at);
    let (src, rest) = rest.split_first()?;
    // Plug-ins have the address that the picture leads to behind its own.
    let link = rest.first().filter(|word| word.contains("://"));
    let rest = if link.is_some() { rest.get(1..).unwrap_or_default() } else { rest };
    let sizes: Vec<&String> =
        rest.iter().take(2).take_while(|word| word.trim_end_matches("px").parse::<u32>().is_ok()).collect();
    let texts: Vec<&str> = rest.iter().skip(sizes.len()).map(String::as_str).collect();
    let alt = match texts.as_slice() {
        [title, alt] if title.contains(' ') || alt.contains(' ') => (*alt).to_owned(),
        texts => texts.join(" "),
    };
    if classes.is_empty() && sizes.is_empty() {
        let src = if src.contains([' ', '(', ')']) { format!("<{src}>") } else { src.clone() };
        let picture = format!("![{}]({src})", alt.replace(['[', ']'], ""));
        return Some(link.map_or(picture.clone(), |link| format!("[{picture}]({link})")));
    }
    let attribute = |name: &str, value: &str| {
        if value.is_empty() { String::new() } else { format!(" {name}=\"{}\"", value.replace('"', "&quot;")) }
    };
    let size = |at: usize| sizes.get(at).map_or("", |size| size.trim_end_matches("px"));
    let picture = format!(
        "<img{} src=\"{}\" alt=\"{}\"{}{}>",
        attribute("class", &classes.join(" ")),
        src.replace('"', "&quot;"),
        alt.replace('"', "&quot;"),
        attribute("width", size(0)),
        attribute("height", size(1)),
    );
    Some(link.map_or(picture.clone(), |link| format!("[{picture}]({link})")))
}

/// `ruby linenos` as words behind a fence.
fn highlight_info(rest: &str) -> String {
    let words = words(rest);
    let language = words.first().cloned().unwrap_or_default();
    let has_lines = words.iter().skip(1).any(|word| word.starts_with("lineno"));
    if has_lines { format!("{language},linenos") } else { language }
}

/// `A title lang:ruby https://… link` as Octopress's own words behind a fence.
fn codeblock_info(rest: &str) -> String {
    let words = words(rest);
    let language = words.iter().find_map(|word| word.strip_prefix("lang:")).map(str::to_owned);
    let title: Vec<String> =
        words.into_iter().filter(|word| !word.starts_with("lang:") && !word.contains("://")).collect();
    let from_name = title.first().and_then(|name| name.rsplit_once('.')).map(|(_, end)| end.to_owned());
    let language = language.or(from_name).unwrap_or_else(|| "text".to_owned());
    let title = title.join(" ").replace([',', '"', '`'], " ");
    if title.is_empty() { language } else { format!("{language} {title}") }
}

/// Writes a fenced block, as deep as the tag stood.
pub(super) fn fence(info: &str, code: &str, out: &mut String) {
    let here = line_so_far(out);
    let indent = if here.trim().is_empty() { here.to_owned() } else { String::new() };
    if here.trim().is_empty() {
        out.truncate(out.len() - here.len());
    } else {
        out.push('\n');
    }
    let code = code.trim_end().trim_start_matches('\r');
    let code = code.strip_prefix('\n').unwrap_or(code).trim_start_matches('\n');
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let shallow = code.lines().filter(|line| !line.trim().is_empty()).map(depth).min().unwrap_or(0);
    let more = " ".repeat(indent.len().saturating_sub(shallow));
    let mut ticks = "```".to_owned();
    while code.contains(&ticks) {
        ticks.push('`');
    }
    out.push_str(&format!("{indent}{ticks}{info}\n"));
    for line in code.lines() {
        out.push_str(if line.trim().is_empty() { "" } else { &more });
        out.push_str(line);
        out.push('\n');
    }
    out.push_str(&format!("{indent}{ticks}\n"));
}

/// `{% blockquote author, source https://… title %}`
fn quote(rest: &str, inner: &str) -> String {
    let url = rest.split_whitespace().find(|word| word.contains("://")).unwrap_or_default();
    let words = rest.replace(url, " ");
    let (author, from) = words.split_once(',').unwrap_or((&words, ""));
    call_with("quote", &[("author", author.trim()), ("source", from.trim()), ("url", url)], inner)
}

/// The address of a page: as a link to its file in Markdown, as its path elsewhere.
fn link(liquid: &mut Liquid<'_>, name: &str, is_post: bool, out: &str) -> Option<String> {
    let name = name.trim_start_matches('/');
    let last = name.rsplit('/').next().unwrap_or(name);
    let known = liquid.known;
    let found = known.get(name).or_else(|| if is_post { known.get(last) } else { None });
    let Some((target, address)) = found else {
        // A file that is copied keeps its place.
        let is_file = !is_post && liquid.sources.iter().any(|path| liquid.config.below_base(path) == name);
        return is_file.then(|| format!("/{name}"));
    };
    let in_markdown = out.ends_with("](") || out.ends_with("]: ") || out.ends_with("](<");
    let path = target.as_str().strip_prefix("content/")?;
    if in_markdown && !liquid.is_in_code(out) {
        Some(format!("{LINK}{}", path.replace(' ', "%20")))
    } else {
        Some(address.clone())
    }
}

/// The path of an asset: of the file whose name ends so, else where assets usually are.
fn asset(liquid: &Liquid<'_>, name: &str) -> String {
    let name = name.trim_start_matches('/');
    let end = format!("/{name}");
    let file = liquid
        .sources
        .iter()
        .map(|path| liquid.config.below_base(path))
        .find(|path| *path == name || path.ends_with(&end));
    file.map_or_else(|| format!("/assets/{name}"), |path| format!("/{}", path.trim_start_matches('_')))
}

/// The text of an include, itself without tags.
fn included(
    liquid: &mut Liquid<'_>,
    tag: &Tag<'_>,
    line: usize,
    outer: Option<&BTreeMap<String, String>>,
) -> Option<String> {
    let name = tag.rest.split_whitespace().next()?.trim_matches(['"', '\'']).to_owned();
    let stem = name.rsplit('/').next().unwrap_or(&name).split('.').next().unwrap_or_default().to_lowercase();
    if ["comment", "disqus", "shar", "analytics", "subscribe"].iter().any(|word| stem.contains(word)) {
        liquid.dropped.push(format!("{{% include {name} %}}"));
        return Some(String::new());
    }
    let folder = if tag.name == "include_relative" { String::new() } else { "_includes/".to_owned() };
    let wanted = format!("{folder}{name}");
    let path: SitePath = liquid.sources.iter().find(|path| liquid.config.below_base(path) == wanted)?.clone();
    // What is wrong with it is told once, by the one who reads the report.
    if !liquid.has_room(0) {
        return None;
    }
    let text = source::text(liquid.inputs, &path, &mut Diagnostics::new()).ok()?;
    if !liquid.has_room(text.len()) {
        return None;
    }
    if name.to_lowercase().ends_with(".svg") {
        let target = SitePath::new(&format!("static/includes/{name}")).ok()?;
        if !liquid.files.iter().any(|(one, _, _)| *one == target) {
            liquid.files.push((target, text.into_bytes(), path.as_str().to_owned()));
        }
        return Some(format!("![{stem}](/includes/{name})"));
    }
    let mut given = arguments(tag.rest.get(name.len()..).unwrap_or_default());
    if let Some(outer) = outer {
        for value in given.values_mut() {
            if let Some(text) = value.strip_prefix("include.").and_then(|key| outer.get(key)) {
                value.clone_from(text);
            }
        }
    }
    liquid.depth += 1;
    let before = liquid.notes.len();
    let text = liquid.part(&text, 1, Some(&given));
    liquid.depth -= 1;
    if liquid.notes.len() > before {
        // The tag is told, not what computes inside of it.
        liquid.notes.truncate(before);
        liquid.notes.push(Guess::new(line, format!("{name}, which is included here, is computed by Liquid")));
        return None;
    }
    let is_html = name.contains(".htm") || text.trim_start().starts_with('<');
    Some(if is_html { tidy(&text) } else { text })
}

/// HTML without empty lines and empty attributes, so that it stays one block.
fn tidy(html: &str) -> String {
    let lines: Vec<&str> = html.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if html.contains("<pre") {
        return html.to_owned();
    }
    lines.join("\n").replace(" style=\"\"", "").replace(" class=\"\"", "").replace(" title=\"\"", "")
}
