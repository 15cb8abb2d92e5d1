//! Old addresses: patterns of permalinks, and addresses as paths.

use ssg_parse::decode_path;

/// The path of an address on whatever host; `None` where it has a query, which no file can answer.
pub(crate) fn path_of(address: &str) -> Option<String> {
    let text = address.trim();
    let text = match text.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |slash| rest.get(slash..).unwrap_or("/")),
        None => text,
    };
    let text = text.split('#').next().unwrap_or_default();
    if text.is_empty() || text.contains('?') || text.contains(":/") || text.contains("{{") {
        return None;
    }
    let decoded = decode_path(text);
    let mut path = String::from("/");
    for part in decoded.split('/').filter(|part| !part.is_empty() && *part != ".") {
        if part == ".." || part.chars().any(|c| c.is_control() || c == '\\') {
            return None;
        }
        path.push_str(part);
        path.push('/');
    }
    if !text.ends_with('/') && path.len() > 1 {
        path.truncate(path.len() - 1);
    }
    Some(path)
}

/// Fills `:name` and `{name}` of a pattern; what `fill` does not know stays out. Slashes are single.
pub(crate) fn fill_pattern(pattern: &str, fill: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::from("/");
    let mut rest = pattern;
    while let Some(at) = rest.find(':') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let after = after.get(1..).unwrap_or_default();
        let end = after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(after.len());
        // `:year` is also the beginning of `:years`; the longest name that is known counts.
        let known = (1..=end).rev().find_map(|end| Some((end, fill(after.get(..end)?)?)));
        let used = match known {
            Some((used, value)) => {
                out.push_str(&value);
                used
            }
            None => end,
        };
        rest = after.get(used..).unwrap_or_default();
    }
    out.push_str(rest);
    while out.contains("//") {
        out = out.replace("//", "/");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_paths() {
        assert_eq!(path_of("https://x.example/a%20b/").as_deref(), Some("/a b/"));
        assert_eq!(path_of("2016/05/x.html#top").as_deref(), Some("/2016/05/x.html"));
        assert_eq!(path_of("http://x.example/?p=1"), None);
        assert_eq!(path_of("/../x"), None);
        let fill = |name: &str| match name {
            "year" => Some("2016".to_owned()),
            "title" => Some("x".to_owned()),
            _ => None,
        };
        assert_eq!(fill_pattern("/:categories/:year/:title.html", fill), "/2016/x.html");
        assert_eq!(fill_pattern("blog/:year:title/", fill), "/blog/2016x/");
    }
}
