//! The shortcodes of a theme as authors call them, for editors.

use crate::loaded_theme::LoadedTheme;
use crate::theme::tags;
use ssg_source::SitePath;
use std::collections::BTreeSet;

/// A shortcode as authors call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortcode {
    /// Name.
    pub name: String,
    /// Its template; for one that is built in no file of the site.
    pub file: SitePath,
    /// Names that its template uses and nothing else gives: its arguments, sorted.
    pub arguments: Vec<String>,
    /// Whether it shows the text between its two tags.
    pub takes_body: bool,
}

/// Words of templates that are no names of values, and names that every shortcode has.
const NO_ARGUMENTS: &[&str] = &[
    "and",
    "as",
    "block",
    "body",
    "break",
    "continue",
    "component",
    "config",
    "elif",
    "else",
    "endblock",
    "endcomponent",
    "endfilter",
    "endfor",
    "endif",
    "endmacro",
    "endset",
    "extends",
    "false",
    "filter",
    "for",
    "if",
    "import",
    "in",
    "include",
    "is",
    "loop",
    "macro",
    "none",
    "not",
    "nth",
    "or",
    "page",
    "set",
    "set_global",
    "super",
    "true",
];

impl LoadedTheme {
    /// Its shortcodes, sorted by name.
    #[must_use]
    pub fn shortcodes(&self) -> Vec<Shortcode> {
        let all = self.engine.shortcodes().into_iter();
        let shortcode = |name: &str| {
            let (file, text) = self.engine.template_text(&format!("shortcodes/{name}.html"))?;
            let (arguments, takes_body) = arguments(text);
            Some(Shortcode { name: name.to_owned(), file: file.clone(), arguments, takes_body })
        };
        all.filter_map(shortcode).collect()
    }

    /// Its templates by the names that authors write, with the files that they are in.
    pub fn template_files(&self) -> impl Iterator<Item = (&str, &SitePath)> {
        let file = |name| Some((name, self.engine.template_text(name)?.0));
        self.engine.names().into_iter().filter_map(file)
    }
}

/// The names that a template uses without giving them a value itself, and whether `body` is one of them.
fn arguments(text: &str) -> (Vec<String>, bool) {
    let (mut used, mut own, mut takes_body) = (BTreeSet::new(), BTreeSet::new(), false);
    for tag in tags(text) {
        let inside = text.get(tag.inside.clone()).unwrap_or_default();
        let words = words(inside);
        for (number, word) in words.iter().enumerate() {
            takes_body |= word.text == "body";
            let before = number.checked_sub(1).and_then(|before| words.get(before)).map(|word| word.text);
            let is_given = matches!(before, Some("set" | "set_global" | "for"))
                || (before.is_some_and(|name| own.contains(name)) && word.before == ',');
            if is_given {
                own.insert(word.text.to_owned());
            } else if !is_no_value(&words, number) {
                used.insert(word.text.to_owned());
            }
        }
    }
    (used.difference(&own).cloned().collect(), takes_body)
}

/// Whether a word is a field, a filter, a function, a test, the name of an argument or a word of templates.
fn is_no_value(words: &[Word<'_>], number: usize) -> bool {
    let text = |back: usize| number.checked_sub(back).and_then(|at| words.get(at)).map(|word| word.text);
    let word = &words[number];
    let is_test = text(1) == Some("is") || (text(1) == Some("not") && text(2) == Some("is"));
    is_test
        || matches!(word.before, '.' | '|' | '<' | '/')
        || matches!(word.after, '(' | '=')
        || NO_ARGUMENTS.contains(&word.text)
        || word.text.starts_with(|c: char| c.is_ascii_digit())
}

/// A word outside of texts, with the signs that stand around it; `=` for one that is no `==`.
struct Word<'t> {
    text: &'t str,
    before: char,
    after: char,
}

fn words(tag: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let (mut quote, mut start, mut before) = (None, None, ' ');
    for (at, sign) in tag.char_indices().chain(std::iter::once((tag.len(), ' '))) {
        let is_word = quote.is_none() && (sign.is_alphanumeric() || sign == '_');
        match (is_word, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let rest = tag[at..].trim_start();
                let after = rest.chars().next().unwrap_or(' ');
                let after = if rest.starts_with("==") { ' ' } else { after };
                words.push(Word { text: &tag[from..at], before, after });
                (start, before) = (None, ' ');
            }
            _ => {}
        }
        match quote {
            Some(mark) if sign == mark => quote = None,
            None if matches!(sign, '"' | '\'' | '`') => quote = Some(sign),
            _ => {}
        }
        if !is_word && quote.is_none() && !sign.is_whitespace() {
            before = sign;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::arguments;

    #[test]
    fn arguments_are_what_nothing_else_gives() {
        let text = "{% set href = \"https://x/?v=\" ~ (id | urlencode) %}{% set label = t(key=\"watch\") %}\
                    {% if title is defined %}{% set label = title %}{% endif -%}\
                    {% for one in list %}{{ one.name }}{% endfor %}{% if not (wide is not defined) %}{% endif %}\
                    {{ <rb.embed href src=image label host=\"YouTube\" /> }}{{ body | safe }}{{ a == b }}";
        let (found, takes_body) = arguments(text);
        assert_eq!(found, ["a", "b", "id", "image", "list", "title", "wide"]);
        assert!(takes_body);
        assert_eq!(arguments("plain { text } {{"), (Vec::new(), false));
    }
}
