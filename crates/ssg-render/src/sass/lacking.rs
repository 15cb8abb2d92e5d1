//! In place of Sass, in a program that was built without it.

use crate::theme::{Theme, ThemeFile};
use ssg_source::{Class, Diagnostic, Diagnostics};

/// Says what is missing.
pub(crate) fn compile(
    _: &Theme,
    name: &str,
    file: &ThemeFile,
    _: &mut Diagnostics,
) -> Result<String, Diagnostic> {
    let message = format!("`{name}` needs the cargo feature `sass`, which this program lacks");
    Err(Diagnostic::error("sass", message).class(Class::Usage).in_file(&file.path))
}
