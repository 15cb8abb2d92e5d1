//! The furniture of a web page that comes along when one pastes it: comment forms, share
//! buttons, the template's credit.
//!
//! Only what stands at the end of a post is left out, and only when one line among it can be
//! nothing else. Everything left out is reported with its lines.

use super::unit::Unit;

/// Where furniture begins in the units of one post, and why it is left out. Equal to the number
/// of units when there is none.
pub(crate) fn furniture(units: &[Unit]) -> (usize, &'static str) {
    if let Some(at) = comments(units) {
        let at = units[..at].iter().rposition(|unit| !possible(&unit.text)).map_or(0, |last| last + 1);
        return (at, "readers' comments and the page's furniture");
    }
    let mut start = units.len();
    let mut sure = false;
    while start > 0 {
        let text = &units[start - 1].text;
        if certain(text) {
            sure = true;
        } else if !possible(text) {
            break;
        }
        start -= 1;
    }
    (if sure { start } else { units.len() }, "the page's furniture, not the post")
}

/// Whether the text has furniture of a web page in it, so that it is a page of a blog.
pub(crate) fn is_page(units: &[Unit]) -> bool {
    units.iter().any(|unit| certain(&unit.text))
}

/// Where comments begin that are closed by a form to write one.
fn comments(units: &[Unit]) -> Option<usize> {
    let form = units.iter().rposition(|unit| is_form(&unit.text))?;
    units[..form].iter().rposition(|unit| count_of_comments(&unit.text))
}

fn is_form(text: &str) -> bool {
    text.len() <= 60
        && ["post a comment", "leave a comment", "leave a reply", "add a comment"]
            .iter()
            .any(|form| text.to_lowercase().trim_end_matches([':', '.']) == *form)
}

fn count_of_comments(text: &str) -> bool {
    let words: Vec<&str> = text.splitn(3, ' ').collect();
    let [count, word] = words[..] else { return false };
    let count =
        count.eq_ignore_ascii_case("no") || (!count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()));
    count
        && matches!(
            word.trim_end_matches(':').to_ascii_lowercase().as_str(),
            "comment" | "comments" | "responses"
        )
}

/// Lines that are furniture wherever they stand.
fn certain(text: &str) -> bool {
    if text.len() > 160 {
        return false;
    }
    let lower = text.to_lowercase();
    let template = lower.contains("blogger template") || lower.contains("wordpress theme");
    let credit = template && (text.contains('©') || text.contains("(c)"));
    is_form(text)
        || count_of_comments(text)
        || credit
        || lower == "back to top"
        || lower.starts_with("powered by blogger")
        || lower.starts_with("powered by wordpress")
        || lower.starts_with("proudly powered by")
}

/// Lines that may be furniture when it is near.
fn possible(text: &str) -> bool {
    const EXACT: [&str; 14] = [
        "home",
        "older post",
        "newer post",
        "older posts",
        "newer posts",
        "share this",
        "share this:",
        "tweet",
        "like this",
        "like this:",
        "email this",
        "blogthis!",
        "related posts",
        "permalink",
    ];
    const STARTS: [&str; 6] =
        ["share to ", "subscribe to:", "labels:", "links to this post", "all rights reserved", "©"];
    if text.len() > 160 {
        return false;
    }
    let lower = text.to_lowercase();
    EXACT.contains(&lower.as_str()) || STARTS.iter().any(|start| lower.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::super::clean::lines;
    use super::super::unit::units;
    use super::*;

    fn start(text: &str) -> usize {
        furniture(&units(lines(text, &mut Vec::new()))).0
    }

    #[test]
    fn only_the_end_and_only_when_sure() {
        assert_eq!(start("Text.\n\nHome\n\n0 comments:\n\nPost a Comment\n"), 1);
        assert_eq!(start("Text.\n\n2 comments:\n\nKim said hello.\n\nPost a comment\n"), 1);
        assert_eq!(start("Text.\n\nHome\n"), 2);
        assert_eq!(start("Back to top\n\nText.\n"), 2);
        assert_eq!(start("Text.\n\n© Kim\n\nPowered by Blogger.\n"), 1);
    }
}
