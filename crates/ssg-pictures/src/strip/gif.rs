//! GIF (specification 89a): a header, then blocks, each a label and data in parts of up to 255 bytes.

/// Begins an extension.
const EXTENSION: u8 = 0x21;
/// Begins a picture.
const IMAGE: u8 = 0x2C;
/// Ends the file.
const TRAILER: u8 = 0x3B;
/// Extensions: how a picture is shown, text that is drawn, and what programs add.
const CONTROL: u8 = 0xF9;
const PLAIN_TEXT: u8 = 0x01;
const APPLICATION: u8 = 0xFF;
/// What programs add that says how the picture looks: how often it is repeated, and its colours.
const KEPT: [&[u8; 11]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

/// Whether a file is a GIF, by how it begins.
pub(super) fn is_gif(bytes: &[u8]) -> bool {
    bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a")
}

/// The file without comments, XMP and what else programs add; `None` where its structure makes no sense. One without an
/// end, as some programs write them, gets one.
pub(super) fn strip(bytes: &[u8]) -> Option<Vec<u8>> {
    // Signature and the screen's size, colours, background and proportions, then its table of colours.
    let mut at = 13 + table(*bytes.get(10)?);
    let mut out = bytes.get(..at)?.to_vec();
    loop {
        let start = at;
        match bytes.get(at) {
            None | Some(&TRAILER) => break,
            Some(&EXTENSION) => {
                let label = *bytes.get(at + 1)?;
                let name = bytes.get(at + 3..at + 14);
                at = end_of_parts(bytes, at + 2)?;
                let is_kept = match label {
                    CONTROL | PLAIN_TEXT => true,
                    APPLICATION => {
                        bytes.get(start + 2) == Some(&11) && KEPT.iter().any(|kept| name == Some(&kept[..]))
                    }
                    _ => false,
                };
                if is_kept {
                    out.extend(bytes.get(start..at)?);
                }
            }
            Some(&IMAGE) => {
                // Place and size, then a table of colours, then the least width of a code.
                at = end_of_parts(bytes, at + 10 + table(*bytes.get(at + 9)?) + 1)?;
                out.extend(bytes.get(start..at)?);
            }
            // Some programs pad with zeros.
            Some(0) => at += 1,
            Some(_) => return None,
        }
    }
    out.push(TRAILER);
    Some(out)
}

/// How long the table of colours is that flags announce, in bytes.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// Where data in parts ends that begins at a place.
fn end_of_parts(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return (at <= bytes.len()).then_some(at);
        }
    }
}
