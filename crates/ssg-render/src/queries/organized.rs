//! `organized`: the events that a person organized.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::Entry;
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::Works;
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Organized {
    person: String,
    language: LangId,
}

impl Function for Organized {
    const NAME: &'static str = "organized";
    const ARGUMENTS: &'static [&'static str] = &["by"];
    const ROWS: &'static [Entry] = &[];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { person: arguments.text("by")?, language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let works = reads.find_term("speakers", &self.person).and_then(|person| reads.get::<Works>(&person));
        let organized = works.map_or_else(Vec::new, |works| works.organized.clone());
        Ok(Answer::Pages(organized.into_iter().map(|key| reads.nearest(key, self.language)).collect()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("which events {} organized", self.person)
    }
}
