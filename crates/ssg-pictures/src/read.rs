//! From the bytes of a file to its pixels, within bounds.
//!
//! The size is looked at before memory is taken. A decoder reads from a slice, so it can neither wait nor read on; what it
//! cannot make sense of is an error.

use crate::exif::Orientation;
use crate::{LONGEST_SIDE, MOST_BYTES, MOST_PIXELS, Picture, Problem, colour};
use serde::{Deserialize, Serialize};
use std::io::Cursor;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// JPEG
    Jpeg,
    /// PNG
    Png,
    /// WebP
    WebP,
}

impl Format {
    /// By how the bytes begin; `None` for any other format.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::WebP)
        } else {
            None
        }
    }
}

/// Reads a picture: its first byte to its last pixel, turned upright, in sRGB.
///
/// # Errors
/// Where it is no such picture, is damaged, or is larger than [`MOST_PIXELS`], [`LONGEST_SIDE`] or [`MOST_BYTES`].
pub fn read(bytes: &[u8]) -> Result<Picture, Problem> {
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > MOST_BYTES {
        return Err(Problem::Long(length));
    }
    match Format::of(bytes) {
        Some(Format::Jpeg) => read_jpeg(bytes),
        Some(Format::Png) => read_png(bytes),
        Some(Format::WebP) => read_webp(bytes),
        None => Err(Problem::OtherFormat),
    }
}

fn check_size(width: usize, height: usize) -> Result<(u32, u32), Problem> {
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    let (width, height) = (side(width), side(height));
    let sides = 1..=LONGEST_SIDE;
    if sides.contains(&width)
        && sides.contains(&height)
        && u64::from(width) * u64::from(height) <= MOST_PIXELS
    {
        Ok((width, height))
    } else {
        Err(Problem::Size(width, height))
    }
}

fn broken(why: impl std::fmt::Display) -> Problem {
    Problem::Broken(why.to_string())
}

/// What is left to do with pixels that were decoded.
fn finish(mut picture: Picture, profile: Option<&[u8]>, exif: Option<&[u8]>) -> Picture {
    if let Some(profile) = profile {
        colour::to_srgb(&mut picture, profile);
    }
    picture.upright(exif.map_or(Orientation::Upright, Orientation::of_exif))
}

fn read_jpeg(bytes: &[u8]) -> Result<Picture, Problem> {
    // Without instructions that only some machines have: these round otherwise.
    let options = DecoderOptions::default()
        .set_use_unsafe(false)
        .set_strict_mode(false)
        .set_max_width(LONGEST_SIDE as usize)
        .set_max_height(LONGEST_SIDE as usize)
        .jpeg_set_max_scans(100)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(broken)?;
    let (width, height) = decoder.dimensions().ok_or_else(|| broken("it has no size"))?;
    let (width, height) = check_size(width, height)?;
    if matches!(decoder.input_colorspace(), Some(ColorSpace::CMYK | ColorSpace::YCCK)) {
        return Err(Problem::NotRead("a JPEG for print (CMYK)"));
    }
    let pixels = decoder.decode().map_err(broken)?;
    let (profile, exif) = (decoder.icc_profile(), decoder.exif().cloned());
    let picture = Picture::new(width, height, pixels, false)?;
    Ok(finish(picture, profile.as_deref(), exif.as_deref()))
}

fn read_png(bytes: &[u8]) -> Result<Picture, Problem> {
    let limits = png::Limits { bytes: 64 << 20 };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(broken)?;
    let info = reader.info();
    if info.animation_control.is_some() {
        return Err(Problem::NotRead("an animated PNG"));
    }
    let (width, height) = check_size(info.width as usize, info.height as usize)?;
    let (profile, exif) = (info.icc_profile.clone(), info.exif_metadata.clone());
    let size = reader.output_buffer_size().ok_or(Problem::Size(width, height))?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(broken)?;
    pixels.truncate(frame.buffer_size());
    let (pixels, has_alpha) = match frame.color_type {
        png::ColorType::Rgb => (pixels, false),
        png::ColorType::Rgba => (pixels, true),
        png::ColorType::Grayscale => (pixels.iter().flat_map(|grey| [*grey; 3]).collect(), false),
        png::ColorType::GrayscaleAlpha => {
            let pixels = pixels.chunks_exact(2).flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]]);
            (pixels.collect(), true)
        }
        png::ColorType::Indexed => return Err(broken("its palette was not read")),
    };
    // An eXIf chunk after the pixels is found once they are read.
    let exif = exif.or_else(|| reader.info().exif_metadata.clone());
    let picture = Picture::new(width, height, pixels, has_alpha)?;
    Ok(finish(picture, profile.as_deref(), exif.as_deref()))
}

fn read_webp(bytes: &[u8]) -> Result<Picture, Problem> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(broken)?;
    if decoder.is_animated() {
        return Err(Problem::NotRead("an animated WebP"));
    }
    let (width, height) = decoder.dimensions();
    let (width, height) = check_size(width as usize, height as usize)?;
    decoder.set_memory_limit(64 << 20);
    let profile = decoder.icc_profile().map_err(broken)?;
    let exif = decoder.exif_metadata().map_err(broken)?;
    let size = decoder.output_buffer_size().ok_or(Problem::Size(width, height))?;
    let mut pixels = vec![0; size];
    decoder.read_image(&mut pixels).map_err(broken)?;
    let picture = Picture::new(width, height, pixels, decoder.has_alpha())?;
    Ok(finish(picture, profile.as_deref(), exif.as_deref()))
}

#[cfg(test)]
mod tests;
