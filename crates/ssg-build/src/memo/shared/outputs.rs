//! The outputs of a build in one object, found by the digests of their bytes.
//!
//! Each is compressed by itself: it can be unpacked alone, by many threads, and is checked by the digest
//! that it was asked for with. So nothing here can put wrong bytes into a page; what is missing is
//! rendered.
//!
//! The form: a line, the number of outputs, for each its digest and its sizes unpacked and packed, then
//! all packed bytes in the same order. Numbers have four bytes, the least first.

use crate::write::OutputPath;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rayon::prelude::*;
use ssg_source::hash::{HashMap, Hashing};
use std::io::{Read, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Digest (BLAKE3) of an output's bytes.
type Hash = [u8; 32];

const HEADER: &[u8] = b"ssg-outputs 1\n";
/// Larger outputs are left out, in bytes.
const LARGEST_ONE: u64 = 32 << 20;
/// Outputs are put in until they take up so much, in bytes.
const LARGEST_ALL: usize = 384 << 20;
/// Nothing larger is unpacked, in bytes.
const LARGEST_UNPACKED: u64 = 1 << 31;
/// Outputs that are compressed at once.
const AT_ONCE: usize = 512;

/// Outputs by digest.
#[derive(Default)]
pub struct SharedOutputs {
    bytes: Vec<u8>,
    /// Where each is, and its size unpacked.
    known: HashMap<Hash, (Range<usize>, u32)>,
}

impl SharedOutputs {
    /// Packs the files of an output folder that have the digests they should have.
    pub(super) fn pack(files: &[(OutputPath, Hash)], dir: &Path) -> Vec<u8> {
        let mut files: Vec<&(OutputPath, Hash)> = files.iter().collect();
        files.sort_unstable_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
        files.dedup_by_key(|file| file.1);
        let (mut index, mut data) = (Vec::new(), Vec::new());
        for part in files.chunks(AT_ONCE) {
            let packed: Vec<_> =
                part.par_iter().map(|(path, hash)| pack_file(&dir.join(path.as_str()), hash)).collect();
            for ((_, hash), packed) in part.iter().zip(packed) {
                let Some((size, packed)) = packed else { continue };
                let Ok(length) = u32::try_from(packed.len()) else { continue };
                if data.len().saturating_add(packed.len()) > LARGEST_ALL {
                    continue;
                }
                index.push((*hash, size, length));
                data.extend(packed);
            }
        }
        let mut bytes = HEADER.to_vec();
        bytes.extend(u32::try_from(index.len()).unwrap_or(0).to_le_bytes());
        for (hash, size, length) in &index {
            bytes.extend(hash);
            bytes.extend(size.to_le_bytes());
            bytes.extend(length.to_le_bytes());
        }
        bytes.extend(data);
        bytes
    }

    /// Reads the form; `None` where that is damaged.
    pub(super) fn parse(bytes: Vec<u8>) -> Option<Self> {
        let (count, mut index) = bytes.strip_prefix(HEADER)?.split_first_chunk::<4>()?;
        let count = usize::try_from(u32::from_le_bytes(*count)).ok()?;
        let length = count.checked_mul(40)?;
        let mut at = HEADER.len().checked_add(4)?.checked_add(length).filter(|at| *at <= bytes.len())?;
        let mut known = HashMap::with_capacity_and_hasher(count, Hashing::default());
        for _ in 0..count {
            let (hash, rest) = index.split_first_chunk::<32>()?;
            let (size, rest) = rest.split_first_chunk::<4>()?;
            let (length, rest) = rest.split_first_chunk::<4>()?;
            let end = at.checked_add(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
            known.insert(*hash, (at..end, u32::from_le_bytes(*size)));
            (at, index) = (end, rest);
        }
        (at == bytes.len()).then_some(Self { bytes, known })
    }

    /// An output that has this digest.
    pub(super) fn get(&self, hash: &Hash) -> Option<Arc<[u8]>> {
        let (range, size) = self.known.get(hash)?;
        let bytes = unpack(self.bytes.get(range.clone())?, u64::from(*size))?;
        (blake3::hash(&bytes).as_bytes() == hash).then(|| bytes.into())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

/// A file with this digest, packed; its size comes first.
fn pack_file(path: &Path, hash: &Hash) -> Option<(u32, Vec<u8>)> {
    let data = std::fs::symlink_metadata(path).ok()?;
    if data.len() > LARGEST_ONE {
        return None;
    }
    let mut bytes = Vec::new();
    ssg_source::open_file(path).ok()?.take(LARGEST_ONE).read_to_end(&mut bytes).ok()?;
    let size = u32::try_from(bytes.len()).ok()?;
    let packed = (blake3::hash(&bytes).as_bytes() == hash).then(|| pack(&bytes))?;
    Some((size, packed?))
}

/// The bytes, compressed quickly.
pub(super) fn pack(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(3));
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// The bytes that were packed, of which there are exactly `size`.
pub(super) fn unpack(packed: &[u8], size: u64) -> Option<Vec<u8>> {
    // Nothing is compressed to less than a thousandth of its size.
    if size > LARGEST_UNPACKED || size / 1100 > packed.len() as u64 {
        return None;
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).ok()?);
    DeflateDecoder::new(packed).take(size.checked_add(1)?).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == size).then_some(bytes)
}
