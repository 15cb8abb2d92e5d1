//! What each file of a Jekyll blog is, by its place and name.

use super::config::JekyllConfig;
use crate::blog::addresses::fill_pattern;
use ssg_source::SitePath;

/// What a file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The configuration, which is read for itself.
    Config,
    /// A post, or a draft of one.
    Post { draft: bool },
    /// A page, if it has a header; and where it goes.
    Page(String),
    /// A file that is copied.
    Static(String),
    /// Data.
    Data(String),
    /// Nothing of the site, for this reason.
    Skip(&'static str),
}

/// Files about a repository.
const ABOUT: &[&str] = &[
    "readme",
    "license",
    "licence",
    "license-mit",
    "license-apache",
    "copying",
    "changelog",
    "contributing",
    "code_of_conduct",
    "gemfile",
    "rakefile",
    "makefile",
    "dockerfile",
    "procfile",
    "source",
    "package",
    "package-lock",
    "yarn",
    "config",
    "authors",
    "notice",
    "vagrantfile",
    "guardfile",
    "docker-compose",
];
/// What the site makes by itself.
const OURS: &[&str] = &["404.html", "404.md", "robots.txt", "sitemap.xml", "feed.xml", "atom.xml", "rss.xml"];
const MARKUP: &[&str] = &["md", "markdown", "mkd", "mkdn", "mkdown", "mdown", "html", "htm", "textile"];

pub(super) fn place_of(path: &SitePath, config: &JekyllConfig) -> Place {
    let inside = config.below_base(path);
    let parts: Vec<&str> = path.parts().collect();
    let name = path.file_name();
    let end = path.extension().unwrap_or_default().to_lowercase();
    let is_markup = MARKUP.contains(&end.as_str());
    if matches!(path.as_str(), "_config.yml" | "_config.yaml") {
        return Place::Config;
    }
    if parts.contains(&"_posts") || parts.contains(&"_drafts") {
        let draft = parts.contains(&"_drafts");
        return match end.as_str() {
            "textile" => Place::Skip("Textile is not read; turn it into Markdown first"),
            _ if is_markup => Place::Post { draft },
            _ if ABOUT.contains(&path.stem().to_lowercase().as_str()) => {
                Place::Skip("it is about the source itself")
            }
            _ if draft => Place::Skip("it lies among drafts"),
            _ => Place::Static(format!("static/{}", inside.replace("_posts/", ""))),
        };
    }
    if let Some(below) = inside.strip_prefix("_data/") {
        return Place::Data(format!("data/{below}"));
    }
    if let Some(folder) = inside.strip_prefix('_').and_then(|rest| rest.split_once('/')).map(|(name, _)| name)
    {
        return match folder {
            "layouts" => Place::Skip("a layout: the theme has its own"),
            "includes" => Place::Skip("an include: it was put in where posts include it"),
            "plugins" => Place::Skip("a plug-in of Jekyll"),
            "sass" => Place::Skip("styles of the layout"),
            "site" | "cache" => Place::Skip("output of Jekyll"),
            _ if config.collections.contains_key(folder) && is_markup => {
                Place::Page(format!("content/{}.md", page_path(inside.trim_start_matches('_'))))
            }
            _ => Place::Skip("Jekyll makes nothing of folders that begin with `_`"),
        };
    }
    if config.is_excluded(inside) {
        return Place::Skip("the source's configuration excludes it");
    }
    if inside.starts_with("vendor/")
        || inside.starts_with("node_modules/")
        || (inside == path.as_str() && !config.base.is_empty())
    {
        return Place::Skip("it is part of the source's tools");
    }
    if parts.iter().any(|part| part.starts_with('.') && *part != ".well-known") {
        return Place::Skip("Jekyll makes nothing of names that begin with a dot");
    }
    if OURS.contains(&inside) {
        return Place::Skip("ssg writes this by itself");
    }
    let is_root = !inside.contains('/');
    if is_root
        && (ABOUT.contains(&path.stem().to_lowercase().as_str())
            || matches!(end.as_str(), "gemspec" | "lock" | "yml" | "rb"))
    {
        return Place::Skip("it is about the source itself");
    }
    match end.as_str() {
        "textile" => Place::Skip("Textile is not read; turn it into Markdown first"),
        "scss" | "sass" | "less" | "coffee" => Place::Skip("styles and scripts of the layout"),
        "html" | "htm" if name == "index.html" && is_root => {
            Place::Skip("the home page is the theme's to make")
        }
        "html" | "htm" => Place::Page(format!("content/{}.html", page_path(inside))),
        _ if is_markup => Place::Page(format!("content/{}.md", page_path(inside))),
        _ => Place::Static(format!("static/{inside}")),
    }
}

/// Where a page goes: folders that mean something on this site are left alone.
fn page_path(inside: &str) -> String {
    let path = inside.rsplit_once('.').map_or(inside, |(path, _)| path);
    let path = match path.rsplit_once('/') {
        Some((folder, "index" | "README")) => folder.to_owned(),
        None if path == "index" => "_index".to_owned(),
        _ => path.to_owned(),
    };
    let first = path.split('/').next().unwrap_or_default();
    let has_meaning =
        ["events", "posts", "talks", "speakers", "tools", "categories", "tags"].contains(&first);
    if has_meaning { format!("pages/{path}") } else { path }
}

/// The address that a pattern of a collection gives.
pub(super) fn collection_address(pattern: &str, collection: &str, below: &str) -> String {
    let path = below.rsplit_once('.').map_or(below, |(path, _)| path);
    let name = path.rsplit('/').next().unwrap_or(path);
    fill_pattern(pattern, |word| match word {
        "collection" => Some(collection.to_owned()),
        "path" => Some(path.to_owned()),
        "name" | "title" | "slug" => Some(name.to_owned()),
        "output_ext" => Some(".html".to_owned()),
        _ => None,
    })
}
