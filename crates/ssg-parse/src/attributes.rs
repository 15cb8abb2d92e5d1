//! Which attributes of HTML hold addresses, and in which form.
//!
//! This is the one list: by it templates are looked through for values that must be checked
//! (`engine/addresses.rs` of `ssg-render`), finished pages for addresses that run (`hosting/html.rs` there),
//! and raw HTML of texts for addresses into the site. It tells nothing of what an address leads to.

/// What the value of an attribute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// One address: `href`.
    Address,
    /// Several, between spaces, commas or semicolons: `srcset`.
    Addresses,
    /// Declarations of a style sheet, with addresses in `url(…)`: `style`.
    Style,
    /// A page of its own: `srcdoc`.
    Page,
    /// An address behind `url=`: `content` of `<meta http-equiv="refresh">`.
    Refresh,
}

/// Attributes that hold one address, on any element.
const ADDRESS: [&str; 16] = [
    "action",
    "background",
    "cite",
    "classid",
    "codebase",
    "data",
    "dynsrc",
    "formaction",
    "href",
    "icon",
    "longdesc",
    "lowsrc",
    "manifest",
    "poster",
    "profile",
    "src",
];
/// Attributes that hold several.
const ADDRESSES: [&str; 5] = ["archive", "attributionsrc", "imagesrcset", "ping", "srcset"];
/// Elements of SVG that set another attribute, and the attributes with what they set it to.
const ANIMATIONS: [&str; 2] = ["animate", "set"];
const ANIMATED: [&str; 4] = ["by", "from", "to", "values"];

/// What an attribute holds that HTML or SVG knows. Names are in small letters.
#[must_use]
pub fn known(element: &str, attribute: &str) -> Option<Holds> {
    // `xlink:href`.
    let name = attribute.rsplit(':').next().unwrap_or(attribute);
    match name {
        "style" => Some(Holds::Style),
        "srcdoc" => Some(Holds::Page),
        "content" if element == "meta" => Some(Holds::Refresh),
        "value" if element == "param" => Some(Holds::Address),
        name if ADDRESS.contains(&name) => Some(Holds::Address),
        name if ADDRESSES.contains(&name) => Some(Holds::Addresses),
        name if ANIMATIONS.contains(&element) && ANIMATED.contains(&name) => Some(Holds::Addresses),
        _ => None,
    }
}

/// What an attribute holds. Of those that are not HTML's own the name tells: scripts make addresses of
/// them.
#[must_use]
pub fn holds(element: &str, attribute: &str) -> Option<Holds> {
    known(element, attribute).or_else(|| {
        let own = attribute.strip_prefix("data-").or_else(|| attribute.contains('-').then_some(attribute))?;
        if own.contains("srcset") {
            return Some(Holds::Addresses);
        }
        let parts = ["href", "src", "uri", "url", "link", "embed", "action"];
        parts.iter().any(|part| own.contains(part)).then_some(Holds::Address)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_told_by_element_and_name() {
        for (element, attribute, expected) in [
            ("a", "href", Some(Holds::Address)),
            ("use", "xlink:href", Some(Holds::Address)),
            ("button", "formaction", Some(Holds::Address)),
            ("object", "data", Some(Holds::Address)),
            ("video", "poster", Some(Holds::Address)),
            ("img", "srcset", Some(Holds::Addresses)),
            ("link", "imagesrcset", Some(Holds::Addresses)),
            ("a", "ping", Some(Holds::Addresses)),
            ("set", "to", Some(Holds::Addresses)),
            ("p", "style", Some(Holds::Style)),
            ("iframe", "srcdoc", Some(Holds::Page)),
            ("meta", "content", Some(Holds::Refresh)),
            ("p", "content", None),
            ("p", "to", None),
            ("p", "class", None),
            ("a", "data-url", Some(Holds::Address)),
            ("img", "data-srcset", Some(Holds::Addresses)),
            ("a", "data-label", None),
        ] {
            assert_eq!(holds(element, attribute), expected, "{element} {attribute}");
        }
        assert_eq!(known("a", "data-url"), None);
    }
}
