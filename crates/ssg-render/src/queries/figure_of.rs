//! `figure_of`: a drawing for a person without a photograph.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::inks::ink_of;
use super::talks::members_of;
use crate::drawings::figure::figure;
use crate::drawings::ink::of_name;
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use crate::table::{Table, html};
use serde::{Deserialize, Serialize};
use ssg_taxonomy::{Kind, LangId};
use tera::{TeraResult, Value};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FigureOf {
    person: String,
    language: LangId,
}

impl Function for FigureOf {
    const NAME: &'static str = "figure_of";
    const ARGUMENTS: &'static [&'static str] = &["person"];
    const ROWS: &'static [Entry] = &[entry(
        &["figure_of(person=…)"],
        "table or null",
        "`{svg, ink}`: a figure by the person's slug, and the ink of the event where they spoke last",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { person: arguments.text("person")?, language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let person = reads.find_term("speakers", &self.person).and_then(|key| reads.term(&key));
        let Some(person) = person else { return Ok(Answer::Value(Value::none())) };
        let members = members_of(reads, "speakers", &self.person, self.language);
        let mut events = members
            .iter()
            .filter(|member| member.kind == Kind::Talk)
            .filter_map(|member| reads.card(&member.page)?.talk.as_ref()?.event);
        let ink =
            events.next().and_then(|event| ink_of(reads, event)).unwrap_or_else(|| of_name(&person.slug));
        Ok(Answer::Value(Table::new().set("svg", html(&figure(&person.slug))).set("ink", ink).done()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("the figure of {}", self.person)
    }
}
