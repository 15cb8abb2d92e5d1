//! Typed reading of a table: asks for keys by name, complains with a place, and knows at the end
//! which keys nobody asked for.
//!
//! Keys match in any case. A value of the wrong type is reported and treated as absent, so that
//! one mistake hides nothing else.

use crate::address::{ALLOWED, Address};
use crate::languages::check_tag;
use crate::value::{Field, Node, Spanned, Value};
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
        let mut taken: Option<&'a Field> = None;
        for name in names {
            for (index, field) in self.fields.iter().enumerate() {
                if !field.key.eq_ignore_ascii_case(name) {
                    continue;
                }
                self.asked[index] = true;
                if let Some(first) = taken.filter(|first| first.key.eq_ignore_ascii_case(&field.key)) {
                    self.found.add(
                        Diagnostic::error(
                            codes::DUPLICATE_KEY,
                            format!("`{}` and `{}` are the same key", first.key, field.key),
                        )
                        .at(field.key_span)
                        .hint("keep one of them"),
                    );
                }
                if taken.is_none() && field.node.value != Value::Null {
                    taken = Some(field);
                }
            }
        }
        taken
    }

    /// The field of the first of `names` that has a value, without asking for it.
    #[must_use]
    pub fn peek(&self, names: &[&str]) -> Option<&'a Field> {
        let with_value = |name: &&str| {
            let of_name = |field: &&Field| field.key.eq_ignore_ascii_case(name);
            self.fields.iter().filter(of_name).find(|field| field.node.value != Value::Null)
        };
        names.iter().find_map(with_value)
    }

    /// Reports a value that is not what was expected.
    pub fn wrong(&mut self, field: &Field, expected: &str) {
        let message = format!("`{}` must be {expected}, not {}", field.key, field.node.value.kind());
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
                    .hint(ALLOWED),
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
        let value = match &field.node.value {
            Value::Bool(value) => Some(*value),
            Value::Integer(value @ 0..=1) => Some(*value == 1),
            Value::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
                "" => return None,
                "yes" | "true" | "on" | "y" => Some(true),
                "no" | "false" | "off" | "n" => Some(false),
                _ => None,
            },
            _ => None,
        };
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
            self.wrong(field, "a whole number");
        }
        value.map(|value| Spanned::new(value, field.node.span))
    }

    /// Texts: a list, or one text. Empty ones and nulls in it are dropped.
    pub fn texts(&mut self, names: &[&'static str]) -> Option<Vec<Spanned<String>>> {
        let field = self.take(names)?;
        Some(self.texts_of(field))
    }

    fn texts_of(&mut self, field: &'a Field) -> Vec<Spanned<String>> {
        let nodes = match &field.node.value {
            Value::List(nodes) => nodes.as_slice(),
            _ => std::slice::from_ref(&field.node),
        };
        let mut texts = Vec::with_capacity(nodes.len());
        for node in nodes {
            match scalar_text(node) {
                Some(text) if text.trim().is_empty() => {}
                Some(text) => texts.push(Spanned::new(text.trim().to_owned(), node.span)),
                None if node.value == Value::Null => {}
                None => {
                    let message = format!("`{}` must hold texts, not {}", field.key, node.value.kind());
                    self.found.add(Diagnostic::error(codes::WRONG_TYPE, message).at(node.span));
                }
            }
        }
        texts
    }

    /// People: a text, a list of texts, or tables with a `name`.
    pub fn people(&mut self, names: &[&'static str]) -> Option<Vec<Spanned<String>>> {
        let field = self.take(names)?;
        let name_of = |node: &Node| {
            let name = node.value.get("name").or_else(|| node.value.get("nick"))?;
            Some(Spanned::new(scalar_text(name)?, name.span))
        };
        match &field.node.value {
            Value::Table(_) => Some(name_of(&field.node).into_iter().collect()),
            Value::List(nodes) if nodes.iter().any(|node| matches!(node.value, Value::Table(_))) => {
                let person =
                    |node: &Node| name_of(node).or_else(|| Some(Spanned::new(scalar_text(node)?, node.span)));
                Some(nodes.iter().filter_map(person).collect())
            }
            _ => Some(self.texts_of(field)),
        }
    }

    /// A date in any form that [`read_when`] knows.
    pub fn when(&mut self, names: &[&'static str]) -> Option<Spanned<When>> {
        let field = self.take(names)?;
        let read = match &field.node.value {
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
        for field in self.rest() {
            let candidates = self.known.iter().copied().chain(more.iter().copied());
            let nearest = did_you_mean(&field.key, candidates);
            let mut diagnostic =
                Diagnostic::warning(codes::UNKNOWN_KEY, format!("unknown key `{}`", field.key))
                    .at(field.key_span)
                    .hint_if(nearest);
            diagnostic.severity = severity;
            if !hint.is_empty() {
                diagnostic = diagnostic.hint(hint);
            }
            self.found.add(diagnostic);
        }
    }
}

/// A scalar as text; `None` for null, lists and tables.
pub(crate) fn scalar_text(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Date(text) => Some(text.clone()),
        Value::Integer(value) => Some(value.to_string()),
        Value::Float(_, written) => Some(written.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::List(_) | Value::Table(_) => None,
    }
}
