//! What an address beside a talk leads to: a recording, slides, or something else.

use super::model::Link;
use ssg_parse::{Address, Media};

/// Where the address of something beside a talk goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Video,
    Slides,
    Link,
}

/// Where an address goes, by its host, by its title, and by what the source says of it.
pub(super) fn place_of(link: &Link, kind: &str, is_attachment: bool) -> Place {
    let provider = Address::new(&link.url)
        .ok()
        .and_then(|url| Media::recognise(&url))
        .map_or("", |media| media.provider);
    let title = link.title.to_lowercase();
    let kind = kind.to_lowercase();
    let path = link.url.split(['?', '#']).next().unwrap_or("").to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| title.contains(word));
    let slides = ["slides", "folien", "slide deck", "diapos", "presentation", "präsentation", "praese"];
    let file = [".pdf", ".odp", ".pptx", ".ppt", ".key"].iter().any(|end| path.ends_with(end));
    let is_slides = kind == "slides"
        || ["speakerdeck", "slideshare", "notist", "slides"].contains(&provider)
        || (provider == "google-slides" && link.url.contains("/presentation/"))
        || (says(&slides) && (file || is_attachment));
    let is_video = ["youtube", "vimeo", "peertube", "ccc", "slideslive"].contains(&provider)
        && !path.contains("/channel/")
        && !path.contains("/@")
        && !path.contains("/user/")
        && !path.contains("/playlist")
        || (provider == "archive" && says(&["video", "recording"]))
        || ["recording", "video"].contains(&kind.as_str())
        || (kind == "media" && says(&["video", "recording", "aufzeichnung"]));
    if is_slides {
        Place::Slides
    } else if is_video && !is_attachment {
        Place::Video
    } else {
        Place::Link
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_their_place() {
        let place = |url: &str, title: &str, kind: &str, attached: bool| {
            place_of(&Link { url: url.to_owned(), title: title.to_owned() }, kind, attached)
        };
        assert_eq!(place("https://youtu.be/abc", "", "", false), Place::Video);
        assert_eq!(place("https://www.youtube.com/@ops", "", "", false), Place::Link);
        assert_eq!(place("https://speakerdeck.com/a/b", "", "", false), Place::Slides);
        assert_eq!(place("https://x.example/a.pdf?1", "Slides", "", true), Place::Slides);
        assert_eq!(place("https://x.example/a.pdf", "Handout", "", true), Place::Link);
        assert_eq!(place("https://x.example/a", "Video", "media", false), Place::Video);
    }
}
