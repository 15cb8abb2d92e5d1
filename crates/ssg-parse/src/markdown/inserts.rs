//! What takes the place of text by option: addresses that become links (`https://…`), and signs by their names
//! (`:rocket:`).

use super::MarkdownOptions;
use super::shortcodes::Prepared;
use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What stands in the place of a piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Insert {
    /// A link to the address that the text is.
    Link(String),
    /// A sign.
    Sign(&'static str),
}

/// How far an address may go on behind the text in which it begins, in bytes.
const LONGEST_REST: usize = 2048;
/// Longest name of a sign.
const LONGEST_NAME: usize = 64;

/// The inserts of a text, in order, by the ranges that they replace. Those of addresses are blanked out in it, so that
/// the parser makes no emphasis of what is in them.
pub(super) fn take(
    prepared: &mut Prepared<'_>,
    extensions: Options,
    options: &MarkdownOptions,
) -> Vec<(Range<usize>, Insert)> {
    let text = &*prepared.text;
    let wants_links = options.bare_urls && text.contains("://");
    let wants_signs = options.emoji && text.contains(':');
    if !wants_links && !wants_signs {
        return Vec::new();
    }
    let runs = runs(text, extensions);
    let mut found: Vec<(Range<usize>, Insert)> = Vec::new();
    for run in runs.iter().filter(|_| wants_links) {
        let from = found.last().map_or(0, |(range, _)| range.end).max(run.start);
        if from < run.end {
            found.extend(links(text, from..run.end));
        }
    }
    let taken: Vec<Range<usize>> = found.iter().map(|(range, _)| range.clone()).collect();
    if wants_signs {
        for run in runs {
            let is_free = |range: &Range<usize>| {
                let next = taken.partition_point(|link| link.end <= range.start);
                taken.get(next).is_none_or(|link| range.end <= link.start)
            };
            found.extend(signs(text, run).filter(|(range, _)| is_free(range)));
        }
        found.sort_by_key(|(range, _)| range.start);
    }
    prepared.blank(&taken);
    found
}

/// The ranges of running text: what is in no code, link, image or raw HTML of a link.
fn runs(text: &str, extensions: Options) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let (mut closed, mut raw) = (0_usize, 0_usize);
    for (event, range) in Parser::new_ext(text, extensions).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => closed += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => closed = closed.saturating_sub(1),
            Event::InlineHtml(tag) => {
                let tag = tag.to_ascii_lowercase();
                let opens = |name: &str| {
                    tag.strip_prefix(name)
                        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
                };
                if ["<a", "<code", "<kbd", "<samp", "<pre"].into_iter().any(opens) {
                    raw += 1;
                } else if ["</a", "</code", "</kbd", "</samp", "</pre"].into_iter().any(opens) {
                    raw = raw.saturating_sub(1);
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell) => raw = 0,
            Event::Text(_) if closed == 0 && raw == 0 => match runs.last_mut() {
                Some(last) if last.end == range.start => last.end = range.end,
                _ => runs.push(range),
            },
            _ => {}
        }
    }
    runs
}

/// The addresses that begin in a range of a text. They may go on behind it, where the parser saw marks in them.
fn links(text: &str, run: Range<usize>) -> Vec<(Range<usize>, Insert)> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    // One line may have many runs, so what is looked at behind each is bounded.
    let rest = &text[run.end..];
    let is_bound = |at: &usize| rest.is_char_boundary(*at);
    let bound = (0..=LONGEST_REST.min(rest.len())).rev().find(is_bound).unwrap_or(0);
    let end = run.end + rest[..bound].find(['\n', '<', '|', '`']).unwrap_or(bound);
    let is_cut = bound < rest.len() && end == run.end + bound;
    let window = &text[run.start..end];
    let mut found = Vec::new();
    for link in finder.links(window).take_while(|link| run.start + link.start() < run.end) {
        let shown = link.as_str();
        // Marks at the end belong to what is around the address.
        let shown = shown.trim_end_matches(['*', '_', '~']);
        let is_address = ["https://", "http://"]
            .iter()
            .any(|scheme| shown.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
        let goes_on = is_cut && link.end() == window.len();
        if is_address && !goes_on && !shown.contains(['\u{fdd0}', '\\']) {
            let start = run.start + link.start();
            found.push((start..start + shown.len(), Insert::Link(shown.to_owned())));
        }
    }
    found
}

/// The names of signs in a range of a text.
fn signs(text: &str, run: Range<usize>) -> impl Iterator<Item = (Range<usize>, Insert)> {
    let mut at = run.start;
    std::iter::from_fn(move || {
        while let Some(start) = text.get(at..run.end)?.find(':').map(|colon| at + colon) {
            let name = &text[start + 1..run.end];
            let length = name
                .bytes()
                .take(LONGEST_NAME)
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-'))
                .count();
            at = start + 1 + length;
            if length > 0
                && name.as_bytes().get(length) == Some(&b':')
                && let Some(sign) = emojis::get_by_shortcode(&name[..length])
            {
                at += 1;
                return Some((start..at, Insert::Sign(sign.as_str())));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Body, Piece, parse_markdown};
    use super::*;
    use ssg_source::{Diagnostics, Span};

    fn parse(text: &str) -> Body {
        let options =
            MarkdownOptions { bare_urls: true, emoji: true, math: true, ..MarkdownOptions::default() };
        parse_markdown(text, 0, &options, &mut Diagnostics::new())
    }

    /// HTML with `[address]` at the beginning of each link.
    fn html(text: &str) -> String {
        let show = |piece: &Piece| match piece {
            Piece::Html(html) => html.clone(),
            Piece::LinkOpen { dest, .. } => format!("[{dest}]"),
            other => format!("{other:?}"),
        };
        parse(text).pieces.iter().map(show).collect::<String>().trim_end().to_owned()
    }

    #[test]
    fn addresses_in_text_become_links() {
        assert_eq!(
            html("See https://a.example/x_y_z."),
            "<p>See [https://a.example/x_y_z]https://a.example/x_y_z</a>.</p>"
        );
        assert_eq!(
            html("(http://a.example/_b_/c)"),
            "<p>([http://a.example/_b_/c]http://a.example/_b_/c</a>)</p>"
        );
        assert_eq!(
            html("**https://a.example**"),
            "<p><strong>[https://a.example]https://a.example</a></strong></p>"
        );
        assert_eq!(
            html("https://a.example/?a=1&b=--2 and https://b.example"),
            "<p>[https://a.example/?a=1&b=--2]https://a.example/?a=1&amp;b=--2</a> and \
             [https://b.example]https://b.example</a></p>"
        );
    }

    #[test]
    fn addresses_elsewhere_stay() {
        for (text, shown) in [
            ("`https://a.example`", "<p><code>https://a.example</code></p>"),
            ("<https://a.example>", "<p>[https://a.example]https://a.example</a></p>"),
            ("[see https://a.example](/b/)", "<p>[/b/]see https://a.example</a></p>"),
            ("<a href=\"/b/\">https://a.example</a>", "<p><a href=\"Address"),
            ("ftp://a.example mailto:a@b.example", "<p>ftp://a.example mailto:a@b.example</p>"),
        ] {
            assert!(html(text).starts_with(shown), "{}", html(text));
            assert!(html(text).matches('[').count() <= 1, "{}", html(text));
        }
    }

    #[test]
    fn addresses_that_go_on_for_long_stay_text() {
        let long = format!("https://a.example/_{}", "x_".repeat(LONGEST_REST));
        assert!(!html(&long).contains('['), "a part of an address leads elsewhere");
        assert!(html(&format!("https://a.example/{}", "x".repeat(500))).contains('['));
    }

    #[test]
    fn names_of_signs_become_signs() {
        assert_eq!(html(":rocket: :+1: :white_check_mark:"), "<p>🚀 👍 ✅</p>");
        assert_eq!(
            html("10:30:45 :no_such_sign: `:rocket:` a:b"),
            "<p>10:30:45 :no_such_sign: <code>:rocket:</code> a:b</p>"
        );
        let body = parse("## Go :rocket:");
        assert_eq!((body.headings[0].title.as_str(), body.headings[0].id.as_str()), ("Go 🚀", "go-rocket"));
        assert!(html("https://a.example/:rocket:").ends_with("https://a.example/:rocket</a>:</p>"));
    }

    #[test]
    fn formulas_are_drawn_and_mistakes_told_at_their_place() {
        assert!(html("so $E = mc^2$.").starts_with("<p>so <math"));
        assert!(html("$$\n\\sum_{i} {{ x }}\n$$").contains("display=\"block\""));
        assert_eq!(html("it costs $5 and $10 a day"), "<p>it costs $5 and $10 a day</p>");
        let mut found = Diagnostics::new();
        let options = MarkdownOptions { math: true, ..MarkdownOptions::default() };
        let body = parse_markdown("so $\\frac{a}$.", 100, &options, &mut found);
        let told: Vec<Option<Span>> = found.iter().map(|one| one.span).collect();
        assert_eq!(told, [Some(Span::from(103..113))]);
        assert!(format!("{:?}", body.pieces).contains("<code>"));
    }

    #[test]
    fn bodies_of_shortcodes_lose_the_indentation_of_what_they_stand_in() {
        let text = "1. one\n\n   {% note() %}\n   ```sh\n   a\n     b\n   ```\n\n   [x](@/no.md)\n   {% end %}\n\n> {% note() %}\n> - a\n> - b\n> {% end %}\n";
        let body = parse(text);
        let calls: Vec<&super::super::Call> = body
            .pieces
            .iter()
            .filter_map(|piece| if let Piece::Shortcode(call) = piece { Some(call) } else { None })
            .collect();
        let first = calls[0].body.as_ref().unwrap();
        assert!(
            first.iter().any(|piece| matches!(piece, Piece::Code { code, .. } if code == "a\n  b\n")),
            "{first:?}"
        );
        let span = first
            .iter()
            .find_map(|piece| if let Piece::LinkOpen { span, .. } = piece { Some(*span) } else { None });
        assert_eq!(span.map(|span| span.slice(text)), Some("[x](@/no.md)"));
        let second = calls[1].body.as_ref().unwrap();
        assert!(
            matches!(&second[0], Piece::Html(html) if html == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
            "{second:?}"
        );
    }
}
