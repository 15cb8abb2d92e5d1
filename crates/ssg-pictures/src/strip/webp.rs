//! WebP (RFC 9649): chunks of a name, a length and data in a RIFF file.

use crate::exif::Orientation;

/// What says how the picture looks.
const KEPT: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
/// Flags of the extended header.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// The file without metadata; `None` where its structure makes no sense.
pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let end = size.checked_add(8)?.min(bytes.len());
    let mut chunks: Vec<(&[u8; 4], Vec<u8>)> = Vec::new();
    let mut orientation = Orientation::Upright;
    let mut at = 12;
    while at < end {
        let name: &[u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        let length = u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        let data_end = at.checked_add(8)?.checked_add(length)?;
        let data = bytes.get(at + 8..data_end)?;
        if name == b"EXIF" {
            orientation = Orientation::of_exif(data);
        } else if KEPT.contains(&name) {
            chunks.push((name, data.to_vec()));
        }
        at = data_end + length % 2;
    }
    let exif = orientation.to_exif();
    if let Some((_, header)) = chunks.iter_mut().find(|(name, _)| *name == b"VP8X") {
        let flags = header.first_mut()?;
        *flags &= !(HAS_EXIF | HAS_XMP);
        if let Some(exif) = exif {
            *flags |= HAS_EXIF;
            chunks.push((b"EXIF", exif));
        }
    }
    let mut out = b"RIFF\0\0\0\0WEBP".to_vec();
    for (name, data) in chunks {
        out.extend(name);
        out.extend(u32::try_from(data.len()).ok()?.to_le_bytes());
        out.extend(&data);
        out.extend(std::iter::repeat_n(0, data.len() % 2));
    }
    let size = u32::try_from(out.len() - 8).ok()?;
    out.get_mut(4..8)?.copy_from_slice(&size.to_le_bytes());
    Some(out)
}
