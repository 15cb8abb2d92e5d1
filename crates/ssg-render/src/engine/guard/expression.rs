//! Puts the limits into an expression of a template: into what makes a value, compares one, or shows it.
//!
//! A filter binds tighter than every operator, so what counts an operand stands right behind it. What
//! counts is inserted from left to right, in the order in which it stands.

use super::tokens::{Kind, Token, tokens};
use super::weight::walk;
use super::{CAT, DEEP, HAY, Insert, LOOK, MADE, PART, SORT, tight};
use std::ops::Range;

/// Filters that take their argument as it is, or count by themselves.
const COUNTED: [&str; 28] = [
    "safe",
    "default",
    "length",
    "first",
    "last",
    "nth",
    "get",
    "abs",
    "round",
    "int",
    "float",
    "pluralize",
    "url",
    "permalink",
    "date",
    "date_range",
    "initials",
    "lines",
    "replace",
    "join",
    "indent",
    "group_by",
    "where",
    "sort_by",
    "markdown",
    "json",
    "str",
    "split",
];

/// From what length on a text in an expression is counted like one that is made.
const LONG: usize = 64;

/// What brackets enclose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Enclosed {
    /// The whole, an expression in parentheses, or arguments.
    Plain,
    /// A list or a table that is made here.
    Literal,
    /// An index, or a slice.
    Index,
    /// The call of a component, up to its `>`.
    Call,
}

#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a thing of its own that may be met")]
struct Frame {
    enclosed: Enclosed,
    /// How many bytes stand in it.
    length: usize,
    /// What counts the operand that is being read, when it ends.
    pending: Option<&'static str>,
    /// The operand that is being read is a constant of one token.
    is_constant: bool,
    /// All in it so far is constant, so that Tera makes the value when it reads the template.
    all_constant: bool,
    /// A `for` stands in it, and its `in` is to come.
    awaits_in: bool,
    /// What a comprehension loops over is being read; how many bytes the comprehension has.
    loops: Option<usize>,
    /// The operand that is being read has a slice in it, or is a `range`.
    makes: bool,
    /// The token with which the operand begins that is being read.
    begins: Option<usize>,
    /// The token that opens its brackets.
    opened: usize,
}

impl Frame {
    fn new(enclosed: Enclosed, length: usize) -> Self {
        Self {
            enclosed,
            length,
            pending: None,
            is_constant: false,
            all_constant: true,
            awaits_in: false,
            loops: None,
            makes: false,
            begins: None,
            opened: 0,
        }
    }
}

/// Puts the limits into the expression, or the several of one tag, in a part of a text.
pub(super) fn guard_expression(text: &str, part: Range<usize>, inserts: &mut Vec<Insert>) {
    let whole = Frame::new(Enclosed::Plain, part.len());
    let tokens = tokens(text, part);
    let lengths = lengths(text, &tokens);
    let mut scan = Scan { text, tokens: &tokens, lengths: &lengths, frames: vec![whole], inserts };
    for index in 0..tokens.len() {
        scan.token(index);
    }
    scan.end_operand(tokens.len());
}

/// For each token that opens brackets, how many bytes it is to the end of what closes them.
fn lengths(text: &str, tokens: &[Token]) -> Vec<usize> {
    let mut lengths = vec![0; tokens.len()];
    let mut open = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match &text[token.range.clone()] {
            "(" | "[" | "?[" | "{" => open.push(index),
            ")" | "]" | "}" => {
                if let Some(first) = open.pop() {
                    lengths[first] = token.range.end - tokens[first].range.start;
                }
            }
            _ => {}
        }
    }
    lengths
}

/// Whether a part of a text is nothing but the call of a component, which writes where it stands.
pub(super) fn is_call(text: &str, part: Range<usize>) -> bool {
    let tokens = tokens(text, part);
    let word = |index: usize| tokens.get(index).map(|token| &text[token.range.clone()]);
    let Some(last) = tokens.len().checked_sub(1) else { return false };
    if word(0) != Some("<") || word(last) != Some(">") {
        return false;
    }
    // Within braces of arguments there may be others.
    let mut depth = 0usize;
    let ends = (1..=last).filter(|index| {
        match word(*index) {
            Some("{") => depth += 1,
            Some("}") => depth = depth.saturating_sub(1),
            Some(">") => return depth == 0,
            _ => {}
        }
        false
    });
    ends.count() == 1
}

/// Whether a part of a text is one constant, and its length.
pub(super) fn constant(text: &str, part: Range<usize>) -> Option<usize> {
    match tokens(text, part).as_slice() {
        [one] if matches!(one.kind, Kind::Text | Kind::Number) => Some(one.range.len()),
        _ => None,
    }
}

struct Scan<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// As [`lengths`].
    lengths: &'a [usize],
    frames: Vec<Frame>,
    inserts: &'a mut Vec<Insert>,
}

impl Scan<'_> {
    fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| &self.text[token.range.clone()])
    }

    fn kind(&self, index: usize) -> Option<Kind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    /// Whether an operand ends with a token, so that `[` after it is an index and `<` a comparison.
    fn ends_operand(&self, index: usize) -> bool {
        match self.kind(index) {
            Some(Kind::Text | Kind::Number) => true,
            Some(Kind::Word) => !matches!(
                self.word(index),
                "and" | "or" | "not" | "in" | "is" | "if" | "else" | "for" | "set" | "elif" | "include"
            ),
            Some(Kind::Sign) => matches!(self.word(index), ")" | "]" | "}"),
            None => false,
        }
    }

    fn before(&self, index: usize) -> bool {
        index > 0 && self.ends_operand(index - 1)
    }

    /// Brackets are opened.
    fn open(&mut self, enclosed: Enclosed, index: usize) {
        let length = self.lengths.get(index).copied().unwrap_or(0);
        self.frames.push(Frame { opened: index, ..Frame::new(enclosed, length) });
    }

    /// Counts right behind a token.
    fn count(&mut self, filter: &str, after: usize) {
        if let Some(token) = self.tokens.get(after) {
            self.inserts.push((token.range.end, format!(" | {filter}"), token.range.start));
        }
    }

    /// Counts what ends before a token.
    fn finish(&mut self, filter: Option<&'static str>, before: usize) {
        if let (Some(filter), Some(last)) = (filter, before.checked_sub(1)) {
            self.count(filter, last);
        }
    }

    /// An operand ends before a token.
    fn end_operand(&mut self, index: usize) {
        let Some(frame) = self.frames.last_mut() else { return };
        let pending = frame.pending.take().filter(|_| !frame.is_constant);
        frame.is_constant = false;
        frame.begins = None;
        self.finish(pending, index);
    }

    /// An operand begins with a token, unless one has begun.
    fn begin_operand(&mut self, index: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.begins.get_or_insert(index);
        }
    }

    /// Counts what a slice is taken of, whose brackets open with a token.
    fn look_at_sliced(&mut self, open: usize) {
        let begins = self.frames.last().and_then(|frame| frame.begins);
        if let (Some(begins), Some(last)) = (begins, open.checked_sub(1)) {
            let start = self.tokens[begins].range.start;
            self.inserts.push((start, "(".to_owned(), start));
            self.count(&format!("{LOOK})"), last);
        }
    }

    fn token(&mut self, index: usize) {
        let (kind, word) = (self.tokens[index].kind, self.word(index).to_owned());
        let is_call = self.frames.last().is_some_and(|frame| frame.enclosed == Enclosed::Call);
        match (kind, word.as_str()) {
            (_, "{") if is_call => self.open(Enclosed::Plain, index),
            (_, ">") if is_call => {
                self.frames.pop();
            }
            _ if is_call => {}
            (Kind::Text | Kind::Number, word) => self.operand(index, word.len() < LONG),
            (Kind::Word, "true" | "True" | "false" | "False" | "none" | "None" | "null") => {
                self.operand(index, true);
            }
            (Kind::Word, word) => self.word_token(index, word),
            (Kind::Sign, word) => self.sign(index, word),
        }
    }

    /// A token that is, or goes on with, an operand.
    fn operand(&mut self, index: usize, is_constant: bool) {
        let continues = index > 0 && matches!(self.word(index - 1), "." | "?.");
        let begins_range = self.word(index) == "range" && self.word(index + 1) == "(" && !continues;
        let is_name = self.word(index + 1) == "=" || self.word(index + 1) == ":";
        self.begin_operand(index);
        if let Some(frame) = self.frames.last_mut() {
            frame.is_constant = is_constant && !continues;
            frame.all_constant &= is_constant || is_name;
            frame.makes |= begins_range;
        }
        self.made(index);
    }

    /// Counts what a slice or a `range` made, once nothing follows that goes on with it.
    fn made(&mut self, index: usize) {
        let goes_on = matches!(self.word(index + 1), "." | "?." | "[" | "?[" | "(");
        if !goes_on && self.frames.last_mut().is_some_and(|frame| std::mem::take(&mut frame.makes)) {
            self.count(PART, index);
        }
    }

    fn word_token(&mut self, index: usize, word: &str) {
        if index > 0 && matches!(self.word(index - 1), "." | "?." | "|") {
            // A field, or a filter.
            if self.word(index - 1) != "|" {
                self.operand(index, false);
            }
            return;
        }
        match word {
            "for" => {
                self.end_operand(index);
                if let Some(frame) = self.frames.last_mut() {
                    frame.awaits_in = true;
                    frame.all_constant = false;
                }
            }
            "in" => {
                self.end_operand(index);
                let next = self.tokens.get(index + 1).map(|token| token.range.start);
                let Some(frame) = self.frames.last_mut() else { return };
                if std::mem::take(&mut frame.awaits_in) {
                    if let Some(start) = next {
                        frame.loops = Some(frame.length);
                        self.inserts.push((start, "(".to_owned(), start));
                    }
                } else {
                    frame.pending = Some(HAY);
                }
            }
            "if" => {
                self.end_operand(index);
                self.end_loop(index);
            }
            "is" => {
                self.end_operand(index);
                let test = index + 1 + usize::from(self.word(index + 1) == "not");
                if self.word(test) == "containing" {
                    self.finish(Some(HAY), index);
                } else if self.word(test + 1) == "(" {
                    self.finish(Some(LOOK), index);
                }
            }
            // Before an operand, it belongs to it.
            "not" if !self.before(index) => {}
            "and" | "or" | "not" | "else" => self.end_operand(index),
            _ => self.operand(index, false),
        }
    }

    /// What a comprehension loops over ends before a token.
    fn end_loop(&mut self, index: usize) {
        let loops = self.frames.last_mut().and_then(|frame| frame.loops.take());
        if let (Some(length), Some(last)) = (loops, self.tokens.get(index.wrapping_sub(1))) {
            self.inserts.push((last.range.end, format!(") | {}", walk(length)), last.range.start));
        }
    }

    fn sign(&mut self, index: usize, sign: &str) {
        match sign {
            "(" => {
                self.begin_operand(index);
                self.open(Enclosed::Plain, index);
            }
            "[" | "?[" if self.before(index) => self.open(Enclosed::Index, index),
            "[" | "{" => {
                self.begin_operand(index);
                self.open(Enclosed::Literal, index);
            }
            "<" if !self.before(index) && self.kind(index + 1) == Some(Kind::Word) => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.all_constant = false;
                }
                self.open(Enclosed::Call, index);
            }
            ")" | "]" | "}" => self.close(index),
            "|" => {
                let name = self.word(index + 1);
                let counts = !name.is_empty() && !COUNTED.contains(&name);
                if counts {
                    self.finish(Some(if name == "sort" { SORT } else { PART }), index);
                } else if name == "length" {
                    self.finish(Some(LOOK), index);
                }
                if let Some(frame) = self.frames.last_mut() {
                    frame.is_constant = false;
                    frame.all_constant = false;
                }
            }
            "~" => {
                let is_counted =
                    self.frames.last().is_some_and(|frame| frame.pending == Some(CAT) || frame.is_constant);
                if !is_counted {
                    self.finish(Some(CAT), index);
                }
                self.end_operand(index);
                self.expect(CAT);
            }
            "==" | "!=" => {
                self.end_operand(index);
                self.expect(DEEP);
            }
            // What is shorter ends the comparison, so one of both is enough.
            "<" | ">" | "<=" | ">=" if index + 1 < self.tokens.len() => {
                self.end_operand(index);
                self.expect(LOOK);
            }
            ":" => {
                self.end_operand(index);
                let is_slice = self.frames.last().is_some_and(|frame| frame.enclosed == Enclosed::Index);
                if let Some(at) = self.frames.len().checked_sub(2).filter(|_| is_slice) {
                    self.frames[at].makes = true;
                }
            }
            "." | "?." => {}
            "-" if !self.before(index) => {}
            _ => {
                self.end_operand(index);
                if sign == "..."
                    && let Some(frame) = self.frames.last_mut()
                {
                    frame.all_constant = false;
                }
            }
        }
    }

    /// What counts the operand that comes next.
    fn expect(&mut self, filter: &'static str) {
        if let Some(frame) = self.frames.last_mut() {
            frame.pending = Some(filter);
            frame.all_constant = false;
        }
    }

    /// Brackets are closed.
    fn close(&mut self, index: usize) {
        self.end_operand(index);
        self.end_loop(index);
        if self.frames.len() < 2 {
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        let is_call = self.frames.last().is_some_and(|frame| frame.enclosed == Enclosed::Call);
        if is_call {
            return;
        }
        let goes_on = matches!(self.word(index + 1), "." | "?." | "[" | "?[");
        if let Some(above) = self.frames.last_mut() {
            above.is_constant = false;
            above.all_constant &= frame.all_constant;
            // Of what goes on with a field, a list was sliced.
            if frame.enclosed == Enclosed::Index && above.makes && !goes_on {
                self.look_at_sliced(frame.opened);
            }
        }
        if frame.enclosed == Enclosed::Literal && !frame.all_constant && !goes_on {
            self.count(MADE, index);
        }
        self.made(index);
    }
}

/// The expression after the `in` of a loop.
pub(super) fn looped_over(text: &str, part: Range<usize>) -> Option<Range<usize>> {
    let place = tokens(text, part.clone()).into_iter().find(|token| &text[token.range.clone()] == "in")?;
    tight(text, place.range.end..part.end)
}
