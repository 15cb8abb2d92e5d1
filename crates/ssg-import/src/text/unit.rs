//! Lines to units: a unit is a paragraph, a heading line or an item, whatever it turns out to be.
//!
//! Pasted pages have one line for each paragraph; mails and old notes are wrapped at a width.
//! Which of the two a text is shows in its lengths, and only wrapped lines are joined.

use super::clean::Line;
use super::dates::date_line;
use super::shape::{length, marker, output_line, prompt_line};

/// A run of lines that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// First line, from 1.
    pub first: usize,
    /// Last line.
    pub last: usize,
    /// Indent of the first line.
    pub indent: usize,
    /// The text; lines that were joined have a space between them.
    pub text: String,
    /// Whether a blank line, or nothing, stands before it.
    pub opens: bool,
    /// Whether a blank line, or nothing, stands after it.
    pub closes: bool,
    /// Blank lines before it.
    pub blanks_before: usize,
    /// Blank lines after it.
    pub blanks_after: usize,
}

/// Groups lines into units.
pub(crate) fn units(lines: Vec<Line>) -> Vec<Unit> {
    let width = wrap_width(&lines);
    let mut units: Vec<Unit> = Vec::new();
    let mut last_line = (0, String::new());
    for line in lines {
        let gap = units.last().map_or(usize::from(!units.is_empty()), |unit| line.number - unit.last - 1);
        let adjacent = !units.is_empty() && gap == 0;
        let joined = adjacent && joins(units.last().expect("adjacent"), &last_line.1, &line, width);
        last_line = (line.indent, line.text.clone());
        if joined {
            let unit = units.last_mut().expect("joined");
            unit.text.push(' ');
            unit.text.push_str(&line.text);
            unit.last = line.number;
            continue;
        }
        if let Some(unit) = units.last_mut() {
            unit.closes = !adjacent;
            unit.blanks_after = gap;
        }
        units.push(Unit {
            first: line.number,
            last: line.number,
            indent: line.indent,
            text: line.text,
            opens: !adjacent,
            closes: true,
            blanks_before: gap,
            blanks_after: 0,
        });
    }
    units
}

/// The width that the text is wrapped at; `None` when each paragraph is one line.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    let longest = lines.iter().map(|line| length(&line.text) + line.indent).max()?;
    if !(50..=100).contains(&longest) {
        return None;
    }
    let full = lines
        .windows(2)
        .filter(|pair| pair[1].number == pair[0].number + 1 && length(&pair[0].text) * 10 >= longest * 7)
        .count();
    (full >= 3).then_some(longest)
}

/// Whether a line goes on with the unit above it.
fn joins(unit: &Unit, above: &str, line: &Line, width: Option<usize>) -> bool {
    let item = marker(&unit.text).is_some();
    if marker(&line.text).is_some() || output_line(&line.text, 0) || prompt_line(above) {
        return false;
    }
    // The next lines of an item stand under its text.
    if item && line.indent > unit.indent {
        return true;
    }
    let Some(width) = width else { return false };
    // A line breaks on purpose when the next word would have fitted with room to spare.
    let word = line.text.split(' ').next().map_or(0, length);
    let full = unit.indent.max(line.indent) + length(above) + 1 + word > width * 8 / 10;
    full && date_line(above).is_none() && (item || line.indent == unit.indent || unit.first == unit.last)
}

#[cfg(test)]
mod tests {
    use super::super::clean::lines;
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        units(lines(text, &mut Vec::new())).into_iter().map(|unit| unit.text).collect()
    }

    #[test]
    fn pasted_lines_stay_apart_and_wrapped_ones_join() {
        let long = "This line is a whole paragraph and goes on well past any width that a terminal has had.";
        assert_eq!(texts(&format!("Heading\n{long} {long}\nNext\n")).len(), 3);
        let wrapped = "Heading\nThis is a paragraph that somebody wrapped at sixty columns or\n\
                       so, as mail programs did, and it goes on for some more lines,\n\
                       until it ends here, after the fourth line of the text, well,\n\
                       almost.\nA new one.\n";
        let units = texts(wrapped);
        assert_eq!(units.len(), 3, "{units:?}");
        assert!(units[1].ends_with("almost."));
    }

    #[test]
    fn items_keep_their_further_lines() {
        assert_eq!(texts("• one\n  more of it\n• two\n"), ["• one more of it", "• two"]);
    }

    #[test]
    fn blanks_are_counted() {
        let units = units(lines("a\n\n\nb\nc\n", &mut Vec::new()));
        let shape: Vec<_> =
            units.iter().map(|u| (u.opens, u.closes, u.blanks_before, u.blanks_after)).collect();
        assert_eq!(shape, [(true, true, 0, 2), (true, false, 2, 0), (false, true, 0, 0)]);
    }
}
