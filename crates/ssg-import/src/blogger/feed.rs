//! Reads the Atom of a backup: the one of *Settings, Back up content* and the one of Google Takeout.
//!
//! Both are Atom (RFC 4287) with what Blogger adds: a category that says what an entry is, or elements of its
//! own namespace. Addresses of people are not read.

use crate::export::xml::{Elements, attribute, walk};
use quick_xml::events::BytesStart;

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
    /// The entry that is being read.
    open: Option<Entry>,
}

impl Feed {
    /// Reads as far as it is XML; what is wrong comes along.
    pub fn read(bytes: &[u8]) -> (Self, Option<String>) {
        let mut feed = Self::default();
        let problem = walk(bytes, &mut feed);
        (feed, problem)
    }
}

impl Elements for Feed {
    fn starts(&mut self, name: &str, start: &BytesStart<'_>) {
        match (name, self.open.as_mut()) {
            ("entry", _) => self.open = Some(Entry::default()),
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

    fn ends(&mut self, name: &str, within: &[String], words: &mut String) {
        let parent = within.last().map(String::as_str).unwrap_or_default();
        if name == "entry" {
            self.entries.extend(self.open.take());
        } else if let Some(entry) = &mut self.open {
            entry.ends(parent, name, words);
        } else if name == "title" && parent == "feed" {
            words.trim().clone_into(&mut self.title);
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
