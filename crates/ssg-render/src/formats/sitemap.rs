//! Sitemaps after sitemaps.org 0.9.
//!
//! A sitemap holds at most 50,000 addresses and 50 MB (52,428,800 bytes). A
//! larger site gets a sitemap index under the usual name `sitemap.xml`, so
//! `robots.txt` never has to change, with `sitemap-1.xml` and so on beside it.

use chrono::{Datelike as _, NaiveDate};

use super::escape;
use super::feed::parse_date;

const MAX_ENTRIES: usize = 50_000;
const MAX_BYTES: usize = 52_428_800;
/// The schema's longest `<loc>`, in characters.
const MAX_LOCATION: usize = 2048;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const URLSET: &str = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
const URLSET_OF_LANGUAGES: &str = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
     xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
const URLSET_END: &str = "</urlset>\n";
const INDEX: &str = "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
const INDEX_END: &str = "</sitemapindex>\n";

/// One address of a sitemap.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SitemapEntry {
    /// The page's permalink; percent-encoded and escaped when written.
    pub permalink: String,
    /// When the page last changed: `2013-05-06`, or RFC 3339. Anything else is left out.
    pub lastmod: Option<String>,
    /// What says the same in other languages, this address among them: tag and permalink.
    pub alternates: Vec<(String, String)>,
}

/// The sitemap's files, as name and text, in the order given: `sitemap.xml` alone,
/// or an index of that name and then its parts.
///
/// `sitemap_permalink_base` is where the files lie, with or without a slash at
/// the end. A permalink of more than 2,048 characters is left out: the schema
/// forbids it, and would reject the whole file. Without entries there is still
/// a file, since `robots.txt` names it, though the schema asks for one entry.
pub fn render_sitemap(entries: &[SitemapEntry], sitemap_permalink_base: &str) -> Vec<(String, String)> {
    render_within(entries, sitemap_permalink_base, MAX_ENTRIES, MAX_BYTES)
}

fn render_within(
    entries: &[SitemapEntry],
    base: &str,
    max_entries: usize,
    max_bytes: usize,
) -> Vec<(String, String)> {
    let room = max_bytes.saturating_sub(DECLARATION.len() + URLSET_OF_LANGUAGES.len() + URLSET_END.len());
    let mut parts = vec![String::new()];
    let mut count = 0;
    for url in entries.iter().filter_map(url_element) {
        let part = &parts[parts.len() - 1];
        if count == max_entries || (count > 0 && part.len() + url.len() > room) {
            parts.push(String::new());
            count = 0;
        }
        let last = parts.len() - 1;
        parts[last].push_str(&url);
        count += 1;
    }

    if let [only] = parts.as_slice() {
        return vec![("sitemap.xml".to_owned(), urlset(only))];
    }
    let base = escape::markup(&escape::uri(base.trim_end_matches('/')));
    let mut index = format!("{DECLARATION}{INDEX}");
    let mut files = Vec::with_capacity(parts.len() + 1);
    for (number, part) in (1..).zip(&parts) {
        let name = format!("sitemap-{number}.xml");
        index.push_str("<sitemap><loc>");
        index.push_str(&base);
        index.push('/');
        index.push_str(&name);
        index.push_str("</loc></sitemap>\n");
        files.push((name, urlset(part)));
    }
    index.push_str(INDEX_END);
    files.insert(0, ("sitemap.xml".to_owned(), index));
    files
}

fn urlset(urls: &str) -> String {
    let start = if urls.contains("<xhtml:link ") { URLSET_OF_LANGUAGES } else { URLSET };
    [DECLARATION, start, urls, URLSET_END].concat()
}

/// `<url>` and a line end; `None` where the schema would reject the address.
fn url_element(entry: &SitemapEntry) -> Option<String> {
    let location = escape::uri(&entry.permalink);
    if location.is_empty() || location.len() > MAX_LOCATION {
        return None;
    }
    let location = escape::markup(&location);
    let date = entry.lastmod.as_deref().and_then(w3c_date);
    let date = date.map_or_else(String::new, |date| format!("<lastmod>{date}</lastmod>"));
    let alternates: String = entry.alternates.iter().map(alternate_element).collect();
    Some(format!("<url><loc>{location}</loc>{date}{alternates}</url>\n"))
}

/// What says the same in a language.
fn alternate_element((tag, permalink): &(String, String)) -> String {
    let (tag, location) = (escape::markup(tag), escape::markup(&escape::uri(permalink)));
    format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{location}\"/>")
}

/// A date or date-time as the schema takes it. XML Schema 1.0 has no year 0.
fn w3c_date(date: &str) -> Option<String> {
    if let Some(instant) = parse_date(date) {
        return (instant.year() > 0).then(|| instant.to_rfc3339());
    }
    let day = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    (1..=9999).contains(&day.year()).then(|| day.format("%Y-%m-%d").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(permalink: &str, lastmod: Option<&str>) -> SitemapEntry {
        SitemapEntry {
            permalink: permalink.to_owned(),
            lastmod: lastmod.map(str::to_owned),
            alternates: Vec::new(),
        }
    }

    #[test]
    fn one_file_in_the_given_order() {
        let files = render_sitemap(
            &[
                entry("https://x.org/b/", Some("2013-05-06")),
                entry("https://x.org/a/?q=1&r='é", Some("2013-05-06T10:00:00.5+02:00")),
            ],
            "https://x.org",
        );
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
            <url><loc>https://x.org/b/</loc><lastmod>2013-05-06</lastmod></url>\n\
            <url><loc>https://x.org/a/?q=1&amp;r=&#39;%C3%A9</loc>\
            <lastmod>2013-05-06T10:00:00+02:00</lastmod></url>\n\
            </urlset>\n";
        assert_eq!(files, [("sitemap.xml".to_owned(), expected.to_owned())]);
    }

    #[test]
    fn impossible_dates_are_left_out() {
        for date in
            ["2013-02-29", "yesterday", "", "2013", "0000-01-01", "+12345-01-01", "2013-05-06T10:00:00"]
        {
            let files = render_sitemap(&[entry("https://x.org/", Some(date))], "https://x.org");
            assert!(!files[0].1.contains("lastmod"), "{date}");
        }
    }

    #[test]
    fn hostile_permalinks_stay_inside_their_element() {
        let files = render_sitemap(&[entry("https://x.org/</loc>]]>\r\n\0\"", None)], "https://x.org");
        assert!(files[0].1.contains("<loc>https://x.org/%3C/loc%3E%5D%5D%3E%0D%0A%00%22</loc>"));
    }

    #[test]
    fn too_long_permalinks_are_left_out() {
        let long = format!("https://x.org/{}", "a".repeat(2048));
        let files = render_sitemap(&[entry(&long, None), entry("https://x.org/", None)], "https://x.org");
        assert_eq!(files[0].1.matches("<url>").count(), 1);
    }

    #[test]
    fn no_entries_still_make_a_file() {
        let files = render_sitemap(&[], "https://x.org");
        assert_eq!(files.len(), 1);
        assert!(files[0].1.ends_with("0.9\">\n</urlset>\n"));
    }

    #[test]
    fn exactly_the_limit_is_one_file_and_one_more_is_an_index() {
        let mut entries: Vec<_> =
            (0..MAX_ENTRIES).map(|n| entry(&format!("https://x.org/{n}/"), None)).collect();
        assert_eq!(render_sitemap(&entries, "https://x.org").len(), 1);
        entries.push(entry("https://x.org/last/", None));
        let files = render_sitemap(&entries, "https://x.org/blog/");
        let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]);
        assert!(files[0].1.contains("<loc>https://x.org/blog/sitemap-2.xml</loc>"));
        assert_eq!(files[1].1.matches("<url>").count(), MAX_ENTRIES);
        assert_eq!(files[2].1.matches("<url>").count(), 1);
    }

    #[test]
    fn parts_stay_within_the_byte_limit() {
        let entries: Vec<_> = (0..100).map(|n| entry(&format!("https://x.org/{n}/"), None)).collect();
        let files = render_within(&entries, "https://x.org", MAX_ENTRIES, 600);
        assert!(files.len() > 3);
        assert!(files[1..].iter().all(|(_, text)| text.len() <= 600));
        let urls: usize = files[1..].iter().map(|(_, text)| text.matches("<url>").count()).sum();
        assert_eq!(urls, 100);
    }
}
