//! From the bytes of pictures to pixels and back, by `ssg-pictures`.

use super::remembered::{Look, Seen};
use super::sizes::Derived;
use crate::images;
use ssg_parse::PictureFormat;
use ssg_pictures::{Crop, Encoding, Format, Picture, Problem};

/// Whether this program can process pictures.
pub(crate) const IS_THERE: bool = true;
/// Changes with what is made of the same picture.
pub(super) const VERSION: u32 = ssg_pictures::VERSION;

/// A picture in memory.
pub(super) struct Decoded {
    picture: Picture,
    format: Option<Format>,
}

/// Reads a picture.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Seen> {
    match ssg_pictures::read(bytes) {
        Ok(picture) => Ok(Decoded { picture, format: Format::of(bytes) }),
        Err(Problem::OtherFormat | Problem::NotRead(_)) => Err(Seen::LeftAlone),
        Err(problem) => Err(Seen::Broken(problem.to_string())),
    }
}

/// How many pixels a picture has, as its header says; of one that cannot be told, as many as are ever read.
pub(super) fn pixels(bytes: &[u8]) -> u64 {
    let size = images::size_of(bytes);
    size.map_or(ssg_pictures::MOST_PIXELS, |size| u64::from(size.width) * u64::from(size.height))
}

impl Decoded {
    pub(super) fn look(&self) -> Look {
        let ssg_pictures::Look { width, height, colour, is_flat } = ssg_pictures::Look::at(&self.picture);
        let (is_png, is_jpeg) = (self.format == Some(Format::Png), self.format == Some(Format::Jpeg));
        Look { width, height, colour, is_flat, is_png, is_jpeg }
    }

    pub(super) fn encode(&self, derived: &Derived, quality: u8) -> Result<Vec<u8>, String> {
        let encoding = match derived.format {
            PictureFormat::WebP => Encoding::WebP,
            PictureFormat::Jpeg => Encoding::Jpeg,
            PictureFormat::Avif => Encoding::Avif,
        };
        let is_own = (derived.width, derived.height) == (self.picture.width(), self.picture.height());
        let encoded = if is_own {
            self.picture.encoded(encoding, quality)
        } else {
            let crop = derived.part.map(|part| Crop { ratio: part.shape.ratio(), focus: part.focus });
            let scaled = self.picture.resized(derived.width, derived.height, crop);
            scaled.and_then(|scaled| scaled.encoded(encoding, quality))
        };
        encoded.map_err(|problem| problem.to_string())
    }
}

/// The square in the middle of a picture as PNG with this side, in pixels; `None` where it has fewer.
///
/// # Errors
/// With what is wrong with it.
pub(crate) fn icon(bytes: &[u8], side: u32) -> Result<Option<Vec<u8>>, String> {
    square(bytes, side, (50, 50))
}

/// As [`icon`], with the square as near to a place in per cent from the left and from the top as may be.
///
/// # Errors
/// With what is wrong with the picture.
pub(crate) fn square(bytes: &[u8], side: u32, focus: (u8, u8)) -> Result<Option<Vec<u8>>, String> {
    let picture = ssg_pictures::read(bytes).map_err(|problem| problem.to_string())?;
    if picture.width().min(picture.height()) < side {
        return Ok(None);
    }
    let scaled = picture.resized(side, side, Some(Crop { ratio: (1, 1), focus }));
    let png = scaled.and_then(|scaled| scaled.encoded(Encoding::Png, 100));
    png.map(Some).map_err(|problem| problem.to_string())
}

/// The bytes of a picture without metadata; `None` where they may be copied as they are.
///
/// # Errors
/// Where the file makes no sense, so that nobody knows what is in it.
pub(crate) fn strip(bytes: &[u8]) -> Result<Option<Vec<u8>>, String> {
    match ssg_pictures::strip(bytes) {
        Ok(stripped) => Ok(stripped),
        // Whatever it is, it is no picture.
        Err(Problem::OtherFormat) => Ok(None),
        Err(problem) => Err(problem.to_string()),
    }
}
