//! A talk of a conference: one JSON file.

use super::markup;
use super::withheld::Withheld;
use crate::front::Front;
use crate::keys::{Keys, text_of};
use crate::people::{People, people};
use crate::{FolderOptions, Guess};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ssg_parse::{Address, Media, Value, read_when};
use ssg_source::SitePath;
use std::collections::HashSet;

/// A talk as it was read.
pub(super) struct Talk {
    /// Its file's name, without the extension.
    pub name: String,
    pub title: String,
    pub id: Option<i64>,
    pub date: Option<Date>,
    speakers: Vec<String>,
    tags: Vec<String>,
    /// Markdown.
    summary: String,
    text: String,
    videos: Vec<String>,
    links: Vec<(String, String)>,
    alias: Option<String>,
    language: Option<String>,
    duration: Option<i64>,
    licence: Option<String>,
    thumbnail: Option<String>,
    quality: Option<String>,
    notes: Vec<Guess>,
}

/// Who speaks, and how many were left out because they object.
pub(super) struct Speakers {
    pub names: Vec<String>,
    pub withheld: usize,
    notes: Vec<String>,
}

impl Talk {
    pub fn read(file: &SitePath, keys: &Keys<'_>) -> Self {
        let mut notes = Vec::new();
        let mut note = |what: String| notes.push(Guess::new(0, what));
        let date = keys.text("recorded").and_then(|text| {
            let read = read_when(&text).ok().map(|when| when.day(&TimeZone::UTC));
            if read.is_none() {
                note(format!("`recorded` is no date: {text}"));
            }
            read
        });
        let (summary, mut text) = (markup_of(keys, "summary"), markup_of(keys, "description"));
        let summary = if text.is_empty() {
            text = summary;
            String::new()
        } else if summary == text {
            String::new()
        } else {
            summary
        };
        let mut videos = Vec::new();
        for video in keys.list("videos") {
            let video = Keys::new(&video.value);
            match video.text("url").filter(|url| is_address(url)) {
                Some(url) if !videos.contains(&url) => videos.push(url),
                Some(_) => {}
                None => note("a video has no address on the web".to_owned()),
            }
        }
        videos.sort_by_key(|url| rank(url));
        let mut links: Vec<(String, String)> = Vec::new();
        for node in keys.list("related_urls") {
            let (url, label) = match &node.value {
                Value::Table(_) => {
                    let link = Keys::new(&node.value);
                    (link.text("url"), link.text("label"))
                }
                other => (text_of(other), None),
            };
            let Some(url) = url.map(|url| url.replace(' ', "%20")) else { continue };
            if !is_address(&url) {
                note(format!("a related link is no address on the web: {url}"));
            } else if links.iter().all(|(known, _)| *known != url) {
                let label = label.filter(|label| !is_address(label)).unwrap_or_else(|| host(&url));
                links.push((url, label));
            }
        }
        keys.ignore(&["category", "slug", "length", "state", "source_url", "file"]);
        let title = keys.text("title");
        if title.is_none() {
            note("it has no title; its file's name stands for one".to_owned());
        }
        let language = keys.text("language");
        if let Some(code) = language.as_deref().filter(|code| tag(code).is_none()) {
            note(format!("the language `{code}` is not known"));
        }
        Self {
            name: file.stem().to_owned(),
            title: title.map_or_else(|| file.stem().replace('-', " "), |title| crate::people::clean(&title)),
            id: match keys.node("id").map(|node| &node.value) {
                Some(Value::Integer(id)) => Some(*id),
                _ => None,
            },
            date,
            speakers: keys.texts("speakers"),
            tags: keys.texts("tags"),
            summary,
            text,
            videos,
            links,
            alias: keys.text("alias"),
            language: language.as_deref().and_then(tag).map(str::to_owned),
            duration: keys.text("duration").and_then(|text| text.parse().ok()).filter(|seconds| *seconds > 0),
            licence: keys.text("copyright_text"),
            thumbnail: keys.text("thumbnail_url"),
            quality: keys.text("quality_notes"),
            notes,
        }
    }

    /// Who speaks, without those who object to being named.
    pub fn people(&self, withheld: &Withheld) -> Speakers {
        let People { mut names, notes } = people(self.speakers.iter().map(String::as_str));
        let all = names.len();
        names.retain(|name| !withheld.person(name));
        Speakers { withheld: all - names.len(), names, notes }
    }

    /// The talk's file, and what a person should look at.
    pub fn write(
        &self,
        people: Speakers,
        options: &FolderOptions,
        aliases: &mut HashSet<String>,
    ) -> (Vec<u8>, Vec<Guess>) {
        let mut notes = self.notes.clone();
        notes.extend(people.notes.into_iter().map(|note| Guess::new(0, note)));
        if people.withheld > 0 {
            let what = format!("{} of its speakers are left out (NO_PUBLISH.json)", people.withheld);
            notes.push(Guess::new(0, what));
        }
        let alias = self.alias.as_ref().map(|alias| format!("/{}/", alias.trim_matches('/')));
        let alias = alias.filter(|alias| {
            let taken = is_plain_path(alias) && aliases.insert(alias.to_lowercase());
            if !taken {
                notes.push(Guess::new(0, format!("the old address {alias} cannot lead here")));
            }
            taken
        });
        let is_tool = |tag: &&String| options.tools.iter().any(|tool| tool.eq_ignore_ascii_case(tag));
        let (tools, categories): (Vec<&String>, Vec<&String>) = self.tags.iter().partition(is_tool);
        let slides = self.links.iter().find(|(url, label)| is_slides(url, label));
        let mut front = Front::default();
        front.text("title", &self.title);
        front.raw("date", &self.date.map_or_else(String::new, |date| date.to_string()));
        front.texts("speakers", &people.names).texts("categories", &categories).texts("tools", &tools);
        front.text("excerpt", &self.summary);
        front.text("video", self.videos.first().map_or("", String::as_str));
        front.text("slides", slides.map_or("", |(url, _)| url));
        front.texts("aliases", alias.as_slice());
        front.table_of("talk", |talk| {
            talk.text("language", self.language.as_deref().unwrap_or(""));
        });
        front.table_of("extra", |extra| {
            extra.raw("duration", &self.duration.map_or_else(String::new, |seconds| seconds.to_string()));
            extra.text("licence", self.licence.as_deref().unwrap_or(""));
            extra.text("thumbnail", self.thumbnail.as_deref().unwrap_or(""));
            extra.text("quality_notes", self.quality.as_deref().unwrap_or(""));
        });
        front.table("extra.import").text("source", "pyvideo");
        front.raw("id", &self.id.map_or_else(String::new, |id| id.to_string()));
        let mut body = self.text.clone();
        let more = self.videos.iter().skip(1).map(|url| (url.clone(), format!("Video at {}", host(url))));
        let links = self.links.iter().filter(|link| Some(*link) != slides).cloned();
        let list: Vec<String> =
            more.chain(links).map(|(url, label)| format!("- {}\n", markup::link(&label, &url))).collect();
        if !list.is_empty() {
            body.push_str("\n\n");
            body.push_str(&list.concat());
        }
        (front.page(&body), notes)
    }
}

/// A text as Markdown; some say `None`.
fn markup_of(keys: &Keys<'_>, key: &str) -> String {
    let text = keys.text(key).unwrap_or_default();
    if text.trim().eq_ignore_ascii_case("none") { String::new() } else { markup::to_markdown(&text) }
}

fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty())
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
}

fn media(url: &str) -> Option<Media> {
    Media::recognise(&Address::new(url).ok()?)
}

/// Videos that can be shown in the page come first; the order among equals is the source's.
fn rank(url: &str) -> u8 {
    match media(url).map(|media| media.provider) {
        Some("youtube" | "vimeo" | "peertube" | "ccc") => 0,
        Some("archive") => 1,
        _ => 2,
    }
}

fn host(url: &str) -> String {
    media(url).map_or_else(|| url.to_owned(), |media| media.name)
}

fn is_slides(url: &str, label: &str) -> bool {
    let provider = media(url).map_or("", |media| media.provider);
    let label = label.to_lowercase();
    ["speakerdeck", "slideshare", "notist", "slides"].contains(&provider)
        || (provider == "google-slides" && url.contains("/presentation/d/"))
        || ["slides", "diapositives", "folien", "слайды", "презентация"]
            .iter()
            .any(|word| label.contains(word))
}

/// Whether an old address is a plain path of this site, that no other output can stand in the way of.
fn is_plain_path(path: &str) -> bool {
    path.len() < 200
        && path.len() > 2
        && path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte))
        && !path.split('/').any(|part| part.starts_with('.'))
        && !path.trim_matches('/').contains("//")
}

/// The BCP 47 tag of a code of three letters.
fn tag(code: &str) -> Option<&'static str> {
    const TAGS: &[(&str, &str)] = &[
        ("ara", "ar"),
        ("ces", "cs"),
        ("cze", "cs"),
        ("dan", "da"),
        ("deu", "de"),
        ("ger", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("est", "et"),
        ("fas", "fa"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("fre", "fr"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hun", "hu"),
        ("ind", "id"),
        ("ita", "it"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("lit", "lt"),
        ("nld", "nl"),
        ("dut", "nl"),
        ("nor", "no"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("spa", "es"),
        ("swe", "sv"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("vie", "vi"),
        ("zho", "zh"),
        ("chi", "zh"),
    ];
    let code = code.to_lowercase();
    TAGS.iter().find(|(long, short)| *long == code || *short == code).map(|(_, short)| *short)
}
