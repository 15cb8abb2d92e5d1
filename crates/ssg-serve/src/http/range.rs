//! Ranges of bytes, as players of video and resumed downloads ask for.

use hyper::header::{HeaderMap, RANGE};

/// What `Range` means for a file of a known size.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The whole file: no range, several ranges, or one that is not understood.
    Whole,
    /// `length` bytes from `start` on; at least one.
    Part {
        /// The first byte, counted from 0.
        start: u64,
        /// How many.
        length: u64,
    },
    /// A range that the file does not reach.
    Nothing,
}

/// Reads the header; `size` is that of the file in bytes.
pub(crate) fn wanted(headers: &HeaderMap, size: u64) -> Wanted {
    let mut values = headers.get_all(RANGE).iter();
    let (Some(value), None) = (values.next(), values.next()) else { return Wanted::Whole };
    let Some((unit, range)) = value.to_str().ok().and_then(|value| value.split_once('=')) else {
        return Wanted::Whole;
    };
    // More than one part would need a multipart answer; giving the whole is allowed.
    if !unit.trim().eq_ignore_ascii_case("bytes") || range.contains(',') {
        return Wanted::Whole;
    }
    let Some((first, last)) = range.trim().split_once('-') else { return Wanted::Whole };
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // Too many digits for a number is simply far beyond the end.
        digits.then(|| text.parse::<u64>().unwrap_or(u64::MAX))
    };
    match (number(first.trim()), number(last.trim()), last.trim().is_empty()) {
        (Some(start), Some(end), _) if start <= end => part(start, end, size),
        (Some(start), None, true) => part(start, u64::MAX, size),
        (None, Some(suffix), _) if first.trim().is_empty() => match suffix.min(size) {
            0 => Wanted::Nothing,
            length => Wanted::Part { start: size - length, length },
        },
        _ => Wanted::Whole,
    }
}

fn part(start: u64, end: u64, size: u64) -> Wanted {
    if start >= size {
        return Wanted::Nothing;
    }
    Wanted::Part { start, length: end.min(size - 1) - start + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_ranges() {
        let ask = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RANGE, value.parse().expect("a header"));
            wanted(&headers, 10)
        };
        assert_eq!(ask("bytes=0-0"), Wanted::Part { start: 0, length: 1 });
        assert_eq!(ask("bytes=2-"), Wanted::Part { start: 2, length: 8 });
        assert_eq!(ask("bytes=-3"), Wanted::Part { start: 7, length: 3 });
        assert_eq!(ask("bytes=-99999999999999999999999"), Wanted::Part { start: 0, length: 10 });
        assert_eq!(ask("bytes=5-99"), Wanted::Part { start: 5, length: 5 });
        assert_eq!(ask("bytes=10-"), Wanted::Nothing);
        assert_eq!(ask("bytes=-0"), Wanted::Nothing);
        for whole in ["bytes=5-2", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,3-4", "bytes", "bytes=1-x"]
        {
            assert_eq!(ask(whole), Wanted::Whole, "{whole}");
        }
        assert_eq!(wanted(&HeaderMap::new(), 10), Wanted::Whole);
    }
}
