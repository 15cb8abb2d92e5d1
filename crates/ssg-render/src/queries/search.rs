//! `search`: where the search of a language lies.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::search;
use crate::snapshot::SiteSnapshot;
use crate::table::Table;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::LangId;
use tera::{TeraResult, Value};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Search {
    language: LangId,
}

impl Function for Search {
    const NAME: &'static str = "search";
    const ARGUMENTS: &'static [&'static str] = &[];
    const ROWS: &'static [Entry] = &[entry(
        &["search()"],
        "table or null",
        "paths of the [search](search.md): `path` of its page or null, `index`, `script`, `description` for browsers; null where there is none",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let Some(paths) = search::paths(reads, self.language) else {
            return Ok(Answer::Value(Value::none()));
        };
        let folder = &paths.folder;
        let table = Table::new()
            .set("index", format!("{folder}index.json"))
            .set("script", search::script_path(reads.outputs().fingerprints))
            .set("description", paths.page.as_ref().map(|_| format!("{folder}opensearch.xml")))
            .set("path", paths.page);
        Ok(Answer::Value(table.done()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        "where the search lies".to_owned()
    }
}
