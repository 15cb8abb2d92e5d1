//! Plain text as Markdown that shows the same text.
//!
//! Only what would change the meaning is escaped: `snake_case` and `2 * 3` stay readable. URLs
//! become links. Shortcode brackets become character references, which no scanner takes for a call.

use super::shape::plain_url;

/// Longest URL that becomes a link, in bytes.
const LONGEST_URL: usize = 1_000;

/// Escapes one paragraph, without its start of line.
pub(crate) fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut previous = ' ';
    let mut rest = text;
    // Where the word ends that was last tried as a URL, as bytes left: it is tried once, so that
    // a hostile line stays linear.
    let mut tried = usize::MAX;
    while let Some(c) = rest.chars().next() {
        let begins = c == 'h' && !previous.is_alphanumeric() && rest.len() <= tried;
        if begins && (rest.starts_with("https://") || rest.starts_with("http://")) {
            let stops = |c: char| c.is_whitespace() || "“”‘’<>\"".contains(c);
            let end = rest.find(stops).unwrap_or(rest.len());
            tried = rest.len() - end;
            if let Some(url) = Some(end).filter(|end| *end <= LONGEST_URL).and_then(|end| url(&rest[..end])) {
                out.extend(["<", url, ">"]);
                previous = '>';
                rest = &rest[url.len()..];
                continue;
            }
        }
        rest = &rest[c.len_utf8()..];
        let next = rest.chars().next().unwrap_or(' ');
        let spaced = previous == ' ' && next == ' ';
        match c {
            ' ' if previous == ' ' => continue,
            '\\' | '`' | '[' | '~' | '|' => out.extend(['\\', c]),
            '*' if !spaced => out.extend(['\\', c]),
            '_' if !(spaced || (previous.is_alphanumeric() && next.is_alphanumeric())) => {
                out.extend(['\\', c]);
            }
            '<' if next.is_ascii_alphabetic() || "/!?".contains(next) => out.extend(['\\', c]),
            '&' if next == '#' || entity(rest) => out.extend(['\\', c]),
            // `--help` is an option, not a dash.
            '-' if previous == '-' && next.is_alphanumeric() => out.extend(['\\', c]),
            '{' if "{%#".contains(next) || previous == '{' => out.push_str("&#123;"),
            c => out.push(c),
        }
        previous = c;
    }
    out.truncate(out.trim_end().len());
    out
}

/// Escapes a whole paragraph: its inside, and what its start would begin.
pub(crate) fn paragraph(text: &str) -> String {
    let mut out = inline(text);
    let first = out.chars().next().unwrap_or(' ');
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    let after = out[first.len_utf8().min(out.len())..].chars().next().unwrap_or(' ');
    let rule = out.len() >= 2 && out.chars().all(|c| c == first || c == ' ');
    let item = matches!(first, '-' | '+' | '*' | ':') && (after == ' ' || rule);
    let fence = out.starts_with("+++") || out.starts_with("---");
    if matches!(first, '>' | '#') || item || fence || (first == '=' && rule) {
        out.insert(0, '\\');
    } else if (1..=9).contains(&digits) && out[digits..].starts_with(['.', ')']) {
        let end = out[digits + 1..].chars().next().unwrap_or(' ');
        if end == ' ' {
            out.insert(digits, '\\');
        }
    }
    out
}

/// A URL at the start of a text in which nothing ends an address, without the punctuation behind it.
fn url(text: &str) -> Option<&str> {
    let mut url = text.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '…']);
    if url.ends_with(')') && !url.contains('(') {
        url = url.trim_end_matches([')', '.', ',']);
    }
    let host = url.split_once("://")?.1;
    (host.starts_with(|c: char| c.is_ascii_alphanumeric()) && plain_url(url)).then_some(url)
}

/// Whether a character reference follows the `&`.
fn entity(rest: &str) -> bool {
    let name = rest.bytes().take(32).take_while(u8::is_ascii_alphanumeric).count();
    name > 0 && rest[name..].starts_with(';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_change_the_meaning() {
        for same in ["snake_case", "2 * 3 < 4", "AT&T; no", "a – b", "“curly” ‘quotes’", "C#", "1.5 is", "-x"]
        {
            assert_eq!(paragraph(same), same.replace("&T;", "\\&T;"), "{same}");
        }
        let pairs = [
            ("*a* _b_ `c`", "\\*a\\* \\_b\\_ \\`c\\`"),
            ("# no heading", "\\# no heading"),
            ("> no quote", "\\> no quote"),
            ("2016. A year", "2016\\. A year"),
            ("- x", "\\- x"),
            ("+++", "\\+++"),
            ("---", "\\---"),
            ("===", "\\==="),
            ("<script>", "\\<script>"),
            ("[x](y) ![z]", "\\[x](y) !\\[z]"),
            ("~or~ a|b", "\\~or\\~ a\\|b"),
            ("{{ x }} {% y %}", "&#123;&#123; x }} &#123;% y %}"),
            ("run --help -- now", "run -\\-help -- now"),
            ("&lt; &#60;", "\\&lt; \\&#60;"),
            ("a  b ", "a b"),
            ("see https://example.org/a_b_c.", "see <https://example.org/a_b_c>."),
            ("(http://example.org)", "(<http://example.org>)"),
        ];
        for (plain, markdown) in pairs {
            assert_eq!(paragraph(plain), markdown);
        }
    }

    /// What a reader sees of some Markdown, with the extensions of `ssg` that could take text away.
    fn seen(markdown: &str) -> String {
        use pulldown_cmark::{Event, Options, Parser};
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_GFM
            | Options::ENABLE_DEFINITION_LIST;
        let mut seen = String::new();
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(text) => seen.push_str(&text),
                Event::Start(tag) => seen.push_str(
                    if matches!(
                        tag.to_end(),
                        pulldown_cmark::TagEnd::Paragraph | pulldown_cmark::TagEnd::Link
                    ) {
                        ""
                    } else {
                        "START"
                    },
                ),
                Event::End(_) => {}
                other => panic!("{other:?} in {markdown}"),
            }
        }
        seen
    }

    #[test]
    fn a_reader_sees_the_plain_text() {
        const PIECES: [&str; 40] = [
            "*",
            "**",
            "_",
            "a_",
            "__",
            "`",
            "``",
            "~",
            "~~",
            "[x]",
            "](y)",
            "![",
            "<b>",
            "<",
            ">",
            "&amp;",
            "&",
            "#",
            "# ",
            "1. ",
            "2)",
            "- ",
            "+ ",
            "--",
            "---",
            "=",
            "|",
            ":",
            ": ",
            "\\",
            "{{ x }}",
            "{% y %}",
            "word",
            "é",
            "http://e.org/a_b",
            "$",
            "^",
            "(",
            ")",
            " ",
        ];
        let mut state = 7_u64;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..8 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                text.push_str(PIECES[usize::try_from(state >> 33).expect("31 bits") % PIECES.len()]);
            }
            let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if !plain.is_empty() {
                assert_eq!(seen(&paragraph(&plain)), plain, "{}", paragraph(&plain));
            }
        }
    }

    #[test]
    fn a_long_line_is_linear() {
        let text = "*[_http://".repeat(500_000);
        assert!(inline(&text).len() > text.len());
    }
}
