//! Typed reading of a table: asks for keys by name, complains with a place, and knows at the end
//! which keys nobody asked for.
//!
//! Keys match in any case. A value of the wrong type is reported and treated as absent, so that
//! one mistake hides nothing else.

mod names;

use crate::address::Address;
use crate::languages::check_tag;
use crate::value::{Field, Node, Spanned, Value, flag_of, scalar_text};
use crate::when::{When, from_seconds, read_when};
use ssg_source::{Diagnostic, Diagnostics, Severity, Span, codes, did_you_mean};
use std::collections::HashSet;

/// The keys of one table, while they are being read.
pub struct Fields<'a> {
    fields: &'a [Field],
    asked: Vec<bool>,
    known: Vec<&'static str>,
    found: &'a mut Diagnostics,
}

impl<'a> Fields<'a> {
    /// Begins to read `node`; what is not a table is reported and read as an empty one.
    pub fn new(node: &'a Node, what: &str, found: &'a mut Diagnostics) -> Self {
        let fields = match &node.value {
            Value::Table(fields) => fields.as_slice(),
            Value::Null => &[],
            other => {
                found.add(
                    Diagnostic::error(
                        codes::WRONG_TYPE,
                        format!("{what} must be a table, not {}", other.kind()),
                    )
                    .at(node.span),
                );
                &[]
            }
        };
        Self { fields, asked: vec![false; fields.len()], known: Vec::new(), found }
    }

    /// Where complaints go.
    pub fn found(&mut self) -> &mut Diagnostics {
        self.found
    }

    /// The field of the first of `names` that stands in the table and has a value.
    ///
    /// The first name is the one that is suggested to people.
    pub fn take(&mut self, names: &[&'static str]) -> Option<&'a Field> {
        self.known.extend(names.first());
        #[cfg(test)]
        asked::note(names.first().copied());
        let mut taken: Option<&'a Field> = None;
        for name in names {
            for (index, field) in self.fields.iter().enumerate() {
                if !field.key.eq_ignore_ascii_case(name) {
                    continue;
                }
                self.asked[index] = true;
                if let Some(first) = taken.filter(|first| first.key.eq_ignore_ascii_case(&field.key)) {
                    let message = if first.key == field.key {
                        format!("the key `{}` stands twice", field.key)
                    } else {
                        format!("`{}` and `{}` are the same key", first.key, field.key)
                    };
                    self.found.add(
                        Diagnostic::error(codes::DUPLICATE_KEY, message)
                            .at(field.key_span)
                            .hint("keep one of them"),
                    );
                }
                match taken {
                    _ if field.node.value == Value::Null => {}
                    None => taken = Some(field),
                    Some(first)
                        if first.key.eq_ignore_ascii_case(&field.key) || says_the_same(first, field) => {}
                    Some(first) => {
                        let message =
                            format!("`{}` is passed over: `{}` stands here too", field.key, first.key);
                        let told = Diagnostic::warning(codes::DUPLICATE_KEY, message).at(field.key_span);
                        self.found.add(
                            told.hint("both are the same key: keep one of them, with all that they say"),
                        );
                    }
                }
            }
        }
        taken
    }

    /// The first field of these names that has a value, which does not count as asked for.
    pub fn peek(&mut self, names: &[&'static str]) -> Option<&'a Field> {
        self.known.extend(names);
        let with_value = |name: &&'static str| {
            let of_name = |field: &&Field| field.key.eq_ignore_ascii_case(name);
            self.fields.iter().filter(of_name).find(|field| field.node.value != Value::Null)
        };
        names.iter().find_map(with_value)
    }

    /// Whether it is no news that a key is missing: it is there and wrong, or there under nearly its name, or the file could
    /// not be read whole.
    pub fn is_told_of(&self, name: &str) -> bool {
        let is_broken = |one: &Diagnostic| one.code == codes::TOML || one.code == codes::DUPLICATE_KEY;
        let is_near = |field: &Field| {
            if field.key.eq_ignore_ascii_case(name) {
                return !matches!(&field.node.value, Value::Text(text) if text.trim().is_empty());
            }
            did_you_mean(&field.key, [name]).is_some()
        };
        self.found.iter().any(is_broken) || self.fields.iter().any(is_near)
    }

    /// All fields of a name, for one that is passed over and may stand twice.
    pub fn take_all(&mut self, name: &str) -> Vec<&'a Field> {
        let mut all = Vec::new();
        for (field, asked) in self.fields.iter().zip(&mut self.asked) {
            if field.key.eq_ignore_ascii_case(name) {
                *asked = true;
                all.push(field);
            }
        }
        all
    }

    /// Reports a value that is not what was expected.
    pub fn wrong(&mut self, field: &Field, expected: &str) {
        let found = match &field.node.value {
            Value::Integer(number) => format!("`{number}`"),
            Value::Float(_, written) => format!("`{written}`"),
            other => other.kind().to_owned(),
        };
        let message = format!("`{}` must be {expected}, not {found}", field.key);
        self.found.add(Diagnostic::error(codes::WRONG_TYPE, message).at(field.node.span));
    }

    /// Text; numbers and booleans are taken as they are written, an empty text as absent.
    pub fn text(&mut self, names: &[&'static str]) -> Option<Spanned<String>> {
        let field = self.take(names)?;
        match scalar_text(&field.node) {
            Some(text) if text.contains('\0') => {
                let message = format!("`{}` holds a NUL", field.key);
                self.found.add(Diagnostic::error(codes::NUL, message).at(field.node.span));
                None
            }
            Some(text) => {
                Some(Spanned::new(text, field.node.span)).filter(|text| !text.value.trim().is_empty())
            }
            None => {
                self.wrong(field, "text");
                None
            }
        }
    }

    /// An address that pages may link to; any other is reported and treated as absent.
    pub fn address(&mut self, names: &[&'static str]) -> Option<Spanned<Address>> {
        let text = self.text(names)?;
        match Address::new(&text.value) {
            Ok(address) => Some(Spanned::new(address, text.span)),
            Err(problem) => {
                let key = names.first().copied().unwrap_or_default();
                self.found.add(
                    Diagnostic::warning(
                        codes::ADDRESS,
                        format!("`{key}` is no address for a page: {problem}"),
                    )
                    .at(text.span)
                    .hint(problem.hint()),
                );
                None
            }
        }
    }

    /// The tag of a language, such as `de` or `pt-BR`; `pt_BR` is taken as that.
    ///
    /// Browsers and feed readers pass over a page in a language that cannot be one.
    pub fn lang(&mut self, names: &[&'static str]) -> Option<Spanned<String>> {
        let mut lang = self.text(names)?;
        let Some(tag) = check_tag(&lang.value) else {
            self.found.add(
                Diagnostic::warning(codes::LANG, format!("`{}` is no tag of a language", lang.value))
                    .at(lang.span)
                    .hint("write it as `en` or `pt-BR`"),
            );
            return None;
        };
        lang.value = tag;
        Some(lang)
    }

    /// True or false; `yes`, `no`, `on`, `off` in any case and in quotes as well.
    pub fn flag(&mut self, names: &[&'static str]) -> Option<Spanned<bool>> {
        let field = self.take(names)?;
        if matches!(&field.node.value, Value::Text(text) if text.trim().is_empty()) {
            return None;
        }
        let value = flag_of(&field.node.value);
        if value.is_none() {
            self.wrong(field, "true or false");
        }
        value.map(|value| Spanned::new(value, field.node.span))
    }

    /// A whole number.
    pub fn integer(&mut self, names: &[&'static str]) -> Option<Spanned<i64>> {
        let field = self.take(names)?;
        let value = match &field.node.value {
            Value::Integer(value) => Some(*value),
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        };
        if value.is_none() {
            let is_too_large = match &field.node.value {
                Value::Text(text) | Value::Float(_, text) => is_digits(text.trim()),
                _ => false,
            };
            if is_too_large {
                let message = format!("`{}` is too large: {} is the largest number", field.key, i64::MAX);
                self.found.add(Diagnostic::error(codes::WRONG_TYPE, message).at(field.node.span));
            } else {
                self.wrong(field, "a whole number");
            }
        }
        value.map(|value| Spanned::new(value, field.node.span))
    }

    /// Texts: a list, or one text. Empty ones and nulls in it are dropped.
    pub fn texts(&mut self, names: &[&'static str]) -> Option<Vec<Spanned<String>>> {
        let field = self.take(names)?;
        Some(self.texts_of(field))
    }

    /// Texts, of which one may hold several between commas, or tables with a `name`.
    pub fn listed(&mut self, names: &[&'static str]) -> Option<Vec<Spanned<String>>> {
        let field = self.take(names)?;
        match &field.node.value {
            Value::Text(text) if text.contains(',') => {
                let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
                Some(parts.map(|part| Spanned::new(part.to_owned(), field.node.span)).collect())
            }
            _ => Some(self.names_of(field, false)),
        }
    }

    /// As [`Fields::listed`]; that one text with spaces is one term is told.
    pub fn listed_terms(&mut self, name: &'static str) -> Option<Vec<Spanned<String>>> {
        let field = self.peek(&[name])?;
        if let Value::Text(text) = &field.node.value
            && !text.contains(',')
            && text.split_whitespace().nth(1).is_some()
        {
            let words: Vec<String> = text.split_whitespace().map(|word| format!("\"{word}\"")).collect();
            let message = format!("`{}` is one text, and one term: `{}`", field.key, text.trim());
            self.found.add(
                Diagnostic::warning(codes::ONE_TERM, message)
                    .at(field.node.span)
                    .hint(format!("if these are several, write a list: [{}]", words.join(", ")))
                    .hint(format!("if it is one, write it as [\"{}\"]", text.trim())),
            );
        }
        self.listed(&[name])
    }

    fn texts_of(&mut self, field: &'a Field) -> Vec<Spanned<String>> {
        let nodes = match &field.node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(&field.node),
        };
        nodes.iter().filter_map(|node| self.text_of(field, node)).collect()
    }

    /// A text of a list; an empty one and null are passed over.
    fn text_of(&mut self, field: &Field, node: &Node) -> Option<Spanned<String>> {
        let text = scalar_text(node);
        if text.is_none() && node.value != Value::Null {
            let message = format!("`{}` must hold texts, not {}", field.key, node.value.kind());
            self.found.add(Diagnostic::error(codes::WRONG_TYPE, message).at(node.span));
        }
        let text = text.filter(|text| !text.trim().is_empty())?;
        Some(Spanned::new(text.trim().to_owned(), node.span))
    }

    /// A date in any form that [`read_when`] knows; a day anywhere on Earth is for deadlines.
    pub fn when(&mut self, names: &[&'static str]) -> Option<Spanned<When>> {
        let when = self.deadline(names)?;
        if let When::Anywhere(day) = when.value {
            let message = format!("`AoE` is for deadlines (in `{}`)", names.first().unwrap_or(&""));
            let hint = format!("write the day alone, {day}, and the zone as `timezone`");
            self.found.add(Diagnostic::error(codes::BAD_DATE, message).at(when.span).hint(hint));
            return None;
        }
        Some(when)
    }

    /// A date that may be a day anywhere on Earth.
    pub fn deadline(&mut self, names: &[&'static str]) -> Option<Spanned<When>> {
        let field = self.take(names)?;
        let read = match &field.node.value {
            Value::Integer(number) if number.abs() < LEAST_SECONDS => Err(no_date(&field.key, *number)),
            Value::Integer(seconds) => from_seconds(*seconds).ok_or_else(|| {
                (format!("{seconds} seconds are no date"), "count seconds since 1970".to_owned())
            }),
            Value::Text(text) if text.trim().is_empty() => return None,
            Value::Text(text) | Value::Date(text) => read_when(text),
            _ => {
                self.wrong(field, "a date");
                return None;
            }
        };
        match read {
            Ok(when) => Some(Spanned::new(when, field.node.span)),
            Err((message, hint)) => {
                let message = format!("{message} (in `{}`)", field.key);
                self.found.add(Diagnostic::error(codes::BAD_DATE, message).at(field.node.span).hint(hint));
                None
            }
        }
    }

    /// One of a set of words.
    pub fn choice<T: Copy>(&mut self, names: &[&'static str], choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(names)?;
        let chosen = choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(&text.value));
        if chosen.is_none() {
            let all: Vec<_> = choices.iter().map(|(name, _)| format!("`{name}`")).collect();
            let message = format!("`{}` is not one of {}", text.value, all.join(", "));
            let hint = did_you_mean(&text.value, choices.iter().map(|(name, _)| *name));
            self.found.add(Diagnostic::error(codes::UNKNOWN_CHOICE, message).at(text.span).hint_if(hint));
        }
        chosen.map(|(_, value)| *value)
    }

    /// A table below this one.
    pub fn table<T>(&mut self, names: &[&'static str], read: impl FnOnce(&mut Fields<'_>) -> T) -> Option<T> {
        let field = self.take(names)?;
        let what = format!("`{}`", field.key);
        let mut fields = Fields::new(&field.node, &what, self.found);
        Some(read(&mut fields))
    }

    /// A list of tables; one table counts as a list of one.
    pub fn tables<T>(
        &mut self,
        names: &[&'static str],
        mut read: impl FnMut(&mut Fields<'_>, Span) -> Option<T>,
    ) -> Vec<T> {
        let Some(field) = self.take(names) else { return Vec::new() };
        let nodes = match &field.node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(&field.node),
        };
        let what = format!("each of `{}`", field.key);
        let mut all = Vec::with_capacity(nodes.len());
        for node in nodes {
            all.extend(read(&mut Fields::new(node, &what, self.found), node.span));
        }
        all
    }

    /// The field that is there under any of the names, untyped.
    pub fn node(&mut self, names: &[&'static str]) -> Option<&'a Node> {
        self.take(names).map(|field| &field.node)
    }

    /// The fields that nobody has asked for yet; they count as asked for from now on.
    pub fn rest(&mut self) -> Vec<&'a Field> {
        let rest = self
            .fields
            .iter()
            .zip(&self.asked)
            .filter(|(_, asked)| !**asked)
            .map(|(field, _)| field)
            .collect();
        self.asked.fill(true);
        rest
    }

    /// Counts these fields as not asked for again.
    pub fn give_back(&mut self, fields: &[&Field]) {
        let back: HashSet<*const Field> = fields.iter().map(|field| std::ptr::from_ref(*field)).collect();
        for (field, asked) in self.fields.iter().zip(&mut self.asked) {
            *asked &= !back.contains(&std::ptr::from_ref(field));
        }
    }

    /// Reports every key that nobody asked for.
    pub fn finish(mut self, severity: Severity, hint: &str) {
        self.report_unknown(severity, hint, &[]);
    }

    /// As [`Fields::finish`], for readers that hold a borrow only; `more` are further known keys.
    pub fn report_unknown(&mut self, severity: Severity, hint: &str, more: &[&str]) {
        let mut told = HashSet::new();
        for field in self.rest() {
            // What is passed over may stand twice.
            if !told.insert(field.key.to_ascii_lowercase()) {
                continue;
            }
            let candidates = self.known.iter().copied().chain(more.iter().copied());
            let nearest = did_you_mean(&field.key, candidates);
            let is_named = nearest.is_none();
            let mut diagnostic =
                Diagnostic::warning(codes::UNKNOWN_KEY, format!("unknown key `{}`", field.key))
                    .at(field.key_span)
                    .hint_if(nearest);
            diagnostic.severity = severity;
            // What somebody meant to keep back must not go out because of a letter.
            if severity == Severity::Warning && crate::withholding::is_meant_to_withhold(field) {
                diagnostic.severity = Severity::Error;
                diagnostic.code = codes::WITHHELD_KEY;
                let at_top = "a page is kept back by a key at the top of its header";
                diagnostic = if is_named { diagnostic.hint(at_top) } else { diagnostic };
            }
            if !hint.is_empty() {
                diagnostic = diagnostic.hint(hint);
            }
            self.found.add(diagnostic);
        }
    }
}

/// Numbers below this are no seconds since 1970 that anybody counted, but years and days.
const LEAST_SECONDS: i64 = 100_000_000;

/// What is said of a number in the place of a date.
fn no_date(key: &str, number: i64) -> (String, String) {
    let message = format!("`{number}` is a number and no date: other programs read it as seconds since 1970");
    let year = (1900..=2999).contains(&number).then_some(number);
    let day = match (year, number) {
        (Some(year), _) => format!("{year}-06-15"),
        (None, 19_000_101..=29_991_231) => {
            format!("{:04}-{:02}-{:02}", number / 10_000, number / 100 % 100, number % 100)
        }
        _ => "2013-05-06".to_owned(),
    };
    let hint = match year {
        Some(year) if matches!(key, "start" | "end") => {
            format!(
                "write the day, such as {day}; where only the year is known, put it in quotes: \"{year}\""
            )
        }
        _ => format!("write the day, such as {day}"),
    };
    (message, hint)
}

/// Whether two fields have the same value, wherever it stands.
fn says_the_same(one: &Field, other: &Field) -> bool {
    fn are_same(one: &Node, other: &Node) -> bool {
        match (&one.value, &other.value) {
            (Value::List(some), Value::List(others)) => {
                some.len() == others.len() && some.iter().zip(others).all(|(one, other)| are_same(one, other))
            }
            (Value::Table(_), _) | (_, Value::Table(_)) => false,
            (one, other) => one == other,
        }
    }
    are_same(&one.node, &other.node)
}

/// Whether a text is a whole number, however large.
fn is_digits(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Which keys readers ask for, by the first of their names; for the test of the tables of keys.
#[cfg(test)]
pub(crate) mod asked {
    use std::cell::RefCell;
    use std::collections::BTreeSet;

    thread_local! {
        static ASKED: RefCell<BTreeSet<&'static str>> = RefCell::default();
    }

    pub(super) fn note(name: Option<&'static str>) {
        ASKED.with_borrow_mut(|asked| asked.extend(name));
    }

    /// The names that are asked for while something is read in this thread.
    pub(crate) fn during(read: impl FnOnce()) -> BTreeSet<&'static str> {
        ASKED.take();
        read();
        ASKED.take()
    }
}
