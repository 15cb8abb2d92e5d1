//! A recording to listen to, as feeds and pages bring it.

use crate::facets::files::FileLength;
use crate::formats::Enclosure;
use crate::reads::{ReadSite, Reads};
use ssg_taxonomy::facets::Audio;

/// A recording as feeds bring it; of a file of the site the length is that of the file. A name without such a file is
/// told where it stands, and leads nowhere from a feed.
pub(crate) fn enclosure(reads: &Reads, audio: &Audio) -> Option<Enclosure> {
    let own = || audio.source.as_ref().and_then(|file| reads.get::<FileLength>(file)).map(|length| length.0);
    let url = if audio.url.starts_with('/') && !audio.url.starts_with("//") {
        reads.permalink(&audio.url)
    } else if audio.url.contains("//") {
        audio.url.clone()
    } else {
        return None;
    };
    Some(Enclosure {
        url,
        length: audio.length.or_else(own).unwrap_or(0),
        media_type: audio.media_type.clone().unwrap_or_else(|| sound_type(&audio.url).to_owned()),
    })
}

/// The media type of a recording, by its name.
pub(crate) fn sound_type(url: &str) -> &'static str {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    let end = path.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    match end.as_str() {
        "mp3" => "audio/mpeg",
        "m4a" | "m4b" => "audio/mp4",
        "aac" => "audio/aac",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "flac" => "audio/flac",
        "wav" => "audio/wav",
        "weba" => "audio/webm",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
