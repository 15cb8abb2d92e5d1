//! Reads the XML of an export. Addresses of people who only commented are not even read.

use crate::export::encoding::text_of;
use crate::export::entities::entities;
use crate::export::html::{attribute, plain};
use quick_xml::Reader;
use quick_xml::events::Event;
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
            let end = address.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase())?;
            let is_picture = matches!(end.as_str(), "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "svg");
            is_picture.then_some((address, words))
        });
        shown.collect()
    }

    /// Reads as far as it is XML; what is wrong comes along.
    pub fn read(bytes: &[u8]) -> (Self, Option<String>) {
        let text = match text_of(bytes) {
            Ok(text) => text,
            Err(why) => return (Self::default(), Some(why)),
        };
        let mut reader = Reader::from_str(&text);
        reader.config_mut().check_end_names = false;
        let mut export = Self::default();
        let mut path: Vec<String> = Vec::new();
        let mut item: Option<Item> = None;
        let mut writer = (String::new(), String::new());
        let mut domain = String::new();
        let mut words = String::new();
        let mut comment = Comment::default();
        let mut key = String::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(start)) => {
                    let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                    if name == "item" {
                        item = Some(Item::default());
                    } else if name == "category" {
                        domain = start
                            .attributes()
                            .flatten()
                            .find(|one| one.key.as_ref() == b"domain")
                            .map(|one| String::from_utf8_lossy(&one.value).into_owned())
                            .unwrap_or_default();
                    }
                    words.clear();
                    path.push(name);
                    if path.len() > 64 {
                        return (export, Some("it is nested too deep".to_owned()));
                    }
                }
                Ok(Event::Text(text)) => words.push_str(&String::from_utf8_lossy(&text)),
                Ok(Event::CData(text)) => words.push_str(&String::from_utf8_lossy(&text)),
                Ok(Event::GeneralRef(name)) => {
                    words.push_str(&entities(&format!("&{};", String::from_utf8_lossy(&name))));
                }
                Ok(Event::End(_)) => {
                    let name = path.pop().unwrap_or_default();
                    let parent = path.last().map(String::as_str);
                    match (name.as_str(), item.as_mut()) {
                        ("item", _) => {
                            if let Some(item) = item.take() {
                                export.take(item);
                            }
                        }
                        ("wp:comment", Some(item)) => item.comments.push(std::mem::take(&mut comment)),
                        (name, Some(_)) if parent == Some("wp:comment") => comment.set(name, &words),
                        ("wp:meta_key", Some(_)) => words.trim().clone_into(&mut key),
                        ("wp:meta_value", Some(item)) => item.meta(&key, &words),
                        ("category", Some(item))
                            if matches!(domain.as_str(), "category" | "post_tag" | "tag") =>
                        {
                            let term = entities(words.trim());
                            if term != "Uncategorized" && !term.is_empty() {
                                item.terms.push(term);
                            }
                        }
                        (name, Some(item)) if parent == Some("item") => {
                            item.fields.entry(name.to_owned()).or_insert_with(|| std::mem::take(&mut words));
                        }
                        ("wp:author_login", None) => words.trim().clone_into(&mut writer.0),
                        ("wp:author_display_name", None) => words.trim().clone_into(&mut writer.1),
                        ("wp:author", None) => {
                            let (login, shown) = std::mem::take(&mut writer);
                            let shown = if shown.is_empty() { login.clone() } else { shown };
                            export.writers.insert(login, shown);
                        }
                        (name, None) if path.last().is_some_and(|one| one == "channel") => {
                            let place = match name {
                                "title" => &mut export.title,
                                "link" => &mut export.link,
                                "description" => &mut export.description,
                                "language" => &mut export.language,
                                _ => continue,
                            };
                            words.trim().clone_into(place);
                        }
                        _ => {}
                    }
                    words.clear();
                }
                Ok(Event::Eof) => {
                    let problem = (!path.is_empty()).then(|| "it ends within an element".to_owned());
                    return (export, problem);
                }
                Ok(_) => {}
                Err(error) => return (export, Some(error.to_string())),
            }
        }
    }
}
