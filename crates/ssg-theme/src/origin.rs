//! The comment on top of an ejected file that says what it was made from.

use ssg_source::SitePath;

/// How the comment begins, after the signs that open it.
const MARK: &str = "ejected from";

/// What a file was ejected from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Name of the theme.
    pub theme: String,
    /// Its commit, or the version of the program that it is inside; `-` where neither is known.
    pub version: String,
    /// The file's path in the theme.
    pub path: String,
    /// Digest of the file then, in hexadecimal.
    pub digest: String,
}

impl Origin {
    /// An origin of these bytes.
    #[must_use]
    pub fn new(theme: &str, version: Option<&str>, path: &str, bytes: &[u8]) -> Self {
        let digest = digest(bytes);
        let version = version.unwrap_or("-").to_owned();
        Self { theme: theme.to_owned(), version, path: path.to_owned(), digest }
    }

    /// Reads it from the first lines of a file.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let line =
            text.lines().take(3).find_map(|line| line.split_once(MARK).map(|(_, rest)| rest.trim()))?;
        let mut words = line.split_whitespace();
        let (theme, version) = (words.next()?.to_owned(), words.next()?.to_owned());
        let (path, digest) = (words.next()?.to_owned(), words.next()?.to_owned());
        Some(Self { theme, version, path, digest })
    }

    /// Whether it was made from these bytes.
    #[must_use]
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.digest == digest(bytes)
    }

    /// The file with the comment on top; as it is where its kind knows no comments.
    #[must_use]
    pub fn put_on(&self, bytes: &[u8]) -> Vec<u8> {
        let Ok(path) = SitePath::new(&self.path) else { return bytes.to_vec() };
        let Some((open, close)) = signs(&path) else { return bytes.to_vec() };
        let Self { theme, version, digest, .. } = self;
        let comment = format!("{open} {MARK} {theme} {version} {path} {digest}{close}\n");
        let mut text = Vec::with_capacity(comment.len() + bytes.len());
        // A declaration must stay first.
        let head = if bytes.starts_with(b"<?xml") && !path.as_str().starts_with("templates/") {
            bytes.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1)
        } else {
            0
        };
        text.extend_from_slice(&bytes[..head]);
        text.extend_from_slice(comment.as_bytes());
        text.extend_from_slice(&bytes[head..]);
        text
    }
}

/// What opens and closes a comment in a file.
fn signs(path: &SitePath) -> Option<(&'static str, &'static str)> {
    if path.as_str().starts_with("templates/") {
        // The dashes take the line break away, so that the output is the same.
        return Some(("{#-", " -#}"));
    }
    match path.extension()? {
        "css" | "scss" | "js" | "mjs" => Some(("/*", " */")),
        "sass" => Some(("//", "")),
        "toml" | "txt" => Some(("#", "")),
        "svg" | "xml" | "html" => Some(("<!--", " -->")),
        _ => None,
    }
}

fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_can_be_read_again() {
        for path in
            ["templates/post.html", "assets/style.css", "assets/x.sass", "i18n/en.toml", "static/a.svg"]
        {
            let origin = Origin::new("runbook", Some("0.1.0"), path, b"text\n");
            let text = String::from_utf8(origin.put_on(b"text\n")).expect("text");
            assert_eq!(Origin::read(&text).as_ref(), Some(&origin), "{text}");
            assert!(text.ends_with("\ntext\n") && origin.is_of(b"text\n") && !origin.is_of(b"other\n"));
        }
        let origin = Origin::new("runbook", None, "static/a.png", b"png");
        assert_eq!(origin.put_on(b"png"), b"png");
        let origin = Origin::new("runbook", None, "static/a.svg", b"");
        assert!(
            origin
                .put_on(b"<?xml version='1.0'?>\n<svg/>")
                .starts_with(b"<?xml version='1.0'?>\n<!-- ejected")
        );
    }
}
