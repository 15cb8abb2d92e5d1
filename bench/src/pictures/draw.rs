//! Draws photographs.

use jpeg_encoder::{ColorType, Encoder};

/// A number between 0 and 255 that belongs to a place and a seed.
fn chance(x: u32, y: u32, seed: u32) -> u32 {
    let mut mixed =
        x.wrapping_mul(0x9E37_79B1) ^ y.wrapping_mul(0x85EB_CA77) ^ seed.wrapping_mul(0xC2B2_AE3D);
    mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2C1B_3C6D);
    mixed = (mixed ^ (mixed >> 12)).wrapping_mul(0x297A_2D39);
    (mixed ^ (mixed >> 15)) & 255
}

/// Noise of 0 to 255 that is smooth between points which lie 2^`scale` apart.
fn smooth(x: u32, y: u32, scale: u32, seed: u32) -> u32 {
    let (left, top, size) = (x >> scale, y >> scale, 1 << scale);
    let (right, down) = (x & (size - 1), y & (size - 1));
    let between = |a: u32, b: u32, part: u32| (a * (size - part) + b * part) >> scale;
    let row = |y: u32| between(chance(left, y, seed), chance(left + 1, y, seed), right);
    between(row(top), row(top + 1), down)
}

/// Pixels of a photograph in RGB.
pub fn photograph((width, height): (u32, u32), seed: u64) -> Vec<u8> {
    let seed = u32::try_from(seed % 1_000_003).unwrap_or(0);
    let tint = [chance(1, 0, seed) / 4, chance(2, 0, seed) / 4, chance(3, 0, seed) / 4];
    // Details are as large as in a photograph of twice the size.
    let large = u32::from(width > 3000);
    let horizon: Vec<u32> = (0..width)
        .map(|x| {
            height * 2 / 5
                + smooth(x, 0, 9 + large, seed) * height / 900
                + smooth(x, 7, 6 + large, seed) * height / 4000
        })
        .collect();
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    for y in 0..height {
        for (x, edge) in (0..width).zip(&horizon) {
            let noise = chance(x, y, seed + 99) / 48;
            let colour = if y < *edge {
                let cloud = smooth(x, y * 2, 9 + large, seed + 5) + smooth(x, y * 2, 7 + large, seed + 6) / 2;
                let light = 90 + y * 100 / height + cloud.saturating_sub(150) / 2;
                [light - 40, light, light + 60]
            } else {
                let leaves = smooth(x, y, 3 + large, seed + 7) / 3 + smooth(x, y, 5 + large, seed + 8) / 4;
                let rocks = smooth(x, y, 8 + large, seed + 9) / 3;
                let depth = (y - edge) * 60 / height;
                [30 + leaves / 2 + rocks, 40 + leaves + depth, 20 + rocks / 2 + leaves / 3]
            };
            for (value, tint) in colour.into_iter().zip(tint) {
                pixels.push(u8::try_from((value + tint / 2 + noise).min(255)).unwrap_or(255));
            }
        }
    }
    pixels
}

/// The photograph as a camera writes it.
pub fn jpeg(pixels: &[u8], (width, height): (u32, u32), quality: u8) -> Result<Vec<u8>, String> {
    let size = |side: u32| u16::try_from(side).map_err(|error| error.to_string());
    let mut bytes = Vec::new();
    let encoder = Encoder::new(&mut bytes, quality);
    encoder.encode(pixels, size(width)?, size(height)?, ColorType::Rgb).map_err(|error| error.to_string())?;
    Ok(bytes)
}
