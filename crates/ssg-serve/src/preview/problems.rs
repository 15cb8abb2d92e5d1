//! Diagnostics as the browser shows them.

use crate::news::Problem;
use ssg_source::{Diagnostic, Diagnostics, Inputs, Severity, decode, line_column};

/// Most problems that a browser is told; the terminal has all.
const MOST: usize = 50;
/// Lines shown around the place.
const AROUND: usize = 2;

/// Errors first, each with the lines around its place, where the files can be read.
pub(super) fn problems(inputs: Option<&dyn Inputs>, found: &Diagnostics) -> Vec<Problem> {
    let of = |severity: Severity| found.iter().filter(move |one| one.severity == severity);
    of(Severity::Error).chain(of(Severity::Warning)).take(MOST).map(|one| problem(inputs, one)).collect()
}

fn problem(inputs: Option<&dyn Inputs>, one: &Diagnostic) -> Problem {
    let text = one.text.as_deref().map(str::to_owned).or_else(|| {
        let bytes = inputs?.read(one.path.as_ref()?).ok()?;
        Some(decode(&bytes).ok()?.into_owned())
    });
    let place = text.as_ref().zip(one.span).map(|(text, span)| line_column(text, span.start as usize));
    Problem {
        severity: one.severity,
        message: one.message.clone(),
        path: one.path.as_ref().map_or_else(String::new, |path| path.as_str().to_owned()),
        line: place.as_ref().map_or(0, |place| place.line),
        column: place.as_ref().map_or(0, |place| place.column),
        excerpt: text
            .zip(place)
            .map_or_else(String::new, |(text, place)| excerpt(&text, place.line, place.column)),
        hints: one.hints.clone(),
    }
}

/// The lines around a line, with their numbers and a mark below the column.
fn excerpt(text: &str, line: usize, column: usize) -> String {
    let first = line.saturating_sub(AROUND).max(1);
    let width = (line + AROUND).to_string().len();
    let mut shown = String::new();
    for (number, content) in (first..=line + AROUND).zip(text.lines().skip(first - 1)) {
        // A line without end would fill the overlay.
        let content: String = content.chars().take(200).collect();
        shown.push_str(&format!("{number:width$} | {content}\n"));
        if number == line {
            let indent: String =
                content.chars().take(column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
            shown.push_str(&format!("{:width$} | {indent}^\n", ""));
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn the_mark_stands_below_the_column() {
        assert_eq!(excerpt("a\nb\n\tcd\ne", 3, 3), "1 | a\n2 | b\n3 | \tcd\n  | \t ^\n4 | e\n");
        assert_eq!(excerpt("a", 1, 1), "1 | a\n  | ^\n");
    }
}
