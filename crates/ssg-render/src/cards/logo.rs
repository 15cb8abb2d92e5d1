//! Reads the logo.

use super::draw::Picture;

/// Larger logos are refused: pixels of a side.
const LARGEST: u32 = 4096;

/// Reads a PNG image.
pub(super) fn read(bytes: &[u8]) -> Result<Picture, String> {
    let mut decoder =
        png::Decoder::new_with_limits(std::io::Cursor::new(bytes), png::Limits { bytes: 1 << 27 });
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
    let (width, height) = (reader.info().width, reader.info().height);
    if width == 0 || height == 0 || width > LARGEST || height > LARGEST {
        return Err(format!("{width}×{height} pixels are too many for a logo"));
    }
    let size = reader.output_buffer_size().ok_or("it is too large")?;
    let mut data = vec![0; size];
    let frame = reader.next_frame(&mut data).map_err(|error| error.to_string())?;
    data.truncate(frame.buffer_size());
    let channels = match frame.color_type {
        png::ColorType::GrayscaleAlpha => 2,
        png::ColorType::Rgba => 4,
        other => return Err(format!("{other:?} is no form of colours that is read here")),
    };
    let pixel = |part: &[u8]| match *part {
        [grey, alpha] => [grey, grey, grey, alpha],
        [r, g, b, alpha] => [r, g, b, alpha],
        _ => [0; 4],
    };
    let pixels = data.chunks_exact(channels).map(pixel).collect();
    Ok(Picture { width: frame.width, height: frame.height, pixels })
}
