//! Expressions of Zola's templates, written as ours.

use super::names::{FILTERS, LEFT, NEIGHBOURS, TESTS, VARIABLES, taxonomy};
use super::tokens::{Token, arguments, closing, trimmed};
use ssg_render::reference;
use std::collections::{BTreeMap, BTreeSet};

/// Brackets deeper than this are left as they are.
const DEEPEST: usize = 64;

/// What a template can refer to.
#[derive(Default)]
pub(super) struct Known {
    /// Files of `assets/` here, by the names under which Zola serves them.
    pub assets: BTreeMap<String, String>,
    /// Names of its templates here.
    pub templates: BTreeSet<String>,
    /// What macros of other files are called in front, by what this file calls them.
    pub imports: BTreeMap<String, String>,
    /// Variables of loops over feeds: texts there, tables here.
    pub feeds: BTreeSet<String>,
    /// Variables of loops over the terms of a page: texts there, tables here.
    pub terms: BTreeSet<String>,
    /// Variables of loops over all terms.
    pub all_terms: BTreeSet<String>,
    /// Whether this file is the list of a taxonomy's terms.
    pub is_list_of_terms: bool,
    /// What macros of this file are called in front: the file's own name.
    pub own: String,
}

/// What is left to a person: a name, and what to do.
pub(super) type Left = BTreeSet<(String, String)>;

/// An expression, or a statement with its keyword.
pub(super) fn rewritten(tokens: &[Token<'_>], known: &Known, left: &mut Left) -> String {
    write(tokens, known, left, 0)
}

fn write(tokens: &[Token<'_>], known: &Known, left: &mut Left, depth: usize) -> String {
    let mut out = String::new();
    if depth > DEEPEST {
        return tokens.iter().map(|token| token.raw()).collect();
    }
    // Where the operand begins that a filter is put on.
    let mut operand = 0;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            Token::Sign("|") => {
                at = filter(tokens, at, operand, &mut out, known, left, depth);
                continue;
            }
            Token::Sign("(" | "[" | "{") => {
                let end = closing(tokens, at).unwrap_or(tokens.len());
                out.push_str(token.raw());
                out.push_str(&write(tokens.get(at + 1..end).unwrap_or_default(), known, left, depth + 1));
                if let Some(close) = tokens.get(end) {
                    out.push_str(close.raw());
                }
                at = end + 1;
                continue;
            }
            Token::Sign(raw) => {
                out.push_str(raw);
                if !matches!(*raw, "." | "?" | "]" | ")") {
                    operand = out.len();
                }
            }
            Token::Name("is") => {
                at = test(tokens, at, &mut out, known, left, depth);
                operand = out.len();
                continue;
            }
            Token::Name(
                name @ ("and" | "or" | "not" | "in" | "if" | "elif" | "else" | "for" | "set" | "set_global"),
            ) => {
                out.push_str(name);
                operand = out.len();
            }
            Token::Name(name) => {
                if let Some(end) = call_end(tokens, at) {
                    let inside = tokens.get(at + 2..end).unwrap_or_default();
                    out.push_str(&call(name, inside, known, left, depth));
                    at = end + 1;
                    continue;
                }
                out.push_str(&variable(name, known, left));
            }
            Token::Space(raw) => {
                let is_before = out.len() == operand;
                out.push_str(raw);
                if is_before {
                    operand = out.len();
                }
            }
            Token::Text(raw) => out.push_str(raw),
        }
        at += 1;
    }
    out
}

/// The bracket that closes a call whose name stands at `at`.
fn call_end(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    matches!(tokens.get(at + 1), Some(Token::Sign("("))).then(|| closing(tokens, at + 1)).flatten()
}

/// A name, its fields included.
fn variable(name: &str, known: &Known, left: &mut Left) -> String {
    if known.is_list_of_terms && name == "terms" {
        return "taxonomy.terms".to_owned();
    }
    if known.terms.contains(name) {
        return format!("{name}.name");
    }
    if let Some(term) = name.strip_suffix(".permalink").filter(|term| known.all_terms.contains(*term)) {
        return format!("({term}.path | url)");
    }
    let is_it =
        |theirs: &str| name.strip_prefix(theirs).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let mapped = VARIABLES.iter().find(|(theirs, _)| is_it(theirs));
    let is_mapped_closer = |theirs: &str| mapped.is_some_and(|(longer, _)| longer.len() > theirs.len());
    for (theirs, hint) in LEFT.iter().filter(|(theirs, _)| is_it(theirs) && !is_mapped_closer(theirs)) {
        left.insert(((*theirs).to_owned(), (*hint).to_owned()));
    }
    for (theirs, key) in NEIGHBOURS {
        if let Some(rest) = name.strip_prefix(theirs).filter(|rest| rest.is_empty() || rest.starts_with('.'))
        {
            let mut out = format!("neighbours(path=page.path)['{key}']");
            for field in rest.split('.').filter(|field| !field.is_empty()) {
                out.push_str(&format!("['{field}']"));
            }
            return out;
        }
    }
    if let Some((theirs, ours)) = mapped {
        return format!("{ours}{}", name.strip_prefix(theirs).unwrap_or_default());
    }
    name.to_owned()
}

/// A call of a function.
fn call(name: &str, inside: &[Token<'_>], known: &Known, left: &mut Left, depth: usize) -> String {
    let given = arguments(inside);
    let argument = |name: &str| given.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    let mut told = |hint: &str| left.insert((format!("{name}()"), hint.to_owned()));
    if let Some((_, hint)) = LEFT.iter().find(|(theirs, _)| theirs.strip_suffix('(') == Some(name)) {
        told(hint);
    }
    match name {
        "get_url" => {
            if let Some(path) = argument("path") {
                return format!("({} | url)", address(path, known, left, depth));
            }
        }
        "get_page" | "get_section" => {
            if let Some([Token::Text(raw)]) = argument("path") {
                let text = raw.trim_matches(['"', '\'', '`']);
                return format!("{name}(path=\"@/{}\")", text.trim_start_matches("@/"));
            }
        }
        "get_taxonomy_url" => {
            if let (Some(kind), Some(term)) = (argument("kind"), argument("name")) {
                if let [Token::Name(name)] = term
                    && known.terms.contains(*name)
                {
                    return format!("({name}.path | url)");
                }
                let kind = kind.iter().map(|token| token.raw()).collect::<String>();
                let kind = taxonomy(kind.trim_matches(['"', '\''])).to_owned();
                let term = write(term, known, left, depth + 1);
                left.insert((
                    "get_taxonomy_url()".to_owned(),
                    "terms of pages are {name, slug, path} here: `x.path | url` is shorter".to_owned(),
                ));
                return format!("(get_term(taxonomy=\"{kind}\", name={term})['path'] | url)");
            }
        }
        "get_taxonomy" => {
            if let Some([Token::Text(raw)]) = argument("kind") {
                return format!("terms(taxonomy=\"{}\")", taxonomy(raw.trim_matches(['"', '\''])));
            }
        }
        "trans" => {
            if let Some(key) = argument("key") {
                told("texts stand in `i18n/<lang>.toml` of the theme");
                return format!("t(key={})", write(key, known, left, depth + 1));
            }
        }
        _ if name.contains("::") => {
            told(
                "a component's result cannot stand within an expression: write it where it belongs, or capture it with `{% set x %}…{% endset %}`",
            );
        }
        "super" => {}
        _ if !name.contains('.')
            && !reference::function_names().any(|one| one == name)
            && !LEFT.iter().any(|(theirs, _)| theirs.strip_suffix('(') == Some(name)) =>
        {
            told("there is no such function");
        }
        _ => {}
    }
    format!("{name}({})", write(inside, known, left, depth + 1))
}

/// What `get_url(path=…)` leads to, before the filter `url`.
fn address(path: &[Token<'_>], known: &Known, left: &mut Left, depth: usize) -> String {
    if let [Token::Name(name)] = path {
        if known.feeds.contains(*name) {
            return format!("{name}.path");
        }
        if name.starts_with("config.feed_filename") {
            return variable(name, known, left);
        }
    }
    let [Token::Text(raw)] = path else {
        let text = write(path, known, left, depth + 1);
        left.insert((
            format!("get_url(path={text})"),
            "the filter `url` wants a path that begins with `/`: see that it does".to_owned(),
        ));
        return text;
    };
    let text = raw.trim_matches(['"', '\'', '`']);
    if let Some(page) = text.strip_prefix("@/") {
        let name = if page.ends_with("_index.md") { "get_section" } else { "get_page" };
        return format!("{name}(path=\"@/{page}\")['path']");
    }
    match known.assets.get(text.trim_start_matches('/')) {
        Some(asset) => format!("asset(path=\"{asset}\")"),
        None if text.contains("://") || text.starts_with('/') => format!("\"{text}\""),
        None => format!("\"/{text}\""),
    }
}

/// A filter, from its bar on; gives the place after it.
fn filter(
    tokens: &[Token<'_>],
    bar: usize,
    operand: usize,
    out: &mut String,
    known: &Known,
    left: &mut Left,
    depth: usize,
) -> usize {
    let mut at = bar + 1;
    while matches!(tokens.get(at), Some(Token::Space(_))) {
        at += 1;
    }
    let Some(Token::Name(name)) = tokens.get(at) else {
        out.push('|');
        return bar + 1;
    };
    let end = call_end(tokens, at);
    let inside = end.and_then(|end| tokens.get(at + 2..end)).unwrap_or_default();
    let after = end.map_or(at + 1, |end| end + 1);
    let given = arguments(inside);
    let mut argument = |name: &str| {
        let value = given.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        value.map(|value| write(value, known, left, depth + 1))
    };
    match *name {
        "slice" => {
            let (start, end) = (argument("start").unwrap_or_default(), argument("end").unwrap_or_default());
            wrap(out, operand, "", &format!("[{start}:{end}]"));
        }
        "concat" => {
            let with =
                given.iter().find(|(key, _)| *key == "with").map(|(_, value)| *value).unwrap_or_default();
            let is_one = matches!(with, [Token::Text(_)]);
            let text = argument("with").unwrap_or_default();
            let dots = if is_one { "" } else { "..." };
            wrap(out, operand, "[...", &format!(", {dots}{text}]"));
        }
        _ => {
            let ours = FILTERS.iter().find(|(theirs, _)| theirs == name).map_or(*name, |(_, ours)| ours);
            if let Some((_, hint)) = LEFT.iter().find(|(theirs, _)| theirs.strip_prefix('|') == Some(name)) {
                left.insert((format!("| {name}"), (*hint).to_owned()));
            } else if !reference::filter_names().any(|one| one == ours) {
                left.insert((format!("| {name}"), "there is no such filter".to_owned()));
            }
            out.push_str("| ");
            out.push_str(ours);
            let mut written: Vec<String> = Vec::new();
            for (key, value) in &given {
                // Dates are shown in their own zone.
                if !(ours == "date" && matches!(*key, "timezone" | "locale")) {
                    let value = write(value, known, left, depth + 1);
                    written.push(if key.is_empty() { value } else { format!("{key}={value}") });
                }
            }
            if !written.is_empty() {
                out.push_str(&format!("({})", written.join(", ")));
            }
        }
    }
    after
}

/// Puts something around the operand.
fn wrap(out: &mut String, operand: usize, before: &str, after: &str) {
    let text = out.split_off(operand.min(out.len()));
    let inside = text.trim_end();
    let is_name = inside.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
    let inside = if is_name { inside.to_owned() } else { format!("({inside})") };
    out.push_str(&format!("{before}{inside}{after}"));
}

/// A test, from `is` on; gives the place after it.
fn test(
    tokens: &[Token<'_>],
    start: usize,
    out: &mut String,
    known: &Known,
    left: &mut Left,
    depth: usize,
) -> usize {
    out.push_str("is");
    let mut at = start + 1;
    while let Some(token @ (Token::Space(_) | Token::Name("not"))) = tokens.get(at) {
        out.push_str(token.raw());
        at += 1;
    }
    let Some(Token::Name(name)) = tokens.get(at) else { return at };
    let known_test = TESTS.iter().find(|(theirs, ..)| theirs == name);
    let (ours, key) = known_test.map_or((*name, ""), |(_, ours, key)| (*ours, *key));
    if let Some((_, hint)) = LEFT.iter().find(|(theirs, _)| theirs.strip_prefix("is ") == Some(name)) {
        left.insert((format!("is {name}"), (*hint).to_owned()));
    } else if !reference::test_names().any(|one| one == ours) {
        left.insert((format!("is {name}"), "there is no such test".to_owned()));
    }
    out.push_str(ours);
    let Some(end) = call_end(tokens, at) else { return at + 1 };
    let inside = trimmed(tokens.get(at + 2..end).unwrap_or_default());
    let text = write(inside, known, left, depth + 1);
    let is_named = arguments(inside).first().is_some_and(|(name, _)| !name.is_empty());
    out.push_str(&if key.is_empty() || is_named { format!("({text})") } else { format!("({key}={text})") });
    end + 1
}
