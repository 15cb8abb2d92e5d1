use super::*;
use crate::exif::Orientation;
use crate::{Encoding, Picture, read};

const SECRET: &[u8] = b"52 deg 31' N, serial 40417";

fn drawn() -> Picture {
    let pixels = (0..40 * 30_u32).flat_map(|n| [(n % 40 * 6) as u8, (n / 40 * 8) as u8, 90]).collect();
    Picture::new(40, 30, pixels, false).expect("a picture")
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

fn jpeg_segment(marker: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).expect("short").to_be_bytes();
    [&[0xFF, marker], length.as_slice(), data].concat()
}

/// EXIF that says how the camera was held, and a secret behind it.
fn exif(orientation: Orientation) -> Vec<u8> {
    [orientation.to_exif().unwrap_or_else(|| b"MM\0\x2A\0\0\0\x08\0\0".to_vec()), SECRET.to_vec()].concat()
}

fn jpeg(orientation: Orientation) -> Vec<u8> {
    let plain = drawn().encoded(Encoding::Jpeg, 80).expect("written");
    let mut bytes = vec![0xFF, 0xD8];
    for (marker, data) in [
        (0xE1, [b"Exif\0\0".as_slice(), &exif(orientation)].concat()),
        (0xE1, [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), SECRET].concat()),
        (0xE2, b"ICC_PROFILE\0\x01\x01profile".to_vec()),
        (0xE2, [b"MPF\0".as_slice(), SECRET].concat()),
        (0xED, [b"Photoshop 3.0\0".as_slice(), SECRET].concat()),
        (0xFE, SECRET.to_vec()),
    ] {
        bytes.extend(jpeg_segment(marker, &data));
    }
    bytes.extend(&plain[2..]);
    // Telephones put films and previews behind the end.
    bytes.extend(SECRET);
    bytes
}

fn png_chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [&name, data].concat();
    let length = u32::try_from(data.len()).expect("short").to_be_bytes();
    [length.as_slice(), &named, &png::check_sum(&named).to_be_bytes()].concat()
}

fn png(orientation: Orientation) -> Vec<u8> {
    let mut plain = Vec::new();
    let picture = drawn();
    let mut encoder = ::png::Encoder::new(&mut plain, picture.width(), picture.height());
    encoder.set_color(::png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("written");
    writer.write_image_data(picture.pixels()).expect("written");
    writer.finish().expect("written");
    // The header is 8 + 25 bytes.
    let (head, rest) = plain.split_at(33);
    let text = png_chunk(*b"tEXt", &[b"Comment\0", SECRET].concat());
    [head, &text, &png_chunk(*b"eXIf", &exif(orientation)), &png_chunk(*b"prVW", SECRET), rest, SECRET]
        .concat()
}

fn webp(orientation: Orientation) -> Vec<u8> {
    let plain = drawn().encoded(Encoding::WebP, 80).expect("written");
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let length = u32::try_from(data.len()).expect("short").to_le_bytes();
        [name, length.as_slice(), data, &vec![0; data.len() % 2]].concat()
    };
    let header = [HEADER_FLAGS, 0, 0, 0, 39, 0, 0, 29, 0, 0];
    let chunks = [
        chunk(b"VP8X", &header),
        plain[12..].to_vec(),
        chunk(b"EXIF", &exif(orientation)),
        chunk(b"XMP ", SECRET),
        chunk(b"junk", SECRET),
    ]
    .concat();
    let size = u32::try_from(chunks.len() + 4).expect("short").to_le_bytes();
    [b"RIFF", size.as_slice(), b"WEBP", &chunks, SECRET].concat()
}

const HEADER_FLAGS: u8 = 0x0C;

#[test]
fn metadata_goes_and_the_picture_stays() {
    for (name, make) in [("JPEG", jpeg as fn(Orientation) -> Vec<u8>), ("PNG", png), ("WebP", webp)] {
        for orientation in [Orientation::Upright, Orientation::QuarterRight] {
            let full = make(orientation);
            assert!(holds(&full, SECRET), "{name}");
            let bare = strip(&full).expect("read").expect("there was something to strip");
            assert!(!holds(&bare, SECRET), "{name}");
            let (before, after) = (read(&full).expect("read"), read(&bare).expect("read"));
            assert!(before == after, "{name}: other pixels, {orientation:?}");
            let size = if orientation == Orientation::Upright { (40, 30) } else { (30, 40) };
            assert_eq!((after.width(), after.height()), size, "{name}");
            assert_eq!(strip(&bare).expect("read"), None, "{name}: nothing is left to strip");
        }
    }
}

#[test]
fn the_colour_profile_stays() {
    let bare = strip(&jpeg(Orientation::Upright)).expect("read").expect("stripped");
    assert!(holds(&bare, b"ICC_PROFILE\0\x01\x01profile"));
}

/// Two pictures of one pixel, one after the other, with all that programs add.
fn gif() -> Vec<u8> {
    let extension = |label: u8, first: &[u8], data: &[u8]| {
        let part = |data: &[u8]| [&[data.len() as u8], data].concat();
        [&[0x21, label], part(first).as_slice(), &part(data), &[0]].concat()
    };
    let control = [0x21, 0xF9, 4, 0, 10, 0, 0, 0];
    let picture = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 0x01, 0];
    // As Adobe's programs write XMP: no parts, and a trailer in which every byte counts down.
    let xmp =
        [b"\x21\xFF\x0BXMP DataXMP".as_slice(), SECRET, &[1], &(0..=255).rev().collect::<Vec<u8>>(), &[0]];
    [
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF".as_slice(),
        &extension(0xFF, b"NETSCAPE2.0", &[1, 0, 0]),
        &extension(0xFE, SECRET, b"more"),
        &xmp.concat(),
        &extension(0xFF, b"CAMERA  1.0", SECRET),
        &control,
        &picture,
        &extension(0x99, b"x", SECRET),
        &control,
        &picture,
        &[0x3B],
        SECRET,
    ]
    .concat()
}

#[test]
fn a_gif_keeps_its_pictures_and_how_often_they_are_repeated() {
    let bare = strip(&gif()).expect("read").expect("stripped");
    assert!(!holds(&bare, SECRET) && !holds(&bare, b"XMP") && !holds(&bare, b"CAMERA"));
    assert!(holds(&bare, b"NETSCAPE2.0") && bare.ends_with(&[0x44, 0x01, 0, 0x3B]));
    assert_eq!(bare.split(|byte| *byte == 0x2C).count(), 3);
    assert_eq!(strip(&bare).expect("read"), None);
    // Without an end.
    let open = &bare[..bare.len() - 1];
    assert_eq!(strip(open).expect("read").as_deref(), Some(&bare[..]));
    assert!(matches!(strip(&bare[..bare.len() - 4]), Err(Problem::Broken(_))));
}

#[test]
fn what_is_damaged_anywhere_is_an_error_or_without_the_secret() {
    for full in
        [jpeg(Orientation::HalfTurned), png(Orientation::HalfTurned), webp(Orientation::HalfTurned), gif()]
    {
        for cut in 0..full.len() {
            // The start of a cut segment tells nothing of the rest.
            if let Ok(Some(bare)) = strip(&full[..cut]) {
                assert!(!holds(&bare, &SECRET[..12]), "cut at {cut}");
            }
            let mut changed = full.clone();
            changed[cut] ^= 0x55;
            let _ = strip(&changed);
        }
    }
}
