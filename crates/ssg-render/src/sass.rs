//! Style sheets in Sass.
//!
//! Sass has loops and recursion, and its compiler knows no limits: a style sheet that calls itself
//! without end would take the program down with it, and one that never ends would hold it up. So
//! whoever loads a look says who compiles ([`Compiler`]); [`compile`] is the compiler itself.

#[cfg(feature = "sass")]
mod compiler;

#[cfg(feature = "sass")]
pub use compiler::compile;

use crate::theme::{BELOW, Theme, ThemeFile};
use serde::{Deserialize, Serialize};
use ssg_source::{Class, Diagnostic, Diagnostics, Span, codes};
use std::collections::BTreeMap;
use std::path::Path;

/// Compiles a style sheet, wherever it does so.
pub type Compiler = fn(&Request) -> Answer;

/// A style sheet and all that it may import, by name.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    name: String,
    files: BTreeMap<String, Vec<u8>>,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answer {
    /// The style sheet, or what is wrong with it.
    pub css: Result<String, Message>,
    /// What `@warn` and `@debug` say.
    pub said: Vec<Message>,
}

/// Something about a place in a file.
#[derive(Debug, Serialize, Deserialize)]
pub struct Message {
    /// In a line.
    pub text: String,
    /// Name of the file, line and column, both from 1.
    pub place: Option<(String, usize, usize)>,
}

impl Answer {
    /// An answer without a style sheet.
    #[must_use]
    pub fn failed(text: String) -> Self {
        Self { css: Err(Message { text, place: None }), said: Vec::new() }
    }
}

/// Says what the program lacks.
#[cfg(not(feature = "sass"))]
#[must_use]
pub fn compile(_: &Request) -> Answer {
    Answer::failed("this program was built without the cargo feature `sass`".to_owned())
}

/// Compiles a style sheet of the theme; what it says itself goes to `found` as warnings.
pub(crate) fn style_sheet(
    theme: &Theme,
    name: &str,
    file: &ThemeFile,
    compiler: Compiler,
    found: &mut Diagnostics,
) -> Result<String, Diagnostic> {
    if cfg!(not(feature = "sass")) {
        let message = format!("`{name}` needs the cargo feature `sass`, which this program lacks");
        return Err(Diagnostic::error(codes::SASS, message).class(Class::Usage).in_file(&file.path));
    }
    // The file of the next layer below stands in a folder `theme`, that below it in `theme/theme`.
    let below = |(name, files): (&String, &Vec<ThemeFile>)| {
        let file = |(depth, file): (usize, &ThemeFile)| {
            (format!("{}{name}", BELOW.repeat(depth)), file.bytes.to_vec())
        };
        files.iter().enumerate().map(file).collect::<Vec<_>>()
    };
    let is_part = |(name, _): &(&String, &Vec<ThemeFile>)| {
        [".scss", ".sass", ".css"].iter().any(|end| name.ends_with(end))
    };
    let files = theme.assets.iter().filter(is_part).flat_map(below).collect();
    let request = Request { name: name.to_owned(), files };
    let answer = compiler(&request);
    for message in answer.said {
        found.add(place(
            theme,
            file,
            &message,
            Diagnostic::warning(codes::SASS, format!("Sass: {}", message.text)),
        ));
    }
    answer.css.map_err(|message| {
        place(theme, file, &message, Diagnostic::error(codes::SASS, format!("Sass: {}", message.text)))
    })
}

/// Says where a message belongs: in the style sheet, or in one of its parts.
fn place(theme: &Theme, file: &ThemeFile, message: &Message, problem: Diagnostic) -> Diagnostic {
    let Some((name, line, column)) = &message.place else { return problem.in_file(&file.path) };
    let Some(name) = name_of(Path::new(name)) else { return problem.in_file(&file.path) };
    let depth = name.matches(BELOW).count();
    let found = theme.assets.get(name.trim_start_matches(BELOW)).and_then(|files| files.get(depth));
    let Some(source) = found else { return problem.in_file(&file.path) };
    let text = String::from_utf8_lossy(&source.bytes);
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or("");
    let skipped: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    problem.in_file(&source.path).at(Span::at(start + skipped))
}

/// The name of an asset: `a/../b` is `b`, and nothing lies above the assets.
fn name_of(path: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.to_str()?.split('/').filter(|part| !["", "."].contains(part)) {
        match part {
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
