//! Addresses: those of the web, which content may have, and those of people, which it may not.

/// What stands where an e-mail address was.
pub(crate) const LEFT_OUT: &str = "…";

/// The text without e-mail addresses.
pub(crate) fn without_mail(text: &str) -> String {
    if !text.contains('@') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, after) = rest.split_at(at);
        let after = after.get(1..).unwrap_or("");
        let is_name = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
        let is_host = |c: char| c.is_alphanumeric() || ".-".contains(c);
        let name_from = before.char_indices().rev().take_while(|(_, c)| is_name(*c)).last().map(|(at, _)| at);
        let host_to = after.find(|c: char| !is_host(c)).unwrap_or(after.len());
        let host = after.get(..host_to).unwrap_or("").trim_end_matches(['.', '-']);
        let ends_well = host
            .rsplit_once('.')
            .is_some_and(|(_, last)| last.chars().count() >= 2 && last.chars().all(char::is_alphabetic));
        let name = name_from.and_then(|from| before.get(from..)).unwrap_or("");
        // `@jo@social.example` is a handle, and `git@…` nobody.
        let in_front = name_from
            .and_then(|from| before.get(..from)?.chars().next_back())
            .or_else(|| out.chars().next_back().filter(|_| name_from == Some(0)));
        if ends_well && !name.is_empty() && name != "git" && !matches!(in_front, Some('@' | '/')) {
            let kept = before.get(..name_from.unwrap_or(0)).unwrap_or("");
            let kept = kept.strip_suffix("mailto:").unwrap_or(kept);
            out.push_str(kept);
            out.push_str(LEFT_OUT);
            rest = after.get(host.len()..).unwrap_or("");
        } else {
            out.push_str(before);
            out.push('@');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// An address on the web; `None` for all else, and for one that holds an e-mail address.
pub(crate) fn address(url: &str) -> Option<String> {
    let url = url.trim().replace(' ', "%20");
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let is_plain = !rest.is_empty()
        && url.len() <= 2000
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"\\`{}".contains(c));
    (is_plain && without_mail(&url) == url).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_of_the_web() {
        assert_eq!(address(" https://x.example/a b").as_deref(), Some("https://x.example/a%20b"));
        for url in ["javascript:x", "mailto:a@b.example", "https://", "https://x/?m=jo@ops.example", "/x"] {
            assert_eq!(address(url), None, "{url}");
        }
    }
}
