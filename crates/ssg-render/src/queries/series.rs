//! `series`: every series with more than one edition.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use crate::views;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::LangId;
use tera::TeraResult;

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
        Ok(Answer::Value(views::series_view(reads, self.language)))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        "which series there are, with their editions".to_owned()
    }
}
