//! The codes of diagnostics: each with what it means, what to do, and an example.
//!
//! A code is a short stable name for tools, tests and `ssg explain`. It can only be taken from here, so
//! that one which nobody has described does not compile. The page of the book on diagnostics is made
//! from the same texts. Entries stand by what they are about: content, the site as a whole, themes, and
//! commands.

mod command;
mod content;
mod site;
mod theme;

pub use command::*;
pub use content::*;
pub use site::*;
pub use theme::*;

use crate::did_you_mean;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// The code of a diagnostic.
#[derive(Clone, Copy)]
pub struct Code(&'static Entry);

/// What is known of a code.
struct Entry {
    name: &'static str,
    meaning: &'static str,
    cure: &'static str,
    example: &'static str,
}

/// Declares codes, and a list of them.
macro_rules! codes {
    ($all:ident; $($constant:ident = $name:literal, $meaning:literal, $cure:literal, $example:literal;)*) => {
        $(
            #[doc = $meaning]
            pub const $constant: Code =
                Code(&Entry { name: $name, meaning: $meaning, cure: $cure, example: $example });
        )*

        pub(super) const $all: &[Code] = &[$($constant),*];
    };
}
use codes;

/// A part of the codes, by what they are about.
pub struct Part {
    /// A heading.
    pub title: &'static str,
    /// Its codes, by name.
    pub codes: &'static [Code],
}

/// All codes.
pub const PARTS: [Part; 4] = [
    Part { title: "Content", codes: content::ALL },
    Part { title: "The site and its output", codes: site::ALL },
    Part { title: "Themes", codes: theme::ALL },
    Part { title: "Commands", codes: command::ALL },
];

impl Code {
    /// The code of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        all().find(|code| code.name() == name)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// What it means, in a sentence or two.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        self.0.meaning
    }

    /// What to do.
    #[must_use]
    pub fn cure(self) -> &'static str {
        self.0.cure
    }

    /// What brings it about.
    #[must_use]
    pub fn example(self) -> &'static str {
        self.0.example
    }
}

/// All codes, part by part.
pub fn all() -> impl Iterator<Item = Code> {
    PARTS.iter().flat_map(|part| part.codes.iter().copied())
}

/// What may have been meant by a name that is no code.
#[must_use]
pub fn meant(name: &str) -> Option<String> {
    did_you_mean(name, all().map(Code::name))
}

impl Deref for Code {
    type Target = str;

    fn deref(&self) -> &str {
        self.0.name
    }
}

impl AsRef<str> for Code {
    fn as_ref(&self) -> &str {
        self.0.name
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Code {}

impl PartialOrd for Code {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Code {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.name.cmp(other.0.name)
    }
}

impl Hash for Code {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.name.hash(state);
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name)
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::find(&name).ok_or_else(|| serde::de::Error::custom(format!("no code `{name}`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_in_order() {
        for part in &PARTS {
            assert!(part.codes.is_sorted(), "{}", part.title);
        }
        let mut names: Vec<&str> = all().map(Code::name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(all().all(|code| Code::find(code.name()) == Some(code)));
    }

    #[test]
    fn texts_are_sentences() {
        for code in all() {
            let is_sentence = |text: &str| text.ends_with('.') && !text.contains('\n');
            assert!(is_sentence(code.meaning()) && is_sentence(code.cure()), "{code}");
            assert!(!code.example().is_empty(), "{code}");
        }
        assert_eq!(meant("dead-lnk").as_deref(), Some("did you mean `dead-link`?"));
    }

    #[test]
    fn a_code_is_written_by_its_name() {
        let written = serde_json::to_string(&DEAD_LINK).expect("written");
        assert_eq!(written, "\"dead-link\"");
        assert_eq!(serde_json::from_str::<Code>(&written).expect("read"), DEAD_LINK);
        assert!(serde_json::from_str::<Code>("\"nothing\"").is_err());
    }
}
