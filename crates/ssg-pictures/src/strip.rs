//! Takes metadata out of a file without touching its pixels.
//!
//! EXIF (with places and serial numbers), XMP, IPTC, comments, previews and whatever follows the picture go. What says how
//! the picture looks stays: the colour profile, and how the camera was held, which is written anew and alone. What is kept
//! is listed; whatever else there is, known or not, goes.

mod gif;
mod jpeg;
mod png;
mod webp;

use crate::{Format, Problem};

/// A JPEG, PNG, WebP or GIF without metadata; `None` where it has none, and the file may be copied as it is.
///
/// # Errors
/// Where it is no such file, or its structure makes no sense, so that nobody knows what is in it.
pub fn strip(bytes: &[u8]) -> Result<Option<Vec<u8>>, Problem> {
    let stripped = match Format::of(bytes) {
        Some(Format::Jpeg) => jpeg::strip(bytes),
        Some(Format::Png) => png::strip(bytes),
        Some(Format::WebP) => webp::strip(bytes),
        None if gif::is_gif(bytes) => gif::strip(bytes),
        None => return Err(Problem::OtherFormat),
    };
    let stripped =
        stripped.ok_or_else(|| Problem::Broken("its parts are longer than the file".to_owned()))?;
    Ok((stripped != bytes).then_some(stripped))
}

#[cfg(test)]
mod tests;
