//! Where a template puts a value into an address: `href="{{ … }}"` and its like.
//!
//! Such a value goes through a filter that lets no `javascript:` through, whoever wrote the theme
//! and whether they thought of it. A small reader of HTML follows the text of the template: it
//! knows tags, attributes and scripts, takes both branches of an `{% if %}` from where it stands,
//! and does not run the template. Once the text itself has said how an address begins (`/`, `?`,
//! `#`, `mailto:`), what follows can no longer make it run.

use crate::theme::Tag;
use std::ops::Range;

/// A value that goes into an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The expression, without white space around it.
    pub range: Range<usize>,
    /// A colon follows: the value is the scheme.
    pub is_scheme: bool,
}

impl Spot {
    /// What the value goes through, in a template of this name.
    pub(super) fn filter(&self, name: &str) -> String {
        let name = if name.contains(['"', '\\', '{', '}']) { "" } else { name };
        let scheme = if self.is_scheme { ", scheme=true" } else { "" };
        format!("ssg_address(file=\"{name}\", at={}{scheme})", self.range.start)
    }
}

/// Finds the values that go into addresses. `tags` are those of the text.
pub(super) fn spots(text: &str, tags: &[Tag]) -> Vec<Spot> {
    let mut reader = Reader { state: State::Text, spots: Vec::new(), open: 0 };
    let mut branches: Vec<State> = Vec::new();
    let mut at = 0;
    for tag in tags {
        reader.read(text.get(at..tag.start).unwrap_or(""));
        at = tag.end;
        if !tag.is_block {
            reader.value(text, tag.inside.clone());
            continue;
        }
        match tag.keyword(text) {
            "if" | "for" => branches.push(reader.state.clone()),
            "elif" | "else" => {
                if let Some(before) = branches.last() {
                    reader.state = before.clone();
                }
            }
            "endif" | "endfor" => drop(branches.pop()),
            "set" | "set_global"
                if !text.get(tag.inside.clone()).is_some_and(|inside| inside.contains('=')) =>
            {
                branches.push(std::mem::replace(&mut reader.state, State::Text));
            }
            "endset" => reader.state = branches.pop().unwrap_or(State::Text),
            _ => {}
        }
    }
    reader.spots
}

/// Where in HTML the reader is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Text,
    Comment,
    /// In a script or style sheet, up to the end tag of this name.
    Raw(String),
    /// The name of a tag so far.
    TagName(String),
    /// Between attributes; with the name of the tag.
    InTag(String),
    /// The name of an attribute so far.
    Name {
        tag: String,
        name: String,
    },
    /// After the `=` of an attribute.
    BeforeValue {
        tag: String,
        name: String,
    },
    /// In a value.
    Value {
        tag: String,
        quote: Option<char>,
        kind: Kind,
    },
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// An address of which nothing is said yet that decides what it is.
    Open,
    /// Any other value, or the rest of an address.
    Other,
    /// The value of `content`, so far: an address may follow on `url=`.
    Content(String),
}

struct Reader {
    state: State,
    spots: Vec<Spot>,
    /// Number of the first spot of the value that is being read.
    open: usize,
}

impl Reader {
    fn read(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            // Comments of templates are not shown.
            if rest.starts_with("{#") {
                rest = rest.find("#}").map_or("", |end| &rest[end + 2..]);
                continue;
            }
            let mut step = c.len_utf8();
            let state = std::mem::replace(&mut self.state, State::Text);
            self.state = match state {
                State::Text if rest.starts_with("<!--") => {
                    step = 4;
                    State::Comment
                }
                State::Text if c == '<' => State::TagName(String::new()),
                State::Text => State::Text,
                State::Comment if rest.starts_with("-->") => State::Text,
                State::Comment => State::Comment,
                State::Raw(name) => {
                    let end = rest.strip_prefix("</").and_then(|end| end.get(..name.len()));
                    if end.is_some_and(|end| end.eq_ignore_ascii_case(&name)) {
                        State::InTag(String::new())
                    } else {
                        State::Raw(name)
                    }
                }
                State::TagName(name) => tag_name(name, c),
                State::InTag(tag) => in_tag(tag, c),
                State::Name { tag, name } => name_of_attribute(tag, name, c),
                State::BeforeValue { tag, name } => match c {
                    c if c.is_ascii_whitespace() => State::BeforeValue { tag, name },
                    '>' => after_tag(&tag),
                    '"' | '\'' => self.begin(tag, &name, Some(c)),
                    _ => {
                        // The sign is the first of the value.
                        self.state = self.begin(tag, &name, None);
                        continue;
                    }
                },
                State::Value { tag, quote, kind } => self.in_value(tag, quote, kind, c),
            };
            rest = &rest[step..];
        }
    }

    fn begin(&mut self, tag: String, name: &str, quote: Option<char>) -> State {
        self.open = self.spots.len();
        let kind = match name {
            name if is_address(name) => Kind::Open,
            "content" if tag == "meta" => Kind::Content(String::new()),
            _ => Kind::Other,
        };
        State::Value { tag, quote, kind }
    }

    fn in_value(&mut self, tag: String, quote: Option<char>, kind: Kind, c: char) -> State {
        match quote {
            Some(quote) if c == quote => return State::InTag(tag),
            None if c.is_ascii_whitespace() => return State::InTag(tag),
            None if c == '>' => return after_tag(&tag),
            _ => {}
        }
        let kind = match kind {
            Kind::Open if c == ':' => {
                for spot in self.spots.iter_mut().skip(self.open) {
                    spot.is_scheme = true;
                }
                Kind::Other
            }
            Kind::Open if matches!(c, '/' | '?' | '#' | '\\') => Kind::Other,
            Kind::Content(mut before) => {
                before.push(c.to_ascii_lowercase());
                if before.ends_with("url=") {
                    self.open = self.spots.len();
                    Kind::Open
                } else {
                    Kind::Content(before)
                }
            }
            kind => kind,
        };
        State::Value { tag, quote, kind }
    }

    /// A value of the template stands here.
    fn value(&mut self, text: &str, inside: Range<usize>) {
        if let State::BeforeValue { tag, name } = &self.state {
            let (tag, name) = (tag.clone(), name.clone());
            self.state = self.begin(tag, &name, None);
        }
        if matches!(self.state, State::Value { kind: Kind::Open, .. })
            && let Some(range) = super::guard::tight(text, inside)
        {
            self.spots.push(Spot { range, is_scheme: false });
        }
    }
}

fn tag_name(mut name: String, c: char) -> State {
    match c {
        c if name.is_empty() && !(c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) => State::Text,
        '>' => after_tag(&name),
        '/' if !name.is_empty() => State::InTag(name),
        c if c.is_ascii_whitespace() => State::InTag(name),
        c => {
            name.push(c.to_ascii_lowercase());
            State::TagName(name)
        }
    }
}

fn in_tag(tag: String, c: char) -> State {
    match c {
        '>' => after_tag(&tag),
        c if c.is_ascii_whitespace() || c == '/' => State::InTag(tag),
        c => State::Name { tag, name: c.to_ascii_lowercase().to_string() },
    }
}

fn name_of_attribute(tag: String, mut name: String, c: char) -> State {
    match c {
        '=' => State::BeforeValue { tag, name: name.trim_end().to_owned() },
        '>' => after_tag(&tag),
        // An `=` may follow yet.
        c if c.is_ascii_whitespace() => {
            name.push(' ');
            State::Name { tag, name }
        }
        c if name.ends_with(' ') => in_tag(tag, c),
        c => {
            name.push(c.to_ascii_lowercase());
            State::Name { tag, name }
        }
    }
}

fn after_tag(tag: &str) -> State {
    match tag {
        "script" | "style" | "textarea" | "title" => State::Raw(tag.to_owned()),
        _ => State::Text,
    }
}

/// Whether an attribute holds an address that can be followed, loaded or sent to. Of attributes that
/// are not those of HTML the name tells: scripts make addresses of them.
fn is_address(name: &str) -> bool {
    let name = name.rsplit(':').next().unwrap_or(name);
    let known = [
        "href",
        "src",
        "action",
        "formaction",
        "poster",
        "cite",
        "data",
        "background",
        "ping",
        "manifest",
        "longdesc",
        "codebase",
        "icon",
        "profile",
        "archive",
        "classid",
    ];
    if known.contains(&name) {
        return true;
    }
    let own = name.strip_prefix("data-").unwrap_or(if name.contains('-') { name } else { "" });
    ["href", "src", "uri", "url", "link", "embed", "action"].iter().any(|part| own.contains(part))
        && !own.contains("srcset")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::tags;

    fn found(text: &str) -> Vec<String> {
        spots(text, &tags(text))
            .into_iter()
            .map(|spot| format!("{}{}", &text[spot.range], if spot.is_scheme { ":" } else { "" }))
            .collect()
    }

    #[test]
    fn addresses_are_found_wherever_they_begin() {
        for (text, expected) in [
            ("<a href=\"{{ x }}\">{{ y }}</a>", &["x"] as &[&str]),
            ("<a\nclass=\"{{ c }}\" HREF = '{{- x -}}'>", &["x"]),
            ("<a href={{ x }}>{{ y }}<a href={{x}} id={{ y }}>", &["x", "x"]),
            ("<a href=\" {{ a }}{{ b }}/{{ c }}\">", &["a", "b"]),
            ("<a href=\"/{{ x }}\"><a href=\"mailto:{{ x }}\"><a href=\"#{{ x }}\">", &[]),
            ("<a href=\"{{ x }}:{{ y }}\"><a href=\"{{ x }}/:\">", &["x:", "x"]),
            ("<a href=\"java{{ x }}\">", &["x"]),
            (
                "<a {% if a %}href=\"{{ a }}\"{% else %}href=\"{{ b }}\"{% endif %} id=\"{{ c }}\">",
                &["a", "b"],
            ),
            ("<a href={% if a %}\"{{ a }}\"{% else %}\"{{ b }}\"{% endif %} id=\"{{ c }}\">", &["a", "b"]),
            ("<a href=\"{% if a %}/{{ a }}{% else %}{{ b }}{% endif %}\">", &["b"]),
            ("{% set x %}<img src=\"{{ a }}\">{% endset %}<p>{{ x }}</p>", &["a"]),
            ("{# <a href=\" #}{{ x }}<!-- <a href=\" -->{{ y }}", &[]),
            (
                "<script src=\"{{ a }}\">let x = '<a href=\"{{ b }}\">' < 3;</script><a href=\"{{ c }}\">",
                &["a", "c"],
            ),
            ("<p>1 < 2 href=\"{{ x }}\"", &[]),
            (
                "<form action=\"{{ a }}\"><button formaction='{{ b }}'><use xlink:href=\"{{ c }}\"/>",
                &["a", "b", "c"],
            ),
            ("<a data-embed=\"{{ a }}\" data-url={{ b }} data-label=\"{{ c }}\">", &["a", "b"]),
            (
                "<meta http-equiv=\"refresh\" content=\"0; URL={{ a }}\"><meta name=a content=\"{{ b }}\">",
                &["a"],
            ),
            (
                "<object data=\"{{ a }}\"></object><blockquote cite=\"{{ b }}\"><video poster={{ c }}>",
                &["a", "b", "c"],
            ),
            ("<a disabled href=\"{{ a }}\"/><br/>{{ b }}", &["a"]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
