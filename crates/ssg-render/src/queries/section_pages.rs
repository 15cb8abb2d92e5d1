//! `section_pages`: the pages that a section lists.

use super::answer::{Answer, Found};
use super::function::{ALL, Arguments, Function};
use super::get_section::section_at;
use crate::entry::{Entry, entry};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::SectionPages as Listed;
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SectionPages {
    path: String,
    limit: usize,
    language: LangId,
}

impl Function for SectionPages {
    const NAME: &'static str = "section_pages";
    const ARGUMENTS: &'static [&'static str] = &["path", "limit"];
    const ROWS: &'static [Entry] = &[entry(&["section_pages(path=…, limit=…)"], "list of cards", "")];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self {
            path: arguments.text("path")?,
            limit: arguments.limit(ALL)?,
            language: arguments.language()?,
        })
    }

    fn find(&self, reads: &Reads) -> Found {
        let key = section_at(reads, &self.path, self.language)?;
        let pages = reads.get::<Listed>(&key);
        let pages = pages.map_or_else(Vec::new, |pages| pages.0.iter().take(self.limit).copied().collect());
        Ok(Answer::Pages(pages))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("which pages the section `{}` lists", self.path)
    }
}
