//! Images of a few bytes, whole and with each fault.

use super::*;

#[expect(clippy::unnecessary_wraps, reason = "it is compared with what `examine` gives")]
fn size(width: u32, height: u32) -> Result<Option<Size>, Problem> {
    Ok(Some(Size { width, height }))
}

fn chunk(name: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("short");
    [&length.to_be_bytes()[..], name, content, &[0; 4]].concat()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header), chunk(b"IDAT", b"data"), chunk(b"IEND", b"")]
        .concat()
}

/// With a segment of the camera's that holds `orientation`.
fn jpeg(width: u16, height: u16, orientation: u8) -> Vec<u8> {
    let exif =
        [&b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"[..], &[orientation, 0, 0, 0]].concat();
    let length = u8::try_from(exif.len() + 2).expect("short");
    let [high, low] = height.to_be_bytes();
    let [wide, narrow] = width.to_be_bytes();
    [
        b"\xff\xd8\xff\xe1\0".to_vec(),
        vec![length],
        exif,
        vec![0xff, 0xc0, 0, 11, 8, high, low, wide, narrow, 1, 1, 0x11, 0],
        vec![0xff, 0xda, 0, 8, 1, 1, 0, 0, 0x3f, 0],
        b"data\xff\0data\xff\xd0data\xff\xff\xd9".to_vec(),
    ]
    .concat()
}

fn gif(width: u16, height: u16) -> Vec<u8> {
    [
        &b"GIF89a"[..],
        &width.to_le_bytes(),
        &height.to_le_bytes(),
        b"\x80\0\0\0\0\0\xff\xff\xff",
        b"!\xf9\x04\0\0\0\0\0",
        b",\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0",
        b";",
    ]
    .concat()
}

fn webp(chunk: &[u8]) -> Vec<u8> {
    let inside = u32::try_from(chunk.len() + 4).expect("short");
    [b"RIFF", &inside.to_le_bytes()[..], b"WEBP", chunk].concat()
}

fn lossy_webp() -> Vec<u8> {
    webp(b"VP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\x03\0\x02\0")
}

fn boxed(name: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).expect("short");
    [&length.to_be_bytes()[..], name, content].concat()
}

fn avif(width: u32, height: u32, more: &[u8]) -> Vec<u8> {
    let extent = [&[0; 4][..], &width.to_be_bytes(), &height.to_be_bytes()].concat();
    let properties = boxed(b"ipco", &[boxed(b"ispe", &extent), more.to_vec()].concat());
    let meta = boxed(b"meta", &[vec![0; 4], boxed(b"iprp", &properties)].concat());
    [boxed(b"ftyp", b"avif\0\0\0\0avif"), meta, boxed(b"mdat", b"data")].concat()
}

/// Every format, whole.
fn all() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("a.png", png(3, 2)),
        ("a.jpg", jpeg(3, 2, 1)),
        ("a.gif", gif(3, 2)),
        ("a.webp", lossy_webp()),
        ("a.avif", avif(3, 2, b"")),
    ]
}

#[test]
fn whole_images_have_a_size() {
    for (name, bytes) in all() {
        assert_eq!(examine(name, &bytes), size(3, 2), "{name}");
    }
    assert_eq!(examine("A.JPEG", &jpeg(3, 2, 1)), size(3, 2));
    assert_eq!(examine("a.webp", &webp(b"VP8L\x05\0\0\0\x2f\x02\x40\0\0\0")), size(3, 2));
    assert_eq!(examine("a.webp", &webp(b"VP8X\x0a\0\0\0\0\0\0\0\x02\0\0\x01\0\0")), size(3, 2));
}

#[test]
fn what_stands_behind_the_end_does_not_matter() {
    for (name, mut bytes) in all().into_iter().filter(|(name, _)| *name != "a.avif") {
        bytes.extend(b"more");
        assert_eq!(examine(name, &bytes), size(3, 2), "{name}");
    }
}

#[test]
fn an_image_cut_anywhere_is_truncated() {
    for (name, bytes) in all() {
        let untold = match name {
            // Nothing in the header of an AVIF tells that the box of its data should follow.
            "a.avif" => bytes.len() - 12,
            // The trailer alone may be missing.
            "a.gif" => bytes.len() - 1,
            _ => bytes.len(),
        };
        for end in (0..bytes.len()).filter(|end| *end != untold) {
            assert_eq!(examine(name, &bytes[..end]), Err(Problem::Truncated), "{name}, {end} bytes");
        }
    }
}

#[test]
fn what_was_not_read_is_not_missing() {
    for (name, bytes) in all().into_iter().filter(|(name, _)| *name != "a.avif") {
        for end in 60..bytes.len() {
            let examined = examine_start(name, &bytes[..end], 99 << 20).map(|examined| examined.size);
            assert_eq!(examined, size(3, 2), "{name}, {end}");
        }
    }
}

#[test]
fn bombs_are_too_large() {
    let too_large = |width, height| Err(Problem::TooLarge(Size { width, height }));
    assert_eq!(examine("a.png", &png(16_385, 1)), too_large(16_385, 1));
    assert_eq!(examine("a.png", &png(16_384, 1)), size(16_384, 1));
    assert_eq!(examine("a.png", &png(u32::MAX, u32::MAX)), too_large(u32::MAX, u32::MAX));
    assert_eq!(examine("a.jpg", &jpeg(10_001, 10_000, 1)), too_large(10_001, 10_000));
    assert_eq!(examine("a.jpg", &jpeg(10_000, 10_000, 1)), size(10_000, 10_000));
    assert_eq!(examine("a.gif", &gif(65_535, 65_535)), too_large(65_535, 65_535));
    assert_eq!(
        examine("a.webp", &webp(b"VP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff")),
        too_large(1 << 24, 1 << 24)
    );
    assert_eq!(examine("a.avif", &avif(99_999, 99_999, b"")), too_large(99_999, 99_999));
    // Even when it is cut short.
    assert_eq!(examine("a.png", &png(50_000, 50_000)[..40]), too_large(50_000, 50_000));
}

#[test]
fn the_picture_in_a_small_gif_may_not_be_a_bomb() {
    let mut bytes = gif(3, 2);
    let picture = bytes.iter().position(|byte| *byte == b',').expect("one");
    bytes[picture + 5..picture + 9].copy_from_slice(&[0xff; 4]);
    assert_eq!(examine("a.gif", &bytes), Err(Problem::TooLarge(Size { width: 65_535, height: 65_535 })));
}

#[test]
fn each_format_under_the_name_of_each_other_is_wrong() {
    for (name, _) in all() {
        for (other, bytes) in all().into_iter().filter(|(other, _)| *other != name) {
            let judged = examine(name, &bytes);
            assert!(matches!(judged, Err(Problem::OtherFormat { .. })), "{other} as {name}: {judged:?}");
        }
        assert!(matches!(examine(name, b"<html>an error page</html>"), Err(Problem::NoImage(_))), "{name}");
        let pointer = examine(name, b"version https://git-lfs.github.com/spec/v1\n");
        assert_eq!(pointer, Err(Problem::LfsPointer), "{name}");
    }
    assert!(matches!(examine("a.svg", &png(3, 2)), Err(Problem::OtherFormat { .. })));
}

#[test]
fn damage_is_told_from_a_missing_end() {
    let mut bytes = png(3, 2);
    bytes[12] = b'X';
    assert_eq!(examine("a.png", &bytes), Err(Problem::Broken("PNG")));
    let mut bytes = gif(3, 2);
    bytes[19] = b'?';
    assert_eq!(examine("a.gif", &bytes), Err(Problem::Broken("GIF")));
    assert_eq!(examine("a.webp", &webp(b"ABCD\0\0\0\0")), Err(Problem::Broken("WebP")));
    assert_eq!(examine("a.jpg", b"\xff\xd8\xff\xe0\0\0\xff\xd9"), Err(Problem::Broken("JPEG")));
}

#[test]
fn other_names_and_svg_are_left_alone() {
    for name in ["a.svg", "a.txt", "a", "a.heic", "a.bmp", "favicon.ico"] {
        assert_eq!(examine(name, b"<svg/>"), Ok(None), "{name}");
        assert_eq!(examine(name, b""), Ok(None), "{name}");
    }
    assert_eq!(examine("a.ico", &png(3, 2)), Ok(None));
}

#[test]
fn a_camera_held_upright_turns_the_size() {
    for (orientation, turned) in [(1, false), (3, false), (5, true), (6, true), (8, true), (9, false)] {
        let expected = if turned { size(2, 3) } else { size(3, 2) };
        assert_eq!(examine("a.jpg", &jpeg(3, 2, orientation)), expected, "{orientation}");
    }
    assert_eq!(examine("a.avif", &avif(3, 2, &boxed(b"irot", b"\x01"))), size(2, 3));
    assert_eq!(examine("a.avif", &avif(3, 2, &boxed(b"irot", b"\x02"))), size(3, 2));
}

/// No byte of a small image, whatever it is changed to, makes the walk panic or run for ever.
#[test]
fn any_byte_may_be_wrong() {
    for (name, bytes) in all() {
        for at in 0..bytes.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut changed = bytes.clone();
                changed[at] = value;
                let _ = examine(name, &changed);
            }
        }
    }
}

#[test]
fn an_image_without_pixels_is_told() {
    let chunk = |name: &[u8], data: &[u8]| {
        let length = u32::try_from(data.len()).expect("short").to_be_bytes();
        [&length[..], name, data, &[0; 4]].concat()
    };
    for (width, height) in [(0u32, 0u32), (0, 5), (5, 0)] {
        let size = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
        let start: &[u8] = b"\x89PNG\r\n\x1a\n";
        let png = [start, &chunk(b"IHDR", &size), &chunk(b"IEND", b"")].concat();
        assert_eq!(examine("a.png", &png), Err(Problem::Empty(Size { width, height })));
    }
}
