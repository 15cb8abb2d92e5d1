//! What a picture looks like: its dominant colour, and whether it is a photograph.

use crate::Picture;
use fast_image_resize::FilterType;
use serde::{Deserialize, Serialize};

/// The longest side of what the colour is looked for in.
const SMALL: u32 = 32;
/// Of a drawing or a screenshot at least so many per cent of neighbours in a row are the same; of a photograph, which has
/// noise, few are.
const FLAT: u64 = 30;

/// What a picture looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// The dominant colour: red, green, blue. `None` where anything can be seen through it.
    pub colour: Option<[u8; 3]>,
    /// It is drawn in flat colours, like a screenshot.
    pub is_flat: bool,
}

impl Look {
    /// Looks at a picture.
    #[must_use]
    pub fn at(picture: &Picture) -> Self {
        Self {
            width: picture.width(),
            height: picture.height(),
            colour: (!picture.has_alpha()).then(|| dominant(picture)).flatten(),
            is_flat: is_flat(picture),
        }
    }
}

/// The mean of the most frequent colours: those of one of 512 cubes.
fn dominant(picture: &Picture) -> Option<[u8; 3]> {
    let (width, height) = (picture.width().min(SMALL), picture.height().min(SMALL));
    let small = picture.scaled(width, height, None, FilterType::Box).ok()?;
    let mut cubes = vec![(0_u32, [0_u32; 3]); 512];
    for pixel in small.pixels().chunks_exact(small.channels()) {
        let cube = pixel.iter().take(3).fold(0, |cube, value| cube << 3 | usize::from(value >> 5));
        let (count, sums) = cubes.get_mut(cube)?;
        *count += 1;
        for (sum, value) in sums.iter_mut().zip(pixel) {
            *sum += u32::from(*value);
        }
    }
    // The first of those that are equal.
    let most = cubes.iter().map(|(count, _)| *count).max()?;
    let (count, sums) = cubes.into_iter().find(|(count, _)| *count == most)?;
    Some(sums.map(|sum| u8::try_from((sum + count / 2) / count.max(1)).unwrap_or(u8::MAX)))
}

fn is_flat(picture: &Picture) -> bool {
    let channels = picture.channels();
    let row = picture.width() as usize * channels;
    // Some hundred rows tell enough.
    let step = (picture.height() as usize / 256).max(1);
    let (mut same, mut all) = (0_u64, 0_u64);
    for row in picture.pixels().chunks_exact(row).step_by(step) {
        let pairs = row.chunks_exact(channels).zip(row.chunks_exact(channels).skip(1));
        for (one, next) in pairs {
            same += u64::from(one == next);
            all += 1;
        }
    }
    same * 100 >= all * FLAT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pixel: impl Fn(u32, u32) -> [u8; 3]) -> Look {
        let pixels = (0..64 * 64).flat_map(|n| pixel(n % 64, n / 64)).collect();
        Look::at(&Picture::new(64, 64, pixels, false).expect("a picture"))
    }

    #[test]
    fn the_dominant_colour_is_that_of_most_of_it_and_no_mixture() {
        let sky = of(|_, y| if y < 40 { [90, 140, 220] } else { [40, 90, 30] });
        assert_eq!(sky.colour, Some([90, 140, 220]));
    }

    #[test]
    fn noise_tells_a_photograph_from_a_drawing() {
        assert!(of(|x, _| if x < 30 { [255; 3] } else { [20, 30, 40] }).is_flat);
        assert!(!of(|x, y| [(x * 37 + y * 91) as u8, (x * x) as u8, y as u8]).is_flat);
    }

    #[test]
    fn what_can_be_seen_through_has_no_colour() {
        let clear = Picture::new(1, 1, vec![1, 2, 3, 0], true).expect("a picture");
        assert_eq!(Look::at(&clear).colour, None);
    }
}
