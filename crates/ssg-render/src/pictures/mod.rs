//! Photographs in the sizes that screens need.
//!
//! A picture of the site that lies beside a page or in `static/` is written in several widths
//! (`outputs/picture_sizes.rs`), and pages offer them to browsers (`markup.rs`). Which sizes there are follows from what
//! the picture looks like and from `[pictures]` alone (`sizes.rs`), so pages know their names without waiting for them.
//! Pixels are the business of `process.rs`; a program without the cargo feature `pictures` has
//! `process_disabled.rs` in its place, and copies all files as they are.
//!
//! What a picture looks like, and what was written of it, is remembered by the digest of its bytes and the recipe
//! ([`Pictures`]); that never decides what comes out.

mod frame;
mod markup;
#[cfg_attr(not(feature = "pictures"), path = "process_disabled.rs")]
mod process;
mod remembered;
mod room;
mod sizes;

pub(crate) use frame::{ARGUMENTS as FRAME_ARGUMENTS, Frame};
pub(crate) use markup::{Markup, alone_path, beside, colour, plain, write};
#[cfg(feature = "cards")]
pub(crate) use process::square;
use process::strip;
pub(crate) use process::{IS_THERE, icon};
pub(crate) use remembered::{Look, Made, Seen};
pub use remembered::{PictureLooks, PictureStore, Pictures};
pub(crate) use sizes::{Derived, Shape, Sizes, share};

use crate::images::Size;
use ssg_parse::{Config, Originals, PictureOptions};
use ssg_source::{Diagnostic, SitePath, codes};
use std::sync::Arc;

/// A file of more bytes is worth a warning.
pub(crate) const HEAVY: usize = 500_000;

/// Whether a file is a picture that is processed, by its name.
pub(crate) fn is_processed(name: &str) -> bool {
    ends_in(name, &["jpg", "jpeg", "png", "webp"])
}

/// Whether a name ends in one of these, in letters of any size.
fn ends_in(name: &str, ends: &[&str]) -> bool {
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    end.is_some_and(|end| ends.contains(&end.as_str()))
}

/// What else names of files end in that hold a picture in one of the formats whose metadata can be told; what is in a file
/// decides.
const OTHER_ENDS: [&str; 8] = ["gif", "apng", "jpe", "jif", "jfi", "jfif", "pjp", "pjpeg"];

/// Whether a file is published without its metadata, by its name: those that say a picture, and those that say nothing.
pub(crate) fn is_stripped(originals: Originals, name: &str) -> bool {
    let base = name.rsplit('/').next().unwrap_or(name);
    // Files of hosts have no ending either.
    let says_nothing = !base.contains('.') && !base.starts_with('_') && base != "CNAME";
    IS_THERE
        && originals == Originals::Strip
        && (is_processed(name) || ends_in(name, &OTHER_ENDS) || says_nothing)
}

/// The bytes of a file without the metadata of a picture; `None` where they may be published as they are.
///
/// # Errors
/// Where it is a picture that makes no sense, so that nobody knows what is in it.
pub(crate) fn without_metadata(
    source: &SitePath,
    bytes: &[u8],
) -> Result<Option<Arc<[u8]>>, Box<Diagnostic>> {
    strip(bytes).map(|stripped| stripped.map(Arc::from)).map_err(|why| {
        let message = format!("the image `{}` {why}, so its metadata cannot be removed", source.file_name());
        let hint = "export or copy it again, or set `originals = \"keep\"` under [pictures]";
        Box::new(Diagnostic::error(codes::IMAGE, message).in_file(source).hint(hint))
    })
}

/// Whether a file is written in other sizes.
pub(crate) fn has_sizes(config: &Config, name: &str) -> bool {
    IS_THERE && config.pictures.enabled && is_processed(name)
}

/// A picture that pages offer in several sizes.
pub(crate) struct Shown {
    pub look: Look,
    pub sizes: Sizes,
    pub options: PictureOptions,
}

impl Shown {
    /// In pixels, upright.
    pub fn size(&self) -> Size {
        Size { width: self.look.width, height: self.look.height }
    }
}
