//! The structure of image files: enough to find the size, and to see that the end is missing.
//!
//! Every walk goes forward only and looks at each byte once at most, whatever the file says of its
//! own lengths.

use super::Size;

/// A format of images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Png,
    Jpeg,
    Gif,
    WebP,
    Avif,
    Svg,
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8\xff";

impl Format {
    /// The format that a file's extension says.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "png" | "apng" => Some(Self::Png),
            "jpg" | "jpeg" | "jpe" | "jfif" => Some(Self::Jpeg),
            "gif" => Some(Self::Gif),
            "webp" => Some(Self::WebP),
            "avif" => Some(Self::Avif),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }

    /// The format that a file's first bytes show; a text shows none.
    pub(super) fn of_content(bytes: &[u8]) -> Option<Self> {
        match bytes {
            _ if bytes.starts_with(PNG) => Some(Self::Png),
            _ if bytes.starts_with(JPEG) => Some(Self::Jpeg),
            _ if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            [_, _, _, length, b'f', b't', b'y', b'p', rest @ ..] => {
                // The box lists brands of four letters; the second place holds a version.
                let brands = &rest[..rest.len().min(usize::from(*length).saturating_sub(8))];
                let is_avif = brands.chunks(4).any(|brand| brand == b"avif" || brand == b"avis");
                is_avif.then_some(Self::Avif)
            }
            _ => None,
        }
    }

    /// Whether so few bytes may be the first of such a file.
    pub(super) fn may_begin_with(self, bytes: &[u8]) -> bool {
        match self {
            Self::Png => PNG.starts_with(bytes),
            Self::Jpeg => JPEG.starts_with(bytes),
            Self::Gif => b"GIF87a".starts_with(bytes) || b"GIF89a".starts_with(bytes),
            Self::WebP => bytes.len() < 12 && (b"RIFF".starts_with(bytes) || bytes.starts_with(b"RIFF")),
            Self::Avif => bytes.len() < 12 && (bytes.len() < 8 || &bytes[4..8] == b"ftyp"),
            Self::Svg => false,
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
            Self::Avif => "AVIF",
            Self::Svg => "SVG",
        }
    }

    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::Avif => "avif",
            Self::Svg => "svg",
        }
    }
}

/// Why a walk ended before the end of the image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The file ends too early.
    Truncated,
    /// The file goes on, but was not read further.
    Unread,
    /// What stands here cannot stand here.
    Broken,
}

/// What a walk came by.
#[derive(Default)]
pub(super) struct Seen {
    /// The size at which the image is shown.
    pub shown: Option<Size>,
    /// The largest picture in it, which is what fills a memory.
    pub largest: Option<Size>,
}

impl Seen {
    fn show(&mut self, size: Size) {
        self.shown = Some(size);
        self.meet(size);
    }

    fn meet(&mut self, size: Size) {
        let pixels = |size: Size| u64::from(size.width) * u64::from(size.height);
        if self.largest.is_none_or(|largest| pixels(size) > pixels(largest)) {
            self.largest = Some(size);
        }
    }
}

/// Walks an image of which `bytes` were read and that has `length` in all.
pub(super) fn walk(format: Format, bytes: &[u8], length: u64, seen: &mut Seen) -> Result<(), Stop> {
    let mut walk = Walk { bytes, at: 0, length };
    match format {
        Format::Png => png(&mut walk, seen),
        Format::Jpeg => jpeg(&mut walk, seen),
        Format::Gif => gif(&mut walk, seen),
        Format::WebP => webp(&mut walk, seen),
        Format::Avif => avif(&mut walk, seen),
        Format::Svg => Ok(()),
    }
}

struct Walk<'a> {
    bytes: &'a [u8],
    at: usize,
    length: u64,
}

impl<'a> Walk<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Stop> {
        let end = self.at.saturating_add(count);
        match self.bytes.get(self.at..end) {
            Some(taken) => {
                self.at = end;
                Ok(taken)
            }
            None if end as u64 > self.length => Err(Stop::Truncated),
            None => Err(Stop::Unread),
        }
    }

    fn skip(&mut self, count: u64) -> Result<(), Stop> {
        self.take(usize::try_from(count).unwrap_or(usize::MAX)).map(drop)
    }

    fn byte(&mut self) -> Result<u8, Stop> {
        self.take(1).map(|taken| taken[0])
    }

    fn be16(&mut self) -> Result<u16, Stop> {
        self.take(2).map(|taken| u16::from_be_bytes([taken[0], taken[1]]))
    }

    fn le16(&mut self) -> Result<u16, Stop> {
        self.be16().map(u16::swap_bytes)
    }

    fn be32(&mut self) -> Result<u32, Stop> {
        self.take(4).map(|taken| u32::from_be_bytes([taken[0], taken[1], taken[2], taken[3]]))
    }

    fn le32(&mut self) -> Result<u32, Stop> {
        self.be32().map(u32::swap_bytes)
    }

    fn le24(&mut self) -> Result<u32, Stop> {
        self.take(3).map(|taken| u32::from_le_bytes([taken[0], taken[1], taken[2], 0]))
    }
}

/// Chunks with length, name and checksum, from `IHDR` to `IEND`.
fn png(walk: &mut Walk<'_>, seen: &mut Seen) -> Result<(), Stop> {
    walk.skip(PNG.len() as u64)?;
    let mut first = true;
    loop {
        let length = walk.be32()?;
        let name = walk.take(4)?;
        if length > i32::MAX as u32 || (first && (name != b"IHDR" || length != 13)) {
            return Err(Stop::Broken);
        }
        if first {
            seen.show(Size { width: walk.be32()?, height: walk.be32()? });
            walk.skip(5)?;
            first = false;
        } else {
            walk.skip(length.into())?;
        }
        walk.skip(4)?;
        if name == b"IEND" {
            return Ok(());
        }
    }
}

/// Markers with their segments, and compressed data between, to the marker of the end.
fn jpeg(walk: &mut Walk<'_>, seen: &mut Seen) -> Result<(), Stop> {
    let mut turned = false;
    loop {
        match jpeg_marker(walk)? {
            // The end.
            0xd9 => return Ok(()),
            // Without a segment: the start, restarts, and bytes of data.
            0xd8 | 0xd0..=0xd7 | 0x00 | 0x01 => {}
            // A frame; C4, C8 and CC are tables.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let length = walk.be16()?;
                let _precision = walk.byte()?;
                let (height, width) = (walk.be16()?.into(), walk.be16()?.into());
                walk.skip(u64::from(length.checked_sub(7).ok_or(Stop::Broken)?))?;
                let (width, height) = if turned { (height, width) } else { (width, height) };
                if seen.shown.is_none() {
                    seen.show(Size { width, height });
                }
            }
            marker => {
                let length = walk.be16()?.checked_sub(2).ok_or(Stop::Broken)?;
                let segment = walk.take(length.into())?;
                if marker == 0xe1 {
                    turned |= lies_on_its_side(segment).unwrap_or(false);
                }
            }
        }
    }
}

/// The next marker: what follows a run of `FF`.
fn jpeg_marker(walk: &mut Walk<'_>) -> Result<u8, Stop> {
    let rest = walk.bytes.get(walk.at..).unwrap_or_default();
    let Some(found) = rest.iter().position(|byte| *byte == 0xff) else {
        return walk.skip(rest.len() as u64 + 1).and(Err(Stop::Broken));
    };
    walk.at += found;
    loop {
        let byte = walk.byte()?;
        if byte != 0xff {
            return Ok(byte);
        }
    }
}

/// Whether the camera was held upright: browsers turn such an image by a quarter.
fn lies_on_its_side(segment: &[u8]) -> Option<bool> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let little = tiff.starts_with(b"II");
    let pair = |at: usize| -> Option<u16> {
        let pair = [*tiff.get(at)?, *tiff.get(at + 1)?];
        Some(if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let (low, high) = if little { (4, 6) } else { (6, 4) };
    let table = usize::from(pair(low)?) | usize::from(pair(high)?) << 16;
    let count = usize::from(pair(table)?);
    for entry in (0..count).map(|number| table + 2 + number * 12) {
        if pair(entry)? == 0x0112 {
            return Some((5..=8).contains(&pair(entry + 8)?));
        }
    }
    None
}

/// Pictures and extensions, each a chain of blocks, to the trailer.
fn gif(walk: &mut Walk<'_>, seen: &mut Seen) -> Result<(), Stop> {
    walk.skip(6)?;
    seen.show(Size { width: walk.le16()?.into(), height: walk.le16()?.into() });
    let flags = walk.byte()?;
    walk.skip(2)?;
    gif_colours(walk, flags)?;
    let mut pictures = 0;
    loop {
        // Some programs of old leave the trailer out, and browsers show what they wrote.
        if pictures > 0 && walk.at as u64 == walk.length {
            return Ok(());
        }
        match walk.byte()? {
            // The trailer.
            0x3b => return Ok(()),
            // Padding, which some programs write.
            0x00 => continue,
            // An extension.
            0x21 => walk.skip(1)?,
            // A picture.
            0x2c => {
                pictures += 1;
                walk.skip(4)?;
                seen.meet(Size { width: walk.le16()?.into(), height: walk.le16()?.into() });
                let flags = walk.byte()?;
                gif_colours(walk, flags)?;
                walk.skip(1)?;
            }
            _ => return Err(Stop::Broken),
        }
        loop {
            match walk.byte()? {
                0 => break,
                length => walk.skip(length.into())?,
            }
        }
    }
}

fn gif_colours(walk: &mut Walk<'_>, flags: u8) -> Result<(), Stop> {
    if flags & 0x80 == 0 { Ok(()) } else { walk.skip(3 << ((flags & 7) + 1)) }
}

/// One container with its length, and the picture's header in its first chunk.
fn webp(walk: &mut Walk<'_>, seen: &mut Seen) -> Result<(), Stop> {
    walk.skip(4)?;
    let inside = u64::from(walk.le32()?);
    walk.skip(4)?;
    let name = walk.take(4)?;
    walk.skip(4)?;
    let side = |bits: u32| bits & 0x3fff;
    match name {
        b"VP8X" => {
            walk.skip(4)?;
            seen.show(Size { width: walk.le24()? + 1, height: walk.le24()? + 1 });
        }
        b"VP8L" => {
            walk.skip(1)?;
            let bits = walk.le32()?;
            seen.show(Size { width: side(bits) + 1, height: side(bits >> 14) + 1 });
        }
        b"VP8 " => {
            walk.skip(6)?;
            seen.show(Size { width: side(walk.le16()?.into()), height: side(walk.le16()?.into()) });
        }
        _ => return Err(Stop::Broken),
    }
    // Programs differ on whether the last byte of padding counts.
    let whole = inside + 8 - inside % 2;
    if walk.length < whole { Err(Stop::Truncated) } else { Ok(()) }
}

/// Boxes, each with its length; sizes stand in `meta`, `iprp`, `ipco`, `ispe`.
fn avif(walk: &mut Walk<'_>, seen: &mut Seen) -> Result<(), Stop> {
    let mut turned = false;
    while (walk.at as u64) < walk.length {
        let mut length = u64::from(walk.be32()?);
        let name = walk.take(4)?;
        let mut header = 8;
        if length == 1 {
            length = u64::from(walk.be32()?) << 32 | u64::from(walk.be32()?);
            header = 16;
        }
        if length == 0 {
            // The box goes on to the end of the file.
            length = walk.length - walk.at as u64 + header;
        }
        let rest = length.checked_sub(header).ok_or(Stop::Broken)?;
        if (walk.at as u64).saturating_add(rest) > walk.length {
            return Err(Stop::Truncated);
        }
        match name {
            // What these hold are boxes too: they are entered by walking on.
            b"meta" => walk.skip(4)?,
            b"iprp" | b"ipco" => {}
            b"ispe" if rest == 12 => {
                walk.skip(4)?;
                seen.meet(Size { width: walk.be32()?, height: walk.be32()? });
            }
            b"irot" if rest == 1 => turned |= walk.byte()? & 1 == 1,
            _ => walk.skip(rest)?,
        }
    }
    if seen.largest.is_none() {
        return Err(Stop::Truncated);
    }
    // Tiles and previews have sizes of their own: the largest is that of the whole.
    seen.shown =
        seen.largest.map(
            |Size { width, height }| {
                if turned { Size { width: height, height: width } } else { Size { width, height } }
            },
        );
    Ok(())
}
