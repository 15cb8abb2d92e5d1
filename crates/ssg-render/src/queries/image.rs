//! `image`: a picture of the site in the sizes in which a template shows it.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::facets::files::Image as Examined;
use crate::facets::picture::PictureAt;
use crate::links::href;
use crate::pictures::{self, Derived, Shape, Shown, share};
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
    crop: Option<Shape>,
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
        &["image(path=…, width=…, height=…, crop=…)"],
        "table",
        "a [picture](pictures.md#covers-portraits-and-other-images-of-pages) for the place that is so many pixels of CSS wide or high: `path`, `width` and `height` (null where they are not known), `large`, the path of the largest, `srcset` and `colour`, null where there are no other sizes; `crop`, which is `\"square\"` or `\"16:10\"`, takes the largest such part around `image_focus` of an image that stands for a page",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        let side = |name: &'static str| -> TeraResult<Option<u32>> {
            let Some(number) = arguments.number(name)? else { return Ok(None) };
            let side = u32::try_from(number).ok().filter(|side| (1..=20_000).contains(side));
            side.map(Some).ok_or_else(|| Error::message(format!("`{name}` must be 1 to 20000")))
        };
        let crop = match arguments.optional("crop")?.as_deref() {
            None => None,
            Some(name) => {
                let shape = Shape::ALL.into_iter().find(|shape| shape.name() == name);
                let what = || format!("`crop` is `square`, `16:10` or left out, not `{name}`");
                Some(shape.ok_or_else(|| Error::message(what()))?)
            }
        };
        Ok(Self { path: arguments.text("path")?, width: side("width")?, height: side("height")?, crop })
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
            let wanted = self.width.or_else(|| self.cropped());
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
        let alone = match sized.choices.last().filter(|one| one.part.is_some()) {
            Some(part) => pictures::beside(&self.path, &part.name),
            None => pictures::alone_path(&shown, &self.path),
        };
        // Of several formats that are as wide the first is meant; not every browser opens AVIF.
        let files = shown.sizes.files.iter().filter(|one| one.format != PictureFormat::Avif);
        let largest = files.rev().max_by_key(|one| one.width);
        let largest = largest.map(|one| pictures::beside(&self.path, &one.name));
        let largest = largest.unwrap_or_else(|| self.path.clone());
        let table = Table::new()
            .set("path", alone)
            .set("width", sized.width)
            .set("height", sized.height)
            .set("large", largest)
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
        let table = table.set("large", &*self.path);
        Answer::Value(table.set("srcset", Value::none()).set("colour", Value::none()).done())
    }

    /// The size at which it is shown, and what browsers choose from.
    fn sized<'s>(&self, shown: &'s Shown) -> Sized<'s> {
        let (wide, high) = (shown.look.width, shown.look.height);
        let (width, height, mut choices) = if let Some(shape) = self.crop {
            let width = self.width.or_else(|| self.cropped()).unwrap_or_else(|| shape.widest(wide, high));
            (width, shape.height(width), shown.sizes.parts_of(shape))
        } else {
            let width = self.width.or(self.height.map(|height| share(wide, height, high))).unwrap_or(wide);
            let choices = shown.sizes.choices(PictureFormat::WebP, &shown.options);
            (width, share(high, width, wide), choices)
        };
        // The narrowest that has enough for every screen is the last that is worth being named.
        let enough = choices.iter().position(|one| one.width >= width.saturating_mul(PIXELS));
        choices.truncate(enough.map_or(choices.len(), |last| last + 1));
        Sized { width, height, choices }
    }

    /// The width of a part that is as high as is wanted.
    fn cropped(&self) -> Option<u32> {
        let (across, down) = self.crop?.ratio();
        self.height.map(|height| share(height, across, down))
    }

    /// That it is shown larger than it is.
    fn upscaled(&self, (wide, high): (u32, u32), wanted: u32) -> Option<Diagnostic> {
        let has = self.crop.map_or(wide, |shape| shape.widest(wide, high));
        (wanted > has).then(|| {
            let message =
                format!("a template shows `{}` {} pixels wide, and it has {has}", self.path, wanted);
            Diagnostic::warning(codes::SMALL_PICTURE, message).hint("take a larger picture, or none")
        })
    }
}
