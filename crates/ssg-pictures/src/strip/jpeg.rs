//! JPEG (ITU T.81): segments of a marker, a length and data, and scans between them.

use crate::exif::Orientation;

const EXIF: &[u8] = b"Exif\0\0";
const PROFILE: &[u8] = b"ICC_PROFILE\0";

/// The file without metadata; `None` where its structure makes no sense.
pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![0xFF, 0xD8];
    let orientation = segments(bytes).find_map(|segment| {
        (segment.marker == 0xE1 && segment.data.starts_with(EXIF)).then(|| Orientation::of_exif(segment.data))
    });
    let exif = orientation.and_then(Orientation::to_exif);
    // The head of JFIF comes first where there is one.
    let mut exif = exif.map(|data| segment(0xE1, &[EXIF, &data].concat()));
    let mut at = 2;
    loop {
        let next = next_segment(bytes, at)?;
        if next.marker != 0xE0
            && let Some(exif) = exif.take()
        {
            out.extend(exif?);
        }
        if next.marker == 0xD9 {
            out.extend([0xFF, 0xD9]);
            return Some(out);
        }
        match next.marker {
            0xE0 | 0xEE => out.extend(head(&next).unwrap_or_default()),
            _ if is_kept(&next) => out.extend(bytes.get(next.start..next.end)?),
            _ => {}
        }
        at = next.end;
        if next.marker == 0xDA {
            let end = scan_end(bytes, at);
            out.extend(bytes.get(at..end)?);
            at = end;
            // A file that ends within a scan is shown as far as it goes.
            if at >= bytes.len() {
                return Some(out);
            }
        }
    }
}

/// The head of JFIF or the mark of Adobe, which says which colours the channels are, and no more: a preview may stand in the
/// one, anything behind the other.
fn head(found: &Segment<'_>) -> Option<Vec<u8>> {
    // Name, version, and unit and density, or two words of flags and how colours are written.
    const LENGTH: usize = 12;
    let data = found.data.get(..LENGTH)?;
    match found.marker {
        // A preview of no pixels.
        0xE0 if data.starts_with(b"JFIF\0") => segment(0xE0, &[data, &[0, 0]].concat()),
        0xEE if data.starts_with(b"Adobe") => segment(0xEE, data),
        _ => None,
    }
}

/// Whether a segment says how the picture looks: frames, tables, scans, restarts, and the colour profile.
fn is_kept(segment: &Segment<'_>) -> bool {
    match segment.marker {
        0xE2 => segment.data.starts_with(PROFILE),
        0x01 | 0xC0..=0xDF => true,
        _ => false,
    }
}

/// A segment with a marker.
fn segment(marker: u8, data: &[u8]) -> Option<Vec<u8>> {
    let length = u16::try_from(data.len() + 2).ok()?;
    let mut bytes = vec![0xFF, marker];
    bytes.extend(length.to_be_bytes());
    bytes.extend(data);
    Some(bytes)
}

struct Segment<'a> {
    marker: u8,
    start: usize,
    /// Where the next begins.
    end: usize,
    data: &'a [u8],
}

/// The segment at a place. Filling bytes may come before its marker.
fn next_segment(bytes: &[u8], at: usize) -> Option<Segment<'_>> {
    if *bytes.get(at)? != 0xFF {
        return None;
    }
    let filled = bytes.get(at..)?.iter().take_while(|byte| **byte == 0xFF).count();
    let start = at + filled - 1;
    let marker = *bytes.get(start + 1)?;
    // Markers that stand alone.
    if matches!(marker, 0x01 | 0xD0..=0xD9) {
        return Some(Segment { marker, start, end: start + 2, data: &[] });
    }
    let length = u16::from_be_bytes(bytes.get(start + 2..start + 4)?.try_into().ok()?);
    let end = start + 2 + usize::from(length);
    Some(Segment { marker, start, end, data: bytes.get(start + 4..end)? })
}

/// Segments before the first scan.
fn segments(bytes: &[u8]) -> impl Iterator<Item = Segment<'_>> {
    let mut at = 2;
    std::iter::from_fn(move || {
        let segment = next_segment(bytes, at)?;
        at = segment.end;
        Some(segment)
    })
    .take_while(|segment| !matches!(segment.marker, 0xDA | 0xD9))
}

/// Where the data of a scan ends: at the first marker that is neither a byte of data nor a restart.
fn scan_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xFF)) {
        at += found;
        match bytes.get(at + 1) {
            Some(0x00 | 0xD0..=0xD7) => at += 2,
            // Filling.
            Some(0xFF) => at += 1,
            Some(_) => return at,
            None => break,
        }
    }
    bytes.len()
}
