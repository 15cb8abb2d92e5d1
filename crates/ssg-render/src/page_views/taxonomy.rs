//! A taxonomy on its own pages: its index, and lists of the terms of a letter.

use super::list::{home_crumb, year_fields, years};
use crate::body::render_pieces;
use crate::facets::files::TaxonomyBody;
use crate::hidden;
use crate::links::Where;
use crate::owner::Owner;
use crate::reads::{ReadSite, Reads};
use crate::table::{Table, html};
use crate::views::{taxonomy_title, term_reference};
use ssg_taxonomy::facets::{Card, Members, TaxonomyText, TermPart, TermParts, Terms, TermsOfPart};
use ssg_taxonomy::{LangId, TermKey};
use std::sync::Arc;
use tera::Value;

/// The view of a taxonomy's index in a language: all its terms, and where it has parts those that are mentioned
/// most.
pub(crate) fn taxonomy_view(reads: &Reads, name: &Arc<str>, language: LangId) -> Value {
    let Some(taxonomy) = reads.taxonomy(name) else { return Value::none() };
    let text = reads.get::<TaxonomyText>(&(name.clone(), language));
    let path = taxonomy.path(language);
    let lang = reads.tag(language);
    let content = text.as_ref().map_or_else(String::new, |text| {
        hidden::check(reads, &text.source, &text.content.0);
        let owner = Owner::new(&text.source, path, language, &lang);
        let body = reads.get::<TaxonomyBody>(&(name.clone(), language));
        body.map_or_else(String::new, |body| render_pieces(reads, &owner, &body.0, Where::Own))
    });
    let document = text.as_ref().map(|text| &text.content.0);
    let written = document.and_then(|document| document.front.description.as_ref());
    let written = written.map(|text| text.value.as_str());
    let lead = document.map_or("", |document| document.outline.lead.as_str());
    let frequent = terms_of(reads, name, language, TermsOfPart::FREQUENT);
    let frequent = entries(reads, &frequent, language);
    let terms = reads.get::<Terms>(&(name.clone(), language));
    let terms = terms.map_or_else(Vec::new, |terms| entries(reads, &terms.0, language));
    Table::new()
        .set("kind", "taxonomy")
        .set("name", &**name)
        .set("title", taxonomy_title(reads, &taxonomy, language))
        .set("path", path)
        .set("permalink", reads.permalink(path))
        .set("count", terms.len())
        .set("content", html(&content))
        .set("description", written.unwrap_or(lead))
        .set("lede", written)
        .set("breadcrumbs", home_crumb(reads, language).into_iter().collect::<Vec<_>>())
        .set("terms", terms)
        .set("frequent", frequent)
        .set("part", Value::none())
        .set("parts", parts_view(reads, name, language, path, None))
        .done()
}

/// The view of a list of the terms of a part; `terms` are those of the pager that is rendered, at `path`.
pub(crate) fn taxonomy_part_view(
    reads: &Reads,
    name: &Arc<str>,
    language: LangId,
    (part, path): (&str, &str),
    terms: &[TermKey],
) -> Value {
    let Some(taxonomy) = reads.taxonomy(name) else { return Value::none() };
    let index = taxonomy.path(language);
    let title = taxonomy_title(reads, &taxonomy, language);
    let parts = reads.get::<TermParts>(&(name.clone(), language));
    let own = parts.iter().flat_map(|parts| &parts.0).find(|one| &*one.slug == part);
    let label = own.map_or("", |own| own.label.as_str());
    let mut crumbs: Vec<Value> = home_crumb(reads, language).into_iter().collect();
    crumbs.push(Table::new().set("title", title.as_str()).set("path", index).done());
    Table::new()
        .set("kind", "taxonomy")
        .set("name", &**name)
        .set("title", format!("{title} · {label}"))
        .set("path", index)
        .set("permalink", reads.permalink(path))
        .set("count", terms_of(reads, name, language, part).len())
        .set("content", html(""))
        .set("description", "")
        .set("lede", Value::none())
        .set("breadcrumbs", crumbs)
        .set("terms", entries(reads, terms, language))
        .set("frequent", Vec::<Value>::new())
        .set("part", label)
        .set("parts", parts_view(reads, name, language, index, Some(part)))
        .done()
}

/// Terms with what an index shows of them.
fn entries(reads: &Reads, terms: &[TermKey], language: LangId) -> Vec<Value> {
    let entry = |key: &TermKey| {
        let term = reads.term(key)?;
        let page: Option<Arc<Card>> = term.in_language(language).page.and_then(|page| reads.card(&page));
        let members = reads.get::<Members>(&(*key, language))?;
        let description = page.as_ref().map_or_else(String::new, |page| reads.lead(&page.key).plain());
        let entry = Table::from_value(&term_reference(&term, language))
            .set("count", members.0.len())
            .set("talks", members.talks())
            .set("description", description)
            .set("image", page.and_then(|page| page.image.clone()));
        Some(year_fields(entry, &years(&members.0)).done())
    };
    terms.iter().filter_map(entry).collect()
}

/// The terms of a part.
fn terms_of(reads: &Reads, name: &Arc<str>, language: LangId, part: &str) -> Vec<TermKey> {
    let terms = reads.get::<TermsOfPart>(&(name.clone(), language, part.into()));
    terms.map_or_else(Vec::new, |terms| terms.0.clone())
}

/// The parts of a taxonomy whose index lies at `index`.
fn parts_view(
    reads: &Reads,
    name: &Arc<str>,
    language: LangId,
    index: &str,
    current: Option<&str>,
) -> Vec<Value> {
    let parts = reads.get::<TermParts>(&(name.clone(), language));
    let parts = parts.iter().flat_map(|parts| &parts.0);
    let view = |part: &TermPart| {
        Table::new()
            .set("label", part.label.as_str())
            .set("path", part_path(index, &part.slug))
            .set("count", terms_of(reads, name, language, &part.slug).len())
            .set("current", current == Some(&*part.slug))
            .done()
    };
    parts.map(view).collect()
}

/// Where the list of a part lies, below the index of its taxonomy.
pub(crate) fn part_path(index: &str, part: &str) -> String {
    format!("{index}letters/{part}/")
}
