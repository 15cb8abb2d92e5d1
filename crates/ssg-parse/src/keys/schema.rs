//! JSON Schemas of the files that people write, for editors' servers of TOML and YAML.
//!
//! A schema says what a reader accepts, no less: texts may be numbers, a list may be one text, and spellings of other
//! generators are properties too. Names are compared with their case here, and without it by the readers.

use super::{Key, Keys, KeysOf, Kind};
use serde_json::{Map, Value, json};

/// A schema, as it is printed and published.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// The word by which it is asked for.
    pub name: &'static str,
    /// Its file in the book, in `docs/src/schemas/`.
    pub file: &'static str,
    title: &'static str,
    keys: KeysOf,
    /// Keys that a file must have.
    required: &'static [&'static str],
}

/// All schemas.
pub const SCHEMAS: &[Schema] = &[
    Schema {
        name: "config",
        file: "ssg.schema.json",
        title: "ssg.toml",
        keys: KeysOf::Config,
        required: &["title", "base_url"],
    },
    Schema {
        name: "theme",
        file: "theme.schema.json",
        title: "theme.toml",
        keys: KeysOf::Theme,
        required: &[],
    },
    Schema {
        name: "page",
        file: "page.schema.json",
        title: "Header of a content file: posts, pages, events, talks and terms",
        keys: KeysOf::Header,
        required: &[],
    },
];

impl Schema {
    /// The schema as text, which ends in a line break.
    #[must_use]
    pub fn text(&self) -> String {
        // A header may have a key for each taxonomy of the site.
        let is_open = self.keys == KeysOf::Header;
        let mut schema = Map::new();
        schema.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
        schema.insert("title".into(), self.title.into());
        let Value::Object(table) = self.object(self.keys.top(), is_open) else { return String::new() };
        schema.extend(table);
        if !self.required.is_empty() {
            schema.insert("required".into(), self.required.into());
        }
        format!("{:#}\n", Value::Object(schema))
    }

    fn object(&self, keys: Keys, is_open: bool) -> Value {
        let mut properties = Map::new();
        for key in keys.iter().copied().flatten() {
            for name in key.names {
                self.enter(&mut properties, name, key);
            }
        }
        // Spellings of others come last, and do not hide a key of that name.
        for key in keys.iter().copied().flatten() {
            for name in key.also {
                if !properties.contains_key(*name) {
                    let mut property = self.property(key);
                    property["deprecated"] = true.into();
                    properties.insert((*name).to_owned(), property);
                }
            }
        }
        json!({ "type": "object", "properties": properties, "additionalProperties": is_open })
    }

    /// Enters a key; one with a dot stands in a table of its own.
    fn enter(&self, properties: &mut Map<String, Value>, name: &str, key: &Key) {
        match name.split_once('.') {
            None => {
                properties.insert(name.to_owned(), self.property(key));
            }
            Some((table, inner)) => {
                let table = properties.entry(table).or_insert_with(
                    || json!({ "type": "object", "properties": {}, "additionalProperties": false }),
                );
                table["properties"][inner] = self.property(key);
            }
        }
    }

    fn property(&self, key: &Key) -> Value {
        let mut property = self.of(key.kind);
        let mut told = key.plain_meaning();
        if !key.default.is_empty() && key.default != "required" {
            told = format!("{told}. Without it: {}", super::without_links(key.default));
        }
        property["description"] = told.into();
        property
    }

    /// What a value may be. In headers a key without a value counts as absent.
    fn of(&self, kind: Kind) -> Value {
        let none: &[&str] = if self.keys == KeysOf::Header { &["null"] } else { &[] };
        let typed = |types: &[&str]| {
            let all = [types, none].concat();
            if all.len() == 1 { json!({ "type": all[0] }) } else { json!({ "type": all }) }
        };
        let text: &[&str] = &["string", "number", "boolean"];
        let either = |schemas: Vec<Value>| {
            let all: Vec<Value> =
                schemas.into_iter().chain(none.iter().map(|none| json!({ "type": none }))).collect();
            json!({ "anyOf": all })
        };
        let list =
            |items: Value| either(vec![json!({ "type": text }), json!({ "type": "array", "items": items })]);
        let word = |words: &[&str]| json!({ "enum": words });
        let link = json!({ "type": ["string", "object"] });
        match kind {
            Kind::Text => typed(text),
            Kind::Address => typed(&["string"]),
            Kind::AddressOrTrue => typed(&["string", "boolean"]),
            Kind::Texts | Kind::TextOrTexts => list(json!({ "type": text })),
            Kind::Terms | Kind::People => {
                let one = json!({ "type": ["string", "number", "boolean", "object"] });
                either(vec![one.clone(), json!({ "type": "array", "items": one })])
            }
            Kind::Flag => {
                either(vec![json!({ "type": "boolean" }), word(&["true", "false", "yes", "no", "on", "off"])])
            }
            Kind::Number => typed(&["number"]),
            Kind::Numbers => json!({ "type": "array", "items": { "type": "number" } }),
            Kind::Date => typed(&["string", "integer"]),
            Kind::Image => typed(&["string", "object", "array"]),
            Kind::Audio => typed(&["string", "object"]),
            Kind::Media => either(vec![link.clone(), json!({ "type": "array", "items": link })]),
            Kind::Choice(words) => either(vec![word(words)]),
            Kind::ChoiceOrFlag(words) => either(vec![word(words), json!({ "type": "boolean" })]),
            Kind::Choices(words) => {
                either(vec![word(words), json!({ "type": "array", "items": word(words) })])
            }
            Kind::Usual(words) => either(vec![word(words), json!({ "type": "string" })]),
            Kind::Table(keys) => either(vec![self.object(keys, false)]),
            Kind::Tables(keys) => {
                // Organizers may have handles and the like.
                let is_open = keys.iter().any(|keys| keys.iter().any(|key| key.names == ["organization"]));
                let table = self.object(keys, is_open);
                either(vec![json!({ "type": "array", "items": table.clone() }), table])
            }
            Kind::Map(keys) => {
                either(vec![json!({ "type": "object", "additionalProperties": self.object(keys, false) })])
            }
            Kind::TextOrTable(keys) => either(vec![json!({ "type": "string" }), self.object(keys, false)]),
            Kind::TextsByName => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
            Kind::AnyTable => typed(&["object"]),
            Kind::Any => json!({}),
        }
    }
}
