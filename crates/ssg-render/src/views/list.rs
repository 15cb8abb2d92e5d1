//! Sections, taxonomies, terms, the archive and the menu.

use super::card::{description, term_reference};
use super::languages::{section_title, shown_section_title, shown_taxonomy_title, taxonomy_title};
use super::page::{breadcrumbs, page_view, toc};
use crate::body::render_pieces;
use crate::hidden;
use crate::images;
use crate::links::{Owner, Place};
use crate::plan::{FeedOf, archive_path, feed_path, formats, has_archive};
use crate::question::Question;
use crate::reader::looked_up;
use crate::table::{Table, html};
use crate::world::World;
use ssg_taxonomy::{LangId, PageId, SectionId, TermId};
use std::collections::BTreeMap;
use std::sync::PoisonError;
use tera::Value;

/// The view of a section; `pages` are those of the sheet that is rendered.
pub(crate) fn section_view(world: &World, id: SectionId, pages: &[PageId]) -> Value {
    let section = world.site.section(id);
    let outline = &section.document.outline;
    let front = &section.document.front;
    looked_up(world.in_language(section.language, Question::Section(section.dir.as_str().into())));
    let content = section.source.as_ref().map_or_else(String::new, |source| {
        let owner = Owner { source, path: &section.path };
        images::check_own(world, owner, front);
        hidden::check(world, source, &section.document);
        hidden::check_path(world, source, &section.path);
        render_pieces(world, owner, &world.pieces(source, &section.document), Place::Own)
    });
    let sections: Vec<Value> = section
        .sections
        .iter()
        .map(|id| {
            let below = world.site.section(*id);
            Table::new()
                .set("title", shown_section_title(world, *id))
                .set("path", below.path.as_str())
                .set("count", below.pages.len())
                .done()
        })
        .collect();
    let crumbs = section.parent.map_or_else(Vec::new, |parent| breadcrumbs(world, parent, None));
    let plain = front.description.as_ref().map_or(outline.lead.as_str(), |text| text.value.as_str());
    Table::new()
        .set("kind", if section.parent.is_none() { "home" } else { "section" })
        .set("title", shown_section_title(world, id))
        .set("path", section.path.as_str())
        .set("permalink", world.config.permalink(&section.path))
        .set("description", plain)
        .set("lede", front.description.as_ref().map(|text| text.value.as_str()))
        .set("content", html(&content))
        .set("toc", toc(outline))
        .set("show_toc", front.toc.unwrap_or(false))
        .set("breadcrumbs", crumbs)
        .set("count", section.pages.len())
        .set("pages", world.cards(pages.iter().copied()))
        .set("sections", sections)
        .set("image", front.image.as_ref().map(|image| image.value.as_str()))
        .set("extra", front.extra.as_ref().map_or_else(|| Table::new().done(), super::data_value))
        .done()
}

/// Feeds that belong to the outputs of a list: the site's, and its own.
pub(crate) fn feeds_view(world: &World, list: FeedOf) -> Value {
    let mut feeds = Vec::new();
    let language = list.language(&world.site);
    let site = FeedOf::Site(language);
    let own = (list != site).then_some(list);
    for of in std::iter::once(site).chain(own) {
        let title = match of {
            FeedOf::Site(language) => world.config.title_in(language).to_owned(),
            FeedOf::Section(id) if world.site.section(id).pages.is_empty() => continue,
            FeedOf::Section(id) => section_title(world, id),
            FeedOf::Term(id, _) => {
                let name = &world.site.taxonomies[id.taxonomy as usize].name;
                if !world.config.taxonomy(name).is_some_and(|options| options.feed) {
                    continue;
                }
                world.site.term_in(id, language).name.to_owned()
            }
        };
        for format in formats(world) {
            let label = format!("{title} ({})", format.name());
            feeds.push(
                Table::new()
                    .set("title", label)
                    .set("path", feed_path(world, of, format))
                    .set("mime", format.mime())
                    .done(),
            );
        }
    }
    Value::from(feeds)
}

/// Where a sheet stands among those of its list.
pub(crate) fn paginator_view(path: &str, number: usize, total: usize) -> Value {
    let sheet = |number: usize| crate::plan::sheet_path(path, number);
    Table::new()
        .set("number", number)
        .set("total", total)
        .set("first", sheet(1))
        .set("last", sheet(total))
        .set("previous", (number > 1).then(|| sheet(number - 1)))
        .set("next", (number < total).then(|| sheet(number + 1)))
        .done()
}

/// Years over which gaps are filled.
const LONGEST: i16 = 200;

/// How often a term that these pages carry is mentioned in each year: without gaps, unless it is for
/// centuries.
pub(crate) fn years(world: &World, pages: &[PageId]) -> Vec<(i16, usize)> {
    let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
    for page in pages {
        if let Some(year) = world.site.page(*page).year {
            *counts.entry(year).or_default() += 1;
        }
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

fn year_fields(table: Table, years: &[(i16, usize)]) -> Table {
    let list: Vec<Value> = years
        .iter()
        .map(|(year, count)| Table::new().set("year", *year).set("count", *count).done())
        .collect();
    table
        .set("years", list)
        .set("first_year", years.first().map(|(year, _)| *year))
        .set("last_year", years.last().map(|(year, _)| *year))
}

/// The view of a term in a language; `pages` are those of the sheet that is rendered.
pub(crate) fn term_view(world: &World, id: TermId, language: LangId, pages: &[PageId]) -> Value {
    let term = world.site.term_in(id, language);
    let (aliases, slug) = (&world.site.term(id).aliases, world.site.term(id).slug.as_str());
    let index = usize::from(id.taxonomy);
    let taxonomy = &world.site.taxonomies[index];
    let asked = Question::Term { taxonomy: taxonomy.name.as_str().into(), slug: slug.into() };
    looked_up(world.in_language(language, asked));
    let (title, above) =
        (shown_taxonomy_title(world, index, language), world.site.taxonomy_path(index, language));
    let base = match term.page {
        Some(page) => Table::from_value(&page_view(world, page)),
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
            .set("extra", Table::new().done()),
    };
    let of = Table::new()
        .set("name", taxonomy.name.as_str())
        .set("title", title.as_str())
        .set("path", above.as_str())
        .done();
    let home = world.site.section(world.site.home(language));
    let crumbs = [(home.title.as_str(), home.path.as_str()), (title.as_str(), above.as_str())]
        .map(|(title, path)| Table::new().set("title", title).set("path", path).done());
    let view = base
        .set("kind", "term")
        .set("title", term.name)
        .set("name", term.name)
        .set("slug", slug)
        .set("path", term.path)
        .set("permalink", world.config.permalink(term.path))
        .set("count", term.pages.len())
        .set("taxonomy", of)
        .set("aliases", aliases.clone())
        .set("breadcrumbs", crumbs.to_vec())
        .set("pages", world.cards(pages.iter().copied()));
    year_fields(view, &years(world, term.pages)).done()
}

/// The view of a taxonomy's index in a language.
pub(crate) fn taxonomy_view(world: &World, index: usize, language: LangId) -> Value {
    let taxonomy = &world.site.taxonomies[index];
    let text = world.site.taxonomy_text(index, language);
    looked_up(world.in_language(language, Question::Taxonomy(taxonomy.name.as_str().into())));
    let source = world.site.taxonomy_source(index, language).cloned().unwrap_or_default();
    let path = world.site.taxonomy_path(index, language);
    let owner = Owner { source: &source, path: &path };
    let content = text.map_or_else(String::new, |text| {
        hidden::check(world, &source, text);
        render_pieces(world, owner, &world.pieces(&source, text), Place::Own)
    });
    let title = shown_taxonomy_title(world, index, language);
    let plain = text.map_or("", |text| {
        text.front.description.as_ref().map_or(text.outline.lead.as_str(), |text| text.value.as_str())
    });
    let terms: Vec<Value> = world
        .site
        .terms_in(index, language)
        .into_iter()
        .map(|id| {
            let term = world.site.term_in(id, language);
            let page = term.page.map(|page| world.site.page(page));
            let entry = Table::from_value(&term_reference(world, id, language))
                .set("count", term.pages.len())
                .set("description", page.map_or_else(String::new, description))
                .set(
                    "image",
                    page.and_then(|page| page.document.front.image.as_ref())
                        .map(|image| image.value.as_str()),
                );
            year_fields(entry, &years(world, term.pages)).done()
        })
        .collect();
    let home = world.site.section(world.site.home(language));
    let crumb = Table::new().set("title", home.title.as_str()).set("path", home.path.as_str()).done();
    Table::new()
        .set("kind", "taxonomy")
        .set("name", taxonomy.name.as_str())
        .set("title", title)
        .set("path", path.as_str())
        .set("permalink", world.config.permalink(&path))
        .set("count", terms.len())
        .set("content", html(&content))
        .set("description", plain)
        .set("lede", text.and_then(|text| text.front.description.as_ref()).map(|text| text.value.as_str()))
        .set("breadcrumbs", vec![crumb])
        .set("terms", terms)
        .done()
}

/// A month and its posts.
type Month = (i8, Vec<PageId>);

/// Posts by year and month, newest first.
pub(crate) fn archive_view(world: &World, posts: &[PageId]) -> Value {
    let mut years: Vec<(i16, Vec<Month>)> = Vec::new();
    for id in posts.iter().copied() {
        let Some(date) = &world.site.page(id).date else { continue };
        if years.last().is_none_or(|(year, _)| *year != date.year()) {
            years.push((date.year(), Vec::new()));
        }
        let Some((_, months)) = years.last_mut() else { continue };
        if months.last().is_none_or(|(month, _)| *month != date.month()) {
            months.push((date.month(), Vec::new()));
        }
        if let Some((_, pages)) = months.last_mut() {
            pages.push(id);
        }
    }
    let years: Vec<Value> = years
        .into_iter()
        .map(|(year, months)| {
            let months: Vec<Value> = months
                .into_iter()
                .map(|(month, pages)| {
                    Table::new().set("month", i64::from(month)).set("pages", world.cards(pages)).done()
                })
                .collect();
            Table::new().set("year", year).set("months", months).done()
        })
        .collect();
    Value::from(years)
}

/// Every series with more than one edition, by name; a series is called what its latest edition is,
/// without the year.
pub(crate) fn series_view(world: &World, language: LangId) -> Value {
    let site = &world.site;
    let all = site.series().filter(|(_, editions)| editions.len() > 1).map(|(name, editions)| {
        let latest = editions.last().map(|id| site.page(site.nearest(*id, language)));
        let latest = latest.map_or("", |page| page.title.as_str());
        let is_year = |word: &&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        let title: Vec<&str> = latest.split_whitespace().filter(|word| !is_year(word)).collect();
        let title = if title.is_empty() { name.to_owned() } else { title.join(" ") };
        let editions: Vec<Value> = editions
            .iter()
            .filter_map(|id| site.event_of(*id))
            .map(|event| super::card::event_reference(world, event, language))
            .collect();
        Table::new().set("name", name).set("title", title).set("editions", editions).done()
    });
    Value::from(all.collect::<Vec<_>>())
}

/// What a menu lists when the site names nothing: sections with pages, taxonomies with terms, the
/// archive, plain pages of the top level. No counts, so that it changes only when a list does.
pub(crate) fn menu_view(world: &World, language: LangId) -> Value {
    let known = world.menus.read().unwrap_or_else(PoisonError::into_inner).get(&language).cloned();
    known.unwrap_or_else(|| {
        let menu = menu_of(world, language);
        world.menus.write().unwrap_or_else(PoisonError::into_inner).insert(language, menu.clone());
        menu
    })
}

/// How many sections a menu has that nobody wrote: each page shows all of it.
const MOST_SECTIONS: usize = 20;

fn menu_of(world: &World, language: LangId) -> Value {
    let entry = |title: &str, path: &str| Table::new().set("title", title).set("path", path).done();
    let site = &world.site;
    let Some(home) = site.sections.get(site.home(language).index()) else {
        return Value::from(Vec::<Value>::new());
    };
    let mut menu: Vec<Value> = home
        .sections
        .iter()
        .map(|id| (*id, site.section(*id)))
        .filter(|(_, section)| !section.pages.is_empty())
        .take(MOST_SECTIONS)
        .map(|(id, section)| entry(&section_title(world, id), &section.path))
        .collect();
    for index in (0..site.taxonomies.len()).filter(|index| !site.terms_in(*index, language).is_empty()) {
        menu.push(entry(&taxonomy_title(world, index, language), &site.taxonomy_path(index, language)));
    }
    if has_archive(world, language) {
        let title = world.look.theme.string(world.config.tag(language), "archive", "Archive");
        menu.push(entry(&title, &archive_path(world, language)));
    }
    let mut plain: Vec<&ssg_taxonomy::Page> = home.pages.iter().map(|id| site.page(*id)).collect();
    plain.sort_by_key(|page| (page.weight, page.title.as_str()));
    menu.extend(plain.iter().take(2).map(|page| entry(&page.title, &page.path)));
    Value::from(menu)
}
