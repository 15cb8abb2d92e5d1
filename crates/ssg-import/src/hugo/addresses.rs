//! The addresses that Hugo gave.

use super::Source;
use super::config::HugoConfig;
use crate::blog::addresses::{fill_pattern, path_of};
use crate::blog::text_at;
use jiff::fmt::strtime;

/// The old address of a page; `prefix` stands before those of its language.
pub(super) fn of(source: &Source, prefix: &str, config: &HugoConfig) -> String {
    let plain = |text: &str| path_of(text).unwrap_or_else(|| "/".to_owned());
    if let Some(own) = text_at(&source.header, "url") {
        let own = if own.contains("://") { plain(&own) } else { own };
        if own.starts_with('/') {
            return closed(&plain(&own), false);
        }
        return closed(&plain(&format!("{prefix}/{own}")), false);
    }
    if source.is_list {
        return closed(&plain(&format!("{prefix}/{}", urlize(&source.section_path()))), false);
    }
    let section = source.section();
    let name = source.page_name();
    let slug = text_at(&source.header, "slug").filter(|slug| !slug.is_empty());
    let title = text_at(&source.header, "title");
    let pattern = config.permalinks.get(&section.to_lowercase());
    let Some(pattern) = pattern else {
        let last = slug.unwrap_or(name);
        let path = format!("{prefix}/{}/{}", urlize(&source.section_path()), urlize(&last));
        return closed(&plain(&path), config.ugly);
    };
    let date = source.date.map(|date| date.day_in(&config.zone));
    let format = |form: &str| date.and_then(|date| strtime::format(form, date).ok());
    let path = fill_pattern(pattern, |word| match word {
        "year" => format("%Y"),
        "month" => format("%m"),
        "monthname" => format("%B").map(|name| urlize(&name)),
        "day" => format("%d"),
        "weekday" => format("%w"),
        "weekdayname" => format("%A").map(|name| urlize(&name)),
        "yearday" => format("%j").map(|day| day.trim_start_matches('0').to_owned()),
        "section" => Some(urlize(&section)),
        "sections" => Some(urlize(&source.section_path())),
        "title" => Some(urlize(title.as_deref().unwrap_or(&name))),
        "slug" => Some(urlize(slug.as_deref().or(title.as_deref()).unwrap_or(&name))),
        "slugorfilename" | "slugorcontentbasename" => Some(urlize(slug.as_deref().unwrap_or(&name))),
        "filename" | "contentbasename" => Some(urlize(&name)),
        _ => None,
    });
    closed(&plain(&format!("{prefix}/{path}")), config.ugly)
}

/// An address with the slash, or the ending, that Hugo gives.
fn closed(path: &str, ugly: bool) -> String {
    let last = path.rsplit('/').next().unwrap_or_default();
    if last.is_empty() || last.ends_with(".html") || last.ends_with(".htm") || last.ends_with(".xml") {
        return path.to_owned();
    }
    if ugly { format!("{path}.html") } else { format!("{path}/") }
}

/// A text as a part of an address: lower case, hyphens for spaces, no other signs.
pub(super) fn urlize(text: &str) -> String {
    let mut out = String::new();
    let mut hyphen = false;
    for c in text.trim().to_lowercase().chars() {
        if c.is_alphanumeric() || "./_#+~@".contains(c) {
            if hyphen && !out.is_empty() {
                out.push('-');
            }
            hyphen = false;
            out.push(c);
        } else if c == '-' || c.is_whitespace() {
            if c == '-' && !hyphen {
                out.push('-');
            } else {
                hyphen = !out.ends_with('-');
            }
        }
    }
    out.replace('#', "")
}

#[cfg(test)]
mod tests {
    use super::urlize;

    #[test]
    fn texts_in_addresses() {
        assert_eq!(urlize("What's New in 2.3: C++ & more"), "whats-new-in-2.3-c++-more");
        assert_eq!(urlize("a--b"), "a--b");
    }
}
