//! `_config.yml`: what it says of the site, of addresses and of writers.

use super::places::collection_address;
use crate::blog::config::SiteConfig;
use crate::blog::pattern::fits;
use crate::blog::{Work, text_at, texts_at, value_at};
use crate::source::yaml;
use jiff::tz::TimeZone;
use ssg_parse::{Field, Value};
use ssg_source::SitePath;
use std::collections::BTreeMap;

/// The configuration of a blog.
pub(super) struct JekyllConfig {
    /// All of it.
    pub value: Value,
    /// The file it stands in.
    file: Option<SitePath>,
    /// The folder of the content, with a slash at its end: `source/` in Octopress.
    pub base: String,
    /// The pattern of addresses of posts.
    pub permalink: String,
    /// The time zone by whose days addresses are made.
    pub zone: TimeZone,
    /// Patterns of the collections that have pages.
    pub collections: BTreeMap<String, String>,
    exclude: Vec<String>,
}

impl JekyllConfig {
    /// Reads it, and the names of the writers.
    pub fn read(work: &mut Work<'_>, files: &[SitePath]) -> Self {
        let file = files.iter().find(|path| matches!(path.as_str(), "_config.yml" | "_config.yaml")).cloned();
        let mut value = Value::Null;
        if let Some(path) = &file {
            match yaml(work.inputs, path, work.found) {
                Ok(read) => value = read,
                Err(why) => work.fail(path, why),
            }
        }
        let has_source = files.iter().any(|path| path.as_str().starts_with("source/_posts/"));
        let base = match text_at(&value, "source") {
            Some(source) if source != "." => format!("{}/", source.trim_matches('/')),
            _ if has_source => "source/".to_owned(),
            _ => String::new(),
        };
        let permalink = match text_at(&value, "permalink").as_deref() {
            None | Some("date") => "/:categories/:year/:month/:day/:title:output_ext".to_owned(),
            Some("pretty") => "/:categories/:year/:month/:day/:title/".to_owned(),
            Some("ordinal") => "/:categories/:year/:y_day/:title:output_ext".to_owned(),
            Some("none") => "/:categories/:title:output_ext".to_owned(),
            Some(pattern) => pattern.to_owned(),
        };
        let zone =
            text_at(&value, "timezone").and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC);
        let exclude = texts_at(&value, "exclude");
        let mut config = Self { value, file, base, permalink, zone, collections: BTreeMap::new(), exclude };
        config.read_collections();
        config.read_writers(work, files);
        config
    }

    fn read_collections(&mut self) {
        let Some(Value::Table(fields)) = value_at(&self.value, "collections") else { return };
        let shown =
            fields.iter().filter(|field| text_at(&field.node.value, "output").as_deref() == Some("true"));
        self.collections = shown
            .map(|field| {
                let pattern = text_at(&field.node.value, "permalink");
                (field.key.clone(), pattern.unwrap_or_else(|| "/:collection/:path:output_ext".to_owned()))
            })
            .collect();
    }

    /// Writers by id, of the configuration and of `_data/`.
    fn read_writers(&self, work: &mut Work<'_>, files: &[SitePath]) {
        let mut tables: Vec<Value> = value_at(&self.value, "authors").cloned().into_iter().collect();
        for path in files {
            let is_list = ["authors", "people", "members", "team"].contains(&path.stem());
            let is_yaml = matches!(path.extension(), Some("yml" | "yaml"));
            if is_list && is_yaml && self.below_base(path).starts_with("_data/") {
                tables.extend(yaml(work.inputs, path, work.found));
            }
        }
        for table in &tables {
            match table {
                Value::Table(fields) => {
                    for field in fields {
                        let name = name_of(&field.node.value).unwrap_or_else(|| field.key.clone());
                        work.writers.insert(field.key.clone(), name);
                    }
                }
                Value::List(nodes) => {
                    for node in nodes {
                        let keys = ["id", "slug", "username", "short_name", "nick", "github", "key"];
                        let id = keys.iter().find_map(|key| text_at(&node.value, key));
                        if let (Some(id), Some(name)) = (id, name_of(&node.value)) {
                            work.writers.insert(id, name);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// A path below the folder of the content; one that is not below it stays as it is.
    pub fn below_base<'p>(&self, path: &'p SitePath) -> &'p str {
        path.as_str().strip_prefix(self.base.as_str()).unwrap_or_else(|| path.as_str())
    }

    pub fn is_excluded(&self, inside: &str) -> bool {
        self.exclude.iter().any(|one| fits(one, inside))
    }

    /// A header with what `defaults` says of files at this place; what is written wins.
    pub fn with_defaults(&self, path: &SitePath, kind: &str, header: Value) -> Value {
        let Some(Value::List(rules)) = value_at(&self.value, "defaults") else { return header };
        let mut fields: Vec<Field> = match header {
            Value::Table(fields) => fields,
            _ => Vec::new(),
        };
        // The last rule that holds wins.
        for rule in rules.iter().rev() {
            let Some(scope) = value_at(&rule.value, "scope") else { continue };
            let place = text_at(scope, "path").unwrap_or_default();
            let inside = self.below_base(path);
            let is_below = place.trim_matches('/').is_empty() || fits(&place, inside);
            let collection =
                inside.strip_prefix('_').and_then(|rest| rest.split_once('/')).map(|(name, _)| name);
            let is_kind = |one: String| one == kind || Some(one.as_str()) == collection;
            let is_kind = text_at(scope, "type").is_none_or(is_kind);
            let Some(Value::Table(values)) = value_at(&rule.value, "values") else { continue };
            if !is_below || !is_kind {
                continue;
            }
            for value in values {
                if value.key != "layout" && !fields.iter().any(|field| field.key == value.key) {
                    fields.push(value.clone());
                }
            }
        }
        if fields.is_empty() { Value::Null } else { Value::Table(fields) }
    }

    /// The address of a page of a collection.
    pub fn collection_address(&self, inside: &str) -> Option<String> {
        let (collection, below) = inside.strip_prefix('_')?.split_once('/')?;
        let pattern = self.collections.get(collection)?;
        Some(collection_address(pattern, collection, below))
    }

    /// Marks where the summary ends, as it is marked here.
    pub fn mark_excerpt(&self, text: &str) -> String {
        let sign = text_at(&self.value, "excerpt_separator").unwrap_or_default();
        if sign.is_empty() || sign.contains("more") || !text.contains(&sign) {
            return text.to_owned();
        }
        text.replacen(&sign, "<!-- more -->", 1)
    }

    fn first(&self, keys: &[&str]) -> String {
        keys.iter().find_map(|key| text_at(&self.value, key)).unwrap_or_default()
    }

    /// The title of the blog; empty where there is none.
    pub fn title(&self) -> String {
        self.first(&["title", "sitename", "name", "blogname"])
    }

    /// Where the blog is online, with a slash at its end; empty where nothing says so.
    pub fn address(&self) -> String {
        let (url, base) = (self.first(&["url"]), self.first(&["baseurl", "root"]));
        if url.is_empty() {
            return url;
        }
        let whole = format!("{}/{}", url.trim_end_matches('/'), base.trim_matches('/'));
        format!("{}/", whole.trim_end_matches('/'))
    }

    /// Proposes a configuration.
    pub fn put(&self, work: &mut Work<'_>) {
        let Some(file) = &self.file else { return };
        let first = |keys: &[&str]| self.first(keys);
        let author =
            value_at(&self.value, "author").and_then(name_of).or_else(|| text_at(&self.value, "author"));
        let mut site = SiteConfig {
            title: self.title(),
            base_url: self.address(),
            description: first(&["description", "subtitle", "tagline"]),
            lang: first(&["lang", "language", "locale"]).replace('_', "-"),
            timezone: first(&["timezone"]),
            author: author.filter(|name| !name.contains('@')).unwrap_or_default(),
            github_ids: true,
            paginate_by: first(&["paginate"]).parse().ok(),
            ..SiteConfig::default()
        };
        for key in ["navigation", "nav", "menu", "links"] {
            let Some(Value::List(nodes)) = value_at(&self.value, key) else { continue };
            for node in nodes {
                let title =
                    ["title", "name", "text", "label"].iter().find_map(|key| text_at(&node.value, key));
                let path = ["url", "path", "link", "href"].iter().find_map(|key| text_at(&node.value, key));
                if let (Some(title), Some(path)) = (title, path) {
                    site.menu.push((title, path));
                }
            }
        }
        site.put(work, file);
    }
}

fn name_of(value: &Value) -> Option<String> {
    ["name", "display_name", "full_name", "title"].iter().find_map(|key| text_at(value, key))
}
