//! What the pages of a build have: a sink that looks at HTML on its way.
//!
//! Only what is told later is kept: how heavy each page is, and which paths pages link to, as digests. A page that
//! was rendered before is rendered again, for what passes by is all that is seen.

use ssg_build::write::{Body, OutputFile, OutputPath};
use ssg_build::{Onlooker, Sink};
use ssg_parse::{decode_path, html_tags, path_on_own_host};
use ssg_source::hash::HashSet;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

/// What was seen of the pages of a build.
#[derive(Debug, Default)]
pub struct Seen {
    /// How many bytes the HTML of each file has.
    pub weights: BTreeMap<String, usize>,
    linked: HashSet<u64>,
}

impl Seen {
    /// Whether a page other than the one at this path links there.
    #[must_use]
    pub fn is_linked(&self, path: &str) -> bool {
        self.linked.contains(&digest(path))
    }

    /// Takes in a page.
    fn add(&mut self, file: &str, html: &str, base: &Base) {
        self.weights.insert(file.to_owned(), html.len());
        self.linked.extend(links(file, html, base));
    }
}

/// A sink that hands everything on, and looks at pages on the way.
pub struct Watched<'a> {
    inner: &'a dyn Sink,
    base: Base,
    seen: Option<Mutex<Seen>>,
}

impl<'a> Watched<'a> {
    /// Before `inner`; it looks at nothing unless it is to.
    #[must_use]
    pub fn new(inner: &'a dyn Sink, base_url: &str, looks: bool) -> Self {
        Self { inner, base: Base::new(base_url), seen: looks.then(Mutex::default) }
    }

    /// What was seen, where it was looked.
    #[must_use]
    pub fn into_seen(self) -> Option<Seen> {
        self.seen.map(|seen| seen.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Sink for Watched<'_> {
    fn planned(&self, count: usize) {
        self.inner.planned(count);
    }

    fn expect(&self, files: &mut dyn Iterator<Item = &str>) {
        self.inner.expect(files);
    }

    fn keep(&self, files: &[(OutputPath, [u8; 32])]) -> bool {
        let is_seen = self.seen.is_none() || !files.iter().any(|(path, _)| is_html(path.as_str()));
        is_seen && self.inner.keep(files)
    }

    fn take(&self, file: OutputFile) -> Option<[u8; 32]> {
        if let (Some(seen), Body::Bytes(bytes)) = (&self.seen, &file.body)
            && is_html(file.path.as_str())
            && let Ok(html) = std::str::from_utf8(bytes)
        {
            let mut page = Seen::default();
            page.add(file.path.as_str(), html, &self.base);
            let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.weights.extend(page.weights);
            seen.linked.extend(page.linked);
        }
        self.inner.take(file)
    }

    fn fails(&self) {
        self.inner.fails();
    }

    fn onlooker(&self) -> Option<&dyn Onlooker> {
        self.inner.onlooker()
    }
}

fn is_html(file: &str) -> bool {
    file.ends_with(".html")
}

/// Where a site lies.
#[derive(Debug)]
struct Base {
    url: String,
    /// Its path, with a slash at both ends.
    path: String,
}

impl Base {
    fn new(url: &str) -> Self {
        let path = ssg_parse::host_and_path(url).map_or("/", |(_, path)| path);
        Self { url: url.to_owned(), path: format!("/{}/", path.trim_matches('/')).replace("//", "/") }
    }

    /// The path below the site of an address in a page, without query, fragment and `%XX`; none where it leads
    /// elsewhere.
    fn below(&self, folder: &str, address: &str) -> Option<String> {
        let address = address.split(['?', '#']).next().unwrap_or_default();
        if address.is_empty() {
            return None;
        }
        if ssg_parse::host_and_path(address).is_some() {
            return path_on_own_host(&self.url, address).map(|path| decode_path(&path));
        }
        if address.starts_with('/') {
            let below = address
                .strip_prefix(&*self.path)
                .or_else(|| (address == self.path.trim_end_matches('/')).then_some(""))?;
            return Some(decode_path(&format!("/{below}")));
        }
        // `mailto:` and its like.
        if address.split('/').next().is_some_and(|first| first.contains(':')) {
            return None;
        }
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in address.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        Some(decode_path(&format!("/{}", parts.join("/"))))
    }
}

/// What a path is known by: that of a page is the same with and without `index.html`, `.html` and the last slash.
fn digest(path: &str) -> u64 {
    let path = path.trim_start_matches('/');
    let path = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
    let path = path.strip_suffix(".html").unwrap_or(path);
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish()
}

/// Where the links of a page lead within the site, but to itself.
fn links(file: &str, html: &str, base: &Base) -> Vec<u64> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let own = digest(file);
    let mut found = Vec::new();
    for tag in html_tags(html).filter(|tag| !tag.closing) {
        let is = |name: &str| tag.name.eq_ignore_ascii_case(name);
        if is("meta") && tag.attributes.iter().any(|one| one.name.eq_ignore_ascii_case("http-equiv")) {
            let refreshes = |value: &str| value.eq_ignore_ascii_case("refresh");
            let mut values = tag.attributes.iter().filter_map(|one| html.get(one.value.clone()));
            if values.any(refreshes) {
                // It only leads on.
                return Vec::new();
            }
        }
        if !is("a") && !is("area") {
            continue;
        }
        let href = tag.attributes.iter().find(|one| one.name.eq_ignore_ascii_case("href"));
        let Some(value) = href.and_then(|href| html.get(href.value.clone())) else { continue };
        let address = html_escape::decode_html_entities(value);
        let target = base.below(folder, address.trim()).map(|path| digest(&path));
        found.extend(target.filter(|target| *target != own));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_all_forms_lead_to_pages() {
        let base = "https://x.example/blog/";
        let html = "<a href=\"/blog/a/\">a</a><a href='../b/#c'>b</a><A HREF=https://x.example/blog/c>c</A>\
                    <a href=\"mailto:d@x.example\">d</a><a href=\"/e/\">e</a><a href=\"/blog/f%20g.html?x=1&amp;y\">f</a>\
                    <a href=\"\">self</a><a href=\"./\">self</a><link href=\"/blog/h/\">";
        let mut seen = Seen::default();
        seen.add("own/index.html", html, &Base::new(base));
        for (path, is_linked) in [
            ("/a/", true),
            ("/b/", true),
            ("/c/", true),
            ("/e/", false),
            ("/f g.html", true),
            ("/h/", false),
            ("/own/", false),
        ] {
            assert_eq!(seen.is_linked(path), is_linked, "{path}");
        }
        assert_eq!(seen.weights["own/index.html"], html.len());
    }

    #[test]
    fn a_page_that_only_leads_on_is_no_link() {
        let html = "<meta http-equiv=\"refresh\" content=\"0; url=/a/\"><a href=\"/a/\">here</a>";
        let mut seen = Seen::default();
        seen.add("old/index.html", html, &Base::new("https://x.example/"));
        assert!(!seen.is_linked("/a/"));
    }
}
