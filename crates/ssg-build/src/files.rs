//! Files of a site that a verb writes: each at once, so that whoever reads one has the old bytes or the new.

use ssg_source::{Class, Diagnostic, SitePath, codes};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where a file of the site in `root` lies that is to be written or removed. It and its folders need not be there.
///
/// # Errors
/// When it, or a folder that it lies in, is a link that leads out of the site.
pub fn place(root: &Path, path: &SitePath) -> Result<PathBuf, Diagnostic> {
    let place = root.join(path.as_str());
    let real = place.ancestors().find(|part| part.symlink_metadata().is_ok()).and_then(|part| {
        // A link that leads nowhere is replaced, and never followed.
        part.canonicalize().or_else(|_| part.parent().unwrap_or(part).canonicalize()).ok()
    });
    let is_inside = root.canonicalize().is_ok_and(|root| real.is_some_and(|real| real.starts_with(root)));
    if is_inside || root.symlink_metadata().is_err() {
        return Ok(place);
    }
    let message = format!("cannot write `{path}`: a link leads out of the site");
    Err(Diagnostic::error(codes::OUTPUT_IO, message).class(Class::Policy).in_file(path))
}

/// Writes a file of the site that is not there yet, with its folders: whole or not at all.
///
/// # Errors
/// When something is there already, when a link leads out of the site, or when it cannot be written.
pub fn write_new(root: &Path, path: &SitePath, bytes: &[u8]) -> Result<(), Diagnostic> {
    let place = place(root, path)?;
    if place.symlink_metadata().is_ok() {
        let message = format!("`{path}` is there already");
        return Err(Diagnostic::error(codes::EXISTS, message).class(Class::Usage));
    }
    let written = place.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| put(&place, bytes));
    written.map_err(|error| {
        Diagnostic::error(codes::OUTPUT_IO, format!("cannot write `{path}`: {error}")).class(Class::Machine)
    })
}

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
    fn no_link_is_followed_out_of_the_site() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("temporary folder");
        let (site, outside) = (folder.path().join("site"), folder.path().join("outside"));
        fs::create_dir_all(site.join("inside")).expect("a folder");
        fs::create_dir(&outside).expect("a folder");
        fs::write(outside.join("a.toml"), "mine").expect("written");
        symlink(&outside, site.join("data")).expect("a link");
        symlink(outside.join("a.toml"), site.join("a.toml")).expect("a link");
        symlink(site.join("inside"), site.join("posts")).expect("a link");
        let path = |text: &str| SitePath::new(text).expect("a path");
        for out in ["data/b.toml", "data/new/b.toml", "data/a.toml", "a.toml"] {
            let problem = place(&site, &path(out)).expect_err(out);
            assert_eq!(problem.class, Class::Policy, "{out}");
            assert!(write_new(&site, &path(out), b"x").is_err(), "{out}");
        }
        write_new(&site, &path("posts/a/b.md"), b"x").expect("written");
        assert_eq!(fs::read(site.join("inside/a/b.md")).expect("read"), b"x");
        assert!(write_new(&site, &path("posts/a/b.md"), b"y").is_err(), "it is there");
        write_new(&folder.path().join("other"), &path("ssg.toml"), b"x").expect("a folder that is made");
        assert_eq!(fs::read_dir(&outside).expect("a folder").count(), 1);
        assert_eq!(fs::read(outside.join("a.toml")).expect("read"), b"mine");
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
