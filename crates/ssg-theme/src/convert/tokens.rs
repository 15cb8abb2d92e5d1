//! Templates of Tera 1 in parts: text, tags, and the words of a tag.

/// A tag is no longer than this, in bytes: what is not closed by then is text.
const LONGEST: usize = 16 << 10;

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// What stands outside tags, comments and raw text included.
    Text(&'a str),
    /// `{{ … }}` or `{% … %}`.
    Tag(Tag<'a>),
}

/// A tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// `{{`, `{{-`, `{%` or `{%-`.
    pub open: &'a str,
    /// What stands between.
    pub inside: &'a str,
    /// `}}`, `-}}`, `%}` or `-%}`.
    pub close: &'a str,
    /// Where it begins in the template, in bytes.
    pub start: usize,
}

/// The parts of a template. What is not closed is text.
pub(super) fn parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(begin) = template.get(at..).and_then(|rest| rest.find('{')).map(|found| at + found) {
        let rest = template.get(begin..).unwrap_or_default();
        if rest.starts_with("{#") {
            at = rest.find("#}").map_or(template.len(), |end| begin + end + 2);
            continue;
        }
        let Some(tag) = tag_at(template, begin) else {
            at = begin + 1;
            continue;
        };
        parts.push(Part::Text(template.get(from..begin).unwrap_or_default()));
        from = begin + tag.open.len() + tag.inside.len() + tag.close.len();
        at = from;
        if tag.open.starts_with("{%") && tag.inside.trim() == "raw" {
            // Up to its end it is text; the tags themselves stay.
            at = template
                .get(at..)
                .and_then(|rest| rest.find("endraw"))
                .map_or(template.len(), |end| at + end);
            at = template
                .get(at..)
                .and_then(|rest| rest.find("%}"))
                .map_or(template.len(), |end| at + end + 2);
            from = begin;
            continue;
        }
        parts.push(Part::Tag(tag));
    }
    parts.push(Part::Text(template.get(from..).unwrap_or_default()));
    parts
}

fn tag_at(template: &str, start: usize) -> Option<Tag<'_>> {
    let rest = template.get(start..)?;
    let close = match rest.get(..2)? {
        "{{" => "}}",
        "{%" => "%}",
        _ => return None,
    };
    let open = rest.get(..if rest.get(2..3) == Some("-") { 3 } else { 2 })?;
    let mut quote = None;
    for (at, c) in rest.char_indices().skip(open.len()).take_while(|(at, _)| *at < LONGEST) {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, _) if rest.get(at..).is_some_and(|here| here.starts_with(close)) => {
                let inside_end = if rest.get(..at)?.ends_with('-') { at - 1 } else { at };
                let inside = rest.get(open.len()..inside_end)?;
                return Some(Tag { open, inside, close: rest.get(inside_end..at + 2)?, start });
            }
            _ => {}
        }
    }
    None
}

/// A word of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// White space.
    Space(&'a str),
    /// A text with its quotes.
    Text(&'a str),
    /// A name with what is joined to it: `page.extra.x`, `macros::card`, `and`, `12`.
    Name(&'a str),
    /// Anything else, one character or two.
    Sign(&'a str),
}

impl<'a> Token<'a> {
    /// As it was written.
    pub fn raw(self) -> &'a str {
        match self {
            Self::Space(raw) | Self::Text(raw) | Self::Name(raw) | Self::Sign(raw) => raw,
        }
    }
}

/// The words of what stands in a tag.
pub(super) fn tokens<'a>(inside: &'a str) -> Vec<Token<'a>> {
    let mut tokens = Vec::new();
    let mut rest = inside;
    while let Some(first) = rest.chars().next() {
        let run = |is_in: &dyn Fn(char) -> bool| rest.find(|c| !is_in(c)).unwrap_or(rest.len());
        let (token, length): (fn(&'a str) -> Token<'a>, usize) = if first.is_whitespace() {
            (Token::Space, run(&char::is_whitespace))
        } else if matches!(first, '"' | '\'' | '`') {
            (Token::Text, rest.get(1..).and_then(|text| text.find(first)).map_or(rest.len(), |end| end + 2))
        } else if first.is_alphanumeric() || first == '_' {
            (Token::Name, run(&|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ':')))
        } else {
            let two = ["==", "!=", "<=", ">="].iter().any(|sign| rest.starts_with(sign));
            (Token::Sign, if two { 2 } else { first.len_utf8() })
        };
        let (raw, after) = rest.split_at(length);
        tokens.push(token(raw));
        rest = after;
    }
    tokens
}

/// The place of the bracket that closes the one at `open`.
pub(super) fn closing(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token {
            Token::Sign("(" | "[" | "{") => depth += 1,
            Token::Sign(")" | "]" | "}") => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// Arguments of a call: the name of each, empty where it has none, and its words.
pub(super) fn arguments<'a, 't>(tokens: &'t [Token<'a>]) -> Vec<(&'a str, &'t [Token<'a>])> {
    let mut all = Vec::new();
    let (mut depth, mut from) = (0_usize, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Sign("(" | "[" | "{") => depth += 1,
            Token::Sign(")" | "]" | "}") => depth = depth.saturating_sub(1),
            Token::Sign(",") if depth == 0 => {
                all.push(argument(tokens.get(from..at).unwrap_or_default()));
                from = at + 1;
            }
            _ => {}
        }
    }
    all.push(argument(tokens.get(from..).unwrap_or_default()));
    all.retain(|(_, value)| !value.is_empty());
    all
}

fn argument<'a, 't>(tokens: &'t [Token<'a>]) -> (&'a str, &'t [Token<'a>]) {
    let tokens = trimmed(tokens);
    if let Some((Token::Name(name), rest)) = tokens.split_first()
        && let Some((Token::Sign("="), value)) = trimmed(rest).split_first()
    {
        return (name, trimmed(value));
    }
    ("", tokens)
}

/// Without white space at the ends.
pub(super) fn trimmed<'a, 't>(mut tokens: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [Token::Space(_), rest @ ..] = tokens {
        tokens = rest;
    }
    while let [rest @ .., Token::Space(_)] = tokens {
        tokens = rest;
    }
    tokens
}
