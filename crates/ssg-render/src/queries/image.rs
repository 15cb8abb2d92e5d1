//! `image`: a picture of the site in the sizes in which a template shows it.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::facets::files::Image as Examined;
use crate::facets::picture::PictureAt;
use crate::links::href;
use crate::pictures::{self, Derived, Shown};
use crate::reads::Reads;
use crate::shown::shown;
use crate::snapshot::SiteSnapshot;
use crate::table::Table;
use serde::{Deserialize, Serialize};
use ssg_parse::PictureFormat;
use ssg_source::{Diagnostic, codes};
use tera::{Error, TeraResult, Value};

/// Screens have up to so many pixels to one of CSS.
const PIXELS: u32 = 3;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Image {
    path: String,
    width: Option<u32>,
    height: Option<u32>,
    square: bool,
}

/// A picture as it is shown.
struct Sized<'s> {
    /// In pixels of CSS.
    width: u32,
    height: u32,
    choices: Vec<&'s Derived>,
}

impl Function for Image {
    const NAME: &'static str = "image";
    const ARGUMENTS: &'static [&'static str] = &["path", "width", "height", "crop"];
    const HAS_LANG: bool = false;
    const ROWS: &'static [Entry] = &[entry(
        &["image(path=…, width=…, height=…, crop=\"square\")"],
        "table",
        "a [picture](pictures.md#portraits-and-other-images-of-pages) for the place that is so many pixels of CSS wide or high: `path`, `width` and `height` (null where they are not known), `srcset` and `colour`, null where there are no other sizes; `crop` takes the square around `image_focus` of an image that stands for a page",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        let side = |name: &'static str| -> TeraResult<Option<u32>> {
            let Some(number) = arguments.number(name)? else { return Ok(None) };
            let side = u32::try_from(number).ok().filter(|side| (1..=20_000).contains(side));
            side.map(Some).ok_or_else(|| Error::message(format!("`{name}` must be 1 to 20000")))
        };
        let square = match arguments.optional("crop")?.as_deref() {
            None => false,
            Some("square") => true,
            Some(other) => {
                return Err(Error::message(format!("`crop` is `square` or left out, not `{other}`")));
            }
        };
        Ok(Self { path: arguments.text("path")?, width: side("width")?, height: side("height")?, square })
    }

    fn find(&self, reads: &Reads) -> Found {
        let Some(at) = reads.get::<PictureAt>(&self.path.as_str().into()) else {
            return Ok(self.plain(None));
        };
        // What is wrong with it is told where a header or a text names it.
        let Ok(Some(shown)) = shown(reads, &at.source, at.focus) else {
            let examined = reads.get::<Examined>(&at.source);
            let size = examined.and_then(|image| image.0.as_ref().as_ref().ok()?.size);
            let size = size.map(|size| (size.width, size.height));
            let wanted = self.width.or(self.height.filter(|_| self.square));
            if let Some(problem) = size.zip(wanted).and_then(|(size, wanted)| self.upscaled(size, wanted)) {
                reads.report(problem.in_file(&at.source));
            }
            return Ok(self.plain(size));
        };
        let sized = self.sized(&shown);
        if let Some(problem) = self.upscaled((shown.look.width, shown.look.height), sized.width) {
            reads.report(problem.in_file(&at.source));
        }
        let set = |one: &&Derived| {
            let path = pictures::beside(&self.path, &one.name);
            format!("{} {}w", href(reads, &path), one.width)
        };
        let srcset = sized.choices.iter().map(set).collect::<Vec<_>>().join(", ");
        let alone = match sized.choices.last().filter(|one| one.square.is_some()) {
            Some(square) => pictures::beside(&self.path, &square.name),
            None => pictures::alone_path(&shown, &self.path),
        };
        let table = Table::new()
            .set("path", alone)
            .set("width", sized.width)
            .set("height", sized.height)
            .set("srcset", Some(srcset).filter(|set| !set.is_empty()))
            .set("colour", pictures::colour(&shown));
        Ok(Answer::Value(table.done()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("the picture {} and its sizes", self.path)
    }
}

impl Image {
    /// An image that comes in no other size.
    fn plain(&self, size: Option<(u32, u32)>) -> Answer {
        let (width, height) = size.unzip();
        let table = Table::new().set("path", &*self.path).set("width", width).set("height", height);
        Answer::Value(table.set("srcset", Value::none()).set("colour", Value::none()).done())
    }

    /// The size at which it is shown, and what browsers choose from.
    fn sized<'s>(&self, shown: &'s Shown) -> Sized<'s> {
        let (wide, high) = (shown.look.width, shown.look.height);
        let part = |side: u32, of: u32, whole: u32| {
            let part = (u64::from(side) * u64::from(of) + u64::from(whole) / 2) / u64::from(whole.max(1));
            u32::try_from(part).unwrap_or(u32::MAX).max(1)
        };
        let (width, height, mut choices) = if self.square {
            let side = self.width.or(self.height).unwrap_or(wide.min(high));
            (side, side, shown.sizes.squares.iter().collect())
        } else {
            let width = self.width.or(self.height.map(|height| part(wide, height, high))).unwrap_or(wide);
            let choices = shown.sizes.choices(PictureFormat::WebP, &shown.options);
            (width, part(high, width, wide), choices)
        };
        // The narrowest that has enough for every screen is the last that is worth being named.
        let enough = choices.iter().position(|one| one.width >= width.saturating_mul(PIXELS));
        choices.truncate(enough.map_or(choices.len(), |last| last + 1));
        Sized { width, height, choices }
    }

    /// That it is shown larger than it is.
    fn upscaled(&self, (wide, high): (u32, u32), wanted: u32) -> Option<Diagnostic> {
        let has = if self.square { wide.min(high) } else { wide };
        (wanted > has).then(|| {
            let message =
                format!("a template shows `{}` {} pixels wide, and it has {has}", self.path, wanted);
            Diagnostic::warning(codes::SMALL_PICTURE, message).hint("take a larger picture, or none")
        })
    }
}
