//! Puts a file in the place of another one.

use std::fs;
use std::io;
use std::path::Path;

/// Puts bytes in the place of a file at once: whoever reads it has the old ones or the new. It keeps its permissions.
///
/// # Errors
/// When the file is no longer what it was, or cannot be written; then it stays as it is.
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    if fs::read(&path)? != before {
        return Err(io::Error::other("it has changed meanwhile"));
    }
    let permissions = fs::metadata(&path)?.permissions();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.ssg-fix"));
    let written = fs::write(&beside, after)
        .and_then(|()| fs::set_permissions(&beside, permissions))
        .and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}
