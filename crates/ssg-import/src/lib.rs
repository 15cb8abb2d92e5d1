//! Reads what others wrote elsewhere and makes posts of it.
//!
//! An importer turns bytes into [`ImportedPost`]s and a [`Report`]; it neither reads nor writes
//! files. Every importer is one file and one line in [`FORMATS`]. What is not sure is marked:
//! as a comment in the Markdown and as a [`Guess`] with its line, so that a person can look.
//! [`write_posts`] then decides which files may be written, so that importing twice equals
//! importing once and nothing that a person edited is overwritten.

mod formats;
mod plan;
mod post;
mod report;
mod slug;
mod text;

pub use formats::{FORMATS, Format};
pub use plan::{Planned, Step, write_posts};
pub use post::{Guess, Import, ImportedPost};
pub use report::{Outcome, Report, Verdict};
pub use text::{TextOptions, import_text};
