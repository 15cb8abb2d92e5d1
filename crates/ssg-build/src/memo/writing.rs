//! The form of the cache: how a memo becomes bytes, and is found again in them.
//!
//! After the head come the documents one after the other, the last build, what else is known of files, and what is known of
//! outputs; then the sizes of these four parts as numbers of eight bytes, the lowest first, and a digest (BLAKE3) of all that follows the head.
//! So everything is written as it is made, and nothing of it is held in memory for that. What does not need to be
//! read stays a part of the bytes of the file ([`Slice`]).

use super::slice::Slice;
use super::{Folded, FoldedOutputs, LastBuild, Memo, OfFilesToWrite, OfOutputsToWrite};
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// How much of a memo is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    All,
    /// What is known of files that are read, and nothing of outputs.
    Sources,
}

const DIGEST: usize = blake3::OUT_LEN;
const SIZES: usize = 4 * size_of::<u64>();

/// Writes a memo, of which everything is read.
///
/// # Errors
/// When it cannot be written, in the words of the disk.
pub(super) fn write(head: &[u8], memo: &Memo, parts: Parts, out: &mut impl Write) -> io::Result<()> {
    out.write_all(head)?;
    let out = Counting { out, hasher: blake3::Hasher::new(), size: 0, failed: None };
    let mut out = BufWriter::with_capacity(1 << 17, out);
    let documents = memo.documents.write_to(&mut out)?;
    let documents_end = position(&out);
    let is_all = parts == Parts::All;
    let last_build: Option<&LastBuild> = memo.last_build.as_ref().filter(|_| is_all);
    value(&last_build, &mut out)?;
    let last_end = position(&out);
    let nothing = Memo::default();
    let of_outputs = if is_all { memo } else { &nothing };
    let files = OfFilesToWrite { documents, copies: &memo.copies, file_stamps: &of_outputs.file_stamps };
    value(&files, &mut out)?;
    let files_end = position(&out);
    let outputs = OfOutputsToWrite {
        records: &of_outputs.records,
        compressed: &of_outputs.compressed,
        engine: &of_outputs.engine,
    };
    value(&outputs, &mut out)?;
    let outputs_end = position(&out);
    let sizes = [documents_end, last_end - documents_end, files_end - last_end, outputs_end - files_end];
    for size in sizes {
        out.write_all(&size.to_le_bytes())?;
    }
    let Counting { out, hasher, .. } = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    out.write_all(hasher.finalize().as_bytes())
}

/// Finds the parts of what [`write`] wrote after the head; `None` where it is anything else.
pub(super) fn parse(bytes: &Slice) -> Option<(Option<LastBuild>, Folded)> {
    let (body, digest) = bytes.split(bytes.len().checked_sub(DIGEST)?)?;
    if blake3::hash(body.get()).as_bytes() != digest.get() {
        return None;
    }
    let (parts, sizes) = body.split(body.len().checked_sub(SIZES)?)?;
    let mut sizes = sizes.get().chunks_exact(size_of::<u64>()).map(|bytes| {
        let number = bytes.try_into().ok().map(u64::from_le_bytes)?;
        usize::try_from(number).ok()
    });
    let (documents, parts) = parts.split(sizes.next()??)?;
    let (last, parts) = parts.split(sizes.next()??)?;
    let (files, outputs) = parts.split(sizes.next()??)?;
    if outputs.len() != sizes.next()?? {
        return None;
    }
    let folded = Folded { documents, files, outputs: FoldedOutputs(outputs) };
    Some((postcard::from_bytes(last.get()).ok()?, folded))
}

fn value<W: Write>(value: &impl Serialize, out: &mut BufWriter<Counting<W>>) -> io::Result<()> {
    let written = postcard::to_io(value, &mut *out);
    // The format does not say why nothing more could be written.
    written.map(|_| ()).map_err(|error| match out.get_mut().failed.take() {
        Some(failed) => failed,
        None => io::Error::other(error),
    })
}

fn position<W: Write>(out: &BufWriter<Counting<W>>) -> u64 {
    out.get_ref().size + out.buffer().len() as u64
}

/// Counts and digests what goes through it.
struct Counting<W> {
    out: W,
    hasher: blake3::Hasher,
    /// In bytes.
    size: u64,
    failed: Option<io::Error>,
}

impl<W: Write> Write for Counting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.out.write(bytes) {
            Ok(count) => {
                self.hasher.update(&bytes[..count]);
                self.size += count as u64;
                Ok(count)
            }
            Err(error) => {
                self.failed = Some(io::Error::new(error.kind(), error.to_string()));
                Err(error)
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
