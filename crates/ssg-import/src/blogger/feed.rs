//! Reads the Atom of a backup: the one of *Settings, Back up content* and the one of Google Takeout.
//!
//! Both are Atom (RFC 4287) with what Blogger adds: a category that says what an entry is, or elements of its
//! own namespace. Addresses of people are not read.

use crate::export::encoding::text_of;
use crate::export::entities::entities;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Deeper than this no backup is nested.
const DEEPEST: usize = 64;

/// What an entry is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    Post,
    Page,
    Comment,
    /// A setting, a template and the like.
    #[default]
    Other,
}

/// One entry.
#[derive(Default)]
pub(super) struct Entry {
    pub kind: Kind,
    pub id: String,
    pub title: String,
    pub published: String,
    /// HTML.
    pub content: String,
    /// Where it was online; nothing for a draft.
    pub address: String,
    pub labels: Vec<String>,
    pub author: String,
    pub is_draft: bool,
    pub is_trashed: bool,
    /// It has another status than one that everybody saw.
    pub is_held_back: bool,
    /// The id of the post that a comment belongs to.
    pub parent: String,
}

/// A backup.
#[derive(Default)]
pub(super) struct Feed {
    pub title: String,
    /// Where the blog was online.
    pub link: String,
    pub entries: Vec<Entry>,
}

impl Feed {
    /// Reads as far as it is XML; what is wrong comes along.
    pub fn read(bytes: &[u8]) -> (Self, Option<String>) {
        let text = match text_of(bytes) {
            Ok(text) => text,
            Err(why) => return (Self::default(), Some(why)),
        };
        let mut reader = Reader::from_str(&text);
        reader.config_mut().check_end_names = false;
        let mut feed = Self::default();
        let mut entry: Option<Entry> = None;
        let mut path: Vec<String> = Vec::new();
        let mut words = String::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(start)) => {
                    words.clear();
                    let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                    feed.starts(&name, &start, &mut entry);
                    path.push(name);
                    if path.len() > DEEPEST {
                        return (feed, Some("it is nested too deep".to_owned()));
                    }
                }
                Ok(Event::Empty(start)) => {
                    let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                    feed.starts(&name, &start, &mut entry);
                }
                Ok(Event::Text(text)) => words.push_str(&String::from_utf8_lossy(&text)),
                Ok(Event::CData(text)) => words.push_str(&String::from_utf8_lossy(&text)),
                Ok(Event::GeneralRef(name)) => {
                    words.push_str(&entities(&format!("&{};", String::from_utf8_lossy(&name))));
                }
                Ok(Event::End(_)) => {
                    let name = path.pop().unwrap_or_default();
                    let parent = path.last().map(String::as_str).unwrap_or_default();
                    if name == "entry" {
                        feed.entries.extend(entry.take());
                    } else if let Some(entry) = &mut entry {
                        entry.ends(parent, &name, &mut words);
                    } else if name == "title" && parent == "feed" {
                        words.trim().clone_into(&mut feed.title);
                    }
                    words.clear();
                }
                Ok(Event::Eof) => {
                    let problem = (!path.is_empty()).then(|| "it ends within an element".to_owned());
                    return (feed, problem);
                }
                Ok(_) => {}
                Err(error) => return (feed, Some(error.to_string())),
            }
        }
    }

    /// What the attributes of an element say.
    fn starts(&mut self, name: &str, start: &BytesStart<'_>, entry: &mut Option<Entry>) {
        match (name, entry.as_mut()) {
            ("entry", _) => *entry = Some(Entry::default()),
            ("category", Some(entry)) => {
                let (scheme, term) = (attribute(start, "scheme"), attribute(start, "term"));
                match term.rsplit_once("/kind#") {
                    Some((_, kind)) if scheme.ends_with("#kind") => entry.kind = kind_of(kind),
                    _ if !term.trim().is_empty() => entry.labels.push(term.trim().to_owned()),
                    _ => {}
                }
            }
            ("link", entry) if attribute(start, "rel") == "alternate" => {
                let address = attribute(start, "href");
                match entry {
                    Some(entry) => entry.address = address,
                    None => self.link = address,
                }
            }
            ("thr:in-reply-to", Some(entry)) => entry.parent = attribute(start, "ref"),
            _ => {}
        }
    }
}

impl Entry {
    /// Whether everybody could read it.
    pub fn is_live(&self) -> bool {
        !self.is_draft && !self.is_trashed && !self.is_held_back
    }

    /// What the text of an element says.
    fn ends(&mut self, parent: &str, name: &str, words: &mut String) {
        let place = match (parent, name) {
            ("entry", "content") => {
                self.content = std::mem::take(words);
                return;
            }
            ("entry", "id") => &mut self.id,
            ("entry", "title") => &mut self.title,
            ("entry", "published") => &mut self.published,
            ("author", "name") => &mut self.author,
            ("entry", "blogger:parent") => &mut self.parent,
            ("entry", "blogger:filename") => &mut self.address,
            ("entry", "blogger:type") => {
                self.kind = kind_of(&words.trim().to_ascii_lowercase());
                return;
            }
            ("entry", "blogger:status") => {
                self.is_draft |= self.kind != Kind::Comment && words.trim() != "LIVE";
                self.is_held_back |= words.trim() != "LIVE";
                self.is_trashed |= words.contains("TRASH") || words.contains("DELETED");
                return;
            }
            (_, "app:draft") => {
                self.is_draft |= words.trim() == "yes";
                return;
            }
            _ => return,
        };
        words.trim().clone_into(place);
    }
}

fn kind_of(word: &str) -> Kind {
    match word {
        "post" => Kind::Post,
        "page" => Kind::Page,
        "comment" => Kind::Comment,
        _ => Kind::Other,
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> String {
    let value = start.attributes().flatten().find(|one| one.key.as_ref() == name.as_bytes());
    value.map(|one| entities(&String::from_utf8_lossy(&one.value))).unwrap_or_default()
}
