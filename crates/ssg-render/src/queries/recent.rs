//! `recent`: the newest pages of a kind.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_source::did_you_mean;
use ssg_taxonomy::facets::Listed;
use ssg_taxonomy::{Kind, LangId};
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recent {
    kind: String,
    limit: usize,
    language: LangId,
}

impl Function for Recent {
    const NAME: &'static str = "recent";
    const ARGUMENTS: &'static [&'static str] = &["kind", "limit"];
    const ROWS: &'static [Entry] =
        &[entry(&["recent(kind=\"post\", limit=10)"], "list of cards", "newest of a kind")];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self {
            kind: arguments.optional("kind")?.unwrap_or_else(|| "post".to_owned()),
            limit: arguments.limit(10)?,
            language: arguments.language()?,
        })
    }

    fn find(&self, reads: &Reads) -> Found {
        let listed = reads.get::<Listed>(&(known_kind(&self.kind)?, self.language));
        let pages =
            listed.map_or_else(Vec::new, |listed| listed.0.iter().take(self.limit).copied().collect());
        Ok(Answer::Pages(pages))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("which are the newest {}s", self.kind)
    }
}

/// The kind of a name that a template gives.
pub(super) fn known_kind(name: &str) -> Result<Kind, String> {
    Kind::parse(name).ok_or_else(|| {
        let hint = did_you_mean(name, ["page", "post", "event", "talk", "term"]);
        format!("`{name}` is no kind of page{}", hint.map_or_else(String::new, |hint| format!(": {hint}")))
    })
}
