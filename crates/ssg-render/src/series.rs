//! A series: the same event over the years, as `data/series/<slug>.toml` tells of it.
//!
//! A series without a file is called as its events name it, where that is more than a slug, else what its latest
//! edition is, without the year.

use crate::bytes::read_bytes;
use crate::hidden;
use crate::reads::{ReadSite, Reads};
use crate::table::Table;
use ssg_parse::{Address, Node};
use ssg_source::{Diagnostic, Diagnostics, ReadError, SitePath, codes, decode};
use ssg_taxonomy::facets::SeriesOfSlug;
use ssg_taxonomy::{LangId, PageKey};
use std::sync::Arc;
use tera::Value;

/// Title, description, site and page of the series of a slug, and how many editions it has; null where there is none.
pub(crate) fn series_reference(reads: &Reads, slug: &Arc<str>, language: LangId) -> Value {
    let Some(editions) = reads.get::<SeriesOfSlug>(slug).filter(|editions| !editions.0.is_empty()) else {
        return Value::none();
    };
    let told = told(reads, slug);
    let field = |key: &str| told.as_ref().and_then(|(told, _)| told.get(key));
    let text = |key: &str| {
        let text = field(key)?.value.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let url = field("url").zip(told.as_ref()).and_then(|(node, (_, path))| address(reads, path, node));
    let title = text("title").unwrap_or_else(|| usual_title(reads, &editions.0, slug, language));
    let own = reads.series_page(slug, language);
    Table::new()
        .set("slug", &**slug)
        .set("title", title)
        .set("description", text("description"))
        .set("url", url)
        .set("path", own)
        .set("count", editions.0.len())
        .done()
}

/// The name of a series, where that is no slug, else the title of the latest edition without its year.
fn usual_title(reads: &Reads, editions: &[PageKey], slug: &str, language: LangId) -> String {
    // Of several spellings the first; no more are looked at, for every edition asks.
    let name = editions.first().and_then(|key| reads.event(key)?.series.clone());
    if let Some(name) = name.filter(|name| name != slug) {
        return name;
    }
    let latest = editions.last().and_then(|key| reads.card(&reads.nearest(*key, language)));
    let latest = latest.map_or_else(String::new, |page| page.title.clone());
    let is_year = |word: &&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let title: Vec<&str> = latest.split_whitespace().filter(|word| !is_year(word)).collect();
    if title.is_empty() { slug.to_owned() } else { title.join(" ") }
}

/// What the file of a series says, where there is one.
fn told(reads: &Reads, slug: &str) -> Option<(ssg_parse::Value, SitePath)> {
    let path = SitePath::new(&format!("data/series/{slug}.toml")).ok()?;
    let unreadable = |problem: String| {
        reads.report(Diagnostic::warning(codes::SERIES_DATA, problem).in_file(&path));
    };
    let bytes = match read_bytes(reads, &path) {
        Ok(bytes) => bytes,
        Err(ReadError::Missing) => return None,
        Err(other) => {
            unreadable(format!("the file of a series cannot be read: {other}"));
            return None;
        }
    };
    let text = match decode(&bytes) {
        Ok(text) => text,
        Err(problem) => {
            unreadable(format!("the file of a series cannot be read: {problem}"));
            return None;
        }
    };
    hidden::check_data(reads, &path);
    let mut found = Diagnostics::new();
    let value = ssg_parse::read_toml(&text, 0, &mut found).value;
    for problem in found {
        reads.report(problem.in_file(&path));
    }
    for key in ["title", "description"] {
        if let Some(node) = value.get(key).filter(|node| node.value.as_str().is_none()) {
            let problem =
                Diagnostic::warning(codes::SERIES_DATA, format!("`{key}` of a series must be text"));
            reads.report(problem.in_file(&path).at(node.span));
        }
    }
    Some((value, path))
}

/// The site of a series; an address that no page may hold is reported.
fn address(reads: &Reads, path: &SitePath, node: &Node) -> Option<String> {
    match Address::new(node.value.as_str()?) {
        Ok(address) => Some(address.into()),
        Err(problem) => {
            let message = format!("`url` is no address for a page: {problem}");
            let warning = Diagnostic::warning(codes::ADDRESS, message).in_file(path).at(node.span);
            reads.report(warning.hint(problem.hint()));
            None
        }
    }
}
