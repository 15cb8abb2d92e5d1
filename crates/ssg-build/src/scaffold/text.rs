//! Text that people typed, made fit for TOML, for Markdown, for a link and for a file name.

use ssg_parse::toml_text;

/// Longest slug in bytes: with a date in front it stays a legal and a readable file name.
const LONGEST: usize = 120;

/// One line without control characters and without spaces at the ends; may be empty.
pub(super) fn one_line(text: &str) -> String {
    let visible: String = text.chars().filter(|c| c.is_whitespace() || !c.is_control()).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A TOML list of strings: on one line, or a line each when there are more than three.
pub(super) fn toml_list<T: AsRef<str>>(texts: &[T]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| toml_text(text.as_ref())).collect();
    if quoted.len() <= 3 {
        return format!("[{}]", quoted.join(", "));
    }
    format!("[\n    {},\n]", quoted.join(",\n    "))
}

/// Text for the inside of a Markdown line, shown as it is: no markup, no shortcodes, no HTML.
pub(super) fn markdown_text(text: &str) -> String {
    let line = one_line(text);
    let characters: Vec<char> = line.chars().collect();
    let mut escaped = String::with_capacity(line.len());
    for (at, &c) in characters.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| characters[before]);
        let after = characters.get(at + 1).copied();
        let in_word = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
        match c {
            // A reference, for `\{` would still begin the attributes of a heading.
            '{' => escaped.push_str("&#123;"),
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' | '|' => escaped.extend(['\\', c]),
            '_' if !in_word => escaped.extend(['\\', c]),
            // A run of `#` at the end closes a heading; `C#` does not.
            '#' if before.is_none_or(|before| before == ' ' || before == '#') => escaped.extend(['\\', c]),
            '&' if begins_reference(&characters[at + 1..]) => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Whether what follows an `&` makes a character of it, as in `&amp;`.
fn begins_reference(after: &[char]) -> bool {
    let mut ends = after.iter().skip_while(|c| c.is_ascii_alphanumeric() || **c == '#');
    ends.next() == Some(&';')
}

/// A Markdown link to `dest`, with a label that is shown as it is.
pub(super) fn markdown_link(label: &str, dest: &str) -> String {
    let label = markdown_text(label);
    let mut address = String::with_capacity(dest.len());
    for c in dest.chars() {
        match c {
            c if c.is_control() => {}
            // No angle bracket, and no brace that could begin a shortcode, may stand in it.
            '<' => address.push_str("%3C"),
            '>' => address.push_str("%3E"),
            '{' => address.push_str("%7B"),
            '\\' => address.push_str("%5C"),
            c => address.push(c),
        }
    }
    if address.contains(['(', ')', '*', '_', '&']) || address.contains(char::is_whitespace) {
        format!("[{label}](<{address}>)")
    } else {
        format!("[{label}]({address})")
    }
}

/// A slug that can be a file name on every system: ASCII letters, digits and single hyphens, at
/// most 120 bytes, never empty, never a name that means something else (`index`, `con`).
///
/// `kind` is added to such names, and stands in where `text` has nothing to make a name of.
pub(super) fn file_slug(text: &str, kind: &str) -> String {
    let mut slug = hyphenated(&ssg_parse::slugify(text));
    if slug.is_empty() {
        let codes: Vec<String> = text
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .take(8)
            .map(|c| format!("{:x}", u32::from(c)))
            .collect();
        slug = hyphenated(&format!("{kind} {}", codes.join(" ")));
    }
    if slug.len() > LONGEST {
        // After a whole word, where there is one in the latter half.
        let cut = slug[..=LONGEST].rfind('-').filter(|at| *at > LONGEST / 2).unwrap_or(LONGEST);
        slug.truncate(cut);
    }
    if is_reserved(&slug) { format!("{slug}-{kind}") } else { slug }
}

/// Lower-case ASCII letters and digits, all else one hyphen between them.
fn hyphenated(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let words = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// Names that are a bundle here, or a device on Windows.
fn is_reserved(slug: &str) -> bool {
    let numbered = |device: &str| {
        slug.strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    matches!(slug, "index" | "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}
