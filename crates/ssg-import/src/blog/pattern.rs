//! Patterns of paths, as configurations write them: `*` and `?` within a name, `**` for any number of folders.

/// Whether a pattern means a path or a folder that it lies in.
pub(crate) fn fits(pattern: &str, path: &str) -> bool {
    let pattern = pattern.trim_start_matches("./").trim_matches('/');
    let parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty()).collect();
    let names: Vec<&str> = path.split('/').collect();
    !parts.is_empty() && (1..=names.len()).any(|length| parts_fit(&parts, &names[..length]))
}

/// Whether parts of a pattern mean all of these names. `reached` are the counts of names that the parts so far may mean.
fn parts_fit(parts: &[&str], names: &[&str]) -> bool {
    let mut reached = vec![false; names.len() + 1];
    reached[0] = true;
    for part in parts {
        let mut next = vec![false; names.len() + 1];
        for at in 0..=names.len() {
            if *part == "**" {
                next[at] = reached[..=at].contains(&true);
            } else if at > 0 && reached[at - 1] {
                next[at] = name_fits(part, names[at - 1]);
            }
        }
        reached = next;
    }
    reached[names.len()]
}

/// The same for one name and its characters.
fn name_fits(pattern: &str, name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    let mut reached = vec![false; name.len() + 1];
    reached[0] = true;
    for sign in pattern.chars() {
        let mut next = vec![false; name.len() + 1];
        for at in 0..=name.len() {
            next[at] = match sign {
                '*' => reached[..=at].contains(&true),
                '?' => at > 0 && reached[at - 1],
                sign => at > 0 && reached[at - 1] && name[at - 1] == sign,
            };
        }
        reached = next;
    }
    reached[name.len()]
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns_mean_paths_and_folders() {
        for (pattern, path) in [
            ("priv/", "priv/a.md"),
            ("./priv/**", "priv/a/b.md"),
            ("*.bak", "x.bak"),
            ("notes/**/x.md", "notes/x.md"),
            ("notes/**/x.md", "notes/a/b/x.md"),
            ("/rooted.md", "rooted.md"),
            ("pub/*.md", "pub/z.md"),
            ("a?c", "abc/d"),
        ] {
            assert!(fits(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in
            [("*.bak", "x.bak2"), ("priv", "private/a"), ("pub/*.md", "pub/a/z.md"), ("", "a")]
        {
            assert!(!fits(pattern, path), "{pattern} {path}");
        }
    }
}
