//! `neighbours`: the older and the newer page of a section.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::get_page::page_at;
use crate::entry::{Entry, entry};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::Neighbours as Both;
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Neighbours {
    path: String,
}

impl Function for Neighbours {
    const NAME: &'static str = "neighbours";
    const ARGUMENTS: &'static [&'static str] = &["path"];
    const HAS_LANG: bool = false;
    const ROWS: &'static [Entry] =
        &[entry(&["neighbours(path=…)"], "table", "`{previous, next}`: cards or null; next is newer")];
    const SHARED: bool = false;

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { path: arguments.text("path")? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let both = reads.get::<Both>(&page_at(reads, &self.path)?);
        Ok(both.map_or(Answer::Neighbours(None, None), |both| Answer::Neighbours(both.older, both.newer)))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("which pages come before and after {}", self.path)
    }
}
