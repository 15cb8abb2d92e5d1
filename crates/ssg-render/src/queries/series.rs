//! `series`: every series with more than one edition.

use super::answer::{Answer, Found};
use super::card::shown_event;
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use crate::table::Table;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::{Editions, SeriesNames};
use ssg_taxonomy::{LangId, PageKey};
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
        "`{name, title, editions}` of every series with two events or more, by name; `title` is that of the latest edition without its year, `editions` are event references, oldest first",
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

/// Every series with more than one edition, by name; a series is called what its latest edition is,
/// without the year.
fn series(reads: &Reads, language: LangId) -> Value {
    let names = reads.get::<SeriesNames>(&()).map_or_else(Vec::new, |names| names.0.clone());
    let all = names.iter().filter_map(|name| {
        let editions = reads.get::<Editions>(name).filter(|editions| editions.0.len() > 1)?;
        let latest = editions.0.last().and_then(|key| reads.card(&reads.nearest(*key, language)));
        let latest = latest.map_or_else(String::new, |page| page.title.clone());
        let is_year = |word: &&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        let title: Vec<&str> = latest.split_whitespace().filter(|word| !is_year(word)).collect();
        let title = if title.is_empty() { name.to_string() } else { title.join(" ") };
        let edition = |key: &PageKey| shown_event(reads, *key, language);
        let editions: Vec<Value> = editions.0.iter().filter_map(edition).collect();
        Some(Table::new().set("name", &**name).set("title", title).set("editions", editions).done())
    });
    Value::from(all.collect::<Vec<_>>())
}
