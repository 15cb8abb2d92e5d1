//! Shortcodes of Zola: those that there are here as well stay, others are shown as they were and told.

use crate::Guess;
use crate::blog::calls::{BRACE, call, code, ending, opening};
use crate::blog::lines::Lines;

/// A body, which begins on a line of its file, with our shortcodes.
pub(super) fn to_ours(body: &str, first_line: usize, notes: &mut Vec<Guess>) -> String {
    let ranges = code(body);
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    let mut lines = Lines::new(body, first_line);
    let mut open: Vec<bool> = Vec::new();
    while let Some(found) = body.get(at..).and_then(|rest| rest.find('{')) {
        let start = at + found;
        out.push_str(body.get(at..start).unwrap_or_default());
        let here = body.get(start..).unwrap_or_default();
        let (close, is_block) = match here.as_bytes().get(1) {
            Some(b'{') => ("}}", false),
            Some(b'%') => ("%}", true),
            _ => ("", false),
        };
        let after = ranges.partition_point(|range| range.start <= start);
        let in_code =
            after.checked_sub(1).and_then(|at| ranges.get(at)).is_some_and(|range| range.contains(&start));
        let end = here.find(close).filter(|_| !close.is_empty() && !in_code);
        let Some(end) = end else {
            out.push('{');
            at = start + 1;
            continue;
        };
        let inner = here.get(2..end).unwrap_or_default().trim().trim_matches('-').trim();
        let all = here.get(..end + 2).unwrap_or_default();
        let line = lines.at(start);
        match written(inner, is_block, &mut open) {
            Some(text) => out.push_str(&text),
            None => {
                notes.push(Guess::new(
                    line,
                    format!("`{all}` is a shortcode of the source, and is shown as it was"),
                ));
                out.push(BRACE);
                out.push_str(all.get(1..).unwrap_or_default());
            }
        }
        at = start + end + 2;
    }
    out.push_str(body.get(at..).unwrap_or_default());
    out
}

fn written(inner: &str, is_block: bool, open: &mut Vec<bool>) -> Option<String> {
    if is_block && matches!(inner, "end" | "endraw") {
        return open.pop().unwrap_or(false).then(ending);
    }
    let (name, rest) = inner.split_once('(')?;
    let arguments = rest.trim().strip_suffix(')')?;
    let pairs: Vec<(String, String)> = split(arguments)
        .into_iter()
        .filter_map(|one| {
            let (key, value) = one.split_once('=')?;
            Some((key.trim().to_owned(), value.trim().trim_matches(['"', '\'', '`']).to_owned()))
        })
        .collect();
    let of = |keys: &[&str]| {
        pairs.iter().find(|(key, _)| keys.contains(&key.as_str())).map_or("", |(_, value)| value.as_str())
    };
    let text = match (name.trim(), is_block) {
        ("youtube", false) if !of(&["id"]).is_empty() => {
            call("youtube", &[("id", of(&["id"])), ("title", of(&["title"]))])
        }
        ("vimeo", false) if !of(&["id"]).is_empty() => {
            call("vimeo", &[("id", of(&["id"])), ("title", of(&["title"]))])
        }
        ("gist", false) if !of(&["url"]).is_empty() => {
            call("gist", &[("url", of(&["url"])), ("file", of(&["file"]))])
        }
        ("figure" | "image" | "img", false) if !of(&["src", "path", "url"]).is_empty() => call(
            "figure",
            &[
                ("src", of(&["src", "path", "url"])),
                ("alt", of(&["alt"])),
                ("caption", of(&["caption", "title"])),
            ],
        ),
        ("quote", true) => {
            open.push(true);
            return Some(opening(
                "quote",
                &[("author", of(&["author", "cite"])), ("source", of(&["source"])), ("url", of(&["url"]))],
            ));
        }
        ("note" | "info" | "tip", true) => {
            open.push(true);
            return Some(opening("note", &[]));
        }
        ("warning" | "danger" | "caution", true) => {
            open.push(true);
            return Some(opening("warning", &[]));
        }
        (_, true) => {
            open.push(false);
            return None;
        }
        _ => return None,
    };
    Some(text)
}

/// Arguments, parted at commas that stand in no quotes.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    for c in text.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            _ => {}
        }
        if c == ',' && quote.is_none() {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}
