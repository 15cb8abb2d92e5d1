//! Themes: where their files come from, their options and their texts.
//!
//! Lookup is site → theme → built-in. The default theme is inside the program; a theme of the same
//! name under `themes/` takes its place.

use crate::table::Table;
use crate::views::data_value;
use ssg_parse::{Config, Fields, Node, Value as Data, read_toml};
use ssg_source::{Class, Diagnostic, Diagnostics, Inputs, Severity, SitePath, decode, did_you_mean};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use tera::Value;

/// Prefix of the theme's templates in Tera: `{% extends "theme/post.html" %}`.
pub(crate) const THEME_PREFIX: &str = "theme/";
/// Prefix of the templates that every theme may rely on.
pub(crate) const BUILTIN_PREFIX: &str = "builtin/";
/// Name of the built-in theme.
const DEFAULT: &str = "runbook";

#[derive(rust_embed::RustEmbed)]
#[folder = "../../themes/runbook"]
#[exclude = "*.md"]
struct BuiltIn;

/// Names of the themes inside the program.
#[must_use]
pub fn builtin_theme_names() -> &'static [&'static str] {
    &[DEFAULT]
}

/// Where a theme's files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeSource {
    /// Inside the program.
    BuiltIn,
    /// A folder of the inputs.
    Folder(SitePath),
}

/// A template and where it comes from.
pub(crate) struct Template {
    /// Name in Tera, with the theme's prefix.
    pub name: String,
    pub path: SitePath,
    pub text: Arc<str>,
}

/// A file of a theme or of the site that is copied or processed.
pub(crate) struct ThemeFile {
    pub path: SitePath,
    pub bytes: Arc<[u8]>,
    pub on_disk: Option<PathBuf>,
}

/// A theme with the site's overrides laid over it.
pub struct Theme {
    /// Name.
    pub name: String,
    pub(crate) templates: Vec<Template>,
    /// Relative name → file, the site's before the theme's.
    pub(crate) assets: BTreeMap<String, ThemeFile>,
    /// Relative name → file of `static/`, the site's before the theme's.
    pub(crate) statics: BTreeMap<String, ThemeFile>,
    pub(crate) options: Value,
    /// Language → key → text or table of plural forms.
    texts: BTreeMap<String, BTreeMap<String, Value>>,
}

/// Files of one root by their name below it.
type Files = BTreeMap<String, (SitePath, FileBytes)>;

enum FileBytes {
    Held(Arc<[u8]>),
    Input,
}

impl Theme {
    /// Loads the configured theme and what the site lays over it.
    #[must_use]
    pub fn load(inputs: &dyn Inputs, config: &Config, source: &ThemeSource, found: &mut Diagnostics) -> Self {
        let own = match source {
            ThemeSource::BuiltIn => builtin_files(),
            ThemeSource::Folder(dir) => folder_files(inputs, dir, found),
        };
        let builtin = builtin_files();
        let site = site_files(inputs, found);
        let mut theme = Self {
            name: String::new(),
            templates: Vec::new(),
            assets: BTreeMap::new(),
            statics: BTreeMap::new(),
            options: Table::new().done(),
            texts: BTreeMap::new(),
        };
        for (name, (path, _)) in builtin.iter().filter(|(name, _)| name.starts_with("templates/shortcodes/"))
        {
            theme.add_template(inputs, BUILTIN_PREFIX, name, path, &builtin, found);
        }
        for (name, (path, _)) in &builtin {
            let lang = name.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".toml"));
            if let (Some(lang), Some(file)) = (lang, read(inputs, path, &builtin, name, found)) {
                theme.add_texts(lang, &file, found);
            }
        }
        // Built-in shortcodes are written with components of the built-in theme.
        for (name, (path, _)) in builtin.iter().filter(|(name, _)| name.starts_with("templates/partials/")) {
            theme.add_template(inputs, BUILTIN_PREFIX, name, path, &builtin, found);
        }
        for (files, prefix) in [(&own, THEME_PREFIX), (&site, "")] {
            for (name, (path, _)) in files {
                if name.starts_with("templates/") {
                    theme.add_template(inputs, prefix, name, path, files, found);
                } else if let Some(name) = name.strip_prefix("assets/") {
                    if let Some(file) = read(inputs, path, files, &format!("assets/{name}"), found) {
                        theme.assets.insert(name.to_owned(), file);
                    }
                } else if let Some(name) = name.strip_prefix("static/") {
                    if let Some(file) = read(inputs, path, files, &format!("static/{name}"), found) {
                        theme.statics.insert(name.to_owned(), file);
                    }
                } else if let Some(lang) =
                    name.strip_prefix("i18n/").and_then(|name| name.strip_suffix(".toml"))
                    && let Some(file) = read(inputs, path, files, name, found)
                {
                    theme.add_texts(lang, &file, found);
                }
            }
        }
        if let Some(file) =
            own.get("theme.toml").and_then(|(path, _)| read(inputs, path, &own, "theme.toml", found))
        {
            theme.read_manifest(&file, config, found);
        }
        for name in ["base.html", "page.html", "section.html"] {
            let exists = theme.templates.iter().any(|template| {
                crate::engine::plain_name(&template.name) == name
                    && !template.name.starts_with(BUILTIN_PREFIX)
            });
            if !exists {
                found.add(
                    Diagnostic::error("theme", format!("the theme has no template `{name}`"))
                        .class(Class::Usage)
                        .hint("a theme must have `base.html`, `page.html` and `section.html`"),
                );
            }
        }
        theme
    }

    fn add_template(
        &mut self,
        inputs: &dyn Inputs,
        prefix: &str,
        name: &str,
        path: &SitePath,
        files: &Files,
        found: &mut Diagnostics,
    ) {
        let Some(below) = name.strip_prefix("templates/") else { return };
        let Some(file) = read(inputs, path, files, name, found) else { return };
        match decode(&file.bytes) {
            Ok(text) => self.templates.push(Template {
                name: format!("{prefix}{below}"),
                path: path.clone(),
                text: text.into_owned().into(),
            }),
            Err(error) => found.add(Diagnostic::error("encoding", error.to_string()).in_file(path)),
        }
    }

    fn add_texts(&mut self, lang: &str, file: &ThemeFile, found: &mut Diagnostics) {
        let Some(node) = read_table(file, found) else { return };
        let Data::Table(fields) = node.value else { return };
        let texts = self.texts.entry(lang.to_owned()).or_default();
        for field in fields {
            texts.insert(field.key, data_value(&field.node.value));
        }
    }

    /// A text of the theme: in the language, in its main part (`de` for `de-AT`), in the site's, in
    /// English. Gives the
    /// language that it was found in as well.
    pub(crate) fn text<'t>(
        &'t self,
        lang: &'t str,
        site_lang: &'t str,
        key: &str,
    ) -> Option<(&'t str, &'t Value)> {
        let main = lang.split('-').next().unwrap_or(lang);
        let site_main = site_lang.split('-').next().unwrap_or(site_lang);
        [lang, main, site_lang, site_main, "en"]
            .into_iter()
            .find_map(|lang| Some((lang, self.texts.get(lang)?.get(key)?)))
    }

    /// A text that the program itself needs, or its English form.
    pub(crate) fn string(&self, lang: &str, key: &str, english: &str) -> String {
        self.text(lang, lang, key).and_then(|(_, text)| text.as_str()).unwrap_or(english).to_owned()
    }

    /// Every key of a text.
    pub(crate) fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self.texts.values().flat_map(|texts| texts.keys().cloned()).collect();
        keys.sort();
        keys.dedup();
        keys
    }

    /// Reads `theme.toml` and lays the site's values over the options' defaults.
    fn read_manifest(&mut self, file: &ThemeFile, config: &Config, found: &mut Diagnostics) {
        let Some(node) = read_table(file, found) else { return };
        let mut here = Diagnostics::new();
        let mut fields = Fields::new(&node, "theme.toml", &mut here);
        if let Some(name) = fields.text(&["name"]) {
            self.name = name.value;
        }
        for name in ["description", "license", "min_version", "api", "extends", "author", "homepage"] {
            fields.node(&[name]);
        }
        let declared = fields.node(&["options"]).cloned();
        fields.finish(Severity::Error, "options of the theme go under [options.<name>]");
        for one in &mut here {
            one.path = Some(file.path.clone());
        }
        found.extend(here);
        self.options = options(declared.as_ref(), config, found);
    }
}

fn read_table(file: &ThemeFile, found: &mut Diagnostics) -> Option<Node> {
    let text = match decode(&file.bytes) {
        Ok(text) => text,
        Err(error) => {
            found.add(Diagnostic::error("encoding", error.to_string()).in_file(&file.path));
            return None;
        }
    };
    let mut here = Diagnostics::new();
    let node = read_toml(&text, 0, &mut here);
    for one in &mut here {
        one.path = Some(file.path.clone());
    }
    found.extend(here);
    Some(node)
}

/// The options' values: defaults, with the site's `[theme.options]` checked and laid over them.
fn options(declared: Option<&Node>, config: &Config, found: &mut Diagnostics) -> Value {
    let mut values = Table::new();
    let mut known: Vec<(&str, Option<&str>)> = Vec::new();
    if let Some(Data::Table(fields)) = declared.map(|node| &node.value) {
        for field in fields {
            let default =
                field.node.value.get("default").map_or_else(Value::none, |node| data_value(&node.value));
            let kind = field.node.value.get("type").and_then(|node| node.value.as_str());
            known.push((&field.key, kind));
            values.insert(field.key.clone(), default);
        }
    }
    let config_path = SitePath::new("ssg.toml").unwrap_or_default();
    let usage = |diagnostic: Diagnostic| diagnostic.class(Class::Usage).in_file(&config_path);
    if let Some(Data::Table(fields)) = &config.theme_options {
        for field in fields {
            let Some((_, kind)) = known.iter().find(|(name, _)| *name == field.key) else {
                let names = known.iter().map(|(name, _)| *name);
                found.add(usage(
                    Diagnostic::error("theme-option", format!("the theme has no option `{}`", field.key))
                        .at(field.key_span)
                        .hint_if(did_you_mean(&field.key, names)),
                ));
                continue;
            };
            if !fits(kind.unwrap_or("string"), &field.node.value) {
                let kind = kind.unwrap_or("string");
                let message = format!("`{}` must be a {kind}, not {}", field.key, field.node.value.kind());
                found.add(usage(Diagnostic::error("theme-option", message).at(field.node.span)));
                continue;
            }
            values.insert(field.key.clone(), data_value(&field.node.value));
        }
    }
    values.done()
}

fn fits(kind: &str, value: &Data) -> bool {
    match kind {
        "bool" => matches!(value, Data::Bool(_)),
        "number" => matches!(value, Data::Integer(_) | Data::Float(..)),
        "list" => matches!(value, Data::List(_)),
        "colour" => value.as_str().is_some_and(is_colour),
        _ => matches!(value, Data::Text(_)),
    }
}

/// `#rgb`, `#rrggbb` or `#rrggbbaa`: what can stand in a style without breaking out of it.
fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| {
        matches!(hex.len(), 3 | 4 | 6 | 8) && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// Folders whose files make the look of a site: the theme's own, and what the site lays over it.
#[must_use]
pub fn theme_folders(source: &ThemeSource) -> Vec<SitePath> {
    let own = match source {
        ThemeSource::BuiltIn => None,
        ThemeSource::Folder(dir) => Some(dir.clone()),
    };
    own.into_iter().chain(SITE_FOLDERS.iter().filter_map(|dir| SitePath::new(dir).ok())).collect()
}

/// What a site lays over its theme.
const SITE_FOLDERS: [&str; 4] = ["templates", "assets", "static", "i18n"];

fn builtin_files() -> Files {
    let mut files = Files::new();
    for name in BuiltIn::iter() {
        let (Some(file), Ok(path)) = (BuiltIn::get(&name), SitePath::new(&format!("theme:{DEFAULT}/{name}")))
        else {
            continue;
        };
        files.insert(name.to_string(), (path, FileBytes::Held(file.data.into_owned().into())));
    }
    files
}

fn folder_files(inputs: &dyn Inputs, dir: &SitePath, found: &mut Diagnostics) -> Files {
    let entries = inputs.list(dir, found);
    entries
        .into_iter()
        .filter_map(|entry| {
            Some((entry.path.below(dir.as_str())?.to_owned(), (entry.path.clone(), FileBytes::Input)))
        })
        .collect()
}

fn site_files(inputs: &dyn Inputs, found: &mut Diagnostics) -> Files {
    let mut files = Files::new();
    for dir in SITE_FOLDERS {
        let Ok(path) = SitePath::new(dir) else { continue };
        for entry in inputs.list(&path, found) {
            files.insert(entry.path.as_str().to_owned(), (entry.path, FileBytes::Input));
        }
    }
    files
}

fn read(
    inputs: &dyn Inputs,
    path: &SitePath,
    files: &Files,
    name: &str,
    found: &mut Diagnostics,
) -> Option<ThemeFile> {
    match files.get(name)? {
        (_, FileBytes::Held(bytes)) => {
            Some(ThemeFile { path: path.clone(), bytes: bytes.clone(), on_disk: None })
        }
        // A static file is copied where it lies, without being read.
        (_, FileBytes::Input) if name.starts_with("static/") && inputs.on_disk(path).is_some() => {
            Some(ThemeFile { path: path.clone(), bytes: Arc::default(), on_disk: inputs.on_disk(path) })
        }
        (_, FileBytes::Input) => match inputs.read(path) {
            Ok(bytes) => Some(ThemeFile { path: path.clone(), bytes, on_disk: None }),
            Err(error) => {
                found.add(error.diagnostic(path));
                None
            }
        },
    }
}
