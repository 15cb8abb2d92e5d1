//! Comments of readers as a part of the text, folded, without what reaches who wrote them.

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
        let name: String = comment
            .author
            .chars()
            .filter(|c| !c.is_control() && !matches!(c, '*' | '_' | '`' | '<'))
            .collect();
        let name = if name.trim().is_empty() { "Anonymous" } else { name.trim() };
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
            "\n\n<details>\n<summary>2 comments</summary>\n\n**Anonymous**, 2016-06-05:\n\n> One\n\n**Bo b>**, 2016-06-06:\n\n> Two\n>\n> more\n\n</details>\n"
        );
    }
}
