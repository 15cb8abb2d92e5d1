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
pub(crate) use process::{IS_THERE, icon, strip};
pub(crate) use remembered::{Look, Made, Seen};
pub use remembered::{PictureLooks, PictureStore, Pictures};
pub(crate) use sizes::{Derived, Shape, Sizes, share};

use crate::images::Size;
use ssg_parse::{Config, Originals, PictureOptions};

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

/// Whether a file is published without its metadata.
pub(crate) fn is_stripped(config: &Config, name: &str) -> bool {
    IS_THERE
        && config.pictures.originals == Originals::Strip
        && (is_processed(name) || ends_in(name, &["gif"]))
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
