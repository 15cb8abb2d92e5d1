//! `get_section`: what a section is called, and how many pages it has.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::get_page::place_at;
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use crate::table::Table;
use crate::views;
use serde::{Deserialize, Serialize};
use ssg_source::did_you_mean;
use ssg_taxonomy::facets::{Destination, OfSource, SectionSize, Sources};
use ssg_taxonomy::{LangId, SectionKey};
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GetSection {
    path: String,
    language: LangId,
}

impl Function for GetSection {
    const NAME: &'static str = "get_section";
    const ARGUMENTS: &'static [&'static str] = &["path"];
    const ROWS: &'static [Entry] =
        &[entry(&["get_section(path=…)"], "table", "`{title, path, count, description}`")];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { path: arguments.text("path")?, language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let key = section_at(reads, &self.path, self.language)?;
        let section = reads.section(&key).ok_or("the section is gone")?;
        Ok(Answer::Value(
            Table::new()
                .set("title", views::section_title(reads, &section))
                .set("path", &*section.path)
                .set("count", reads.get::<SectionSize>(&key).map_or(0, |size| size.0))
                .set("description", section.description.clone())
                .done(),
        ))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("title and size of the section `{}`", self.path)
    }
}

/// The section that lies at a path, in a language.
pub(super) fn section_at(reads: &Reads, path: &str, language: LangId) -> Result<SectionKey, String> {
    if let Some(Destination::Section(key)) = place_at(reads, path) {
        return Ok(reads.section_in(key, language).unwrap_or(key));
    }
    let sources = reads.get::<Sources>(&()).map_or_else(Vec::new, |sources| sources.0.clone());
    let sections = sources.iter().filter_map(|source| match reads.get::<OfSource>(source)?.0 {
        Destination::Section(key) => Some(reads.section(&key)?.path.clone()),
        _ => None,
    });
    let sections: Vec<_> = sections.collect();
    let hint = did_you_mean(path, sections.iter().map(|path| &**path));
    let hint = hint.map_or_else(String::new, |hint| format!(": {hint}"));
    Err(format!("there is no section `{path}`{hint}"))
}
