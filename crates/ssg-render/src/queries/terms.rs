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

/// What terms are in order of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Sort {
    /// Their names.
    Name,
    /// How many pages each has.
    Count,
    /// How many talks each has; those without are left out.
    Talks,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Terms {
    taxonomy: String,
    sort: Sort,
    limit: usize,
    language: LangId,
}

impl Function for Terms {
    const NAME: &'static str = "terms";
    const ARGUMENTS: &'static [&'static str] = &["taxonomy", "sort", "limit"];
    const ROWS: &'static [Entry] = &[entry(
        &["terms(taxonomy=…, sort=\"name\", limit=…)"],
        "list of term references",
        "with `count`, of pages; `sort` is `name`, `count`, or `talks`: then those with talks, and `count` is of talks",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        let sort = match arguments.optional("sort")?.as_deref() {
            None | Some("name") => Sort::Name,
            Some("count") => Sort::Count,
            Some("talks") => Sort::Talks,
            Some(other) => {
                return Err(Error::message(format!("`sort` is `name`, `count` or `talks`, not `{other}`")));
            }
        };
        Ok(Self {
            taxonomy: arguments.text("taxonomy")?,
            sort,
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
        let count = |key: &TermKey| {
            let members = reads.get::<Members>(&(*key, self.language));
            let of =
                |members: &Members| if self.sort == Sort::Talks { members.talks() } else { members.0.len() };
            members.map_or(0, |members| of(&members))
        };
        let mut counted: Vec<(TermKey, usize)> = terms.0.iter().map(|key| (*key, count(key))).collect();
        if self.sort == Sort::Talks {
            counted.retain(|(_, count)| *count > 0);
        }
        if self.sort != Sort::Name {
            counted.sort_by_key(|(_, count)| Reverse(*count));
        }
        counted.truncate(self.limit);
        Ok(Answer::Terms(counted.into_iter().map(|(key, count)| (key, Some(count))).collect()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("the {} and how often each is used", self.taxonomy)
    }
}
