//! Media types of files of the output, by their names: what a server says of them, and what is kept with an
//! object in a bucket.

/// The media type of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaType(&'static str);

impl MediaType {
    /// Of a file of the output, by its path.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
        Self(match (name, end.as_str()) {
            ("_redirects" | "_headers" | "CNAME", _) => "text/plain",
            ("atom.xml", _) => "application/atom+xml",
            ("rss.xml", _) => "application/rss+xml",
            (_, "js" | "mjs" | "cjs") => "text/javascript",
            (_, "xml" | "xsl" | "xslt") => "application/xml",
            (_, "map" | "topojson") => "application/json",
            (_, "m4v") => "video/mp4",
            // A browser shows these rather than to ask where to put them.
            (
                _,
                "toml" | "yaml" | "yml" | "ini" | "conf" | "sh" | "asc" | "pem" | "patch" | "diff" | "srt"
                | "log",
            ) => "text/plain",
            _ => mime_guess::from_ext(&end).first_raw().unwrap_or("application/octet-stream"),
        })
    }

    /// Without parameters.
    #[must_use]
    pub fn essence(self) -> &'static str {
        self.0
    }

    /// As it stands in `Content-Type`: text is in UTF-8.
    #[must_use]
    pub fn header(self) -> String {
        if self.is_text() { format!("{}; charset=utf-8", self.0) } else { self.0.to_owned() }
    }

    /// Whether files of this type are text, markup and data among it.
    #[must_use]
    pub fn is_text(self) -> bool {
        self.0.starts_with("text/")
            || [".xml", "+xml", "/xml", "+json", "/json"].iter().any(|end| self.0.ends_with(end))
    }

    /// Whether it is a page, into which a script may go.
    #[must_use]
    pub fn is_html(self) -> bool {
        self.0 == "text/html"
    }
}

#[cfg(test)]
mod tests {
    use super::MediaType;

    #[test]
    fn by_the_last_extension_of_the_last_part() {
        for (path, header) in [
            ("a.b/INDEX.HTML", "text/html; charset=utf-8"),
            ("a.css/b", "application/octet-stream"),
            ("x.tar.gz", "application/gzip"),
            ("events/upcoming.ics", "text/calendar; charset=utf-8"),
            ("posts/atom.xml", "application/atom+xml; charset=utf-8"),
            ("sitemap.xml", "application/xml; charset=utf-8"),
            ("a.mjs", "text/javascript; charset=utf-8"),
            ("api/events.json", "application/json; charset=utf-8"),
            ("site.webmanifest", "application/manifest+json; charset=utf-8"),
            ("map.geojson", "application/geo+json; charset=utf-8"),
            ("notes.md", "text/markdown; charset=utf-8"),
            ("subtitles.vtt", "text/vtt; charset=utf-8"),
            ("logo.svg", "image/svg+xml; charset=utf-8"),
            ("photo.JPEG", "image/jpeg"),
            ("photo.avif", "image/avif"),
            ("favicon.ico", "image/x-icon"),
            ("font.woff2", "font/woff2"),
            ("talk.mp4", "video/mp4"),
            ("talk.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
            ("slides.pdf", "application/pdf"),
            ("search.wasm", "application/wasm"),
            ("ci.yml", "text/plain; charset=utf-8"),
            ("_redirects", "text/plain; charset=utf-8"),
            (".well-known/x", "application/octet-stream"),
        ] {
            assert_eq!(MediaType::of(path).header(), header, "{path}");
        }
        assert!(MediaType::of("x.htm").is_html() && !MediaType::of("x.xhtml").is_html());
        assert!(MediaType::of("x.svg").is_text() && !MediaType::of("x.png").is_text());
    }
}
