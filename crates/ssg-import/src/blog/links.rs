//! Bare addresses in text, which other generators make links of and `CommonMark` does not.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The text with bare addresses in angle brackets.
pub(crate) fn with_bare_links(text: &str) -> String {
    if !text.contains("://") {
        return text.to_owned();
    }
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut depth = 0_usize;
    let mut in_anchor = false;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                depth += 1;
            }
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                depth = depth.saturating_sub(1);
            }
            Event::InlineHtml(html) => {
                in_anchor = (in_anchor || html.starts_with("<a")) && !html.starts_with("</a");
            }
            Event::Text(_) if depth == 0 && !in_anchor => {
                let slice = text.get(range.clone()).unwrap_or_default();
                for sign in ["https://", "http://"] {
                    for (at, _) in slice.match_indices(sign) {
                        places.extend(address(text, range.start + at));
                    }
                }
            }
            _ => {}
        }
    }
    places.sort_unstable();
    let mut out = String::with_capacity(text.len() + places.len() * 2);
    let mut at = 0;
    for (start, end) in places {
        if start < at {
            continue;
        }
        out.push_str(text.get(at..start).unwrap_or_default());
        out.push('<');
        out.push_str(text.get(start..end).unwrap_or_default());
        out.push('>');
        at = end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Where the address that begins here ends, if it is one that stands by itself.
fn address(text: &str, start: usize) -> Option<(usize, usize)> {
    let before = text.get(..start)?.chars().next_back();
    if before.is_some_and(|c| !(c.is_whitespace() || "(*_~:>|".contains(c))) {
        return None;
    }
    let rest = text.get(start..)?;
    let end =
        rest.find(|c: char| c.is_whitespace() || "<>|`{\u{F8F0}\u{F8F2}".contains(c)).unwrap_or(rest.len());
    let mut address = rest.get(..end)?;
    loop {
        let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '"', '*', '_', '~']);
        let unbalanced =
            shorter.ends_with(')') && shorter.matches(')').count() > shorter.matches('(').count();
        let shorter = if unbalanced { shorter.strip_suffix(')').unwrap_or(shorter) } else { shorter };
        if shorter.len() == address.len() {
            break;
        }
        address = shorter;
    }
    let has_host = address
        .split_once("://")
        .is_some_and(|(_, host)| host.contains('.') && !host.contains(['\\', '[', ']']));
    has_host.then_some((start, start + address.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_stand_by_themselves_become_links() {
        let text = "See https://a.example/b_c_d, (http://x.example/y). `http://c.example` [http://l.example](http://m.example)\n<a href=\"http://n.example\">http://n.example</a>";
        assert_eq!(
            with_bare_links(text),
            "See <https://a.example/b_c_d>, (<http://x.example/y>). `http://c.example` [http://l.example](http://m.example)\n<a href=\"http://n.example\">http://n.example</a>"
        );
    }
}
