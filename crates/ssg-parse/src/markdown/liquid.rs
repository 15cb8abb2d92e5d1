//! What to say about template tags of other generators, which stay text.

use ssg_source::{Diagnostic, Span, codes};

/// Longest name that a message repeats, in characters.
const MAX_NAME: usize = 40;

/// The warning for a tag that is no call; `tag` is its source with both marks. `None` where it
/// does not look like a tag at all, such as `{{}}`.
pub(super) fn warning(tag: &str, span: Span) -> Option<Diagnostic> {
    if let Some((open, close)) = hugo_marks(tag) {
        let name = first_word(tag.get(3..tag.len().checked_sub(3)?)?)?;
        let closing = if name.starts_with('/') { "" } else { "(…)" };
        let own = name.trim_start_matches('/');
        return Some(
            Diagnostic::warning(
                codes::HUGO_SHORTCODE,
                format!("Hugo shortcode `{open} {name} {close}` is not expanded; it stays as text"),
            )
            .at(span)
            .hint(if closing.is_empty() {
                "a shortcode with a body ends with `{% end %}`".to_owned()
            } else {
                format!("shortcodes are called as `{{{{ {own}(key=\"value\") }}}}`")
            }),
        );
    }
    let block = tag.starts_with("{%");
    let inner = tag.get(2..tag.len().checked_sub(2)?)?;
    let inner = inner.trim_start_matches('-').trim_end_matches('-');
    let name = first_word(inner)?;
    let shown = if block { format!("{{% {name} %}}") } else { format!("{{{{ {name} }}}}") };
    Some(
        Diagnostic::warning(
            codes::LIQUID_TAG,
            format!("Liquid tag `{shown}` is not expanded; it stays as text"),
        )
        .at(span)
        .hint(hint(&name, block)),
    )
}

fn hugo_marks(tag: &str) -> Option<(&'static str, &'static str)> {
    if tag.starts_with("{{<") && tag.ends_with(">}}") {
        Some(("{{<", ">}}"))
    } else if tag.starts_with("{{%") && tag.ends_with("%}}") {
        Some(("{{%", "%}}"))
    } else {
        None
    }
}

fn first_word(inner: &str) -> Option<String> {
    let word = inner.trim().split(|c: char| c.is_whitespace() || matches!(c, '|' | '(')).next()?;
    (!word.is_empty()).then(|| word.chars().take(MAX_NAME).collect())
}

fn hint(name: &str, block: bool) -> String {
    let hint = match name.trim_start_matches("end") {
        "highlight" | "codeblock" | "code" | "include_code" => {
            "write a fenced code block: three backticks and the language, the code, three backticks"
        }
        "post_url" | "link" => "link to the file: `[text](@/posts/name.md)`",
        "img" | "image" | "figure" | "picture" => "write an image: `![what it shows](/images/name.png)`",
        "blockquote" | "pullquote" => "write a quote: begin its lines with `> `",
        "raw" | "verbatim" | "comment" => {
            "nothing is expanded in code spans and code blocks, so this tag can go"
        }
        "include" | "render" => {
            "make it a shortcode: a template in `templates/shortcodes/`, called with `{{ name() }}`"
        }
        "youtube" | "vimeo" | "gist" | "tweet" | "speakerdeck" | "slideshare" | "video" => {
            "call a shortcode with arguments in parentheses, or write a link"
        }
        "if" | "for" | "assign" | "capture" | "unless" | "case" | "else" | "elsif" => {
            "logic belongs in templates; a shortcode can hold it"
        }
        "site.url" | "site.baseurl" | "root_url" | "BASE_PATH" => {
            "remove it: a link that begins with `/` gets the site's address by itself"
        }
        _ if name.starts_with("site.") || name.starts_with("page.") => {
            "values of the site and the page are known to templates and shortcodes only"
        }
        _ if block => {
            "shortcodes have parentheses: `{% name() %} … {% end %}`; to show a tag, put it in code marks"
        }
        _ => "shortcodes have parentheses: `{{ name() }}`; to show a tag, put it in code marks",
    };
    hint.to_owned()
}
