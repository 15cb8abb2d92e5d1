//! What the files of a theme name, against what it declares: options and texts.

use crate::stack::{Stack, text_of};
use ssg_parse::{Value, read_toml};
use ssg_render::ThemeOption;
use ssg_source::{Diagnostic, Diagnostics, Inputs, SitePath, Span, codes, did_you_mean};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Files with their texts.
pub(super) type Texts = Vec<(SitePath, Arc<str>)>;

/// The templates of all layers.
pub(super) fn templates(inputs: &dyn Inputs, stack: &Stack) -> Texts {
    let templates = stack.all_files().filter(|(name, _)| name.starts_with("templates/"));
    templates.filter_map(|(_, path)| Some((path.clone(), text_of(inputs, path)?))).collect()
}

/// The templates, style sheets and scripts of a theme and of its parents.
pub(super) fn texts(inputs: &dyn Inputs, stack: &Stack) -> Texts {
    let is_text = |name: &str| {
        name.starts_with("templates/")
            || (name.starts_with("assets/")
                && [".css", ".scss", ".sass", ".js"].iter().any(|end| name.ends_with(end)))
    };
    stack
        .theme_files()
        .filter(|(name, _)| is_text(name))
        .filter_map(|(_, path)| Some((path.clone(), text_of(inputs, path)?)))
        .collect()
}

/// Options that nothing names, and options that nothing declares.
pub(super) fn options(stack: &Stack, texts: &Texts, found: &mut Diagnostics) {
    let declared = stack.options();
    let mut named: BTreeSet<String> = BTreeSet::new();
    let mut all_at_once = false;
    for (path, text) in texts.iter().filter(|(_, text)| text.contains("options") || text.contains("var(--")) {
        for (name, span) in names_of_options(text) {
            let Some(name) = name else {
                all_at_once = true;
                continue;
            };
            if !declared.iter().any(|option| option.name == name) {
                let names = declared.iter().map(|option| option.name.as_str());
                let problem =
                    Diagnostic::error(codes::THEME_OPTION, format!("the theme declares no option `{name}`"))
                        .in_file(path)
                        .at(span)
                        .hint_if(did_you_mean(&name, names))
                        .hint(format!(
                            "declare it in `theme.toml`: [options.{name}] with `type` and `default`"
                        ));
                found.add(Diagnostic { text: Some(text.clone()), ..problem });
            }
            named.insert(name);
        }
    }
    let is_named = |option: &ThemeOption| {
        let variable = [format!("var(--{}", option.name), format!("${}", option.name)];
        named.contains(&option.name)
            || texts.iter().any(|(path, text)| {
                !path.as_str().contains("/templates/") && variable.iter().any(|name| text.contains(name))
            })
    };
    let own = stack.manifest().map(|manifest| &manifest.path);
    for option in declared.iter().filter(|option| Some(&option.path) == own) {
        if !all_at_once && !is_named(option) {
            let message = format!("no template and no style sheet names the option `{}`", option.name);
            found.add(
                Diagnostic::warning(codes::THEME_OPTION, message)
                    .in_file(&option.path)
                    .at(option.span)
                    .hint(format!("use it as `options.{}`, or remove it", option.name)),
            );
        }
    }
}

/// Every `options.name` or `options["name"]` in the tags of a template, with its place; no name where
/// all are taken at once.
fn names_of_options(text: &str) -> Vec<(Option<String>, Span)> {
    let mut names = Vec::new();
    for (start, end) in tags(text) {
        let tag = &text[start..end];
        for (at, word) in tag.match_indices("options") {
            let before = tag[..at].chars().next_back();
            let is_field = before == Some('.') && !tag[..at].ends_with("...");
            if is_field || before.is_some_and(|c| c.is_alphanumeric() || "_\"'`".contains(c)) {
                continue;
            }
            let after = &tag[at + word.len()..];
            let quoted = after.strip_prefix("[\"").or_else(|| after.strip_prefix("['"));
            let (name, skipped) = match (after.strip_prefix('.'), quoted) {
                (Some(rest), _) => (identifier(rest), 1),
                (_, Some(rest)) => (identifier(rest), 2),
                _ if after.starts_with(|c: char| c.is_alphanumeric() || "_=".contains(c)) => continue,
                _ => ("", 0),
            };
            let from = start + at + word.len() + skipped;
            let name = (!name.is_empty()).then(|| name.to_owned());
            let length = name.as_ref().map_or(0, String::len);
            names.push((name, Span::new(from, from + length)));
        }
    }
    names
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    &text[..end]
}

/// The insides of `{{ … }}` and `{% … %}`; comments are none.
fn tags(text: &str) -> Vec<(usize, usize)> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        let close = match text.get(open..open + 2) {
            Some("{{") => "}}",
            Some("{%") => "%}",
            Some("{#") => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let end = text[open..].find(close).map_or(text.len(), |end| open + end);
        if close != "#}" {
            tags.push((open + 2, end.max(open + 2)));
        }
        at = (end + 2).min(text.len());
    }
    tags
}

/// Texts that are asked for and exist nowhere, and texts that a language lacks.
pub(super) fn translations(inputs: &dyn Inputs, stack: &Stack, texts: &Texts, found: &mut Diagnostics) {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, path) in stack.all_files() {
        let lang = name.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".toml"));
        let Some((lang, text)) = lang.zip(text_of(inputs, path)) else { continue };
        known.entry(lang.to_owned()).or_default().extend(keys(&text));
    }
    let all: BTreeSet<&String> = known.values().flatten().collect();
    for (path, text) in texts.iter().filter(|(_, text)| text.contains("key=")) {
        for (key, span) in asked(text) {
            if !all.iter().any(|known| **known == key) {
                let problem = Diagnostic::error(codes::THEME_TEXT, format!("there is no text `{key}`"))
                    .in_file(path)
                    .at(span)
                    .hint_if(did_you_mean(&key, all.iter().map(|known| known.as_str())))
                    .hint("add it to `i18n/en.toml` and to the other languages");
                found.add(Diagnostic { text: Some(text.clone()), ..problem });
            }
        }
    }
    // A child that ships a language must have in it what it says in others; the parent's is not its.
    let own: BTreeMap<&str, (&SitePath, BTreeSet<String>)> = stack
        .own_files()
        .filter_map(|(name, path)| {
            let lang = name.strip_prefix("i18n/")?.strip_suffix(".toml")?;
            Some((lang, (path, keys(&text_of(inputs, path)?))))
        })
        .collect();
    let said: BTreeSet<&String> = own.values().flat_map(|(_, keys)| keys).collect();
    for (lang, (path, _)) in &own {
        // `de-AT` says only what differs from `de`.
        if lang.contains('-') {
            continue;
        }
        let has = known.get(*lang);
        let missing: Vec<String> = said
            .iter()
            .filter(|key| !has.is_some_and(|has| has.contains(key.as_str())))
            .map(|key| format!("`{key}`"))
            .collect();
        if let Some(first) = missing.first() {
            let more = missing.len() - 1;
            let shown: Vec<&str> = missing.iter().take(8).map(String::as_str).collect();
            let message = match more {
                0 => format!("the language `{lang}` lacks the text {first}"),
                _ => format!(
                    "the language `{lang}` lacks {} texts: {}{}",
                    missing.len(),
                    shown.join(", "),
                    if missing.len() > 8 { " …" } else { "" }
                ),
            };
            let text = text_of(inputs, path);
            let problem = Diagnostic::warning(codes::THEME_TEXT, message).in_file(path).at(Span::at(0));
            found.add(Diagnostic { text, ..problem.hint("another language's text shows until it has them") });
        }
    }
}

fn keys(text: &str) -> BTreeSet<String> {
    match read_toml(text, 0, &mut Diagnostics::new()).value {
        Value::Table(fields) => fields.into_iter().map(|field| field.key).collect(),
        _ => BTreeSet::new(),
    }
}

/// Every text that `t(key="…")` asks for by its full name, with the place of the name.
fn asked(text: &str) -> Vec<(String, Span)> {
    let mut asked = Vec::new();
    for (start, end) in tags(text) {
        let tag = &text[start..end];
        for (at, call) in tag.match_indices("t(") {
            if tag[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let arguments = &tag[at + call.len()..];
            let Some(key) = arguments.trim_start().strip_prefix("key=").map(str::trim_start) else {
                continue;
            };
            let Some(quote) = key.chars().next().filter(|c| "\"'`".contains(*c)) else { continue };
            let Some(length) = key[1..].find(quote) else { continue };
            // `"kind-" ~ x` is put together.
            if key[length + 2..].trim_start().starts_with('~') {
                continue;
            }
            // What is left of the tag ends where the tag ends.
            let place = end - key.len() + 1;
            let name = &key[1..=length];
            asked.push((name.to_owned(), Span::new(place, place + name.len())));
        }
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options_in(text: &str) -> Vec<Option<String>> {
        names_of_options(text).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn options_are_found_where_templates_name_them() {
        let text = "options.no {# {{ options.no }} #}{{ options.a }}{% if x.options.no and options['b'] %}{{ my_options.no }}";
        assert_eq!(options_in(text), [Some("a".to_owned()), Some("b".to_owned())]);
        assert_eq!(options_in("{{ <x {...options} /> }}"), [None]);
        let (_, span) = names_of_options("{{ options.ab }}")[0].clone();
        assert_eq!(span, Span::new(11, 13));
    }

    #[test]
    fn texts_are_found_where_templates_ask_for_them() {
        let text = "{{ t(key=\"a\") }}{{ t(key='b', n=1) }}{{ t(key=\"kind-\" ~ k) }}{{ list(key=\"no\") }}t(key=\"no\")";
        let found: Vec<(String, &str)> = asked(text)
            .into_iter()
            .map(|(key, span)| (key, &text[span.start as usize..span.end as usize]))
            .collect();
        assert_eq!(found, [("a".to_owned(), "a"), ("b".to_owned(), "b")]);
    }
}
