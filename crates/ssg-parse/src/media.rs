//! Recognises where slides and videos are hosted from their address.

use crate::address::Address;
use serde::Serialize;

/// Slides or a video somewhere on the web.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Media {
    /// The address as written.
    pub url: Address,
    /// Short name of the host, such as `youtube`; `link` for one that is not known.
    pub provider: &'static str,
    /// Name of the host for people; the host's domain for one that is not known.
    pub name: String,
    /// What the host calls it, where the address tells.
    pub id: Option<String>,
}

/// Hosts: a domain, the short name and the name for people.
const PROVIDERS: &[(&str, &str, &str)] = &[
    ("youtube.com", "youtube", "YouTube"),
    ("youtu.be", "youtube", "YouTube"),
    ("youtube-nocookie.com", "youtube", "YouTube"),
    ("vimeo.com", "vimeo", "Vimeo"),
    ("speakerdeck.com", "speakerdeck", "Speaker Deck"),
    ("slideshare.net", "slideshare", "SlideShare"),
    ("slideslive.com", "slideslive", "SlidesLive"),
    ("noti.st", "notist", "Notist"),
    ("gist.github.com", "gist", "GitHub Gist"),
    ("media.ccc.de", "ccc", "media.ccc.de"),
    ("archive.org", "archive", "Internet Archive"),
    ("docs.google.com", "google-slides", "Google Slides"),
    ("slides.com", "slides", "Slides"),
];

impl Media {
    /// Reads an address. `None` for what is not one of the web (`http`, `https` or a path).
    #[must_use]
    pub fn recognise(address: &Address) -> Option<Self> {
        let url = address.as_str();
        if url.starts_with('/') && !url.starts_with("//") {
            let name = url.rsplit('/').next().unwrap_or(url).to_owned();
            return Some(Self { url: address.clone(), provider: "file", name, id: None });
        }
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase();
        if host.is_empty() {
            return None;
        }
        let known = PROVIDERS.iter().find(|(domain, ..)| {
            host == *domain || host.strip_suffix(domain).is_some_and(|sub| sub.ends_with('.'))
        });
        let Some((_, provider, name)) = known else {
            let provider =
                if path.starts_with("videos/watch/") || path.starts_with("w/") { "peertube" } else { "link" };
            let id = (provider == "peertube").then(|| last_part(path)).flatten();
            return Some(Self { url: address.clone(), provider, name: host, id });
        };
        let id = match *provider {
            "youtube" => youtube_id(&host, path),
            "vimeo" => last_part(path).filter(|id| id.bytes().all(|byte| byte.is_ascii_digit())),
            _ => None,
        };
        Some(Self { url: address.clone(), provider, name: (*name).to_owned(), id })
    }
}

fn youtube_id(host: &str, path: &str) -> Option<String> {
    let id = if host == "youtu.be" {
        path
    } else if let Some(query) = path.strip_prefix("watch?") {
        query.split('&').find_map(|pair| pair.strip_prefix("v="))?
    } else {
        path.strip_prefix("embed/")
            .or_else(|| path.strip_prefix("live/"))
            .or_else(|| path.strip_prefix("v/"))?
    };
    let id = id.split(['?', '&', '/', '#']).next()?;
    let valid =
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    valid.then(|| id.to_owned())
}

fn last_part(path: &str) -> Option<String> {
    let path = path.split(['?', '#']).next()?;
    path.trim_end_matches('/').rsplit('/').next().filter(|part| !part.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_recognised() {
        let id = |url: &str| {
            let media = Media::recognise(&Address::new(url).expect("fine"));
            media.map(|media| (media.provider, media.id))
        };
        assert_eq!(
            id("https://www.youtube.com/watch?v=pY-3XJjmu58&t=3"),
            Some(("youtube", Some("pY-3XJjmu58".into())))
        );
        assert_eq!(id("https://youtu.be/abc?t=1"), Some(("youtube", Some("abc".into()))));
        assert_eq!(id("https://player.vimeo.com/video/123"), Some(("vimeo", Some("123".into()))));
        assert_eq!(id("https://example.org/slides.pdf"), Some(("link", None)));
        assert_eq!(id("mailto:a@b.org"), None);
    }
}
