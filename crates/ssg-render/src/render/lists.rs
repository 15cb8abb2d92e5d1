//! Pages that list others: sections, taxonomies, terms and the archive, and the page for what is not
//! found.

use super::Result;
use super::frame::{Frame, template, word};
use super::page::own_template;
use crate::plan::{FeedOf, archive_path, section_size, sheet_path, sheets, term_size};
use crate::question::{CalendarOf, Question};
use crate::reader::{About, looked_up};
use crate::table::{self, Table};
use crate::views;
use crate::world::World;
use ssg_taxonomy::{LangId, SectionId, TermId};
use tera::Value;

/// A sheet of a section.
pub(super) fn section(world: &World, id: SectionId, number: usize, lang: &str) -> Result<String> {
    let section = world.site.section(id);
    let size = section_size(world, id);
    let sheets = sheets(&section.pages, size);
    let pages = sheets.get(number - 1).copied().unwrap_or(&[]);
    let asked = Question::Sheet { list: FeedOf::Section(id).list(&world.site), number };
    looked_up(world.in_language(section.language, asked));
    let view = views::section_view(world, id, pages);
    let is_home = section.parent.is_none();
    let mut names = vec!["section.html".to_owned()];
    if is_home {
        names.insert(0, "index.html".to_owned());
    }
    if let Some(own) = &section.document.front.template {
        let source = section.source.clone().unwrap_or_default();
        names.insert(0, own_template(world, own, &source)?);
    }
    let path = sheet_path(&section.path, number);
    let list = Some(if is_home { FeedOf::Site(section.language) } else { FeedOf::Section(id) });
    let kind = if is_home { "home" } else { "section" };
    let calendar = (is_home || section.dir == "events").then_some(CalendarOf::Upcoming);
    let source = section.source.as_ref();
    let frame = Frame {
        list,
        source,
        calendar,
        first_sheet: &section.path,
        ..Frame::new(kind, About::Section(id), &path, lang)
    };
    let paginator = paginator(&section.path, number, sheets.len(), size.is_some());
    template(world, &names, &frame, "section", view, &[("paginator", paginator)])
}

/// The index of a taxonomy.
pub(super) fn taxonomy(world: &World, index: usize, language: LangId, lang: &str) -> Result<String> {
    let site = &world.site;
    let taxonomy = &site.taxonomies[index];
    let view = views::taxonomy_view(world, index, language);
    let templates = [format!("{}-index.html", taxonomy.name), "taxonomy.html".into(), "section.html".into()];
    let path = site.taxonomy_path(index, language);
    let frame = Frame {
        source: site.taxonomy_source(index, language),
        list: Some(FeedOf::Site(language)),
        ..Frame::new("taxonomy", About::Taxonomy, &path, lang)
    };
    template(world, &templates, &frame, "taxonomy", view, &[])
}

/// A sheet of a term.
pub(super) fn term(world: &World, id: TermId, language: LangId, number: usize, lang: &str) -> Result<String> {
    let site = &world.site;
    let term = site.term_in(id, language);
    let list = FeedOf::Term(id, language);
    let asked = Question::Sheet { list: list.list(site), number };
    looked_up(world.in_language(language, asked));
    let sheets = sheets(term.pages, term_size(world, id));
    let pages = sheets.get(number - 1).copied().unwrap_or(&[]);
    let view = views::term_view(world, id, language, pages);
    let name = &site.taxonomies[id.taxonomy as usize].name;
    let templates = [format!("{name}-term.html"), "term.html".into(), "page.html".into()];
    let path = sheet_path(term.path, number);
    let source = term.page.map(|page| &site.page(page).source);
    let slug = site.term(id).slug.as_str().into();
    let calendar = ["speakers", "tools"]
        .contains(&name.as_str())
        .then(|| CalendarOf::Term { taxonomy: name.as_str().into(), slug });
    let frame = Frame {
        list: Some(list),
        source,
        calendar,
        first_sheet: term.path,
        ..Frame::new("term", About::Term(id), &path, lang)
    };
    let paginator = paginator(term.path, number, sheets.len(), term_size(world, id).is_some());
    template(world, &templates, &frame, "term", view, &[("paginator", paginator)])
}

/// The archive by year.
pub(super) fn archive(world: &World, language: LangId, lang: &str) -> Result<String> {
    let path = archive_path(world, language);
    let view = Table::from_value(&views::section_view(world, world.site.home(language), &[]))
        .set("kind", "archive")
        .set("title", word(world, lang, "archive", "Archive"))
        .set("path", path.as_str())
        .set("permalink", world.config.permalink(&path))
        .set("content", table::html(""))
        .set("description", "")
        .set("lede", Value::none())
        .done();
    let list = Some(FeedOf::Site(language));
    let frame = Frame { list, ..Frame::new("archive", About::Archive, &path, lang) };
    let templates = ["archive.html".to_owned(), "section.html".to_owned()];
    template(world, &templates, &frame, "section", view, &[("paginator", Value::none())])
}

/// The page for what is not found.
pub(super) fn not_found(world: &World, lang: &str) -> Result<String> {
    let view = Table::from_value(&views::section_view(world, SectionId(0), &[]))
        .set("kind", "404")
        .set("title", word(world, lang, "not-found", "Not found"))
        .set("path", "/404.html")
        .set("content", table::html(""))
        .set("description", "")
        .done();
    let frame = Frame::new("404", About::NotFound, "/404.html", lang);
    template(world, &["404.html".to_owned(), "page.html".to_owned()], &frame, "page", view, &[])
}

fn paginator(path: &str, number: usize, total: usize, paginated: bool) -> Value {
    if paginated { views::paginator_view(path, number, total) } else { Value::none() }
}
