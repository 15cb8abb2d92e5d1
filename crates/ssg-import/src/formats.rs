//! The registry of importers: a new format is one file and one line here.

use crate::{Import, TextOptions, import_text};
use ssg_source::Diagnostics;

/// A format that `ssg import FORMAT SRC` knows.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// One line of help.
    pub about: &'static str,
    /// Reads one file: its name, its bytes, the options; problems are added to the diagnostics.
    pub import: fn(&str, &[u8], &TextOptions, &mut Diagnostics) -> Import,
}

/// Every known format.
pub const FORMATS: &[Format] =
    &[Format { name: "text", about: "pages of a blog or a book, pasted as plain text", import: import_text }];
