//! Holds the machine against syntect's parser, on noise in every grammar.

use super::{Machine, Searches, Sink};
use crate::{
    class::{Class, Style},
    grammar::Grammars,
    layers::Layers,
};
use std::collections::HashMap;
use syntect::parsing::{ParseState, Scope, ScopeStackOp, SyntaxSet};

/// The class of every byte of a line.
struct Classes(Vec<Class>);

impl Sink for Classes {
    fn piece(&mut self, from: usize, to: usize, class: Class) {
        assert_eq!(from, self.0.len(), "pieces follow each other without gaps");
        self.0.resize(to, class);
    }
}

struct Reference<'a> {
    set: &'a SyntaxSet,
    state: ParseState,
    layers: Layers,
    styles: HashMap<Scope, Style>,
}

impl Reference<'_> {
    fn line(&mut self, line: &str) -> Option<Vec<Class>> {
        let ops = self.state.parse_line(line, self.set).ok()?;
        let mut classes = Classes(Vec::new());
        for (at, op) in ops {
            if at > classes.0.len() {
                classes.0.resize(at, self.layers.class());
            }
            match op {
                ScopeStackOp::Push(scope) => {
                    let style =
                        self.styles.entry(scope).or_insert_with(|| Style::of_scope(&scope.build_string()));
                    self.layers.push(*style);
                }
                ScopeStackOp::Pop(count) => self.layers.pop(count),
                ScopeStackOp::Clear(amount) => self.layers.clear(amount),
                ScopeStackOp::Restore => self.layers.restore(),
                ScopeStackOp::Noop => {}
            }
        }
        classes.0.resize(line.len(), self.layers.class());
        Some(classes.0)
    }
}

const WORDS: &str = "a b x if else end do fn def class function return for in while import from FROM \
    RUN package resource include let var const type struct true false null nil 0 1 42 3.14 0x1F 1e9 \
    + - * / % = == != < > <= >= && || ! ? : ; , . .. ... -> => :: @ # $ ^ & | ~ ` \\ \\n \\u0041 \
    ( ) [ ] { } \" ' \"\"\" ''' <<EOF EOF <<- <<~X X // /* */ <!-- --> <a href=\" </a> <% %> {{ }} \
    {% %} ${ $( #{ @{ <? ?> --- +++ @@ *** === | > & * !tag key: - name: k = v [section] ä € 日本 ß ſ K \
    http://x.y/z a.b.c _x X_Y %w( r\" f\"{ b' s/a/b/ /re/i $1 \\1 -- --flag -f /etc/x 2>&1 | << >> \
    select where SELECT begin BEGIN then fi done esac case module impl pub use #include <?php";

fn noise(seed: u64, lines: usize) -> Vec<String> {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut roll = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 20) % below
    };
    let mut line = || {
        let mut text = " ".repeat(roll(4) as usize * 2);
        for _ in 0..roll(9) {
            text.push_str(words[roll(words.len() as u64) as usize]);
            text.push_str(["", " ", " ", "\t"][roll(4) as usize]);
        }
        text.push('\n');
        text
    };
    (0..lines).map(|_| line()).collect()
}

/// Enough for any line of noise, unless the grammar loops.
const STEPS: u64 = 2_000_000;

fn compare(rounds: u64, lines: usize) {
    let grammars = Grammars::load();
    let set = two_face::syntax::extra_newlines();
    let mut searches = Searches::default();
    let mut styles = HashMap::new();
    let mut compared = 0;
    for (index, syntax) in set.syntaxes().iter().enumerate() {
        for round in 0..rounds {
            let text = noise(round * 1000 + index as u64, lines);
            let mut reference = Reference {
                set: &set,
                state: ParseState::new(syntax),
                layers: Layers::default(),
                styles: std::mem::take(&mut styles),
            };
            let mut machine =
                Machine::new(&grammars, index, &mut searches, STEPS).expect("the grammar loads");
            for (number, line) in text.iter().enumerate() {
                let mut ours = Classes(Vec::new());
                let ran = machine.line(line, &mut ours);
                if ran.is_err() || machine.was_stuck {
                    println!("{}: {ran:?} at {line:?}", syntax.name);
                    break;
                }
                let Some(theirs) = reference.line(line) else {
                    println!("{}: syntect fails at {line:?}", syntax.name);
                    break;
                };
                assert_eq!(ours.0, theirs, "{} line {number} {line:?} of {text:#?}", syntax.name);
                compared += 1;
            }
            styles = reference.styles;
        }
    }
    assert!(compared as u64 > rounds * lines as u64 * 150, "only {compared} lines were compared");
}

#[test]
fn every_grammar_runs_as_in_syntect() {
    compare(if cfg!(feature = "onig") { 10 } else { 1 }, 15);
}

/// A minute or two; for a new version of the grammars or a change of the machine.
#[test]
#[ignore = "slow"]
fn every_grammar_runs_as_in_syntect_at_length() {
    compare(600, 25);
}

/// A set of first bytes that misses one would lose tokens without a trace.
#[test]
fn first_bytes_are_a_superset() {
    let grammars = Grammars::load();
    let mut memory = crate::regex::Memory::default();
    let lines = noise(7, 60);
    let mut narrow = 0;
    let mut all = 0;
    // The other engine takes a minute to compile them all.
    let step = if cfg!(feature = "onig") { 1 } else { 10 };
    for (source, regex) in grammars.every_pattern(step) {
        let starts = crate::first::ByteSet::of_regex(&source);
        all += 1;
        narrow += u32::from(starts.next(b"", 0) != 0);
        for line in &lines {
            let mut steps = u64::MAX / 2;
            let Ok(Some(found)) = regex.find(line, 0, &mut memory, &mut steps) else {
                continue;
            };
            let candidate = starts.next(line.as_bytes(), found.0);
            assert_eq!(candidate, found.0, "{source} matches {found:?} of {line:?}, {starts:?}");
        }
    }
    println!("{narrow} of {all} expressions are narrowed");
}
