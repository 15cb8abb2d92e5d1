//! What stands where the cursor is: a key of a header, a value, the destination of a link, a shortcode.
//!
//! Texts are looked at while they are typed, so nothing here needs them to be right: brackets that are not closed and
//! quotation marks that are missing end with the line. Each look reads the header up to the cursor, or a line of the
//! body, once.

mod body;
mod flow;
mod toml;
mod yaml;

use ssg_parse::keys::{Key, KeysOf};
use ssg_parse::{Format, is_html, is_page, split_header};
use ssg_source::{Diagnostics, SitePath, Span};

pub use body::Call;

/// What a file of the site is to an editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A content file, with a header and a body.
    Content,
    /// `ssg.toml`, or the file that is named in its place.
    Config,
    /// The `theme.toml` of a theme.
    Theme,
    /// Any other.
    Other,
}

impl FileKind {
    /// The kind of a file; `config` is the configuration of the site.
    #[must_use]
    pub fn of(path: &SitePath, config: &SitePath) -> Self {
        let name = path.file_name();
        if path == config {
            Self::Config
        } else if path.below("content").is_some() && (is_page(name) || is_html(name)) {
            Self::Content
        } else if name == "theme.toml" {
            Self::Theme
        } else {
            Self::Other
        }
    }
}

/// What stands at a place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A key, or the place for one.
    Key(AtKey),
    /// A value, or the place for one.
    Value(AtValue),
    /// The destination of a link or an image.
    Link(Word),
    /// The name of a shortcode.
    ShortcodeName(Word),
    /// The name of an argument of a shortcode.
    ShortcodeArgument(Call),
}

/// A word with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The whole word.
    pub text: String,
    /// What of it stands before the cursor.
    pub typed: String,
    /// Where it is.
    pub span: Span,
}

impl Word {
    fn new(text: &str, span: Span, cursor: usize) -> Self {
        let typed = text.get(span.range().start..cursor).unwrap_or_default();
        Self { text: span.slice(text).to_owned(), typed: typed.to_owned(), span }
    }
}

/// A key and the table that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtKey {
    /// Which keys there are.
    pub of: KeysOf,
    /// How it is written.
    pub format: Format,
    /// Names of the tables that it is in.
    pub path: Vec<String>,
    /// The key.
    pub word: Word,
    /// A value follows.
    pub has_value: bool,
}

impl AtKey {
    /// What is known of the key.
    #[must_use]
    pub fn known(&self) -> Option<&'static Key> {
        self.of.key(&names(&self.path), &self.word.text)
    }
}

/// A value and the key that it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtValue {
    /// Which keys there are.
    pub of: KeysOf,
    /// How it is written.
    pub format: Format,
    /// Names of the tables that its key is in.
    pub path: Vec<String>,
    /// Its key.
    pub key: String,
    /// The value without its quotation marks; of a list the entry.
    pub word: Word,
    /// Its quotation mark, where it has one.
    pub quote: Option<char>,
    /// It is an entry of a list.
    pub is_in_list: bool,
}

impl AtValue {
    /// What is known of its key.
    #[must_use]
    pub fn known(&self) -> Option<&'static Key> {
        self.of.key(&names(&self.path), &self.key)
    }

    /// Where it stands: names of tables and of the key, with dots.
    #[must_use]
    pub fn whole_key(&self) -> String {
        let names = self.path.iter().chain([&self.key]);
        names.map(|name| name.to_ascii_lowercase()).collect::<Vec<_>>().join(".")
    }
}

/// A path of names as tables of keys take it.
#[must_use]
pub fn names(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

/// What stands at a byte of a file.
#[must_use]
pub fn place(text: &str, kind: FileKind, cursor: usize) -> Option<Place> {
    let cursor = cursor.min(text.len());
    match kind {
        FileKind::Config => toml::place(text, 0, text.len(), cursor, KeysOf::Config),
        FileKind::Theme => toml::place(text, 0, text.len(), cursor, KeysOf::Theme),
        FileKind::Other => None,
        FileKind::Content => {
            let (format, front) = header(text);
            match format {
                _ if !(front.range().start..=front.range().end).contains(&cursor) => {
                    body::place(text, cursor)
                }
                Some(Format::Toml) => {
                    toml::place(text, front.range().start, front.range().end, cursor, KeysOf::Header)
                }
                Some(Format::Yaml) => yaml::place(text, front.range().start, cursor),
                Some(Format::Json) => None,
                None => body::place(text, cursor),
            }
        }
    }
}

/// The format of a header and where it stands. One that is not closed yet ends at the first empty line.
#[must_use]
pub fn header(text: &str) -> (Option<Format>, Span) {
    let header = split_header(text, &mut Diagnostics::new());
    if header.format.is_some() {
        return (header.format, header.front);
    }
    let first = text.lines().next().unwrap_or_default().trim_end();
    let format = match first {
        "---" => Format::Yaml,
        "+++" => Format::Toml,
        _ => return (None, Span::at(0)),
    };
    let start = text.find('\n').map_or(text.len(), |end| end + 1);
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.find("\n\n").map_or(text.len(), |end| start + end + 1);
    (Some(format), Span::new(start, end))
}

#[cfg(test)]
mod tests;
