//! Redirects from a page's former addresses: an HTML page, and the `_redirects` file.
//!
//! The HTML page works on any static host: `<meta http-equiv="refresh">` of the
//! HTML standard, with a canonical link for search engines. `_redirects` is
//! what Netlify and Cloudflare Pages read to answer with status 301. In it `*`
//! and `:name` are patterns, so both are percent-encoded where a path has them.

use std::collections::BTreeMap;

use super::escape;

/// A former path of a page, and the path that it has now; neither has the base path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Redirect {
    /// The former path.
    pub from: String,
    /// The path of today.
    pub to: String,
}

/// The HTML page that stands at a former address and leads to `to_permalink`.
///
/// It shows the address rather than a sentence, so it needs no translation.
/// `to_permalink` must be http or https: its scheme is not checked.
pub fn render_redirect_page(to_permalink: &str, lang: &str) -> String {
    let to = escape::markup(&escape::uri(to_permalink));
    let lang = escape::markup(&escape::one_line(lang));
    format!(
        "<!doctype html>\n\
        <html lang=\"{lang}\">\n\
        <head>\n\
        <meta charset=\"utf-8\">\n\
        <title>{to}</title>\n\
        <link rel=\"canonical\" href=\"{to}\">\n\
        <meta http-equiv=\"refresh\" content=\"0; url={to}\">\n\
        <meta name=\"robots\" content=\"noindex\">\n\
        <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
        </head>\n\
        <body>\n\
        <main><p><a href=\"{to}\">{to}</a></p></main>\n\
        </body>\n\
        </html>\n"
    )
}

/// The text of `_redirects`: `from to 301`, one a line, sorted by `from`; empty without redirects.
///
/// `base_path` is the path of the site's base URL (`""`, `/` or `/blog/`) and
/// precedes both paths. With `forced` the rule counts even where a file lies, as the page does that
/// leads on; that is how Netlify is told. Of several redirects from one path the first in order
/// of `to` stays. One that leads to itself, apart from a slash at the end, is
/// left out: Netlify ignores that slash, so it would never end.
pub fn render_redirects_file(redirects: &[Redirect], base_path: &str, forced: bool) -> String {
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    for redirect in redirects {
        let (from, to) = (rule_path(base_path, &redirect.from), rule_path(base_path, &redirect.to));
        if from.trim_end_matches('/') == to.trim_end_matches('/') {
            continue;
        }
        lines
            .entry(from)
            .and_modify(|kept| {
                if to < *kept {
                    kept.clone_from(&to);
                }
            })
            .or_insert(to);
    }
    let status = if forced { " 301!\n" } else { " 301\n" };
    lines.iter().flat_map(|(from, to)| [from.as_str(), " ", to.as_str(), status]).collect()
}

/// One path of a rule, or an address of another site: exactly one slash at its start, since `//host/` would leave the site.
fn rule_path(base_path: &str, path: &str) -> String {
    if path.starts_with("https://") || path.starts_with("http://") {
        return ssg_parse::encode_url(path).collect();
    }
    let mut encoded = String::with_capacity(base_path.len() + path.len() + 1);
    let base = base_path.trim_matches('/');
    if !base.is_empty() {
        encoded.push('/');
        escape::percent_encode(base, PATH, &mut encoded);
    }
    encoded.push('/');
    escape::percent_encode(path.trim_start_matches('/'), PATH, &mut encoded);
    encoded
}

/// What a path may hold beside letters and digits, without `*` and `:`.
const PATH: &[u8] = b"/@!$&'()+,;=";

#[cfg(test)]
mod tests {
    use super::*;

    fn redirect(from: &str, to: &str) -> Redirect {
        Redirect { from: from.to_owned(), to: to.to_owned() }
    }

    #[test]
    fn a_page_has_all_four_ways() {
        let page = render_redirect_page("https://x.org/posts/a/", "de");
        assert!(page.starts_with("<!doctype html>\n<html lang=\"de\">"));
        for part in [
            "<link rel=\"canonical\" href=\"https://x.org/posts/a/\">",
            "<meta http-equiv=\"refresh\" content=\"0; url=https://x.org/posts/a/\">",
            "<meta name=\"robots\" content=\"noindex\">",
            "<a href=\"https://x.org/posts/a/\">https://x.org/posts/a/</a>",
        ] {
            assert!(page.contains(part), "{part}");
        }
    }

    #[test]
    fn a_hostile_permalink_and_language_are_inert() {
        let page = render_redirect_page("https://x.org/\"><script>'&\r\n\0", "en\"><script>\r\n");
        assert!(!page.contains("<script"));
        assert!(page.contains("https://x.org/%22%3E%3Cscript%3E&#39;&amp;%0D%0A%00"));
        assert!(page.contains("<html lang=\"en&quot;&gt;&lt;script&gt;\">"));
    }

    #[test]
    fn lines_are_sorted_and_carry_the_base_path() {
        let redirects = [redirect("/z/", "/new/"), redirect("a.html", "/new/")];
        for base in ["/blog", "/blog/", "blog"] {
            assert_eq!(
                render_redirects_file(&redirects, base, false),
                "/blog/a.html /blog/new/ 301\n/blog/z/ /blog/new/ 301\n"
            );
        }
        assert_eq!(render_redirects_file(&redirects[..1], "/", false), "/z/ /new/ 301\n");
        assert_eq!(render_redirects_file(&[], "", false), "");
    }

    #[test]
    fn patterns_comments_and_white_space_are_encoded() {
        let redirects = [redirect("/*/:a b\r\n#é?", "//evil.org/:splat")];
        assert_eq!(
            render_redirects_file(&redirects, "", false),
            "/%2A/%3Aa%20b%0D%0A%23%C3%A9%3F /evil.org/%3Asplat 301\n"
        );
    }

    #[test]
    fn loops_and_repeated_sources_are_left_out() {
        let redirects = [redirect("/a/", "/c/"), redirect("/a", "/a/"), redirect("/a/", "/b/")];
        assert_eq!(render_redirects_file(&redirects, "", false), "/a/ /b/ 301\n");
    }
}
