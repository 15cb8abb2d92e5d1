//! Names of people as they stand beside their addresses: `Ann Lee <ann@example.org>`.
//!
//! Git, npm and Debian write people so. A name is for readers, an address is nobody's business, so it is
//! taken off before anything is made of the name.

/// What stands where a person is named.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// A name, and nothing else.
    Name,
    /// A name beside an address, which is not in it any more.
    WithAddress(String),
    /// An address alone.
    Address,
}

/// Takes addresses off a name.
pub(crate) fn read(text: &str) -> Named {
    if !text.contains(['@', '<', '(']) {
        return Named::Name;
    }
    let mut name = text.trim().to_owned();
    let mut inner = None;
    for (open, close) in [('<', '>'), ('(', ')'), ('[', ']')] {
        while let Some(start) = name.find(open) {
            let Some(end) = name[start..].find(close).map(|end| start + end) else { break };
            if !is_address(&name[start + 1..end]) {
                // `ann@example.org (Ann Lee)`.
                inner = Some(name[start + 1..end].trim().to_owned());
                break;
            }
            name.replace_range(start..=end, " ");
        }
    }
    let words: Vec<&str> = name.split_whitespace().filter(|word| !is_mail(word)).collect();
    let has_parentheses = |text: &str| text.starts_with('(') || text.starts_with('<');
    let left = words.join(" ");
    let left = match inner {
        Some(inner) if has_parentheses(&left) => inner,
        _ => left,
    };
    let left = left.trim_matches(['"', '\'', ',', ' ']).to_owned();
    if left.is_empty() {
        Named::Address
    } else if left == text.trim() {
        Named::Name
    } else if name.trim() != text.trim() || words.len() != name.split_whitespace().count() {
        Named::WithAddress(left)
    } else {
        Named::Name
    }
}

fn is_address(text: &str) -> bool {
    is_mail(text) || text.contains("://")
}

/// Whether a text is an address of mail.
fn is_mail(text: &str) -> bool {
    let text = text.trim().trim_matches(['<', '>', '(', ')', ',', ';']);
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !text.contains(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_taken_off() {
        let with = |name: &str| Named::WithAddress(name.to_owned());
        for (text, named) in [
            ("Ann Lee <ann@example.org>", with("Ann Lee")),
            ("Ann Lee <ann@example.org> (https://ann.example)", with("Ann Lee")),
            ("\"Lee, Ann\" <ann@example.org>", with("Lee, Ann")),
            ("ann@example.org (Ann Lee)", with("Ann Lee")),
            ("Ann Lee ann@example.org", with("Ann Lee")),
            ("ann@example.org", Named::Address),
            ("<ann@example.org>", Named::Address),
            ("mailto:ann@example.org", Named::Address),
            ("Ann Lee", Named::Name),
            ("@ann", Named::Name),
            ("Ann (she) Lee", Named::Name),
            ("Ann @ Work", Named::Name),
            ("R2 <D2", Named::Name),
        ] {
            assert_eq!(read(text), named, "{text}");
        }
    }
}
