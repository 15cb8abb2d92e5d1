//! Takes passwords out of what people get to see.

/// The text with `user:password@` of every address replaced by `***@`.
///
/// Also where a password alone stands for the user, as tokens of hosting services do; a plain user
/// name of `ssh` stays.
#[must_use]
pub fn redact(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        let scheme = before[..at].rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '+').next();
        out.push_str(before);
        let end = after
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '`' | '\'' | '"' | '<' | '>'))
            .unwrap_or(after.len());
        let authority = &after[..end];
        match authority.rsplit_once('@') {
            Some((user, host)) if user.contains(':') || scheme != Some("ssh") => {
                out.push_str("***@");
                out.push_str(host);
            }
            _ => out.push_str(authority),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

/// Whether an address carries a password or a token.
pub(crate) fn has_secret(address: &str) -> bool {
    redact(address) != address
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn passwords_and_tokens_are_gone() {
        for (text, shown) in [
            ("https://joe:hunter2@git.example/x.git", "https://***@git.example/x.git"),
            ("fatal: 'https://tok3n@git.example/x': no", "fatal: 'https://***@git.example/x': no"),
            ("a http://u:p@w@h b https://x:y@z", "a http://***@h b https://***@z"),
            ("ssh://git@git.example/x.git", "ssh://git@git.example/x.git"),
            ("ssh://git:pass@git.example", "ssh://***@git.example"),
            ("https://host/a@b", "https://host/a@b"),
            ("git@host:x.git, ://, https://", "git@host:x.git, ://, https://"),
        ] {
            assert_eq!(redact(text), shown);
        }
    }
}
