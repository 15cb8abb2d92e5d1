//! Reads the info string of a fenced block: the text after the backticks.
//!
//! Zola's form comes first, `yaml,linenos,hl_lines=2-3 7,name=site.yml`; those
//! of Hugo (`yaml {linenos=true, hl_lines=[2,"4-6"]}`), Docusaurus
//! (`yaml {2,4-6} title="site.yml"`), Pandoc (`{.yaml .numberLines}`) and
//! `yaml:site.yml` are understood as well, so that imported posts keep what
//! their authors meant. What is not understood is reported, never fatal.

use crate::{CodeLink, CodeOptions, LineRange};
use std::{fmt, ops::Range};

/// An info string, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// What is asked of the block.
    pub options: CodeOptions,
    /// Comments such as `# (1)` at the ends of lines are marks, which a list explains.
    pub annotated: bool,
    /// What was not understood, from left to right.
    pub problems: Vec<InfoProblem>,
}

/// A part of an info string that was not understood, and is ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InfoProblem {
    /// Bytes within the info string.
    pub range: Range<usize>,
    /// What is wrong there.
    pub kind: ProblemKind,
}

/// What is wrong with a part of an info string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// No such option.
    UnknownOption {
        /// Its name, as written.
        name: String,
    },
    /// The option exists, but not with this value.
    BadValue {
        /// The usual name of the option.
        option: &'static str,
        /// What it takes.
        expected: &'static str,
    },
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownOption { name } => write!(f, "unknown code option `{name}`"),
            Self::BadValue { option, expected } => write!(f, "`{option}` takes {expected}"),
        }
    }
}

/// Options that other tools know, and that change nothing here.
const IGNORED: &[&str] = &[
    "anchorlinenos",
    "lineanchors",
    "lineanchorspans",
    "linenumbersintable",
    "linespans",
    "noclasses",
    "style",
    "tabwidth",
    "guesssyntax",
    "hl_inline",
    "copy",
    "wrap",
    "ignore",
    "no_run",
    "should_panic",
    "compile_fail",
    "editable",
    "runnable",
    "noplayground",
    "playground",
    "edition2015",
    "edition2018",
    "edition2021",
    "edition2024",
];

/// Options of one word.
const OPTIONS: &[&str] = &[
    "linenos",
    "linenumbers",
    "line_numbers",
    "showlinenumbers",
    "numberlines",
    "hl_lines",
    "hllines",
    "hl",
    "name",
    "title",
    "filename",
    "file",
    "caption",
    "highlight",
    "mark",
    "linenostart",
    "firstline",
    "annotate",
];

/// Reads an info string. Takes time linear in its length; never fails.
pub fn parse_info_string(info: &str) -> CodeInfo {
    let mut reader = Reader {
        info,
        at: 0,
        braced: false,
        commas: false,
        in_ranges: false,
        found: CodeInfo { options: CodeOptions::default(), annotated: false, problems: Vec::new() },
    };
    reader.language();
    if reader.titled() {
        return reader.found;
    }
    while reader.option() {}
    reader.found
}

struct Reader<'a> {
    info: &'a str,
    at: usize,
    /// Inside braces.
    braced: bool,
    /// Zola's form: values go on to the next comma.
    commas: bool,
    /// The last option was a list of lines, which bare ranges continue.
    in_ranges: bool,
    found: CodeInfo,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.info.get(self.at..).unwrap_or_default()
    }

    /// Moves over text up to one of some ASCII characters; says where it was.
    fn take_until(&mut self, stops: &[char]) -> Range<usize> {
        let start = self.at;
        self.at += self.rest().find(stops).unwrap_or(self.rest().len());
        start..self.at
    }

    fn language(&mut self) {
        self.at = self.info.len() - self.info.trim_start().len();
        let start = self.at;
        let range = self.take_until(&[',', ';', ' ', '\t', '{', '\n', '\r']);
        let word = &self.info[range];
        if word.contains('=') {
            self.at = start;
            return;
        }
        self.commas = self.rest().trim_start().starts_with(',');
        let (language, name) = match word.split_once(':') {
            Some((language, name)) if !language.is_empty() && !name.is_empty() => (language, Some(name)),
            _ => (word, None),
        };
        self.found.options.language = (!language.is_empty()).then(|| language.to_owned());
        self.found.options.name = name.map(str::to_owned);
    }

    /// Octopress' form, `ruby A title https://… the link's text linenos:false`: words that are no options.
    fn titled(&mut self) -> bool {
        let info = self.info;
        let rest = info.get(self.at..).unwrap_or_default();
        let words: Vec<&str> = rest.split_whitespace().collect();
        let is_url = |word: &&str| word.starts_with("https://") || word.starts_with("http://");
        if self.braced || words.iter().any(|word| !is_url(word) && word.contains(['=', '{', '}', ';'])) {
            return false;
        }
        let is_option = |word: &&str| {
            let lower = word.to_ascii_lowercase();
            let normal = lower.replace(['-', '.'], "");
            OPTIONS.contains(&normal.as_str()) || IGNORED.contains(&normal.as_str()) || ranges(word).is_some()
        };
        // One word is rather an option that is not known, unless it names a file.
        let is_title = words.len() > 1 || words.iter().any(|word| word.contains(['.', '/', ':']));
        if words.is_empty()
            || words[0].starts_with(['.', ',', '#'])
            || !is_title
            || words.iter().any(is_option)
        {
            return false;
        }
        let (mut title, mut text, mut url) = (Vec::new(), Vec::new(), None);
        for word in words {
            match word.split_once(':') {
                Some(("linenos", on)) => self.found.options.line_numbers = on != "false",
                Some(("start", first)) => {
                    self.found.options.first_line = number(first).unwrap_or(1);
                    self.found.options.line_numbers = true;
                }
                Some(("mark", lines)) => {
                    self.found.options.highlighted.extend(ranges(lines).unwrap_or_default())
                }
                _ if url.is_none() && is_url(&word) => url = Some(word.to_owned()),
                _ if url.is_some() => text.push(word),
                _ => title.push(word),
            }
        }
        if !title.is_empty() {
            self.found.options.name = Some(title.join(" "));
        }
        self.found.options.link = url.map(|url| {
            let text = if text.is_empty() { "link".to_owned() } else { text.join(" ") };
            CodeLink { url, text }
        });
        true
    }

    /// Reads one option; false at the end.
    fn option(&mut self) -> bool {
        while let Some(c) = self.rest().chars().next() {
            match c {
                '{' => self.braced = true,
                '}' => self.braced = false,
                ',' | ';' => {}
                c if c.is_whitespace() => {}
                _ => break,
            }
            self.at += c.len_utf8();
        }
        if self.rest().is_empty() {
            return false;
        }
        let key = self.take_until(&['=', ',', ';', ' ', '\t', '{', '}', '\n', '\r']);
        let value = self.rest().starts_with('=').then(|| {
            self.at += 1;
            self.value()
        });
        self.set(key, value);
        true
    }

    /// The value after an equals sign, without quotes around it.
    fn value(&mut self) -> Range<usize> {
        let first = self.rest().chars().next();
        if let Some(close) = match first {
            Some(quote @ ('"' | '\'')) => Some(quote),
            Some('[') => Some(']'),
            _ => None,
        } {
            self.at += 1;
            let range = self.take_until(&[close]);
            self.at = self.info.len().min(self.at + 1);
            return range;
        }
        let range = match (self.commas, self.braced) {
            (true, false) => self.take_until(&[',']),
            (_, true) => self.take_until(&[',', ' ', '\t', '}', '\n', '\r']),
            _ => self.take_until(&[',', ' ', '\t', '{', '\n', '\r']),
        };
        let text = self.info[range.clone()].trim_end();
        range.start..range.start + text.len()
    }

    fn set(&mut self, key: Range<usize>, value: Option<Range<usize>>) {
        let name = self.info[key.clone()].to_owned();
        let text = value.clone().map(|range| self.info[range].to_owned());
        let place = value.unwrap_or(key.clone());
        let continues = std::mem::take(&mut self.in_ranges);
        let normal: String = name.to_ascii_lowercase().chars().filter(|c| !matches!(c, '-' | '.')).collect();
        match (normal.as_str(), text) {
            (_, None) if name.starts_with('.') && self.found.options.language.is_none() => {
                self.found.options.language = Some(name[1..].to_owned());
            }
            ("linenos" | "linenumbers" | "line_numbers" | "showlinenumbers" | "numberlines", on) => {
                let on = on.as_deref().unwrap_or("true").to_ascii_lowercase();
                match on.as_str() {
                    "true" | "table" | "inline" | "on" | "yes" | "1" | "" => {
                        self.found.options.line_numbers = true;
                    }
                    "false" | "none" | "off" | "no" | "0" => {
                        self.found.options.line_numbers = false;
                    }
                    _ => self.bad(place, "linenos", "`true` or `false`"),
                }
            }
            ("linenostart" | "firstline" | "first_line" | "startfrom" | "start", first) => {
                match first.as_deref().and_then(number) {
                    Some(first) => self.found.options.first_line = first,
                    None => self.bad(place, "linenostart", "a whole number"),
                }
            }
            ("hl_lines" | "hllines" | "hl" | "highlight" | "mark" | "emphasizelines", lines) => {
                self.in_ranges = true;
                self.ranges(place, lines.unwrap_or_default().trim_matches(['{', '}']));
            }
            ("annotate", value) => self.found.annotated = value.is_none_or(|value| value.trim() != "false"),
            ("name" | "title" | "filename" | "file" | "caption", Some(name)) => {
                let name = name.trim().to_owned();
                self.found.options.name = (!name.is_empty()).then_some(name);
            }
            ("name" | "title" | "filename" | "file" | "caption", None) => {
                self.bad(place, "name", "a value");
            }
            (_, None) if (continues || self.braced) && ranges(&name).is_some() => {
                self.in_ranges = true;
                self.ranges(place, &name);
            }
            (_, None) if name.starts_with(['.', '#']) => {}
            (ignored, _) if IGNORED.contains(&ignored) => {}
            _ => self
                .found
                .problems
                .push(InfoProblem { range: key, kind: ProblemKind::UnknownOption { name } }),
        }
    }

    fn ranges(&mut self, place: Range<usize>, text: &str) {
        match ranges(text) {
            Some(ranges) => self.found.options.highlighted.extend(ranges),
            None => self.bad(place, "hl_lines", "lines and ranges like `2-3 7`, from 1"),
        }
    }

    fn bad(&mut self, range: Range<usize>, option: &'static str, expected: &'static str) {
        let kind = ProblemKind::BadValue { option, expected };
        self.found.problems.push(InfoProblem { range, kind });
    }
}

/// Ranges separated by spaces or commas; `None` if one is none, or for no
/// range at all.
fn ranges(text: &str) -> Option<Vec<LineRange>> {
    let separator = |c: char| c.is_whitespace() || matches!(c, ',' | '"' | '\'' | '[' | ']');
    let range = |part: &str| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (number(first)?, number(last)?);
        let (first, last) = (first.min(last), first.max(last));
        (first > 0).then_some(LineRange { first, last })
    };
    let ranges: Option<Vec<_>> = text.split(separator).filter(|part| !part.is_empty()).map(range).collect();
    ranges.filter(|ranges| !ranges.is_empty())
}

/// A whole number; one too large counts as the largest.
fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests;
