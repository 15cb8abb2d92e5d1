//! Search: its page, the files of the index, the script that reads them, and the description for browsers.

use super::frame::{Frame, template};
use super::{Class, Kind, Planner, Rendered, Result};
use crate::facets::config::{Descriptions, Titles};
use crate::facets::theme::SEARCH_TEMPLATE;
use crate::formats::markup;
use crate::page_views;
use crate::queries::search_band::SearchBand;
use crate::queries::search_common::SearchCommon;
use crate::queries::search_count::SearchCount;
use crate::queries::search_rows::SearchRows;
use crate::reads::{ReadSite, Reads};
use crate::scope::About;
use crate::search;
use crate::search::layout::{ChunkOf, Layout};
use crate::search::postings::STEPS;
use crate::search::shards::band;
use crate::table::{Table, html};
use serde::Serialize;
use serde_json::json;
use ssg_taxonomy::LangId;
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
    /// What results show of some documents of a chunk, whose rows are in so many files.
    Rows { chunk: ChunkOf, file: u16, files: u16 },
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
            // Outputs are rendered in this order, each by the next thread: what stands side by side is of different chunks and
            // bands, so that these are made once, and what asks for all comes last.
            let chunks: Vec<(ChunkOf, u16)> = layout.chunks(language).collect();
            let most = chunks.iter().map(|(_, files)| *files).max().unwrap_or_default();
            for file in 0..most {
                for (number, (chunk, files)) in
                    chunks.iter().enumerate().filter(|(_, (_, files))| file < *files)
                {
                    let kind = Self::Rows { chunk: chunk.clone(), file, files: *files };
                    add(&format!("rows-{number}-{file}.json"), kind);
                }
            }
            for shard in layout.shards.in_turn() {
                let group = layout.shards.group(shard);
                let number = shard - layout.shards.first(group);
                let kind = Self::Words { language, layout: layout.clone(), shard };
                add(&format!("{}-{number}.json", group.name()), kind);
            }
            add("index.json", Self::Manifest(language, layout));
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
            Self::Rows { chunk, file, files } => Ok(Rendered::text(rows(reads, chunk, *file, *files))),
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

fn manifest(reads: &Reads, language: LangId, layout: &Arc<Layout>) -> String {
    let mut kinds: Vec<(String, u16, Vec<usize>)> =
        layout.kinds.iter().map(|cut| (cut.kind.name(), cut.files, Vec::new())).collect();
    for (chunk, _) in layout.chunks(language) {
        let at = layout.kinds.iter().position(|cut| cut.kind == chunk.kind);
        if let Some((.., counts)) = at.and_then(|at| kinds.get_mut(at)) {
            counts.push(*reads.ask(&SearchCount(chunk)));
        }
    }
    let in_band = |band| reads.ask(&SearchCommon(SearchBand { language, layout: layout.clone(), band }));
    let bands: Vec<_> = (0..layout.shards.bands()).map(in_band).collect();
    let frequent = std::array::from_fn::<String, STEPS, _>(|step| {
        let mut words: Vec<&str> =
            bands.iter().filter_map(|band| band.get(step)).flatten().map(|word| &**word).collect();
        words.sort_unstable();
        words.join(" ")
    });
    let value = json!({
        "version": search::VERSION,
        "language": reads.tag(language),
        "base": reads.addressing().base_path(),
        "shards": layout.shards.counts(),
        "kinds": kinds,
        "common": frequent,
    });
    format!("{value}\n")
}

fn words(reads: &Reads, language: LangId, layout: &Arc<Layout>, shard: u16) -> String {
    let band = band(shard);
    let first = layout.shards.of_band(band).start;
    let made = reads.ask(&SearchBand { language, layout: layout.clone(), band });
    made.shards.get(usize::from(shard.saturating_sub(first))).map_or_else(String::new, ToString::to_string)
}

/// The rows of a file: as many in each as there are in all of the chunk by the number of files, rounded up.
fn rows(reads: &Reads, chunk: &ChunkOf, file: u16, files: u16) -> String {
    let rows = reads.ask(&SearchRows(chunk.clone()));
    let each = rows.len().div_ceil(usize::from(files.max(1))).max(1);
    let own = rows.chunks(each).nth(usize::from(file)).unwrap_or_default();
    format!("[\n{}\n]\n", own.join(",\n"))
}

/// <https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md>
fn description(reads: &Reads, language: LangId) -> String {
    let title = reads.get::<Titles>(&()).map_or_else(String::new, |titles| titles.title(language).to_owned());
    let about =
        reads.get::<Descriptions>(&()).map_or_else(String::new, |all| all.description(language).to_owned());
    let about = if about.is_empty() { title.clone() } else { about };
    let cut = |text: &str, most: usize| markup(&text.chars().take(most).collect::<String>());
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
        markup(&reads.tag(language)),
        markup(&address),
    )
}
