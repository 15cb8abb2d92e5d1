//! `archive`: all posts by year and month.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::Listed;
use ssg_taxonomy::{Kind, LangId, PageKey};
use tera::TeraResult;

/// A year, and its months with their posts.
type Year = (i16, Vec<(i8, Vec<PageKey>)>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Archive {
    language: LangId,
}

impl Function for Archive {
    const NAME: &'static str = "archive";
    const ARGUMENTS: &'static [&'static str] = &[];
    const ROWS: &'static [Entry] =
        &[entry(&["archive()"], "list", "`{year, months: [{month, pages}]}` of posts, newest first")];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let listed = reads.get::<Listed>(&(Kind::Post, self.language));
        let mut years: Vec<Year> = Vec::new();
        for key in listed.iter().flat_map(|listed| &listed.0) {
            // Without a date there is no place for a post.
            let Some(date) = reads.card(key).and_then(|card| card.date.clone()) else { continue };
            if years.last().is_none_or(|(year, _)| *year != date.year()) {
                years.push((date.year(), Vec::new()));
            }
            let Some((_, months)) = years.last_mut() else { continue };
            if months.last().is_none_or(|(month, _)| *month != date.month()) {
                months.push((date.month(), Vec::new()));
            }
            if let Some((_, pages)) = months.last_mut() {
                pages.push(*key);
            }
        }
        Ok(Answer::Archive(years))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        "which posts there are".to_owned()
    }
}
