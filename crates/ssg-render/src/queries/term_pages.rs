//! `term_pages`: the pages that carry a term.

use super::answer::{Answer, Found};
use super::function::{ALL, Arguments, Function};
use super::recent::known_kind;
use super::talks::members_of;
use crate::entry::{Entry, entry};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::LangId;
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TermPages {
    taxonomy: String,
    term: String,
    kind: Option<String>,
    limit: usize,
    language: LangId,
}

impl Function for TermPages {
    const NAME: &'static str = "term_pages";
    const ARGUMENTS: &'static [&'static str] = &["taxonomy", "term", "kind", "limit"];
    const ROWS: &'static [Entry] =
        &[entry(&["term_pages(taxonomy=…, term=…, kind=…, limit=…)"], "list of cards", "")];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self {
            taxonomy: arguments.text("taxonomy")?,
            term: arguments.text("term")?,
            kind: arguments.optional("kind")?,
            limit: arguments.limit(ALL)?,
            language: arguments.language()?,
        })
    }

    fn find(&self, reads: &Reads) -> Found {
        let kind = self.kind.as_deref().map(known_kind).transpose()?;
        let members = members_of(reads, &self.taxonomy, &self.term, self.language);
        let of_kind = members.iter().filter(|member| kind.is_none_or(|kind| member.kind == kind));
        Ok(Answer::Pages(of_kind.take(self.limit).map(|member| member.page).collect()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("which pages name `{}` in {}", self.term, self.taxonomy)
    }
}
