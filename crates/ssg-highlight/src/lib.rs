//! Highlights code for `ssg`: code and a language in, small HTML out.
//!
//! The grammars are syntect's and two-face's; the machine that runs them is
//! this crate's own (`machine`), because it has to be bounded and fast. Output
//! depends on code, options and [`Highlighter::identity`] alone: no clock, no
//! threads, no cache. Callers memoise; themes bring the colours for
//! [`CLASSES`].
//!
//! Features: `onig` (default) searches with Oniguruma, which needs a C
//! compiler; `fancy-regex` is pure Rust, slower, and without PowerShell. With both,
//! `onig` is used.
#![warn(missing_docs)]

mod class;
mod first;
mod grammar;
mod highlighter;
mod html;
mod info;
mod languages;
mod layers;
mod machine;
mod options;
mod regex;

pub use class::CLASSES;
pub use highlighter::Highlighter;
pub use info::{CodeInfo, InfoProblem, ProblemKind, parse_info_string};
pub use languages::Language;
pub use options::{
    CodeLink, CodeMark, CodeOptions, Highlighted, LineRange, MAX_CODE, MAX_LINE, Note, Reason,
};
