//! What headers, data files and the configuration say, as values of templates.
//!
//! Nothing here asks the site anything: what a template sees of pages is made in `views`.

use crate::table::Table;
use ssg_parse::{Config, LangId};
use tera::Value;

/// `config` in templates.
pub(crate) fn config_view(config: &Config, language: LangId) -> Value {
    let feeds =
        Table::new().set("formats", config.feeds.formats.clone()).set("limit", config.feeds.limit).done();
    // What pages may lead to.
    let outputs = Table::new()
        .set("archive", config.outputs.archive)
        .set("sitemap", config.outputs.sitemap)
        .set("api", config.outputs.api)
        .set("schedule_json", config.outputs.schedule_json)
        .done();
    let table = Table::new()
        .set("title", config.title_in(language))
        .set("description", config.description_in(language))
        .set("base_url", config.base_url.as_str())
        .set("lang", config.lang.as_str())
        .set("timezone", config.timezone.as_str())
        .set("author", config.author.clone())
        .set("feeds", feeds)
        .set("outputs", outputs)
        .set("extra", config.extra.as_ref().map_or_else(|| Table::new().done(), data_value));
    if config.languages.is_empty() {
        return table.done();
    }
    let tags: Vec<&str> = config.languages.iter().map(|language| language.tag.as_str()).collect();
    table.set("languages", tags).done()
}

/// A value of front matter or data for templates.
pub(crate) fn data_value(value: &ssg_parse::Value) -> Value {
    Value::from_serializable(&value.to_json())
}

/// The author's own values for templates; an empty table where there are none.
pub(crate) fn extra_value(extra: Option<&serde_json::Value>) -> Value {
    extra.map_or_else(|| Table::new().done(), Value::from_serializable)
}
