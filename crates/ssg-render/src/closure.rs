//! What a template consists of: itself and all that it extends, includes or calls.
//!
//! Tera resolves these names when it loads the templates, and they can only be literals, so a scan
//! of the text finds them. The scan may find too much, which costs a needless render; it must not
//! find too little. It looks inside `{% … %}` and `{{ … }}` only.

use ssg_source::{Digest, Digester};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A template's text with everything that it draws in, digested.
#[derive(Clone, Debug, Default)]
pub(crate) struct Closure {
    /// Digest of all texts.
    pub digest: Digest,
    /// Names in Tera of the templates that belong to it.
    pub reached: BTreeSet<String>,
    /// Keys of the configuration that are named anywhere in it; the empty one stands for all.
    pub config_keys: Arc<[Arc<str>]>,
    /// Options of the theme that are.
    pub option_keys: Arc<[Arc<str>]>,
}

/// What one template's text names.
#[derive(Debug, Default)]
struct Named {
    templates: BTreeSet<String>,
    calls: BTreeSet<String>,
    config_keys: BTreeSet<Arc<str>>,
    option_keys: BTreeSet<Arc<str>>,
}

/// The closure of every template. `texts` are names as Tera knows them with their texts; `resolve`
/// finds the name in Tera of a name as authors write it.
pub(crate) fn closures(
    texts: &BTreeMap<&str, &str>,
    resolve: impl Fn(&str) -> Option<String>,
) -> BTreeMap<String, Closure> {
    let named: BTreeMap<&str, Named> = texts.iter().map(|(name, text)| (*name, scan(text))).collect();
    let mut defined: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, text) in texts {
        for component in components(text) {
            defined.entry(component).or_default().push(name);
        }
    }
    texts
        .keys()
        .map(|start| {
            let mut reached: BTreeSet<String> = BTreeSet::new();
            let mut config_keys: BTreeSet<Arc<str>> = BTreeSet::new();
            let mut option_keys: BTreeSet<Arc<str>> = BTreeSet::new();
            let mut digester = Digester::new();
            let mut waiting = vec![(*start).to_owned()];
            while let Some(name) = waiting.pop() {
                if !reached.insert(name.clone()) {
                    continue;
                }
                let Some(named) = named.get(name.as_str()) else { continue };
                config_keys.extend(named.config_keys.iter().cloned());
                option_keys.extend(named.option_keys.iter().cloned());
                waiting.extend(named.templates.iter().filter_map(|name| resolve(name)));
                let calls = named.calls.iter().filter_map(|call| defined.get(call));
                waiting.extend(calls.flatten().map(|name| (*name).to_owned()));
            }
            for name in &reached {
                digester.text(name).text(texts.get(name.as_str()).copied().unwrap_or(""));
            }
            let closure = Closure {
                digest: digester.done(),
                reached,
                config_keys: config_keys.into_iter().collect(),
                option_keys: option_keys.into_iter().collect(),
            };
            ((*start).to_owned(), closure)
        })
        .collect()
}

/// The names of the components that a text defines.
fn components(text: &str) -> Vec<String> {
    tags(text)
        .filter_map(|tag| Some(word(tag.trim().strip_prefix("component ")?.trim_start()).to_owned()))
        .collect()
}

fn scan(text: &str) -> Named {
    let mut named = Named::default();
    for tag in tags(text) {
        let tag = tag.trim();
        for keyword in ["extends", "include"] {
            if tag.starts_with(keyword) {
                named.templates.extend(literals(tag));
            }
        }
        // `{{ <name … /> }}` and `{% <name …> %}`; calls may stand inside expressions too.
        for (at, _) in tag.match_indices('<') {
            let name = word(tag[at + 1..].trim_start_matches('/'));
            if !name.is_empty() {
                named.calls.insert(name.to_owned());
            }
        }
        keys(tag, "config", &mut named.config_keys);
        keys(tag, "options", &mut named.option_keys);
        if tag.contains(EVERYTHING) {
            named.config_keys.insert("".into());
            named.option_keys.insert("".into());
        }
    }
    named
}

/// Tera's name for all variables at once.
pub(crate) const EVERYTHING: &str = "__tera_context";

/// The insides of `{% … %}` and `{{ … }}`, without the dashes that trim white space. A `%}` within a
/// string ends a tag too early, and the rest is then looked at as if it were one.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    text.split("{%")
        .flat_map(|part| part.split("{{"))
        .skip(1)
        .map(|part| part.trim_start_matches('-').trim_start())
}

/// The strings in a tag.
fn literals(tag: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = tag;
    while let Some(open) = rest.find(['"', '\'', '`']) {
        let quote = &rest[open..=open];
        let inner = &rest[open + 1..];
        let Some(close) = inner.find(quote) else { break };
        found.push(inner[..close].to_owned());
        rest = &inner[close + 1..];
    }
    found
}

/// The name at the start of a text: letters, digits, `_`, `-`, `.`
fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || "_-.".contains(c))).unwrap_or(text.len());
    &text[..end]
}

/// Which keys of a variable a tag names. One that is used as a whole, or by an expression, counts as
/// all of it.
fn keys(tag: &str, variable: &str, found: &mut BTreeSet<Arc<str>>) {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    for (at, _) in tag.match_indices(variable) {
        let after = &tag[at + variable.len()..];
        // `{...config}` spreads it; after a single dot it would be a field of something else.
        let starts = !tag[..at].ends_with(is_word) || tag[..at].ends_with("...");
        if !starts || after.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        // `config.extra.links`: two names deep, since `extra` is the author's own table.
        let path: Vec<&str> = match after.strip_prefix('.') {
            Some(path) => word(path).split('.').collect(),
            None => Vec::new(),
        };
        let depth = if path.first() == Some(&"extra") { 2 } else { 1 };
        let key: Vec<&str> = path.into_iter().take(depth).collect();
        found.insert(key.join(".").into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closures_of(texts: &[(&'static str, &'static str)]) -> BTreeMap<String, Closure> {
        let texts: BTreeMap<&str, &str> = texts.iter().copied().collect();
        closures(&texts, |name| texts.contains_key(name).then(|| name.to_owned()))
    }

    #[test]
    fn a_closure_follows_extends_includes_and_calls() {
        let one = [
            ("base.html", "{% include \"head.html\" %}"),
            ("head.html", "<title>"),
            ("page.html", "{%- extends 'base.html' -%}{{ <rb.date at=page.date /> }}"),
            ("parts.html", "{% component rb.date(at) -%}x{%- endcomponent %}"),
            ("other.html", "text"),
        ];
        let before = closures_of(&one);
        for (edited, reaches) in [("head.html", true), ("parts.html", true), ("other.html", false)] {
            let mut two = one;
            for entry in &mut two {
                if entry.0 == edited {
                    entry.1 = if edited == "parts.html" {
                        "{% component rb.date(at) %}y{% endcomponent %}"
                    } else {
                        "another text"
                    };
                }
            }
            let after = closures_of(&two);
            assert_eq!(before["page.html"].digest != after["page.html"].digest, reaches, "{edited}");
        }
    }

    fn named(closure: &Closure) -> [Vec<&str>; 2] {
        [&closure.config_keys, &closure.option_keys].map(|keys| keys.iter().map(|key| &**key).collect())
    }

    #[test]
    fn what_shows_everything_asks_for_everything() {
        for text in ["{{ {...config} | json }}{% set o = {...options} %}", "{{ __tera_context }}"] {
            assert_eq!(named(&closures_of(&[("a.html", text)])["a.html"]), [[""], [""]], "{text}");
        }
    }

    #[test]
    fn keys_of_the_configuration_are_found() {
        let closure = closures_of(&[(
            "a.html",
            "config words {{ config.title }}{% if config.extra.links.a and options['x'] %}{{ my_config.no }}\
             {{ page.config.no }}",
        )]);
        assert_eq!(named(&closure["a.html"]), [vec!["extra.links", "title"], vec![""]]);
    }
}
