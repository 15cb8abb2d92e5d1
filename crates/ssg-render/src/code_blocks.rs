//! Code as HTML, made once and remembered from one build to the next.
//!
//! A block is a function of its code, its options and the grammars ([`Highlighter::identity`]), so whoever renders a
//! page anew need not highlight it again: after a change of a template that is a quarter of the work. What is
//! remembered never decides what comes out; debug builds compare. It is asked for when a build highlights more than
//! [`FEW`] blocks: for a page or two, to read all that is remembered takes longer.

use serde::{Deserialize, Serialize};
use ssg_highlight::{CodeOptions, Highlighted, Highlighter};
use ssg_source::{Digest, Digester};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// So many blocks are highlighted before it is looked whether they are remembered.
const FEW: usize = 64;
/// So many bytes of HTML are remembered, in memory and so on disk.
const ROOM: usize = 64 << 20;
/// Parts of the new blocks, so that threads seldom wait for each other.
const PARTS: usize = 16;

/// Blocks of code as HTML by what they are made of, as they are written and read.
#[derive(Default, Serialize, Deserialize)]
pub struct RememberedBlocks(Vec<(Digest, Arc<str>)>);

impl RememberedBlocks {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reads the blocks of earlier builds.
pub type ReadBlocks = Box<dyn Fn() -> RememberedBlocks + Send + Sync>;

/// The highlighter, and what it has made.
#[derive(Default)]
pub struct CodeBlocks {
    highlighter: Highlighter,
    read: Option<ReadBlocks>,
    known: OnceLock<HashMap<Digest, Known>>,
    made: [Mutex<HashMap<Digest, Arc<str>>>; PARTS],
    /// How many blocks were highlighted in this process.
    count: AtomicUsize,
    /// How many of them were told to be remembered.
    told: AtomicUsize,
    /// Bytes of what is remembered anew.
    size: AtomicUsize,
}

/// A block of an earlier build.
struct Known {
    html: Arc<str>,
    /// It was asked for in this process.
    was_asked: AtomicBool,
}

impl CodeBlocks {
    /// Blocks of a site whose earlier builds are remembered somewhere.
    #[must_use]
    pub fn remembering(read: ReadBlocks) -> Self {
        Self { read: Some(read), ..Self::default() }
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
        if self.read.is_none() || options.language.is_none() {
            return self.highlighter.highlight(code, options);
        }
        let key = key(code, options);
        if let Some((html, is_certain)) = self.find(key) {
            let highlighted = Highlighted { html: html.as_ref().to_owned(), note: None };
            if !cfg!(debug_assertions) {
                return highlighted;
            }
            let anew = self.highlighter.highlight(code, options);
            debug_assert!(!is_certain || anew == highlighted, "a remembered block of code is another one");
            return anew;
        }
        self.count.fetch_add(1, Ordering::Relaxed);
        let highlighted = self.highlighter.highlight(code, options);
        let size = highlighted.html.len();
        if highlighted.note.is_none() && self.size.fetch_add(size, Ordering::Relaxed) <= ROOM {
            let mut part = self.made(key).lock().unwrap_or_else(PoisonError::into_inner);
            part.insert(key, highlighted.html.as_str().into());
        }
        highlighted
    }

    /// A remembered block, with whether this process has made it. What was read may have been forged.
    fn find(&self, key: Digest) -> Option<(Arc<str>, bool)> {
        if let Some(html) = self.made(key).lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Some((html.clone(), true));
        }
        if self.count.load(Ordering::Relaxed) < FEW {
            return None;
        }
        let known = self.known().get(&key)?;
        known.was_asked.store(true, Ordering::Relaxed);
        Some((known.html.clone(), false))
    }

    fn made(&self, key: Digest) -> &Mutex<HashMap<Digest, Arc<str>>> {
        &self.made[usize::from(key.first_byte()) % PARTS]
    }

    fn known(&self) -> &HashMap<Digest, Known> {
        self.known.get_or_init(|| {
            let blocks = self.read.as_ref().map_or_else(RememberedBlocks::default, |read| read());
            let known = |html| Known { html, was_asked: AtomicBool::new(false) };
            blocks.0.into_iter().map(|(key, html)| (key, known(html))).collect()
        })
    }

    /// What the next build is to remember, where that is worth being written: sorted, and without blocks of earlier
    /// builds that most likely are no longer there.
    #[must_use]
    pub fn to_remember(&self) -> Option<RememberedBlocks> {
        let count = self.count.load(Ordering::Relaxed);
        if self.read.is_none() || count - self.told.load(Ordering::Relaxed).min(count) < FEW {
            return None;
        }
        self.told.store(count, Ordering::Relaxed);
        let mut blocks = Vec::new();
        for part in &self.made {
            let part = part.lock().unwrap_or_else(PoisonError::into_inner);
            blocks.extend(part.iter().map(|(key, html)| (*key, html.clone())));
        }
        let known = self.known();
        let was_asked = |known: &Known| known.was_asked.load(Ordering::Relaxed);
        let asked = known.values().filter(|known| was_asked(known)).count();
        // A build that has seen most pages has seen most blocks.
        let keeps_all = (asked + blocks.len()) * 2 < known.len();
        blocks.extend(
            known
                .iter()
                .filter(|(_, one)| keeps_all || was_asked(one))
                .map(|(key, one)| (*key, one.html.clone())),
        );
        blocks.sort_unstable_by_key(|(key, _)| *key);
        blocks.dedup_by_key(|(key, _)| *key);
        let mut room = ROOM;
        blocks.retain(|(_, html)| {
            let fits = room >= html.len();
            room = room.saturating_sub(html.len());
            fits
        });
        Some(RememberedBlocks(blocks))
    }
}

/// What a block is made of, but for the grammars.
fn key(code: &str, options: &CodeOptions) -> Digest {
    let CodeOptions { language, line_numbers, first_line, highlighted, name, link } = options;
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
    key.text(code).done()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many different blocks of a language, each highlighted; what is to be remembered of them.
    fn highlight(blocks: &CodeBlocks, numbers: std::ops::Range<usize>) -> Vec<Highlighted> {
        numbers.map(|n| blocks.highlight(&format!("let x = {n};\n"), &CodeOptions::of("rust"))).collect()
    }

    fn remembering(blocks: RememberedBlocks) -> CodeBlocks {
        CodeBlocks::remembering(Box::new(move || RememberedBlocks(blocks.0.clone())))
    }

    #[test]
    fn a_few_blocks_are_not_worth_being_remembered() {
        let blocks = remembering(RememberedBlocks::default());
        highlight(&blocks, 0..FEW - 1);
        assert!(blocks.to_remember().is_none());
    }

    #[test]
    fn another_process_gets_the_same_blocks() {
        let first = remembering(RememberedBlocks::default());
        let made = highlight(&first, 0..200);
        let remembered = first.to_remember().expect("there are many");
        assert_eq!(remembered.0.len(), 200);
        let second = remembering(remembered);
        assert_eq!(highlight(&second, 0..200), made);
        // All but the first few were remembered.
        assert_eq!(second.count.load(Ordering::Relaxed), FEW);
        assert_eq!(second.to_remember().expect("there are many").0.len(), 200);
    }

    #[test]
    fn blocks_that_are_gone_are_forgotten_once_most_were_asked_for() {
        let first = remembering(RememberedBlocks::default());
        highlight(&first, 0..400);
        let second = remembering(first.to_remember().expect("there are many"));
        highlight(&second, 0..80);
        let kept = second.to_remember().expect("there are many");
        assert_eq!(kept.0.len(), 400, "a few pages tell nothing of the others");
        let third = remembering(kept);
        highlight(&third, 0..300);
        assert_eq!(third.to_remember().expect("there are many").0.len(), 300);
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
            CodeOptions { highlighted: vec![ssg_highlight::LineRange { first: 1, last: 1 }], ..of("rust") },
        ];
        let keys: std::collections::HashSet<Digest> = all.iter().map(|options| key("x\n", options)).collect();
        assert_eq!(keys.len(), all.len());
    }
}
