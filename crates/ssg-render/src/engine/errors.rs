//! Errors of Tera as diagnostics: at their place in the author's file, with what could be meant.

use super::{Engine, File};
use crate::theme::{plain_name, tags, without_prefixes};
use ssg_source::{Class, Diagnostic, SitePath, Span, codes, did_you_mean, line_column};
use tera::{Error, ErrorKind};

/// What stands in messages for an expression whose text the message's reader puts in.
pub(crate) const THIS_VALUE: &str = "this value";

impl Engine {
    /// A template error at its place, with the chain of calls that led there.
    ///
    /// `from` is what was being rendered: file, place in it, and words for it.
    pub(crate) fn diagnostic(&self, error: &Error, from: Option<(&SitePath, Span, String)>) -> Diagnostic {
        let (message, file, span) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let range = report.span().range.clone();
                let file = self.files.get(report.filename());
                let span = match file {
                    Some(File { guarded, .. }) if range.start < range.end => {
                        let start = guarded.original(range.start);
                        Span::new(start, guarded.original_end(range.end).max(start))
                    }
                    Some(file) => Span::at(file.guarded.original(range.start)),
                    None => Span::from(range),
                };
                (report.message().to_owned(), Some(report.filename().to_owned()), Some(span))
            }
            ErrorKind::MissingParent { current, parent } => {
                let message = format!("`{}` extends `{parent}`, which does not exist", plain_name(current));
                (message, Some(current.clone()), None)
            }
            ErrorKind::CircularExtend { tpl, .. } => {
                (format!("`{}` extends itself", plain_name(tpl)), Some(tpl.clone()), None)
            }
            ErrorKind::CircularInclude { tpl, .. } => {
                (format!("`{}` includes itself", plain_name(tpl)), Some(tpl.clone()), None)
            }
            other => self.read_report(&other.to_string()),
        };
        let (file, span) = match file {
            None if message.contains("recursion depth for components") => self.recursive_component(),
            file => (file, span),
        };
        let expression = file.as_deref().and_then(|file| self.expression(file, span?));
        let message = in_words(&message, expression.as_deref());
        let mut diagnostic = self.at(&message, file.as_deref(), span);
        if let Some(expression) = expression.filter(|_| is_about_nothing(&message)) {
            diagnostic =
                diagnostic.hint(format!("where there may be none: `{{% if {expression} %}}…{{% endif %}}`"));
        }
        for line in error.to_string().lines().filter_map(|line| line.strip_prefix("note: ")) {
            diagnostic = diagnostic.hint(self.note(line));
        }
        diagnostic = diagnostic.hint_if(self.suggestion(&message));
        if let Some((source, span, words)) = from {
            let span = (span != Span::default()).then_some(span);
            diagnostic = diagnostic.label(source, span, words);
        }
        diagnostic
    }

    /// An error at a place of a template, by its name in Tera.
    pub(super) fn at(&self, message: &str, file: Option<&str>, span: Option<Span>) -> Diagnostic {
        let message = without_prefixes(message.trim_end_matches('.'));
        let mut diagnostic = Diagnostic::error(codes::TEMPLATE, format!("template error: {message}"));
        if message.contains("refused: ") {
            diagnostic = diagnostic.class(Class::Policy);
        }
        if let Some(file) = file.and_then(|file| self.file(file)) {
            diagnostic = diagnostic.in_file(&file.path).at(span.or(Some(Span::at(0))));
            diagnostic.text = Some(file.text.clone());
        }
        diagnostic
    }

    /// Message, template and place of an error that comes as a printed report:
    /// `error: message`, then `--> name:line:column`.
    pub(super) fn read_report(&self, report: &str) -> (String, Option<String>, Option<Span>) {
        let message = report.lines().next().unwrap_or(report).trim_start_matches("error: ").to_owned();
        let place = report.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
        match place.and_then(read_place) {
            Some((name, line, column)) => {
                let span = self.file(name).map(|file| Span::at(file.place(line, column)));
                (message, Some(name.to_owned()), span)
            }
            None => (message, None, None),
        }
    }

    /// `called from name:line:column`, with the name and the column of the author's file.
    fn note(&self, note: &str) -> String {
        let read = note.rsplit_once(' ').and_then(|(words, place)| Some((words, read_place(place)?)));
        let Some((words, (name, line, column))) = read else { return without_prefixes(note) };
        let Some(file) = self.files.get(name) else { return without_prefixes(note) };
        let at = line_column(&file.text, file.place(line, column));
        format!("{words} {}:{}:{}", plain_name(name), at.line, at.column)
    }

    pub(super) fn file(&self, name: &str) -> Option<&File> {
        self.files.get(&self.resolve(name)?)
    }

    /// A component that calls itself, over others or not: its template and place.
    fn recursive_component(&self) -> (Option<String>, Option<Span>) {
        // The site's before its theme's, whose own are tried.
        let mut files: Vec<_> = self.files.iter().collect();
        files.sort_by_key(|(name, _)| (name.starts_with(':'), *name));
        let found = files.into_iter().find_map(|(name, file)| {
            tags(&file.text).into_iter().filter(|tag| tag.keyword(&file.text) == "component").find_map(
                |tag| {
                    let inside = file.text.get(tag.inside.clone())?.trim_start().strip_prefix("component")?;
                    let component = inside.trim_start().split(['(', ' ']).next()?;
                    let body = file.text.get(tag.end..)?;
                    let body = &body[..body.find("endcomponent")?];
                    body.contains(&format!("<{component}"))
                        .then_some((name.clone(), Span::at(tag.inside.start)))
                },
            )
        });
        found.map_or((None, None), |(name, span)| (Some(name), Some(span)))
    }

    /// The name nearest to the one that the message quotes.
    pub(super) fn suggestion(&self, message: &str) -> Option<String> {
        let quoted = message.split(['`', '\'', '"']).nth(1)?;
        let lower = message.to_lowercase();
        if lower.contains("template") && (lower.contains("not found") || lower.contains("exist")) {
            return self.near().did_you_mean(quoted);
        }
        let last = quoted.rsplit('.').next().unwrap_or(quoted);
        let builtins = self.builtins;
        let known = if lower.starts_with("unknown filter") {
            (builtins.filters)()
        } else if lower.starts_with("unknown function") {
            (builtins.functions)()
        } else if lower.starts_with("unknown test") {
            (builtins.tests)()
        } else if lower.contains("is not defined") {
            [(builtins.values)(), (builtins.functions)()].concat()
        } else {
            return None;
        };
        did_you_mean(last, known).filter(|hint| !hint.contains(&format!("`{last}`")))
    }
}

impl Engine {
    /// The text of the expression at a place of a template, up to its first filter.
    fn expression(&self, file: &str, span: Span) -> Option<String> {
        let text = &self.file(file)?.text;
        let start = span.range().start;
        let tag = tags(text).into_iter().find(|tag| tag.inside.contains(&start))?;
        let is_part_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        // The place may be that of the filter.
        let before = text.get(tag.inside.start..start)?.trim_end();
        if let Some(value) = before.strip_suffix('|') {
            let value = value.trim_end();
            let begin = value
                .char_indices()
                .rev()
                .find(|(_, c)| !is_part_of_name(*c))
                .map_or(0, |(at, c)| at + c.len_utf8());
            let is_name = value[begin..].starts_with(|c: char| c.is_alphabetic() || c == '_');
            // What another filter has made has no name.
            let is_made = value[..begin].trim_end().ends_with('|');
            return (is_name && !is_made).then(|| value[begin..].to_owned());
        }
        let rest = text.get(start..tag.inside.end)?;
        let end = rest.find(|c| !is_part_of_name(c)).unwrap_or(rest.len());
        let is_name = rest.starts_with(|c: char| c.is_alphabetic() || c == '_');
        (is_name && end > 0).then(|| rest[..end].trim_end_matches('.').to_owned())
    }
}

/// Whether a message is about a value that is not there.
fn is_about_nothing(message: &str) -> bool {
    message.ends_with(" is none") || message.contains(" is none for ")
}

/// A message in the words of whoever writes templates, with the expression that it is about.
fn in_words(message: &str, expression: Option<&str>) -> String {
    let this = expression.map_or_else(|| THIS_VALUE.to_owned(), |text| format!("`{text}`"));
    if message.contains(THIS_VALUE) {
        return message.replacen(THIS_VALUE, &this, 1);
    }
    let types = message
        .strip_prefix("Invalid type for the value, expected `")
        .and_then(|rest| rest.trim_end_matches(['.', '`']).split_once("` but got `"));
    match types {
        Some((expected, got)) => format!("{} is needed; {this} is {}", type_words(expected), type_words(got)),
        None => message.to_owned(),
    }
}

/// What a type of the template engine is called.
fn type_words(name: &str) -> &str {
    match name.trim_start_matches('&') {
        "str" | "string" | "String" => "a text",
        "none" | "undefined" => "none",
        "bool" => "true or false",
        "array" | "[Value]" | "Vec<Value>" => "a list",
        "map" | "Map" => "a table",
        "usize" | "u128" | "u64" | "u32" | "u16" | "u8" => "a whole number from 0 on",
        "isize" => "a whole number",
        name if name.starts_with(['i', 'u', 'f']) && name[1..].bytes().all(|byte| byte.is_ascii_digit()) => {
            "a number"
        }
        _ => name,
    }
}

/// `name:line:column`
fn read_place(place: &str) -> Option<(&str, usize, usize)> {
    let (rest, column) = place.rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    Some((name, line.parse().ok()?, column.parse().ok()?))
}

impl File {
    /// The place of a line and a column, as Tera counts them, in the author's text.
    fn place(&self, line: usize, column: usize) -> usize {
        let source = &self.guarded.source;
        let start: usize = source.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = source.get(start..).unwrap_or("");
        let skipped: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
        self.guarded.original(start + skipped)
    }
}
