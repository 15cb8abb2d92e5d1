//! Sections, taxonomies and terms on their own pages.

use super::page::{breadcrumbs, page_view, toc};
use crate::body::render_pieces;
use crate::facets::files::SectionBody;
use crate::hidden;
use crate::image_references;
use crate::links::Where;
use crate::lists::pager_path;
use crate::owner::Owner;
use crate::queries::answer::show_cards;
use crate::reads::{ReadSite, Reads};
use crate::table::{Table, html};
use crate::values::data_value;
use crate::views::{section_title, taxonomy_title};
use ssg_source::SitePath;
use ssg_taxonomy::facets::{Member, Members, SectionSize, SectionText, Subsections, TermAliases};
use ssg_taxonomy::{LangId, PageKey, SectionKey, TermKey};
use std::collections::BTreeMap;
use tera::Value;

/// The view of a section; `pages` are those of the pager that is rendered.
pub(crate) fn section_view(reads: &Reads, key: SectionKey, pages: &[PageKey]) -> Value {
    let (Some(section), Some(text)) = (reads.section(&key), reads.get::<SectionText>(&key)) else {
        return Value::none();
    };
    let document = &text.0.0;
    let (front, outline) = (&document.front, &document.outline);
    let lang = reads.tag(section.language);
    if section.source.is_none()
        && let Ok(folder) = SitePath::new(&format!("content/{}", section.dir))
    {
        hidden::check_path(reads, &folder, &section.path);
    }
    let content = section.source.as_ref().map_or_else(String::new, |source| {
        let owner = Owner::new(source, &section.path, section.language, &lang);
        image_references::check_own(reads, &owner, front);
        hidden::check(reads, source, document);
        hidden::check_path(reads, source, &section.path);
        let body = reads.get::<SectionBody>(&key);
        body.map_or_else(String::new, |body| render_pieces(reads, &owner, &body.0, Where::Own))
    });
    let size = |key: &SectionKey| reads.get::<SectionSize>(key).map_or(0, |size| size.0);
    let subsections = reads.get::<Subsections>(&key);
    let sections: Vec<Value> = subsections
        .iter()
        .flat_map(|all| &all.0)
        .filter_map(|key| {
            let below = reads.section(key)?;
            Some(
                Table::new()
                    .set("title", section_title(reads, &below))
                    .set("path", &*below.path)
                    .set("count", size(key))
                    .done(),
            )
        })
        .collect();
    let crumbs = section.parent.map_or_else(Vec::new, |parent| breadcrumbs(reads, parent, None));
    let plain = front.description.as_ref().map_or(outline.lead.as_str(), |text| text.value.as_str());
    Table::new()
        .set("kind", if section.parent.is_none() { "home" } else { "section" })
        .set("title", section_title(reads, &section))
        .set("path", &*section.path)
        .set("permalink", reads.permalink(&section.path))
        .set("description", plain)
        .set("lede", front.description.as_ref().map(|text| text.value.as_str()))
        .set("content", html(&content))
        .set("toc", toc(outline))
        .set("show_toc", front.toc.unwrap_or(false))
        .set("breadcrumbs", crumbs)
        .set("count", size(&key))
        .set("pages", show_cards(reads, pages))
        .set("sections", sections)
        .set("events", Vec::<Value>::new())
        .set("series", Value::none())
        .set("image", front.image.as_ref().map(|image| image.value.as_str()))
        .set("extra", front.extra.as_ref().map_or_else(|| Table::new().done(), data_value))
        .done()
}

/// The view of a list that is no section and has no file: all fields of a section, nothing of which is read
/// from another one.
pub(crate) fn list_view(
    reads: &Reads,
    kind: &'static str,
    title: &str,
    path: &str,
    pages: &[PageKey],
) -> Table {
    Table::new()
        .set("kind", kind)
        .set("title", title)
        .set("path", path)
        .set("permalink", reads.permalink(path))
        .set("description", "")
        .set("lede", Value::none())
        .set("content", html(""))
        .set("toc", Vec::<Value>::new())
        .set("show_toc", false)
        .set("breadcrumbs", Vec::<Value>::new())
        .set("count", pages.len())
        .set("pages", show_cards(reads, pages))
        .set("sections", Vec::<Value>::new())
        .set("events", Vec::<Value>::new())
        .set("series", Value::none())
        .set("image", Value::none())
        .set("extra", Table::new().done())
}

/// Where a pager stands among those of its list.
pub(crate) fn paginator_view(path: &str, number: usize, total: usize) -> Value {
    paginator_of_years(path, number, total, &[])
}

/// `paginator`, with the number of the pager on which each year begins.
pub(crate) fn paginator_of_years(path: &str, number: usize, total: usize, years: &[(i16, usize)]) -> Value {
    let pager = |number: usize| pager_path(path, number);
    let year = |(year, number): &(i16, usize)| {
        Table::new().set("year", *year).set("number", *number).set("path", pager(*number)).done()
    };
    Table::new()
        .set("number", number)
        .set("total", total)
        .set("first", pager(1))
        .set("last", pager(total))
        .set("previous", (number > 1).then(|| pager(number - 1)))
        .set("next", (number < total).then(|| pager(number + 1)))
        .set("years", years.iter().map(year).collect::<Vec<_>>())
        .done()
}

/// Years over which gaps are filled.
const LONGEST: i16 = 200;

/// How often a term that these pages carry is mentioned in each year: without gaps, unless it is for
/// centuries.
pub(super) fn years(members: &[Member]) -> Vec<(i16, usize)> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for year in members.iter().filter_map(|member| member.year) {
        *counts.entry(year).or_default() += 1;
    }
    let (Some(first), Some(last)) = (counts.keys().next().copied(), counts.keys().next_back().copied())
    else {
        return Vec::new();
    };
    // A slip of the pen in one date would make a long list of nothing.
    if last.saturating_sub(first) > LONGEST {
        return counts.into_iter().collect();
    }
    (first..=last).map(|year| (year, counts.get(&year).copied().unwrap_or(0))).collect()
}

pub(super) fn year_fields(table: Table, years: &[(i16, usize)]) -> Table {
    let list: Vec<Value> = years
        .iter()
        .map(|(year, count)| Table::new().set("year", *year).set("count", *count).done())
        .collect();
    table
        .set("years", list)
        .set("first_year", years.first().map(|(year, _)| *year))
        .set("last_year", years.last().map(|(year, _)| *year))
}

/// The view of a term in a language; `pages` are those of the pager that is rendered.
pub(crate) fn term_view(reads: &Reads, key: TermKey, language: LangId, pages: &[PageKey]) -> Value {
    let Some(term) = reads.term(&key) else { return Value::none() };
    let Some(taxonomy) = reads.taxonomy(&term.taxonomy) else { return Value::none() };
    let named = term.in_language(language);
    let (title, above) = (taxonomy_title(reads, &taxonomy, language), taxonomy.path(language));
    let base = match named.page {
        Some(page) => Table::from_value(&page_view(reads, page)),
        None => Table::new()
            .set("content", html(""))
            .set("summary", html(""))
            .set("description", "")
            .set("lede", Value::none())
            .set("date", Value::none())
            .set("updated", Value::none())
            .set("image", Value::none())
            .set("toc", Vec::<Value>::new())
            .set("show_toc", false)
            .set("draft", false)
            .set("unlisted", false)
            .set("noindex", false)
            .set("extra", Table::new().done()),
    };
    let of = Table::new().set("name", &*taxonomy.name).set("title", title.as_str()).set("path", above).done();
    let home = home_crumb(reads, language);
    let crumbs: Vec<Value> = home
        .into_iter()
        .chain([Table::new().set("title", title.as_str()).set("path", above).done()])
        .collect();
    let members = reads.get::<Members>(&(key, language)).map_or_else(Vec::new, |members| members.0.clone());
    let aliases = reads.get::<TermAliases>(&key).map_or_else(Vec::new, |aliases| aliases.0.clone());
    let view = base
        .set("kind", "term")
        .set("title", named.name.as_str())
        .set("name", named.name.as_str())
        .set("slug", &*term.slug)
        .set("path", named.path.as_str())
        .set("permalink", reads.permalink(&named.path))
        .set("count", members.len())
        .set("taxonomy", of)
        .set("aliases", aliases)
        .set("breadcrumbs", crumbs)
        .set("pages", show_cards(reads, pages));
    year_fields(view, &years(&members)).done()
}

/// The home page of a language as a step to what lies below.
pub(super) fn home_crumb(reads: &Reads, language: LangId) -> Option<Value> {
    let home = reads.section(&reads.languages().home(language))?;
    Some(Table::new().set("title", home.title.as_str()).set("path", &*home.path).done())
}
