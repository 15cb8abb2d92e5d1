//! How a camera was held, in EXIF (a TIFF structure, CIPA DC-008).

/// Tag of the orientation.
const ORIENTATION: u16 = 0x0112;
/// What EXIF begins with in a JPEG segment, and at times elsewhere.
const HEAD: &[u8] = b"Exif\0\0";

/// How the pixels of a file lie, as EXIF numbers it: 1 is upright, to 8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Orientation {
    #[default]
    Upright,
    Mirrored,
    HalfTurned,
    Flipped,
    Transposed,
    QuarterRight,
    Transversed,
    QuarterLeft,
}

impl Orientation {
    const ALL: [Self; 8] = [
        Self::Upright,
        Self::Mirrored,
        Self::HalfTurned,
        Self::Flipped,
        Self::Transposed,
        Self::QuarterRight,
        Self::Transversed,
        Self::QuarterLeft,
    ];

    /// From EXIF data, with or without the head that JPEG puts before it. Anything that cannot be read is upright.
    pub(crate) fn of_exif(data: &[u8]) -> Self {
        number(data.strip_prefix(HEAD).unwrap_or(data)).unwrap_or_default()
    }

    /// EXIF data that says this and nothing else, without a head; none where there is nothing to say.
    pub(crate) fn to_exif(self) -> Option<Vec<u8>> {
        let number = Self::ALL.iter().position(|one| *one == self).filter(|index| *index > 0)? + 1;
        let number = u8::try_from(number).ok()?;
        // Big-endian TIFF: one directory with one entry, a short, and no directory after it.
        let mut data = b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        data.extend([number, 0, 0, 0, 0, 0, 0]);
        Some(data)
    }

    /// Whether width and height change places.
    pub(crate) fn swaps_sides(self) -> bool {
        matches!(self, Self::Transposed | Self::QuarterRight | Self::Transversed | Self::QuarterLeft)
    }
}

fn number(data: &[u8]) -> Option<Orientation> {
    let little = match data.get(..4)? {
        b"II\x2A\0" => true,
        b"MM\0\x2A" => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let bytes: [u8; 2] = data.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| -> Option<u32> {
        let bytes: [u8; 4] = data.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let entries = usize::from(short(directory)?);
    let entry = (0..entries)
        .filter_map(|nth| directory.checked_add(2 + nth * 12))
        .take_while(|at| *at < data.len())
        .find(|at| short(*at) == Some(ORIENTATION))?;
    let value = short(entry.checked_add(8)?)?;
    Orientation::ALL.get(usize::from(value).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for one in Orientation::ALL {
            let read = one.to_exif().map_or(Orientation::Upright, |data| Orientation::of_exif(&data));
            assert_eq!(read, one);
        }
    }

    #[test]
    fn little_ends_and_heads_are_read() {
        let data = b"Exif\0\0II\x2A\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        assert_eq!(Orientation::of_exif(data), Orientation::QuarterRight);
    }

    #[test]
    fn what_makes_no_sense_is_upright() {
        let right = Orientation::QuarterRight.to_exif().unwrap_or_default();
        for length in 0..18 {
            assert_eq!(Orientation::of_exif(&right[..length]), Orientation::Upright, "{length}");
        }
        for data in [b"MM\0\x2A\xFF\xFF\xFF\xFF".as_slice(), b"MM\0\x2A\0\0\0\x08\xFF\xFF", b"", b"II"] {
            assert_eq!(Orientation::of_exif(data), Orientation::Upright);
        }
    }
}
