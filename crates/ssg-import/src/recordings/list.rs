//! Lists of recordings: a playlist as yt-dlp prints it, videos as `PeerTube`'s API gives them, or a table.

use crate::event_options::SourceFile;
use crate::loose_json::{self, list, text, text_of};
use crate::table::{self, Row, Table};
use crate::web::address;
use serde_json::Value;

/// A recording, or slides, of something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// What it is called.
    pub title: String,
    /// Who speaks, where the list says it.
    pub speakers: String,
    /// The slug of the talk, where the list says it.
    pub talk: String,
    pub video: String,
    pub slides: String,
    /// A tag.
    pub language: String,
    /// Line of the list, from 1, where it has lines.
    pub line: Option<usize>,
    /// Why it is left out.
    pub skipped: Option<&'static str>,
    /// Why it cannot be read.
    pub failed: Option<String>,
}

/// What was read of a list.
#[derive(Debug, Default)]
pub(super) struct List {
    pub entries: Vec<Entry>,
    /// What the list is called, which titles may repeat.
    pub names: Vec<String>,
    /// Why it could not be read to its end.
    pub broken: Option<String>,
}

/// What a list may be.
pub(super) const EXPECTED: &str = "a playlist as `yt-dlp --flat-playlist -J` prints it, an answer of PeerTube's API, or CSV of titles and addresses";

/// Reads a list. An address of which nothing is said is one of slides where `is_slides`.
///
/// # Errors
/// Why it is none.
pub(super) fn read(file: &SourceFile, is_slides: bool) -> Result<List, String> {
    let (text, _) = table::text_of(&file.bytes)?;
    let start = text.trim_start();
    if !start.starts_with(['{', '[']) {
        return of_table(&table::read(&text, None, 0), is_slides);
    }
    let mut all = List::default();
    let (value, broken) = loose_json::read(&text);
    if broken.is_some() && start.starts_with('{') {
        // An object a line.
        let lines: Vec<Value> = start.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        if lines.len() > 1 || (lines.len() == 1 && start.lines().count() > 1) {
            let count = start.lines().filter(|line| !line.trim().is_empty()).count();
            if lines.len() < count {
                all.broken = Some(format!("{} of its lines cannot be read", count - lines.len()));
            }
            for value in &lines {
                collect(value, &mut all, is_slides, 0);
            }
            return Ok(all);
        }
    }
    all.broken = broken;
    collect(&value, &mut all, is_slides, 0);
    if all.entries.is_empty() {
        return Err(all.broken.unwrap_or_else(|| "there are no recordings in it".to_owned()));
    }
    Ok(all)
}

/// Deepest nesting of playlists.
const DEEPEST: usize = 4;

fn collect(value: &Value, all: &mut List, is_slides: bool, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    let inner =
        ["entries", "data", "videos"].iter().find_map(|key| value.get(key).filter(|list| list.is_array()));
    if let Some(inner) = inner.or(Some(value).filter(|value| value.is_array())) {
        all.names.extend(text_of(value, &["title", "displayName", "channel"]));
        for one in list(Some(inner)) {
            collect(one, all, is_slides, depth + 1);
        }
        return;
    }
    // A place in a playlist of PeerTube.
    let value = value.get("video").filter(|video| video.is_object()).unwrap_or(value);
    if !value.is_object() || loose_json::is_cut(value) {
        let why = if value.is_object() { "it is cut off" } else { "it must be an object" };
        let failed = Some(why.to_owned());
        all.entries.push(Entry {
            title: format!("entry {}", all.entries.len() + 1),
            failed,
            ..Entry::default()
        });
        return;
    }
    let channel =
        |key: &str| value.get(key).and_then(|one| text(Some(one)).or_else(|| text_of(one, &["displayName"])));
    for name in ["channel", "uploader"].into_iter().filter_map(channel) {
        if !all.names.contains(&name) && all.names.len() < 100 {
            all.names.push(name);
        }
    }
    let title = text_of(value, &["title", "name", "fulltitle"]).unwrap_or_default();
    let urls = ["webpage_url", "url", "original_url", "watchUrl"];
    let url = urls.iter().find_map(|key| address(&text(value.get(key))?));
    let of_id = || {
        let id = text(value.get("id"))?;
        let is_youtube = text_of(value, &["ie_key", "extractor_key"])?.to_lowercase().starts_with("youtube");
        let is_id =
            id.len() == 11 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        (is_youtube && is_id).then(|| format!("https://www.youtube.com/watch?v={id}"))
    };
    let url = url.or_else(of_id);
    let availability = text_of(value, &["availability"]).unwrap_or_default();
    let privacy = value.get("privacy").and_then(|privacy| privacy.get("id")).and_then(Value::as_i64);
    let is_hidden = title.is_empty()
        || ["[private video]", "[deleted video]", "[unavailable video]"]
            .contains(&title.to_lowercase().as_str())
        || ["private", "premium_only", "subscriber_only", "needs_auth"].contains(&availability.as_str())
        || privacy.is_some_and(|privacy| privacy > 2);
    let language = value.get("language").and_then(|one| text(Some(one)).or_else(|| text_of(one, &["id"])));
    let mut entry = Entry {
        skipped: is_hidden.then_some("it is not public"),
        failed: (url.is_none() && !is_hidden).then(|| "it has no address on the web".to_owned()),
        language: language.and_then(|tag| ssg_parse::check_tag(&tag)).unwrap_or_default(),
        title: if title.is_empty() { format!("entry {}", all.entries.len() + 1) } else { title },
        ..Entry::default()
    };
    let url = url.unwrap_or_default();
    if is_slides {
        entry.slides = url;
    } else {
        entry.video = url;
    }
    all.entries.push(entry);
}

#[derive(Clone, Copy, PartialEq)]
enum Column {
    Title,
    Url,
    Video,
    Slides,
    Speakers,
    Talk,
    Language,
}

const NAMES: &[(Column, &[&str])] = &[
    (Column::Title, &["title", "titel", "titre", "título", "name", "talk title", "session"]),
    (Column::Url, &["url", "link", "address", "adresse", "href"]),
    (
        Column::Video,
        &["video", "video url", "recording", "aufzeichnung", "youtube", "vidéo", "webpage url", "watch url"],
    ),
    (Column::Slides, &["slides", "slides url", "folien", "deck", "slide deck", "presentation"]),
    (Column::Speakers, &["speakers", "speaker", "people", "person", "personen", "referent", "who"]),
    (Column::Talk, &["talk", "slug", "talk slug"]),
    (Column::Language, &["language", "sprache", "lang"]),
];

fn of_table(table: &Table, is_slides: bool) -> Result<List, String> {
    let column = |name: &str| {
        let words: Vec<String> = name
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let plain = words.join(" ");
        NAMES.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(column, _)| *column)
    };
    let mut columns: Vec<Option<Column>> = table.header.iter().map(|name| column(name)).collect();
    let mut rows: Vec<Row> = Vec::new();
    if !columns.contains(&Some(Column::Title)) && !columns.contains(&Some(Column::Talk)) {
        // Titles and addresses without a header.
        let url = table.header.iter().position(|cell| address(cell).is_some());
        let title = table.header.iter().position(|cell| !cell.is_empty() && address(cell).is_none());
        let (Some(url), Some(title)) = (url, title) else {
            return Err("its first row names no column `title`".to_owned());
        };
        columns = (0..table.header.len())
            .map(|at| match at {
                at if at == url => Some(Column::Url),
                at if at == title => Some(Column::Title),
                _ => None,
            })
            .collect();
        rows.push(Row { line: 1, cells: table.header.clone() });
    }
    rows.extend(table.rows.iter().cloned());
    let mut all = List::default();
    for row in &rows {
        all.entries.push(of_row(row, &columns, is_slides));
    }
    for (line, why) in &table.broken {
        let failed = Some(why.clone());
        all.entries.push(Entry {
            title: format!("line {line}"),
            line: Some(*line),
            failed,
            ..Entry::default()
        });
    }
    Ok(all)
}

fn of_row(row: &Row, columns: &[Option<Column>], is_slides: bool) -> Entry {
    let cell = |column: Column| {
        let at = columns.iter().position(|one| *one == Some(column));
        at.and_then(|at| row.cells.get(at)).map(String::as_str).unwrap_or_default()
    };
    let mut entry = Entry {
        title: cell(Column::Title).to_owned(),
        speakers: cell(Column::Speakers).to_owned(),
        talk: cell(Column::Talk).to_owned(),
        language: ssg_parse::check_tag(cell(Column::Language)).unwrap_or_default(),
        line: Some(row.line),
        ..Entry::default()
    };
    if entry.title.is_empty() {
        entry.title.clone_from(&entry.talk);
    }
    let (of_video, of_slides) = match (cell(Column::Url), is_slides) {
        ("", _) => (cell(Column::Video), cell(Column::Slides)),
        (url, true) => {
            (cell(Column::Video), if cell(Column::Slides).is_empty() { url } else { cell(Column::Slides) })
        }
        (url, false) => {
            (if cell(Column::Video).is_empty() { url } else { cell(Column::Video) }, cell(Column::Slides))
        }
    };
    for (written, place) in [(of_video, &mut entry.video), (of_slides, &mut entry.slides)] {
        match address(written) {
            Some(url) => *place = url,
            None if written.is_empty() => {}
            None => entry.failed = Some("its address is none of the web".to_owned()),
        }
    }
    if entry.title.is_empty() {
        entry.failed = Some("it has no title".to_owned());
    } else if entry.failed.is_none() && entry.video.is_empty() && entry.slides.is_empty() {
        entry.skipped = Some("it has no address");
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Vec<Entry> {
        let file = SourceFile { name: "x".to_owned(), bytes: text.as_bytes().to_vec() };
        read(&file, false).expect("a list").entries
    }

    #[test]
    fn lists_of_all_sorts() {
        let yt = r#"{"title": "Ops", "entries": [
            {"title": "Lamps", "url": "https://youtu.be/a", "channel": "Ops"},
            {"title": "[Private video]", "url": "https://youtu.be/b"},
            {"title": "Ropes", "id": "abcdefghijk", "ie_key": "Youtube", "url": "abcdefghijk"},
            {"title": "Nets"}, 7]}"#;
        let entries = read_text(yt);
        assert_eq!(entries.len(), 5);
        assert_eq!((entries[0].video.as_str(), entries[1].skipped.is_some()), ("https://youtu.be/a", true));
        assert_eq!(entries[2].video, "https://www.youtube.com/watch?v=abcdefghijk");
        assert!(entries[3].failed.is_some() && entries[4].failed.is_some());
        let tube = r#"{"total": 1, "data": [{"video": {"name": "Lamps", "url": "https://tube.example/w/a", "language": {"id": "de"}}}]}"#;
        assert_eq!(
            (read_text(tube)[0].language.as_str(), read_text(tube)[0].title.as_str()),
            ("de", "Lamps")
        );
        let lines = "{\"title\": \"A\", \"url\": \"https://a.example\"}\n{\"title\": \"B\", \"url\": \"https://b.example\"}\n";
        assert_eq!(read_text(lines).len(), 2);
        let csv = "Title;URL;Slides\nLamps;https://a.example;\nRopes;;https://s.example\n;x;\n";
        let entries = read_text(csv);
        assert_eq!(
            (entries[0].video.as_str(), entries[1].slides.as_str()),
            ("https://a.example", "https://s.example")
        );
        assert!(entries[2].failed.is_some());
        assert_eq!(read_text("Lamps,https://a.example\nRopes,https://b.example\n").len(), 2);
    }
}
