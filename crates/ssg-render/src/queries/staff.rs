//! `staff`: the years of a tool, a person or a series as a drawing.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::inks::ink_of;
use super::talks::members_of;
use crate::drawings::staff::{Year, at, span, staff};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use crate::table::{Table, html};
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::Editions;
use ssg_taxonomy::{Kind, LangId, PageKey};
use std::collections::BTreeMap;
use tera::{TeraResult, Value};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Staff {
    of: Of,
    from: Option<i64>,
    to: Option<i64>,
    small: bool,
    language: LangId,
}

/// Whose years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Of {
    /// Those of a term of a taxonomy.
    Term(String, String),
    Series(String),
}

impl Function for Staff {
    const NAME: &'static str = "staff";
    const ARGUMENTS: &'static [&'static str] = &["tool", "person", "series", "from", "to", "small"];
    const ROWS: &'static [Entry] = &[entry(
        &["staff(tool=…)", "staff(person=…)", "staff(series=…, from=…, to=…, small=true)"],
        "table or null",
        "`{svg, from, to, marks, years}`: a staff of years, with discs above the line for talks and editions and below it for what was written; `years` are `{year, at, said, written, ink}`, `at` in percent of the width; `from` and `to` give it another axis than its own years, `small=true` smaller discs",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        let of = if let Some(tool) = arguments.optional("tool")? {
            Of::Term("tools".to_owned(), tool)
        } else if let Some(person) = arguments.optional("person")? {
            Of::Term("speakers".to_owned(), person)
        } else {
            Of::Series(arguments.text("series")?)
        };
        let (from, to) = (arguments.number("from")?, arguments.number("to")?);
        let small = arguments.flag("small", false)?;
        Ok(Self { of, from, to, small, language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let years = self.years(reads);
        let Some((first, last)) = span(&years) else { return Ok(Answer::Value(Value::none())) };
        let year =
            |given: Option<i64>, own: i16| given.and_then(|year| i16::try_from(year).ok()).unwrap_or(own);
        let (from, to) = (year(self.from, first), year(self.to, last));
        let (unit, most) = if self.small { (6.0, 15.0) } else { (11.0, 30.0) };
        let shown = years.iter().map(|one| {
            Table::new()
                .set("year", one.year)
                .set("at", at(one.year, from, to))
                .set("said", one.said)
                .set("written", one.written)
                .set("ink", one.ink)
                .done()
        });
        let marks: usize =
            years.iter().map(|one| usize::from(one.said > 0) + usize::from(one.written > 0)).sum();
        let svg = staff(&years, from, to, unit, most);
        Ok(Answer::Value(
            Table::new()
                .set("svg", html(&svg))
                .set("from", from)
                .set("to", to)
                .set("marks", marks)
                .set("years", shown.collect::<Vec<_>>())
                .done(),
        ))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        match &self.of {
            Of::Term(taxonomy, term) => format!("the years of `{term}` in {taxonomy}"),
            Of::Series(series) => format!("the years of the series `{series}`"),
        }
    }
}

impl Staff {
    fn years(&self, reads: &Reads) -> Vec<Year> {
        // Talks by the ink of their event, and how much was written.
        let mut years: BTreeMap<i16, (BTreeMap<&'static str, usize>, usize)> = BTreeMap::new();
        let ink = |event: Option<PageKey>| event.and_then(|event| ink_of(reads, event)).unwrap_or("neutral");
        match &self.of {
            Of::Term(taxonomy, term) => {
                for member in members_of(reads, taxonomy, term, self.language) {
                    let Some(year) = member.year else { continue };
                    let here = years.entry(year).or_default();
                    match member.kind {
                        Kind::Talk => {
                            let event = reads.card(&member.page).and_then(|card| card.talk.as_ref()?.event);
                            *here.0.entry(ink(event)).or_default() += 1;
                        }
                        Kind::Event => {}
                        _ => here.1 += 1,
                    }
                }
            }
            Of::Series(series) => {
                let editions = reads.get::<Editions>(&series.as_str().into());
                for key in editions.map_or_else(Vec::new, |editions| editions.0.clone()) {
                    if let Some(year) = reads.card(&key).and_then(|card| card.year) {
                        *years.entry(year).or_default().0.entry(ink(Some(key))).or_default() += 1;
                    }
                }
            }
        }
        let most = |inks: &BTreeMap<&'static str, usize>| {
            inks.iter().max_by_key(|(_, count)| **count).map(|(ink, _)| *ink)
        };
        years
            .into_iter()
            .map(|(year, (inks, written))| Year {
                year,
                said: inks.values().sum(),
                written,
                ink: most(&inks),
            })
            .collect()
    }
}
