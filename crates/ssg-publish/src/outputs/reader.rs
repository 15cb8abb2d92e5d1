//! Reads a built file piece by piece, however large it is.

use super::Built;
use crate::failure::{Failure, Reason};
use ssg_source::open_file;
use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

/// An open file of the built site.
///
/// Reading fails at the end of the file where its bytes are not those that were built: whoever has
/// taken them until then must drop them.
#[derive(Debug)]
pub struct Reader {
    file: File,
    at: PathBuf,
    hasher: blake3::Hasher,
    built: Built,
    left: u64,
    is_changed: bool,
}

impl Reader {
    pub(super) fn new(at: PathBuf, built: &Built) -> Result<Self, Failure> {
        let file = open_file(&at).map_err(|error| {
            Failure::new(Reason::Machine, format!("cannot read `{}`: {error}", ssg_source::shown(&at)))
        })?;
        let (hasher, left) = (blake3::Hasher::new(), built.size);
        Ok(Self { file, at, hasher, built: built.clone(), left, is_changed: false })
    }

    /// The next piece, of `size` bytes or what is left; `None` after the end.
    ///
    /// # Errors
    /// See [`Reader`].
    pub fn part(&mut self, size: u64) -> Result<Option<Vec<u8>>, Failure> {
        let mut part = Vec::new();
        match self.take(size).read_to_end(&mut part) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(part)),
            Err(error) => Err(self.failure(&error)),
        }
    }

    /// What an error in reading means.
    #[must_use]
    pub fn failure(&self, error: &io::Error) -> Failure {
        let at = ssg_source::shown(&self.at);
        if self.is_changed {
            let message = format!("`{at}` was changed while it was published");
            return Failure::new(Reason::Machine, message).hint("build again");
        }
        Failure::new(Reason::Machine, format!("cannot read `{at}`: {error}"))
    }

    /// Whether reading has failed because the file is another one.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.is_changed
    }

    fn changed(&mut self) -> io::Error {
        self.is_changed = true;
        io::Error::new(io::ErrorKind::InvalidData, "it was changed while it was published")
    }

    /// At the end: nothing more may come.
    fn finish(&mut self) -> io::Result<usize> {
        let more = self.file.read(&mut [0])?;
        if more > 0 || *self.hasher.finalize().as_bytes() != self.built.hash {
            return Err(self.changed());
        }
        Ok(0)
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if self.left == 0 {
            return self.finish();
        }
        let most = usize::try_from(self.left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let Some(room) = buffer.get_mut(..most) else { return Ok(0) };
        let read = self.file.read(room)?;
        if read == 0 {
            return Err(self.changed());
        }
        self.hasher.update(room.get(..read).unwrap_or_default());
        self.left = self.left.saturating_sub(read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssg_build::write::OutputPath;

    /// Reads a file in pieces of two bytes, after somebody has written `now` to it.
    fn parts(built: &str, now: &str) -> Result<Vec<String>, Failure> {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path().join("a");
        std::fs::write(&at, now).expect("written");
        let hash = *blake3::hash(built.as_bytes()).as_bytes();
        let file = Built { path: OutputPath::new("a").expect("a path"), hash, size: built.len() as u64 };
        let mut reader = Reader::new(at, &file)?;
        let mut parts = Vec::new();
        while let Some(part) = reader.part(2)? {
            parts.push(String::from_utf8(part).expect("text"));
        }
        Ok(parts)
    }

    #[test]
    fn a_file_comes_in_pieces() {
        assert_eq!(parts("abcde", "abcde").expect("the same"), ["ab", "cd", "e"]);
        assert_eq!(parts("abcd", "abcd").expect("the same"), ["ab", "cd"]);
        assert!(parts("", "").expect("the same").is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed_and_a_pipe_not_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("outside"), "secret").expect("written");
        std::os::unix::fs::symlink(at("outside"), at("link")).expect("linked");
        std::os::unix::fs::symlink("/dev/zero", at("endless")).expect("linked");
        let made = std::process::Command::new("mkfifo").arg(at("pipe")).status();
        assert!(made.is_ok_and(|status| status.success()));
        for name in ["link", "endless", "pipe"] {
            let file = Built { path: OutputPath::new(name).expect("a path"), hash: [0; 32], size: 6 };
            assert_eq!(Reader::new(at(name), &file).expect_err("no file").reason, Reason::Machine, "{name}");
        }
    }

    #[test]
    fn another_file_is_noticed() {
        for now in ["abcdf", "abcd", "abcdef", ""] {
            let failure = parts("abcde", now).expect_err("it was changed");
            assert!(failure.message.contains("was changed while it was published"), "{now}: {failure:?}");
        }
    }
}
