//! Code whose lines end in marks, and the list right below it that explains them.
//!
//! The code comes first, so its marks get the ids of the entries when the list has been read. A mark without an
//! entry, and an entry without a mark, are told at their places.

use super::super::annotations::{Found, take};
use super::super::{CodeMark, Piece, html};
use super::Writer;
use super::blocks::OpenCode;
use ssg_source::{Diagnostic, Span, codes};
use std::ops::Range;

/// What is known of annotated blocks while a body is written.
#[derive(Default)]
pub(super) struct Annotations {
    /// How many blocks there were.
    blocks: usize,
    /// The block that ended just now.
    awaited: Option<Block>,
    /// Lists that explain a block, each within an entry of the one before.
    lists: Vec<List>,
}

/// A block whose marks are to be explained.
struct Block {
    /// Which one it is on the page, from 1.
    number: usize,
    /// Which of the pieces it is.
    piece: usize,
    /// The info string in the file.
    span: Span,
    marks: Vec<Mark>,
}

struct Mark {
    number: u32,
    span: Span,
    is_explained: bool,
}

struct List {
    block: Block,
    /// How many blocks and spans are open around it.
    depth: usize,
    /// The number of its next entry.
    next: u64,
    /// The tag that the last entry began with.
    open: String,
}

impl Annotations {
    /// Whether a list is to come next.
    pub(super) fn are_awaited(&self) -> bool {
        self.awaited.is_some()
    }
}

impl Writer<'_, '_, '_> {
    /// Writes a block of code that has ended.
    pub(super) fn end_code(&mut self, open: OpenCode) {
        let OpenCode { info, code, span, annotated } = open;
        let Some(range) = annotated else {
            return self.out.push(Piece::Code { info, code, span, marks: Vec::new() });
        };
        let (code, found) = take(&code);
        let marks = found.iter().map(|found| CodeMark {
            line: u32::try_from(found.line + 1).unwrap_or(u32::MAX),
            number: found.number,
            id: None,
        });
        self.out.push(Piece::Code { info, code, span, marks: marks.collect() });
        self.annotations.blocks += 1;
        self.annotations.awaited = Some(Block {
            number: self.annotations.blocks,
            piece: self.out.pieces.len() - 1,
            span,
            marks: self.places(&range, &found),
        });
    }

    /// Where the marks of the block at `range` stand in the file.
    fn places(&self, range: &Range<usize>, found: &[Found]) -> Vec<Mark> {
        let block = self.prepared.source.get(range.clone()).unwrap_or_default();
        // The first line is the fence.
        let mut lines = block.split_inclusive('\n').scan(range.start, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        });
        lines.next();
        let mut line = lines.next();
        let (mut number, mut after) = (0, 0);
        let place = |found: &Found| {
            while number < found.line {
                line = lines.next();
                (number, after) = (number + 1, 0);
            }
            let (start, text) = line.unwrap_or((range.start, ""));
            // The marks are the last words of their line, which may hold the same text before.
            let comment = text.trim_end();
            let first = comment.len() - trailing_marks(comment);
            let from = after.max(first);
            let written = format!("({})", found.number);
            let at = text.get(from..).and_then(|rest| rest.find(&written)).map_or(from, |at| from + at);
            after = (at + written.len()).min(text.len());
            let span = self.span(start + at..start + after);
            Mark { number: found.number, span, is_explained: false }
        };
        found.iter().map(place).collect()
    }

    /// Begins the list that explains the block above.
    pub(super) fn start_annotations(&mut self, start: u64) {
        let Some(block) = self.annotations.awaited.take() else { return };
        self.out.block("<ol class=\"annotations\"");
        if start != 1 {
            self.out.html.push_str(&format!(" start=\"{start}\""));
        }
        self.out.html.push_str(">\n");
        self.annotations.lists.push(List { block, depth: self.depth, next: start, open: String::new() });
    }

    /// The tag of an entry, where it explains a mark.
    pub(super) fn annotation(&mut self, range: &Range<usize>) -> Option<String> {
        let depth = self.depth;
        let list = self.annotations.lists.last_mut().filter(|list| list.depth + 1 == depth)?;
        let number = list.next;
        list.next = list.next.saturating_add(1);
        let mut is_known = false;
        for mark in list.block.marks.iter_mut().filter(|mark| u64::from(mark.number) == number) {
            mark.is_explained = true;
            is_known = true;
        }
        list.open.clear();
        if !is_known {
            let text = self.prepared.source.get(range.clone()).unwrap_or_default();
            let line = text.lines().next().unwrap_or_default().trim_end();
            let place = self.span(range.start..range.start + line.len());
            let warning = Diagnostic::warning(
                codes::CODE_ANNOTATION,
                format!("no line of the code above ends in the mark `({number})`"),
            );
            self.page.found.add(warning.at(place).hint(format!(
                "a mark is a comment of its own: `# ({number})`, `// ({number})`, `<!-- ({number}) -->`"
            )));
            return None;
        }
        let id = self.page.other_id(format!("annotation-{}-{number}", list.block.number));
        let mut open = String::from("<li id=\"");
        html::push_attribute(&mut open, &id);
        open.push_str("\">");
        if let Some(Piece::Code { marks, .. }) = self.out.pieces.get_mut(list.block.piece) {
            for mark in marks.iter_mut().filter(|mark| u64::from(mark.number) == number) {
                mark.id.get_or_insert_with(|| id.clone());
            }
        }
        list.open.clone_from(&open);
        Some(open)
    }

    /// Makes a task of an entry that explains a mark.
    pub(super) fn mend_annotation(&mut self) -> bool {
        let Some(list) = self.annotations.lists.last().filter(|list| !list.open.is_empty()) else {
            return false;
        };
        let task = list.open.replacen("<li ", "<li class=\"task\" ", 1);
        let paragraph = format!("{}\n<p>", list.open);
        self.out.mend(&list.open, &task) || self.out.mend(&paragraph, &format!("{task}\n<p>"))
    }

    /// Ends a list, which may be one that explains a block.
    pub(super) fn end_annotations(&mut self) {
        let depth = self.depth;
        if let Some(list) = self.annotations.lists.pop_if(|list| list.depth == depth) {
            self.tell_of_lone_marks(&list.block, "the list below has no entry");
        }
    }

    /// Says that no list follows a block that asked for one.
    pub(super) fn no_list_of_annotations(&mut self) {
        if let Some(block) = self.annotations.awaited.take() {
            if block.marks.is_empty() {
                let warning = Diagnostic::warning(
                    codes::CODE_ANNOTATION,
                    "`annotate` is set, and no line of the code ends in a mark",
                );
                self.page.found.add(warning.at(block.span).hint("a mark is a comment of its own: `# (1)`"));
            }
            self.tell_of_lone_marks(&block, "no numbered list right below the code explains");
        }
    }

    fn tell_of_lone_marks(&mut self, block: &Block, what: &str) {
        for mark in block.marks.iter().filter(|mark| !mark.is_explained) {
            let number = mark.number;
            let warning =
                Diagnostic::warning(codes::CODE_ANNOTATION, format!("{what} `{number}.` for this mark"));
            let hint = format!("write `{number}. what the line does` in the list after the fence");
            self.page.found.add(warning.at(mark.span).hint(hint));
        }
    }
}

/// How many bytes at the end of a line are marks and the end of their comment.
fn trailing_marks(line: &str) -> usize {
    let kept = line.trim_end_matches(|c: char| {
        c.is_ascii_digit()
            || matches!(c, '(' | ')' | '!' | ' ' | '\t' | '*' | '/' | '-' | '>' | '}' | '%' | '#')
    });
    line.len() - kept.len()
}
