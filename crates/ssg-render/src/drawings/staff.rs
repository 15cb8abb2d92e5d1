//! A staff of years: above the line a half disc for what was said on stage, below it one for what was written.
//!
//! Places are parts of the width, so that a staff is as wide as its place and its discs stay round.

use super::{float, short};
use std::fmt::Write;

/// A year with what happened in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Year {
    pub year: i16,
    /// Talks.
    pub said: usize,
    /// Posts and the like.
    pub written: usize,
    /// The ink of the event where it was said most.
    pub ink: Option<&'static str>,
}

/// The first and the last year of a staff of its own: one more on both sides, and five at least.
pub(crate) fn span(years: &[Year]) -> Option<(i16, i16)> {
    let (first, last) =
        (years.iter().map(|year| year.year).min()?, years.iter().map(|year| year.year).max()?);
    let (from, to) = (first.saturating_sub(1), last.saturating_add(1));
    let lacking = 5_i16.saturating_sub(to.saturating_sub(from).saturating_add(1)).max(0);
    Some((from.saturating_sub(lacking / 2), to.saturating_add(lacking - lacking / 2)))
}

/// Where a year stands, in percent of the width.
pub(crate) fn at(year: i16, from: i16, to: i16) -> f64 {
    let count = f64::from((i32::from(to) - i32::from(from)).max(0) + 1);
    (f64::from(i32::from(year) - i32::from(from)) + 0.5) * 100.0 / count
}

/// The staff as SVG. A disc has an area by its count, and a radius of `unit` for one and at most `most`.
pub(crate) fn staff(years: &[Year], from: i16, to: i16, unit: f64, most: f64) -> String {
    let radius = |count: usize| (unit * float(count).sqrt()).min(most);
    let highest = |of: fn(&Year) -> usize| years.iter().map(of).max().filter(|count| *count > 0);
    let above = highest(|year| year.said).map_or(unit, radius);
    let below = highest(|year| year.written).map_or(unit, radius);
    let line = short(above + 1.5);
    let height = short(above + below + 3.0);
    let mut svg = format!(
        "<svg class=\"staff\" width=\"100%\" height=\"{height}\" aria-hidden=\"true\"><line class=\"s\" x2=\"100%\" y1=\"{line}\" y2=\"{line}\"/>"
    );
    for year in years.iter().filter(|year| (from..=to).contains(&year.year)) {
        let x = short(at(year.year, from, to));
        let mut discs = String::new();
        if year.said > 0 {
            let r = short(radius(year.said));
            let ink = year.ink.unwrap_or(super::ink::NEUTRAL);
            let _ = write!(
                discs,
                "<path class=\"l {ink}\" d=\"M-{r} -.7a{r} {r} 0 0 1 {} 0z\"/>",
                short(2.0 * radius(year.said))
            );
        }
        if year.written > 0 {
            let r = short(radius(year.written));
            let _ = write!(
                discs,
                "<path class=\"w\" d=\"M-{r} .7a{r} {r} 0 0 0 {} 0z\"/>",
                short(2.0 * radius(year.written))
            );
        }
        if !discs.is_empty() {
            let _ = write!(svg, "<svg x=\"{x}%\" y=\"{line}\" overflow=\"visible\">{discs}</svg>");
        }
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(year: i16, said: usize, written: usize) -> Year {
        Year { year, said, written, ink: Some("teal") }
    }

    #[test]
    fn an_axis_has_five_years_and_stands_between() {
        assert_eq!(span(&[year(2018, 1, 0)]), Some((2016, 2020)));
        assert_eq!(span(&[year(2009, 1, 0), year(2018, 0, 1)]), Some((2008, 2019)));
        assert_eq!(span(&[]), None);
        assert!((at(2018, 2016, 2020) - 50.0).abs() < 0.01);
        assert_eq!(span(&[year(i16::MAX, 1, 0), year(i16::MIN, 1, 0)]), Some((i16::MIN, i16::MAX)));
    }

    #[test]
    fn four_talks_have_twice_the_radius_of_one() {
        let svg = staff(&[year(2018, 4, 1)], 2016, 2020, 6.0, 20.0);
        assert!(
            svg.contains("x=\"50%\"") && svg.contains("M-12 -.7a12 12") && svg.contains("M-6 .7a6 6"),
            "{svg}"
        );
        assert!(staff(&[year(2018, 900, 0)], 2016, 2020, 6.0, 20.0).contains("a20 20"));
    }
}
