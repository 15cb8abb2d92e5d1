//! `ssg explain`: what the code of a message means, what brings it about, and what to do.

use crate::args::{Explain, Format, Globals};
use crate::session::fail;
use ssg_source::codes::{self, PARTS};
use ssg_source::{Class, Code, Diagnostic};
use std::fmt::Write as _;
use std::io::Write as _;

pub fn run(globals: &Globals, verb: &Explain) -> u8 {
    let Some(name) = &verb.code else {
        return print(&list(globals.format));
    };
    // As a message shows it, or as somebody types it.
    let name = name.trim().trim_matches(['[', ']', '`']).to_ascii_lowercase();
    match Code::find(&name) {
        Some(code) if globals.format == Format::Json => print(&json(code)),
        Some(code) => print(&text(code)),
        None => fail(
            globals,
            Diagnostic::error(codes::EXPLAIN, format!("there is no code `{name}`"))
                .class(Class::Usage)
                .hint_if(codes::meant(&name))
                .hint("`ssg explain` lists all"),
        ),
    }
}

/// A code in full.
fn text(code: Code) -> String {
    let example: String = code.example().lines().map(|line| format!("    {line}\n")).collect();
    format!("{code}\n\n{}\n\nFor example:\n\n{example}\nWhat to do: {}\n", code.meaning(), code.cure())
}

fn json(code: Code) -> String {
    let known = serde_json::json!({
        "code": code.name(),
        "meaning": code.meaning(),
        "cure": code.cure(),
        "example": code.example(),
    });
    format!("{known}\n")
}

/// All codes, each with its first sentence.
fn list(format: Format) -> String {
    if format == Format::Json {
        return codes::all().map(json).collect();
    }
    let longest = codes::all().map(|code| code.len()).max().unwrap_or(0);
    let mut text = String::new();
    for part in &PARTS {
        let _ = writeln!(text, "{}{}:", if text.is_empty() { "" } else { "\n" }, part.title);
        for code in part.codes {
            let first = code.meaning().split_once(". ").map_or(code.meaning(), |(first, _)| first);
            let _ = writeln!(text, "  {:longest$}  {}", code.name(), first.trim_end_matches('.'));
        }
    }
    text
}

fn print(text: &str) -> u8 {
    // A closed pipe is no reason to fail.
    let _ = std::io::stdout().write_all(text.as_bytes());
    0
}
