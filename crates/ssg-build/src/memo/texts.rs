//! Highlighted code and the words of bodies in files of their own, `.ssg-cache/code.memo` and `words.memo`, for builds and servers
//! alike.
//!
//! A file begins with a line that names the format and the identity of what has made the texts, then come these, and a
//! digest (BLAKE3) of them. What is damaged or was made otherwise is not used. For what it does not promise, see
//! `store`: the digest is no signature.

use super::Memo;
use super::folder::Folder;
use ssg_render::{BodyWords, CodeBlocks, Remembered};
use std::io::{self, Write};

/// Larger files are not read; `ssg` writes half as much.
const LARGEST: u64 = 1 << 27;

/// Texts of a kind in the cache.
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

    fn of_words(folder: &Folder) -> Self {
        let head = format!("ssg-words 1 {}\n", BodyWords::identity()).into_bytes();
        Self { folder: folder.clone(), name: "words.memo", head }
    }

    fn read(&self) -> Option<Remembered> {
        let bytes = self.folder.read(self.name, &self.head, LARGEST).ok()?;
        let (texts, digest) = bytes.strip_prefix(&*self.head)?.split_last_chunk::<{ blake3::OUT_LEN }>()?;
        (blake3::hash(texts).as_bytes() == digest).then(|| postcard::from_bytes(texts).ok())?
    }

    fn write(&self, texts: &Remembered) -> io::Result<()> {
        self.folder.replace(self.name, |file| {
            file.write_all(&self.head)?;
            let digesting = Digesting { file: &mut *file, digest: blake3::Hasher::new() };
            let mut writer = io::BufWriter::with_capacity(1 << 16, digesting);
            postcard::to_io(texts, &mut writer).map_err(io::Error::other)?;
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

/// Words of a site's bodies, which are found in the cache.
pub(super) fn body_words(folder: &Folder) -> BodyWords {
    let file = File::of_words(folder);
    BodyWords::remembering(Box::new(move || file.read().unwrap_or_default()))
}

/// Writes the texts that the next build is to remember, where there is anything new.
///
/// # Errors
/// When the disk refuses; the old files are then as they were.
pub(super) fn save(folder: &Folder, memo: &Memo) -> io::Result<()> {
    if let Some(texts) = memo.code_blocks.to_remember() {
        File::of_code(folder, &memo.code_blocks).write(&texts)?;
    }
    if let Some(texts) = memo.body_words.to_remember() {
        File::of_words(folder).write(&texts)?;
    }
    Ok(())
}
