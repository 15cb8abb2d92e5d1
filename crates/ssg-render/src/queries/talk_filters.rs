//! `talk_filters`: which lists of talks there are, by year, event, kind and tool.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use crate::table::Table;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::{TalkFilter, TalkGroups, tool_key};
use tera::{TeraResult, Value};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TalkFilters {
    language: LangId,
}

impl Function for TalkFilters {
    const NAME: &'static str = "talk_filters";
    const ARGUMENTS: &'static [&'static str] = &[];
    const ROWS: &'static [Entry] = &[entry(
        &["talk_filters()"],
        "table or null",
        "the lists of talks: `{path, count, video, years, events, kinds, tools}`; `video` is `{name, path, count}` or null, the others are lists of the same; null where there is no such list (`[outputs] talks`)",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { language: arguments.language()? })
    }

    fn find(&self, reads: &Reads) -> Found {
        Ok(Answer::Value(filters(reads, self.language).unwrap_or_else(Value::none)))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        "which lists of talks there are".to_owned()
    }
}

fn filters(reads: &Reads, language: LangId) -> Option<Value> {
    let path = reads.talk_library(language)?;
    let groups = reads.get::<TalkGroups>(&language)?;
    let languages = reads.languages();
    let (home, lang) = (languages.path(language), reads.tag(language));
    let list = |filter: &TalkFilter, name: String, count: usize| {
        Table::new().set("name", name).set("path", filter.path(home)).set("count", count).done()
    };
    let video = (groups.videos > 0)
        .then(|| list(&TalkFilter::Video, reads.word(&lang, "with-video", "With video"), groups.videos));
    let years: Vec<Value> = groups
        .years
        .iter()
        .map(|(year, count)| list(&TalkFilter::Year(*year), year.to_string(), *count))
        .collect();
    let events = groups.events.iter().filter_map(|(slug, event, count)| {
        let page = reads.card(&reads.nearest(*event, language))?;
        Some(list(&TalkFilter::Event(slug.clone()), page.title.clone(), *count))
    });
    let events: Vec<Value> = events.collect();
    let kinds: Vec<Value> = groups
        .kinds
        .iter()
        .map(|(slug, word, count)| {
            let name = reads.word(&lang, &format!("kind-{word}"), word);
            list(&TalkFilter::Kind(slug.clone()), name, *count)
        })
        .collect();
    let tools = groups.tools.iter().filter_map(|(slug, count)| {
        let term = reads.term(&tool_key(slug))?;
        Some(list(&TalkFilter::Tool(slug.clone()), term.in_language(language).name.clone(), *count))
    });
    let tools: Vec<Value> = tools.collect();
    let table = Table::new().set("path", path).set("count", groups.all).set("video", video);
    Some(table.set("years", years).set("events", events).set("kinds", kinds).set("tools", tools).done())
}
