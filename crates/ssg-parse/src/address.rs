//! Addresses that a page may link to.
//!
//! Whoever writes a header, a data file or the argument of a shortcode decides what a link of the site
//! does when it is clicked, and `javascript:` runs in the reader's name. An [`Address`] is made by
//! [`Address::new`] alone, which knows the schemes that are allowed and reads a text as browsers do:
//! without the white space and control characters that they pass over. An address of the web names a host. It does
//! not look at what the address leads to.

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// Schemes of the addresses that pages may hold. None of them runs anything or carries a document in
/// itself: the web, mail and telephone, calendars, places, and what communities talk over.
pub const SCHEMES: &[&str] = &[
    "https", "http", "mailto", "tel", "sms", "geo", "webcal", "webcals", "matrix", "xmpp", "irc", "ircs",
    "sip", "sips", "ftp",
];

/// Those that are followed by `//` and a host.
const WITH_HOST: [&str; 5] = ["https", "http", "webcal", "webcals", "ftp"];

/// What is said of an address whose scheme is refused.
const ALLOWED: &str = "an address begins with `https:`, `http:`, `mailto:` or `tel:` (also sms, geo, \
                           webcal, matrix, xmpp, irc, sip and ftp), or is a path, `#` or `?`";

/// An address that may go into a page, as it is written but for white space at its ends and line ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// Why a text is no such address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAddress {
    /// Its scheme is none that pages link to: what stands before the colon, in small letters.
    Scheme(String),
    /// It cannot be told what it begins with.
    Hidden,
    /// It names no host.
    NoHost,
    /// A second scheme stands where the host should.
    TwoSchemes,
}

impl fmt::Display for NoAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hidden => write!(f, "it hides what it begins with"),
            Self::Scheme(scheme) => write!(f, "addresses that begin with `{scheme}:` are not linked"),
            Self::NoHost => write!(f, "it names no host"),
            Self::TwoSchemes => write!(f, "it begins with two schemes"),
        }
    }
}

impl std::error::Error for NoAddress {}

impl NoAddress {
    /// What to write instead.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Scheme(_) | Self::Hidden => ALLOWED,
            Self::NoHost => "write the whole address, such as `https://example.org/slides`",
            Self::TwoSchemes => "keep one `https://`",
        }
    }

    /// Whether the address would run something, or hides that it does.
    #[must_use]
    pub fn is_harmful(&self) -> bool {
        matches!(self, Self::Scheme(_) | Self::Hidden)
    }
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// With why no page may hold it.
    pub fn new(written: &str) -> Result<Self, NoAddress> {
        let text = without_passed_over(written);
        check_scheme(&text)?;
        check_host(&text)?;
        Ok(Self(text.into_owned()))
    }

    /// Whether an address may begin with a text to which more is added.
    ///
    /// # Errors
    /// With why no page may hold it.
    pub fn check_beginning(written: &str) -> Result<(), NoAddress> {
        check_scheme(&without_passed_over(written))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text without what browsers pass over.
fn without_passed_over(written: &str) -> Cow<'_, str> {
    let text = trimmed(written);
    if memchr::memchr3(b'\t', b'\n', b'\r', text.as_bytes()).is_some() {
        text.replace(is_passed_over, "").into()
    } else {
        text.into()
    }
}

/// What browsers drop at both ends.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c <= ' ' || c.is_whitespace())
}

/// What browsers drop anywhere.
fn is_passed_over(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r')
}

/// Whether an address that has a host names one.
fn check_host(text: &str) -> Result<(), NoAddress> {
    let rest = match text.strip_prefix("//") {
        Some(rest) => rest,
        None => {
            let Some((scheme, rest)) = text.split_once(':') else { return Ok(()) };
            if !WITH_HOST.iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
                return Ok(());
            }
            rest.strip_prefix("//").ok_or(NoAddress::NoHost)?
        }
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let name = if host.starts_with('[') { host } else { host.split(':').next().unwrap_or_default() };
    if ["https", "http"].iter().any(|scheme| name.eq_ignore_ascii_case(scheme)) && host.ends_with(':') {
        return Err(NoAddress::TwoSchemes);
    }
    let is_name = name.chars().any(|c| c != '.') && !name.contains(char::is_whitespace);
    if is_name { Ok(()) } else { Err(NoAddress::NoHost) }
}

/// Checks how a text begins, without what browsers pass over.
fn check_scheme(text: &str) -> Result<(), NoAddress> {
    // Most addresses: where a slash comes first, there is no scheme, and nothing that could become one.
    if text.starts_with('/') {
        return Ok(());
    }
    let hidden = || NoAddress::Hidden;
    // Up to here a colon ends a scheme.
    let first = text.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    if let Some((scheme, _)) = first.split_once(':') {
        let scheme = scheme.to_ascii_lowercase();
        if SCHEMES.contains(&scheme.as_str()) {
            return Ok(());
        }
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_lowercase())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        return Err(if is_scheme { NoAddress::Scheme(scheme) } else { hidden() });
    }
    // A template that does not escape would let the browser read these.
    let before_path = text.split(['/', '?', '\\']).next().unwrap_or_default();
    let anchor = before_path.match_indices('#').find(|(at, _)| !before_path[..*at].ends_with('&'));
    if has_entity(&before_path[..anchor.map_or(before_path.len(), |(at, _)| at)]) {
        return Err(hidden());
    }
    // No browser decodes a scheme, but scripts do before they set an address.
    let decoded: String =
        percent_decode_str(first).decode_utf8_lossy().chars().filter(|c| *c > ' ').collect();
    let runs = ["javascript:", "vbscript:", "data:"]
        .into_iter()
        .find(|scheme| decoded.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    match runs {
        Some(scheme) => Err(NoAddress::Scheme(scheme.trim_end_matches(':').to_owned())),
        None => Ok(()),
    }
}

/// Whether a character reference of HTML stands in a text.
fn has_entity(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let rest = &text[at + 1..];
        let name = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        rest.starts_with('#') || (name > 0 && rest[name..].starts_with(';'))
    })
}

impl Deref for Address {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Address {
    type Error = NoAddress;

    fn try_from(text: String) -> Result<Self, NoAddress> {
        Self::new(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_runs_is_refused_in_every_disguise() {
        for text in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " \t\u{1}\u{1f}javascript:alert(1)",
            "java\tscr\nipt\r:alert(1)",
            "javascript\n:alert(1)",
            "javascript&colon;alert(1)",
            "javascript&#58;alert(1)",
            "&#106;avascript:alert(1)",
            "&#x6A&#x61vascript:x",
            "java&Tab;script&NewLine;:x",
            "javascript%3Aalert(1)",
            "%6Aavascript%3aalert(1)",
            "%09javascript%3aalert(1)",
            "vbscript:msgbox",
            "data:text/html,<script>",
            "data:,x",
            "blob:https://x.org/1",
            "file:///etc/passwd",
            "view-source:javascript:x",
            "feed:javascript:x",
            "livescript:x",
            "mocha:x",
            "filesystem:x",
            "about:blank",
            ":javascript:x",
            "\u{feff}javascript:x",
            "java\u{0}script:x",
            "&#0;javascript:x",
        ] {
            assert!(Address::new(text).is_err(), "{text:?}");
        }
        let error = Address::new(" JAVA\tscript:x").expect_err("refused");
        assert_eq!(error.to_string(), "addresses that begin with `javascript:` are not linked");
    }

    #[test]
    fn addresses_of_the_web_name_a_host() {
        for text in [
            "https://",
            "http:///x",
            "HTTPS://",
            "https:",
            "https:/x",
            "https:example.org",
            "https://?q=1",
            "https://#a",
            "https://:443/",
            "https://user@/",
            "https://.",
            "https://exam ple.org/",
            "//",
            "///x",
            "webcal://",
            "ftp:///pub",
        ] {
            let problem = Address::new(text).expect_err(text);
            assert_eq!(problem, NoAddress::NoHost, "{text}");
            assert!(!problem.is_harmful() && Address::check_beginning(text).is_ok(), "{text}");
        }
        for text in ["https://https://example.org/", "http://https:", "https://HTTP:///x"] {
            assert_eq!(Address::new(text), Err(NoAddress::TwoSchemes), "{text}");
        }
        for text in ["https://localhost:8080", "https://a:b@host/", "http://[::1]/", "https://http/x"] {
            assert!(Address::new(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn addresses_stay_as_they_are_written() {
        for text in [
            "https://example.org/a?b=c:d#e",
            "HTTPS://EXAMPLE.ORG",
            "http://[::1]:8080/",
            "//example.org/x",
            "mailto:a@b.org",
            "tel:+49-30-1",
            "webcal://x.org/a.ics",
            "matrix:r/devops:x.org",
            "/path/a:b",
            "../a:b",
            "#javascript:x",
            "#a&b;c",
            "?javascript:x",
            "talk.pdf",
            "AT&T.html",
            "a?x=1&copy;=2",
            "slides%20and%3Amore.pdf",
            "日本.html",
            "",
        ] {
            assert_eq!(Address::new(text).as_deref().ok(), Some(text));
        }
        assert_eq!(Address::new(" https://x.org/\n").as_deref(), Ok("https://x.org/"));
    }

    #[test]
    fn a_written_one_is_read_like_a_new_one() {
        let read = |json: &str| serde_json::from_str::<Address>(json);
        assert_eq!(read("\"/a\"").expect("fine").as_str(), "/a");
        assert!(read("\"javascript:x\"").is_err());
    }
}
