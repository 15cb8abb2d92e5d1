//! Code as HTML, made once and remembered from one build to the next.
//!
//! A block is a function of its code, its options and the grammars ([`Highlighter::identity`]), so whoever renders a
//! page anew need not highlight it again: after a change of a template that is a quarter of the work. What is
//! remembered never decides what comes out; debug builds compare.

use crate::remembered::{Bytes, ReadRemembered, Remembered, Store};
use ssg_highlight::{CodeOptions, Highlighted, Highlighter};
use ssg_source::{Digest, Digester};

/// So many new blocks are worth being written; before there are as many it is not looked what earlier processes have made.
const FEW: usize = 64;

/// The highlighter, and what it has made.
#[derive(Default)]
pub struct CodeBlocks {
    highlighter: Highlighter,
    made: Store,
}

impl CodeBlocks {
    /// Blocks of a site whose earlier builds are remembered somewhere.
    #[must_use]
    pub fn remembering(read: ReadRemembered) -> Self {
        Self { made: Store::remembering(read, FEW, FEW), ..Self::default() }
    }

    /// The highlighter.
    #[must_use]
    pub fn highlighter(&self) -> &Highlighter {
        &self.highlighter
    }

    /// A block as HTML. Only blocks without a remark are remembered: of the others there are few.
    #[must_use]
    pub fn highlight(&self, code: &str, options: &CodeOptions) -> Highlighted {
        // What is remembered nowhere is not worth a digest, and plain text is made in no time.
        if !self.made.is_remembering() || options.language.is_none() {
            return self.highlighter.highlight(code, options);
        }
        let key = key(code, options);
        let known = self.made.find(key);
        let known =
            known.and_then(|(html, is_certain)| Some((String::from_utf8(html.0.to_vec()).ok()?, is_certain)));
        if let Some((html, is_certain)) = known {
            let highlighted = Highlighted { html, note: None };
            if !cfg!(debug_assertions) {
                return highlighted;
            }
            let anew = self.highlighter.highlight(code, options);
            debug_assert!(!is_certain || anew == highlighted, "a remembered block of code is another one");
            return anew;
        }
        self.made.count_one();
        let highlighted = self.highlighter.highlight(code, options);
        if highlighted.note.is_none() {
            self.made.keep(key, Bytes(highlighted.html.as_bytes().into()));
        }
        highlighted
    }

    /// What the next build is to remember, where that is worth being written.
    #[must_use]
    pub fn to_remember(&self) -> Option<Remembered> {
        self.made.to_remember()
    }
}

/// What a block is made of, but for the grammars.
fn key(code: &str, options: &CodeOptions) -> Digest {
    let CodeOptions { language, line_numbers, first_line, highlighted, name, link, marks } = options;
    let mut key = Digester::new();
    key.maybe(language.as_deref())
        .flag(*line_numbers)
        .number(*first_line)
        .maybe(name.as_deref())
        .maybe(link.as_ref().map(|link| link.url.as_str()))
        .maybe(link.as_ref().map(|link| link.text.as_str()));
    key.count(highlighted.len());
    for range in highlighted {
        key.number(range.first).number(range.last);
    }
    key.count(marks.len());
    for mark in marks {
        key.number(mark.line).number(mark.number).maybe(mark.href.as_deref());
    }
    key.text(code).done()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many different blocks of a language, each highlighted; what is to be remembered of them.
    fn highlight(blocks: &CodeBlocks, numbers: std::ops::Range<usize>) -> Vec<Highlighted> {
        numbers.map(|n| blocks.highlight(&format!("let x = {n};\n"), &CodeOptions::of("rust"))).collect()
    }

    fn remembering(blocks: Remembered) -> CodeBlocks {
        CodeBlocks::remembering(Box::new(move || blocks.again()))
    }

    #[test]
    fn a_few_blocks_are_not_worth_being_remembered() {
        let blocks = remembering(Remembered::default());
        highlight(&blocks, 0..FEW - 1);
        assert!(blocks.to_remember().is_none());
    }

    #[test]
    fn another_process_gets_the_same_blocks() {
        let first = remembering(Remembered::default());
        let made = highlight(&first, 0..200);
        let remembered = first.to_remember().expect("there are many");
        assert_eq!(remembered.len(), 200);
        let second = remembering(remembered);
        assert_eq!(highlight(&second, 0..200), made);
        // All but the first few were remembered.
        assert_eq!(second.made.count(), FEW);
        assert_eq!(second.to_remember().expect("there are many").len(), 200);
    }

    #[test]
    fn blocks_that_are_gone_are_forgotten_once_most_were_asked_for() {
        let first = remembering(Remembered::default());
        highlight(&first, 0..400);
        let second = remembering(first.to_remember().expect("there are many"));
        highlight(&second, 0..80);
        let kept = second.to_remember().expect("there are many");
        assert_eq!(kept.len(), 400, "a few pages tell nothing of the others");
        let third = remembering(kept);
        highlight(&third, 0..300);
        assert_eq!(third.to_remember().expect("there are many").len(), 300);
    }

    #[test]
    fn every_option_tells_blocks_apart() {
        let of = CodeOptions::of;
        let link =
            |url: &str, text: &str| ssg_highlight::CodeLink { url: url.to_owned(), text: text.to_owned() };
        let all = [
            of("rust"),
            of("go"),
            CodeOptions { line_numbers: true, ..of("rust") },
            CodeOptions { first_line: 2, ..of("rust") },
            CodeOptions { name: Some("a.rs".to_owned()), ..of("rust") },
            CodeOptions { link: Some(link("a", "b")), ..of("rust") },
            CodeOptions { link: Some(link("ab", "")), ..of("rust") },
            CodeOptions {
                marks: vec![ssg_highlight::CodeMark { line: 1, number: 1, href: None }],
                ..of("rust")
            },
            CodeOptions {
                marks: vec![ssg_highlight::CodeMark { line: 1, number: 1, href: Some("#a".to_owned()) }],
                ..of("rust")
            },
            CodeOptions { highlighted: vec![ssg_highlight::LineRange { first: 1, last: 1 }], ..of("rust") },
        ];
        let keys: std::collections::HashSet<Digest> = all.iter().map(|options| key("x\n", options)).collect();
        assert_eq!(keys.len(), all.len());
    }
}
