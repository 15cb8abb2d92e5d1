//! `co_organizers`: people who ran events together with somebody, those with most events in common first.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::TermKey;
use ssg_taxonomy::facets::{EventTable, Works};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CoOrganizers {
    person: String,
}

impl Function for CoOrganizers {
    const NAME: &'static str = "co_organizers";
    const ARGUMENTS: &'static [&'static str] = &["by"];
    const ROWS: &'static [Entry] = &[entry(
        &["co_organizers(by=…)"],
        "list of term references",
        "people with a page who organized events together with this one",
    )];
    const SHARED: bool = false;

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { person: arguments.text("by")? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let own = reads.find_term("speakers", &self.person);
        let works = own.and_then(|own| reads.get::<Works>(&own));
        let mut shared: HashMap<TermKey, usize> = HashMap::new();
        for event in works.iter().flat_map(|works| &works.organized) {
            let Some(header) = reads.get::<EventTable>(event) else { continue };
            let others = header.table.organizers.iter();
            let others = others.filter_map(|other| reads.find_term("speakers", &other.name.value));
            for other in others.filter(|other| Some(*other) != own).collect::<BTreeSet<_>>() {
                *shared.entry(other).or_default() += 1;
            }
        }
        let name = |key: &TermKey| reads.term(key).map_or_else(String::new, |term| term.name.clone());
        let mut shared: Vec<_> =
            shared.into_iter().map(|(key, count)| (Reverse(count), name(&key), key)).collect();
        shared.sort();
        Ok(Answer::Terms(shared.into_iter().map(|(_, _, key)| (key, None)).collect()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("who organized events with {}", self.person)
    }
}
