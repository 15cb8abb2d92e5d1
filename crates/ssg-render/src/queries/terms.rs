//! `terms`: the terms of a taxonomy, with how many pages each has.

use super::answer::{Answer, Found};
use super::function::{ALL, Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_source::did_you_mean;
use ssg_taxonomy::facets::{Members, Terms as Roster};
use ssg_taxonomy::{LangId, TermKey};
use std::cmp::Reverse;
use std::sync::Arc;
use tera::{Error, TeraResult};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Terms {
    taxonomy: String,
    by_count: bool,
    limit: usize,
    language: LangId,
}

impl Function for Terms {
    const NAME: &'static str = "terms";
    const ARGUMENTS: &'static [&'static str] = &["taxonomy", "sort", "limit"];
    const ROWS: &'static [Entry] = &[entry(
        &["terms(taxonomy=…, sort=\"name\", limit=…)"],
        "list of term references",
        "with `count`; `sort` is `name` or `count`",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        let by_count = match arguments.optional("sort")?.as_deref() {
            None | Some("name") => false,
            Some("count") => true,
            Some(other) => return Err(Error::message(format!("`sort` is `name` or `count`, not `{other}`"))),
        };
        Ok(Self {
            taxonomy: arguments.text("taxonomy")?,
            by_count,
            limit: arguments.limit(ALL)?,
            language: arguments.language()?,
        })
    }

    fn find(&self, reads: &Reads) -> Found {
        let name = self.taxonomy.as_str();
        let Some(terms) = reads.get::<Roster>(&(name.into(), self.language)) else {
            let names = reads.taxonomy_names();
            let hint = did_you_mean(name, names.iter().map(|name| &**name));
            let hint = hint.map_or_else(String::new, |hint| format!(": {hint}"));
            return Err(format!("there is no taxonomy `{name}`{hint}"));
        };
        // The index alone lists terms of a taxonomy that is in no list.
        if reads.taxonomy(&Arc::from(name)).is_some_and(|taxonomy| taxonomy.standing(self.language).unlisted)
        {
            return Ok(Answer::Terms(Vec::new()));
        }
        let count = |key: &TermKey| reads.get::<Members>(&(*key, self.language)).map_or(0, |all| all.0.len());
        let mut counted: Vec<(TermKey, usize)> = terms.0.iter().map(|key| (*key, count(key))).collect();
        if self.by_count {
            counted.sort_by_key(|(_, count)| Reverse(*count));
        }
        counted.truncate(self.limit);
        Ok(Answer::Terms(counted.into_iter().map(|(key, count)| (key, Some(count))).collect()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("the {} and how often each is used", self.taxonomy)
    }
}
