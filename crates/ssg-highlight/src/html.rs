//! Writes the HTML of a block: the frame, the lines, as few spans as will do.
//!
//! Neighbouring pieces of one class become one span, also across the spaces
//! between them; plain text gets none; no span goes on past its line. Without
//! tags and with `&amp;`, `&lt;` and `&gt;` undone, what stands inside `code`
//! is the code again, and the numbers of marks where there are any.

use crate::{CodeMark, CodeOptions, LineRange, class::Class, machine::Sink};

/// Writes one block; lines go in one after the other.
pub(crate) struct Writer<'c> {
    out: String,
    /// The current line without its line feed.
    line: &'c str,
    class: Class,
    /// The pending piece: where it begins, where its last text that is not
    /// blank ends, and where the blanks after that end.
    start: usize,
    solid: usize,
    end: usize,
    /// Every line gets an element of its own.
    wrap: bool,
    /// The number shown for the next line, and its place in the block.
    number: u64,
    position: u32,
    highlighted: Vec<LineRange>,
    /// Marks that are yet to be written, the next one last.
    marks: Vec<CodeMark>,
    /// The current line, from 1.
    at: u32,
}

impl<'c> Writer<'c> {
    /// Begins a block of about `size` bytes of code.
    pub(crate) fn new(options: &CodeOptions, size: usize) -> Self {
        let mut out = String::with_capacity(size * 3 + 200);
        out.push_str("<figure class=\"code\"");
        let language = options.language.as_deref().map(class_word).filter(|l| !l.is_empty());
        if let Some(language) = &language {
            out.push_str(" data-lang=\"");
            escape_attribute(language, &mut out);
            out.push('"');
        }
        out.push('>');
        if options.name.is_some() || options.link.is_some() {
            out.push_str("<figcaption>");
            escape(options.name.as_deref().unwrap_or_default(), &mut out);
            if let Some(link) = &options.link {
                out.push_str(if options.name.is_some() { " <a href=\"" } else { "<a href=\"" });
                escape_attribute(&link.url, &mut out);
                out.push_str("\">");
                escape(&link.text, &mut out);
                out.push_str("</a>");
            }
            out.push_str("</figcaption>");
        }
        out.push_str("<pre tabindex=\"0\"");
        out.push_str(if options.line_numbers { " class=\"numbered\">" } else { ">" });
        out.push_str("<code");
        if let Some(language) = &language {
            out.push_str(" class=\"language-");
            escape_attribute(language, &mut out);
            out.push('"');
        }
        out.push('>');
        Self {
            out,
            line: "",
            class: Class::Plain,
            start: 0,
            solid: 0,
            end: 0,
            wrap: options.line_numbers || !options.highlighted.is_empty(),
            number: u64::from(options.first_line),
            position: 1,
            highlighted: merged(&options.highlighted),
            marks: reversed(&options.marks),
            at: 0,
        }
    }

    /// Begins a line, given without its line feed.
    pub(crate) fn begin_line(&mut self, line: &'c str) {
        self.line = line;
        (self.start, self.solid, self.end) = (0, 0, 0);
        self.class = Class::Plain;
        self.at = self.at.saturating_add(1);
        if self.wrap {
            let at = self.highlighted.partition_point(|range| range.last < self.position);
            let marked = self.highlighted.get(at).is_some_and(|r| r.first <= self.position);
            self.out.push_str(if marked { "<span class=\"line hl\"" } else { "<span class=\"line\"" });
            self.out.push_str(" data-line=\"");
            self.out.push_str(&self.number.to_string());
            self.out.push_str("\">");
            self.number += 1;
            self.position = self.position.saturating_add(1);
        }
    }

    /// Ends a line; `feed` when a line feed follows it.
    pub(crate) fn end_line(&mut self, feed: bool) {
        self.flush();
        let mut is_first = true;
        while let Some(mark) = self.marks.pop_if(|mark| mark.line <= self.at) {
            self.mark(&mark, is_first);
            is_first = false;
        }
        if self.wrap {
            self.out.push_str("</span>");
        }
        if feed {
            self.out.push('\n');
        }
    }

    /// The finished HTML.
    pub(crate) fn finish(mut self) -> String {
        self.out.push_str("</code></pre></figure>");
        self.out
    }

    fn mark(&mut self, mark: &CodeMark, is_first: bool) {
        if !is_first || !(self.line.is_empty() || self.out.ends_with([' ', '\t'])) {
            self.out.push(' ');
        }
        let (open, close) = if mark.href.is_some() { ("<a", "</a>") } else { ("<span", "</span>") };
        self.out.push_str(open);
        self.out.push_str(" class=\"code-mark\"");
        if let Some(href) = &mark.href {
            self.out.push_str(" role=\"doc-noteref\" href=\"");
            escape_attribute(href, &mut self.out);
            self.out.push('"');
        }
        self.out.push_str(&format!(">({}){close}", mark.number));
    }

    fn flush(&mut self) {
        let text = self.line.get(self.start..self.solid).unwrap_or_default();
        let blank = self.line.get(self.solid..self.end).unwrap_or_default();
        match self.class {
            Class::Plain => escape(text, &mut self.out),
            class => {
                self.out.push_str("<span class=\"");
                self.out.push_str(class.name());
                self.out.push_str("\">");
                escape(text, &mut self.out);
                self.out.push_str("</span>");
            }
        }
        self.out.push_str(blank);
        self.start = self.end;
        self.solid = self.end;
    }
}

impl Sink for Writer<'_> {
    fn piece(&mut self, from: usize, to: usize, class: Class) {
        let to = to.min(self.line.len());
        let Some(text) = self.line.as_bytes().get(from..to).filter(|t| !t.is_empty()) else {
            return;
        };
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        if let Some(last) = text.iter().rposition(|byte| !is_blank(byte)) {
            if class != self.class {
                // Blanks before a span stand outside it, as those after do.
                self.end = from + text.iter().take_while(|byte| is_blank(byte)).count();
                self.flush();
                self.class = class;
            }
            self.solid = from + last + 1;
        }
        self.end = to;
    }
}

/// Escapes text between tags.
pub(crate) fn escape(text: &str, out: &mut String) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(escaped);
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

fn escape_attribute(text: &str, out: &mut String) {
    for (index, part) in text.split('"').enumerate() {
        if index > 0 {
            out.push_str("&quot;");
        }
        escape(part, out);
    }
}

/// A language as a class can carry it: in lower case, one word, no controls.
fn class_word(language: &str) -> String {
    let dashed = |c: char| match c {
        c if c.is_whitespace() || c.is_control() => '-',
        c => c.to_ascii_lowercase(),
    };
    language.trim().chars().map(dashed).collect()
}

/// Marks from the last line to the first; those of a line stay in order when they are taken from the end.
fn reversed(marks: &[CodeMark]) -> Vec<CodeMark> {
    let mut sorted = marks.to_vec();
    sorted.sort_by_key(|mark| mark.line);
    sorted.reverse();
    sorted
}

/// Ranges in order and apart, so that a line is looked up by halving.
fn merged(ranges: &[LineRange]) -> Vec<LineRange> {
    let mut sorted = ranges.to_vec();
    sorted.sort_unstable_by_key(|range| (range.first, range.last));
    let mut merged: Vec<LineRange> = Vec::new();
    for range in sorted {
        match merged.last_mut() {
            Some(last) if range.first <= last.last => last.last = last.last.max(range.last),
            _ => merged.push(range),
        }
    }
    merged
}
