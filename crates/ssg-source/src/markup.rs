//! Escaping of text for HTML and XML.
//!
//! The one place where text becomes markup, but for code that is highlighted: that crate stands alone.

use memchr::memchr3;

/// Which quotation marks are written as entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// None: for the content of an element.
    Kept,
    /// `"`: for an attribute in double quotes.
    Double,
    /// Both: for an attribute in quotes of either kind.
    Both,
}

/// Appends text to markup: `&`, `<`, `>` and these quotation marks as entities.
pub fn escape(text: &str, quotes: Quotes, markup: &mut String) {
    if quotes == Quotes::Kept && memchr3(b'&', b'<', b'>', text.as_bytes()).is_none() {
        return markup.push_str(text);
    }
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' if quotes != Quotes::Kept => "&quot;",
            b'\'' if quotes == Quotes::Both => "&#39;",
            _ => continue,
        };
        markup.push_str(&text[done..at]);
        markup.push_str(entity);
        done = at + 1;
    }
    markup.push_str(&text[done..]);
}

/// A text as markup that may stand anywhere: in elements and in attributes in quotes.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut markup = String::with_capacity(text.len());
    escape(text, Quotes::Both, &mut markup);
    markup
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_escaped_where_they_end_something() {
        let with = |quotes| {
            let mut markup = "= ".to_owned();
            escape("<ä> & \"b\" 'c'", quotes, &mut markup);
            markup
        };
        assert_eq!(with(Quotes::Kept), "= &lt;ä&gt; &amp; \"b\" 'c'");
        assert_eq!(with(Quotes::Double), "= &lt;ä&gt; &amp; &quot;b&quot; 'c'");
        assert_eq!(with(Quotes::Both), "= &lt;ä&gt; &amp; &quot;b&quot; &#39;c&#39;");
        assert_eq!(escaped(""), "");
    }
}
