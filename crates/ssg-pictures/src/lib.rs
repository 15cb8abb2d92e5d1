//! Photographs for screens: bytes and a recipe in, bytes out.
//!
//! [`read`] decodes a JPEG, PNG or WebP within bounds, turns it upright as its EXIF data says, and converts its
//! colours to sRGB. A [`Picture`] is cropped, scaled and written as WebP or JPEG. [`strip`] takes metadata out of a file
//! and leaves its pixels as they are.
//!
//! Nothing here knows sites, files or names. The same bytes and the same recipe give the same bytes: decoding and scaling
//! are done in integers, JPEG is read and written without instructions that only some machines have, and the tests
//! hold digests of what is written.

// A test tells the library that scales to use no extensions of the processor.
#![cfg_attr(not(test), forbid(unsafe_code))]
#![cfg_attr(test, allow(clippy::cast_possible_truncation, reason = "numbers of tests are small"))]

mod colour;
mod encode;
mod exif;
mod look;
mod picture;
mod read;
mod strip;

pub use encode::Encoding;
pub use look::Look;
pub use picture::{Crop, Picture};
pub use read::{Format, read};
pub use strip::strip;

use std::fmt;

/// Changes whenever another program would give other bytes for the same recipe: whoever remembers results takes it into
/// the name.
pub const VERSION: u32 = 1;
/// Largest width and height that is read, in pixels.
pub const LONGEST_SIDE: u32 = 16_383;
/// Most pixels that are read: 300 MB of memory, or 400 MB where some are transparent.
pub const MOST_PIXELS: u64 = 100_000_000;
/// Longest file that is read, in bytes.
pub const MOST_BYTES: u64 = 256 << 20;

/// Why a picture cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is in none of the formats that are read.
    OtherFormat,
    /// It is more than one picture (APNG, animated WebP), or its pixels are of a kind that is not read (CMYK).
    NotRead(&'static str),
    /// This program cannot write the format.
    NotWritten(&'static str),
    /// It has no pixels, or more than are read: width and height.
    Size(u32, u32),
    /// The file is longer than what is read, in bytes.
    Long(u64),
    /// The structure makes no sense, in the decoder's words.
    Broken(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherFormat => write!(f, "is no JPEG, PNG or WebP"),
            Self::NotRead(what) => write!(f, "is {what}, which is not read"),
            Self::NotWritten(what) => write!(f, "cannot be written as {what} by this program"),
            Self::Size(width, height) => {
                write!(f, "has {width} × {height} pixels; read are 1 to {LONGEST_SIDE} on each side, and ")?;
                write!(f, "{} million in all", MOST_PIXELS / 1_000_000)
            }
            Self::Long(length) => write!(f, "has {length} bytes; read are up to {MOST_BYTES}"),
            Self::Broken(why) => write!(f, "is damaged: {why}"),
        }
    }
}

impl std::error::Error for Problem {}
