//! Expressions of Liquid (`{{ … }}`) whose value is known without running the site.

use crate::blog::text_at;
use ssg_parse::Value;
use std::collections::BTreeMap;

/// What an expression may ask.
pub(super) struct Scope<'a> {
    pub site: &'a Value,
    pub page: &'a Value,
    /// The arguments of the include that is being read.
    pub include: Option<&'a BTreeMap<String, String>>,
    /// What `assign` has given a text.
    pub assigned: &'a BTreeMap<String, String>,
    /// Whether a path follows, before which the host says nothing.
    pub before_path: bool,
}

/// The text of an expression; `None` where it has to be computed.
pub(super) fn value(expression: &str, scope: &Scope<'_>) -> Option<String> {
    let mut steps = split(expression, '|').into_iter();
    let mut text = operand(steps.next()?.trim(), scope)?;
    for step in steps {
        let (name, argument) =
            step.split_once(':').map_or((step.as_str(), None), |(name, rest)| (name, Some(rest)));
        let argument = argument.map(|argument| operand(argument.trim(), scope));
        text = match (name.trim(), argument) {
            ("relative_url" | "absolute_url" | "asset_url", None) => {
                if text.contains("://") || text.starts_with('/') { text } else { format!("/{text}") }
            }
            ("prepend", Some(Some(more))) => format!("{more}{text}"),
            ("append", Some(Some(more))) => format!("{text}{more}"),
            ("default", Some(Some(other))) => {
                if text.is_empty() {
                    other
                } else {
                    text
                }
            }
            ("escape" | "escape_once" | "xml_escape" | "strip" | "smartify", None) => text.trim().to_owned(),
            ("downcase", None) => text.to_lowercase(),
            ("upcase", None) => text.to_uppercase(),
            _ => return None,
        };
    }
    Some(text)
}

fn operand(text: &str, scope: &Scope<'_>) -> Option<String> {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return (!inner.contains(quote)).then(|| inner.to_owned());
        }
    }
    if let Some(name) = text.strip_prefix("include.") {
        return scope.include.map(|arguments| arguments.get(name).cloned().unwrap_or_default());
    }
    if let Some(text) = scope.assigned.get(text) {
        return Some(text.clone());
    }
    match text {
        "site.baseurl" | "site.root" | "root_url" | "site.url_root" => return Some(String::new()),
        "site.url" | "site.production_url" | "site.github.url" if scope.before_path => {
            return Some(String::new());
        }
        _ => {}
    }
    let (from, path) = match text.split_once('.')? {
        ("site", path) => (scope.site, path),
        ("page", path) => (scope.page, path),
        _ => return None,
    };
    if path.to_lowercase().contains("mail") {
        return None;
    }
    path.rsplit_once('.')
        .map_or_else(|| text_at(from, path), |(table, key)| text_at(crate::blog::value_at(from, table)?, key))
}

/// Splits at a sign that stands in no quotes.
pub(super) fn split(text: &str, sign: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quote = None;
    for c in text.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            None if c == '"' || c == '\'' => quote = Some(c),
            _ => {}
        }
        if c == sign && quote.is_none() {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    parts
}

/// The words of a tag, quotes off; what is in quotes is one word.
pub(super) fn words(text: &str) -> Vec<String> {
    let text: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    split(&text, ' ')
        .into_iter()
        .filter(|word| !word.is_empty())
        .map(|word| {
            for quote in ['"', '\''] {
                if let Some(inner) = word.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
                    return inner.to_owned();
                }
            }
            word
        })
        .collect()
}

/// Arguments such as `url="/a b" title='c'`.
pub(super) fn arguments(text: &str) -> BTreeMap<String, String> {
    let tidy = text.replace(" =", "=").replace("= ", "=");
    let tidy: String = tidy.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let pairs = split(&tidy, ' ').into_iter().filter_map(|word| {
        let (key, value) = word.split_once('=')?;
        Some((key.trim().to_owned(), words(value).into_iter().next().unwrap_or_default()))
    });
    pairs.collect()
}
