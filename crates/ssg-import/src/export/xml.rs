//! One walk through the XML of an export, element by element.

use super::encoding::decoded;
use super::entities::entities;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Deeper than this no export is nested.
const DEEPEST: usize = 64;

/// What is made of an export while it is read.
pub(crate) trait Elements {
    /// An element begins.
    fn starts(&mut self, name: &str, start: &BytesStart<'_>);
    /// An element ends: its name, those that it stands in, and the text since the last tag, which may be taken.
    fn ends(&mut self, name: &str, within: &[String], words: &mut String);
}

/// Reads as far as it is XML; gives what is wrong with the rest.
pub(crate) fn walk(bytes: &[u8], elements: &mut impl Elements) -> Option<String> {
    let text = match decoded(bytes) {
        Ok(text) => text,
        Err(why) => return Some(why),
    };
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut within: Vec<String> = Vec::new();
    let mut words = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                elements.starts(&name, &start);
                words.clear();
                within.push(name);
                if within.len() > DEEPEST {
                    return Some("it is nested too deep".to_owned());
                }
            }
            Ok(Event::Empty(start)) => {
                let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                elements.starts(&name, &start);
                elements.ends(&name, &within, &mut String::new());
            }
            Ok(Event::Text(text)) => words.push_str(&String::from_utf8_lossy(&text)),
            Ok(Event::CData(text)) => words.push_str(&String::from_utf8_lossy(&text)),
            Ok(Event::GeneralRef(name)) => {
                words.push_str(&entities(&format!("&{};", String::from_utf8_lossy(&name))));
            }
            Ok(Event::End(_)) => {
                let name = within.pop().unwrap_or_default();
                elements.ends(&name, &within, &mut words);
                words.clear();
            }
            Ok(Event::Eof) => return (!within.is_empty()).then(|| "it ends within an element".to_owned()),
            Ok(_) => {}
            Err(error) => return Some(error.to_string()),
        }
    }
}

/// The value of an attribute; empty where there is none.
pub(crate) fn attribute(start: &BytesStart<'_>, name: &str) -> String {
    let value = start.attributes().flatten().find(|one| one.key.as_ref() == name.as_bytes());
    value.map(|one| entities(&String::from_utf8_lossy(&one.value))).unwrap_or_default()
}
