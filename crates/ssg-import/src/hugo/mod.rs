//! Blogs and podcasts of Hugo.
//!
//! Addresses follow `url`, `slug` and the patterns under `permalinks`; languages are told by folder and by
//! file; what a section sets for all below it (`cascade`) is written into each. Guests, hosts and speakers who
//! are files, and are referred to by id, become people ([`people`]). Shortcodes become ours where there is
//! one ([`shortcodes`]), and are told where there is none.

mod addresses;
mod config;
mod people;
mod shortcodes;

use crate::blog::links::with_bare_links;
use crate::blog::moment::Moment;
use crate::blog::read::{BlogPage, read_page};
use crate::blog::sections::{place, settle_lists};
use crate::blog::{Page, Work, calls, text_at, value_at};
use crate::{FolderOptions, Import};
use config::HugoConfig;
use people::{People, is_people};
use shortcodes::{Files, Shortcodes};
use ssg_parse::{Field, PublicationWords, Value};
use ssg_source::{Diagnostic, Diagnostics, Inputs, SitePath, codes};
use std::collections::BTreeMap;

/// Makes posts, pages, sections and people of a Hugo site.
///
/// Every file of the folder is an item of the report. A file that cannot be read is an error and a failed
/// item, and the others come in.
pub fn import_hugo(inputs: &dyn Inputs, options: &FolderOptions, found: &mut Diagnostics) -> Import {
    let mut work = Work::new("hugo", inputs, options, found);
    let files = work.files();
    let config = HugoConfig::read(&mut work, &files);
    work.of_blog(&config.text("baseURL"), &config.text("title"));
    if !files.iter().any(|path| config.below_content(path.as_str()).is_some()) {
        let problem = Diagnostic::error(codes::IMPORT, "there is no Hugo site in this folder");
        work.found
            .add(problem.hint("name the folder that holds `hugo.toml` or `config.toml`, and `content/`"));
    }
    let mut sources: Vec<Source> = Vec::new();
    let mut beside: Vec<SitePath> = Vec::new();
    for path in &files {
        if config.files.contains(path) {
            continue;
        }
        if let Some(why) = config.leaves_out(path) {
            work.skip(path, why);
            continue;
        }
        if config.below_content(path.as_str()).is_some() {
            if matches!(path.extension(), Some("md" | "markdown" | "html")) {
                match read_page(work.inputs, path, work.found) {
                    Ok(read) if read.has_header || path.extension() != Some("html") => {
                        sources.push(Source::new(path, read, &config));
                    }
                    Ok(_) => beside.push(path.clone()),
                    Err(why) => work.fail(path, why),
                }
            } else {
                beside.push(path.clone());
            }
            continue;
        }
        other_file(path, &mut work);
    }
    cascade(&mut sources);
    let dated = dated_sections(&sources);
    let mut people = People::read(&sources, &mut work, &files);
    let mut known = Files::default();
    let mut bundles: BTreeMap<String, String> = BTreeMap::new();
    let mut pages: Vec<(Page, Source)> = Vec::new();
    for source in sources {
        if people.take(&source, &mut work) {
            continue;
        }
        let page = page(&source, &config, &dated);
        known.add(&source.inside, &page);
        if source.is_bundle()
            && let (Some(from), Some(to)) = (source.path.parent(), page.target.parent())
        {
            bundles.insert(format!("{from}/"), format!("{to}/"));
        }
        pages.push((page, source));
    }
    for path in &beside {
        let bundle = bundles.iter().rev().find(|(from, _)| path.as_str().starts_with(from.as_str()));
        let inside = config.below_content(path.as_str()).map_or("", |(_, _, inside)| inside);
        let target = match bundle {
            Some((from, to)) => format!("{to}{}", path.as_str().get(from.len()..).unwrap_or_default()),
            None => format!("static/{inside}"),
        };
        known.beside.push(path.clone());
        work.copy(path, &target);
    }
    finish(pages, &people, &known, &mut work);
    people.put(&mut work);
    config.put(&mut work);
    work.finish()
}

fn finish(pages: Vec<(Page, Source)>, people: &People, known: &Files, work: &mut Work<'_>) {
    let mut lists = Vec::new();
    for (mut page, source) in pages {
        let mut codes = Shortcodes::new(known, &source, source.first_line);
        let body = codes.render(&calls::unmarked(&page.body));
        page.notes.append(&mut codes.notes);
        page.body = calls::settle(&with_bare_links(&body));
        people.refer(&mut page);
        if source.is_list {
            lists.push((page, source.section_path(), source.address.clone()));
        } else {
            work.page(page);
        }
    }
    settle_lists(lists, work);
}

fn other_file(path: &SitePath, work: &mut Work<'_>) {
    let name = path.as_str();
    match path.parts().next() {
        Some("static") if matches!(name, "static/robots.txt" | "static/404.html") => {
            work.skip(path, "ssg writes this by itself");
        }
        Some("static" | "data") => work.copy(path, name),
        Some("assets") => {
            let is_style = matches!(path.extension(), Some("scss" | "sass" | "css" | "js" | "ts"));
            if is_style { work.skip(path, "styles and scripts of the theme") } else { work.copy(path, name) }
        }
        Some("layouts" | "themes") => work.skip(path, "a template: the theme has its own"),
        Some("archetypes") => work.skip(path, "a pattern for new pages; `ssg new` has its own"),
        Some("i18n") => work.skip(path, "words of the theme"),
        Some("public" | "resources") => work.skip(path, "output of Hugo"),
        _ => work.skip(path, "it is about the source itself"),
    }
}

/// A page of the source.
pub(super) struct Source {
    pub path: SitePath,
    /// Its path below the folder of the content.
    pub inside: String,
    pub lang: String,
    pub is_main_lang: bool,
    pub header: Value,
    pub body: String,
    /// The line of the file that the body begins on.
    pub first_line: usize,
    pub is_list: bool,
    /// Its old address.
    pub address: String,
    pub date: Option<Moment>,
    pub notes: Vec<crate::Guess>,
}

impl Source {
    fn new(path: &SitePath, read: BlogPage, config: &HugoConfig) -> Self {
        let BlogPage { front: header, body, notes, first_line, .. } = read;
        let (mut lang, mut prefix, inside) = config.below_content(path.as_str()).unwrap_or_default();
        // `about.de.md`
        let stem = path.stem();
        let tag = stem.rsplit_once('.').map(|(_, tag)| tag.to_lowercase());
        let told = tag.as_ref().filter(|tag| config.others.contains(tag) || **tag == config.lang);
        let mut inside = inside.to_owned();
        if let Some(tag) = told {
            prefix = if *tag == config.lang { prefix } else { format!("/{tag}") };
            lang.clone_from(tag);
            inside = inside.replacen(&format!(".{tag}."), ".", 1);
        }
        let date = ["date", "publishDate", "pubdate", "published"]
            .iter()
            .find_map(|key| text_at(&header, key).and_then(|text| Moment::read(&text)));
        let mut source = Self {
            path: path.clone(),
            is_main_lang: lang == config.lang,
            lang,
            inside,
            header,
            body,
            first_line,
            is_list: false,
            address: String::new(),
            date,
            notes,
        };
        source.is_list = source.name() == "_index";
        source.address = addresses::of(&source, &prefix, config);
        source
    }

    /// The name of the file, without its ending.
    pub fn name(&self) -> &str {
        let file = self.inside.rsplit('/').next().unwrap_or_default();
        file.rsplit_once('.').map_or(file, |(name, _)| name)
    }

    pub fn is_bundle(&self) -> bool {
        self.name() == "index"
    }

    /// The folder that it is a page of, below the content.
    pub fn section_path(&self) -> String {
        let folder = self.inside.rsplit_once('/').map_or("", |(folder, _)| folder);
        let folder =
            if self.is_bundle() { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder };
        folder.to_owned()
    }

    /// The folder right below the content.
    pub fn section(&self) -> String {
        self.section_path().split('/').next().unwrap_or_default().to_owned()
    }

    /// The name of the page: of the file, or of the bundle's folder.
    pub fn page_name(&self) -> String {
        if self.is_bundle() {
            let folder = self.inside.rsplit_once('/').map_or("", |(folder, _)| folder);
            return folder.rsplit('/').next().unwrap_or(folder).to_owned();
        }
        self.name().to_owned()
    }
}

/// Sections whose pages are posts: several have a date, or the name says so.
fn dated_sections(sources: &[Source]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources.iter().filter(|source| source.date.is_some() && !source.is_list) {
        *counts.entry(source.section()).or_default() += 1;
    }
    let is_post = |name: &str| matches!(name, "post" | "posts" | "blog" | "news" | "articles");
    let dated = counts
        .into_iter()
        .filter(|(name, count)| !name.is_empty() && !is_people(name) && (*count > 1 || is_post(name)));
    dated.map(|(name, _)| name).collect()
}

fn table_of(value: &Value) -> Option<&Vec<Field>> {
    match value {
        Value::Table(fields) => Some(fields),
        _ => None,
    }
}

/// Writes what `cascade` of a section says into all pages below it that do not say it.
fn cascade(sources: &mut [Source]) {
    let mut rules: Vec<(String, Vec<Field>)> = Vec::new();
    for source in sources.iter().filter(|source| source.is_list) {
        let tables = match value_at(&source.header, "cascade") {
            Some(Value::Table(fields)) => vec![fields],
            Some(Value::List(nodes)) => nodes.iter().filter_map(|node| table_of(&node.value)).collect(),
            _ => Vec::new(),
        };
        for fields in tables {
            // What is said of some pages below alone is passed over, unless it keeps them back: then it does so with all.
            let has_target = fields.iter().any(|field| matches!(field.key.as_str(), "target" | "_target"));
            let words = PublicationWords::read(&Value::Table(fields.clone()));
            let is_kept = |field: &&Field| !has_target || words.keys.contains(&field.key.to_lowercase());
            rules.push((source.section_path(), fields.iter().filter(is_kept).cloned().collect()));
        }
    }
    rules.sort_by_key(|(folder, _)| std::cmp::Reverse(folder.len()));
    for source in sources.iter_mut().filter(|source| !source.is_list) {
        for (folder, values) in &rules {
            let inside = source.inside.strip_prefix(folder.as_str());
            if !folder.is_empty() && !inside.is_some_and(|rest| rest.starts_with('/')) {
                continue;
            }
            for value in values {
                if matches!(value.key.as_str(), "type" | "layout" | "target" | "_target" | "url" | "slug")
                    || value_at(&source.header, &value.key).is_some()
                {
                    continue;
                }
                match &mut source.header {
                    Value::Table(fields) => fields.push(value.clone()),
                    header => *header = Value::Table(vec![value.clone()]),
                }
            }
        }
    }
}

/// A page and where it goes.
fn page(source: &Source, config: &HugoConfig, dated: &[String]) -> Page {
    let is_post = !source.is_list && source.date.is_some() && dated.contains(&source.section());
    let tag = if source.is_main_lang { String::new() } else { format!(".{}", source.lang) };
    let ending = if source.path.extension() == Some("html") { "html" } else { "md" };
    let file = if source.is_bundle() {
        format!("{}/index{tag}.{ending}", source.page_name())
    } else {
        format!("{}{tag}.{ending}", source.name())
    };
    let folder = source.section_path();
    let target = SitePath::new(&format!("content/{}", place(&folder, &file, is_post))).unwrap_or_default();
    let mut page = Page::new(&source.path, target, source.header.clone(), source.body.clone());
    page.notes.clone_from(&source.notes);
    if !source.is_list || source.address != "/" {
        page.address = Some(source.address.clone()).filter(|address| address != "/");
    }
    page.date = source.date;
    page.used.extend(["date", "cascade"]);
    if let Some(date) = source.date
        && text_at(&source.header, "date").is_none()
        && date.day_in(&config.zone) != date.day
    {
        page.notes.push(crate::Guess::new(0, "its day depends on the time zone"));
    }
    page
}

#[cfg(test)]
mod tests;
