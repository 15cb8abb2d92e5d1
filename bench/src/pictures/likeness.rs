//! How like a picture is to another: SSIM (Wang and others, 2004) of lightness, in windows of 8 × 8 pixels every four, and
//! SSIMULACRA 2 (Sneyers, 2023), which weighs colours and sizes of details as eyes do.

use crate::Outcome;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use ssimulacra2::{ColorPrimaries, Rgb, TransferCharacteristic, compute_frame_ssimulacra2};
use std::io::Cursor;

/// How like a picture is to another.
#[derive(Clone, Copy)]
pub struct Likeness {
    /// 1 where they are the same.
    pub ssim: f64,
    /// 100 where they are the same; 90 is not seen, 70 is high quality, 50 medium.
    pub ssimulacra: f64,
}

/// The likeness of a WebP of a width to a photograph that is scaled to its size.
pub fn of(photograph: &[u8], (width, height): (u32, u32), webp: &[u8], wide: u32) -> Outcome<Likeness> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(webp))?;
    let (new_width, new_height) = decoder.dimensions();
    if new_width != wide || decoder.has_alpha() {
        return Err("a picture of another width than the page says".into());
    }
    let mut pixels = vec![0; decoder.output_buffer_size().ok_or("a picture without pixels")?];
    decoder.read_image(&mut pixels)?;
    let from = ImageRef::new(width, height, photograph, PixelType::U8x3)?;
    let mut scaled = Image::new(new_width, new_height, PixelType::U8x3);
    Resizer::new().resize(&from, &mut scaled, None)?;
    let size = (new_width as usize, new_height as usize);
    let ssimulacra = compute_frame_ssimulacra2(rgb(scaled.buffer(), size)?, rgb(&pixels, size)?)?;
    let ssim = ssim(&lightness(scaled.buffer()), &lightness(&pixels), size.0);
    Ok(Likeness { ssim, ssimulacra })
}

fn rgb(pixels: &[u8], (width, height): (usize, usize)) -> Outcome<Rgb> {
    let part = |value: u8| f32::from(value) / 255.0;
    let pixels = pixels.as_chunks().0.iter().map(|&[r, g, b]| [part(r), part(g), part(b)]).collect();
    Ok(Rgb::new(pixels, width, height, TransferCharacteristic::SRGB, ColorPrimaries::BT709)?)
}

fn lightness(pixels: &[u8]) -> Vec<f64> {
    pixels
        .chunks_exact(3)
        .map(|pixel| f64::from(pixel[0]) * 0.299 + f64::from(pixel[1]) * 0.587 + f64::from(pixel[2]) * 0.114)
        .collect()
}

fn ssim(one: &[f64], other: &[f64], width: usize) -> f64 {
    const SIDE: usize = 8;
    const COUNT: f64 = 64.0;
    let (flat, dark) = ((0.03 * 255.0_f64).powi(2), (0.01 * 255.0_f64).powi(2));
    let height = one.len() / width;
    let (mut sum, mut windows) = (0.0, 0.0);
    for y in (0..=height.saturating_sub(SIDE)).step_by(4) {
        for x in (0..=width.saturating_sub(SIDE)).step_by(4) {
            let (mut a, mut b, mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for at in (y..y + SIDE).flat_map(|y| (x..x + SIDE).map(move |x| y * width + x)) {
                let (p, q) = (one[at], other[at]);
                a += p;
                b += q;
                aa += p * p;
                bb += q * q;
                ab += p * q;
            }
            let (a, b) = (a / COUNT, b / COUNT);
            let (va, vb, both) = (aa / COUNT - a * a, bb / COUNT - b * b, ab / COUNT - a * b);
            sum += (2.0 * a * b + dark) * (2.0 * both + flat) / ((a * a + b * b + dark) * (va + vb + flat));
            windows += 1.0;
        }
    }
    sum / windows
}
