//! The keys of headers, of `ssg.toml` and of `theme.toml`, in one place: what each is called, what it may hold and
//! what it is for.
//!
//! The tables of the book are made of these, JSON Schemas for editors are, and what the language server says of a key.
//! A test holds them against the readers: what is here is read, and what is read is in the book.

mod book;
pub mod config;
pub mod header;
mod schema;
#[cfg(test)]
mod tests;
pub mod theme;

pub use book::{BOOK, with_parts};
pub use schema::{SCHEMAS, Schema};

/// Some keys that mean the same kind of thing and share a line of the book.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Names, in this project's spelling.
    pub names: &'static [&'static str],
    /// Spellings of others that are read as the first name.
    pub also: &'static [&'static str],
    /// What they may hold.
    pub kind: Kind,
    /// What they are without being written, in Markdown as in the book; empty where that is not told.
    pub default: &'static str,
    /// What they are for, in Markdown with links of the book.
    pub meaning: &'static str,
    /// A value, in Markdown as in the book; may be empty.
    pub example: &'static str,
}

impl Key {
    const EMPTY: Self =
        Self { names: &[], also: &[], kind: Kind::Any, default: "", meaning: "", example: "" };

    /// Whether this is the key of a name, in any case and spelling.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.names.iter().chain(self.also).any(|known| known.eq_ignore_ascii_case(name))
    }

    /// What it is for, without links.
    #[must_use]
    pub fn plain_meaning(&self) -> String {
        without_links(self.meaning)
    }
}

/// The keys of one table, in several parts.
pub type Keys = &'static [&'static [Key]];

/// What a key may hold.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Text; numbers and booleans are read as they are written.
    Text,
    /// A list of texts, or one.
    Texts,
    /// The same, told as "text or texts".
    TextOrTexts,
    /// True or false.
    Flag,
    /// A number.
    Number,
    /// A list of numbers.
    Numbers,
    /// A date or a moment.
    Date,
    /// An address.
    Address,
    /// An address, or `true`.
    AddressOrTrue,
    /// The address of an image; tables of other generators are read too.
    Image,
    /// A recording: an address or a table.
    Audio,
    /// Slides or recordings: an address, a table, or a list of either.
    Media,
    /// Names of people.
    People,
    /// Terms of a taxonomy.
    Terms,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// One of these words, true or false.
    ChoiceOrFlag(&'static [&'static str]),
    /// Some of these words.
    Choices(&'static [&'static str]),
    /// Usually one of these words.
    Usual(&'static [&'static str]),
    /// A table of these keys.
    Table(Keys),
    /// A list of tables of these keys.
    Tables(Keys),
    /// Tables of these keys, by names that the author chooses.
    Map(Keys),
    /// Text, or a table of these keys.
    TextOrTable(Keys),
    /// Texts by names that the author chooses.
    TextsByName,
    /// A table of the author's own.
    AnyTable,
    /// Anything.
    Any,
}

impl Kind {
    /// What the book calls it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Text | Self::Image | Self::Choice(_) | Self::Usual(_) | Self::TextOrTable(_) => "text",
            Self::Texts | Self::Choices(_) => "texts",
            Self::TextOrTexts => "text or texts",
            Self::Flag => "true or false",
            Self::Number => "number",
            Self::Numbers => "list of numbers",
            Self::Date => "[date](dates.md)",
            Self::Address => "address",
            Self::AddressOrTrue => "address, or true",
            Self::Audio => "address or table",
            Self::Media => "address, table, or list of either",
            Self::People => "people",
            Self::Terms => "terms",
            Self::ChoiceOrFlag(_) => "text, true or false",
            Self::Tables(_) => "list of tables",
            Self::Table(_) | Self::Map(_) | Self::TextsByName | Self::AnyTable => "table",
            Self::Any => "anything",
        }
    }

    /// The words that it may hold, or usually holds.
    #[must_use]
    pub fn choices(self) -> &'static [&'static str] {
        match self {
            Self::Choice(words) | Self::ChoiceOrFlag(words) | Self::Choices(words) | Self::Usual(words) => {
                words
            }
            Self::Flag => &["true", "false"],
            _ => &[],
        }
    }

    /// Whether it holds a list.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(
            self,
            Self::Texts | Self::TextOrTexts | Self::Numbers | Self::People | Self::Terms | Self::Choices(_)
        )
    }
}

/// Which files have which keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeysOf {
    /// Headers of content files.
    Header,
    /// `ssg.toml`
    Config,
    /// `theme.toml`
    Theme,
}

impl KeysOf {
    /// The keys at the top.
    #[must_use]
    pub fn top(self) -> Keys {
        match self {
            Self::Header => &[header::PAGE, header::TABLES],
            Self::Config => &[config::SITE, config::TABLES],
            Self::Theme => &[theme::THEME],
        }
    }

    /// The keys of the table at a path of names; empty where the author chooses them.
    #[must_use]
    pub fn table(self, path: &[&str]) -> Keys {
        let mut keys = self.top();
        let mut names = path.iter();
        while let Some(name) = names.next() {
            keys = match find(keys, name).map(|key| key.kind) {
                Some(Kind::Table(inner) | Kind::Tables(inner) | Kind::TextOrTable(inner)) => inner,
                // The name that the author chose is passed over.
                Some(Kind::Map(inner)) => {
                    if names.next().is_none() {
                        return &[];
                    }
                    inner
                }
                _ => return &[],
            };
        }
        keys
    }

    /// The key of a name in the table at a path.
    #[must_use]
    pub fn key(self, path: &[&str], name: &str) -> Option<&'static Key> {
        find(self.table(path), name)
    }
}

fn find(keys: Keys, name: &str) -> Option<&'static Key> {
    let own = |key: &&Key| key.names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let all = || keys.iter().copied().flatten();
    all().find(own).or_else(|| all().find(|key| key.is_called(name)))
}

/// Markdown with the texts of its links in their place.
fn without_links(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let Some(from) = rest[..at].rfind('[') else { break };
        let Some(length) = rest[at..].find(')') else { break };
        plain.push_str(&rest[..from]);
        plain.push_str(&rest[from + 1..at]);
        rest = &rest[at + length + 1..];
    }
    plain.push_str(rest);
    plain
}
