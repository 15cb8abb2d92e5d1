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
    /// AVIF, with the cargo feature `avif`. Its encoder computes with fractions: another kind of machine may give other
    /// bytes.
    Avif,
}

impl Encoding {
    /// How names of files end, without a point.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::WebP => "webp",
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Avif => "avif",
        }
    }

    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::WebP => "image/webp",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Avif => "image/avif",
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
            #[cfg(feature = "avif")]
            Encoding::Avif => self.to_avif(quality),
            #[cfg(not(feature = "avif"))]
            Encoding::Avif => Err(Problem::NotWritten("AVIF")),
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

    #[cfg(feature = "avif")]
    fn to_avif(&self, quality: u8) -> Result<Vec<u8>, Problem> {
        use ravif::{Img, RGB8, RGBA8};
        let encoder = ravif::Encoder::new()
            .with_quality(f32::from(quality.clamp(1, 100)))
            .with_alpha_quality(f32::from(quality.clamp(1, 100)))
            .with_speed(SPEED)
            .with_bit_depth(ravif::BitDepth::Eight)
            .with_num_threads(Some(1));
        let side = |side: u32| usize::try_from(side).unwrap_or(usize::MAX);
        let (width, height) = (side(self.width()), side(self.height()));
        let encoded = if self.has_alpha() {
            let pixels: Vec<RGBA8> =
                self.pixels().as_chunks().0.iter().map(|&[r, g, b, a]| RGBA8::new(r, g, b, a)).collect();
            encoder.encode_rgba(Img::new(&pixels[..], width, height))
        } else {
            let pixels: Vec<RGB8> =
                self.pixels().as_chunks().0.iter().map(|&[r, g, b]| RGB8::new(r, g, b)).collect();
            encoder.encode_rgb(Img::new(&pixels[..], width, height))
        };
        encoded.map(|encoded| encoded.avif_file).map_err(|why| Problem::Broken(why.to_string()))
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

/// How much time the encoder of AVIF takes for fewer bytes: 1 is the most, 10 the least.
#[cfg(feature = "avif")]
const SPEED: u8 = 6;
