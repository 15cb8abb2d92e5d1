//! What the fields of a source in JSON say: texts in one language or in several, addresses, links.

use super::model::Link;
use crate::Report;
use crate::loose_json::{fields, is_empty, list, text};
use crate::web::address;
use serde_json::Value;

/// Reads the fields of one source.
pub(super) struct Said {
    /// The language of the site, of which a text is taken where there are several.
    lang: String,
    /// The address that relative ones begin with, without a slash at its end.
    origin: String,
}

impl Said {
    pub fn new(lang: Option<&str>, base_url: Option<&str>) -> Self {
        let origin = base_url.and_then(|url| {
            let (scheme, rest) = url.split_once("://")?;
            Some(format!("{scheme}://{}", rest.split('/').next()?))
        });
        Self { lang: lang.unwrap_or("en").to_lowercase(), origin: origin.unwrap_or_default() }
    }

    /// The text of a value: of one in several languages (`{"en": "Hall", "de": "Saal"}`) that of the site's, of an
    /// object its name. Empty for what says nothing.
    pub fn text(&self, value: Option<&Value>) -> String {
        self.text_within(value, 3)
    }

    fn text_within(&self, value: Option<&Value>, depth: usize) -> String {
        let Some(Value::Object(texts)) = value else { return text(value).unwrap_or_default() };
        let Some(depth) = depth.checked_sub(1) else { return String::new() };
        let of = |wanted: &str| {
            texts
                .iter()
                .find(|(tag, value)| tag.to_lowercase().replace('_', "-") == wanted && !is_empty(value))
        };
        let base = self.lang.split('-').next().unwrap_or("en");
        let first = [self.lang.as_str(), base, "en", "name", "title"].into_iter().find_map(of);
        // Of a language that nobody asked for any will do.
        let is_tag = |tag: &str| {
            (2..=11).contains(&tag.len()) && tag.len() != 4 && ssg_parse::check_tag(tag).is_some()
        };
        let any =
            || texts.iter().find(|(tag, value)| is_tag(tag) && *tag != "id" && text(Some(value)).is_some());
        self.text_within(first.or_else(any).map(|(_, value)| value), depth)
    }

    /// The text of the first of these keys that says something.
    pub fn first(&self, value: &Value, keys: &[&str]) -> String {
        keys.iter().map(|key| self.text(value.get(key))).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// An address on the web, a relative one of the source's own host; empty for what is none.
    pub fn address(&self, value: Option<&Value>) -> String {
        let Some(written) = text(value) else { return String::new() };
        let full = match written.strip_prefix("//") {
            Some(rest) => format!("https://{rest}"),
            None if written.starts_with('/') && !self.origin.is_empty() => {
                format!("{}{written}", self.origin)
            }
            None => written,
        };
        address(&full).unwrap_or_default()
    }

    /// Answers to questions, with the questions.
    pub fn answers(&self, value: Option<&Value>) -> Vec<(String, String)> {
        let answers = list(value).iter().filter_map(|one| {
            let question = self.text(one.get("question"));
            let answer = text(one.get("answer"))?;
            (!question.is_empty()).then_some((question, answer))
        });
        answers.collect()
    }

    /// Links of a list of `{ url, title }`, or of addresses; with what sort of thing each leads to.
    pub fn links(&self, value: Option<&Value>) -> Vec<(Link, String)> {
        let mut links = Vec::new();
        for one in list(value) {
            let (url, title, kind) = match one {
                Value::Object(_) => {
                    let url = ["url", "link", "href", "resource"].iter().find_map(|key| {
                        let url = self.address(one.get(key));
                        (!url.is_empty()).then_some(url)
                    });
                    let title = self.first(one, &["title", "name", "description", "label"]);
                    (url.unwrap_or_default(), title, self.first(one, &["type", "kind", "linkType"]))
                }
                one => (self.address(Some(one)), String::new(), String::new()),
            };
            if !url.is_empty() && links.iter().all(|(known, _): &(Link, String)| known.url != url) {
                links.push((Link { url, title }, kind));
            }
        }
        links
    }
}

/// Puts fields that say something, and that nobody asked for, into the report.
pub(super) fn rest(value: &Value, known: &[&str], scope: &str, at: &str, report: &mut Report) {
    for (key, value) in fields(value) {
        if !known.contains(&key.as_str()) && !is_empty(value) {
            report.unplaced(&format!("{scope}{key}"), at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_in_several_languages() {
        let said = Said::new(Some("de-AT"), Some("https://pretalx.example/ops/schedule/"));
        for (value, text) in [
            (json!("x"), "x"),
            (json!(7), "7"),
            (json!({"en": "Hall", "de": "Saal"}), "Saal"),
            (json!({"en": "Hall", "de": ""}), "Hall"),
            (json!({"fr": "Salle", "id": 3}), "Salle"),
            (json!({"id": 3, "name": {"en": "Hall"}}), "Hall"),
            (json!({"id": 3}), ""),
            (json!(null), ""),
            (json!([1]), ""),
        ] {
            assert_eq!(said.text(Some(&value)), text, "{value}");
        }
        assert_eq!(said.address(Some(&json!("/media/a.pdf"))), "https://pretalx.example/media/a.pdf");
    }
}
