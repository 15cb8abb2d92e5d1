//! Files of a site that a verb writes: each at once, so that whoever reads one has the old bytes or the new.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Puts bytes in the place of a file, or where there is none. A file keeps its permissions; a link is replaced and not
/// followed.
///
/// # Errors
/// When it cannot be written; then what is there stays as it is.
pub fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let permissions =
        fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|data| data.permissions());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.ssg-{}", std::process::id()));
    // What a run that was killed has left.
    let _ = fs::remove_file(&beside);
    let written = File::create_new(&beside)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| permissions.map_or(Ok(()), |permissions| fs::set_permissions(&beside, permissions)))
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Puts bytes in the place of a file that was read before. Where a link stands there, what it leads to is replaced.
///
/// # Errors
/// When the file is no longer what it was, or cannot be written; then it stays as it is.
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    if fs::read(&path)? != before {
        return Err(io::Error::other("it has changed meanwhile"));
    }
    put(&path, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_if_it_is_what_it_was() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let path = folder.path().join("a.md");
        put(&path, b"one").expect("written");
        replace(&path, b"one", b"two").expect("written");
        assert!(replace(&path, b"one", b"three").is_err());
        assert_eq!(fs::read(&path).expect("read"), b"two");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left beside");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_links_are_followed_where_a_file_was_read() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("temporary folder");
        let (path, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
        put(&path, b"one").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("set");
        symlink(&path, &link).expect("a link");
        replace(&link, b"one", b"two").expect("written");
        assert_eq!(fs::read(&path).expect("read"), b"two");
        assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o640);
        put(&link, b"three").expect("written");
        assert!(!link.is_symlink());
        assert_eq!(fs::read(&path).expect("read"), b"two", "what the link led to is left alone");
    }
}
