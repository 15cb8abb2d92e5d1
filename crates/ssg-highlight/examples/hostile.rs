//! Runs hostile text through every language and prints the slowest.

#![expect(clippy::disallowed_methods, reason = "an example is a program")]

use ssg_highlight::{CodeOptions, Highlighter};
use std::time::Instant;

const PIECES: &[&str] = &[
    " ",
    "\t",
    "a",
    "a ",
    "(",
    "((a",
    "[",
    "{",
    "{{",
    "\"",
    "'",
    "`",
    "\\",
    "\\\\",
    "<",
    "<a ",
    "<!--",
    "$",
    "${",
    "$(",
    "#",
    "#{",
    "%",
    "%w(",
    "-",
    "--",
    "- ",
    ": ",
    "a: ",
    "a:",
    "a=",
    "a.",
    "a,",
    "a(",
    "f(a,",
    "*",
    "**",
    "_a_",
    "/",
    "//",
    "/*",
    "*/",
    "0",
    "1.",
    "1_",
    "0x",
    "@",
    "@a ",
    "::",
    "a::",
    "->",
    "=>",
    "==",
    "|",
    "||",
    "&",
    "&&",
    "!",
    "?",
    ";",
    "<<A ",
    "<<'A'",
    "\"\"\"",
    "ä",
    "é ",
    "\"a\\",
    "a\"b",
    "function a(",
    "class a ",
    "def a(",
    "let a = ",
    "if a then ",
    "begin ",
    "end ",
    "<? ",
    "<% ",
    "[a](",
    "![",
    "a -> b ",
    "(a) => ",
    "a<b,",
    "a<b<",
    "async (",
    "aA1_-",
];

fn main() {
    let highlighter = Highlighter::new();
    let only = std::env::args().nth(1);
    let size: usize = std::env::args().nth(2).and_then(|s| s.parse().ok()).unwrap_or(16_000);
    let lines: usize = std::env::args().nth(3).and_then(|s| s.parse().ok()).unwrap_or(1);
    let mut slow = Vec::new();
    for language in highlighter.languages().iter().filter(|l| l.highlighted) {
        if only.as_ref().is_some_and(|o| o != "all" && *o != language.name) {
            continue;
        }
        let warm = highlighter.highlight("a b\n", &CodeOptions::of(&language.name));
        assert!(warm.note.is_none());
        for piece in PIECES {
            let mut line = piece.repeat(size / piece.len());
            line.push('\n');
            let code = line.repeat(lines);
            let start = Instant::now();
            let shown = highlighter.highlight(&code, &CodeOptions::of(&language.name));
            slow.push((start.elapsed(), language.name.clone(), piece, shown.note));
        }
        eprint!(".");
    }
    slow.sort_by_key(|x| std::cmp::Reverse(x.0));
    let given_up = slow.iter().filter(|s| s.3.is_some()).count();
    println!("{} of {} gave up", given_up, slow.len());
    let mut reasons = std::collections::BTreeMap::new();
    for s in &slow {
        if let Some(n) = &s.3 {
            *reasons.entry(format!("{n:?}")).or_insert(0) += 1;
        }
    }
    println!("{reasons:?}");
    for row in slow.iter().take(40) {
        println!("{row:?}");
    }
}
