//! The configuration of a Hugo site, in whichever of its forms.

use crate::blog::config::SiteConfig;
use crate::blog::{Work, text_at, texts_at, value_at};
use crate::source::{text, yaml};
use jiff::tz::TimeZone;
use ssg_parse::{Field, Value, read_toml};
use ssg_source::{Diagnostics, SitePath};
use std::collections::BTreeMap;

/// What the configuration says.
pub(super) struct HugoConfig {
    pub value: Value,
    /// The files it stands in.
    pub files: Vec<SitePath>,
    /// Folders of content: the folder with a slash at its end, its language, and what stands before its addresses.
    pub roots: Vec<(String, String, String)>,
    /// Patterns of addresses by section.
    pub permalinks: BTreeMap<String, String>,
    pub zone: TimeZone,
    pub ugly: bool,
    /// The main language.
    pub lang: String,
    /// The others.
    pub others: Vec<String>,
    /// Those that are switched off.
    disabled: Vec<String>,
    /// Names of files that Hugo passes over.
    ignored: Vec<NamePattern>,
}

const NAMES: &[&str] = &[
    "hugo.toml",
    "config.toml",
    "hugo.yaml",
    "config.yaml",
    "hugo.yml",
    "config.yml",
    "hugo.json",
    "config.json",
];

impl HugoConfig {
    pub fn read(work: &mut Work<'_>, files: &[SitePath]) -> Self {
        let mut fields: Vec<Field> = Vec::new();
        let mut used = Vec::new();
        for path in files {
            let name = path.as_str();
            let is_main = NAMES.contains(&name);
            let below = name.strip_prefix("config/_default/");
            if !is_main && below.is_none() {
                continue;
            }
            let value = match path.extension() {
                Some("toml") => text(work.inputs, path, work.found).map(|text| {
                    let mut problems = Diagnostics::new();
                    let value = read_toml(&text, 0, &mut problems).value;
                    problems.into_iter().for_each(|problem| work.found.add(problem.in_file(path)));
                    value
                }),
                Some("yaml" | "yml" | "json") => yaml(work.inputs, path, work.found),
                _ => continue,
            };
            used.push(path.clone());
            let value = match value {
                Ok(value) => value,
                Err(why) => {
                    work.fail(path, why);
                    continue;
                }
            };
            // `menus.en.toml` holds the table of that name.
            let key = below.map(|name| name.split('.').next().unwrap_or_default()).unwrap_or_default();
            if !is_main && !matches!(key, "hugo" | "config") {
                let key = if key == "menus" { "menu".to_owned() } else { key.to_owned() };
                let span = ssg_source::Span::default();
                fields.push(Field { key, key_span: span, node: ssg_parse::Node { span, value } });
            } else if let Value::Table(more) = value {
                fields.extend(more);
            }
        }
        let value = Value::Table(fields);
        let mut config = Self {
            permalinks: permalinks(&value),
            zone: text_at(&value, "timeZone")
                .and_then(|name| TimeZone::get(&name).ok())
                .unwrap_or(TimeZone::UTC),
            ugly: text_at(&value, "uglyURLs").as_deref() == Some("true"),
            lang: text_at(&value, "defaultContentLanguage").unwrap_or_else(|| "en".to_owned()).to_lowercase(),
            roots: Vec::new(),
            others: Vec::new(),
            disabled: disabled(&value),
            ignored: texts_at(&value, "ignoreFiles").iter().map(|text| NamePattern::read(text)).collect(),
            files: used,
            value,
        };
        config.read_languages(files);
        config
    }

    fn read_languages(&mut self, files: &[SitePath]) {
        let in_folder = text_at(&self.value, "defaultContentLanguageInSubdir").as_deref() == Some("true");
        let folder = |text: Option<String>| {
            text.map_or_else(|| "content/".to_owned(), |text| format!("{}/", text.trim_matches('/')))
        };
        let main = folder(text_at(&self.value, "contentDir"));
        let prefix = |lang: &str, is_main: bool| {
            if is_main && !in_folder { String::new() } else { format!("/{lang}") }
        };
        if let Some(Value::Table(fields)) = value_at(&self.value, "languages") {
            for field in fields {
                let tag = field.key.to_lowercase();
                let is_main = tag == self.lang;
                if !is_main {
                    self.others.push(tag.clone());
                }
                // Some sites mount the folder of a language, and say so nowhere else.
                let usual = format!("{main}{}/", field.key);
                let is_there = files.iter().any(|path| path.as_str().starts_with(&usual));
                if let Some(own) = text_at(&field.node.value, "contentDir").or(is_there.then_some(usual)) {
                    self.roots.push((folder(Some(own)), tag.clone(), prefix(&tag, is_main)));
                }
            }
        }
        if !self.roots.iter().any(|(root, _, _)| *root == main) {
            self.roots.push((main, self.lang.clone(), prefix(&self.lang, true)));
        }
        // The deepest folder that a file is in counts.
        self.roots.sort_by_key(|(root, _, _)| std::cmp::Reverse(root.len()));
    }

    /// The language, what stands before addresses, and the path below its folder of content.
    pub fn below_content<'p>(&self, path: &'p str) -> Option<(String, String, &'p str)> {
        self.roots.iter().find_map(|(root, lang, prefix)| {
            Some((lang.clone(), prefix.clone(), path.strip_prefix(root.as_str())?))
        })
    }

    /// Why Hugo publishes nothing of a file.
    pub fn leaves_out(&self, path: &SitePath) -> Option<&'static str> {
        if self.ignored.iter().any(|pattern| pattern.fits(path.as_str())) {
            return Some("the configuration has Hugo pass it over (`ignoreFiles`)");
        }
        let (lang, _, _) = self.below_content(path.as_str())?;
        if path.parts().any(|part| part.starts_with('#')) {
            return Some("Hugo passes over names that begin with `#`");
        }
        // `about.de.md`
        let tag = path.stem().rsplit_once('.').map(|(_, tag)| tag.to_lowercase());
        let is_off = |lang: &String| self.disabled.contains(lang);
        (is_off(&lang) || tag.as_ref().is_some_and(is_off)).then_some("its language is switched off")
    }

    /// A text of the configuration's top level; empty where there is none.
    pub fn text(&self, key: &str) -> String {
        text_at(&self.value, key).unwrap_or_default()
    }

    /// Proposes a configuration.
    pub fn put(&self, work: &mut Work<'_>) {
        let Some(file) = self.files.first().cloned() else { return };
        for other in self.files.iter().skip(1) {
            work.skip(other, "it is a part of the configuration, and went into `ssg.toml`");
        }
        let params = value_at(&self.value, "params").cloned().unwrap_or(Value::Null);
        let own = value_at(&self.value, "languages").and_then(|all| value_at(all, &self.lang)).cloned();
        let own = own.unwrap_or(Value::Null);
        let first = |key: &str| {
            text_at(&own, key)
                .or_else(|| text_at(&self.value, key))
                .or_else(|| text_at(&params, key))
                .unwrap_or_default()
        };
        let author = value_at(&params, "author").and_then(|author| text_at(author, "name"));
        let code = first("languageCode").replace('_', "-");
        let mut site = SiteConfig {
            title: first("title"),
            base_url: first("baseURL"),
            description: first("description"),
            lang: if code.is_empty() { self.lang.clone() } else { code },
            timezone: first("timeZone"),
            author: author
                .or_else(|| text_at(&params, "author"))
                .filter(|name| !name.contains('@'))
                .unwrap_or_default(),
            github_ids: true,
            languages: self.others.clone(),
            ..SiteConfig::default()
        };
        let menus = value_at(&self.value, "menu").or_else(|| value_at(&self.value, "menus"));
        let menu = menus.and_then(|menus| value_at(menus, "main"));
        if let Some(Value::List(nodes)) = menu {
            let mut rows: Vec<(i64, String, String)> = Vec::new();
            for node in nodes {
                let number = text_at(&node.value, "weight").and_then(|text| text.parse().ok());
                if let (Some(name), Some(url), None) = (
                    text_at(&node.value, "name"),
                    text_at(&node.value, "url"),
                    text_at(&node.value, "parent"),
                ) {
                    rows.push((number.unwrap_or(0), name, url));
                }
            }
            rows.sort_by_key(|(weight, _, _)| *weight);
            site.menu = rows.into_iter().map(|(_, name, url)| (name, url)).collect();
        }
        site.put(work, &file);
    }
}

/// Languages that the configuration switches off.
fn disabled(config: &Value) -> Vec<String> {
    let mut all: Vec<String> =
        texts_at(config, "disableLanguages").iter().map(|tag| tag.to_lowercase()).collect();
    if let Some(Value::Table(fields)) = value_at(config, "languages") {
        let is_off = |field: &&Field| text_at(&field.node.value, "disabled").as_deref() == Some("true");
        all.extend(fields.iter().filter(is_off).map(|field| field.key.to_lowercase()));
    }
    all
}

/// A regular expression of the kind that people write for names: texts with `.*` between, held at an end or not.
struct NamePattern {
    parts: Vec<String>,
    from_start: bool,
    to_end: bool,
}

impl NamePattern {
    fn read(written: &str) -> Self {
        let (from_start, rest) = written.strip_prefix('^').map_or((false, written), |rest| (true, rest));
        let (to_end, rest) = rest.strip_suffix('$').map_or((false, rest), |rest| (true, rest));
        let plain = |part: &str| part.replace('\\', "");
        Self { parts: rest.split(".*").map(plain).collect(), from_start, to_end }
    }

    fn fits(&self, path: &str) -> bool {
        let mut rest = path;
        for (at, part) in self.parts.iter().enumerate() {
            let is_last = at + 1 == self.parts.len();
            let found = match (at == 0 && self.from_start, is_last && self.to_end) {
                (true, true) => (rest == part).then_some(0),
                (true, false) => rest.starts_with(part.as_str()).then_some(0),
                (false, true) => rest.ends_with(part.as_str()).then(|| rest.len() - part.len()),
                (false, false) => rest.find(part.as_str()),
            };
            let Some(found) = found else { return false };
            rest = &rest[found + part.len()..];
        }
        self.parts.iter().any(|part| !part.is_empty())
    }
}

fn permalinks(config: &Value) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let Some(table @ Value::Table(fields)) = value_at(config, "permalinks") else { return all };
    let mut read = |fields: &[Field]| {
        for field in fields {
            if let Value::Text(pattern) = &field.node.value {
                all.insert(field.key.trim_matches('/').to_lowercase(), pattern.clone());
            }
        }
    };
    read(fields);
    if let Some(Value::Table(fields)) = value_at(table, "page") {
        read(fields);
    }
    all
}
