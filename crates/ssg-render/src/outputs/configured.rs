//! Addresses into the site that `ssg.toml` holds, such as entries of the menu or a logo, and those of `static/_redirects`.

use super::Output;
use crate::bytes::read_bytes;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use ssg_parse::Value;
use ssg_source::{Diagnostic, Diagnostics, Severity, SitePath, Span, Suggestions, codes};
use std::collections::HashSet;

/// Keys whose texts are addresses.
const KEYS: [&str; 7] = ["path", "url", "href", "link", "logo", "image", "src"];

/// How many addresses of a file are answered with what may have been meant.
const MOST_HINTS: usize = 20;

/// Reports options of the theme that lead nowhere, and warns of the site's own values and lines of `_redirects` that do.
pub(super) fn check(snapshot: &SiteSnapshot, reads: &Reads, outputs: &[Output], found: &mut Diagnostics) {
    let config = snapshot.config();
    let mut all: Vec<(String, Span, Severity)> = Vec::new();
    for (value, severity) in [(&config.theme_options, Severity::Error), (&config.extra, Severity::Warning)] {
        if let Some(value) = value {
            gather(value, &mut |text, span| all.push((text.to_owned(), span, severity)));
        }
    }
    let written = Written::of(outputs);
    if let Ok(settings) = SitePath::new("ssg.toml") {
        written.check(&settings, all, found);
    }
    let own = SitePath::new("static/_redirects").ok();
    let text = own.as_ref().and_then(|own| String::from_utf8(read_bytes(reads, own).ok()?.to_vec()).ok());
    if let (Some(own), Some(text)) = (own, text) {
        let targets = redirect_targets(&text, config.base_path());
        let warned = targets.into_iter().map(|(path, span)| (path, span, Severity::Warning));
        written.check(&own, warned.collect(), found);
    }
}

/// The files of the site, to look addresses up in.
struct Written<'a>(HashSet<&'a str>);

impl<'a> Written<'a> {
    fn of(outputs: &'a [Output]) -> Self {
        Self(outputs.iter().map(|output| output.file.as_str()).collect())
    }

    fn has(&self, path: &str) -> bool {
        let has = |file: &str| self.0.contains(file);
        let file = ssg_parse::decode_path(path.trim_start_matches('/'));
        match &*file {
            "" => true,
            folder if folder.ends_with('/') => has(&format!("{folder}index.html")),
            file => has(file) || has(&format!("{file}/index.html")) || has(&format!("{file}.html")),
        }
    }

    /// Reports those of a file's addresses that lead nowhere.
    fn check(&self, file: &SitePath, addresses: Vec<(String, Span, Severity)>, found: &mut Diagnostics) {
        let path_of = |address: &str| address.split(['?', '#']).next().unwrap_or_default().to_owned();
        let dead: Vec<_> =
            addresses.into_iter().filter(|(address, ..)| !self.has(&path_of(address))).collect();
        if dead.is_empty() {
            return;
        }
        let paths: Vec<String> = self
            .0
            .iter()
            .map(|file| format!("/{}", file.strip_suffix("index.html").unwrap_or(file)))
            .collect();
        let suggestions = Suggestions::new(paths.iter().map(String::as_str));
        for (number, (address, span, severity)) in dead.into_iter().enumerate() {
            let nearest =
                (number < MOST_HINTS).then(|| suggestions.did_you_mean(&path_of(&address))).flatten();
            let mut problem =
                Diagnostic::error(codes::DEAD_LINK, format!("the address `{address}` leads nowhere"))
                    .in_file(file)
                    .at(span)
                    .hint_if(nearest);
            problem.severity = severity;
            found.add(problem);
        }
    }
}

/// Where the lines of `_redirects` lead to, with places: paths of the site, without those of rules that fill something
/// in (`:name`, `*`), hand over to a program or answer otherwise than with a redirect.
fn redirect_targets(text: &str, base_path: &str) -> Vec<(String, Span)> {
    let mut targets = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let rule = line.split('#').next().unwrap_or_default();
        let mut words = rule.split_whitespace();
        let (from, to, status) = (words.next(), words.next(), words.next());
        if let (Some(from), Some(to)) = (from, to)
            && to.starts_with('/')
            && !to.starts_with("//")
            && !to.contains([':', '*'])
            && from.starts_with('/')
            && status.is_none_or(|status| status.starts_with("30"))
        {
            let at = start + (to.as_ptr() as usize - line.as_ptr() as usize);
            // Rules count from the root of the host.
            if let Some(path) = to.strip_prefix(base_path) {
                targets.push((format!("/{path}"), Span::from(at..at + to.len())));
            }
        }
        start += line.len();
    }
    targets
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_of_rules_are_paths_of_the_site() {
        let text = "# /a /b\n/old  /new/ 301\n/x /y/:name\n/* /404.html 404\n/app/* /app/:splat 200\n/e https://e.example/\n/q /r?x=1 302!";
        let targets = redirect_targets(text, "/");
        let shown: Vec<_> = targets.iter().map(|(path, span)| (path.as_str(), span.slice(text))).collect();
        assert_eq!(shown, [("/new/", "/new/"), ("/r?x=1", "/r?x=1")]);
        assert_eq!(redirect_targets("/old /sub/new/ 301", "/sub/")[0].0, "/new/");
        assert!(redirect_targets("/old /else/ 301", "/sub/").is_empty());
    }
}
