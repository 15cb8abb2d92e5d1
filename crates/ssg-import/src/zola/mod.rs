//! Blogs of Zola, whose headers and shortcodes are close to ours.
//!
//! Pages with a date become posts, at any depth; a date that stands in the address or in the name of the
//! file counts. Addresses stay, links to files (`@/…`) lead to where the files are now, and shortcodes that
//! the site has of its own are told.

mod shortcodes;

use crate::blog::addresses::path_of;
use crate::blog::config::SiteConfig;
use crate::blog::moment::Moment;
use crate::blog::read::read_page;
use crate::blog::sections::{place, settle_lists};
use crate::blog::{Page, Work, calls, text_at, value_at};
use crate::source::text;
use crate::{FolderOptions, Guess, Import};
use ssg_parse::{Value, read_toml, slugify};
use ssg_source::{Diagnostic, Diagnostics, Inputs, SitePath, codes};
use std::collections::BTreeMap;

/// Makes posts, pages and sections of a Zola site.
///
/// Every file of the folder is an item of the report. A file that cannot be read is an error and a failed
/// item, and the others come in.
pub fn import_zola(inputs: &dyn Inputs, options: &FolderOptions, found: &mut Diagnostics) -> Import {
    let mut work = Work::new("zola", inputs, options, found);
    let files = work.files();
    let config_path = files.iter().find(|path| matches!(path.as_str(), "config.toml" | "zola.toml")).cloned();
    let config = config_path.as_ref().map_or(Value::Null, |path| read_config(path, &mut work));
    if !files.iter().any(|path| path.as_str().starts_with("content/")) {
        let problem = Diagnostic::error(codes::IMPORT, "there is no Zola site in this folder");
        work.found.add(problem.hint("name the folder that holds `config.toml` and `content/`"));
    }
    let text = |key: &str| text_at(&config, key).unwrap_or_default();
    work.of_blog(&text("base_url"), &text("title"));
    let mut pages = Vec::new();
    // Where a file of the source has gone.
    let mut moved: BTreeMap<String, SitePath> = BTreeMap::new();
    let mut bundles: BTreeMap<String, String> = BTreeMap::new();
    let mut beside = Vec::new();
    for path in &files {
        let name = path.as_str();
        if Some(path) == config_path.as_ref() {
            continue;
        }
        if let Some(inside) = name.strip_prefix("content/") {
            if path.extension() != Some("md") {
                beside.push((path.clone(), inside.to_owned()));
                continue;
            }
            match read_page(work.inputs, path, work.found) {
                Ok(read) => {
                    let page = page(path, inside, read.front, &read.body, read.notes);
                    moved.insert(inside.to_owned(), page.target.clone());
                    if let Some(folder) = inside.strip_suffix("/index.md")
                        && let Some(target) = page.target.as_str().strip_suffix("/index.md")
                    {
                        bundles.insert(folder.to_owned(), target.to_owned());
                    }
                    pages.push((page, read.first_line));
                }
                Err(why) => work.fail(path, why),
            }
        } else if name.starts_with("static/") || name.starts_with("data/") {
            let target = name.to_owned();
            work.copy(path, &target);
        } else {
            work.skip(path, why_not(path));
        }
    }
    for (path, inside) in beside {
        let bundle = bundles.iter().rev().find(|(folder, _)| {
            inside.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
        });
        let target = match bundle {
            Some((folder, target)) => format!("{target}{}", inside.get(folder.len()..).unwrap_or_default()),
            None => format!("static/{inside}"),
        };
        work.copy(&path, &target);
    }
    let mut lists = Vec::new();
    for (mut page, first_line) in pages {
        let body = calls::unmarked(&page.body);
        let linked = rebase(&body, &moved, &mut page.notes);
        page.body = calls::settle(&shortcodes::to_ours(&linked, first_line, &mut page.notes));
        if page.source.stem().starts_with("_index") {
            let folder = page.source.parent().unwrap_or_default();
            let folder =
                folder.as_str().strip_prefix("content").unwrap_or_default().trim_matches('/').to_owned();
            let parts: Vec<String> = folder.split('/').filter(|part| !part.is_empty()).map(slugify).collect();
            let address = format!("/{}/", parts.join("/")).replace("//", "/");
            lists.push((page, folder, address));
        } else {
            work.page(page);
        }
    }
    settle_lists(lists, &mut work);
    if let Some(path) = config_path {
        put_config(&config, &path, &mut work);
    }
    work.finish()
}

fn read_config(path: &SitePath, work: &mut Work<'_>) -> Value {
    match text(work.inputs, path, work.found) {
        Ok(text) => {
            let mut problems = Diagnostics::new();
            let value = read_toml(&text, 0, &mut problems).value;
            for problem in problems {
                work.found.add(problem.in_file(path));
            }
            value
        }
        Err(why) => {
            work.fail(path, why);
            Value::Null
        }
    }
}

fn put_config(config: &Value, path: &SitePath, work: &mut Work<'_>) {
    let first = |key: &str| text_at(config, key).unwrap_or_default();
    let site = SiteConfig {
        title: first("title"),
        base_url: format!("{}/", first("base_url").trim_end_matches('/')),
        description: first("description"),
        lang: first("default_language"),
        author: first("author"),
        ..SiteConfig::default()
    };
    let title = work.pages().iter().find(|page| page.target.as_str() == "content/_index.md");
    let title = title.and_then(|page| text_at(&page.header, "title")).unwrap_or_default();
    let site = SiteConfig { title: if site.title.is_empty() { title } else { site.title.clone() }, ..site };
    site.put(work, path);
}

fn why_not(path: &SitePath) -> &'static str {
    match path.parts().next() {
        Some("templates" | "themes") => {
            "a template: the theme has its own; `ssg theme convert` brings a theme along"
        }
        Some("sass") => "styles of the theme",
        Some("public") => "output of Zola",
        _ => "it is about the source itself",
    }
}

/// A page, where it goes, and its old address.
fn page(path: &SitePath, inside: &str, front: Value, body: &str, mut notes: Vec<Guess>) -> Page {
    let (folder, file) = inside.rsplit_once('/').unwrap_or(("", inside));
    let stem = file.strip_suffix(".md").unwrap_or(file);
    if stem == "_index" || stem.starts_with("_index.") {
        let target = SitePath::new(&format!("content/{}", place(folder, file, false))).unwrap_or_default();
        let mut page = Page::new(path, target, front, body.to_owned());
        page.notes = notes;
        if value_at(&page.header, "sort_by").is_some() {
            page.used.push("sort_by");
        }
        return page;
    }
    let is_bundle = stem == "index";
    let name = if is_bundle { folder.rsplit('/').next().unwrap_or(folder) } else { stem };
    let parent = if is_bundle { folder.rsplit_once('/').map_or("", |(parent, _)| parent) } else { folder };
    let own = text_at(&front, "path").and_then(|text| path_of(&text));
    let written = text_at(&front, "date").and_then(|text| Moment::read(&text));
    let named = dated_name(name);
    let in_address = own.as_deref().and_then(dated_path);
    let date = written.or_else(|| named.map(|(date, _)| date)).or(in_address);
    if written.is_none() && text_at(&front, "date").is_some() {
        notes.push(Guess::new(0, "the date in the header is none that exists"));
    }
    let slug = text_at(&front, "slug").unwrap_or_else(|| named.map_or(name, |(_, rest)| rest).to_owned());
    let parents: Vec<String> = parent.split('/').filter(|part| !part.is_empty()).map(slugify).collect();
    let address = own.unwrap_or_else(|| {
        let mut path = String::from("/");
        for part in &parents {
            path.push_str(part);
            path.push('/');
        }
        format!("{path}{}/", slugify(&slug))
    });
    let below = if is_bundle { format!("{name}/index.md") } else { file.to_owned() };
    let target =
        SitePath::new(&format!("content/{}", place(parent, &below, date.is_some()))).unwrap_or_default();
    let mut page = Page::new(path, target, front, body.to_owned());
    page.notes = notes;
    page.date = date;
    page.used.push("date");
    // Zola's addresses end in a slash, whatever `path` says.
    page.address = Some(if address.ends_with('/') { address } else { format!("{address}/") });
    if let Some(Value::Table(fields)) = value_at(&page.header, "taxonomies") {
        for field in fields.iter().filter(|field| !field.key.eq_ignore_ascii_case("authors")) {
            let texts = crate::blog::texts_at(&Value::Table(fields.clone()), &field.key);
            page.terms.extend(texts);
        }
        let writers = crate::blog::texts_at(&Value::Table(fields.clone()), "authors");
        if !writers.is_empty() {
            page.authors = Some(writers);
        }
    }
    page
}

/// `2016-05-26-a-name` as its date and name.
fn dated_name(name: &str) -> Option<(Moment, &str)> {
    let date = Moment::read(name.get(..10)?)?;
    let rest = name.get(10..)?.trim_start_matches(['-', '_', ' ']);
    (!rest.is_empty()).then_some((date, rest))
}

/// The date in `/2016/11/10/a-name`.
fn dated_path(path: &str) -> Option<Moment> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    parts.windows(3).find_map(|three| {
        let is_year = three.first().is_some_and(|year| year.len() == 4);
        is_year.then(|| Moment::read(&three.join("-"))).flatten()
    })
}

/// Links to files, which have moved.
fn rebase(body: &str, moved: &BTreeMap<String, SitePath>, notes: &mut Vec<Guess>) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = rest.find("@/") {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let end = after.find(|c: char| c.is_whitespace() || ")>\"'#?".contains(c)).unwrap_or(after.len());
        let (link, next) = after.split_at(end);
        let wanted = link.get(2..).unwrap_or_default();
        match moved.get(wanted).and_then(|target| target.as_str().strip_prefix("content/")) {
            Some(target) => {
                out.push(calls::LINK);
                out.push_str(target);
            }
            None if before.ends_with(['(', '<']) || before.ends_with(": ") => {
                notes.push(Guess::new(0, format!("`{link}` is no file of the source")));
                out.push_str("./");
                out.push_str(wanted);
            }
            None => out.push_str(link),
        }
        rest = next;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests;
