//! What style sheets and modules name: `@import` and `url()`, `import`, `export … from`, `import()` and
//! `new URL(…, import.meta.url)`.
//!
//! Texts are read as far as it takes to tell an address from a comment, a text or a regular expression; nothing else
//! of CSS or JavaScript is understood. Only addresses of files are given, not `data:`, `https:`, `#id` or the bare
//! names of packages.

use std::ops::Range;

/// The addresses in a style sheet, by where they stand.
pub(super) fn in_css(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    let mut import = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'/' if bytes.get(at + 1) == Some(&b'*') => at = after(text, at + 2, "*/"),
            b'"' | b'\'' => {
                let end = end_of_text(bytes, at);
                if import {
                    found.push(at + 1..end);
                }
                (at, import) = (end + 1, false);
            }
            b'@' => {
                let end = end_of_name(bytes, at + 1);
                import = text[at + 1..end].eq_ignore_ascii_case("import");
                at = end;
            }
            _ if is_word(byte) => {
                let end = end_of_name(bytes, at);
                if text[at..end].eq_ignore_ascii_case("url") && bytes.get(end) == Some(&b'(') {
                    let (address, next) = in_url(bytes, end + 1);
                    found.push(address);
                    (at, import) = (next, false);
                } else {
                    at = end;
                }
            }
            _ => {
                import &= byte.is_ascii_whitespace();
                at += 1;
            }
        }
    }
    found.retain(|range| is_file(&text[range.clone()]));
    found
}

/// The address within the brackets of `url()`, and where it goes on behind them.
pub(super) fn in_url(bytes: &[u8], from: usize) -> (Range<usize>, usize) {
    let start = from + bytes[from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    if let Some(b'"' | b'\'') = bytes.get(start) {
        let end = end_of_text(bytes, start);
        return ((start + 1).min(end)..end, end + 1);
    }
    let length = bytes[start..].iter().take_while(|byte| !b")\n".contains(byte)).count();
    let end = start + length;
    let blanks = bytes[start..end].iter().rev().take_while(|byte| byte.is_ascii_whitespace()).count();
    (start..end - blanks, end + 1)
}

/// Whether an address is one of a file, with nothing in it that is written otherwise than it is meant.
fn is_file(address: &str) -> bool {
    let scheme = address.find(':').is_some_and(|colon| !address[..colon].contains(['/', '?', '#']));
    !address.is_empty()
        && !scheme
        && !address.starts_with("//")
        && !address.starts_with(['#', '?'])
        && !address.contains(['\\', '\n', '$', '{'])
}

/// The addresses in a module, by where they stand.
pub(super) fn in_js(text: &str) -> Vec<Range<usize>> {
    let mut module = Module { text, at: 0, before: [""; 3], found: Vec::new() };
    module.read();
    let is_address = |range: &Range<usize>| {
        let address = &text[range.clone()];
        ["./", "../", "/"].iter().any(|start| address.starts_with(start)) && is_file(address)
    };
    module.found.retain(is_address);
    module.found
}

/// A module as it is read: where, and the words or signs before that place.
struct Module<'t> {
    text: &'t str,
    at: usize,
    before: [&'t str; 3],
    found: Vec<Range<usize>>,
}

impl<'t> Module<'t> {
    /// Reads to the end. Literals with places in them are counted by brackets, so nothing is nested here.
    fn read(&mut self) {
        let bytes = self.text.as_bytes();
        // For each literal that is open: how many brackets are open within its place.
        let mut open: Vec<usize> = Vec::new();
        while let Some(&byte) = bytes.get(self.at) {
            let next = bytes.get(self.at + 1).copied();
            match byte {
                b'/' if next == Some(b'/') => self.at = after(self.text, self.at, "\n"),
                b'/' if next == Some(b'*') => self.at = after(self.text, self.at + 2, "*/"),
                b'/' if self.is_expression_next() => self.pass_expression(),
                b'"' | b'\'' => {
                    let end = end_of_text(bytes, self.at);
                    if self.is_specifier(end) {
                        self.found.push(self.at + 1..end);
                    }
                    self.at = end + 1;
                    self.note("\"\"");
                }
                b'`' => self.pass_literal(&mut open),
                b'}' if open.last() == Some(&0) => {
                    open.pop();
                    self.pass_literal(&mut open);
                }
                _ if byte.is_ascii_whitespace() => self.at += 1,
                _ if is_word(byte) => {
                    let end = end_of_word(bytes, self.at);
                    let word = &self.text[self.at..end];
                    self.at = end;
                    self.note(word);
                }
                _ => {
                    if let Some(depth) = open.last_mut() {
                        match byte {
                            b'{' => *depth += 1,
                            b'}' => *depth -= 1,
                            _ => {}
                        }
                    }
                    let sign = &self.text[self.at..=self.at];
                    self.at += 1;
                    self.note(sign);
                }
            }
        }
    }

    fn note(&mut self, what: &'t str) {
        self.before = [self.before[1], self.before[2], what];
    }

    /// Whether the text that stands here, up to `end`, names a module or a file beside this one.
    fn is_specifier(&self, end: usize) -> bool {
        match self.before {
            [".", "import" | "from", _] | [_, ".", "import" | "from"] => false,
            [_, _, "import" | "from"] | [_, "import", "("] => true,
            [_, "URL", "("] => {
                let rest = self.text.get(end + 1..).unwrap_or_default().trim_start();
                let rest = rest.strip_prefix(',').map(str::trim_start);
                rest.is_some_and(|rest| rest.starts_with("import.meta.url"))
            }
            _ => false,
        }
    }

    /// Whether a slash here begins a regular expression: where a value may begin.
    fn is_expression_next(&self) -> bool {
        const WORDS: [&str; 8] = ["return", "typeof", "case", "in", "of", "void", "delete", "await"];
        let last = self.before[2];
        match last.bytes().next_back() {
            None => true,
            Some(byte) if is_word(byte) => WORDS.contains(&last),
            Some(byte) => !b")]}\"".contains(&byte),
        }
    }

    fn pass_expression(&mut self) {
        let bytes = self.text.as_bytes();
        let mut class = false;
        let mut at = self.at + 1;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => break,
                b'\n' => break,
                _ => {}
            }
            at += 1;
        }
        self.at = at + 1;
        self.note("\"\"");
    }

    /// Passes a literal from its sign, or from the end of a place in it, to its end or to its next place.
    fn pass_literal(&mut self, open: &mut Vec<usize>) {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'`' => break,
                b'$' if bytes.get(at + 1) == Some(&b'{') => {
                    open.push(0);
                    self.at = at + 2;
                    self.note("{");
                    return;
                }
                _ => {}
            }
            at += 1;
        }
        self.at = at + 1;
        self.note("\"\"");
    }
}

/// Where a text that begins here with its sign ends: at the same sign, the line's end or that of all.
pub(super) fn end_of_text(bytes: &[u8], start: usize) -> usize {
    let sign = bytes[start];
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' => break,
            _ if byte == sign => break,
            _ => {}
        }
        at += 1;
    }
    at.min(bytes.len())
}

/// Where it goes on behind `end`, which is looked for from here.
pub(super) fn after(text: &str, from: usize, end: &str) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    rest.windows(end.len())
        .position(|part| part == end.as_bytes())
        .map_or(text.len(), |at| from + at + end.len())
}

pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80
}

fn end_of_word(bytes: &[u8], from: usize) -> usize {
    from + bytes[from..].iter().take_while(|byte| is_word(**byte)).count()
}

/// The end of a name in a style sheet, which may have hyphens.
pub(super) fn end_of_name(bytes: &[u8], from: usize) -> usize {
    from + bytes[from..].iter().take_while(|byte| is_word(**byte) || **byte == b'-').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn css(text: &str) -> Vec<&str> {
        in_css(text).into_iter().map(|range| &text[range]).collect()
    }

    fn js(text: &str) -> Vec<&str> {
        in_js(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn style_sheets_name_files() {
        assert_eq!(
            css("@import \"a.css\";@IMPORT 'b.css' print;@import url(c.css);"),
            ["a.css", "b.css", "c.css"]
        );
        assert_eq!(
            css("a{background:URL( ../x.png )}b{src:url(\"y.woff2?v=1#i\")format(\"woff2\")}"),
            ["../x.png", "y.woff2?v=1#i"]
        );
        for none in [
            "/* url(a.png) @import \"b.css\" */",
            "a::after{content:\"url(a.png)\"}",
            "a{b:url(data:image/png;base64,AA==)}",
            "a{b:url(#clip)}",
            "@import \"https://fonts.example/a.css\";",
            "@import url(//fonts.example/a.css);",
            "@charset \"utf-8\";",
            ".my-url(x){}",
            "a{b:url(",
            "a{b:url(\"",
            "@import",
            "\"",
        ] {
            assert_eq!(css(none), [""; 0], "{none}");
        }
    }

    #[test]
    fn modules_name_modules() {
        let text = "import a, { b as c } from './a.js';\nimport \"./b.js\"\nexport * from '../c.js';export{d}from\"./d.js\"
            const e = await import('./e.js'); new URL('./f.wasm', import.meta.url); `${import(\"./g.js\")} /`";
        let expected = ["./a.js", "./b.js", "../c.js", "./d.js", "./e.js", "./f.wasm", "./g.js"];
        assert_eq!(js(text), expected);
        for none in [
            "import 'vue';",
            "import('https://cdn.example/x.js')",
            "// import './a.js'\n/* import './b.js' */",
            "const s = \"import './a.js'\";",
            "`import './a.js'`",
            "x.import('./a.js'); y.from('./b.js'); Array.from(\"./c\")",
            "const r = /import '.\\/[/'\"]a.js'/; ",
            "require('./a.js'); fetch('./b.json'); new URL('./c', location)",
            "import(`./${name}.js`)",
            "'\\",
            "`${",
            "/",
        ] {
            assert_eq!(js(none), [""; 0], "{none}");
        }
        // A division is no regular expression.
        assert_eq!(js("a = b / c; import './x.js'; d = (e) / 2 / '1'"), ["./x.js"]);
    }
}
