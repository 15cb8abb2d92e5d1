//! The difference between two versions of a file, for people.

use similar::TextDiff;
use ssg_source::SitePath;
use std::time::Duration;

/// A unified diff with one line of context and at most `most` lines of changes.
///
/// Control characters are shown as `·`, so that a source cannot write to the terminal. Of files
/// that are no text only the sizes are told.
pub fn unified_diff(path: &SitePath, before: &[u8], after: &[u8], most: usize) -> String {
    let (Ok(before), Ok(after)) = (std::str::from_utf8(before), std::str::from_utf8(after)) else {
        return format!("change: {path} ({} bytes become {})\n", before.len(), after.len());
    };
    let diff = TextDiff::configure().timeout(Duration::from_secs(2)).diff_lines(before, after);
    let text = diff.unified_diff().context_radius(1).missing_newline_hint(false).to_string();
    let lines: Vec<&str> = text.lines().collect();
    let mut out = format!("--- {path}\n+++ {path}, imported\n");
    for line in lines.iter().take(most) {
        out.extend(line.chars().take(300).map(|c| if c.is_control() && c != '\t' { '·' } else { c }));
        out.push('\n');
    }
    if let Some(more) = lines.len().checked_sub(most).filter(|more| *more > 0) {
        out.push_str(&format!("… {more} more lines\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diff_is_short_and_plain() {
        let path = SitePath::new("a.md").expect("valid");
        let diff = unified_diff(&path, b"a\nb\nc\nd\n", b"a\nb\n\x1b[31mx\nd\n", 40);
        assert_eq!(diff, "--- a.md\n+++ a.md, imported\n@@ -2,3 +2,3 @@\n b\n-c\n+·[31mx\n d\n");
        assert!(unified_diff(&path, b"a\n", b"b\nc\nd\ne\n", 2).ends_with("… 4 more lines\n"));
        assert!(unified_diff(&path, b"\xff", b"", 2).contains("1 bytes"));
    }
}
