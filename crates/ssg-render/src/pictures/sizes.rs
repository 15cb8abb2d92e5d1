//! Which files are made of a picture, and what they are called.

use super::process::VERSION;
use super::remembered::Look;
use ssg_parse::{PictureFormat, PictureOptions};
use ssg_source::{Digest, Digester};

/// Pictures that are narrower, in pixels, are left as they are: marks and icons.
const SMALLEST: u32 = 160;
/// The widest picture for programs that take one alone: feeds, and who shows links with a picture.
const ALONE: u32 = 1200;
/// Sides of squares, in pixels: small faces in lists and large ones on pages, for screens with several pixels to one.
const SQUARES: [u32; 4] = [96, 192, 384, 640];
/// Longest part of a name that is kept, in bytes: file systems take 255.
const LONGEST_STEM: usize = 180;

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
    /// It is the largest square around what is to stay in sight: per cent from the left and from the top.
    pub square: Option<(u8, u8)>,
}

/// What is made of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// All files of the whole picture, each once.
    pub files: Vec<Derived>,
    /// Squares, from the smallest, of an image that stands for a page.
    pub squares: Vec<Derived>,
    /// The one that is shown where none is chosen; the original without.
    pub alone: Option<Derived>,
}

impl Sizes {
    /// The files of a picture with these bytes, by their digest, and this name; `None` where it is left alone. `focus`
    /// is what stays in sight in squares; without, there are none.
    pub fn of(
        look: &Look,
        options: &PictureOptions,
        digest: Digest,
        name: &str,
        focus: Option<(u8, u8)>,
    ) -> Option<Self> {
        if look.width < SMALLEST || look.is_flat && look.is_png {
            return None;
        }
        let name = Name { stem: stem(name), name, digest, quality: options.quality };
        let derived = |width: u32, format: PictureFormat| {
            let height = (u64::from(look.height) * u64::from(width) + u64::from(look.width) / 2)
                / u64::from(look.width);
            let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
            Derived { name: name.of(width, format), width, height, format, square: None }
        };
        let widths = widths_of(look.width, &options.widths);
        let is_opaque = look.colour.is_some();
        let mut files = Vec::new();
        for format in &options.formats {
            // JPEG shows no transparent parts.
            if *format == PictureFormat::WebP || is_opaque {
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
        let squares = focus.map_or_else(Vec::new, |focus| {
            let sides = widths_of(look.width.min(look.height), &SQUARES);
            let square = |side: u32| Derived {
                name: name.of_square(side, focus),
                width: side,
                height: side,
                format: PictureFormat::WebP,
                square: Some(focus),
            };
            sides.into_iter().map(square).collect()
        });
        (!files.is_empty() || !squares.is_empty()).then_some(Self { files, squares, alone })
    }

    /// All files, in the order in which they are made.
    pub fn all(&self) -> impl Iterator<Item = &Derived> {
        self.files.iter().chain(&self.squares)
    }

    /// Those that browsers choose from in a format, from the narrowest. A JPEG that stands alone is no choice.
    pub fn choices(&self, format: PictureFormat, options: &PictureOptions) -> Vec<&Derived> {
        let is_offered = options.formats.contains(&format);
        self.files.iter().filter(|one| is_offered && one.format == format).collect()
    }
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
        };
        self.with(&width.to_string(), None, extension)
    }

    fn of_square(&self, side: u32, focus: (u8, u8)) -> String {
        self.with(&format!("{side}x{side}"), Some(focus), "webp")
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
    fn an_image_of_a_page_comes_in_squares_too() {
        let squares = |width, height, focus| {
            let options = PictureOptions::default();
            let sizes = Sizes::of(&look(width, height), &options, Digest::of_text("bytes"), "x.jpg", focus);
            sizes
                .expect("a photograph")
                .squares
                .into_iter()
                .map(|one| (one.width, one.name))
                .collect::<Vec<_>>()
        };
        let sides = |squares: &[(u32, String)]| squares.iter().map(|(side, _)| *side).collect::<Vec<_>>();
        assert_eq!(squares(4000, 3000, None), []);
        assert_eq!(sides(&squares(4000, 3000, Some((50, 50)))), [96, 192, 384, 640]);
        assert_eq!(sides(&squares(1000, 300, Some((50, 50)))), [96, 192, 300]);
        assert_ne!(squares(400, 300, Some((50, 50))), squares(400, 300, Some((50, 51))));
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
