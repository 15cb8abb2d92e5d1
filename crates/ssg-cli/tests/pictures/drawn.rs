//! Photographs that are drawn for the tests.

use ssg_pictures::{Encoding, Picture};

/// What nobody is to read in what is published.
pub const SECRET: &[u8] = b"51.0543 N 3.7174 E, serial 40417";

/// A drawn photograph: colours that run into each other, with noise.
pub fn drawn(width: u32, height: u32, shade: u32) -> Picture {
    let mut seed = shade + 1;
    let mut pixels = Vec::new();
    for y in 0..height {
        for x in 0..width {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let colours = [x * 160 / width + shade, y * 200 / height, (x + y) * 90 / (width + height) + 40];
            pixels
                .extend(colours.map(|colour| u8::try_from((colour + (seed >> 29)).min(255)).expect("small")));
        }
    }
    Picture::new(width, height, pixels, false).expect("a picture")
}

/// A JPEG as a telephone writes it: turned by a quarter, with its place.
pub fn photograph(width: u32, height: u32, shade: u32) -> Vec<u8> {
    let plain = drawn(width, height, shade).encoded(Encoding::Jpeg, 90).expect("written");
    let mut exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend(SECRET);
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    [&plain[..2], &[0xFF, 0xE1], &length, &exif, &plain[2..]].concat()
}

pub fn png(picture: &Picture) -> Vec<u8> {
    // Without compression, as it is quickest to write by hand: blocks of zlib that are stored.
    let row = picture.width() as usize * 3;
    let raw: Vec<u8> =
        picture.pixels().chunks(row).flat_map(|row| std::iter::once(&0).chain(row)).copied().collect();
    let mut data = vec![0x78, 0x01];
    let blocks = raw.chunks(65_535).count();
    for (nth, block) in raw.chunks(65_535).enumerate() {
        let length = u16::try_from(block.len()).expect("short");
        data.push(u8::from(nth + 1 == blocks));
        data.extend(length.to_le_bytes());
        data.extend((!length).to_le_bytes());
        data.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in &raw {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    data.extend((b << 16 | a).to_be_bytes());
    let mut header = [picture.width().to_be_bytes(), picture.height().to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1A\n".to_vec();
    for (name, data) in
        [(b"IHDR", header), (b"tEXt", SECRET.to_vec()), (b"IDAT", data), (b"IEND", Vec::new())]
    {
        file.extend(u32::try_from(data.len()).expect("short").to_be_bytes());
        let named = [name, data.as_slice()].concat();
        let mut sum = u32::MAX;
        for byte in &named {
            sum ^= u32::from(*byte);
            for _ in 0..8 {
                sum = if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
            }
        }
        file.extend(named);
        file.extend((!sum).to_be_bytes());
    }
    file
}

/// A screenshot: flat colours.
pub fn screenshot(width: u32, height: u32) -> Vec<u8> {
    let pixel = |n: u32| if n % width < width / 3 { [240, 240, 240] } else { [30, 60, 90] };
    png(&Picture::new(width, height, (0..width * height).flat_map(pixel).collect(), false)
        .expect("a picture"))
}

/// A PNG whose chunks are whole and whose pixels cannot be read: the walk along the chunks finds nothing, the decoder
/// does.
pub fn damaged() -> Vec<u8> {
    let mut file = png(&drawn(300, 200, 60));
    let at = file.windows(4).position(|name| name == b"IDAT").expect("pixels");
    file[at + 4] ^= 0xFF;
    file
}
