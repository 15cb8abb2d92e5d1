//! Finds shortcode calls and keeps them away from the Markdown parser.
//!
//! Each call, with its body and end tag, is replaced by a placeholder of the same length in
//! bytes, so that every span stays right: U+FDD0, a zero-padded number, `;`. What looks like a
//! call but is none gets a placeholder too, so that Markdown leaves the author's text alone.
//! Code, comments and HTML blocks of foreign text are found by a first pass of the parser; a
//! text without `{{` and `{%` pays for none of this.

mod scan;

use self::scan::{Token, TokenKind, scan};
use super::source_map::SourceMap;
use super::{Arg, liquid};
use pulldown_cmark::Options;
use ssg_source::{Diagnostic, Diagnostics, codes};
use std::borrow::Cow;
use std::ops::Range;

/// How deep calls with bodies may stand in each other.
pub(super) const MAX_NESTING: usize = 16;
/// Begins a placeholder.
const MARK: char = '\u{fdd0}';
/// Digits of its number.
const RADIX: u32 = 36;

/// A text whose calls are holes.
pub(super) struct Prepared<'a> {
    /// The text as it stands in the file.
    pub(super) source: &'a str,
    /// What the Markdown parser gets; as long as `source`.
    pub(super) text: Cow<'a, str>,
    holes: Vec<Hole>,
}

/// What a placeholder stands for.
pub(super) struct Hole {
    /// The replaced text.
    pub(super) range: Range<usize>,
    pub(super) kind: HoleKind,
}

pub(super) enum HoleKind {
    Call {
        name: String,
        args: Vec<(String, Arg)>,
        /// The opening tag.
        open: Range<usize>,
        /// For a call with a body: the text up to the closing tag.
        body: Option<Range<usize>>,
    },
    /// Text to be shown as it is.
    Text(String),
}

impl Prepared<'_> {
    /// Whether there are holes at all.
    pub(super) fn has_holes(&self) -> bool {
        !self.holes.is_empty()
    }

    /// Splits `text` before its first hole: the text before, the hole, the rest.
    pub(super) fn split<'t>(&self, text: &'t str) -> Option<(&'t str, Option<&Hole>, &'t str)> {
        if self.holes.is_empty() {
            return None;
        }
        let (before, after) = text.split_once(MARK)?;
        let digits = after.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let hole = usize::from_str_radix(&after[..digits], RADIX).ok().and_then(|at| self.holes.get(at));
        let rest = &after[digits..];
        Some((before, hole, rest.strip_prefix(';').unwrap_or(rest)))
    }

    /// Puts the author's text back; the number of calls among it comes second.
    pub(super) fn restore<'t>(&self, text: &'t str) -> (Cow<'t, str>, usize) {
        let mut restored = String::new();
        let (mut rest, mut calls, mut any) = (text, 0, false);
        while let Some((before, hole, after)) = self.split(rest) {
            any = true;
            restored.push_str(before);
            match hole {
                Some(Hole { kind: HoleKind::Text(shown), .. }) => restored.push_str(shown),
                Some(Hole { range, kind: HoleKind::Call { .. } }) => {
                    calls += 1;
                    restored.push_str(&self.source[range.clone()]);
                }
                None => {}
            }
            rest = after;
        }
        if any {
            restored.push_str(rest);
            (Cow::Owned(restored), calls)
        } else {
            (Cow::Borrowed(text), 0)
        }
    }

    /// Puts signs without a meaning in the place of these ranges.
    pub(super) fn blank(&mut self, ranges: &[Range<usize>]) {
        if ranges.is_empty() {
            return;
        }
        let mut text = String::with_capacity(self.text.len());
        let mut done = 0;
        for range in ranges {
            text.push_str(&self.text[done..range.start]);
            text.extend(std::iter::repeat_n('x', range.len()));
            done = range.end;
        }
        text.push_str(&self.text[done..]);
        self.text = Cow::Owned(text);
    }

    /// Whether `text` is nothing but calls and white space.
    pub(super) fn only_calls(&self, text: &str) -> bool {
        let (mut rest, mut any) = (text, false);
        while let Some((before, hole, after)) = self.split(rest) {
            if !before.trim().is_empty() || !matches!(hole, Some(Hole { kind: HoleKind::Call { .. }, .. })) {
                return false;
            }
            any = true;
            rest = after;
        }
        any && rest.trim().is_empty()
    }
}

/// Replaces the calls of `source` by placeholders. `level` is how many bodies are around it.
pub(super) fn prepare<'a>(
    source: &'a str,
    map: &SourceMap,
    options: Options,
    level: usize,
    found: &mut Diagnostics,
) -> Prepared<'a> {
    if !source.contains("{{") && !source.contains("{%") {
        return Prepared { source, text: Cow::Borrowed(source), holes: Vec::new() };
    }
    let tokens = scan(source, options);
    let mut builder =
        Builder { source, text: String::with_capacity(source.len()), done: 0, holes: Vec::new() };
    let ends = match_ends(&tokens);
    let mut at = 0;
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        let span = map.span(token.range.clone());
        let end = ends[at].clone();
        at += 1;
        match token.kind {
            TokenKind::Call { name, args, body: false } => {
                let open = token.range.clone();
                builder.replace(token.range, HoleKind::Call { name, args, open, body: None });
            }
            TokenKind::Call { name, args, body: true } => {
                let Some((end_at, close)) = end else {
                    found.add(
                        Diagnostic::warning(
                            codes::SHORTCODE_END,
                            format!("shortcode `{{% {name}() %}}` has no `{{% end %}}`; it stays as text"),
                        )
                        .at(span)
                        .hint("write `{% end %}` after its body")
                        .hint(format!("a call without a body is written `{{{{ {name}() }}}}`")),
                    );
                    builder.show(token.range);
                    continue;
                };
                let whole = token.range.start..close.end;
                // What stands in the body is seen to when the body is parsed.
                for _ in at..=end_at {
                    tokens.next();
                }
                at = end_at + 1;
                if level >= MAX_NESTING {
                    found.add(
                        Diagnostic::warning(
                            codes::SHORTCODE_NESTING,
                            format!("shortcodes stand more than {MAX_NESTING} deep in each other; this one stays as text"),
                        )
                        .at(span),
                    );
                    builder.show(whole);
                } else {
                    let body = Some(token.range.end..close.start);
                    builder.replace(whole, HoleKind::Call { name, args, open: token.range, body });
                }
            }
            TokenKind::End => {
                found.add(
                    Diagnostic::warning(
                        codes::SHORTCODE_END,
                        "`{% end %}` ends no shortcode; it stays as text",
                    )
                    .at(span)
                    .hint("a shortcode with a body begins with `{% name() %}`"),
                );
                builder.show(token.range);
            }
            TokenKind::Malformed { name, reason, at } => {
                found.add(
                    Diagnostic::warning(
                        codes::SHORTCODE_SYNTAX,
                        format!("the call of shortcode `{name}` cannot be read; it stays as text"),
                    )
                    .at(map.span(at..token.range.end.max(at)))
                    .note(reason)
                    .hint(format!(
                        "a call looks like `{{{{ {name}(key=\"value\", number=1, flag=true) }}}}`"
                    )),
                );
                builder.show(token.range);
            }
            TokenKind::Foreign => {
                let warning = liquid::warning(&source[token.range.clone()], span);
                if warning.is_some() {
                    found.extend(warning);
                    builder.show(token.range);
                }
            }
            TokenKind::Escaped(shown) => builder.replace(token.range, HoleKind::Text(shown)),
        }
    }
    let Builder { mut text, done, holes, .. } = builder;
    text.push_str(&source[done..]);
    Prepared { source, text: Cow::Owned(text), holes }
}

/// For each token that opens a body, the token that closes it and its place.
fn match_ends(tokens: &[Token]) -> Vec<Option<(usize, Range<usize>)>> {
    let mut ends = vec![None; tokens.len()];
    let mut open = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Call { body: true, .. } => open.push(at),
            TokenKind::End => {
                if let Some(opener) = open.pop() {
                    ends[opener] = Some((at, token.range.clone()));
                }
            }
            _ => {}
        }
    }
    ends
}

struct Builder<'a> {
    source: &'a str,
    text: String,
    /// How much of the source is in `text`.
    done: usize,
    holes: Vec<Hole>,
}

impl Builder<'_> {
    fn replace(&mut self, range: Range<usize>, kind: HoleKind) {
        let width = range.len().saturating_sub(MARK.len_utf8() + 1);
        let mut digits = Vec::new();
        let mut number = self.holes.len();
        while number > 0 || digits.is_empty() {
            digits.push(
                char::from_digit(u32::try_from(number % RADIX as usize).unwrap_or(0), RADIX).unwrap_or('0'),
            );
            number /= RADIX as usize;
        }
        if digits.len() > width {
            return; // No room for the number: the parser sees the text itself.
        }
        self.text.push_str(&self.source[self.done..range.start]);
        self.text.push(MARK);
        self.text.extend(std::iter::repeat_n('0', width - digits.len()));
        self.text.extend(digits.iter().rev());
        self.text.push(';');
        self.done = range.end;
        self.holes.push(Hole { range, kind });
    }

    /// Keeps the source as text, except as a link's destination, where it would make a link of
    /// what was none.
    fn show(&mut self, range: Range<usize>) {
        let before = &self.source.as_bytes()[..range.start];
        let word =
            before.iter().rev().take(200).take_while(|byte| !byte.is_ascii_whitespace() && **byte != b')');
        let mut next = 0;
        let destination = word.into_iter().any(|byte| {
            let hit = next == b'(' && *byte == b']';
            next = *byte;
            hit
        });
        if !destination {
            let shown = self.source[range.clone()].to_owned();
            self.replace(range, HoleKind::Text(shown));
        }
    }
}
