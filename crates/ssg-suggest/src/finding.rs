//! What was found.

/// What a finding names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A tool.
    Tool,
    /// A person who spoke.
    Speaker,
    /// An event of the site.
    Event,
    /// A talk of the site.
    Talk,
    /// A category that the site has.
    Category,
    /// The day of the text.
    Date,
}

impl Subject {
    /// Its name in output: `tool`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tool => "tool",
            Self::Speaker => "speaker",
            Self::Event => "event",
            Self::Talk => "talk",
            Self::Category => "category",
            Self::Date => "date",
        }
    }

    /// The key of front matter that holds it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Tool => "tools",
            Self::Speaker => "speakers",
            Self::Event => "events",
            Self::Talk => "talks",
            Self::Category => "categories",
            Self::Date => "date",
        }
    }
}

/// One thing that a text is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What it is.
    pub subject: Subject,
    /// What belongs into the header: a name, an id of an event, a day.
    pub name: String,
    /// Line of the file where it is first said, from 1.
    pub line: usize,
    /// Share of such findings that are right, from 0 to 1.
    pub confidence: f64,
    /// What speaks for it, in words.
    pub why: String,
}
