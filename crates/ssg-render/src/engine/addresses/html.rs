//! Reads the HTML between the tags of a template, as far as it takes to know what a value is a part of.

use super::{Form, Spot};
use crate::attributes::{Holds, holds};
use std::ops::Range;

/// Where in HTML the reader is.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) enum State {
    #[default]
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
pub(super) enum Kind {
    /// An address of which nothing is said yet that decides what it is.
    Open,
    /// Any other value, or the rest of an address.
    Other,
    /// Addresses; whether that which is being read is open.
    Addresses { is_open: bool },
    /// The value of `content`, as it ends so far: an address may follow on `url=`.
    Refresh(String),
    /// A style sheet, as it ends so far: an address may follow on `url(`.
    Style(String),
    /// An address in a style sheet, with nothing said yet.
    StyleAddress,
    /// A page of its own.
    Page(Box<State>),
}

impl Kind {
    fn of(element: &str, attribute: &str) -> Self {
        match holds(element, attribute) {
            Some(Holds::Address) => Self::Open,
            Some(Holds::Addresses) => Self::Addresses { is_open: true },
            Some(Holds::Style) => Self::Style(String::new()),
            Some(Holds::Page) => Self::Page(Box::default()),
            Some(Holds::Refresh) => Self::Refresh(String::new()),
            None => Self::Other,
        }
    }
}

#[derive(Default)]
pub(super) struct Reader {
    state: State,
    pub(super) spots: Vec<Spot>,
    /// Number of the first spot of the address that is being read.
    open: usize,
    /// A page in an attribute is being read. There is none in it, so that reading does not go deeper.
    in_page: bool,
}

/// How much of a value is kept to tell what follows.
const KEPT: usize = "url=".len();

/// Adds a sign to the end of what is kept.
fn keep(kept: &mut String, c: char) {
    kept.push(c.to_ascii_lowercase());
    if let Some((second, _)) = kept.char_indices().nth(1).filter(|_| kept.len() > KEPT) {
        kept.drain(..second);
    }
}

impl Reader {
    /// Where it is, to come back to.
    pub(super) fn place(&self) -> State {
        self.state.clone()
    }

    pub(super) fn go(&mut self, state: State) {
        self.state = state;
    }

    pub(super) fn go_to_text(&mut self) {
        self.state = State::Text;
    }

    /// Goes to where an address begins.
    pub(super) fn go_to_address(&mut self) {
        self.open = self.spots.len();
        self.state = State::Value { tag: String::new(), quote: Some('"'), kind: Kind::Open };
    }

    pub(super) fn is_in_text(&self) -> bool {
        self.state == State::Text
    }

    /// Whether a value that stands here is an address.
    pub(super) fn is_in_address(&mut self) -> bool {
        self.enter_value();
        matches!(self.state, State::Value { kind: Kind::Open, .. })
    }

    pub(super) fn read(&mut self, text: &str) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            // Comments of templates are not shown.
            if rest.starts_with("{#") {
                rest = rest.find("#}").map_or("", |end| &rest[end + 2..]);
                continue;
            }
            let state = std::mem::take(&mut self.state);
            let (state, step) = self.step(state, rest, c);
            self.state = state;
            rest = &rest[step..];
        }
    }

    /// Where it is after the next sign or signs, and how many bytes they are.
    fn step(&mut self, state: State, rest: &str, c: char) -> (State, usize) {
        let step = c.len_utf8();
        let next = match state {
            State::Text if rest.starts_with("<!--") => return (State::Comment, 4),
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
                // The sign is the first of the value.
                _ => return (self.begin(tag, &name, None), 0),
            },
            State::Value { tag, quote, kind } => match quote {
                Some(quote) if c == quote => State::InTag(tag),
                None if c.is_ascii_whitespace() => State::InTag(tag),
                None if c == '>' => after_tag(&tag),
                _ => {
                    let (kind, step) = self.in_value(kind, rest, c);
                    return (State::Value { tag, quote, kind }, step);
                }
            },
        };
        (next, step)
    }

    fn begin(&mut self, tag: String, name: &str, quote: Option<char>) -> State {
        self.open = self.spots.len();
        let kind = match Kind::of(&tag, name) {
            Kind::Page(_) if self.in_page => Kind::Other,
            kind => kind,
        };
        State::Value { tag, quote, kind }
    }

    /// A sign of a value, or several; and how many bytes they are.
    fn in_value(&mut self, kind: Kind, rest: &str, c: char) -> (Kind, usize) {
        let decides = matches!(c, '/' | '?' | '#' | '\\');
        let kind = match kind {
            Kind::Open | Kind::StyleAddress | Kind::Addresses { is_open: true } if c == ':' => {
                for spot in self.spots.iter_mut().skip(self.open) {
                    spot.form = Form::Scheme;
                }
                match kind {
                    Kind::StyleAddress => Kind::Style(String::new()),
                    Kind::Addresses { .. } => Kind::Addresses { is_open: false },
                    _ => Kind::Other,
                }
            }
            Kind::Open if decides => Kind::Other,
            Kind::Addresses { .. } if c.is_ascii_whitespace() || matches!(c, ',' | ';') => {
                self.open = self.spots.len();
                Kind::Addresses { is_open: true }
            }
            Kind::Addresses { is_open } => Kind::Addresses { is_open: is_open && !decides },
            Kind::Refresh(mut before) => {
                keep(&mut before, c);
                if before.ends_with("url=") {
                    self.open = self.spots.len();
                    Kind::Open
                } else {
                    Kind::Refresh(before)
                }
            }
            Kind::Style(mut before) => {
                keep(&mut before, c);
                if before.ends_with("url(") {
                    self.open = self.spots.len();
                    Kind::StyleAddress
                } else {
                    Kind::Style(before)
                }
            }
            Kind::StyleAddress if decides || c == ')' => Kind::Style(String::new()),
            Kind::Page(inner) => {
                self.in_page = true;
                let (inner, step) = self.step(*inner, rest, c);
                self.in_page = false;
                return (Kind::Page(Box::new(inner)), step);
            }
            kind => kind,
        };
        (kind, c.len_utf8())
    }

    /// A value begins here, where one is awaited and no quotation mark has come.
    fn enter_value(&mut self) {
        if let State::BeforeValue { tag, name } = &self.state {
            let (tag, name) = (tag.clone(), name.clone());
            self.state = self.begin(tag, &name, None);
        }
    }

    /// A value of the template stands here.
    pub(super) fn value(&mut self, range: Range<usize>) {
        self.enter_value();
        if let Some((form, in_page)) = form(&self.state) {
            self.spots.push(Spot { range, form, in_page, is_whole: false, is_section: false });
        }
    }

    /// What is written by tags that stand here, if it must be looked at.
    pub(super) fn section(&mut self, range: Range<usize>) -> Option<Spot> {
        self.enter_value();
        let (form, in_page) = form(&self.state).filter(|(_, in_page)| !in_page)?;
        Some(Spot { range, form, in_page, is_whole: false, is_section: true })
    }
}

/// How a value is looked at that stands here, and whether in a page in an attribute.
fn form(state: &State) -> Option<(Form, bool)> {
    let State::Value { kind, .. } = state else { return None };
    let form = match kind {
        Kind::Open => Form::Address,
        Kind::Addresses { is_open: true } => Form::Addresses,
        Kind::Addresses { is_open: false } => Form::Further,
        Kind::Style(_) => Form::Style,
        Kind::StyleAddress => Form::StyleAddress,
        Kind::Page(inner) => return Some((form(inner).map_or(Form::Text, |(form, _)| form), true)),
        Kind::Other | Kind::Refresh(_) => return None,
    };
    Some((form, false))
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
