//! Finds what a text is about: tools, speakers, events, talks, categories and its date.
//!
//! [`Suggester`] is made once of what the site knows ([`Known`]) and the project's own data (`data/`), and then reads one
//! text after the other: each [`Finding`] has its line, how sure it is and why. What a header says already is left out by
//! whoever asks. [`put`] writes values into a header and leaves the rest of the file as it is. Everything here is a pure
//! function of its arguments; it must not know how sites are built, and neither asks nor prints.

#![forbid(unsafe_code)]

mod data;
mod dictionary;
mod finding;
#[cfg(test)]
mod fit;
mod header;
mod known;
mod lint;
mod more;
mod people;
mod suggester;
mod text;
mod tools;
mod weights;

pub use dictionary::{Ambiguity, Tool, tools};
pub use finding::{Finding, Subject};
pub use header::{NoPlace, put};
pub use known::{Known, KnownEvent, KnownName, KnownTalk};
pub use lint::{Mentions, Unmentioned};
pub use suggester::{Page, Suggester};
