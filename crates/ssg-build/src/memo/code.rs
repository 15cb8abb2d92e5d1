//! Highlighted code in a file of its own, `.ssg-cache/code.memo`, for builds and servers alike.
//!
//! It begins with a line that names the format and the identity of the highlighter, then come the blocks, and a
//! digest (BLAKE3) of them. What is damaged or of another highlighter is not used. For what it does not promise, see
//! `store`: the digest is no signature.

use super::folder::Folder;
use ssg_render::{CodeBlocks, RememberedBlocks};
use std::io::{self, Write};

const HEADER: &[u8] = b"ssg-code 1\n";
const NAME: &str = "code.memo";
/// Larger files are not read; `ssg` writes half as much.
const LARGEST: u64 = 1 << 27;

/// What a file begins with that this program can use.
fn head(blocks: &CodeBlocks) -> Vec<u8> {
    [HEADER, &blocks.highlighter().identity()].concat()
}

/// The highlighter of a site, which finds in the cache what it has made before.
pub(super) fn code_blocks(folder: &Folder) -> CodeBlocks {
    let folder = folder.clone();
    CodeBlocks::remembering(Box::new(move || read(&folder).unwrap_or_default()))
}

fn read(folder: &Folder) -> Option<RememberedBlocks> {
    let head = head(&CodeBlocks::default());
    let bytes = folder.read(NAME, &head, LARGEST).ok()?;
    let (blocks, digest) = bytes.strip_prefix(&*head)?.split_last_chunk::<{ blake3::OUT_LEN }>()?;
    (blake3::hash(blocks).as_bytes() == digest).then(|| postcard::from_bytes(blocks).ok())?
}

/// Writes the blocks that the next build is to remember, where there is anything new.
///
/// # Errors
/// When the disk refuses; the old file is then as it was.
pub(super) fn save(folder: &Folder, blocks: &CodeBlocks) -> io::Result<()> {
    let Some(remembered) = blocks.to_remember() else { return Ok(()) };
    let bytes = postcard::to_stdvec(&remembered).map_err(io::Error::other)?;
    folder.replace(NAME, |file| {
        file.write_all(&head(blocks))?;
        file.write_all(&bytes)?;
        file.write_all(blake3::hash(&bytes).as_bytes())
    })
}
