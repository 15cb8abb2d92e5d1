//! `menu`: what a menu lists when the site names nothing.

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
pub(crate) struct Menu {
    language: LangId,
}

impl Function for Menu {
    const NAME: &'static str = "menu";
    const ARGUMENTS: &'static [&'static str] = &[];
    const ROWS: &'static [Entry] = &[entry(
        &["menu()"],
        "list",
        "`{title, path}`: sections with pages, the list of all talks, taxonomies with terms, the archive, the first plain pages",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        Ok(Answer::Value(views::menu_view(reads, self.language)))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        "what the menu lists".to_owned()
    }
}
