//! `[permalinks]`: patterns of the addresses of posts and pages, by the folder that they lie in.

use crate::fields::Fields;
use crate::value::Value;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostic, Span, codes};

/// What a pattern may hold.
const PLACEHOLDERS: &[&str] = &[":year", ":month", ":day", ":slug", ":section"];

/// The pattern of a folder's pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permalink {
    /// A folder below `content`; those below it have the pattern too, where they have no other.
    pub folder: String,
    /// A path with placeholders, such as `/:year/:month/:slug/`.
    pub pattern: String,
    /// The place of the folder's name in the configuration.
    #[serde(skip)]
    pub span: Span,
}

impl Permalink {
    /// Whether an address needs the page's day.
    #[must_use]
    pub fn needs_date(&self) -> bool {
        [":year", ":month", ":day"].iter().any(|name| self.pattern.contains(name))
    }

    /// The address of a page; `None` where it needs a day and there is none.
    #[must_use]
    pub fn path(&self, day: Option<Date>, slug: &str, folder: &str) -> Option<String> {
        if self.needs_date() && day.is_none() {
            return None;
        }
        let parts = self.pattern.split('/').map(|part| {
            let mut part = part.to_owned();
            if let Some(day) = day {
                part = part.replace(":year", &format!("{:04}", day.year()));
                part = part.replace(":month", &format!("{:02}", day.month()));
                part = part.replace(":day", &format!("{:02}", day.day()));
            }
            part.replace(":section", folder).replace(":slug", slug)
        });
        Some(parts.collect::<Vec<_>>().join("/"))
    }
}

pub(super) fn read_permalinks(fields: &mut Fields<'_>) -> Vec<Permalink> {
    let mut all = Vec::new();
    for field in fields.rest() {
        let Value::Text(pattern) = &field.node.value else {
            fields.wrong(field, "a pattern such as `/:year/:month/:slug/`");
            continue;
        };
        let folder = field.key.trim_matches('/');
        let folder = folder.strip_prefix("content/").unwrap_or(folder);
        let problem = if folder.is_empty() || matches!(folder, "events" | "speakers" | "tools" | "categories")
        {
            Some("patterns are for folders of posts and pages, such as `posts`".to_owned())
        } else {
            wrong(pattern)
        };
        match problem {
            None => {
                let (folder, pattern) = (folder.to_owned(), pattern.trim().to_owned());
                all.push(Permalink { folder, pattern, span: field.key_span });
            }
            Some(why) => {
                let message = format!("`{}` cannot be a pattern of addresses", pattern.escape_debug());
                fields.found().add(
                    Diagnostic::error(codes::PERMALINK, message).at(field.node.span).note(why).hint(format!(
                        "a path such as `/:year/:month/:slug/`; there are {}",
                        PLACEHOLDERS.join(", ")
                    )),
                );
            }
        }
    }
    // The folder that is named most closely counts.
    all.sort_by(|a: &Permalink, b| b.folder.len().cmp(&a.folder.len()).then_with(|| a.folder.cmp(&b.folder)));
    all
}

/// Why a text is no pattern.
fn wrong(pattern: &str) -> Option<String> {
    let pattern = pattern.trim();
    if !pattern.starts_with('/') || pattern.contains("//") {
        return Some("it begins with a single slash, and no part of it is empty".to_owned());
    }
    if pattern.contains(['\\', '%', '?', '#']) || pattern.chars().any(char::is_control) {
        return Some("backslashes, `%`, `?`, `#` and control characters may not stand in it".to_owned());
    }
    if pattern.split('/').any(|part| matches!(part, "." | "..") || part.starts_with(".ssg-")) {
        return Some("`.`, `..` and names of the program's own may not stand in it".to_owned());
    }
    for (at, _) in pattern.match_indices(':') {
        let rest = pattern.get(at..).unwrap_or_default();
        let end = rest.get(1..).and_then(|rest| rest.find(|c: char| !c.is_ascii_alphabetic() && c != '_'));
        let name = rest.get(..end.map_or(rest.len(), |end| end + 1)).unwrap_or_default();
        if !PLACEHOLDERS.contains(&name) {
            let title = if name == ":title" || name == ":filename" {
                "; `:slug` is the header's `slug` or the file's name, and stays when a title changes"
            } else {
                ""
            };
            return Some(format!("there is no `{name}`{title}"));
        }
    }
    (!pattern.contains(":slug")).then(|| "without `:slug` all pages have one address".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn patterns_are_filled_and_checked() {
        let of = |pattern: &str| Permalink {
            folder: "posts".to_owned(),
            pattern: pattern.to_owned(),
            span: Span::default(),
        };
        let day = Some(date(2016, 6, 2));
        assert_eq!(of("/:year/:month/:slug/").path(day, "a", "posts").as_deref(), Some("/2016/06/a/"));
        assert_eq!(
            of("/:section/:day-:slug.html").path(day, ":year", "x/y").as_deref(),
            Some("/x/y/02-:year.html")
        );
        assert_eq!(of("/:year/:slug/").path(None, "a", "posts"), None);
        assert_eq!(of("/p/:slug/").path(None, "a", "posts").as_deref(), Some("/p/a/"));
        for good in ["/:slug/", "/blog/:year:month/:slug", "/:section/:slug.html"] {
            assert_eq!(wrong(good), None, "{good}");
        }
        for bad in
            ["", ":slug", "/:title/", "/:year/", "//:slug", "/../:slug", "/a?:slug", "/:slugs/", "/:/:slug"]
        {
            assert!(wrong(bad).is_some(), "{bad}");
        }
    }
}
