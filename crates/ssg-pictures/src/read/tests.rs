use super::*;
use crate::Encoding;
use crate::colour::tests::{CURVE, P3, profile};

/// Clouds of colour with some noise, the same on every machine.
fn photograph(width: u32, height: u32) -> Picture {
    let mut seed = 7_u32;
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = seed >> 28;
            let wave = |a: u32, b: u32| ((x * a / 7 + y * b / 5) % 200).abs_diff(100) * 2;
            pixels.extend(
                [wave(3, 1) + noise, wave(1, 4) + noise, wave(2, 2) + noise].map(|v| v.min(255) as u8),
            );
        }
    }
    Picture::new(width, height, pixels, false).expect("a picture")
}

fn png_of(picture: &Picture) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(if picture.has_alpha() { png::ColorType::Rgba } else { png::ColorType::Rgb });
    let mut writer = encoder.write_header().expect("written");
    writer.write_image_data(picture.pixels()).expect("written");
    writer.finish().expect("written");
    bytes
}

/// The mean difference of two pictures of one size, in hundredths of a step of 255.
fn difference(one: &Picture, other: &Picture) -> u64 {
    assert_eq!((one.width(), one.height()), (other.width(), other.height()));
    let sum: u64 = one.pixels().iter().zip(other.pixels()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum * 100 / one.pixels().len() as u64
}

#[test]
fn what_is_written_is_read_and_looks_alike() {
    let picture = photograph(120, 80);
    for (bytes, most) in [
        (picture.encoded(Encoding::WebP, 90).expect("written"), 800),
        (picture.encoded(Encoding::Jpeg, 90).expect("written"), 800),
        (png_of(&picture), 0),
    ] {
        let again = read(&bytes).expect("read");
        assert!(difference(&picture, &again) <= most, "{}", difference(&picture, &again));
        assert_eq!(crate::strip(&bytes).expect("read"), None, "nothing but the picture is written");
    }
}

#[test]
fn transparent_parts_stay_in_webp() {
    let pixels = (0..32 * 32_u32).flat_map(|n| [200, 100, 50, if n % 32 < 16 { 0 } else { 255 }]).collect();
    let picture = Picture::new(32, 32, pixels, true).expect("a picture");
    let again = read(&picture.encoded(Encoding::WebP, 80).expect("written")).expect("read");
    assert!(again.has_alpha());
    assert_eq!((again.pixels()[3], again.pixels()[31 * 4 + 3]), (0, 255));
    assert!(picture.encoded(Encoding::Jpeg, 80).is_err());
    assert_eq!(read(&png_of(&picture)).expect("read"), picture);
}

#[test]
fn profiles_of_telephones_are_converted() {
    let picture = photograph(32, 24);
    let plain = picture.encoded(Encoding::Jpeg, 95).expect("written");
    let data = [b"ICC_PROFILE\0\x01\x01".as_slice(), &profile(P3, CURVE)].concat();
    let length = u16::try_from(data.len() + 2).expect("short").to_be_bytes();
    let wide = [&plain[..2], &[0xFF, 0xE2], &length, &data, &plain[2..]].concat();
    let (plain, wide) = (read(&plain).expect("read"), read(&wide).expect("read"));
    assert!(difference(&plain, &wide) > 50, "{}", difference(&plain, &wide));
}

/// FNV-1a.
fn digest(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

/// If this fails on a machine, pictures differ between machines; if it fails after an update of a library, `VERSION` must
/// be raised, so that nobody takes what the old one wrote for what this one would.
#[test]
fn what_is_written_is_the_same_everywhere() {
    let picture = photograph(300, 200);
    let jpeg = picture.encoded(Encoding::Jpeg, 82).expect("written");
    let read_again = read(&jpeg).expect("read");
    let scaled = read_again.resized(141, 94, None).expect("scaled");
    let webp = scaled.encoded(Encoding::WebP, 78).expect("written");
    let from_webp = read(&webp).expect("read");
    let digests = [&jpeg, read_again.pixels(), scaled.pixels(), &webp, from_webp.pixels()].map(digest);
    assert_eq!(digests.map(|digest| format!("{digest:016x}")), DIGESTS);
}

const DIGESTS: [&str; 5] =
    ["8ae23390d2e25517", "1879d3504706b676", "4c032716b8f14ecc", "c8b51e6efcb1bbde", "68e48c077c523602"];

#[test]
fn bombs_are_refused_before_memory_is_taken() {
    let mut bomb = png_of(&photograph(8, 8));
    for (width, height) in [(16_384_u32, 10_u32), (16_000, 16_000), (u32::MAX, u32::MAX), (0, 5)] {
        bomb[16..20].copy_from_slice(&width.to_be_bytes());
        bomb[20..24].copy_from_slice(&height.to_be_bytes());
        let sum = {
            let mut sum = u32::MAX;
            for byte in &bomb[12..29] {
                sum ^= u32::from(*byte);
                for _ in 0..8 {
                    sum = if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
                }
            }
            !sum
        };
        bomb[29..33].copy_from_slice(&sum.to_be_bytes());
        assert!(read(&bomb).is_err(), "{width} × {height}");
    }
    let mut jpeg = photograph(16, 16).encoded(Encoding::Jpeg, 80).expect("written");
    let frame = jpeg.windows(2).position(|two| two == [0xFF, 0xC2]).expect("a progressive frame");
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert!(read(&jpeg).is_err());
}

#[test]
fn damage_anywhere_is_no_panic() {
    let picture = photograph(40, 30);
    for full in [
        picture.encoded(Encoding::WebP, 80).expect("written"),
        picture.encoded(Encoding::Jpeg, 80).expect("written"),
        png_of(&picture),
    ] {
        for at in 0..full.len() {
            let _ = read(&full[..at]);
            let mut changed = full.clone();
            changed[at] ^= 1 << (at % 8);
            let _ = read(&changed);
        }
    }
    assert_eq!(read(b"GIF89a"), Err(Problem::OtherFormat));
    assert_eq!(read(b""), Err(Problem::OtherFormat));
}

#[cfg(feature = "avif")]
#[test]
fn avif_is_written_with_and_without_transparent_parts() {
    for has_alpha in [false, true] {
        let channels = if has_alpha { 4 } else { 3 };
        let pixels = (0..64 * 48 * channels).map(|n: u32| (n * 7 % 251) as u8).collect();
        let picture = Picture::new(64, 48, pixels, has_alpha).expect("a picture");
        let bytes = picture.encoded(Encoding::Avif, 60).expect("written");
        assert_eq!(&bytes[4..12], b"ftypavif");
        // The same again, and fewer bytes at a lower quality.
        assert!(bytes == picture.encoded(Encoding::Avif, 60).expect("written"));
        assert!(picture.encoded(Encoding::Avif, 20).expect("written").len() < bytes.len());
    }
}
