//! PNG (ISO/IEC 15948): chunks of a length, a name, data and a check sum.

use crate::exif::Orientation;

/// What says how the picture looks.
const KEPT: [&[u8; 4]; 16] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD",
    b"pHYs", b"cICP", b"acTL", b"fcTL", b"fdAT",
];

/// The file without metadata; `None` where its structure makes no sense.
pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8)?.to_vec();
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let name: &[u8; 4] = bytes.get(at + 4..at + 8)?.try_into().ok()?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let Some(chunk) = bytes.get(at..end) else {
            // A picture that is cut short is shown as far as it goes.
            if name == b"IDAT" {
                out.extend(bytes.get(at..)?);
                return Some(out);
            }
            return None;
        };
        if KEPT.contains(&name) {
            out.extend(chunk);
        } else if name == b"eXIf"
            && let Some(data) = Orientation::of_exif(chunk.get(8..8 + length)?).to_exif()
        {
            out.extend(u32::try_from(data.len()).ok()?.to_be_bytes());
            let from = out.len();
            out.extend(b"eXIf");
            out.extend(data);
            let sum = check_sum(out.get(from..)?);
            out.extend(sum.to_be_bytes());
        }
        at = end;
        if name == b"IEND" {
            return Some(out);
        }
    }
}

/// CRC-32 as PNG has it.
pub(super) fn check_sum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 },
        )
    })
}
