//! HTML of authors without what runs.

use crate::attributes::{self, Holds};
use ssg_parse::Address;

/// How deep elements may be nested where they are sanitized: the work of a parser of HTML grows with the depth
/// for each of them.
pub(super) const DEEPEST: usize = 256;

/// How often elements of formatting may be opened anew, since they were never closed.
const MOST_REOPENED: usize = 200_000;

/// Whether more elements are open at once, of those that only their own end closes.
pub(super) fn is_too_deep(html: &str) -> bool {
    const CLOSED: [&[u8]; 28] = [
        b"area",
        b"base",
        b"br",
        b"col",
        b"embed",
        b"hr",
        b"img",
        b"input",
        b"link",
        b"meta",
        b"source",
        b"track",
        b"wbr",
        b"p",
        b"li",
        b"dt",
        b"dd",
        b"tr",
        b"td",
        b"th",
        b"thead",
        b"tbody",
        b"tfoot",
        b"option",
        b"optgroup",
        b"colgroup",
        b"rt",
        b"rp",
    ];
    // Of those that are open, a parser opens these anew in each paragraph.
    const FORMATTING: [&[u8]; 14] = [
        b"a", b"b", b"big", b"code", b"em", b"font", b"i", b"nobr", b"s", b"small", b"strike", b"strong",
        b"tt", b"u",
    ];
    let (mut open, mut formatting, mut reopened) = (0_usize, 0_usize, 0_usize);
    for token in html5gum::Tokenizer::new(html) {
        let Ok(token) = token;
        match &token {
            html5gum::Token::StartTag(tag) if FORMATTING.contains(&&**tag.name) => formatting += 1,
            html5gum::Token::StartTag(_) => reopened = reopened.saturating_add(formatting),
            html5gum::Token::EndTag(tag) if FORMATTING.contains(&&**tag.name) => {
                formatting = formatting.saturating_sub(1);
            }
            _ => {}
        }
        match token {
            html5gum::Token::StartTag(tag) if !CLOSED.contains(&&**tag.name) => open += 1,
            html5gum::Token::EndTag(tag) if !CLOSED.contains(&&**tag.name) => open = open.saturating_sub(1),
            _ => {}
        }
        if open > DEEPEST || reopened > MOST_REOPENED {
            return true;
        }
    }
    false
}

/// Elements of MathML that a formula is made of.
const MATHML: [&str; 26] = [
    "math",
    "mrow",
    "mi",
    "mo",
    "mn",
    "ms",
    "mtext",
    "mspace",
    "msup",
    "msub",
    "msubsup",
    "mfrac",
    "msqrt",
    "mroot",
    "munder",
    "mover",
    "munderover",
    "mtable",
    "mtr",
    "mtd",
    "mstyle",
    "mpadded",
    "mphantom",
    "mmultiscripts",
    "semantics",
    "annotation",
];
/// Their attributes.
const MATHML_ATTRIBUTES: [&str; 18] = [
    "display",
    "displaystyle",
    "scriptlevel",
    "stretchy",
    "movablelimits",
    "fence",
    "form",
    "lspace",
    "rspace",
    "mathvariant",
    "encoding",
    "linethickness",
    "minsize",
    "maxsize",
    "symmetric",
    "accent",
    "accentunder",
    "separator",
];

/// The addresses of a list of them, as `srcset` holds.
fn candidates(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').filter_map(|part| part.split_whitespace().next())
}

/// HTML without anything that runs: scripts, event attributes, foreign frames, dangerous addresses.
pub(super) fn sanitize(html: &str, has_formulas: bool) -> String {
    let mut rules = ammonia::Builder::default();
    if has_formulas {
        rules.add_tags(MATHML).add_generic_attributes(MATHML_ATTRIBUTES);
    }
    rules
        .add_generic_attributes(["class", "id", "role", "tabindex", "aria-label", "data-lang", "data-line"])
        .add_tags(["figure", "figcaption", "section", "input", "label", "div", "picture", "source"])
        .add_tag_attributes("input", ["type", "checked", "disabled"])
        .add_tag_attributes("img", ["loading", "decoding", "srcset", "sizes"])
        .add_tag_attributes("source", ["type", "srcset", "sizes", "media"])
        .link_rel(None)
        .attribute_filter(|element, attribute, value| {
            let is_harmless = match attributes::known(element, attribute) {
                Some(Holds::Address) => Address::new(value).is_ok(),
                Some(Holds::Addresses) => candidates(value).all(|address| Address::new(address).is_ok()),
                _ => true,
            };
            is_harmless.then(|| value.into())
        })
        .clean(html)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_attribute_holds_an_address_that_runs() {
        let html = "<blockquote cite=\"JavaScript:x\">a</blockquote><q cite='data:text/html,x'>b</q><q cite=/c/>c</q>\
                    <img src='vbscript:x' alt=d>";
        let kept = "<blockquote>a</blockquote><q>b</q><q cite=\"/c/\">c</q><img alt=\"d\">";
        assert_eq!(sanitize(html, true), kept);
    }

    #[test]
    fn pictures_keep_their_sizes() {
        let picture = "<picture><source type=\"image/webp\" srcset=\"/a.480.webp 480w, /a.800.webp 800w\" sizes=\"100vw\">\
                       <img src=\"/a.jpg\" alt=\"a\"></picture>";
        assert_eq!(sanitize(picture, false), picture);
        let hostile = "<img src=\"/a.jpg\" srcset=\"/b.jpg 2x, javascript:x 3x\" alt=\"a\">";
        assert_eq!(sanitize(hostile, false), "<img src=\"/a.jpg\" alt=\"a\">");
    }

    #[test]
    fn formulas_stay_where_there_may_be_any() {
        let formula = "<math display=\"inline\"><mrow><mi>x</mi><mo stretchy=\"false\">+</mo></mrow></math>";
        assert_eq!(sanitize(formula, true), formula);
        assert!(!sanitize(formula, false).contains("<m"));
        let hostile = "<math><mtext><script>x</script><a href=\"javascript:x\">y</a></mtext><maction>z</maction></math>";
        let kept = sanitize(hostile, true);
        assert!(!kept.contains("script") && !kept.contains("maction"), "{kept}");
    }

    #[test]
    fn deep_html_is_told_from_long() {
        assert!(!is_too_deep(&"<div><b>x</b></div>".repeat(2000)));
        assert!(!is_too_deep(&"<p>x<br><li>y<td>z".repeat(2000)));
        assert!(!is_too_deep(&"<i>".repeat(DEEPEST)));
        assert!(is_too_deep(&"<div><b>x".repeat(200)));
        assert!(is_too_deep(&"<I>".repeat(DEEPEST + 1)));
        // A parser opens them anew in each paragraph.
        let unclosed = "<font color=red>".repeat(DEEPEST - 6);
        assert!(!is_too_deep(&format!("{unclosed}{}", "<p>x".repeat(500))));
        assert!(is_too_deep(&format!("{unclosed}{}", "<p>x".repeat(1_000))));
    }
}
