//! `written`: what a person wrote.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::Works;
use ssg_taxonomy::{LangId, PageKey};
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Written {
    person: String,
    language: LangId,
}

impl Function for Written {
    const NAME: &'static str = "written";
    const ARGUMENTS: &'static [&'static str] = &["by"];
    const ROWS: &'static [Entry] = &[entry(
        &["written(by=…)", "organized(by=…)"],
        "list of cards",
        "pages that a person wrote, events that they organized; newest first",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { person: arguments.text("by")?, language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let works = reads.find_term("speakers", &self.person).and_then(|person| reads.get::<Works>(&person));
        let written = works.map_or_else(Vec::new, |works| works.written.clone());
        let is_listed = |key: &PageKey| reads.is_listed(*key, self.language);
        Ok(Answer::Pages(written.into_iter().filter(is_listed).collect()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("what {} wrote", self.person)
    }
}
