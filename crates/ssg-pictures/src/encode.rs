//! Pictures as bytes.

use crate::{Picture, Problem};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use serde::{Deserialize, Serialize};
use webp::WebPConfig;

/// A format that pictures are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Encoding {
    /// WebP, lossy.
    WebP,
    /// JPEG, progressive.
    Jpeg,
    /// PNG, without loss: for icons.
    Png,
}

impl Encoding {
    /// How names of files end, without a point.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::WebP => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::WebP => "image/webp",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

impl Picture {
    /// The picture in a format; `quality` is from 1 to 100. A file without any metadata: what is without a profile is sRGB.
    ///
    /// # Errors
    /// Where it is larger than the format allows, or has transparent parts and the format has none.
    pub fn encoded(&self, encoding: Encoding, quality: u8) -> Result<Vec<u8>, Problem> {
        match encoding {
            Encoding::WebP => self.to_webp(quality),
            Encoding::Jpeg => self.to_jpeg(quality),
            Encoding::Png => self.to_png(),
        }
    }

    fn to_webp(&self, quality: u8) -> Result<Vec<u8>, Problem> {
        let broken = |why: &str| Problem::Broken(why.to_owned());
        let encoder = if self.has_alpha() {
            webp::Encoder::from_rgba(self.pixels(), self.width(), self.height())
        } else {
            webp::Encoder::from_rgb(self.pixels(), self.width(), self.height())
        };
        let mut config = WebPConfig::new().map_err(|()| broken("libwebp is of another version"))?;
        config.quality = quality.clamp(1, 100).into();
        config.method = 4;
        config.thread_level = 0;
        let written = encoder.encode_advanced(&config);
        written.map(|bytes| bytes.to_vec()).map_err(|why| broken(&format!("{why:?}")))
    }

    fn to_png(&self) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width(), self.height());
        encoder.set_color(if self.has_alpha() { png::ColorType::Rgba } else { png::ColorType::Rgb });
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        let written = encoder.write_header().and_then(|mut writer| {
            writer.write_image_data(self.pixels())?;
            writer.finish()
        });
        written.map_err(|why| Problem::Broken(why.to_string()))?;
        Ok(bytes)
    }

    fn to_jpeg(&self, quality: u8) -> Result<Vec<u8>, Problem> {
        let size = |side: u32| u16::try_from(side).map_err(|_| Problem::Size(self.width(), self.height()));
        if self.has_alpha() {
            return Err(Problem::NotRead("transparent, as no JPEG is"));
        }
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, quality.clamp(1, 100));
        encoder.set_progressive(true);
        encoder.set_optimized_huffman_tables(true);
        encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
        let (width, height) = (size(self.width())?, size(self.height())?);
        let written = encoder.encode(self.pixels(), width, height, ColorType::Rgb);
        written.map_err(|why| Problem::Broken(why.to_string()))?;
        Ok(bytes)
    }
}
