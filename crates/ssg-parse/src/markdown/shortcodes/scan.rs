//! Finds everything in a text that is, or looks like, a call of a shortcode.

use super::super::arguments::{Opening, read_opening};
use super::super::{Arg, html};
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::ops::Range;

/// Longest tag of another generator in bytes.
const MAX_FOREIGN: usize = 1000;

/// The calls and tags of `source` in order, those in code and comments left out.
pub(super) fn scan(source: &str, options: Options) -> Vec<Token> {
    Scanner::new(source, protected(source, options)).tokens()
}

/// A tag with both its marks.
pub(super) struct Token {
    pub(super) range: Range<usize>,
    pub(super) kind: TokenKind,
}

pub(super) enum TokenKind {
    Call {
        name: String,
        args: Vec<(String, Arg)>,
        body: bool,
    },
    End,
    Malformed {
        name: String,
        reason: &'static str,
        at: usize,
    },
    /// A tag of another generator.
    Foreign,
    /// `{{/* name() */}}`: the text to show.
    Escaped(String),
}

/// Ranges in which nothing is expanded, by start.
fn protected(source: &str, options: Options) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    for (event, range) in Parser::new_ext(source, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_))
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {
                ranges.push(range);
            }
            Event::InlineHtml(tag) if tag.starts_with("<!--") => ranges.push(range),
            Event::Start(Tag::HtmlBlock) => {
                let block = &source[range.clone()];
                if html::is_verbatim(block) {
                    ranges.push(range);
                } else {
                    let shift = |inner: Range<usize>| inner.start + range.start..inner.end + range.start;
                    ranges.extend(html::comments(block).into_iter().map(shift));
                }
            }
            _ => {}
        }
    }
    ranges
}

/// Reads tokens from left to right.
struct Scanner<'a> {
    source: &'a str,
    protected: std::iter::Peekable<std::vec::IntoIter<Range<usize>>>,
    variable_end: Next,
    block_end: Next,
    blank_line: Next,
}

impl<'a> Scanner<'a> {
    fn new(source: &'a str, protected: Vec<Range<usize>>) -> Self {
        Self {
            source,
            protected: protected.into_iter().peekable(),
            variable_end: Next::new("}}"),
            block_end: Next::new("%}"),
            blank_line: Next::new("\n\n"),
        }
    }

    fn tokens(mut self) -> Vec<Token> {
        let bytes = self.source.as_bytes();
        let mut tokens = Vec::new();
        // `consumed` is the end of the last token: a code span that begins in one is none.
        let (mut at, mut consumed) = (0, 0);
        while let Some(brace) = self.source[at..].find('{').map(|brace| brace + at) {
            at = brace + 1;
            if let Some(end) = self.protects(brace, consumed) {
                at = end;
                continue;
            }
            let escaped = bytes[..brace].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
            if escaped || !matches!(bytes.get(at), Some(b'{' | b'%')) {
                continue;
            }
            if let Some(token) = self.token(brace) {
                at = token.range.end;
                consumed = at;
                tokens.push(token);
            }
        }
        tokens
    }

    /// The end of the protected range around `at`.
    fn protects(&mut self, at: usize, consumed: usize) -> Option<usize> {
        while let Some(range) = self.protected.peek() {
            if range.end <= at || range.start < consumed {
                self.protected.next();
            } else {
                return (range.start <= at).then_some(range.end);
            }
        }
        None
    }

    fn token(&mut self, start: usize) -> Option<Token> {
        let body = self.source.as_bytes().get(start + 1) == Some(&b'%');
        let mark = if body { "%}" } else { "}}" };
        match read_opening(self.source, start + 2, mark) {
            Opening::Call { name, args, end } => {
                Some(Token { range: start..end, kind: TokenKind::Call { name, args, body } })
            }
            Opening::Malformed { name, reason, at } => {
                let end = self.foreign_end(start, body).unwrap_or(start + 2);
                Some(Token { range: start..end, kind: TokenKind::Malformed { name, reason, at } })
            }
            Opening::Other => {
                let end = self.foreign_end(start, body)?;
                let inner = &self.source[start + 2..end - 2];
                let kind = if body && inner.trim() == "end" {
                    TokenKind::End
                } else if inner.len() >= 4 && inner.starts_with("/*") && inner.ends_with("*/") {
                    let open = &self.source[start..start + 2];
                    TokenKind::Escaped(format!("{open}{}{mark}", &inner[2..inner.len() - 2]))
                } else {
                    TokenKind::Foreign
                };
                Some(Token { range: start..end, kind })
            }
        }
    }

    /// The end of a tag that is no call: at its closing mark, in the same paragraph.
    fn foreign_end(&mut self, start: usize, body: bool) -> Option<usize> {
        let next = if body { &mut self.block_end } else { &mut self.variable_end };
        let end = next.after(self.source, start + 2)?;
        let blank = self.blank_line.after(self.source, start).unwrap_or(usize::MAX);
        (end < blank && end - start <= MAX_FOREIGN).then_some(end + 2)
    }
}

/// The next place of a text, remembered so that asking for rising offsets stays linear.
struct Next {
    needle: &'static str,
    from: usize,
    place: Option<usize>,
    known: bool,
}

impl Next {
    fn new(needle: &'static str) -> Self {
        Self { needle, from: 0, place: None, known: false }
    }

    fn after(&mut self, text: &str, at: usize) -> Option<usize> {
        let fresh = self.known && at >= self.from && self.place.is_none_or(|place| place >= at);
        if !fresh {
            self.place = text.get(at..).and_then(|rest| rest.find(self.needle)).map(|place| place + at);
            self.from = at;
            self.known = true;
        }
        self.place
    }
}
