//! What the path of a URL means: a file of the output, a folder, or nothing.
//!
//! A path is decoded once, part by part, and refused as a whole when a part could mean anything but a
//! name below the output. The store decides what there is; what is refused here is never asked for.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but what may stand in a path as it is; the slash between parts is kept.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// A path of the output as it is written in a URL. It is plain ASCII without quotes or brackets.
pub(crate) fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, IN_PATH).to_string()
}

/// What is asked for, below the base path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The path of the output, decoded; empty for its root.
    pub(crate) path: String,
    /// Whether it ends with a slash.
    pub(crate) folder: bool,
}

impl Asked {
    /// The files of the output that may answer, first choice first.
    pub(crate) fn candidates(&self) -> Vec<String> {
        let index =
            if self.path.is_empty() { "index.html".to_owned() } else { format!("{}/index.html", self.path) };
        if self.folder { vec![index] } else { vec![self.path.clone(), index] }
    }
}

/// What a path means with regard to the base path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// It is below the base path.
    Below(Asked),
    /// It is the root of the server, or the base path without its slash: the site begins elsewhere.
    Base,
    /// It is nothing that is served.
    Nothing,
}

/// The path under which the site is served, as in `https://example.org/blog/`.
#[derive(Clone, Debug)]
pub(crate) struct BasePath {
    parts: Vec<String>,
    url: String,
}

impl BasePath {
    /// Reads `/`, `/y/`, `y` and the like; what cannot be a path is taken for `/`.
    pub(crate) fn new(path: &str) -> Self {
        let parts: Vec<String> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(decode_part)
            .collect::<Option<_>>()
            .unwrap_or_default();
        let mut url = "/".to_owned();
        for part in &parts {
            url += &encode_path(part);
            url.push('/');
        }
        Self { parts, url }
    }

    /// As it is written in a URL, with a slash at both ends.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The path of the URL under which a file of the output is shown.
    pub(crate) fn url_of(&self, file: &str) -> String {
        let shown = match file.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => file,
        };
        format!("{}{}", self.url, encode_path(shown))
    }

    /// What the path of a request means. `raw` is as it came, without the query.
    pub(crate) fn meaning(&self, raw: &str) -> Meaning {
        let Some(rest) = raw.strip_prefix('/') else { return Meaning::Nothing };
        let (rest, folder) = match rest.strip_suffix('/') {
            Some(rest) => (rest, true),
            None => (rest, rest.is_empty()),
        };
        // `//host/` is the path of no file, and must never come back in a redirect.
        if raw.starts_with("//") {
            return Meaning::Nothing;
        }
        let parts: Option<Vec<String>> =
            if rest.is_empty() { Some(Vec::new()) } else { rest.split('/').map(decode_part).collect() };
        let Some(parts) = parts else { return Meaning::Nothing };
        let Some(below) = parts.strip_prefix(self.parts.as_slice()) else {
            return if parts.is_empty() { Meaning::Base } else { Meaning::Nothing };
        };
        if below.is_empty() && !folder {
            return Meaning::Base;
        }
        if below.iter().any(|part| is_private(part)) {
            return Meaning::Nothing;
        }
        Meaning::Below(Asked { path: below.join("/"), folder })
    }
}

/// One part of a path, decoded; `None` where it is no name of a file.
fn decode_part(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let high = char::from(rest.next()?).to_digit(16)?;
        let low = char::from(rest.next()?).to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    // Overlong forms of `.` and `/` are not UTF-8, so they end here.
    let part = String::from_utf8(bytes).ok()?;
    let bad = |c: char| c.is_control() || matches!(c, '/' | '\\');
    (!part.is_empty() && part != "." && part != ".." && !part.contains(bad)).then_some(part)
}

/// Names that are never served, even if somebody put them into `static/`: they hold secrets or
/// history, and no site means to publish them.
fn is_private(part: &str) -> bool {
    let lower = part.to_ascii_lowercase();
    [".git", ".hg", ".svn", ".env"].contains(&lower.as_str())
        || lower.starts_with(".env.")
        || lower == ".ssg"
        || lower.starts_with(".ssg-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(base: &str, raw: &str) -> Option<(String, bool)> {
        match BasePath::new(base).meaning(raw) {
            Meaning::Below(asked) => Some((asked.path, asked.folder)),
            _ => None,
        }
    }

    #[test]
    fn plain_paths() {
        assert_eq!(below("/", "/"), Some((String::new(), true)));
        assert_eq!(below("/", "/posts/x/"), Some(("posts/x".into(), true)));
        assert_eq!(below("/y/", "/y/posts/x"), Some(("posts/x".into(), false)));
        assert_eq!(below("y", "/y/"), Some((String::new(), true)));
        assert_eq!(below("/", "/caf%C3%A9%20x.css"), Some(("café x.css".into(), false)));
        assert_eq!(below("/", "/.well-known/security.txt"), Some((".well-known/security.txt".into(), false)));
    }

    #[test]
    fn hostile_paths() {
        for raw in [
            "/../x",
            "/%2e%2e/x",
            "/%2E./x",
            "/a/..",
            "/a%2f..%2fb",
            "/a\\b",
            "/a%5cb",
            "/a%00",
            "/%c0%ae%c0%ae/",
            "/%",
            "/%4",
            "/%zz",
            "//example.org/",
            "/a//b",
            "/./a",
            "/.git/config",
            "/.GIT/config",
            "/.env",
            "/.env.local",
            "/.ssg-manifest",
            "/a/.git",
            "",
            "x",
            "*",
            "/%ff",
            "/a%0d%0ab",
        ] {
            assert_eq!(below("/", raw), None, "{raw}");
        }
        // Decoded once: what is left is the odd name of a file, and the store has none such.
        assert_eq!(below("/", "/%252e%252e/x"), Some(("%2e%2e/x".into(), false)));
    }

    #[test]
    fn outside_of_the_base_path() {
        let base = BasePath::new("/y/");
        assert_eq!(base.meaning("/"), Meaning::Base);
        assert_eq!(base.meaning("/y"), Meaning::Base);
        assert_eq!(base.meaning("/yy/"), Meaning::Nothing);
        assert_eq!(base.meaning("/x/"), Meaning::Nothing);
        assert_eq!(base.url_of("posts/é/index.html"), "/y/posts/%C3%A9/");
        assert_eq!(base.url_of("atom.xml"), "/y/atom.xml");
        assert_eq!(base.url_of("index.html"), "/y/");
    }
}
