//! What a body may call on this site: only what the importer wrote.
//!
//! While an importer works, calls of our own shortcodes and links to our files are marked with
//! characters that no text has ([`call`], [`LINK`]). At the end ([`settle`]) every brace pair of the source
//! that stands outside code is written so that it shows and does nothing, and the marks become what
//! they stand for. Where code is, the Markdown parser says.

use pulldown_cmark::{Event, Options, Parser, Tag};
use std::ops::Range;

const OPEN: char = '\u{F8F0}';
const CLOSE: char = '\u{F8F1}';
const OPEN_BLOCK: char = '\u{F8F2}';
const CLOSE_BLOCK: char = '\u{F8F3}';
/// The mark for the beginning of a link to a file of this site.
pub(crate) const LINK: char = '\u{F8F4}';
/// A brace that is to be shown, in code and in text.
pub(crate) const BRACE: char = '\u{F8F5}';

/// So many tags stand between a tag and its end at most. What has no end is looked through no further, so that a text of
/// many such is read in a time that grows as it does.
pub(crate) const MOST_HELD: usize = 1000;

/// A call of one of our shortcodes; arguments without a value are left out.
pub(crate) fn call(name: &str, arguments: &[(&str, &str)]) -> String {
    format!("{OPEN} {} {CLOSE}", written(name, arguments))
}

/// A call with a body.
pub(crate) fn call_with(name: &str, arguments: &[(&str, &str)], body: &str) -> String {
    format!(
        "{OPEN_BLOCK} {} {CLOSE_BLOCK}\n{}\n{OPEN_BLOCK} end {CLOSE_BLOCK}",
        written(name, arguments),
        body.trim()
    )
}

/// The beginning of a call with a body, and its end, where they are met one by one.
pub(crate) fn opening(name: &str, arguments: &[(&str, &str)]) -> String {
    format!("{OPEN_BLOCK} {} {CLOSE_BLOCK}", written(name, arguments))
}

/// The end of a call with a body.
pub(crate) fn ending() -> String {
    format!("{OPEN_BLOCK} end {CLOSE_BLOCK}")
}

fn written(name: &str, arguments: &[(&str, &str)]) -> String {
    let arguments: Vec<String> = arguments
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| {
            let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            let quote = ['"', '\'', '`'].into_iter().find(|quote| !value.contains(*quote));
            match quote {
                Some(quote) => format!("{key}={quote}{value}{quote}"),
                None => format!("{key}=\"{}\"", value.replace('"', "'")),
            }
        })
        .collect();
    format!("{name}({})", arguments.join(", "))
}

/// The ranges of a text that are code.
pub(crate) fn code(text: &str) -> Vec<Range<usize>> {
    // Those with which the site reads it: what is code there must be code here.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    Parser::new_ext(text, options)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
        .collect()
}

/// Changes each part of a text that is no code.
pub(crate) fn outside_code(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in code(text) {
        if range.start < at {
            continue;
        }
        out.push_str(&change(text.get(at..range.start).unwrap_or_default()));
        out.push_str(text.get(range.clone()).unwrap_or_default());
        at = range.end;
    }
    out.push_str(&change(text.get(at..).unwrap_or_default()));
    out
}

/// The finished body.
pub(crate) fn settle(text: &str) -> String {
    let escaped = if text.contains(['{', BRACE]) {
        outside_code(text, |part| {
            part.replace("{{", "&#123;{").replace("{%", "&#123;%").replace(BRACE, "&#123;")
        })
    } else {
        text.to_owned()
    };
    escaped
        .replace(BRACE, "{")
        .replace(OPEN_BLOCK, "{%")
        .replace(CLOSE_BLOCK, "%}")
        .replace(OPEN, "{{")
        .replace(CLOSE, "}}")
        .replace(LINK, "@/")
}

/// Whether a character is a mark of an importer: no text of a source may hold one.
pub(crate) fn is_mark(c: char) -> bool {
    ('\u{F8F0}'..='\u{F8FF}').contains(&c)
}

/// A text of a source without our marks.
pub(crate) fn unmarked(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_calls_call() {
        let text =
            format!("a {{{{ x }}}} `{{{{ y }}}}`\n\n{}\n", call("gist", &[("url", "a\"b"), ("file", "")]));
        assert_eq!(settle(&text), "a &#123;{ x }} `{{ y }}`\n\n{{ gist(url='a\"b') }}\n");
        assert_eq!(settle(&call_with("note", &[], "{% x %}")), "{% note() %}\n&#123;% x %}\n{% end %}");
    }
}
