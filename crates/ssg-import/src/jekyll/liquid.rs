//! Runs as much of Liquid over a body as needs no site: expressions that are known, and tags that say
//! something which Markdown or a shortcode of ours can say.
//!
//! Everything else computes. It is shown as it was, in code where it stands alone, and told with its line.

use super::config::JekyllConfig;
use super::expression::{Scope, value};
use super::tags;
use crate::Guess;
use crate::blog::calls::{BRACE, MOST_HELD};
use crate::blog::lines::Lines;
use ssg_parse::Value;
use ssg_source::{Inputs, SitePath};
use std::collections::BTreeMap;

/// Includes within includes.
const DEEPEST: usize = 8;
/// How many bytes the includes of a body may have in all, each counted as often as it is included.
const MOST_INCLUDED: usize = 4 << 20;
/// What an include counts at least.
const LEAST_INCLUDED: usize = 256;
/// How far back in a line is looked for what a tag stands in.
const LINE: usize = 8 << 10;

/// A run over one body.
pub(super) struct Liquid<'a> {
    pub config: &'a JekyllConfig,
    /// Pages by their path in the source and by the name of their file: where they go, and their address.
    pub known: &'a BTreeMap<String, (SitePath, String)>,
    pub sources: &'a [SitePath],
    pub inputs: &'a dyn Inputs,
    pub header: &'a Value,
    pub notes: Vec<Guess>,
    /// Files that come over because the body needs them.
    pub files: Vec<(SitePath, Vec<u8>, String)>,
    /// What was left out since the site does without it.
    pub dropped: Vec<String>,
    assigned: BTreeMap<String, String>,
    pub depth: usize,
    included: usize,
    /// How far what is being written is known to be code or none, from the body to the include at hand.
    code: Vec<Code>,
}

/// A tag or an expression, and where it stands.
pub(super) struct Tag<'t> {
    /// The name of a tag; empty for an expression.
    pub name: &'t str,
    /// What follows the name.
    pub rest: &'t str,
    /// All of it, with braces.
    pub all: &'t str,
    /// What stands behind it.
    pub after: &'t str,
}

impl<'a> Liquid<'a> {
    pub fn new(
        config: &'a JekyllConfig,
        known: &'a BTreeMap<String, (SitePath, String)>,
        sources: &'a [SitePath],
        inputs: &'a dyn Inputs,
        header: &'a Value,
    ) -> Self {
        Self {
            config,
            known,
            sources,
            inputs,
            header,
            notes: Vec::new(),
            files: Vec::new(),
            dropped: Vec::new(),
            assigned: BTreeMap::new(),
            depth: 0,
            included: 0,
            code: Vec::new(),
        }
    }

    /// Counts an include of a length; false where the body has no room for it.
    pub fn has_room(&mut self, length: usize) -> bool {
        self.included = self.included.saturating_add(length.max(LEAST_INCLUDED));
        self.included <= MOST_INCLUDED
    }

    /// Whether what is written so far ends within a block or a span of code.
    pub fn is_in_code(&mut self, out: &str) -> bool {
        self.code.last_mut().is_some_and(|code| code.is_at_end(out))
    }

    /// A body without tags; `line` is the one on which it begins.
    pub fn render(&mut self, text: &str, line: usize) -> String {
        self.part(text, line, None)
    }

    /// A part of a body, or an include with its arguments.
    pub fn part(&mut self, text: &str, line: usize, include: Option<&BTreeMap<String, String>>) -> String {
        let mut out = String::with_capacity(text.len());
        if self.depth > DEEPEST {
            return literal(text);
        }
        self.code.push(Code::default());
        let mut rest = text;
        let mut lines = Lines::new(text, line);
        while let Some((before, tag)) = next(rest) {
            out.push_str(before);
            let at = lines.at(text.len().saturating_sub(tag.after.len() + tag.all.len()));
            rest = self.one(&tag, at, include, &mut out);
        }
        out.push_str(rest);
        self.code.pop();
        out
    }

    /// One tag; gives what is still to be read.
    fn one<'t>(
        &mut self,
        tag: &Tag<'t>,
        line: usize,
        include: Option<&BTreeMap<String, String>>,
        out: &mut String,
    ) -> &'t str {
        if tag.name.is_empty() {
            let scope = Scope {
                site: &self.config.value,
                page: self.header,
                include,
                assigned: &self.assigned,
                before_path: tag.after.starts_with(['/', '{']),
            };
            match value(tag.rest, &scope) {
                Some(text) => out.push_str(&text),
                None => self.show(tag.all, line, out),
            }
            return tag.after;
        }
        match tag.name {
            "raw" => {
                let (inner, after) = to_end(tag.after, "raw");
                out.push_str(&literal(inner));
                return after;
            }
            "comment" => return to_end(tag.after, "comment").1,
            "assign" => {
                if let Some((name, value)) = tag.rest.split_once('=')
                    && let [text] = super::expression::words(value).as_slice()
                    && value.trim().starts_with(['"', '\''])
                {
                    self.assigned.insert(name.trim().to_owned(), text.clone());
                    return tag.after;
                }
            }
            "if" | "unless" | "for" | "case" | "capture" | "tablerow" => {
                let (inner, after) = to_end(tag.after, tag.name);
                let length = tag.all.len() + (tag.after.len() - after.len());
                let _ = inner;
                // The tag, what it holds and its end stand in one piece.
                self.show(&whole(tag, length), line, out);
                return after;
            }
            _ => {}
        }
        match tags::written(self, tag, line, include, out) {
            Some(after) => after,
            None => {
                self.show(tag.all, line, out);
                tag.after
            }
        }
    }

    /// Shows what computes as it was, in code where that is possible, and tells it.
    fn show(&mut self, text: &str, line: usize, out: &mut String) {
        let first = text.lines().next().unwrap_or_default();
        self.notes.push(Guess::new(line, format!("`{first}` is computed by Liquid, and is shown as it was")));
        let here = line_so_far(out);
        let starts_line = here.trim().is_empty() && !here.starts_with("    ");
        let in_code = self.is_in_code(out);
        if in_code || here.starts_with("    ") || is_in_markup(here) {
            out.push_str(&literal(text));
        } else if text.contains('\n') && starts_line && !text.contains("```") {
            out.push_str(&format!("\n```liquid\n{}\n```\n", literal(text.trim())));
        } else if text.contains('\n') || text.contains('`') {
            out.push_str(&literal(text));
        } else if here.trim_start().starts_with('<') {
            // A line that begins with a tag is HTML, in which ticks are only ticks.
            let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
            out.push_str(&format!("<code>{}</code>", literal(&escaped)));
        } else {
            out.push_str(&format!("`{}`", literal(text)));
        }
    }
}

/// The slice of the text from the tag on, of this length.
fn whole(tag: &Tag<'_>, length: usize) -> String {
    let mut all = tag.all.to_owned();
    all.push_str(tag.after.get(..length.saturating_sub(tag.all.len())).unwrap_or_default());
    all
}

/// A text whose braces show.
pub(super) fn literal(text: &str) -> String {
    let mark = BRACE.to_string();
    text.replace("{{", &format!("{mark}{{")).replace("{%", &format!("{mark}%"))
}

/// The line that a text ends in, or as much of its end as is looked at.
pub(super) fn line_so_far(text: &str) -> &str {
    let mut from = text.len().saturating_sub(LINE);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let end = &text[from..];
    end.rfind('\n').map_or(end, |at| &end[at + 1..])
}

/// Up to where a text that grows is known to be code or none.
#[derive(Default)]
struct Code {
    /// The beginning of the line that is not over.
    at: usize,
    /// The sign of the fence that is open there.
    fence: Option<&'static str>,
}

impl Code {
    /// The fence that is open behind a line.
    fn after(fence: Option<&'static str>, line: &str) -> Option<&'static str> {
        let start = line.trim_start();
        match fence {
            Some(sign) if start.starts_with(sign) => None,
            None if start.starts_with("```") => Some("```"),
            None if start.starts_with("~~~") => Some("~~~"),
            same => same,
        }
    }

    fn is_at_end(&mut self, text: &str) -> bool {
        while let Some(length) = text.get(self.at..).and_then(|rest| rest.find('\n')) {
            self.fence = Self::after(self.fence, &text[self.at..self.at + length]);
            self.at += length + 1;
        }
        let line = text.get(self.at..).unwrap_or_default();
        Self::after(self.fence, line).is_some() || line_so_far(text).matches('`').count() % 2 == 1
    }
}

/// Whether the line so far ends within a tag of HTML or the address of a link.
fn is_in_markup(line: &str) -> bool {
    let open = |opening: &str, closing: &str| {
        line.rfind(opening).is_some_and(|at| !line.get(at..).unwrap_or_default().contains(closing))
    };
    open("<", ">") || open("](", ")")
}

/// The next tag or expression, and what stands before it.
pub(super) fn next(text: &str) -> Option<(&str, Tag<'_>)> {
    let mut from = 0;
    // Where the sign that closes is no more, it is none for whatever comes later either.
    let mut is_closed = [true; 2];
    loop {
        let at = from + text.get(from..)?.find(['{'])?;
        let here = text.get(at..)?;
        let (close, is_tag) = match here.as_bytes().get(1) {
            Some(b'{') => ("}}", false),
            Some(b'%') => ("%}", true),
            _ => {
                from = at + 1;
                continue;
            }
        };
        let is_any = &mut is_closed[usize::from(is_tag)];
        let Some(end) = Some(here).filter(|_| *is_any).and_then(|here| here.find(close)) else {
            *is_any = false;
            from = at + 2;
            continue;
        };
        let all = here.get(..end + 2)?;
        let inner = here.get(2..end)?.trim_matches('-').trim();
        let (name, rest) = if is_tag {
            let stop = inner.find(|c: char| c.is_whitespace()).unwrap_or(inner.len());
            inner.split_at(stop)
        } else {
            ("", inner)
        };
        if is_tag && !name.chars().next().is_some_and(|c| c.is_ascii_alphabetic()) {
            from = at + 2;
            continue;
        }
        return Some((text.get(..at)?, Tag { name, rest: rest.trim(), all, after: here.get(end + 2..)? }));
    }
}

/// What a tag holds, and what stands behind its end; without an end it holds nothing.
pub(super) fn to_end<'t>(text: &'t str, name: &str) -> (&'t str, &'t str) {
    let end_name = format!("end{name}");
    let mut depth = 0_usize;
    let mut rest = text;
    for _ in 0..MOST_HELD {
        let Some((_, tag)) = next(rest) else { break };
        if tag.name == name && name != "raw" {
            depth += 1;
        } else if tag.name == end_name {
            if depth == 0 {
                let end = text.len() - tag.after.len() - tag.all.len();
                return (text.get(..end).unwrap_or_default(), tag.after);
            }
            depth -= 1;
        }
        // In `raw` what looks like a tag may swallow the end.
        rest = if name == "raw" && tag.name != end_name {
            let start = rest.len() - tag.after.len() - tag.all.len() + 2;
            rest.get(start..).unwrap_or_default()
        } else {
            tag.after
        };
    }
    ("", text)
}
