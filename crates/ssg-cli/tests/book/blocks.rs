//! The pages of the book, and the blocks of code in them.

use std::fs;
use std::path::PathBuf;

/// A page of the book.
pub struct Page {
    /// Name of its file, such as `quick-start.md`.
    pub name: String,
    /// All of it.
    pub text: String,
}

/// A block between fences.
pub struct Block {
    /// Name of the page's file.
    pub page: String,
    /// Line of the opening fence, from 1.
    pub line: usize,
    /// What the fence says first, such as `console`; empty where it says nothing.
    pub language: String,
    /// What it says after that, with commas between: `file=ssg.toml` is `("file", "ssg.toml")`.
    pub attributes: Vec<(String, String)>,
    /// What stands between the fences, without the indentation of the first.
    pub text: String,
    /// The paragraph before it.
    pub before: String,
}

impl Block {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Where it is, as compilers say it.
    pub fn place(&self) -> String {
        format!("docs/src/{}:{}", self.page, self.line)
    }

    /// Its first line, by which lists of exceptions name it.
    pub fn first_line(&self) -> &str {
        self.text.lines().next().unwrap_or("")
    }
}

/// The folder of the book.
pub fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/src"))
}

/// All pages, by name.
pub fn pages() -> Vec<Page> {
    let entries = fs::read_dir(folder()).expect("the book is there");
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".md"))
        .collect();
    names.sort();
    let read = |name: String| {
        let text = fs::read_to_string(folder().join(&name)).expect("readable");
        Page { name, text }
    };
    names.into_iter().map(read).collect()
}

/// How many signs of a fence a line begins with after its indentation; 0 where it is no fence.
fn fence(line: &str) -> usize {
    let length = line.trim_start().chars().take_while(|sign| *sign == '`').count();
    if length >= 3 { length } else { 0 }
}

/// The blocks of a page.
pub fn blocks(page: &Page) -> Vec<Block> {
    let mut found = Vec::new();
    let mut before = String::new();
    let mut ended = false;
    let mut lines = page.text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let length = fence(line);
        if length == 0 {
            if line.trim().is_empty() {
                ended = true;
                continue;
            }
            if std::mem::take(&mut ended) {
                before.clear();
            }
            before.push_str(line);
            before.push('\n');
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let mut said = line.trim().trim_start_matches('`').split(',');
        let language = said.next().unwrap_or("").trim().to_owned();
        let attributes = said
            .map(|word| word.split_once('=').unwrap_or((word, "")))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect();
        let mut text = String::new();
        for (_, line) in lines.by_ref() {
            if fence(line) >= length && line.trim().chars().all(|sign| sign == '`') {
                break;
            }
            let cut = line.len().min(indent).min(line.len() - line.trim_start().len());
            text.push_str(&line[cut..]);
            text.push('\n');
        }
        let before = std::mem::take(&mut before);
        ended = false;
        found.push(Block { page: page.name.clone(), line: number + 1, language, attributes, text, before });
    }
    found
}

/// Code within the text of a page, with its line, without the blocks.
pub fn code_spans(page: &Page) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open = 0;
    for (number, line) in page.text.lines().enumerate() {
        let length = fence(line);
        if length > 0 {
            open = match open {
                0 => length,
                open if length >= open => 0,
                open => open,
            };
            continue;
        }
        if open == 0 {
            let parts = line.split('`').skip(1).step_by(2);
            found.extend(parts.map(|code| (number + 1, code.to_owned())));
        }
    }
    found
}

/// The words of a command as a shell parts them: quotation marks keep words together, what begins with `#` is left
/// out, and a pipe, a redirection or `&&` ends it.
pub fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for sign in command.chars() {
        match (quote, sign) {
            (Some(open), sign) if sign == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(sign);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (None, '#') if word.is_none() => break,
            (None, '|' | '>' | '<' | '&' | ';' | ')') => break,
            (_, sign) => word.get_or_insert_default().push(sign),
        }
    }
    words.extend(word);
    words
}
