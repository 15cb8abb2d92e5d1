//! Which files are made of a picture, and what they are called.

use super::process::VERSION;
use super::remembered::Look;
use ssg_parse::{PictureFormat, PictureOptions};
use ssg_source::{Digest, Digester};

/// Pictures that are narrower, in pixels, are left as they are: marks and icons.
const SMALLEST: u32 = 160;
/// The widest picture for programs that take one alone: feeds, and who shows links with a picture.
const ALONE: u32 = 1200;
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
}

/// What is made of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// All files, each once.
    pub files: Vec<Derived>,
    /// The one that is shown where none is chosen; the original without.
    pub alone: Option<Derived>,
}

impl Sizes {
    /// The files of a picture with these bytes, by their digest, and this name; `None` where it is left alone.
    pub fn of(look: &Look, options: &PictureOptions, digest: Digest, name: &str) -> Option<Self> {
        if look.width < SMALLEST || look.is_flat && look.is_png {
            return None;
        }
        let name = Name { stem: stem(name), name, digest, quality: options.quality };
        let derived = |width: u32, format: PictureFormat| {
            let height = (u64::from(look.height) * u64::from(width) + u64::from(look.width) / 2)
                / u64::from(look.width);
            let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
            Derived { name: name.of(width, format), width, height, format }
        };
        let widths = widths(look.width, &options.widths);
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
        (!files.is_empty()).then_some(Self { files, alone })
    }

    /// Those that browsers choose from in a format, from the narrowest. A JPEG that stands alone is no choice.
    pub fn choices(&self, format: PictureFormat, options: &PictureOptions) -> Vec<&Derived> {
        let is_offered = options.formats.contains(&format);
        self.files.iter().filter(|one| is_offered && one.format == format).collect()
    }
}

/// The widths that a picture is written in: those that it has pixels for, and its own where no larger one is wanted.
fn widths(own: u32, wanted: &[u32]) -> Vec<u32> {
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
        // With the whole name, or `a.jpg` and `a.png` of equal bytes would have files in common.
        let mut digest = Digester::new();
        digest.number(VERSION).digest(self.digest).number(self.quality).text(self.name);
        let digest = digest.done().to_string();
        format!("{}.{width}.{}.{extension}", self.stem, digest.get(..8).unwrap_or(&digest))
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
        let sizes = Sizes::of(look, options, Digest::of_text("bytes"), "a photo.jpg");
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
    fn names_tell_bytes_and_recipes_apart_and_are_never_too_long() {
        let name = |digest: &str, quality, name: &str| {
            let options = PictureOptions { quality, ..PictureOptions::default() };
            let sizes = Sizes::of(&look(500, 400), &options, Digest::of_text(digest), name);
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
