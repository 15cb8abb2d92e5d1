//! Icons of the site for tabs, bookmarks and screens of telephones, made of the files that `icon` names.
//!
//! A drawing (SVG) is published as it is. A picture (PNG) is written in the sizes that are asked for, as far as it has
//! pixels; this takes the cargo feature `pictures`. A file of the same name in `static/` goes before.

use crate::facets::config::IconSettings;
use crate::facets::files::Image as Examined;
use crate::facets::picture::PictureAt;
use crate::pictures::IS_THERE;
use crate::reads::Reads;
use serde::Serialize;
use ssg_source::SitePath;

/// A picture with a longer side, in pixels, is no icon.
pub(crate) const LARGEST: u32 = 4096;

/// An icon in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum Raster {
    /// For tabs and bookmarks.
    Tab,
    /// For the screens of Apple's devices, which ask for it by this name.
    Touch,
    /// For the screens of other telephones.
    Screen,
    /// For what they show while a site opens.
    Splash,
}

impl Raster {
    pub(crate) const ALL: [Self; 4] = [Self::Tab, Self::Touch, Self::Screen, Self::Splash];

    /// Side in pixels.
    pub(crate) fn side(self) -> u32 {
        match self {
            Self::Tab => 32,
            Self::Touch => 180,
            Self::Screen => 192,
            Self::Splash => 512,
        }
    }

    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Tab => "/favicon-32.png",
            Self::Touch => "/apple-touch-icon.png",
            Self::Screen => "/icon-192.png",
            Self::Splash => "/icon-512.png",
        }
    }
}

/// Path of the drawing.
pub(crate) const SVG: &str = "/favicon.svg";
/// Path of the file that tells telephones of the icons.
pub(crate) const MANIFEST: &str = "/site.webmanifest";

/// The icons that are published.
pub(crate) struct Icons {
    pub has_svg: bool,
    pub rasters: Vec<Raster>,
    pub has_manifest: bool,
}

/// The icons that are published. What is wrong with a file is told where icons are made of it.
pub(crate) fn published(reads: &Reads) -> Icons {
    let settings = reads.get::<IconSettings>(&());
    let own = |path: &str| reads.get::<PictureAt>(&path.into()).is_some();
    let svg = settings.as_ref().and_then(|settings| settings.svg.as_ref());
    let side = settings.as_ref().and_then(|settings| side_of(reads, &settings.png.as_ref()?.value));
    let is_made = |raster: &Raster| IS_THERE && side.is_some_and(|side| side >= raster.side());
    Icons {
        has_svg: svg.is_some() || own(SVG),
        rasters: Raster::ALL.into_iter().filter(|raster| is_made(raster) || own(raster.path())).collect(),
        has_manifest: settings.is_some_and(|settings| !settings.is_empty()) || own(MANIFEST),
    }
}

/// The side of the square in the middle of a picture, in pixels; `None` of one that cannot be an icon.
fn side_of(reads: &Reads, source: &SitePath) -> Option<u32> {
    let examined = reads.get::<Examined>(source)?;
    let size = examined.0.as_ref().as_ref().ok()?.size?;
    (size.width.max(size.height) <= LARGEST).then_some(size.width.min(size.height))
}
