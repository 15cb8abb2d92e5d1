//! Comments of readers as a part of the text, folded, without what reaches who wrote them.

use super::Addresses;
use super::html::{cleaned, convert_of_strangers, escaped, paragraphs, readdress};
use crate::blog::moment::Moment;

/// A comment that was published.
#[derive(Clone, Debug)]
pub(crate) struct Comment {
    /// The name under which it was written.
    pub author: String,
    pub date: Option<Moment>,
    /// Its text, Markdown of ours.
    pub text: String,
}

/// The HTML of a comment as Markdown. Strangers wrote it: it has no pictures, and its links lead to the web or to
/// pages of the blog.
pub(crate) fn comment_text(html: &str, addresses: &Addresses) -> String {
    let html = cleaned(html).replace("<br />", "\n").replace("<br/>", "\n").replace("<br>", "\n");
    let html = readdress(&html, |address| {
        let is_of_web = ["http://", "https://", "/", "#"].iter().any(|start| address.starts_with(start));
        addresses.page(address).or_else(|| (!is_of_web).then(|| "#".to_owned()))
    });
    convert_of_strangers(&paragraphs(&html))
}

/// The comments as Markdown, oldest first; nothing without any.
pub(crate) fn shown(mut comments: Vec<Comment>) -> String {
    if comments.is_empty() {
        return String::new();
    }
    comments.sort_by_key(|comment| comment.date.map(|date| (date.day, date.time)));
    let number = comments.len();
    let heading = if number == 1 { "1 comment".to_owned() } else { format!("{number} comments") };
    let mut out = format!("\n\n<details>\n<summary>{heading}</summary>\n");
    for comment in &comments {
        let name = comment.author.trim();
        // Who gave an address as a name gave no name.
        let name = if name.is_empty() || name.contains('@') { "Anonymous".to_owned() } else { escaped(name) };
        out.push_str(&format!("\n**{name}**"));
        if let Some(date) = comment.date {
            out.push_str(&format!(", {}", date.day));
        }
        out.push_str(":\n\n");
        for line in comment.text.trim().lines() {
            // Spaces at an end are a break.
            out.push_str(if line.trim().is_empty() { ">" } else { "> " });
            out.push_str(if line.trim().is_empty() { "" } else { line });
            out.push('\n');
        }
    }
    out.push_str("\n</details>\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_folded_in_their_order() {
        assert_eq!(shown(Vec::new()), "");
        let comment = |author: &str, date: &str, text: &str| Comment {
            author: author.to_owned(),
            date: Moment::read(date),
            text: text.to_owned(),
        };
        let text =
            shown(vec![comment("Bo <b>", "2016-06-06", "Two\n\nmore"), comment("", "2016-06-05", "One")]);
        assert_eq!(
            text,
            "\n\n<details>\n<summary>2 comments</summary>\n\n**Anonymous**, 2016-06-05:\n\n> One\n\n**Bo &lt;b\\>**, 2016-06-06:\n\n> Two\n>\n> more\n\n</details>\n"
        );
    }
}
