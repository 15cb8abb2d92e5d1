//! Types of files by their names, with the charset where the type is text.

/// The value of `Content-Type` for a file of this name.
pub(crate) fn content_type(name: &str) -> &'static str {
    // The library of another web server would know a thousand; these are what sites hold.
    let extension = name.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, end)| end);
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "xhtml" => "application/xhtml+xml; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" | "cjs" => "text/javascript; charset=utf-8",
        "json" | "map" | "topojson" => "application/json; charset=utf-8",
        "jsonld" => "application/ld+json; charset=utf-8",
        "geojson" => "application/geo+json; charset=utf-8",
        "webmanifest" => "application/manifest+json; charset=utf-8",
        "xml" | "xsl" | "xslt" => "application/xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "rss" => "application/rss+xml; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vcf" => "text/vcard; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "tsv" => "text/tab-separated-values; charset=utf-8",
        "md" | "markdown" => "text/markdown; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "txt" | "text" | "log" | "ini" | "conf" | "toml" | "yaml" | "yml" | "sh" | "asc" | "pem"
        | "patch" | "diff" | "srt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        "png" => "image/png",
        "apng" => "image/apng",
        "jpg" | "jpeg" | "jpe" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "jxl" => "image/jxl",
        "heic" => "image/heic",
        "bmp" => "image/bmp",
        "tif" | "tiff" => "image/tiff",
        "ico" | "cur" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "eot" => "application/vnd.ms-fontobject",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "mov" => "video/quicktime",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "flac" => "audio/flac",
        "wav" => "audio/wav",
        "pdf" => "application/pdf",
        "wasm" => "application/wasm",
        "zip" => "application/zip",
        "gz" | "tgz" => "application/gzip",
        "epub" => "application/epub+zip",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "key" => "application/vnd.apple.keynote",
        "rtf" => "application/rtf",
        _ => "application/octet-stream",
    }
}

/// Whether the type is HTML, which is dressed for the browser.
pub(crate) fn is_html(content_type: &str) -> bool {
    content_type.starts_with("text/html")
}

/// Whether bytes of this type get smaller by compression: text does, the rest mostly is compressed.
pub(crate) fn is_compressible(content_type: &str) -> bool {
    content_type.ends_with("charset=utf-8")
        || ["image/x-icon", "image/bmp", "font/ttf", "font/otf", "application/wasm"].contains(&content_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_the_last_extension_of_the_last_part() {
        assert_eq!(content_type("a.b/INDEX.HTML"), "text/html; charset=utf-8");
        assert_eq!(content_type("a.css/b"), "application/octet-stream");
        assert_eq!(content_type("x.tar.gz"), "application/gzip");
        assert_eq!(content_type("events/upcoming.ics"), "text/calendar; charset=utf-8");
        assert!(is_compressible(content_type("x.svg")) && !is_compressible(content_type("x.png")));
    }
}
