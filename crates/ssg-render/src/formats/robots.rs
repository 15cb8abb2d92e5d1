//! `robots.txt` after RFC 9309: everything is allowed, and the sitemap is named.
//!
//! The `Sitemap` line is the extension that sitemaps.org 0.9 defines. Lines
//! end with LF; `base_url` is percent-encoded, so it cannot add a line.

use super::escape;

/// The text of `robots.txt` for the site at `base_url`, with or without a slash at its end; `None` where it has no
/// site map. Everything is allowed even where nothing is to be found: who may not look does not see that.
///
/// Crawlers ask only for `/robots.txt` of a host: for a site below a path the
/// file has no effect, unless the host's owner copies it.
pub fn render_robots(base_url: Option<&str>) -> String {
    let all = "User-agent: *\nAllow: /\n";
    let Some(base_url) = base_url else { return all.to_owned() };
    let base = escape::uri(base_url.trim_end_matches('/'));
    format!("{all}\nSitemap: {base}/sitemap.xml\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allows_all_and_names_the_sitemap() {
        let expected = "User-agent: *\nAllow: /\n\nSitemap: https://example.org/blog/sitemap.xml\n";
        assert_eq!(render_robots(Some("https://example.org/blog/")), expected);
        assert_eq!(render_robots(Some("https://example.org/blog")), expected);
    }

    #[test]
    fn a_hostile_base_url_stays_on_its_line() {
        let robots = render_robots(Some("https://example.org\r\nDisallow: /"));
        assert_eq!(robots.lines().count(), 4);
        assert!(!robots.contains('\r'));
    }
}
