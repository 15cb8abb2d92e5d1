//! Highlighted code and kept answers in files of their own, `.ssg-cache/code.memo` and `answers.memo`, for builds and servers
//! alike.
//!
//! A file begins with a line that names the format, and for code the identity of what has made it; then comes what is remembered,
//! and a digest (BLAKE3) of it. An answer is found by its own digest, so it does not matter who has made it. What is damaged or was made otherwise is not used. For what it does not promise, see
//! `store`: the digest is no signature.

use super::Memo;
use super::folder::Folder;
use ssg_render::{CodeBlocks, KeptAnswers, Remembered};
use std::io::{self, Write};

/// Larger files are not read; `ssg` writes half as much.
const LARGEST: u64 = 1 << 27;

/// What is remembered of a kind in the cache.
#[derive(Clone)]
struct File {
    folder: Folder,
    name: &'static str,
    /// What it begins with, where this program can use it.
    head: Vec<u8>,
}

impl File {
    fn of_code(folder: &Folder, blocks: &CodeBlocks) -> Self {
        let head = [b"ssg-code 1\n".as_slice(), &blocks.highlighter().identity()].concat();
        Self { folder: folder.clone(), name: "code.memo", head }
    }

    fn of_answers(folder: &Folder) -> Self {
        Self { folder: folder.clone(), name: "answers.memo", head: b"ssg-answers 1\n".to_vec() }
    }

    fn read(&self) -> Option<Remembered> {
        let bytes = self.folder.read(self.name, &self.head, LARGEST).ok()?;
        let (all, digest) = bytes.strip_prefix(&*self.head)?.split_last_chunk::<{ blake3::OUT_LEN }>()?;
        (blake3::hash(all).as_bytes() == digest).then(|| postcard::from_bytes(all).ok())?
    }

    fn write(&self, all: &Remembered) -> io::Result<()> {
        self.folder.replace(self.name, |file| {
            file.write_all(&self.head)?;
            let digesting = Digesting { file: &mut *file, digest: blake3::Hasher::new() };
            let mut writer = io::BufWriter::with_capacity(1 << 16, digesting);
            postcard::to_io(all, &mut writer).map_err(io::Error::other)?;
            let Digesting { digest, .. } = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
            file.write_all(digest.finalize().as_bytes())
        })
    }
}

/// Writes, and makes the digest of what is written.
struct Digesting<'f, W> {
    file: &'f mut W,
    digest: blake3::Hasher,
}

impl<W: Write> Write for Digesting<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The highlighter of a site, which finds in the cache what it has made before.
pub(super) fn code_blocks(folder: &Folder) -> CodeBlocks {
    let file = File::of_code(folder, &CodeBlocks::default());
    CodeBlocks::remembering(Box::new(move || file.read().unwrap_or_default()))
}

/// Answers of a site's queries, which are found in the cache.
pub(super) fn kept_answers(folder: &Folder) -> KeptAnswers {
    let file = File::of_answers(folder);
    KeptAnswers::remembering(Box::new(move || file.read().unwrap_or_default()))
}

/// Writes what the next build is to remember, where there is anything new.
///
/// # Errors
/// When the disk refuses; the old files are then as they were.
pub(super) fn save(folder: &Folder, memo: &Memo) -> io::Result<()> {
    if let Some(all) = memo.code_blocks.to_remember() {
        File::of_code(folder, &memo.code_blocks).write(&all)?;
    }
    if let Some(all) = memo.kept_answers.to_remember() {
        File::of_answers(folder).write(&all)?;
    }
    Ok(())
}
