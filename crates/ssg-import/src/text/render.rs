//! Blocks to Markdown, with a comment above whatever was guessed.

use super::block::{Block, Item, Placed};
use super::escape::{inline, paragraph};
use super::links;
use std::fmt::Write as _;

/// The Markdown of a post's body; ends with a line end unless empty.
pub(crate) fn markdown(blocks: &[Placed]) -> String {
    let mut out = String::new();
    for placed in blocks {
        if !out.is_empty() {
            out.push('\n');
        }
        if let Some((mark, _)) = placed.guess {
            let _ = writeln!(out, "<!-- import: guessed {mark} -->\n");
        }
        block(&placed.block, &mut out);
    }
    out
}

fn block(block: &Block, out: &mut String) {
    let _ = match block {
        Block::Heading(level, text) => {
            writeln!(out, "{} {}", "#".repeat(usize::from(*level)), heading(text))
        }
        Block::Paragraph(text) => writeln!(out, "{}", paragraph(text)),
        Block::Question(text) => writeln!(out, "**{}**", inline(text)),
        Block::Caption(text) => writeln!(out, "*{}*", inline(text)),
        Block::Alert(kind, text) => writeln!(out, "> [!{kind}]\n> {}", paragraph(text)),
        Block::Code(lines) => {
            let text = lines.join("\n");
            let fence = "`".repeat(3.max(longest_run(&text) + 1));
            writeln!(out, "{fence}console\n{text}\n{fence}")
        }
        Block::Links(pairs) => {
            for (label, value) in pairs {
                let value = links::markdown(value).unwrap_or_else(|| inline(value));
                let _ = writeln!(out, "- {}: {value}", paragraph(label));
            }
            Ok(())
        }
        Block::List(items) => {
            list(items, out);
            Ok(())
        }
    };
}

/// A heading's text; a run of `#` or `{…}` at its end would be syntax.
fn heading(text: &str) -> String {
    let mut text = inline(text);
    if let Some(rest) = text.strip_suffix('#') {
        text = format!("{rest}\\#");
    } else if let Some(rest) = text.strip_suffix('}') {
        text = format!("{rest}\\}}");
    }
    text
}

fn list(items: &[Item], out: &mut String) {
    // Columns that the text of each open depth starts at.
    let mut columns = vec![0];
    for item in items {
        columns.truncate(item.depth + 1);
        let column = *columns.last().expect("the outermost");
        let marker = item.number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
        let _ = writeln!(out, "{}{marker}{}", " ".repeat(column), paragraph(&item.text));
        columns.push(column + marker.len());
    }
}

/// Length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_nest_under_the_text_of_their_item() {
        let item = |depth, number, text: &str| Item { depth, number, text: text.to_owned() };
        let items = [item(0, Some(9), "a"), item(1, None, "- b"), item(0, Some(10), "c"), item(1, None, "d")];
        let mut out = String::new();
        list(&items, &mut out);
        assert_eq!(out, "9. a\n   - \\- b\n10. c\n    - d\n");
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        let mut out = String::new();
        block(&Block::Code(vec!["$ echo ````".into()]), &mut out);
        assert_eq!(out, "`````console\n$ echo ````\n`````\n");
        assert_eq!(heading("C# {#x}"), "C# {#x\\}".replace("{#", "&#123;#"));
    }
}
