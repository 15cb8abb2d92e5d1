//! `editions`: the events of a series, oldest first.

use super::answer::{Answer, Found};
use super::function::{ALL, Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::Editions as OfSeries;
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Editions {
    series: String,
    language: LangId,
    /// At most so many, the latest.
    limit: usize,
}

impl Function for Editions {
    const NAME: &'static str = "editions";
    const ARGUMENTS: &'static [&'static str] = &["series", "limit"];
    const ROWS: &'static [Entry] = &[entry(
        &["editions(series=…, limit=…)"],
        "list of cards",
        "the events of a series, oldest first; with `limit` the latest of them",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self {
            series: arguments.text("series")?,
            language: arguments.language()?,
            limit: arguments.limit(ALL)?,
        })
    }

    fn find(&self, reads: &Reads) -> Found {
        let editions = reads.get::<OfSeries>(&self.series.as_str().into());
        let editions = editions.map_or_else(Vec::new, |editions| editions.0.clone());
        let before = editions.len().saturating_sub(self.limit);
        let latest = editions.into_iter().skip(before);
        Ok(Answer::Pages(latest.map(|key| reads.nearest(key, self.language)).collect()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("the editions of `{}`", self.series)
    }
}
