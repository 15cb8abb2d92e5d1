//! Reads the XML of an export. Addresses of people who only commented are not even read.

use crate::export::entities::entities;
use crate::export::html::{attribute, plain};
use crate::export::is_picture;
use crate::export::xml::{self, Elements, walk};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// One item of an export.
#[derive(Default)]
pub(super) struct Item {
    fields: BTreeMap<String, String>,
    /// Names of categories and tags.
    pub terms: Vec<String>,
    pub comments: Vec<Comment>,
    /// The number of the picture that stands for the post, or nothing.
    pub thumbnail: String,
    /// What a picture is, in words.
    pub alt: String,
}

/// A comment as it was written.
#[derive(Default)]
pub(super) struct Comment {
    pub author: String,
    pub date: String,
    pub html: String,
    /// Whether it was published.
    pub is_approved: bool,
    /// Whether another site told of itself.
    pub is_ping: bool,
}

impl Comment {
    fn set(&mut self, name: &str, words: &str) {
        match name {
            "wp:comment_author" => words.trim().clone_into(&mut self.author),
            "wp:comment_date" => words.trim().clone_into(&mut self.date),
            "wp:comment_content" => words.clone_into(&mut self.html),
            "wp:comment_approved" => self.is_approved = words.trim() == "1",
            "wp:comment_type" => self.is_ping = matches!(words.trim(), "pingback" | "trackback"),
            _ => {}
        }
    }
}

impl Item {
    /// A value that a plug-in or the editor keeps with it.
    fn meta(&mut self, key: &str, value: &str) {
        match key {
            "_thumbnail_id" => value.trim().clone_into(&mut self.thumbnail),
            "_wp_attachment_image_alt" => value.trim().clone_into(&mut self.alt),
            _ => {}
        }
    }

    /// The text of an element; empty where there is none.
    pub fn text(&self, name: &str) -> String {
        self.raw(name).to_owned()
    }

    /// The same, borrowed.
    pub fn raw(&self, name: &str) -> &str {
        self.fields.get(name).map(|text| text.trim()).unwrap_or_default()
    }
}

/// An export.
#[derive(Default)]
pub(super) struct Export {
    pub title: String,
    pub link: String,
    pub description: String,
    pub language: String,
    /// Names of writers by what they log in as.
    pub writers: BTreeMap<String, String>,
    pub items: Vec<Item>,
    /// Places of what is no attachment among the items, by their numbers.
    posts: BTreeMap<String, usize>,
    /// Places of the attachments among the items, by their numbers and by the posts that they belong to.
    attachments: BTreeMap<String, usize>,
    of_posts: BTreeMap<String, Vec<usize>>,
}

impl Export {
    fn take(&mut self, item: Item) {
        if item.raw("wp:post_type") == "attachment" {
            let at = self.items.len();
            self.attachments.entry(item.text("wp:post_id")).or_insert(at);
            self.of_posts.entry(item.text("wp:post_parent")).or_default().push(at);
        } else {
            self.posts.entry(item.text("wp:post_id")).or_insert(self.items.len());
        }
        self.items.push(item);
    }

    /// Whether an attachment belongs to nothing that is private, a draft or behind a password.
    pub fn is_of_public(&self, item: &Item) -> bool {
        let parent = self.posts.get(item.raw("wp:post_parent")).and_then(|at| self.items.get(*at));
        parent
            .is_none_or(|post| post.raw("wp:status") == "publish" && post.raw("wp:post_password").is_empty())
    }

    /// The attachment of a number.
    pub fn attachment(&self, number: &str) -> Option<&Item> {
        self.attachments.get(number).and_then(|at| self.items.get(*at))
    }

    /// The pictures that `[gallery ARGUMENTS]` in a post shows: address and text of each.
    pub fn gallery(&self, arguments: &str, post: &str) -> Vec<(String, String)> {
        let given =
            ["ids", "include"].iter().map(|name| attribute(arguments, name)).find(|ids| !ids.is_empty());
        let mut pictures: Vec<&Item> = match &given {
            Some(ids) => ids.split([',', ' ']).filter_map(|id| self.attachment(id.trim())).collect(),
            None => {
                self.of_posts.get(post).into_iter().flatten().filter_map(|at| self.items.get(*at)).collect()
            }
        };
        if given.is_none() {
            pictures.sort_by_key(|item| item.raw("wp:menu_order").parse::<i64>().unwrap_or_default());
        }
        let shown = pictures.into_iter().filter_map(|item| {
            let address = item.text("wp:attachment_url");
            let caption = plain(item.raw("excerpt:encoded"));
            let words = [item.alt.clone(), caption, plain(item.raw("title"))];
            let words = words.into_iter().find(|words| !words.is_empty()).unwrap_or_default();
            is_picture(&address).then_some((address, words))
        });
        shown.collect()
    }

    /// Reads as far as it is XML; what is wrong comes along.
    pub fn read(bytes: &[u8]) -> (Self, Option<String>) {
        let mut reading = Reading::default();
        let problem = walk(bytes, &mut reading);
        (reading.export, problem)
    }
}

/// An export that is being read.
#[derive(Default)]
struct Reading {
    export: Export,
    item: Option<Item>,
    comment: Comment,
    /// What a writer logs in as, and is called.
    writer: (String, String),
    /// What the category at hand belongs to.
    domain: String,
    /// The key of the value that comes next.
    key: String,
}

impl Elements for Reading {
    fn starts(&mut self, name: &str, start: &BytesStart<'_>) {
        match name {
            "item" => self.item = Some(Item::default()),
            "category" => self.domain = xml::attribute(start, "domain"),
            _ => {}
        }
    }

    fn ends(&mut self, name: &str, within: &[String], words: &mut String) {
        let parent = within.last().map(String::as_str).unwrap_or_default();
        let Some(item) = &mut self.item else { return self.outside(name, parent, words) };
        match name {
            "item" => {
                if let Some(item) = self.item.take() {
                    self.export.take(item);
                }
            }
            "wp:comment" => item.comments.push(std::mem::take(&mut self.comment)),
            _ if parent == "wp:comment" => self.comment.set(name, words),
            "wp:meta_key" => words.trim().clone_into(&mut self.key),
            "wp:meta_value" => item.meta(&self.key, words),
            "category" if matches!(self.domain.as_str(), "category" | "post_tag" | "tag") => {
                let term = entities(words.trim());
                if term != "Uncategorized" && !term.is_empty() {
                    item.terms.push(term);
                }
            }
            _ if parent == "item" => {
                item.fields.entry(name.to_owned()).or_insert_with(|| std::mem::take(words));
            }
            _ => {}
        }
    }
}

impl Reading {
    /// An element that belongs to no item ends.
    fn outside(&mut self, name: &str, parent: &str, words: &str) {
        let place = match name {
            "wp:author_login" => &mut self.writer.0,
            "wp:author_display_name" => &mut self.writer.1,
            "wp:author" => {
                let (login, shown) = std::mem::take(&mut self.writer);
                let shown = if shown.is_empty() { login.clone() } else { shown };
                self.export.writers.insert(login, shown);
                return;
            }
            _ if parent != "channel" => return,
            "title" => &mut self.export.title,
            "link" => &mut self.export.link,
            "description" => &mut self.export.description,
            "language" => &mut self.export.language,
            _ => return,
        };
        words.trim().clone_into(place);
    }
}
