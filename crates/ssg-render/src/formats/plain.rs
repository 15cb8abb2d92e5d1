//! The plain text of a piece of HTML, for formats that have no markup.
//!
//! Tags and comments go; the entities that Markdown renderers and this crate write are resolved, others stay as they
//! are. All in time linear in the length.

use super::escape::one_line;

/// The text on one line.
pub(super) fn plain_text(html: &str) -> String {
    one_line(&parted(html, ' '))
}

/// The text with a line for each line of a block, and at most one empty line between two.
pub(crate) fn plain_blocks(html: &str) -> String {
    let mut text = String::new();
    let mut is_parted = false;
    for line in parted(html, '\n').lines().map(one_line) {
        if line.is_empty() {
            is_parted = !text.is_empty();
            continue;
        }
        if !text.is_empty() {
            text.push_str(if is_parted { "\n\n" } else { "\n" });
        }
        is_parted = false;
        text.push_str(&line);
    }
    text
}

/// The text with a sign where a block begins or ends.
fn parted(html: &str, sign: char) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((character, length)) = entity(rest) {
            text.push(character);
            rest = &rest[length..];
        } else if let Some(length) = tag(rest) {
            let name = rest.trim_start_matches(['<', '/']);
            if BLOCKS.iter().any(|block| starts_with_name(name, block)) {
                text.push(sign);
            }
            rest = &rest[length..];
        } else {
            text.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    text
}

/// Elements that part words: text on either side must not run together.
const BLOCKS: [&str; 24] = [
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

fn starts_with_name(tag: &str, name: &str) -> bool {
    tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && !tag[name.len()..].starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// The length of the tag or comment at the start of `html`. What never ends
/// reaches to the end, so each byte is looked at once.
fn tag(html: &str) -> Option<usize> {
    let after = html.strip_prefix('<')?;
    if after.starts_with("!--") {
        return Some(html.find("-->").map_or(html.len(), |end| end + "-->".len()));
    }
    if !after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    Some(html.len())
}

/// The character that a reference at the start of `html` stands for, and the reference's length.
fn entity(html: &str) -> Option<(char, usize)> {
    const LONGEST: usize = "&#x10FFFF;".len();
    let end = html.bytes().take(LONGEST).position(|byte| byte == b';')?;
    let name = html.get(..end)?.strip_prefix('&')?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((character, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_of_html() {
        let cases = [
            ("<p>One</p><p>two <em>th</em>ree</p>", "One two three"),
            ("a<br>b<BR/>c<hr class=\"x>y\">d", "a b c d"),
            ("1 < 2 &lt;b&gt; &amp;amp; &#39;x&#x27; &unknown; AT&T", "1 < 2 <b> &amp; 'x' &unknown; AT&T"),
            ("a<!-- > -->b<script", "ab"),
            ("&#0;&#x110000;&é;", "&#x110000;&é;"),
            ("", ""),
        ];
        for (html, text) in cases {
            assert_eq!(plain_text(html), text);
        }
        assert_eq!(plain_text(&"<".repeat(1_000_000)).len(), 1_000_000);
        assert_eq!(plain_text(&"<a ".repeat(300_000)), "");
    }

    #[test]
    fn blocks_are_parted_by_an_empty_line() {
        for (html, text) in [
            ("<p>One\nline &amp; more</p>\n<p>two</p>\n", "One\nline & more\n\ntwo"),
            ("<ul>\n<li>a</li>\n<li>b<br>c</li>\n</ul>", "a\n\nb\nc"),
            ("<h2 id=\"x\">T</h2><p></p><p> </p>x", "T\n\nx"),
            ("", ""),
        ] {
            assert_eq!(plain_blocks(html), text, "{html}");
        }
    }
}
