//! What a caller asks of a block, and what comes back.

/// The longest code that is highlighted, in bytes; what follows is plain.
pub const MAX_CODE: usize = 512 * 1024;
/// The longest line that is highlighted, in bytes; it and all after are plain.
pub const MAX_LINE: usize = 4 * 1024;

/// How one block is to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeOptions {
    /// The language as the author wrote it; none gives plain text.
    pub language: Option<String>,
    /// Every line gets an element with its number, and `pre` the class
    /// `numbered`.
    pub line_numbers: bool,
    /// The number of the first line.
    pub first_line: u32,
    /// Lines to stand out, counted from 1 at the top of the block whatever
    /// `first_line` says, as in Zola.
    pub highlighted: Vec<LineRange>,
    /// A caption, mostly the name of a file.
    pub name: Option<String>,
    /// A link in the caption.
    pub link: Option<CodeLink>,
    /// Marks at the ends of lines, in the order of the lines.
    pub marks: Vec<CodeMark>,
}

/// A numbered mark at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeMark {
    /// The line within the block, from 1.
    pub line: u32,
    /// The number that is shown.
    pub number: u32,
    /// The address of what explains it; none shows the number alone.
    pub href: Option<String>,
}

/// Where code comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeLink {
    /// Begins with `https://` or `http://`.
    pub url: String,
    /// What is shown of it.
    pub text: String,
}

impl Default for CodeOptions {
    /// No language, no numbers, nothing highlighted; line numbers begin at 1.
    fn default() -> Self {
        Self {
            language: None,
            line_numbers: false,
            first_line: 1,
            highlighted: Vec::new(),
            name: None,
            link: None,
            marks: Vec::new(),
        }
    }
}

impl CodeOptions {
    /// The default options with a language.
    #[must_use]
    pub fn of(language: &str) -> Self {
        Self { language: Some(language.to_owned()), ..Self::default() }
    }
}

/// Lines from `first` to `last`, both included. A range may end beyond the
/// code, at no cost; one that ends before it begins is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LineRange {
    /// The first line, from 1.
    pub first: u32,
    /// The last line.
    pub last: u32,
}

/// A block as HTML, with a remark if it is not quite what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlighted {
    /// A whole `figure` element, without a line feed after it.
    pub html: String,
    /// At most one remark; the HTML is good in any case.
    pub note: Option<Note>,
}

/// Why a block is plain, wholly or from some line on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// No language of this name is known; the block is plain.
    UnknownLanguage,
    /// A bound was reached; the code is plain from there on.
    GaveUp(Reason),
}

/// The bound that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The code is longer than [`MAX_CODE`] bytes.
    LongCode,
    /// A line is longer than [`MAX_LINE`] bytes. The line counts from 1.
    LongLine(u32),
    /// The search for tokens took too many steps, in this line from 1.
    Steps(u32),
    /// A regular expression of the grammar does not compile, in this line
    /// from 1.
    Regex(u32),
    /// The grammar is not in the form that this crate knows: a fault of the
    /// program, which was built with another version of the grammars.
    Grammar(u32),
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::LongCode => write!(f, "the code is longer than {} bytes", MAX_CODE),
            Self::LongLine(line) => {
                write!(f, "line {line} of the code is longer than {} bytes", MAX_LINE)
            }
            Self::Steps(line) => write!(f, "line {line} of the code is too complex"),
            Self::Regex(line) => {
                write!(f, "an expression of the grammar failed at line {line} of the code")
            }
            Self::Grammar(line) => write!(f, "the grammar failed at line {line} of the code"),
        }
    }
}
