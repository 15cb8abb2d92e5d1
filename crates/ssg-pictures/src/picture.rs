//! Pixels in memory: turned, cropped, scaled.

use crate::Problem;
use crate::exif::Orientation;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::pixels::{U8x3, U8x4};
use fast_image_resize::{
    FilterType, IntoImageView as _, IntoImageViewMut as _, PixelTrait, PixelType, ResizeAlg, ResizeError,
    ResizeOptions, Resizer,
};

/// A picture in sRGB, upright, with 8 bits a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    /// Rows from the top, without gaps: red, green, blue, and alpha where there is any.
    pixels: Vec<u8>,
    has_alpha: bool,
}

/// A part of a picture with given proportions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crop {
    /// Proportions: so many wide to so many high, not 0.
    pub ratio: (u32, u32),
    /// What is to stay in sight: per cent from the left and from the top.
    pub focus: (u8, u8),
}

impl Crop {
    /// The largest part of these proportions in a picture of a size, as near to the focus as may be: left, top, width
    /// and height in pixels.
    #[must_use]
    pub fn of(self, width: u32, height: u32) -> (u32, u32, u32, u32) {
        let (across, down) = (u64::from(self.ratio.0.max(1)), u64::from(self.ratio.1.max(1)));
        let (wide, high) = (u64::from(width), u64::from(height));
        let (new_wide, new_high) = if wide * down > high * across {
            ((high * across / down).max(1), high)
        } else {
            (wide, (wide * down / across).max(1))
        };
        let offset = |side: u64, part: u64, focus: u8| {
            let middle = side * u64::from(focus.min(100)) / 100;
            middle.saturating_sub(part / 2).min(side - part)
        };
        let (left, top) = (offset(wide, new_wide, self.focus.0), offset(high, new_high, self.focus.1));
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        (small(left), small(top), small(new_wide), small(new_high))
    }
}

impl Picture {
    /// A picture of pixels in rows from the top: RGB, or RGBA where `has_alpha`. Alpha that hides nothing is dropped.
    ///
    /// # Errors
    /// Where there are not as many bytes as pixels need.
    pub fn new(width: u32, height: u32, mut pixels: Vec<u8>, has_alpha: bool) -> Result<Self, Problem> {
        let channels = if has_alpha { 4 } else { 3 };
        let wanted = u64::from(width) * u64::from(height) * channels;
        if wanted == 0 || u64::try_from(pixels.len()) != Ok(wanted) {
            return Err(Problem::Broken("there are more or fewer pixels than its size says".to_owned()));
        }
        let is_opaque = has_alpha && pixels.iter().skip(3).step_by(4).all(|alpha| *alpha == 255);
        if is_opaque {
            pixels = pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        }
        Ok(Self { width, height, pixels, has_alpha: has_alpha && !is_opaque })
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.width
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.height
    }

    /// Whether anything can be seen through it.
    #[must_use]
    pub fn has_alpha(&self) -> bool {
        self.has_alpha
    }

    /// Rows from the top: red, green, blue, and alpha where it has any.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// How many bytes a pixel has.
    pub(crate) fn channels(&self) -> usize {
        if self.has_alpha { 4 } else { 3 }
    }

    pub(crate) fn pixels_mut(&mut self) -> &mut [u8] {
        &mut self.pixels
    }

    /// The picture as it was seen, where its pixels lie otherwise.
    pub(crate) fn upright(self, orientation: Orientation) -> Self {
        if orientation == Orientation::Upright {
            return self;
        }
        let (wide, high) = (self.width as usize, self.height as usize);
        let (new_wide, new_high) = if orientation.swaps_sides() { (high, wide) } else { (wide, high) };
        let channels = self.channels();
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..new_high {
            for x in 0..new_wide {
                let (from_x, from_y) = match orientation {
                    Orientation::Upright => (x, y),
                    Orientation::Mirrored => (wide - 1 - x, y),
                    Orientation::HalfTurned => (wide - 1 - x, high - 1 - y),
                    Orientation::Flipped => (x, high - 1 - y),
                    Orientation::Transposed => (y, x),
                    Orientation::QuarterRight => (y, high - 1 - x),
                    Orientation::Transversed => (wide - 1 - y, high - 1 - x),
                    Orientation::QuarterLeft => (wide - 1 - y, x),
                };
                let at = (from_y * wide + from_x) * channels;
                pixels.extend_from_slice(self.pixels.get(at..at + channels).unwrap_or_default());
            }
        }
        let (width, height) =
            if orientation.swaps_sides() { (self.height, self.width) } else { (self.width, self.height) };
        Self { width, height, pixels, has_alpha: self.has_alpha }
    }

    /// The picture, or a part of it, in another size in pixels, with Lanczos's filter of radius 3.
    ///
    /// # Errors
    /// Where a side would be 0.
    pub fn resized(&self, width: u32, height: u32, crop: Option<Crop>) -> Result<Self, Problem> {
        self.scaled(width, height, crop, FilterType::Lanczos3)
    }

    pub(crate) fn scaled(
        &self,
        width: u32,
        height: u32,
        crop: Option<Crop>,
        filter: FilterType,
    ) -> Result<Self, Problem> {
        if width == 0 || height == 0 {
            return Err(Problem::Size(width, height));
        }
        let kind = if self.has_alpha { PixelType::U8x4 } else { PixelType::U8x3 };
        // By the kind, so that the code for all others is not in the program, which is large and is compiled to other bytes each time.
        let resize = if self.has_alpha { resize::<U8x4> } else { resize::<U8x3> };
        let broken = |why: &dyn std::fmt::Display| Problem::Broken(why.to_string());
        let from = ImageRef::new(self.width, self.height, &self.pixels, kind).map_err(|why| broken(&why))?;
        let mut to = Image::new(width, height, kind);
        let mut options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(filter));
        if let Some(crop) = crop {
            let (left, top, wide, high) = crop.of(self.width, self.height);
            options = options.crop(left.into(), top.into(), wide.into(), high.into());
        }
        resize(&from, &mut to, &options).map_err(|why| broken(&why))?;
        Ok(Self { width, height, pixels: to.into_vec(), has_alpha: self.has_alpha })
    }
}

/// Fills `to` with a picture of pixels of one kind in its size.
fn resize<P: PixelTrait>(
    from: &ImageRef<'_>,
    to: &mut Image<'_>,
    options: &ResizeOptions,
) -> Result<(), ResizeError> {
    let (Some(from), Some(mut to)) = (from.image_view::<P>(), to.image_view_mut::<P>()) else {
        return Err(ResizeError::PixelTypesAreDifferent);
    };
    Resizer::new().resize_typed(&from, &mut to, options)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture with a colour of its own in every pixel.
    fn numbered(width: u32, height: u32) -> Picture {
        let pixels = (0..width * height).flat_map(|n| [(n % 256) as u8, (n / 256) as u8, 7]).collect();
        Picture::new(width, height, pixels, false).expect("a picture")
    }

    fn first_of(picture: &Picture) -> u8 {
        picture.pixels()[0]
    }

    #[test]
    fn every_orientation_puts_another_corner_first() {
        // 3 × 2: the corners are 0, 2, 3 and 5.
        for (orientation, first, size) in [
            (Orientation::Upright, 0, (3, 2)),
            (Orientation::Mirrored, 2, (3, 2)),
            (Orientation::HalfTurned, 5, (3, 2)),
            (Orientation::Flipped, 3, (3, 2)),
            (Orientation::Transposed, 0, (2, 3)),
            (Orientation::QuarterRight, 3, (2, 3)),
            (Orientation::Transversed, 5, (2, 3)),
            (Orientation::QuarterLeft, 2, (2, 3)),
        ] {
            let turned = numbered(3, 2).upright(orientation);
            assert_eq!(
                (first_of(&turned), (turned.width(), turned.height())),
                (first, size),
                "{orientation:?}"
            );
        }
    }

    #[test]
    fn a_crop_stays_inside_and_near_its_focus() {
        let crop = |ratio, focus, size: (u32, u32)| Crop { ratio, focus }.of(size.0, size.1);
        assert_eq!(crop((1, 1), (50, 50), (300, 200)), (50, 0, 200, 200));
        assert_eq!(crop((1, 1), (0, 0), (300, 200)), (0, 0, 200, 200));
        assert_eq!(crop((1, 1), (100, 100), (300, 200)), (100, 0, 200, 200));
        assert_eq!(crop((1, 1), (50, 30), (200, 300)), (0, 0, 200, 200));
        assert_eq!(crop((16, 9), (50, 50), (1600, 900)), (0, 0, 1600, 900));
        assert_eq!(crop((1, 1000), (50, 50), (1, 1)), (0, 0, 1, 1));
    }

    #[test]
    fn alpha_that_hides_nothing_is_dropped() {
        let picture = Picture::new(1, 2, vec![1, 2, 3, 255, 4, 5, 6, 255], true).expect("a picture");
        assert!(!picture.has_alpha());
        assert_eq!(picture.pixels(), [1, 2, 3, 4, 5, 6]);
        assert!(Picture::new(1, 2, vec![1, 2, 3, 255, 4, 5, 6, 0], true).expect("a picture").has_alpha());
        assert!(Picture::new(2, 2, vec![0; 11], false).is_err());
        assert!(Picture::new(0, 2, vec![], false).is_err());
    }

    /// What is scaled must not depend on the instructions that a machine has.
    #[test]
    #[expect(unsafe_code, reason = "without them is one of those that every machine has")]
    fn scaling_is_the_same_with_and_without_special_instructions() {
        use fast_image_resize::CpuExtensions;
        for kind in [PixelType::U8x3, PixelType::U8x4] {
            let size = if kind == PixelType::U8x3 { 3 } else { 4 };
            let mut seed = 1_u32;
            let noise: Vec<u8> = (0..311 * 207 * size)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 24) as u8
                })
                .collect();
            let from = ImageRef::new(311, 207, &noise, kind).expect("a picture");
            for (width, height) in [(100, 66), (310, 206), (33, 207), (1, 1)] {
                let mut plain = Image::new(width, height, kind);
                let mut special = plain.copy();
                let mut resizer = Resizer::new();
                resizer.resize(&from, &mut special, None).expect("scaled");
                // SAFETY: no instructions are asked for.
                unsafe { resizer.set_cpu_extensions(CpuExtensions::None) };
                resizer.resize(&from, &mut plain, None).expect("scaled");
                assert!(plain.buffer() == special.buffer(), "{width} × {height}, {kind:?}");
            }
        }
    }
}
