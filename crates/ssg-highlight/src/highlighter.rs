//! The highlighter itself: finds the grammar, runs the lines, keeps the bounds.
//!
//! The bounds are of steps and bytes, never of time, so the same code gives the same HTML on every machine.

use crate::{
    class::Class,
    grammar::Grammars,
    html::Writer,
    languages::{Language, Languages, Target},
    machine::{Machine, Searches, Sink},
    options::{CodeOptions, Highlighted, MAX_CODE, MAX_LINE, Note, Reason},
    regex::{ENGINE, Failure},
};
use std::{borrow::Cow, cell::RefCell, sync::OnceLock};

/// Steps a block may take: a fixed part, some for each byte, not more than a
/// maximum. Ordinary code takes one to ten a byte, PHP and Markdown up to 60. A
/// step is well below a microsecond in ordinary code and some at the worst.
const STEPS: u64 = 50_000;
const STEPS_PER_BYTE: u64 = 100;
const MAX_STEPS: u64 = 1_000_000;

/// The hash of the syntax set, so that it need not be read to name it; a test
/// compares, and says what to write here for another version.
const GRAMMARS: &str = if cfg!(feature = "onig") { "ca2cc1effae53eff" } else { "0100a2175a4e7071" };

thread_local! {
    /// Memory that every block of a thread uses again.
    static SEARCHES: RefCell<Searches> = RefCell::default();
}

/// Turns code into HTML. Share one among threads; it costs nothing until the
/// first question, then a few milliseconds once, and a little more for the
/// first block in each language.
#[derive(Default)]
pub struct Highlighter {
    loaded: OnceLock<Loaded>,
}

struct Loaded {
    grammars: Grammars,
    languages: Languages,
}

impl Highlighter {
    /// A highlighter that has loaded nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether a language is known, by any of its names in any case. Code in
    /// some known languages is plain; see [`Language::highlighted`].
    pub fn knows(&self, language: &str) -> bool {
        self.loaded().languages.find(language).is_some()
    }

    /// All known languages, sorted by name.
    pub fn languages(&self) -> &[Language] {
        self.loaded().languages.list()
    }

    /// Identifies everything but code and options that decides on the output:
    /// grammars, engine, and the sources of this crate. Caches keep it in their
    /// keys. Costs nothing; loads nothing.
    pub fn identity(&self) -> [u8; 32] {
        static IDENTITY: OnceLock<[u8; 32]> = OnceLock::new();
        *IDENTITY.get_or_init(|| {
            let parts = [GRAMMARS, ENGINE, env!("SSG_HIGHLIGHT_SOURCES")];
            blake3::hash(parts.join("\n").as_bytes()).into()
        })
    }

    /// Highlights one block.
    ///
    /// CRLF counts as LF. Never fails: an unknown language or a reached bound
    /// gives plain text and a note.
    pub fn highlight(&self, code: &str, options: &CodeOptions) -> Highlighted {
        let code: Cow<'_, str> = match code.contains("\r\n") {
            true => code.replace("\r\n", "\n").into(),
            false => code.into(),
        };
        let mut writer = Writer::new(options, code.len());
        let language = options.language.as_deref().map(str::trim).filter(|l| !l.is_empty());
        let note = match language.map(|name| (name, self.loaded().languages.find(name))) {
            Some((_, Some(Target::Grammar(grammar)))) => self.run(&code, grammar, &mut writer),
            Some((_, None)) => {
                plain(&code, &mut writer);
                Some(Note::UnknownLanguage)
            }
            Some((_, Some(Target::Plain))) | None => {
                plain(&code, &mut writer);
                None
            }
        };
        Highlighted { html: writer.finish(), note }
    }

    fn loaded(&self) -> &Loaded {
        self.loaded.get_or_init(|| {
            let grammars = Grammars::load();
            let languages = Languages::new(grammars.syntaxes());
            Loaded { grammars, languages }
        })
    }

    fn run<'c>(&self, code: &'c str, grammar: usize, writer: &mut Writer<'c>) -> Option<Note> {
        SEARCHES.with_borrow_mut(|searches| {
            let steps = (STEPS + STEPS_PER_BYTE * code.len() as u64).min(MAX_STEPS);
            let mut machine = Machine::new(&self.loaded().grammars, grammar, searches, steps);
            let (mut done, mut number) = (0, 0);
            for line in code.split_inclusive('\n') {
                number += 1;
                let content = line.strip_suffix('\n').unwrap_or(line);
                let reason = if line.len() > MAX_LINE {
                    Some(Reason::LongLine(number))
                } else if done + line.len() > MAX_CODE {
                    Some(Reason::LongCode)
                } else {
                    writer.begin_line(content);
                    let ran = match &mut machine {
                        Ok(machine) => machine.line(line, writer),
                        Err(failure) => Err(*failure),
                    };
                    ran.err().map(|failure| match failure {
                        Failure::Steps => Reason::Steps(number),
                        Failure::Regex => Reason::Regex(number),
                        Failure::Grammar => Reason::Grammar(number),
                    })
                };
                let Some(reason) = reason else {
                    writer.end_line(content.len() < line.len());
                    done += line.len();
                    continue;
                };
                if !matches!(reason, Reason::LongLine(_) | Reason::LongCode) {
                    let given = machine.as_ref().map_or(0, Machine::given);
                    writer.piece(given, content.len(), Class::Plain);
                    writer.end_line(content.len() < line.len());
                    done += line.len();
                }
                plain(code.get(done..).unwrap_or_default(), writer);
                return Some(Note::GaveUp(reason));
            }
            None
        })
    }
}

fn plain<'c>(code: &'c str, writer: &mut Writer<'c>) {
    for line in code.split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        writer.begin_line(content);
        writer.piece(0, content.len(), Class::Plain);
        writer.end_line(content.len() < line.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_syntax_set_is_the_one_that_the_identity_names() {
        let mut hasher = blake3::Hasher::new();
        for syntax in Grammars::load().syntaxes() {
            hasher.update(&postcard::to_allocvec(syntax).expect("a syntax serialises"));
        }
        assert_eq!(GRAMMARS, &hasher.finalize().to_hex()[..16]);
        assert_eq!(Highlighter::new().identity(), Highlighter::new().identity());
    }
}
