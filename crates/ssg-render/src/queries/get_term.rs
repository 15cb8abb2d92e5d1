//! `get_term`: the term of any spelling.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GetTerm {
    taxonomy: String,
    name: String,
}

impl Function for GetTerm {
    const NAME: &'static str = "get_term";
    const ARGUMENTS: &'static [&'static str] = &["taxonomy", "name"];
    const ROWS: &'static [Entry] =
        &[entry(&["get_term(taxonomy=…, name=…)"], "term reference or null", "any spelling")];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { taxonomy: arguments.text("taxonomy")?, name: arguments.text("name")? })
    }

    fn find(&self, reads: &Reads) -> Found {
        Ok(Answer::Term(reads.find_term(&self.taxonomy, &self.name)))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("which of the {} is `{}`", self.taxonomy, self.name)
    }
}
