//! Images that pages refer to: how large they are, and whether they can be shown at all.
//!
//! A reader's browser meets a truncated image, one that is named after another format, or one
//! whose pixels fill the memory long after the build. So every image of the site that a page refers
//! to is looked at, at the page's reference. Only headers are read and the structure is walked; no
//! pixel is decoded. `examine_start` is the judgement. Which image a
//! page means is found in `image_references`.

mod formats;
#[cfg(test)]
mod tests;

use formats::{Format, Stop};
use serde::Serialize;
use ssg_source::{Inputs, SitePath};
use std::fmt;

/// Largest width and height, in pixels.
const LONGEST_SIDE: u32 = 16_384;
/// Most pixels: about 400 MB in the memory of a browser.
const MOST_PIXELS: u64 = 100_000_000;
/// Bytes of an image that are read. Of a longer one the header is judged, not the end.
const MOST_READ: usize = 32 << 20;

/// Width and height in pixels, as a browser shows them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Size {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Why an image cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum Problem {
    /// The file ends before the image does.
    Truncated,
    /// The structure makes no sense.
    Broken(&'static str),
    /// It has no pixels: its width or height is 0.
    Empty(Size),
    /// It would fill a browser's memory.
    TooLarge(Size),
    /// The content is of another format than the extension says: the two names.
    OtherFormat { named: &'static str, is: &'static str, extension: &'static str },
    /// The content is no image of the format that the extension says.
    NoImage(&'static str),
    /// A large file's stand-in in a repository.
    LfsPointer,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => write!(f, "is cut short: the file ends before the image does"),
            Self::Broken(format) => write!(f, "is damaged: it begins as {format} and goes on otherwise"),
            Self::Empty(Size { width, height }) => {
                write!(f, "has no pixels: its size is {width} × {height}")
            }
            Self::TooLarge(Size { width, height }) => {
                write!(f, "is too large for a browser: {width} × {height} pixels")
            }
            Self::OtherFormat { named, is, .. } => write!(f, "is named as {named}, but its content is {is}"),
            Self::NoImage(format) => write!(f, "is named as {format}, but its content is no image"),
            Self::LfsPointer => write!(f, "is a pointer of Git LFS, not an image"),
        }
    }
}

impl Problem {
    /// What to do about it.
    pub(crate) fn hint(&self, source: &SitePath) -> String {
        match self {
            Self::Truncated | Self::Broken(_) | Self::Empty(_) => format!("export or copy `{source}` again"),
            Self::TooLarge(_) => format!(
                "make it at most {LONGEST_SIDE} pixels wide and high, and {} megapixels in all",
                MOST_PIXELS / 1_000_000
            ),
            Self::OtherFormat { extension, .. } => {
                format!("name it `{}.{extension}`, here and on disk", source.stem())
            }
            Self::NoImage(format) => format!("look into `{source}`, and save it as {format}"),
            Self::LfsPointer => "fetch the image with `git lfs pull`".to_owned(),
        }
    }
}

/// Judges an image by its name and its bytes; gives its size where that is known.
///
/// Names that are not those of PNG, JPEG, GIF, WebP, AVIF or SVG pass, with no size.
///
/// # Errors
/// With why a browser could not show it.
#[cfg(test)]
pub(crate) fn examine(name: &str, bytes: &[u8]) -> Result<Option<Size>, Problem> {
    let examined = examine_start(name, bytes, bytes.len() as u64)?;
    examined.other_format.map_or(Ok(examined.size), Err)
}

/// The judgement of the beginning of a file that has `length` bytes in all.
fn examine_start(name: &str, bytes: &[u8], length: u64) -> Judgement {
    let none = || Ok(Examined::default());
    let Some(named) = Format::of_name(name) else { return none() };
    let Some(is) = Format::of_content(bytes) else {
        return match named {
            // A text; what a browser makes of it is not known here.
            Format::Svg => none(),
            _ if named.may_begin_with(bytes) => Err(Problem::Truncated),
            _ if bytes.starts_with(b"version https://git-lfs") => Err(Problem::LfsPointer),
            _ => Err(Problem::NoImage(named.name())),
        };
    };
    let other = (is != named).then(|| Problem::OtherFormat {
        named: named.name(),
        is: is.name(),
        extension: is.extension(),
    });
    // What is served as a drawing is not looked into.
    if let Some(problem) = other.clone().filter(|_| named == Format::Svg) {
        return Err(problem);
    }
    let mut seen = formats::Seen::default();
    let walked = formats::walk(is, bytes, length, &mut seen);
    // A size that is too large is the graver fault: the rest of such a file does not matter.
    if let Some(size) = seen.largest.filter(|size| is_too_large(*size)) {
        return Err(Problem::TooLarge(size));
    }
    match walked {
        Ok(()) | Err(Stop::Unread) if is_empty(&seen) => Err(Problem::Empty(seen.shown.unwrap_or_default())),
        Ok(()) | Err(Stop::Unread) => {
            let size = seen.shown.filter(|size| size.width > 0 && size.height > 0);
            Ok(Examined { size, other_format: other })
        }
        Err(Stop::Truncated) => Err(Problem::Truncated),
        Err(Stop::Broken) => Err(Problem::Broken(is.name())),
    }
}

/// Whether nothing of an image can be seen. Pictures of a GIF may be larger than what it says of itself.
fn is_empty(seen: &formats::Seen) -> bool {
    let has_none = |size: Size| size.width == 0 || size.height == 0;
    seen.shown.is_some_and(has_none) && seen.largest.is_none_or(has_none)
}

fn is_too_large(size: Size) -> bool {
    size.width > LONGEST_SIDE
        || size.height > LONGEST_SIDE
        || u64::from(size.width) * u64::from(size.height) > MOST_PIXELS
}

/// The size of an image of these bytes, as its header says it.
#[cfg(feature = "pictures")]
pub(crate) fn size_of(bytes: &[u8]) -> Option<Size> {
    let mut seen = formats::Seen::default();
    // What is damaged further on has a size all the same.
    let _ = formats::walk(Format::of_content(bytes)?, bytes, bytes.len() as u64, &mut seen);
    seen.largest
}

/// Whether a file is an image by its name.
pub(crate) fn is_image(name: &str) -> bool {
    Format::of_name(name).is_some()
}

/// What is known of an image that can be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Examined {
    /// Where that is known.
    pub size: Option<Size>,
    /// It is named after another format, which browsers pass over.
    pub other_format: Option<Problem>,
}

/// What was found about an image.
pub(crate) type Judgement = Result<Examined, Problem>;

/// Judges an image of the site. The one place where images are read.
pub(crate) fn judge(inputs: &dyn Inputs, source: &SitePath) -> Judgement {
    if !is_image(source.file_name()) {
        return Ok(Examined::default());
    }
    match inputs.read_start(source, MOST_READ) {
        Ok((bytes, length)) => examine_start(source.file_name(), &bytes, length),
        // Copying it says so, where there is anything to say.
        Err(_) => Ok(Examined::default()),
    }
}
