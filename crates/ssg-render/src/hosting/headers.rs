//! `_headers`, which Netlify and Cloudflare Pages read.
//!
//! Both answer with all rules that fit a path, and join values of one header with commas. So no header
//! is set by two rules that meet: what holds everywhere stands in the first, and only assets with a
//! hash in their names are told how long to be kept. All else is kept by both hosts for no longer than
//! it takes to ask whether it has changed, which is right for pages and feeds.

use super::needs::Needs;
use super::policy::policy;
use crate::snapshot::SiteSnapshot;
use ssg_parse::{Csp, Host, Hosting};
use ssg_source::{Diagnostic, SitePath, codes};
use std::fmt::Write;

/// What Cloudflare Pages reads at most, of `_headers` and of `_redirects`.
const MOST_RULES: usize = 100;
const LONGEST_LINE: usize = 2000;
const MOST_REDIRECTS: usize = 2000;
const LONGEST_REDIRECT: usize = 1000;

/// The text of `_headers`, and what the host would not like about it.
pub fn render_headers(snapshot: &SiteSnapshot, needs: &Needs) -> (String, Vec<Diagnostic>) {
    let hosting = &snapshot.config.hosting;
    let base = snapshot.config.base_path().trim_end_matches('/');
    let mut text = format!("{base}/*\n");
    let mut rules = 1;
    for (name, value) in everywhere(hosting, needs, snapshot.config.preview) {
        let _ = writeln!(text, "  {name}: {value}");
    }
    for path in snapshot.theme.assets.fingerprinted() {
        let path = ssg_parse::encode_path(path).replace('*', "%2A").replace(':', "%3A");
        let _ = write!(text, "{base}{path}\n  Cache-Control: public, max-age=31536000, immutable\n");
        rules += 1;
    }
    let mut found = Vec::new();
    if hosting.host == Some(Host::Cloudflare) {
        if rules > MOST_RULES {
            let message = format!("`_headers` has {rules} rules, and Cloudflare Pages reads {MOST_RULES}");
            found.push(limit(message).hint("put style sheets or scripts together"));
        }
        let longest = text.lines().map(str::len).max().unwrap_or(0);
        if longest > LONGEST_LINE {
            let message = format!(
                "a line of `_headers` has {longest} characters, and Cloudflare Pages reads {LONGEST_LINE}"
            );
            found.push(limit(message).hint(
                "put scripts and styles that stand in pages into files of their own, so that the policy names fewer",
            ));
        }
    }
    (text, found)
}

/// Headers that every answer has, sorted by name.
fn everywhere(hosting: &Hosting, needs: &Needs, is_preview: bool) -> Vec<(&'static str, String)> {
    let mut headers = Vec::new();
    match hosting.csp {
        Csp::Off => {}
        Csp::Enforce => headers.push(("Content-Security-Policy", policy(needs, hosting))),
        Csp::ReportOnly => headers.push(("Content-Security-Policy-Report-Only", policy(needs, hosting))),
    }
    headers.push(("Permissions-Policy", hosting.permissions.clone()));
    headers.push(("Referrer-Policy", hosting.referrer.clone()));
    if let Some(hsts) = &hosting.hsts {
        headers.push(("Strict-Transport-Security", hsts.clone()));
    }
    headers.push(("X-Content-Type-Options", "nosniff".to_owned()));
    if is_preview {
        headers.push(("X-Robots-Tag", "noindex".to_owned()));
    }
    headers
}

/// What the host would not like about `_redirects`.
pub(crate) fn check_redirects(text: &str, host: Option<Host>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if host == Some(Host::Cloudflare) {
        let count = text.lines().count();
        if count > MOST_REDIRECTS {
            let message = format!(
                "`_redirects` has {count} lines, and Cloudflare Pages reads {MOST_REDIRECTS} of them"
            );
            let hint = "readers of the others are led on by the pages that stand there";
            found.push(limit(message).hint(hint));
        }
        let longest = text.lines().map(str::len).max().unwrap_or(0);
        if longest > LONGEST_REDIRECT {
            let message = format!(
                "a line of `_redirects` has {longest} characters, and Cloudflare Pages reads {LONGEST_REDIRECT}"
            );
            found.push(limit(message).hint("give the page a shorter path"));
        }
    }
    found
}

/// What a host does not read, said where the host is named.
fn limit(message: String) -> Diagnostic {
    let settings = SitePath::new("ssg.toml").unwrap_or_default();
    Diagnostic::warning(codes::HOSTING_LIMIT, message).in_file(&settings)
}
