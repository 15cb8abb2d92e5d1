//! Which files are made of a picture, and what they are called.

use super::process::VERSION;
use super::remembered::Look;
use serde::{Deserialize, Serialize};
use ssg_parse::{PictureFormat, PictureOptions};
use ssg_source::{Digest, Digester};

/// Pictures that are narrower, in pixels, are left as they are: marks and icons.
const SMALLEST: u32 = 160;
/// The widest picture for programs that take one alone: feeds, and who shows links with a picture.
const ALONE: u32 = 1200;
/// Longest part of a name that is kept, in bytes: file systems take 255.
const LONGEST_STEM: usize = 180;

/// What an image that stands for a page is cropped to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Shape {
    /// Faces, small in lists and large on pages.
    Square,
    /// Covers in lists and at the head of pages.
    Cover,
}

impl Shape {
    pub(crate) const ALL: [Self; 2] = [Self::Square, Self::Cover];

    /// What templates call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Square => "square",
            Self::Cover => "16:10",
        }
    }

    /// So many wide to so many high.
    pub(crate) fn ratio(self) -> (u32, u32) {
        match self {
            Self::Square => (1, 1),
            Self::Cover => (16, 10),
        }
    }

    /// Widths that it is written in, in pixels, for screens with several pixels to one.
    fn widths(self) -> &'static [u32] {
        match self {
            Self::Square => &[96, 192, 384, 640],
            Self::Cover => &[240, 480, 800, 1240],
        }
    }

    /// The width of the largest part of this shape in a picture of a size, in pixels.
    pub(crate) fn widest(self, width: u32, height: u32) -> u32 {
        let (across, down) = self.ratio();
        let by_height = u64::from(height) * u64::from(across) / u64::from(down);
        u32::try_from(by_height).unwrap_or(u32::MAX).min(width).max(1)
    }

    /// The height that belongs to a width, in pixels.
    pub(crate) fn height(self, width: u32) -> u32 {
        let (across, down) = self.ratio();
        share(width, down, across)
    }
}

/// So many of so many parts of a side, rounded, and at least 1.
pub(crate) fn share(side: u32, of: u32, whole: u32) -> u32 {
    let part = (u64::from(side) * u64::from(of) + u64::from(whole) / 2) / u64::from(whole.max(1));
    u32::try_from(part).unwrap_or(u32::MAX).max(1)
}

/// A part of a picture that an image of a page is cropped to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Part {
    /// It is the largest part of this shape.
    pub shape: Shape,
    /// Around what is to stay in sight: per cent from the left and from the top.
    pub focus: (u8, u8),
}

/// A file that is made of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Derived {
    /// Name of the file, which lies beside the original.
    pub name: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    pub format: PictureFormat,
    /// What of the picture it shows; without, all.
    pub part: Option<Part>,
}

/// What is made of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// All files of the whole picture, each once.
    pub files: Vec<Derived>,
    /// Parts of each shape, from the smallest, of an image that stands for a page.
    pub parts: Vec<Derived>,
    /// The one that is shown where none is chosen; the original without.
    pub alone: Option<Derived>,
}

impl Sizes {
    /// The files of a picture with these bytes, by their digest, and this name; `None` where it is left alone. `focus`
    /// is what stays in sight in parts of the picture; without, there are none. A drawing comes in parts alone.
    pub fn of(
        look: &Look,
        options: &PictureOptions,
        digest: Digest,
        name: &str,
        focus: Option<(u8, u8)>,
    ) -> Option<Self> {
        if look.width < SMALLEST {
            return None;
        }
        let name = Name { stem: stem(name), name, digest, quality: options.quality };
        let (files, alone) =
            if look.is_flat && look.is_png { Default::default() } else { whole(look, options, &name) };
        let parts = focus.map_or_else(Vec::new, |focus| parts(look, &name, focus));
        (!files.is_empty() || !parts.is_empty()).then_some(Self { files, parts, alone })
    }

    /// All files, in the order in which they are made.
    pub fn all(&self) -> impl Iterator<Item = &Derived> {
        self.files.iter().chain(&self.parts)
    }

    /// Parts of a shape, from the smallest.
    pub fn parts_of(&self, shape: Shape) -> Vec<&Derived> {
        self.parts.iter().filter(|one| one.part.is_some_and(|part| part.shape == shape)).collect()
    }

    /// Those that browsers choose from in a format, from the narrowest. A JPEG that stands alone is no choice.
    pub fn choices(&self, format: PictureFormat, options: &PictureOptions) -> Vec<&Derived> {
        let is_offered = options.formats.contains(&format);
        self.files.iter().filter(|one| is_offered && one.format == format).collect()
    }
}

/// The files of the whole picture, and the one that is shown where none is chosen.
fn whole(look: &Look, options: &PictureOptions, name: &Name<'_>) -> (Vec<Derived>, Option<Derived>) {
    let derived = |width: u32, format: PictureFormat| {
        let height = share(look.height, width, look.width);
        Derived { name: name.of(width, format), width, height, format, part: None }
    };
    let widths = widths_of(look.width, &options.widths);
    let is_opaque = look.colour.is_some();
    let mut files = Vec::new();
    for format in &options.formats {
        // JPEG shows no transparent parts.
        if *format != PictureFormat::Jpeg || is_opaque {
            files.extend(widths.iter().map(|width| derived(*width, *format)));
        }
    }
    let alone = widths.iter().copied().filter(|width| *width <= ALONE).max().or(widths.first().copied());
    // What can be seen through, and a small JPEG, is shown as it is.
    let is_original = !is_opaque || look.is_jpeg && look.width <= ALONE;
    let alone = alone.filter(|_| !is_original).map(|width| derived(width, PictureFormat::Jpeg));
    if let Some(alone) = alone.iter().find(|alone| !files.contains(alone)) {
        files.push(alone.clone());
    }
    (files, alone)
}

/// The parts of an image that stands for a page.
fn parts(look: &Look, name: &Name<'_>, focus: (u8, u8)) -> Vec<Derived> {
    let of_shape = |shape: Shape| {
        let widths = widths_of(shape.widest(look.width, look.height), shape.widths());
        let part = Part { shape, focus };
        widths.into_iter().map(move |width| {
            let height = shape.height(width);
            let name = name.of_part(width, height, part);
            Derived { name, width, height, format: PictureFormat::WebP, part: Some(part) }
        })
    };
    Shape::ALL.into_iter().flat_map(of_shape).collect()
}

/// The widths that a picture is written in: those that it has pixels for, and its own where no larger one is wanted.
fn widths_of(own: u32, wanted: &[u32]) -> Vec<u32> {
    let mut widths: Vec<u32> = wanted.iter().copied().filter(|width| *width < own).collect();
    if wanted.iter().any(|width| *width >= own) {
        widths.push(own);
    }
    widths
}

struct Name<'a> {
    stem: &'a str,
    name: &'a str,
    digest: Digest,
    quality: u8,
}

impl Name<'_> {
    fn of(&self, width: u32, format: PictureFormat) -> String {
        let extension = match format {
            PictureFormat::WebP => "webp",
            PictureFormat::Jpeg => "jpg",
            PictureFormat::Avif => "avif",
        };
        self.with(&width.to_string(), None, extension)
    }

    fn of_part(&self, width: u32, height: u32, part: Part) -> String {
        self.with(&format!("{width}x{height}"), Some(part.focus), "webp")
    }

    fn with(&self, size: &str, focus: Option<(u8, u8)>, extension: &str) -> String {
        // With the whole name, or `a.jpg` and `a.png` of equal bytes would have files in common.
        let mut digest = Digester::new();
        digest.number(VERSION).digest(self.digest).number(self.quality).text(self.name).value(&focus);
        let digest = digest.done().to_string();
        format!("{}.{size}.{}.{extension}", self.stem, digest.get(..8).unwrap_or(&digest))
    }
}

fn stem(name: &str) -> &str {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut end = stem.len().min(LONGEST_STEM);
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    &stem[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(width: u32, height: u32) -> Look {
        Look { width, height, colour: Some([1, 2, 3]), is_flat: false, is_png: false, is_jpeg: true }
    }

    fn names(look: &Look, options: &PictureOptions) -> Vec<String> {
        let sizes = Sizes::of(look, options, Digest::of_text("bytes"), "a photo.jpg", None);
        let files = sizes.map_or_else(Vec::new, |sizes| sizes.files);
        let short = |one: &Derived| {
            let mut parts: Vec<&str> = one.name.split('.').collect();
            assert_eq!((parts.len(), parts.remove(2).len()), (4, 8), "{}", one.name);
            format!("{} {}x{}", parts.join("."), one.width, one.height)
        };
        files.iter().map(short).collect()
    }

    #[test]
    fn a_photograph_is_written_in_widths_that_it_has_pixels_for() {
        let options = PictureOptions::default();
        assert_eq!(
            names(&look(4000, 3000), &options),
            [
                "a photo.480.webp 480x360",
                "a photo.800.webp 800x600",
                "a photo.1200.webp 1200x900",
                "a photo.1600.webp 1600x1200",
                "a photo.1200.jpg 1200x900"
            ]
        );
        assert_eq!(
            names(&look(600, 601), &options),
            ["a photo.480.webp 480x481", "a photo.600.webp 600x601"]
        );
        assert_eq!(names(&look(300, 10), &options), ["a photo.300.webp 300x10"]);
        assert_eq!(names(&look(SMALLEST - 1, 2000), &options), Vec::<String>::new());
    }

    #[test]
    fn drawings_stay_and_what_can_be_seen_through_is_no_jpeg() {
        let options = PictureOptions { formats: vec![PictureFormat::Jpeg], ..PictureOptions::default() };
        let png = Look { is_png: true, is_jpeg: false, ..look(500, 400) };
        assert_eq!(names(&png, &options), ["a photo.480.jpg 480x384", "a photo.500.jpg 500x400"]);
        assert_eq!(names(&Look { is_flat: true, ..png.clone() }, &options), Vec::<String>::new());
        assert_eq!(names(&Look { colour: None, ..png }, &options), Vec::<String>::new());
    }

    #[test]
    fn an_image_of_a_page_comes_in_squares_and_covers_too() {
        let parts = |look: &Look, focus| {
            let options = PictureOptions::default();
            let sizes = Sizes::of(look, &options, Digest::of_text("bytes"), "x.jpg", focus);
            let parts = sizes.map_or_else(Vec::new, |sizes| sizes.parts);
            parts.into_iter().map(|one| (one.width, one.height, one.name)).collect::<Vec<_>>()
        };
        let sides = |look: &Look| {
            let parts = parts(look, Some((50, 50)));
            parts.iter().map(|(width, height, _)| (*width, *height)).collect::<Vec<_>>()
        };
        assert_eq!(parts(&look(4000, 3000), None), []);
        let squares = [(96, 96), (192, 192), (384, 384), (640, 640)];
        let covers = [(240, 150), (480, 300), (800, 500), (1240, 775)];
        assert_eq!(sides(&look(4000, 3000)), [squares, covers].concat());
        assert_eq!(sides(&look(1000, 300)), [(96, 96), (192, 192), (300, 300), (240, 150), (480, 300)]);
        assert_ne!(parts(&look(400, 300), Some((50, 50))), parts(&look(400, 300), Some((50, 51))));
        // A drawing is shown whole as it is, and small beside words.
        let drawing = Look { is_png: true, is_jpeg: false, is_flat: true, ..look(400, 300) };
        assert_eq!(sides(&drawing).len(), 5);
        let sizes =
            Sizes::of(&drawing, &PictureOptions::default(), Digest::of_text("x"), "x.png", Some((0, 0)));
        assert!(sizes.is_some_and(|sizes| sizes.files.is_empty() && sizes.alone.is_none()));
    }

    #[test]
    fn names_tell_bytes_and_recipes_apart_and_are_never_too_long() {
        let name = |digest: &str, quality, name: &str| {
            let options = PictureOptions { quality, ..PictureOptions::default() };
            let sizes = Sizes::of(&look(500, 400), &options, Digest::of_text(digest), name, None);
            sizes.expect("a photograph").files[0].name.clone()
        };
        let one = name("a", 80, "x.jpg");
        assert_eq!(one, name("a", 80, "x.jpg"));
        for other in [name("b", 80, "x.jpg"), name("a", 81, "x.jpg"), name("a", 80, "x.jpeg")] {
            assert_ne!(one, other);
        }
        assert!(name("a", 80, &format!("{}.jpg", "ü".repeat(120))).len() < 210);
    }
}
