//! Colours of a profile (ICC.1) as sRGB: of cameras and telephones such as Display P3, Adobe RGB.
//!
//! Read are profiles of three primaries and a curve for each (matrix and TRC), which photographs have. Pixels of any other
//! profile stay as they are, as a reader without colour management shows them.

use crate::Picture;

/// Steps of linear light.
const STEPS: u32 = 1 << 16;
/// Bits behind the point in the matrix.
const POINT: u32 = 14;
/// From XYZ at D50 to linear sRGB (IEC 61966-2-1, adapted by Bradford).
const TO_SRGB: [[f64; 3]; 3] = [
    [3.133_856_1, -1.616_866_7, -0.490_614_6],
    [-0.978_768_4, 1.916_141_5, 0.033_454_0],
    [0.071_945_3, -0.228_991_4, 1.405_242_7],
];
/// What is nearer to sRGB than this, of 1, is sRGB.
const NEAR: f64 = 0.004;

/// A curve from what is stored to linear light, both from 0 to 1.
enum Curve {
    Table(Vec<f64>),
    /// Type of the function (0 to 4) and its parameters g, a, b, c, d, e, f.
    Function(u16, [f64; 7]),
}

/// Converts a picture from a profile to sRGB.
pub(crate) fn to_srgb(picture: &mut Picture, profile: &[u8]) {
    let Some((curves, matrix)) = parse(profile) else { return };
    if is_srgb(&curves, &matrix) {
        return;
    }
    let linear: Vec<Vec<i64>> = curves
        .iter()
        .map(|curve| (0..256).map(|value| light(curve.at(f64::from(value) / 255.0))).collect())
        .collect();
    let fixed = matrix.map(|row| row.map(|part| whole(part * f64::from(1_u32 << POINT))));
    let stored: Vec<u8> = (0..STEPS).map(|step| stored(f64::from(step) / f64::from(STEPS - 1))).collect();
    let channels = picture.channels();
    for pixel in picture.pixels_mut().chunks_exact_mut(channels) {
        let mut from = [0_i64; 3];
        for ((from, table), value) in from.iter_mut().zip(&linear).zip(pixel.iter()) {
            *from = table.get(usize::from(*value)).copied().unwrap_or(0);
        }
        for (value, row) in pixel.iter_mut().zip(&fixed) {
            let sum: i64 = row.iter().zip(&from).map(|(part, light)| part * light).sum();
            let light = ((sum + (1 << (POINT - 1))) >> POINT).clamp(0, i64::from(STEPS) - 1);
            *value = usize::try_from(light).ok().and_then(|light| stored.get(light)).copied().unwrap_or(0);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "values are small, and checked where they are read")]
fn whole(value: f64) -> i64 {
    value.round() as i64
}

/// Steps of linear light.
fn light(value: f64) -> i64 {
    whole(value.clamp(0.0, 1.0) * f64::from(STEPS - 1))
}

/// What sRGB stores for linear light.
fn stored(light: f64) -> u8 {
    let value = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    u8::try_from(whole(value * 255.0)).unwrap_or(u8::MAX)
}

/// The light of what sRGB stores.
fn srgb_light(value: f64) -> f64 {
    if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn is_srgb(curves: &[Curve; 3], matrix: &[[f64; 3]; 3]) -> bool {
    let is_identity = matrix.iter().enumerate().all(|(y, row)| {
        row.iter().enumerate().all(|(x, part)| (part - f64::from(u8::from(x == y))).abs() < NEAR)
    });
    let is_near = |curve: &Curve| {
        (0..=16).map(|n| f64::from(n) / 16.0).all(|value| (curve.at(value) - srgb_light(value)).abs() < NEAR)
    };
    is_identity && curves.iter().all(is_near)
}

/// Curves of the three channels, and the matrix from their light to that of sRGB.
fn parse(profile: &[u8]) -> Option<([Curve; 3], [[f64; 3]; 3])> {
    if profile.get(16..24)? != b"RGB XYZ " || has_tag(profile, *b"A2B0") {
        return None;
    }
    let column = |name: [u8; 4]| -> Option<[f64; 3]> {
        let tag = tag(profile, name)?;
        let at = |nth: usize| fixed(tag, 8 + nth * 4);
        (tag.get(..4)? == b"XYZ ").then_some(())?;
        Some([at(0)?, at(1)?, at(2)?])
    };
    let (red, green, blue) = (column(*b"rXYZ")?, column(*b"gXYZ")?, column(*b"bXYZ")?);
    let mut matrix = [[0.0; 3]; 3];
    for (to, row) in matrix.iter_mut().zip(TO_SRGB) {
        for (part, column) in to.iter_mut().zip([red, green, blue]) {
            *part = row.iter().zip(column).map(|(a, b)| a * b).sum();
        }
    }
    let is_sane = matrix.iter().flatten().all(|part| part.is_finite() && part.abs() < 16.0);
    let curve = |name: [u8; 4]| Curve::parse(tag(profile, name)?);
    is_sane.then_some(())?;
    Some(([curve(*b"rTRC")?, curve(*b"gTRC")?, curve(*b"bTRC")?], matrix))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// A number with 16 bits behind the point.
fn fixed(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from(long(data, at)?.cast_signed()) / 65536.0)
}

fn tag(profile: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    let count = usize::try_from(long(profile, 128)?).ok()?.min(100);
    let entry = (0..count).map(|nth| 132 + nth * 12).find(|at| profile.get(*at..at + 4) == Some(&name))?;
    let (from, size) = (long(profile, entry + 4)? as usize, long(profile, entry + 8)? as usize);
    profile.get(from..from.checked_add(size)?)
}

fn has_tag(profile: &[u8], name: [u8; 4]) -> bool {
    tag(profile, name).is_some()
}

impl Curve {
    fn parse(tag: &[u8]) -> Option<Self> {
        match tag.get(..4)? {
            b"curv" => {
                let count = long(tag, 8)? as usize;
                let entries = tag.get(12..12_usize.checked_add(count.checked_mul(2)?)?)?;
                let mut values =
                    entries.chunks_exact(2).map(|pair| f64::from(u16::from_be_bytes([pair[0], pair[1]])));
                match count {
                    0 => Some(Self::Function(0, [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])),
                    1 => Some(Self::Function(0, [values.next()? / 256.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])),
                    _ => Some(Self::Table(values.map(|value| value / 65535.0).collect())),
                }
            }
            b"para" => {
                let kind = u16::from_be_bytes(tag.get(8..10)?.try_into().ok()?);
                let count = *[1, 3, 4, 5, 7].get(usize::from(kind))?;
                let mut numbers = [0.0; 7];
                for (nth, number) in numbers.iter_mut().take(count).enumerate() {
                    *number = fixed(tag, 12 + nth * 4)?;
                }
                Some(Self::Function(kind, numbers))
            }
            _ => None,
        }
    }

    fn at(&self, value: f64) -> f64 {
        let light = match self {
            Self::Table(values) => {
                let last = u32::try_from(values.len().saturating_sub(1)).unwrap_or(u32::MAX);
                let place = value * f64::from(last);
                let before = usize::try_from(whole(place.floor())).unwrap_or(0);
                let of = |index: usize| values.get(index).or(values.last()).copied().unwrap_or(0.0);
                of(before) + (of(before + 1) - of(before)) * (place - place.floor())
            }
            Self::Function(kind, parameters) => function(*kind, parameters, value),
        };
        if light.is_finite() { light.clamp(0.0, 1.0) } else { 0.0 }
    }
}

/// A parametric curve at a value (ICC.1:2022, table 68).
#[expect(clippy::many_single_char_names, reason = "so the standard names them")]
fn function(kind: u16, [g, a, b, c, d, e, f]: &[f64; 7], value: f64) -> f64 {
    let power = || (a * value + b).powf(*g);
    let is_above = *a != 0.0 && value >= -b / a;
    match kind {
        0 => value.powf(*g),
        1 if is_above => power(),
        1 => 0.0,
        2 if is_above => power() + c,
        2 => *c,
        3 if value >= *d => power(),
        3 => c * value,
        _ if value >= *d => power() + e,
        _ => c * value + f,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A profile of three primaries (XYZ at D50) and one curve.
    pub(crate) fn profile(primaries: [[f64; 3]; 3], curve: &[u8]) -> Vec<u8> {
        let mut tags: Vec<([u8; 4], Vec<u8>)> = Vec::new();
        for (name, xyz) in [*b"rXYZ", *b"gXYZ", *b"bXYZ"].into_iter().zip(primaries) {
            let mut data = b"XYZ \0\0\0\0".to_vec();
            for value in xyz {
                data.extend(i32::try_from(whole(value * 65536.0)).expect("small").to_be_bytes());
            }
            tags.push((name, data));
        }
        tags.extend([*b"rTRC", *b"gTRC", *b"bTRC"].map(|name| (name, curve.to_vec())));
        let mut profile = vec![0; 128];
        profile[16..24].copy_from_slice(b"RGB XYZ ");
        profile.extend(u32::try_from(tags.len()).expect("few").to_be_bytes());
        let mut at = 132 + tags.len() * 12;
        for (name, data) in &tags {
            profile.extend(name);
            profile.extend(u32::try_from(at).expect("short").to_be_bytes());
            profile.extend(u32::try_from(data.len()).expect("short").to_be_bytes());
            at += data.len();
        }
        for (_, data) in &tags {
            profile.extend(data);
        }
        profile
    }

    pub(crate) const P3: [[f64; 3]; 3] = [
        [0.515_102, 0.241_182, -0.001_050],
        [0.291_965, 0.692_236, 0.041_882],
        [0.157_153, 0.066_582, 0.784_378],
    ];
    const SRGB: [[f64; 3]; 3] = [
        [0.436_066, 0.222_488, 0.013_916],
        [0.385_147, 0.716_873, 0.097_076],
        [0.143_066, 0.060_608, 0.714_096],
    ];
    /// The curve of sRGB as a function.
    pub(crate) const CURVE: &[u8] =
        b"para\0\0\0\0\0\x03\0\0\0\x02\x66\x66\0\0\xF2\xA7\0\0\x0D\x59\0\0\x13\xD0\0\0\x0A\x5B";

    fn converted(profile: &[u8], pixel: [u8; 3]) -> Vec<u8> {
        let mut picture = Picture::new(1, 1, pixel.to_vec(), false).expect("a picture");
        to_srgb(&mut picture, profile);
        picture.pixels().to_vec()
    }

    #[test]
    fn colours_of_wide_profiles_become_what_they_look_like() {
        let p3 = profile(P3, CURVE);
        assert_eq!(converted(&p3, [255, 255, 255]), [255, 255, 255]);
        assert_eq!(converted(&p3, [0, 0, 0]), [0, 0, 0]);
        // A muted orange of Display P3 is more saturated in numbers of sRGB.
        let orange = converted(&p3, [200, 120, 60]);
        assert!(orange[0] > 203 && orange[2] < 55, "{orange:?}");
        // A linear curve: a quarter of the light is 137 in sRGB.
        let linear = profile(SRGB, b"curv\0\0\0\0\0\0\0\0");
        let grey = converted(&linear, [64, 64, 64]);
        assert!(grey.iter().all(|value| (136..=138).contains(value)), "{grey:?}");
    }

    #[test]
    fn srgb_stays_as_it_is() {
        let srgb = profile(SRGB, CURVE);
        for pixel in [[1, 2, 3], [250, 10, 99]] {
            assert_eq!(converted(&srgb, pixel), pixel);
        }
    }

    #[test]
    fn what_is_no_profile_changes_nothing() {
        let p3 = profile(P3, CURVE);
        for length in 0..p3.len() {
            converted(&p3[..length], [200, 120, 60]);
        }
        assert_eq!(converted(b"", [200, 120, 60]), [200, 120, 60]);
    }
}
