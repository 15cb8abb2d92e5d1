//! The site as a value, built once and never changed: pages, sections, taxonomies and their terms,
//! events and talks, and the questions that can be asked of them.
//!
//! [`assemble`] resolves every reference between content files. Nothing here renders, and nothing
//! here knows paths on disk, templates or the output.

#![forbid(unsafe_code)]

mod announced;
mod assemble;
mod change;
mod event;
pub mod facets;
mod identity;
mod ids;
mod keys;
mod kinds;
mod languages;
mod page;
mod people;
mod reorder;
mod similar;
mod site;
mod term;
mod update;

pub use assemble::{AssembleOptions, Source, assemble};
pub use change::NextChange;
pub use event::{Event, EventState, Slot, TalkInfo, TalkTime, WindowState};
pub use facets::{CoLocatedFiles, Facets, Updated};
pub use identity::identity;
pub use ids::{PageId, SectionId, TermId};
pub use keys::{PageKey, SectionKey, TermKey};
pub use kinds::{OTHER_KINDS, SESSION_KINDS, drawn_as, is_session};
pub use page::{Kind, Page, Person, Standing, Withheld};
pub use people::split_people;
pub use reorder::Reordered;
pub use similar::{Likeness, Similar, similar};
pub use site::{KeptBack, Section, Site, Target};
pub use ssg_parse::LangId;
pub use term::{LocalTerm, Taxonomy, Term, TermIn, term_slug};
