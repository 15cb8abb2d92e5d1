//! `series`: every series with more than one edition.

use super::answer::{Answer, Found};
use super::card::shown_event;
use super::function::{Arguments, Function};
use super::series_reference::SeriesReference;
use crate::entry::{Entry, entry};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use crate::table::Table;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::{Editions, SeriesNames};
use ssg_taxonomy::{LangId, PageKey, term_slug};
use tera::{TeraResult, Value};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Series {
    language: LangId,
}

impl Function for Series {
    const NAME: &'static str = "series";
    const ARGUMENTS: &'static [&'static str] = &[];
    const ROWS: &'static [Entry] = &[entry(
        &["series()"],
        "list",
        "`{name, title, description, url, path, editions}` of every series with two events or more, by name; without a file in `data/series/` the title is the name, or where that is a slug the title of the latest edition without its year; `path` is its page, `editions` are event references, oldest first",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        Ok(Answer::Value(series(reads, self.language)))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        "which series there are, with their editions".to_owned()
    }
}

/// Every series with more than one edition, by name.
fn series(reads: &Reads, language: LangId) -> Value {
    let names = reads.get::<SeriesNames>(&()).map_or_else(Vec::new, |names| names.0.clone());
    let all = names.iter().filter_map(|name| {
        let editions = reads.get::<Editions>(name).filter(|editions| editions.0.len() > 1)?;
        let reference = reads.ask(&SeriesReference(term_slug(name).into(), language));
        let field = |key: &'static str| reference.0.get_from_path(key).cloned().unwrap_or_else(Value::none);
        let title = field("title").as_str().map_or_else(|| name.to_string(), str::to_owned);
        let edition = |key: &PageKey| shown_event(reads, *key, language);
        let editions: Vec<Value> = editions.0.iter().filter_map(edition).collect();
        let table = Table::new().set("name", &**name).set("title", title).set("editions", editions);
        Some(
            table
                .set("description", field("description"))
                .set("url", field("url"))
                .set("path", field("path"))
                .done(),
        )
    });
    Value::from(all.collect::<Vec<_>>())
}
