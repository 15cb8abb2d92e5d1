//! The tables as parts of the book.
//!
//! A part stands between `<!-- begin NAME -->` and `<!-- end NAME -->` on the page that it belongs to. What a page
//! tells in words of its own stays there: `*a taxonomy of yours*` is a line of the part all the same.

use super::{Key, config, header};
use std::fmt::Write as _;

/// How a part of a page looks.
#[derive(Clone, Copy)]
enum Columns {
    Example,
    Meaning,
    Default,
    /// Without a column of types, with these headings of the first and the last.
    Untyped(&'static str, &'static str),
}

/// A part of a page: its name, the keys and the columns.
type Part = (&'static str, &'static [Key], Columns);

/// The pages that have parts, as file names of `docs/src/`.
pub const BOOK: &[&str] = &["front-matter.md", "configuration.md", "hosting.md", "shared-cache.md"];

/// The line about taxonomies of one's own, after the three that always exist.
const TAXONOMY_OF_YOURS: (&str, &str) = ("speakers", "| *a taxonomy of yours* | terms | | |\n");
/// The line about what a page says elsewhere.
const SEE_BELOW: (&str, &str) = ("extra", "| `event`, `talk` | table | see below | |\n");

fn parts(page: &str) -> &'static [Part] {
    match page {
        "front-matter.md" => &[
            ("page-keys", header::PAGE, Columns::Example),
            ("event-keys", header::EVENT, Columns::Meaning),
            ("talk-keys", header::TALK, Columns::Meaning),
        ],
        "configuration.md" => &[
            ("site-keys", config::SITE, Columns::Default),
            ("language-keys", config::LANGUAGE, Columns::Default),
            ("feeds-keys", config::FEEDS, Columns::Default),
            ("outputs-keys", config::OUTPUTS, Columns::Untyped("key", "writes")),
            ("cards-keys", config::CARDS, Columns::Default),
            ("pictures-keys", config::PICTURES, Columns::Default),
            ("markdown-keys", config::MARKDOWN, Columns::Default),
            ("links-keys", config::LINKS, Columns::Default),
            ("check-keys", config::CHECK, Columns::Default),
            ("talks-keys", config::TALKS, Columns::Default),
            ("taxonomy-keys", config::TAXONOMY, Columns::Default),
        ],
        "hosting.md" => &[("hosting-keys", config::HOSTING, Columns::Default)],
        "shared-cache.md" => {
            &[("cache-keys", config::CACHE, Columns::Untyped("key of `[cache]`", "meaning"))]
        }
        _ => &[],
    }
}

/// A page of the book with its parts as they are to be.
///
/// # Errors
/// When the marks of a part are missing or out of order.
pub fn with_parts(page: &str, text: &str) -> Result<String, String> {
    let mut text = text.to_owned();
    for (name, keys, columns) in parts(page) {
        let (begin, end) = (format!("<!-- begin {name} -->\n"), format!("<!-- end {name} -->"));
        let from = text.find(&begin).ok_or_else(|| format!("{page}: there is no `{}`", begin.trim()))?;
        let from = from + begin.len();
        let length = text.get(from..).and_then(|rest| rest.find(&end));
        let to = from + length.ok_or_else(|| format!("{page}: there is no `{end}` after its beginning"))?;
        text.replace_range(from..to, &format!("\n{}\n", table(keys, *columns)));
    }
    Ok(text)
}

fn table(keys: &[Key], columns: Columns) -> String {
    let mut table = match columns {
        Columns::Example => "| key | type | meaning | example |\n|---|---|---|---|\n".to_owned(),
        Columns::Meaning => "| key | type | meaning |\n|---|---|---|\n".to_owned(),
        Columns::Default => "| key | type | default | meaning |\n|---|---|---|---|\n".to_owned(),
        Columns::Untyped(first, last) => format!("| {first} | default | {last} |\n|---|---|---|\n"),
    };
    for key in keys {
        let names: Vec<String> = key.names.iter().map(|name| format!("`{name}`")).collect();
        let (names, kind, meaning) = (names.join(", "), key.kind.words(), key.meaning);
        let example = if key.example.is_empty() { String::new() } else { format!("{} ", key.example) };
        let default = if key.default.is_empty() { String::new() } else { format!("{} ", key.default) };
        let _ = match columns {
            Columns::Example => writeln!(table, "| {names} | {kind} | {meaning} | {example}|"),
            Columns::Meaning => writeln!(table, "| {names} | {kind} | {meaning} |"),
            Columns::Default => writeln!(table, "| {names} | {kind} | {default}| {meaning} |"),
            Columns::Untyped(..) => writeln!(table, "| {names} | {default}| {meaning} |"),
        };
        let more = [TAXONOMY_OF_YOURS, SEE_BELOW].into_iter().filter(|_| matches!(columns, Columns::Example));
        table.extend(more.filter(|(after, _)| key.names.contains(after)).map(|(_, line)| line));
    }
    table
}
