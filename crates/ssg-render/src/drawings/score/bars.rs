//! The bars of one class, as one path.
//!
//! Bars of one row and height that overlap are one bar: in a drawing of a hundred talks they would be a path of
//! kilobytes on each page that shows it, and look the same.

use std::collections::HashMap;
use std::fmt::Write;

/// A rectangle, in tenths of a unit: what is written has one decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bar {
    left: i64,
    top: i64,
    width: i64,
    height: i64,
}

impl Bar {
    pub(super) fn new(x: f64, y: f64, width: f64, height: f64) -> Self {
        Self { left: tenths(x), top: tenths(y), width: tenths(width), height: tenths(height) }
    }

    fn right(&self) -> i64 {
        self.left.saturating_add(self.width)
    }

    /// The rectangle as a part of a path.
    pub(super) fn path(&self) -> String {
        let [left, top, width, height] = [self.left, self.top, self.width, self.height].map(units);
        format!("M{left} {top}h{width}v{height}h-{width}z")
    }
}

/// Bars in the order in which the first of each came.
#[derive(Debug, Default)]
pub(super) struct Bars {
    all: Vec<Bar>,
    /// The latest of each row and height, by its place among all.
    latest: HashMap<(i64, i64), usize>,
}

impl Bars {
    /// One more; it lengthens the latest of its row where it begins within it.
    pub(super) fn add(&mut self, bar: Bar) {
        let next = self.all.len();
        let place = self.latest.entry((bar.top, bar.height)).or_insert(next);
        match self.all.get_mut(*place) {
            Some(latest) if (latest.left..=latest.right()).contains(&bar.left) => {
                latest.width = latest.right().max(bar.right()) - latest.left;
            }
            _ => {
                *place = next;
                self.all.push(bar);
            }
        }
    }

    /// Left, top, width and height of each, in tenths of a unit.
    pub(super) fn places(&self) -> impl Iterator<Item = [i64; 4]> {
        self.all.iter().map(|bar| [bar.left, bar.top, bar.width, bar.height])
    }

    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        for bar in &self.all {
            let _ = write!(path, "{}", bar.path());
        }
        path
    }
}

#[expect(clippy::cast_possible_truncation, reason = "places within some days of minutes")]
fn tenths(number: f64) -> i64 {
    (number * 10.0).round() as i64
}

fn units(tenths: i64) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(bars: &[(f64, f64)]) -> String {
        let mut all = Bars::default();
        for (x, width) in bars {
            all.add(Bar::new(*x, 7.0, *width, 46.0));
        }
        all.path()
    }

    #[test]
    fn bars_with_a_gap_stay_as_they_are() {
        assert_eq!(path(&[(0.0, 1.5), (2.0, 1.5)]), "M0 7h1.5v46h-1.5zM2 7h1.5v46h-1.5z");
    }

    #[test]
    fn bars_that_overlap_or_touch_are_one() {
        assert_eq!(path(&[(0.0, 1.5), (0.8, 1.5), (2.3, 1.5), (9.0, 1.0)]), "M0 7h3.8v46h-3.8zM9 7h1v46h-1z");
        assert_eq!(path(&[(0.0, 9.0), (1.0, 1.0)]), "M0 7h9v46h-9z");
    }

    #[test]
    fn a_bar_before_the_latest_is_a_bar_of_its_own() {
        assert_eq!(path(&[(5.0, 1.0), (0.0, 1.0)]), "M5 7h1v46h-1zM0 7h1v46h-1z");
    }
}
