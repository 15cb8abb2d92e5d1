//! The compiler itself.

use super::{Answer, Message, Request, name_of};
use grass_compiler::codemap::SpanLoc;
use grass_compiler::{Fs, Logger, Options, OutputStyle, from_path};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Mutex;

/// Most bytes of CSS.
const MOST: usize = 64 << 20;
/// Most messages of a style sheet.
const MESSAGES: usize = 100;

/// Imports see the theme's and the site's assets and nothing else.
#[derive(Debug)]
struct Parts<'a>(&'a BTreeMap<String, Vec<u8>>);

impl Fs for Parts<'_> {
    fn is_dir(&self, _: &Path) -> bool {
        false
    }
    fn is_file(&self, path: &Path) -> bool {
        name_of(path).is_some_and(|name| self.0.contains_key(&name))
    }
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let found = name_of(path).and_then(|name| self.0.get(&name));
        found.cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// What the style sheet says.
#[derive(Debug, Default)]
struct Said(Mutex<Vec<Message>>);

impl Said {
    fn add(&self, at: &SpanLoc, text: String) {
        let place = (at.file.name().to_owned(), at.begin.line + 1, at.begin.column + 1);
        if let Ok(mut said) = self.0.lock()
            && said.len() < MESSAGES
        {
            said.push(Message { text, place: Some(place) });
        }
    }
}

impl Logger for Said {
    fn debug(&self, at: SpanLoc, message: &str) {
        self.add(&at, format!("`@debug` says: {message}"));
    }
    fn warn(&self, at: SpanLoc, message: &str) {
        // It comes as Sass would write it, a text in quotes.
        self.add(&at, message.trim_matches('"').to_owned());
    }
}

/// Compiles a style sheet.
#[must_use]
pub fn compile(request: &Request) -> Answer {
    let (parts, said) = (Parts(&request.files), Said::default());
    let options = Options::default().fs(&parts).logger(&said).load_path(".").style(OutputStyle::Compressed);
    let css = match from_path(&request.name, &options) {
        Ok(css) if css.len() <= MOST => Ok(css),
        Ok(css) => {
            let text = format!("it makes {} bytes of CSS, more than {MOST}", css.len());
            Err(Message { text, place: None })
        }
        Err(error) => Err(read(&error.to_string())),
    };
    Answer { css, said: said.0.into_inner().unwrap_or_default() }
}

/// Reads an error: its first line, and the line that ends with `name.scss:line:column`, which may be
/// that of a part.
fn read(text: &str) -> Message {
    let message = text.lines().next().unwrap_or("Sass error").trim_start_matches("Error: ").to_owned();
    let place = text.lines().find_map(|line| {
        let (rest, column) = line.rsplit_once(':')?;
        let (path, number) = rest.rsplit_once(':')?;
        let path = path.split_whitespace().last()?;
        Some((path.to_owned(), number.parse().ok()?, column.trim().parse().ok()?))
    });
    Message { text: message, place }
}
