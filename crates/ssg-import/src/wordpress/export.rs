//! Reads the XML of an export. What names or reaches people who only commented is not even read.

use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// One item of an export.
#[derive(Default)]
pub(super) struct Item {
    fields: BTreeMap<String, String>,
    /// Names of categories and tags.
    pub terms: Vec<String>,
    pub comments: usize,
}

impl Item {
    /// The text of an element; empty where there is none.
    pub fn text(&self, name: &str) -> String {
        self.fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default()
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
}

impl Export {
    /// Reads as far as it is XML; what is wrong comes along.
    pub fn read(bytes: &[u8]) -> (Self, Option<String>) {
        let text = String::from_utf8_lossy(bytes);
        let mut reader = Reader::from_str(&text);
        reader.config_mut().check_end_names = false;
        let mut export = Self::default();
        let mut path: Vec<String> = Vec::new();
        let mut item: Option<Item> = None;
        let mut writer = (String::new(), String::new());
        let mut domain = String::new();
        let mut words = String::new();
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
                    let in_comment =
                        path.iter().any(|one| matches!(one.as_str(), "wp:comment" | "wp:postmeta"));
                    match (name.as_str(), item.as_mut()) {
                        ("item", _) => export.items.extend(item.take()),
                        ("wp:comment", Some(item)) => item.comments += 1,
                        ("category", Some(item))
                            if matches!(domain.as_str(), "category" | "post_tag" | "tag") =>
                        {
                            let term = entities(words.trim());
                            if term != "Uncategorized" && !term.is_empty() {
                                item.terms.push(term);
                            }
                        }
                        (name, Some(item)) if !in_comment => {
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

/// A text with characters for the entities that are usual.
pub(super) fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        let here = rest.get(at..).unwrap_or_default();
        let end = here.find(';').filter(|end| *end < 10);
        let known = end.and_then(|end| Some((end, character(here.get(1..end)?)?)));
        match known {
            Some((end, c)) => {
                out.push(c);
                rest = here.get(end + 1..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = here.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => char::from_u32(number?)?,
    };
    (!c.is_control() || c.is_whitespace()).then_some(c)
}
