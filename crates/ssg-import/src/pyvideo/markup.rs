//! Descriptions of talks, written in reStructuredText, as Markdown.
//!
//! Reads what such descriptions use: headings, links, literals, blocks of code. All else is plain
//! text in both. HTML means nothing in reStructuredText, so it is escaped.

use crate::seal::seal;

/// The Markdown of a text; blank for a blank one.
pub(super) fn to_markdown(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\t', "    ");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut out = String::new();
    // Text that waits to be read as a whole: links go over the ends of lines.
    let mut plain = String::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let next = lines.get(at + 1).copied().unwrap_or("");
        let above = at.checked_sub(1).and_then(|at| lines.get(at)).copied().unwrap_or("");
        at += 1;
        if is_rule(line) {
            if above.is_empty() && next.is_empty() {
                plain.push_str("\n* * *\n");
            }
            // Else it is the line over or under a heading, or a slip.
        } else if !line.is_empty() && is_rule(next) && (above.is_empty() || is_rule(above)) {
            plain.push_str(&format!("\n## {}\n\n", line.trim()));
        } else if let Some(text) = line.strip_suffix("::") {
            if !text.trim().is_empty() {
                plain.push_str(&format!("{text}:\n"));
            }
            out.push_str(&inline(&std::mem::take(&mut plain)));
            at = literal(&lines, at, &mut out);
        } else {
            if line.trim_start().starts_with("# ") {
                plain.push('\\');
            }
            plain.push_str(line);
            plain.push('\n');
        }
    }
    out.push_str(&inline(&plain));
    seal(out.trim().to_owned())
}

/// A line of four or more of one sign of punctuation.
fn is_rule(line: &str) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next().filter(|c| "=-~^\"'#*+`:._".contains(*c)) else { return false };
    line.len() >= 4 && chars.all(|c| c == first)
}

/// Writes the indented block from line `at` as code; gives the line below it.
fn literal(lines: &[&str], mut at: usize, out: &mut String) -> usize {
    let mut code: Vec<&str> = Vec::new();
    while let Some(line) = lines.get(at).filter(|line| line.is_empty() || line.starts_with(' ')) {
        code.push(line);
        at += 1;
    }
    let indent = code
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let code: Vec<&str> = code.iter().map(|line| line.get(indent..).unwrap_or("")).collect();
    let text = code.join("\n");
    let text = text.trim_matches('\n');
    if !text.is_empty() {
        let fence = "`".repeat(longest_run(text).saturating_add(1).max(3));
        out.push_str(&format!("\n{fence}\n{text}\n{fence}\n\n"));
    }
    at
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Links, literals and escapes within a text.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['`', '<', '{', ']']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = if let Some(inner) = rest.strip_prefix("``") {
            inner.find("``").filter(|end| *end > 0 && inner[..*end].len() < 2000).map(|end| {
                out.push_str(&format!("`{}`", inner[..end].replace('\n', " ")));
                end + 4
            })
        } else if let Some(inner) = rest.strip_prefix('`') {
            interpreted(inner, &mut out)
        } else if rest.starts_with("<http://") || rest.starts_with("<https://") {
            let end = rest.find('>').filter(|end| !rest[..*end].contains(char::is_whitespace));
            end.map(|end| {
                out.push_str(&rest[..=end]);
                end + 1
            })
        } else if rest.starts_with("](") {
            let web = rest.starts_with("](http://") || rest.starts_with("](https://");
            out.push_str(if web { "](" } else { "]\\(" });
            Some(2)
        } else if rest.starts_with("{{") || rest.starts_with("{%") {
            // No shortcode of this site.
            out.push_str("\\{\\");
            rest = &rest[1..];
            out.push_str(&rest[..1]);
            Some(1)
        } else {
            None
        };
        match taken {
            Some(taken) => rest = rest.get(taken..).unwrap_or(""),
            None => {
                let tag = rest.strip_prefix('<').and_then(|rest| rest.chars().next());
                if tag.is_some_and(|c| c.is_ascii_alphabetic() || "/!?".contains(c)) {
                    out.push('\\');
                }
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// What stands behind a backquote: a link, a reference or a literal; gives the bytes taken with the
/// first backquote.
fn interpreted(inner: &str, out: &mut String) -> Option<usize> {
    let end = inner.find('`').filter(|end| *end > 0 && *end < 2000)?;
    let text = &inner[..end];
    let after = &inner[end + 1..];
    let reference = if after.starts_with("__") { 2 } else { usize::from(after.starts_with('_')) };
    if reference == 0 {
        out.push_str(&format!("`{}`", text.replace('\n', " ")));
        return Some(end + 2);
    }
    let target = text.rsplit_once('<').and_then(|(label, url)| Some((label, url.strip_suffix('>')?)));
    match target {
        Some((label, url)) => {
            let url: String = url.split_whitespace().collect();
            let label: Vec<&str> = label.split_whitespace().collect();
            let label = if label.is_empty() { url.clone() } else { label.join(" ") };
            let web = ["http://", "https://", "mailto:"].iter().any(|start| url.starts_with(start));
            out.push_str(&if web { link(&label, &url) } else { escape(&label) });
        }
        None => out.push_str(&escape(text)),
    }
    Some(end + 2 + reference)
}

/// A Markdown link with a plain label.
pub(super) fn link(label: &str, url: &str) -> String {
    let url = url.replace('<', "%3C").replace('>', "%3E");
    format!("[{}](<{url}>)", escape(label))
}

/// A text in which no Markdown is read but what is escaped already.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '[' | ']' | '<' | '`') || c == '{' {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_literals_and_headings() {
        assert_eq!(
            to_markdown("see `the\nsite <https://example.org/a\n/b>`__ now"),
            "see [the site](<https://example.org/a/b>) now"
        );
        assert_eq!(to_markdown("use ``dis`` and `x`"), "use `dis` and `x`");
        assert_eq!(to_markdown("About\n=====\n\nText\n"), "## About\n\n\nText");
        assert_eq!(to_markdown("====\nTop\n====\ntext"), "## Top\n\ntext");
        assert_eq!(to_markdown("a\nb\n----\nc"), "a\nb\nc");
        assert_eq!(
            to_markdown("Code::\n\n    x = `1`\n    y\n\nText"),
            "Code:\n\n```\nx = `1`\ny\n```\n\nText"
        );
    }

    #[test]
    fn nothing_in_it_is_html_or_a_shortcode() {
        assert_eq!(to_markdown("<script>x</script> a <= b"), "\\<script>x\\</script> a <= b");
        assert_eq!(to_markdown("{{ x }} {% y %}"), "\\{\\{ x }} \\{\\% y %}");
        assert_eq!(to_markdown("[x](javascript:y)"), "[x]\\(javascript:y)");
        assert_eq!(to_markdown("`x <javascript:y>`_"), "x");
        assert_eq!(to_markdown("[x]\n\n[x]: @/y.md"), "&#91;x]\n\n&#91;x]: @/y.md");
        for text in ["`", "``", "`x", "`` `", "<", "{", "]", "`\u{e9}`_", "é`é`é<é", "::", "::\n  x", "````"]
        {
            let _ = to_markdown(text);
        }
    }
}
