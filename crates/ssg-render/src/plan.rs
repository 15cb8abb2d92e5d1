//! Which outputs there are, before any of them is rendered.
//!
//! Touches metadata only. Two sources of one path are an error that names both; letters' case and
//! the composition of accents count as equal, since some file systems cannot tell them apart.

use crate::cards;
use crate::exports::{api, calendars, schedule, schedule_path};
use crate::hosting::cname;
use crate::outputs::FeedFormat;
use crate::question::{ApiOf, CalendarOf, List};
use crate::views;
use crate::world::World;
use ssg_source::{Diagnostic, Diagnostics, Digest, Digester, SitePath};
use ssg_taxonomy::{Kind, LangId, PageId, SectionId, Site, TermId};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// One file of the built site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Path of the file relative to the output folder, with `/`.
    pub file: String,
    /// What it is.
    pub kind: OutputKind,
    /// The source it comes from, for messages.
    pub source: Option<SitePath>,
}

/// What an output is, and of what.
#[derive(Clone, Debug)]
pub enum OutputKind {
    /// A page.
    Page(PageId),
    /// A sheet of a section, from 1.
    Section(SectionId, usize),
    /// Index of a taxonomy, in a language.
    Taxonomy(usize, LangId),
    /// A sheet of a term in a language, from 1.
    Term(TermId, LangId, usize),
    /// The archive by year, in a language.
    Archive(LangId),
    /// The page for what is not found.
    NotFound,
    /// A feed.
    Feed(FeedOf, FeedFormat),
    /// The site map.
    Sitemap,
    /// A calendar.
    Calendar(CalendarOf),
    /// A file of the API.
    Api(ApiOf),
    /// The schedule for apps of the event whose page lies at a path.
    ScheduleFile(Arc<str>),
    /// `robots.txt`
    Robots,
    /// `_redirects`
    Redirects,
    /// The picture of a page.
    Card(PageId),
    /// `_headers`
    Headers,
    /// `CNAME`
    Cname,
    /// `next-build.json`
    NextBuild,
    /// A page that leads to another path.
    Redirect(String),
    /// Bytes that are there already.
    Bytes(Arc<[u8]>),
    /// A file to be copied.
    Copy(PathBuf),
    /// A file of the inputs, copied through them.
    Input(SitePath),
}

impl OutputKind {
    /// Whether it is rendered, and so can be reused; all else is copied as it is.
    #[must_use]
    pub fn is_rendered(&self) -> bool {
        !matches!(self, Self::Bytes(_) | Self::Copy(_) | Self::Input(_))
    }

    /// The language of the site that it belongs to.
    pub(crate) fn language(&self, site: &Site) -> LangId {
        match self {
            Self::Page(id) => site.page(*id).language,
            Self::Section(id, _) => site.section(*id).language,
            Self::Taxonomy(_, language) | Self::Term(_, language, _) | Self::Archive(language) => *language,
            Self::Feed(of, _) => of.language(site),
            _ => LangId::MAIN,
        }
    }

    /// Whether it asks what came of the others, and so is rendered after all of them.
    #[must_use]
    pub fn is_late(&self) -> bool {
        matches!(self, Self::Headers)
    }

    /// What tells one output from another that might take its place.
    pub(crate) fn recipe(&self, site: &Site) -> Digest {
        let mut digester = Digester::new();
        let language = self.language(site);
        if !language.is_main() {
            digester.text("language").number(language.0);
        }
        let mut list = |name: &str, of: FeedOf, number: usize| {
            digester.text(name).value(&of.list(site)).count(number).done()
        };
        match self {
            Self::Page(id) => digester.text("page").text(&site.page(*id).path).done(),
            Self::Section(id, number) => list("section", FeedOf::Section(*id), *number),
            Self::Taxonomy(index, _) => digester.text("taxonomy").text(&site.taxonomies[*index].name).done(),
            Self::Term(id, language, number) => list("term", FeedOf::Term(*id, *language), *number),
            Self::Feed(of, format) => list(format.name(), *of, 0),
            Self::Redirect(to) => digester.text("redirect").text(to).done(),
            Self::Api(of) => digester.text("api").value(of).done(),
            Self::ScheduleFile(path) => digester.text("schedule").text(path).done(),
            Self::Calendar(of) => digester.text("calendar").value(of).done(),
            Self::Archive(_) => digester.text("archive").done(),
            Self::NotFound => Digest::of_text("404"),
            Self::Sitemap => Digest::of_text("sitemap"),
            Self::Robots => Digest::of_text("robots"),
            Self::Redirects => Digest::of_text("redirects"),
            Self::Card(id) => digester.text("card").text(&site.page(*id).path).done(),
            Self::Headers => Digest::of_text("headers"),
            Self::Cname => Digest::of_text("cname"),
            Self::NextBuild => Digest::of_text("next build"),
            Self::Bytes(bytes) => Digest::of_bytes(bytes),
            Self::Copy(_) | Self::Input(_) => Digest::of_text("copy"),
        }
    }
}

/// What a feed is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedOf {
    /// The newest posts of the site, in a language.
    Site(LangId),
    /// A section.
    Section(SectionId),
    /// A term, in a language.
    Term(TermId, LangId),
}

impl FeedOf {
    /// The language of the list.
    pub(crate) fn language(self, site: &Site) -> LangId {
        match self {
            Self::Site(language) | Self::Term(_, language) => language,
            Self::Section(id) => site.section(id).language,
        }
    }

    /// The list, named so that it means the same in the next build.
    pub(crate) fn list(self, site: &Site) -> List {
        match self {
            Self::Site(_) => List::Site,
            Self::Section(id) => List::Section(site.section(id).dir.as_str().into()),
            Self::Term(id, _) => List::Term {
                taxonomy: site.taxonomies[usize::from(id.taxonomy)].name.as_str().into(),
                slug: site.term(id).slug.as_str().into(),
            },
        }
    }
}

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

/// The formats of the configuration.
pub(crate) fn formats(world: &World) -> Vec<FeedFormat> {
    world.config.feeds.formats.iter().filter_map(|name| FeedFormat::parse(name)).collect()
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
    let mut planned = Planned { outputs: Vec::new() };
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
    planned.check(found)
}

/// Whether a language has an archive.
pub(crate) fn has_archive(world: &World, language: LangId) -> bool {
    world.config.outputs.archive && world.site.listed(Kind::Post, language).next().is_some()
}

/// The path of the archive of a language.
pub(crate) fn archive_path(world: &World, language: LangId) -> String {
    format!("{}archive/", world.site.home_path(language))
}

/// Every redirect: from, to, and the file that asks for it.
pub(crate) fn aliases(world: &World) -> Vec<(String, String, SitePath)> {
    let mut aliases = Vec::new();
    for page in world.site.pages.iter().filter(|page| page.kind != Kind::Term) {
        for alias in page.aliases.iter().filter(|alias| **alias != page.path) {
            aliases.push((alias.clone(), page.path.clone(), page.source.clone()));
        }
    }
    for section in &world.site.sections {
        for alias in section.aliases.iter().filter(|alias| **alias != section.path) {
            aliases.push((alias.clone(), section.path.clone(), section.source.clone().unwrap_or_default()));
        }
    }
    for index in 0..world.site.taxonomies.len() {
        for language in world.site.languages() {
            term_aliases(world, index, language, &mut aliases);
        }
    }
    aliases.sort();
    aliases.dedup();
    aliases
}

/// Redirects to the terms of a taxonomy in a language.
fn term_aliases(
    world: &World,
    index: usize,
    language: LangId,
    aliases: &mut Vec<(String, String, SitePath)>,
) {
    let site = &world.site;
    let taxonomy = &site.taxonomies[index];
    let above = site.taxonomy_path(index, language);
    let source = |page: Option<PageId>| page.map(|page| site.page(page).source.clone()).unwrap_or_default();
    // Spellings with a slug of their own redirect to the term that they mean.
    for (slug, number) in &taxonomy.spellings {
        let id = TermId { taxonomy: u16::try_from(index).unwrap_or(u16::MAX), term: *number };
        let term = site.term_in(id, language);
        if *slug != site.term(id).slug && term.exists {
            aliases.push((format!("{above}{slug}/"), term.path.to_owned(), source(term.page)));
        }
    }
    for term in site.terms_in(index, language).into_iter().map(|id| site.term_in(id, language)) {
        let Some(page) = term.page.map(|page| site.page(page)) else { continue };
        for alias in page.document.front.aliases.iter().filter(|alias| alias.value.starts_with('/')) {
            let path = format!("/{}/", alias.value.trim_matches('/'));
            if !alias.value.contains("..") && path != term.path {
                aliases.push((path, term.path.to_owned(), page.source.clone()));
            }
        }
    }
}

struct Planned {
    outputs: Vec<Output>,
}

impl Planned {
    fn add(&mut self, path: &str, kind: OutputKind, source: Option<&SitePath>) {
        self.outputs.push(Output { file: file_of(path), kind, source: source.cloned() });
    }

    /// Reports two sources of one path, and keeps the first.
    fn check(self, found: &mut Diagnostics) -> Vec<Output> {
        let mut taken: BTreeMap<String, (String, Option<SitePath>)> = BTreeMap::new();
        let mut outputs = Vec::with_capacity(self.outputs.len());
        for output in self.outputs {
            let key = fold(&output.file);
            match taken.get(&key) {
                None => {
                    taken.insert(key, (output.file.clone(), output.source.clone()));
                    outputs.push(output);
                }
                Some((file, first)) => found.add(collision(&output, file, first.as_ref())),
            }
        }
        // A file cannot stand where a folder must be.
        for output in &outputs {
            let mut at = output.file.as_str();
            while let Some(slash) = at.rfind('/') {
                at = &at[..slash];
                if let Some((file, first)) = taken.get(&fold(at)) {
                    found.add(collision(output, file, first.as_ref()));
                }
            }
        }
        outputs
    }
}

/// What a file system that knows neither case nor composition makes of a name.
fn fold(file: &str) -> String {
    if file.is_ascii() { file.to_ascii_lowercase() } else { ssg_parse::fold_name(file) }
}

fn collision(output: &Output, file: &str, first: Option<&SitePath>) -> Diagnostic {
    let inside =
        |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
    let message = if inside(file, &output.file) {
        format!("`{file}` is a file, and `{}` needs a folder of that name", output.file)
    } else if output.file == file {
        format!("two sources for the output `{file}`")
    } else {
        format!("the outputs `{}` and `{file}` collide where case or accents do not count", output.file)
    };
    let mut diagnostic = Diagnostic::error("output-collision", message);
    let named = |source: Option<&SitePath>| source.filter(|source| !source.as_str().is_empty()).cloned();
    let (this, other) = (named(output.source.as_ref()), named(first));
    let generated = format!("the other one is the site's own {}", describe(&output.kind));
    match (this, other) {
        (Some(this), Some(other)) => {
            diagnostic = diagnostic.in_file(&this).label(&other, None, "the other source");
        }
        (Some(this), None) => {
            diagnostic =
                diagnostic.in_file(&this).hint("the other one is an output that the site itself makes");
        }
        (None, Some(other)) => diagnostic = diagnostic.in_file(&other).hint(generated),
        (None, None) => diagnostic = diagnostic.hint(generated),
    }
    diagnostic.hint("set `slug` or `path` of a page, rename a file, or switch the output off under [outputs]")
}

/// What an output is, in words.
fn describe(kind: &OutputKind) -> &'static str {
    match kind {
        OutputKind::Page(_) => "page",
        OutputKind::Section(..) => "section",
        OutputKind::Taxonomy(..) | OutputKind::Term(..) => "page of terms",
        OutputKind::Archive(_) => "archive",
        OutputKind::NotFound => "404 page",
        OutputKind::Feed(..) => "feed",
        OutputKind::Calendar(_) => "calendar",
        OutputKind::Card(_) => "social card",
        OutputKind::Api(_) => "API",
        OutputKind::ScheduleFile(_) => "schedule for apps",
        OutputKind::Sitemap => "site map",
        OutputKind::Robots
        | OutputKind::Redirects
        | OutputKind::Headers
        | OutputKind::Cname
        | OutputKind::NextBuild => "file for hosts",
        OutputKind::Redirect(_) => "redirect",
        OutputKind::Bytes(_) | OutputKind::Copy(_) | OutputKind::Input(_) => "file",
    }
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
                    "hosting",
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

fn plan_feeds(world: &World, planned: &mut Planned) {
    let formats = formats(world);
    let mut add = |of: FeedOf| {
        for format in &formats {
            planned.add(&feed_path(world, of, *format), OutputKind::Feed(of, *format), None);
        }
    };
    for language in world.site.languages() {
        add(FeedOf::Site(language));
    }
    for (index, section) in world.site.sections.iter().enumerate() {
        if section.parent.is_some() && !section.pages.is_empty() {
            add(FeedOf::Section(SectionId(u32::try_from(index).unwrap_or(u32::MAX))));
        }
    }
    for (index, taxonomy) in world.site.taxonomies.iter().enumerate() {
        if !world.config.taxonomy(&taxonomy.name).is_some_and(|options| options.feed) {
            continue;
        }
        for language in world.site.languages() {
            for id in world.site.terms_in(index, language) {
                add(FeedOf::Term(id, language));
            }
        }
    }
}

/// What a feed holds.
pub(crate) struct FeedContent {
    pub title: String,
    /// Path of the list.
    pub path: String,
    /// Newest first, as many as the configuration wants.
    pub pages: Vec<PageId>,
}

/// Title, address and pages of a feed.
pub(crate) fn feed_content(world: &World, of: FeedOf) -> FeedContent {
    let site = &world.site;
    let title = world.config.title_in(of.language(site));
    let named = |name: &str| format!("{name} · {title}");
    let newest = |pages: &[PageId]| pages.iter().copied().take(world.config.feeds.limit).collect();
    match of {
        FeedOf::Site(language) => FeedContent {
            title: title.to_owned(),
            path: site.home_path(language).to_owned(),
            pages: site.listed(Kind::Post, language).take(world.config.feeds.limit).collect(),
        },
        FeedOf::Section(id) => {
            let section = site.section(id);
            FeedContent {
                title: named(&views::section_title(world, id)),
                path: section.path.clone(),
                pages: newest(&section.pages),
            }
        }
        FeedOf::Term(id, language) => {
            let term = site.term_in(id, language);
            FeedContent { title: named(term.name), path: term.path.to_owned(), pages: newest(term.pages) }
        }
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

/// The path of a feed.
pub(crate) fn feed_path(world: &World, of: FeedOf, format: FeedFormat) -> String {
    let list = match of {
        FeedOf::Site(language) => world.site.home_path(language),
        FeedOf::Section(id) => &world.site.section(id).path,
        FeedOf::Term(id, language) => world.site.term_in(id, language).path,
    };
    format!("{}{}", folder(list), format.file_name())
}
