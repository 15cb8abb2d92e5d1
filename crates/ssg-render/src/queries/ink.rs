//! `ink`: the ink of an event, of a series, or of a name.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::get_event::event_of;
use super::inks::{Inks, ink_of};
use crate::drawings::ink::of_name;
use crate::entry::{Entry, entry};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use tera::{TeraResult, Value};

/// Whose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Ink {
    Event(String),
    Series(String),
    Name(String),
}

impl Function for Ink {
    const NAME: &'static str = "ink";
    const ARGUMENTS: &'static [&'static str] = &["event", "series", "name"];
    const HAS_LANG: bool = false;
    const ROWS: &'static [Entry] = &[entry(
        &["ink(event=…)", "ink(series=…)", "ink(name=…)"],
        "string or null",
        "one of eight words for colours, `teal vermilion violet green magenta blue amber lime`: that of a series, or of an event without one, which neighbours do not share; `neutral` for an event that is off; `name` is any text, such as the site's title",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        if let Some(event) = arguments.optional("event")? {
            return Ok(Self::Event(event));
        }
        if let Some(series) = arguments.optional("series")? {
            return Ok(Self::Series(series));
        }
        arguments.text("name").map(Self::Name)
    }

    fn find(&self, reads: &Reads) -> Found {
        let ink = match self {
            Self::Event(id) => event_of(reads, id).and_then(|event| ink_of(reads, event)),
            Self::Series(name) => Some(reads.ask(&Inks).of_name(name)),
            Self::Name(name) => Some(of_name(name)),
        };
        Ok(Answer::Value(ink.map_or_else(Value::none, Value::from)))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        match self {
            Self::Event(name) => format!("which ink the event `{name}` has"),
            Self::Series(name) => format!("which ink the series `{name}` has"),
            Self::Name(name) => format!("which ink `{name}` has"),
        }
    }
}
