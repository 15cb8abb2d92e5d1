//! Which outputs there are, before any of them is rendered.
//!
//! Touches metadata only. Two sources of one path are an error that names both; letters' case and
//! the composition of accents count as equal, since some file systems cannot tell them apart.

mod feeds;
mod origin;
mod output;
mod planned;
mod redirects;

pub(crate) use feeds::{feed_content, feed_path, formats};
pub use output::{FeedOf, Output, OutputKind};
pub(crate) use redirects::aliases;

use crate::cards;
use crate::exports::{api, calendars, schedule, schedule_path};
use crate::hosting::cname;
use crate::world::World;
use feeds::plan_feeds;
use planned::Planned;
use ssg_source::{Diagnostic, Diagnostics, codes};
use ssg_taxonomy::{Kind, LangId, PageId, SectionId, TermId};
use std::borrow::Cow;

/// The path of a sheet of a list.
pub(crate) fn sheet_path(path: &str, number: usize) -> String {
    if number <= 1 { path.to_owned() } else { format!("{}page/{number}/", folder(path)) }
}

/// A path up to its last slash.
fn folder(path: &str) -> &str {
    &path[..=path.rfind('/').unwrap_or(0)]
}

/// The file that a path is served from.
fn file_of(path: &str) -> String {
    let inner = path.trim_start_matches('/');
    if path.ends_with('/') { format!("{inner}index.html") } else { inner.to_owned() }
}

/// The pages of each sheet of a list.
pub(crate) fn sheets(pages: &[PageId], size: Option<usize>) -> Vec<&[PageId]> {
    match size {
        Some(size) if !pages.is_empty() => pages.chunks(size.max(1)).collect(),
        _ => vec![pages],
    }
}

/// Pages of a sheet of a section.
pub(crate) fn section_size(world: &World, id: SectionId) -> Option<usize> {
    let own = world.site.section(id).document.front.paginate_by;
    own.and_then(|size| usize::try_from(size).ok()).filter(|size| *size > 0).or(world.config.paginate_by)
}

/// Pages of a sheet of a term.
pub(crate) fn term_size(world: &World, id: TermId) -> Option<usize> {
    let name = &world.site.taxonomies[id.taxonomy as usize].name;
    world.config.taxonomy(name).and_then(|options| options.paginate_by)
}

/// Lists every output; collisions go to `found`.
#[must_use]
pub fn plan(world: &World, found: &mut Diagnostics) -> Vec<Output> {
    let mut planned = Planned::default();
    plan_pages(world, &mut planned);
    plan_lists(world, &mut planned);
    plan_files(world, &mut planned);
    plan_feeds(world, &mut planned);
    plan_exports(world, &mut planned);
    let outputs = &world.config.outputs;
    for language in world.site.languages().filter(|language| has_archive(world, *language)) {
        planned.add(&archive_path(world, language), OutputKind::Archive(language), None);
    }
    if outputs.not_found {
        planned.add("/404.html", OutputKind::NotFound, None);
    }
    if outputs.sitemap {
        planned.add("/sitemap.xml", OutputKind::Sitemap, None);
    }
    if outputs.robots && !world.look.theme.statics.contains_key("robots.txt") {
        planned.add("/robots.txt", OutputKind::Robots, None);
    }
    let aliases = aliases(world);
    if outputs.redirects && !aliases.is_empty() && !world.look.theme.statics.contains_key("_redirects") {
        planned.add("/_redirects", OutputKind::Redirects, None);
    }
    plan_hosting(world, &mut planned, found);
    if world.site.next_change().is_some() {
        planned.add("/next-build.json", OutputKind::NextBuild, None);
    }
    for (from, to, source) in aliases {
        planned.add(&from, OutputKind::Redirect(to), Some(&source));
    }
    planned.check(world, found)
}

/// Whether a language has an archive.
pub(crate) fn has_archive(world: &World, language: LangId) -> bool {
    world.config.outputs.archive && world.site.listed(Kind::Post, language).next().is_some()
}

/// The path of the archive of a language.
pub(crate) fn archive_path(world: &World, language: LangId) -> String {
    format!("{}archive/", world.site.home_path(language))
}

fn plan_pages(world: &World, planned: &mut Planned) {
    for (id, page) in world.site.numbered_pages() {
        if page.kind != Kind::Term {
            planned.add(&page.path, OutputKind::Page(id), Some(&page.source));
            if cards::has(world, page) {
                planned.add(&cards::path(&page.path), OutputKind::Card(id), Some(&page.source));
            }
        }
    }
}

fn plan_lists(world: &World, planned: &mut Planned) {
    let site = &world.site;
    for (index, section) in site.sections.iter().enumerate() {
        let id = SectionId(u32::try_from(index).unwrap_or(u32::MAX));
        for number in 1..=sheets(&section.pages, section_size(world, id)).len() {
            let path = sheet_path(&section.path, number);
            planned.add(&path, OutputKind::Section(id, number), section.source.as_ref());
        }
    }
    let taxonomies =
        (0..site.taxonomies.len()).flat_map(|index| site.languages().map(move |one| (index, one)));
    for (index, language) in taxonomies.filter(|(index, language)| site.has_taxonomy(*index, *language)) {
        planned.add(&site.taxonomy_path(index, language), OutputKind::Taxonomy(index, language), None);
        for id in site.terms_in(index, language) {
            let term = site.term_in(id, language);
            let source = term.page.map(|page| &site.page(page).source);
            for sheet in 1..=sheets(term.pages, term_size(world, id)).len() {
                planned.add(&sheet_path(term.path, sheet), OutputKind::Term(id, language, sheet), source);
            }
        }
    }
}

fn plan_files(world: &World, planned: &mut Planned) {
    for asset in world.look.assets.iter() {
        planned.add(&asset.path, OutputKind::Bytes(asset.bytes.clone()), Some(&asset.source));
    }
    let is_ours = |name: &str| name == cname::FILE && world.config.hosting.cname.is_some();
    for (name, file) in world.look.theme.statics.iter().filter(|(name, _)| !is_ours(name)) {
        let kind = match &file.on_disk {
            Some(path) => OutputKind::Copy(path.clone()),
            None => OutputKind::Bytes(file.bytes.clone()),
        };
        planned.add(&format!("/{name}"), kind, Some(&file.path));
    }
    let mut beside: Vec<_> = world.beside.iter().collect();
    beside.sort();
    for (source, path) in beside {
        let kind = match world.inputs.on_disk(source) {
            Some(path) => OutputKind::Copy(path),
            None => OutputKind::Input(source.clone()),
        };
        planned.add(path, kind, Some(source));
    }
}

fn plan_hosting(world: &World, planned: &mut Planned, found: &mut Diagnostics) {
    if world.config.hosting.headers {
        match world.look.theme.statics.get("_headers") {
            None => planned.add("/_headers", OutputKind::Headers, None),
            Some(file) => found.add(
                Diagnostic::warning(
                    codes::HOSTING,
                    "this file takes the place of the one that `[hosting]` describes",
                )
                .in_file(&file.path)
                .hint("remove it, or set `headers = false`"),
            ),
        }
    }
    if world.config.hosting.cname.is_some() {
        planned.add("/CNAME", OutputKind::Cname, None);
    }
}

fn plan_exports(world: &World, planned: &mut Planned) {
    for (of, source) in calendars::all(world) {
        planned.add(&calendars::path(world, &of), OutputKind::Calendar(of), source);
    }
    for (of, source) in api::all(world) {
        planned.add(&api::path(world, &of), OutputKind::Api(of), source);
    }
    for event in world.site.events.iter().filter(|event| schedule::has(world, event)) {
        let page = world.site.page(event.page);
        let kind = OutputKind::ScheduleFile(page.path.as_str().into());
        planned.add(&schedule_path(&page.path), kind, Some(&page.source));
    }
}

/// Every address of the site map, with the moment of the last change where one is known.
pub(crate) fn addresses(world: &World) -> Vec<(Cow<'_, str>, Option<&jiff::Zoned>)> {
    let site = &world.site;
    let mut all: Vec<(Cow<'_, str>, Option<&jiff::Zoned>)> =
        site.sections.iter().map(|section| (section.path.as_str().into(), None)).collect();
    for page in site.pages.iter().filter(|page| page.kind != Kind::Term) {
        // The date of an event says when it takes place, not when its page changed.
        let dated = matches!(page.kind, Kind::Post | Kind::Page).then_some(page.date.as_ref()).flatten();
        all.push((page.path.as_str().into(), page.updated.as_ref().or(dated)));
    }
    for index in 0..site.taxonomies.len() {
        for language in site.languages().filter(|language| site.has_taxonomy(index, *language)) {
            all.push((site.taxonomy_path(index, language).into(), None));
            let terms = site.terms_in(index, language).into_iter();
            all.extend(terms.map(|id| (site.term_in(id, language).path.into(), None)));
        }
    }
    all
}
