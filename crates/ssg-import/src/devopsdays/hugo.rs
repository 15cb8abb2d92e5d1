//! The site's own shortcodes: those that say something become text, the others are left out.

use super::event::Meta;

/// The text without shortcodes; the names of those that have no meaning here go to `unknown`.
pub(super) fn without_shortcodes(text: &str, meta: &Meta, unknown: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find("{{<").into_iter().chain(rest.find("{{%")).min() {
        let close = if rest[open..].starts_with("{{<") { ">}}" } else { "%}}" };
        let Some(length) = rest[open + 3..].find(close) else { break };
        out.push_str(&rest[..open]);
        out.push_str(&shortcode(&rest[open + 3..open + 3 + length], meta, unknown));
        rest = &rest[open + 3 + length + 3..];
    }
    out.push_str(rest);
    out
}

fn shortcode(call: &str, meta: &Meta, unknown: &mut Vec<String>) -> String {
    let call = call.trim();
    // A comment, or the end of one with a body.
    if call.starts_with("/*") || call.starts_with('/') {
        return String::new();
    }
    let (name, arguments) = call.split_once(char::is_whitespace).unwrap_or((call, ""));
    let named = |key: &str| super::html::attribute(arguments, key).unwrap_or_default();
    match name {
        "event_start" => meta.start.map(written).unwrap_or_default(),
        "event_end" => meta.end.map(written).unwrap_or_default(),
        "event_location" => meta.place().to_owned(),
        "event_link" => {
            let (page, url, text) = (named("page"), named("url"), named("text"));
            let url = if url.is_empty() { meta.path(&page) } else { url };
            let text = if text.is_empty() { page } else { text };
            format!("<a href=\"{}\">{}</a>", url.replace('"', "%22"), text.replace('<', "&lt;"))
        }
        "event_twitter" => {
            let own = arguments.trim().trim_matches(['"', '@']);
            let handle = if own.is_empty() { meta.twitter.as_str() } else { own };
            let valid =
                !handle.is_empty() && handle.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            if valid {
                format!("<a href=\"https://twitter.com/{handle}\">@{handle}</a>")
            } else {
                String::new()
            }
        }
        other => {
            unknown.push(other.to_owned());
            String::new()
        }
    }
}

/// The text without what means something on this site only, and was plain text on that one: links to
/// files, shortcodes, tags. Code stays as it is.
pub(super) fn plain(text: &str) -> String {
    let marks = ["](@/", "]: @/", "{{", "{%", "`"];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['`', '{', ']']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match marks.iter().find(|mark| rest.starts_with(**mark)) {
            Some(&"`") => {
                let end = super::html::code_end(rest);
                out.push_str(&rest[..end]);
                end
            }
            Some(&"](@/") => {
                out.push_str("](/");
                4
            }
            Some(&"]: @/") => {
                out.push_str("]: /");
                5
            }
            Some(mark) => {
                out.extend(["\\{\\", &mark[1..]]);
                2
            }
            None => {
                out.push_str(&rest[..1]);
                1
            }
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

/// A day as pages write it.
pub(super) fn written(day: jiff::civil::Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn shortcodes_become_text_or_go() {
        let meta = Meta { id: "2016-toronto".into(), start: Some(date(2016, 5, 26)), ..Meta::default() };
        let mut unknown = Vec::new();
        let text = "From {{< event_start >}} {{% event_map %}}{{< event_link page=\"propose\" text=\"Go\" >}} {{< /x >}}{{< event_twitter dod >}} {{< open";
        assert_eq!(
            without_shortcodes(text, &meta, &mut unknown),
            "From 26 May 2016 <a href=\"/events/2016-toronto/propose/\">Go</a> <a href=\"https://twitter.com/dod\">@dod</a> {{< open"
        );
        assert_eq!(unknown, ["event_map"]);
    }

    #[test]
    fn what_means_something_here_only_stays_text() {
        assert_eq!(
            plain("[x](@/y.md) {{ a }} {% b %} `{{ c }}` é]{"),
            "[x](/y.md) \\{\\{ a }} \\{\\% b %} `{{ c }}` é]{"
        );
    }
}
