//! Days of an event that are known in part: `"2027"`, `"2027-Q2"`, `"2027-06"`, or not at all, `"TBA"`.
//!
//! People announce a year before they have a hall, and a call for papers may open before there is a day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is known of a day that is not known exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OpenDate {
    /// The year.
    Year(i16),
    /// The quarter of a year, from 1.
    Quarter(i16, i8),
    /// The month of a year, from 1.
    Month(i16, i8),
    /// Nothing.
    Unknown,
}

impl OpenDate {
    /// Reads an open date; `None` for anything else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if ["tba", "tbd", "tbc", "to be announced"].contains(&text.to_ascii_lowercase().as_str()) {
            return Some(Self::Unknown);
        }
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text, None),
        };
        if year.len() != 4 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let year: i16 = year.parse().ok()?;
        match rest.map(str::as_bytes) {
            None => Some(Self::Year(year)),
            Some([b'Q' | b'q', quarter @ b'1'..=b'4']) => Some(Self::Quarter(year, digit(*quarter))),
            Some([a @ b'0'..=b'9', b @ b'0'..=b'9']) => Some(digit(*a) * 10 + digit(*b))
                .filter(|month| (1..=12).contains(month))
                .map(|month| Self::Month(year, month)),
            Some(_) => None,
        }
    }

    /// The first day that it may be; `None` where nothing is known.
    #[must_use]
    pub fn first(self) -> Option<Date> {
        let (year, month) = match self {
            Self::Year(year) => (year, 1),
            Self::Quarter(year, quarter) => (year, quarter * 3 - 2),
            Self::Month(year, month) => (year, month),
            Self::Unknown => return None,
        };
        Date::new(year, month, 1).ok()
    }

    /// The last day that it may be.
    #[must_use]
    pub fn last(self) -> Option<Date> {
        let (year, month) = match self {
            Self::Year(year) => (year, 12),
            Self::Quarter(year, quarter) => (year, quarter * 3),
            Self::Month(year, month) => (year, month),
            Self::Unknown => return None,
        };
        Some(Date::new(year, month, 1).ok()?.last_of_month())
    }
}

/// As it is written; a text for [`OpenDate::read`].
impl fmt::Display for OpenDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Unknown => write!(f, "TBA"),
        }
    }
}

fn digit(byte: u8) -> i8 {
    i8::try_from(byte.saturating_sub(b'0')).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_day() {
        for (text, first, last) in [
            ("2027", "2027-01-01", "2027-12-31"),
            ("2027-Q2", "2027-04-01", "2027-06-30"),
            ("2028-02", "2028-02-01", "2028-02-29"),
        ] {
            let open = OpenDate::read(text).expect("open");
            let days = (open.first().map(|day| day.to_string()), open.last().map(|day| day.to_string()));
            assert_eq!(days, (Some(first.to_owned()), Some(last.to_owned())));
            assert_eq!(open.to_string(), text);
        }
        assert_eq!(OpenDate::read("tba"), Some(OpenDate::Unknown));
        for text in ["2027-06-10", "2027-13", "2027-Q5", "27", "June 2027", "2027-6", ""] {
            assert_eq!(OpenDate::read(text), None, "{text}");
        }
    }
}
