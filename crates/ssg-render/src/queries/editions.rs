//! `editions`: the events of a series, oldest first.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::reads::{ReadSite, Reads};
use crate::reference::{Entry, entry};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::Editions as OfSeries;
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Editions {
    series: String,
    language: LangId,
}

impl Function for Editions {
    const NAME: &'static str = "editions";
    const ARGUMENTS: &'static [&'static str] = &["series"];
    const ROWS: &'static [Entry] = &[entry(&["editions(series=…)"], "list of cards", "the events of a series, oldest first")];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { series: arguments.text("series")?, language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let editions = reads.get::<OfSeries>(&self.series.as_str().into());
        let editions = editions.map_or_else(Vec::new, |editions| editions.0.clone());
        Ok(Answer::Pages(editions.into_iter().map(|key| reads.nearest(key, self.language)).collect()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("the editions of `{}`", self.series)
    }
}
