//! Addresses into the site that `ssg.toml` holds: entries of the menu, a logo.

use super::Output;
use crate::snapshot::SiteSnapshot;
use ssg_parse::Value;
use ssg_source::{Diagnostic, Diagnostics, Severity, SitePath, Span, Suggestions, codes};
use std::collections::HashSet;

/// Keys whose texts are addresses.
const KEYS: [&str; 7] = ["path", "url", "href", "link", "logo", "image", "src"];

/// Reports options of the theme that lead nowhere, and warns of the site's own values that do.
pub(super) fn check(snapshot: &SiteSnapshot, outputs: &[Output], found: &mut Diagnostics) {
    let config = snapshot.config();
    let mut all: Vec<(&str, Span, Severity)> = Vec::new();
    for (value, severity) in [(&config.theme_options, Severity::Error), (&config.extra, Severity::Warning)] {
        if let Some(value) = value {
            gather(value, &mut |text, span| all.push((text, span, severity)));
        }
    }
    if all.is_empty() {
        return;
    }
    let files: HashSet<&str> = outputs.iter().map(|output| output.file.as_str()).collect();
    for (address, span, severity) in all {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let file = ssg_parse::decode_path(path.trim_start_matches('/'));
        let is_written = match file.as_str() {
            "" => true,
            folder if folder.ends_with('/') => files.contains(format!("{folder}index.html").as_str()),
            file => {
                files.contains(file)
                    || files.contains(format!("{file}/index.html").as_str())
                    || files.contains(format!("{file}.html").as_str())
            }
        };
        let Ok(here) = SitePath::new("ssg.toml") else { return };
        if is_written {
            continue;
        }
        let paths: Vec<String> = files
            .iter()
            .map(|file| format!("/{}", file.strip_suffix("index.html").unwrap_or(file)))
            .collect();
        let nearest = Suggestions::new(paths.iter().map(String::as_str)).did_you_mean(path);
        let mut problem =
            Diagnostic::error(codes::DEAD_LINK, format!("the address `{address}` leads nowhere"))
                .in_file(&here)
                .at(span)
                .hint_if(nearest);
        problem.severity = severity;
        found.add(problem);
    }
}

/// Finds texts that are paths of the site. Values are no deeper than their readers allow.
fn gather<'v>(value: &'v Value, found: &mut impl FnMut(&'v str, Span)) {
    match value {
        Value::Table(fields) => {
            for field in fields {
                match &field.node.value {
                    Value::Text(text) => {
                        if KEYS.contains(&field.key.as_str())
                            && text.starts_with('/')
                            && !text.starts_with("//")
                        {
                            found(text, field.node.span);
                        }
                    }
                    inner => gather(inner, found),
                }
            }
        }
        Value::List(nodes) => {
            for node in nodes {
                gather(&node.value, found);
            }
        }
        _ => {}
    }
}
