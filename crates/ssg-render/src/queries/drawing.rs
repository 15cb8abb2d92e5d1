//! `drawing`: a page's text as a drawing.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::drawings::text::drawing;
use crate::entry::{Entry, entry};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use crate::table::{Table, html};
use serde::{Deserialize, Serialize};
use tera::{TeraResult, Value};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Drawing {
    html: String,
}

impl Function for Drawing {
    const NAME: &'static str = "drawing";
    const ARGUMENTS: &'static [&'static str] = &["html"];
    const HAS_LANG: bool = false;
    const SHARED: bool = false;
    const ROWS: &'static [Entry] = &[entry(
        &["drawing(html=page.content)"],
        "table or null",
        "a text drawn: `{svg, words, sections}`, a block a word for a short one, a block a sentence for a longer one; `sections` are `{id, title, at}` of its headings of the second level, `at` in percent of the width; null where there are no words",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { html: arguments.text("html")? })
    }

    fn find(&self, _: &Reads) -> Found {
        let drawn = drawing(&self.html).map(|drawn| {
            let section = |(id, title, at): &(String, String, f64)| {
                Table::new().set("id", id.as_str()).set("title", title.as_str()).set("at", *at).done()
            };
            let sections: Vec<Value> = drawn.sections.iter().map(section).collect();
            Table::new()
                .set("svg", html(&drawn.svg))
                .set("words", drawn.words)
                .set("sections", sections)
                .done()
        });
        Ok(Answer::Value(drawn.unwrap_or_else(Value::none)))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        "a text drawn".to_owned()
    }
}
