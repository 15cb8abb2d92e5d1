//! What the site and the user say about an event that is imported into.

use crate::ImportRecord;
use ssg_source::SitePath;
use std::collections::BTreeMap;
use std::fmt;

/// What the site and the user say about an event that is imported into.
pub struct EventOptions<'a> {
    /// Its id: the name of its folder.
    pub event: String,
    /// What the site has of it, and of people.
    pub site: EventSite,
    /// The zone in which its hours are meant, where neither its file nor the source says: an IANA name.
    pub zone: Option<String>,
    /// Names and aliases of the site's tools: a topic that is one of them is a tool, else a category.
    pub tools: Vec<String>,
    /// Asks a person a question that is answered by yes or no; `None` where nobody can be asked.
    pub ask: &'a dyn Fn(&str) -> Option<bool>,
}

impl fmt::Debug for EventOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventOptions").field("event", &self.event).finish_non_exhaustive()
    }
}

/// A file of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name, for messages.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// What a site has of an event, and of people: its files with their bytes.
#[derive(Clone, Debug, Default)]
pub struct EventSite {
    /// The event's own file.
    pub index: Option<(SitePath, Vec<u8>)>,
    /// The files in its `talks/`.
    pub talks: BTreeMap<SitePath, Vec<u8>>,
    /// Pages of people.
    pub speakers: BTreeMap<SitePath, Vec<u8>>,
    /// What imports have written so far.
    pub record: ImportRecord,
    /// The site's time zone, where it names one.
    pub zone: Option<String>,
    /// The site's language, a BCP 47 tag.
    pub lang: Option<String>,
}
