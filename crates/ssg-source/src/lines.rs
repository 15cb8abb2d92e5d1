//! A text with the places where its lines start.
//!
//! Counting lines from the top for each of many diagnostics would take time that grows with the
//! square of the file's size; here it is done once for each file.

use crate::{LineColumn, SitePath};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// Files whose lines are remembered. Diagnostics come sorted by file, so few are in use at once.
const REMEMBERED: usize = 4;

/// A text and the starts of its lines.
pub(crate) struct Lines {
    text: Arc<str>,
    starts: Vec<usize>,
}

impl Lines {
    pub(crate) fn new(text: Arc<str>) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The nearest border of a character at or before `offset`.
    pub(crate) fn boundary(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// Number of the line of byte `at`, from 1, and the byte where it starts.
    pub(crate) fn line(&self, at: usize) -> (usize, usize) {
        let number = self.starts.partition_point(|start| *start <= at).max(1);
        (number, self.starts[number - 1])
    }

    /// Line and column of byte `offset`; those of the end for offsets past it.
    pub(crate) fn line_column(&self, offset: usize) -> LineColumn {
        let at = self.boundary(offset);
        let (line, start) = self.line(at);
        LineColumn { line, column: self.text[start..at].chars().count() + 1 }
    }
}

/// Reads texts, and remembers the last few.
pub(crate) struct Texts<'a> {
    read: &'a dyn Fn(&SitePath) -> Option<Arc<str>>,
    last: RefCell<Vec<(SitePath, Option<Rc<Lines>>)>>,
}

impl<'a> Texts<'a> {
    pub(crate) fn new(read: &'a dyn Fn(&SitePath) -> Option<Arc<str>>) -> Self {
        Self { read, last: RefCell::default() }
    }

    /// The text of a file; `None` when it cannot be read.
    pub(crate) fn of(&self, path: &SitePath) -> Option<Rc<Lines>> {
        let mut last = self.last.borrow_mut();
        let known = last.iter().position(|(known, _)| known == path);
        let found = known.map_or_else(
            || (path.clone(), (self.read)(path).map(|text| Rc::new(Lines::new(text)))),
            |known| last.remove(known),
        );
        let lines = found.1.clone();
        last.insert(0, found);
        last.truncate(REMEMBERED);
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line_column;
    use std::cell::Cell;

    #[test]
    fn lines_and_columns_are_those_counted_from_the_top() {
        for text in ["", "\n", "a", "ab\nçd\n", "\n\nä\r\nb", "one\ntwo"] {
            let lines = Lines::new(text.into());
            for offset in 0..text.len() + 3 {
                assert_eq!(lines.line_column(offset), line_column(text, offset), "{text:?} at {offset}");
            }
        }
    }

    #[test]
    fn a_file_is_read_once_while_it_is_in_use() {
        let reads = Cell::new(0);
        let read = |path: &SitePath| -> Option<Arc<str>> {
            reads.set(reads.get() + 1);
            Some(path.as_str().into())
        };
        let texts = Texts::new(&read);
        let path = |name: String| SitePath::new(&name).expect("valid");
        let theme = path("theme".to_owned());
        for number in 0..20 {
            for _ in 0..100 {
                let page = path(format!("p{number}"));
                assert_eq!(texts.of(&page).expect("readable").text(), page.as_str());
                assert_eq!(texts.of(&theme).expect("readable").text(), "theme");
            }
        }
        assert_eq!(reads.get(), 21);
    }
}
