//! Themes: where their files come from, their options and their texts.
//!
//! Lookup is site → theme → its parents → built-in ([`layers`]). The default theme is inside the
//! program; a theme of the same name under `themes/` takes its place.

mod files;
mod former;
mod layers;
mod manifest;
mod options;
mod tags;
mod templates;
mod texts;

pub(crate) use files::ThemeFile;
pub use files::builtin_file;
pub use layers::{
    LayerFile, LayerOf, ThemeLayer, ThemeSource, builtin_theme_names, chain_folders, theme_folders,
    theme_layers, theme_names,
};
pub use manifest::{Manifest, TEMPLATE_API};
pub use options::{OptionKind, ThemeOption, inherited_options};
pub(crate) use tags::{Tag, strings, tags};
pub(crate) use templates::BELOW;
pub(crate) use templates::{Template, plain_name, prefix, without_prefixes};

use layers::{Layer, layers};
use ssg_parse::Config;
use ssg_source::{Class, Diagnostic, Diagnostics, Inputs, SitePath, Span, codes};
use std::collections::BTreeMap;
use tera::Value;
use texts::Texts;

/// Says of a theme that it lacks a template, at its manifest, or where the site names the theme.
fn lacks(name: &str, layers: &[Layer], config: &Config) -> Diagnostic {
    let problem = Diagnostic::error(codes::THEME, format!("the theme has no template `{name}`"))
        .class(Class::Usage)
        .hint(format!("add `templates/{name}` to it, or `extends = \"score\"` to its theme.toml"))
        .hint("a theme must have `base.html`, `page.html` and `section.html`, or extend one that has");
    let manifest = layers.iter().find_map(|layer| layer.manifest.as_ref());
    let settings = SitePath::new("ssg.toml").unwrap_or_default();
    let named = config.theme.as_ref().map(|theme| theme.span);
    match manifest {
        Some(manifest) => {
            let problem = problem.in_file(&manifest.path).at(Span::at(0));
            if named.is_some() { problem.label(&settings, named, "the site names it here") } else { problem }
        }
        None => problem.in_file(&settings).at(named.unwrap_or_default()),
    }
}

/// Templates without which a theme has nothing to fall back on.
const NEEDED: [&str; 3] = ["base.html", "page.html", "section.html"];

/// A theme with the site's overrides laid over it.
pub struct Theme {
    /// Name.
    pub name: String,
    pub(crate) templates: Vec<Template>,
    /// Prefixes in Tera of the layers below the site's, the theme's first.
    pub(crate) prefixes: Vec<String>,
    /// Relative name → files of that name, the highest layer's first.
    pub(crate) assets: BTreeMap<String, Vec<ThemeFile>>,
    /// Relative name → file of `static/`, of the highest layer that has it.
    pub(crate) statics: BTreeMap<String, ThemeFile>,
    pub(crate) options: Value,
    texts: Texts,
    /// A parent is missing, or a template without which nothing can be rendered; it was reported.
    pub(crate) broken: bool,
}

impl Theme {
    /// Loads the configured theme with its parents and what the site lays over them.
    #[must_use]
    pub fn load(inputs: &dyn Inputs, config: &Config, source: &ThemeSource, found: &mut Diagnostics) -> Self {
        let (layers, broken) = layers(inputs, source, found);
        let mut theme = Self {
            name: source.name().to_owned(),
            templates: templates::load(inputs, &layers, found),
            prefixes: (1..layers.len()).map(prefix).collect(),
            assets: BTreeMap::new(),
            statics: BTreeMap::new(),
            options: Value::none(),
            texts: Texts::default(),
            broken,
        };
        for layer in layers.iter().rev() {
            theme.add_files(inputs, layer, found);
        }
        match former::check(config, &theme.templates) {
            // What else is wrong follows from it.
            Some(problem) => {
                theme.broken = true;
                found.add(problem);
            }
            None => theme.read_manifests(inputs, &layers, config, found),
        }
        let lowest = prefix(layers.len() - 1);
        for name in NEEDED {
            let is_it = |template: &Template| {
                plain_name(&template.name) == name && !template.name.starts_with(&lowest)
            };
            if !broken && !theme.templates.iter().any(is_it) {
                theme.broken = true;
                found.add(lacks(name, &layers, config));
            }
        }
        theme
    }

    /// Lays assets, static files and texts of a layer over those of lower ones.
    fn add_files(&mut self, inputs: &dyn Inputs, layer: &Layer, found: &mut Diagnostics) {
        for (name, _) in layer.files.iter() {
            let Some((folder, below)) = name.split_once('/') else { continue };
            if !["assets", "static", "i18n"].contains(&folder) {
                continue;
            }
            let Some(file) = layer.files.read(inputs, name, found) else { continue };
            match (folder, below.strip_suffix(".toml")) {
                ("assets", _) => self.assets.entry(below.to_owned()).or_default().insert(0, file),
                ("static", _) => {
                    self.statics.insert(below.to_owned(), file);
                }
                (_, Some(lang)) => self.texts.add(lang, &file, found),
                _ => {}
            }
        }
    }

    /// Checks what the themes say of themselves, and lays the site's options over their defaults.
    fn read_manifests(
        &mut self,
        inputs: &dyn Inputs,
        layers: &[Layer],
        config: &Config,
        found: &mut Diagnostics,
    ) {
        let manifests: Vec<&Manifest> = layers.iter().filter_map(|layer| layer.manifest.as_ref()).collect();
        for manifest in &manifests {
            manifest.check(inputs.version(), found);
        }
        if let Some(name) = manifests.first().and_then(|manifest| manifest.name.as_ref()) {
            self.name.clone_from(name);
        }
        let declared = inherited_options(manifests.iter().map(|manifest| manifest.options.as_slice()), found);
        self.options = options::option_values(&declared, config, found);
    }

    /// A text of the theme: in the language, in its main part (`de` for `de-AT`), in the site's, in
    /// English. Gives the language that it was found in as well.
    pub(crate) fn text<'t>(
        &'t self,
        lang: &'t str,
        site_lang: &'t str,
        key: &str,
    ) -> Option<(&'t str, &'t Value)> {
        self.texts.get(lang, site_lang, key)
    }

    /// Every key of a text.
    pub(crate) fn keys(&self) -> Vec<String> {
        self.texts.keys()
    }
}
