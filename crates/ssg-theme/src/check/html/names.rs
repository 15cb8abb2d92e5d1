//! Which elements are which.

/// Elements without content and without an end tag.
pub(super) const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "param",
];

/// Elements whose end tag may be left out.
pub(super) const OPEN_ENDED: [&str; 18] = [
    "html", "head", "body", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody",
    "tfoot", "colgroup", "caption", "rp",
];

/// Elements that stand on lines of their own; a `<p>` ends before them.
pub(super) const BLOCKS: [&str; 33] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// Elements that hold a line of text and no block.
pub(super) const LINES: [&str; 35] = [
    "h1", "h2", "h3", "h4", "h5", "h6", "span", "em", "strong", "b", "i", "u", "s", "small", "sub", "sup",
    "code", "kbd", "samp", "var", "abbr", "cite", "q", "time", "dfn", "mark", "bdi", "bdo", "button",
    "label", "pre", "p", "legend", "data", "summary",
];

/// Elements that may stand within `<head>`.
pub(super) const HEAD: [&str; 8] =
    ["title", "meta", "link", "style", "script", "base", "noscript", "template"];

/// What may stand directly within some elements.
pub(super) fn children(of: &str) -> Option<&'static [&'static str]> {
    Some(match of {
        "ul" | "ol" | "menu" => &["li", "script", "template"],
        "dl" => &["dt", "dd", "div", "script", "template"],
        "table" => &["caption", "colgroup", "thead", "tbody", "tfoot", "tr", "script", "template"],
        "thead" | "tbody" | "tfoot" => &["tr", "script", "template"],
        "tr" => &["td", "th", "script", "template"],
        "head" => &HEAD,
        _ => return None,
    })
}

/// Where some elements must stand directly within.
pub(super) fn parents(of: &str) -> Option<&'static [&'static str]> {
    Some(match of {
        "li" => &["ul", "ol", "menu"],
        "dt" | "dd" => &["dl", "div"],
        "tr" => &["table", "thead", "tbody", "tfoot"],
        "td" | "th" => &["tr"],
        "caption" | "colgroup" | "thead" | "tbody" | "tfoot" => &["table"],
        "figcaption" => &["figure"],
        "legend" => &["fieldset"],
        "summary" => &["details"],
        "option" => &["select", "datalist", "optgroup"],
        _ => return None,
    })
}

/// What an element ends that is open before it and has no end tag: `<li>` ends an `<li>`.
pub(super) fn ends(before: &str, tag: &str) -> bool {
    match before {
        "li" => tag == "li",
        "dt" | "dd" => matches!(tag, "dt" | "dd"),
        "option" => matches!(tag, "option" | "optgroup"),
        "optgroup" => tag == "optgroup",
        "td" | "th" => matches!(tag, "td" | "th" | "tr" | "tbody" | "tfoot" | "thead"),
        "tr" => matches!(tag, "tr" | "tbody" | "tfoot" | "thead"),
        "thead" | "tbody" | "tfoot" => matches!(tag, "tbody" | "tfoot" | "thead"),
        "colgroup" | "caption" => matches!(tag, "tr" | "tbody" | "thead" | "tfoot" | "colgroup"),
        "p" => BLOCKS.contains(&tag),
        "head" => tag == "body" || !HEAD.contains(&tag),
        _ => false,
    }
}
