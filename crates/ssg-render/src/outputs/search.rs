//! Search: its page, the files of the index, the script that reads them, and the description for browsers.

use super::frame::{Frame, template};
use super::{Class, Kind, Planner, Rendered, Result};
use crate::facets::config::{Descriptions, Titles};
use crate::facets::theme::SEARCH_TEMPLATE;
use crate::page_views;
use crate::queries::search_part::SearchPart;
use crate::queries::search_rows::SearchRows;
use crate::reads::{ReadSite, Reads};
use crate::scope::About;
use crate::search::layout::{ChunkOf, KindOf, Layout};
use crate::search::{self, postings};
use crate::table::{Table, html};
use serde::Serialize;
use serde_json::json;
use ssg_source::markup::escaped;
use ssg_taxonomy::LangId;
use ssg_taxonomy::facets::{Listed, Terms};
use std::sync::Arc;
use tera::Value;

/// Longest name that browsers take for a search, in characters.
const SHORT_NAME: usize = 16;
/// Longest description that they take.
const DESCRIPTION: usize = 1024;

#[derive(Clone, Debug, Serialize)]
pub(super) enum Search {
    /// `/search/`
    Page(LangId),
    /// `/search/index.json`: what other files there are.
    Manifest(LangId, Arc<Layout>),
    /// Postings.
    Words { language: LangId, layout: Arc<Layout>, shard: u16 },
    /// What results show.
    Rows(ChunkOf),
    /// What browsers read to offer the search.
    Description(LangId),
    /// The script.
    Script,
}

impl Kind for Search {
    const WORDS: &'static str = "file of the search";
    const CLASS: Class = Class::File;

    fn plan(planner: &mut Planner<'_>) {
        let (snapshot, site) = (planner.snapshot, planner.snapshot.site());
        let mut any = false;
        for language in site.languages().filter(|_| snapshot.config().outputs.search) {
            any = true;
            let folder = search::folder(site.home_path(language));
            let layout = Arc::new(Layout::of(site, language));
            let mut add =
                |file: &str, kind: Self| planner.planned.add(&format!("{folder}{file}"), kind, None);
            if search::has_template(snapshot) {
                add("", Self::Page(language));
                add("opensearch.xml", Self::Description(language));
            }
            add("index.json", Self::Manifest(language, layout.clone()));
            for (number, chunk) in layout.chunks(language).enumerate() {
                add(&format!("rows-{number}.json"), Self::Rows(chunk));
            }
            for shard in 0..layout.shards {
                let kind = Self::Words { language, layout: layout.clone(), shard };
                add(&format!("words-{shard}.json"), kind);
            }
        }
        if any {
            let path = search::script_path(snapshot.config().outputs.fingerprints);
            planner.planned.add(&path, Self::Script, None);
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        match self {
            Self::Page(language) => page(reads, *language),
            Self::Manifest(language, layout) => Ok(Rendered::text(manifest(reads, *language, layout))),
            Self::Words { language, layout, shard } => {
                Ok(Rendered::text(words(reads, *language, layout, *shard)))
            }
            Self::Rows(chunk) => Ok(Rendered::text(reads.ask(&SearchRows(chunk.clone())).to_string())),
            Self::Description(language) => Ok(Rendered::text(description(reads, *language))),
            Self::Script => Ok(Rendered::text(search::script())),
        }
    }
}

fn page(reads: &Reads, language: LangId) -> Result<Rendered> {
    let path = search::folder(reads.languages().path(language));
    let lang = reads.tag(language);
    let view = Table::from_value(&page_views::section_view(reads, reads.languages().home(language), &[]))
        .set("kind", "search")
        .set("title", reads.word(&lang, "search", "Search"))
        .set("path", path.as_str())
        .set("permalink", reads.permalink(&path))
        .set("content", html(""))
        .set("description", "")
        .set("lede", Value::none())
        .done();
    let frame = Frame::new("search", About::Search, &path, (&lang, language));
    template(reads, &[SEARCH_TEMPLATE.to_owned()], &frame, "section", view, &[]).map(Rendered::text)
}

fn manifest(reads: &Reads, language: LangId, layout: &Layout) -> String {
    let kind = |(kind, chunks): &(KindOf, u16)| {
        let count = match kind {
            KindOf::Pages(kind) => reads.get::<Listed>(&(*kind, language)).map_or(0, |listed| listed.0.len()),
            KindOf::Terms(name) => {
                reads.get::<Terms>(&(name.clone(), language)).map_or(0, |terms| terms.0.len())
            }
        };
        json!([kind.name(), chunks, count])
    };
    let value = json!({
        "version": search::VERSION,
        "language": reads.tag(language),
        "base": reads.addressing().base_path(),
        "shards": layout.shards,
        "kinds": layout.kinds.iter().map(kind).collect::<Vec<_>>(),
    });
    format!("{value}\n")
}

fn words(reads: &Reads, language: LangId, layout: &Layout, shard: u16) -> String {
    let chunks: Vec<ChunkOf> = layout.chunks(language).collect();
    let mut parts: Vec<postings::Part> = vec![Arc::default(); chunks.len()];
    // Shards that are made at once begin with different chunks, so that each chunk is made by one of them.
    let first = usize::from(shard) * chunks.len() / usize::from(layout.shards.max(1));
    let order = (first..chunks.len()).chain(0..first);
    for (at, chunk) in order.filter_map(|at| Some((at, chunks.get(at)?))) {
        let part = (*reads.ask(&SearchPart { chunk: chunk.clone(), shard })).clone();
        if let Some(place) = parts.get_mut(at) {
            *place = part;
        }
    }
    format!("{}\n", serde_json::Value::from(postings::shard(&parts, layout.common)))
}

/// <https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md>
fn description(reads: &Reads, language: LangId) -> String {
    let title = reads.get::<Titles>(&()).map_or_else(String::new, |titles| titles.title(language).to_owned());
    let about =
        reads.get::<Descriptions>(&()).map_or_else(String::new, |all| all.description(language).to_owned());
    let about = if about.is_empty() { title.clone() } else { about };
    let cut = |text: &str, most: usize| escaped(&text.chars().take(most).collect::<String>());
    let address = reads.permalink(&search::folder(reads.languages().path(language)));
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{}</ShortName>\n\
         <Description>{}</Description>\n\
         <InputEncoding>UTF-8</InputEncoding>\n\
         <Language>{}</Language>\n\
         <Url type=\"text/html\" template=\"{}?q={{searchTerms}}\"/>\n\
         </OpenSearchDescription>\n",
        cut(&title, SHORT_NAME),
        cut(&about, DESCRIPTION),
        escaped(&reads.tag(language)),
        escaped(&address),
    )
}
