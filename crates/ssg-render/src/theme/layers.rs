//! The layers of a look: the site over its theme, over the theme's parents, over what is built in.
//!
//! Of files with the same name the highest layer's counts; texts and options are inherited one by
//! one. A layer's templates have a prefix in Tera, so that a template can name the one below it.

use super::files::{DEFAULT, Files, INSIDE, QUIET, SITE_FOLDERS};
use super::manifest::Manifest;
use ssg_parse::Spanned;
use ssg_source::{Class, Diagnostic, Diagnostics, Inputs, SitePath, codes, did_you_mean};

/// Most themes in a chain of parents.
const MOST: usize = 16;

/// Names of the themes inside the program.
#[must_use]
pub fn builtin_theme_names() -> &'static [&'static str] {
    INSIDE
}

/// Where a theme's files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeSource {
    /// Inside the program, by its name.
    BuiltIn(&'static str),
    /// A folder of the inputs.
    Folder(SitePath),
}

impl Default for ThemeSource {
    /// That of a site which names none.
    fn default() -> Self {
        Self::BuiltIn(DEFAULT)
    }
}

impl ThemeSource {
    /// The theme of a name: a folder of `themes/`, else one inside the program.
    #[must_use]
    pub fn named(inputs: &dyn Inputs, name: &str) -> Option<Self> {
        let dir = SitePath::new("themes").and_then(|dir| dir.join(name)).ok();
        let is_theme = |dir: &SitePath| dir.join("theme.toml").is_ok_and(|manifest| inputs.exists(&manifest));
        match dir.filter(is_theme) {
            Some(dir) => Some(Self::Folder(dir)),
            None => INSIDE.iter().find(|inside| **inside == name).map(|inside| Self::BuiltIn(inside)),
        }
    }

    /// The name by which a site or a child finds it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::BuiltIn(name) => name,
            Self::Folder(dir) => dir.file_name(),
        }
    }

    fn files(&self, inputs: &dyn Inputs, found: &mut Diagnostics) -> Files {
        match self {
            Self::BuiltIn(name) => Files::built_in(name),
            Self::Folder(dir) => Files::of_folder(inputs, dir, found),
        }
    }

    fn manifest(&self, inputs: &dyn Inputs, found: &mut Diagnostics) -> Option<Manifest> {
        let files = match self {
            Self::BuiltIn(name) => Files::built_in(name),
            Self::Folder(dir) => Files::manifest_of(dir)?,
        };
        Manifest::read(&files.read(inputs, "theme.toml", found)?, found)
    }
}

/// Names of all themes that a site can use, sorted.
#[must_use]
pub fn theme_names(inputs: &dyn Inputs) -> Vec<String> {
    let mut ignored = Diagnostics::new();
    let files = SitePath::new("themes").map_or_else(|_| Vec::new(), |dir| inputs.list(&dir, &mut ignored));
    let manifests = files
        .iter()
        .filter(|entry| entry.path.file_name() == "theme.toml" && entry.path.parts().count() == 3);
    let mut names: Vec<String> = manifests
        .filter_map(|entry| entry.path.parts().nth(1).map(str::to_owned))
        .chain(builtin_theme_names().iter().map(|name| (*name).to_owned()))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// A theme with its parents.
pub(super) struct Chain {
    /// The theme first.
    pub themes: Vec<(ThemeSource, Option<Manifest>)>,
    /// A parent is missing, or the chain has no end.
    pub broken: bool,
}

impl Chain {
    pub(super) fn follow(inputs: &dyn Inputs, theme: &ThemeSource, found: &mut Diagnostics) -> Self {
        let mut chain = Self { themes: Vec::new(), broken: false };
        let mut next = Some(theme.clone());
        while let Some(source) = next.take() {
            let manifest = source.manifest(inputs, found);
            let extends = manifest.as_ref().and_then(|manifest| manifest.extends.clone());
            let path = manifest.as_ref().map(|manifest| manifest.path.clone()).unwrap_or_default();
            chain.themes.push((source, manifest));
            let Some(extends) = extends else { break };
            match chain.parent(inputs, &extends, &path) {
                Ok(parent) => next = Some(parent),
                Err(problem) => {
                    found.add(*problem);
                    chain.broken = true;
                }
            }
        }
        chain
    }

    /// The theme that the last one extends.
    fn parent(
        &self,
        inputs: &dyn Inputs,
        extends: &Spanned<String>,
        path: &SitePath,
    ) -> Result<ThemeSource, Box<Diagnostic>> {
        let wrong = |message: String| {
            let problem = Diagnostic::error(codes::THEME_EXTENDS, message).class(Class::Usage);
            problem.in_file(path).at(extends.span)
        };
        let name = extends.value.as_str();
        if name.contains(['/', '\\']) || name.starts_with('.') {
            let problem = wrong(format!("refused: `{name}` is a path")).class(Class::Policy);
            return Err(Box::new(problem.hint("a parent is named, and lies in `themes/` or is built in")));
        }
        let Some(parent) = ThemeSource::named(inputs, name) else {
            let names = theme_names(inputs);
            return Err(Box::new(
                wrong(format!("there is no theme `{name}` to extend"))
                    .hint_if(did_you_mean(name, names.iter().map(String::as_str)))
                    .hint(format!("there are: {}", names.join(", "))),
            ));
        };
        let mut shown: Vec<&str> = self.themes.iter().map(|(source, _)| source.name()).collect();
        shown.push(name);
        if self.themes.iter().any(|(source, _)| *source == parent) {
            let message = format!("the theme `{name}` extends itself: {}", shown.join(" → "));
            return Err(Box::new(wrong(message).hint("a parent must not extend its child")));
        }
        if self.themes.len() >= MOST {
            let message = format!("more than {MOST} themes extend each other: {}", shown.join(" → "));
            return Err(Box::new(wrong(message)));
        }
        Ok(parent)
    }
}

/// Folders of a theme and of its parents.
#[must_use]
pub fn chain_folders(inputs: &dyn Inputs, theme: &ThemeSource) -> Vec<SitePath> {
    folders_of(&Chain::follow(inputs, theme, &mut Diagnostics::new()))
}

fn folders_of(chain: &Chain) -> Vec<SitePath> {
    let folder = |source: &ThemeSource| match source {
        ThemeSource::BuiltIn(_) => None,
        ThemeSource::Folder(dir) => Some(dir.clone()),
    };
    chain.themes.iter().filter_map(|(source, _)| folder(source)).collect()
}

/// Folders whose files make the look of a site: those of the theme and of its parents, and what the
/// site lays over them.
#[must_use]
pub fn theme_folders(inputs: &dyn Inputs, theme: &ThemeSource) -> Vec<SitePath> {
    let chain = Chain::follow(inputs, theme, &mut Diagnostics::new());
    let mut folders = folders_of(&chain);
    // What is missing may come, and what is suggested instead depends on what there is.
    let all = chain.broken.then_some("themes");
    folders.extend(SITE_FOLDERS.into_iter().chain(all).filter_map(|dir| SitePath::new(dir).ok()));
    folders
}

/// What a layer is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LayerOf {
    /// The site's own folders.
    Site,
    /// A theme.
    Theme(ThemeSource),
    /// What every theme may rely on: shortcodes, with the parts and texts that they use.
    BuiltIn,
}

/// A layer with its files.
pub(super) struct Layer {
    pub of: LayerOf,
    pub manifest: Option<Manifest>,
    pub files: Files,
}

/// All layers, the site's first, and whether the chain of themes is broken.
pub(super) fn layers(
    inputs: &dyn Inputs,
    theme: &ThemeSource,
    found: &mut Diagnostics,
) -> (Vec<Layer>, bool) {
    let site = Layer { of: LayerOf::Site, manifest: None, files: Files::of_site(inputs, found) };
    let mut layers = vec![site];
    let chain = Chain::follow(inputs, theme, found);
    for (source, manifest) in chain.themes {
        let files = source.files(inputs, found);
        layers.push(Layer { of: LayerOf::Theme(source), manifest, files });
    }
    // Built-in shortcodes are written with components and texts of the built-in theme.
    let built_in = Files::built_in(QUIET).only(|name| {
        ["templates/shortcodes/", "templates/partials/", "i18n/"].iter().any(|dir| name.starts_with(dir))
    });
    layers.push(Layer { of: LayerOf::BuiltIn, manifest: None, files: built_in });
    (layers, chain.broken)
}

/// A layer of the look of a site.
#[derive(Clone, Debug)]
pub struct ThemeLayer {
    /// What it is.
    pub of: LayerOf,
    /// `theme.toml`, of a theme that has a sound one.
    pub manifest: Option<Manifest>,
    /// Its files, by name.
    pub files: Vec<LayerFile>,
}

/// A file of a layer.
#[derive(Clone, Debug)]
pub struct LayerFile {
    /// Its name below the layer's root, such as `templates/post.html`.
    pub name: String,
    /// Where it is.
    pub path: SitePath,
    /// Number of the layer whose file of this name counts instead. Texts are inherited key by key, so
    /// no file of texts is covered.
    pub covered_by: Option<usize>,
}

/// The layers of a look, the site's first and what is built in last, with all their files.
///
/// What is wrong with the chain of themes or with a `theme.toml` goes to `found`. Nothing but
/// manifests is read.
#[must_use]
pub fn theme_layers(inputs: &dyn Inputs, theme: &ThemeSource, found: &mut Diagnostics) -> Vec<ThemeLayer> {
    let (layers, _) = layers(inputs, theme, found);
    let covered_by = |name: &str, number: usize| {
        let is_whole = !name.starts_with("i18n/") && name != "theme.toml";
        layers.iter().take(number).position(|higher| is_whole && higher.files.has(name))
    };
    layers
        .iter()
        .enumerate()
        .map(|(number, layer)| ThemeLayer {
            of: layer.of.clone(),
            manifest: layer.manifest.clone(),
            files: layer
                .files
                .iter()
                .map(|(name, path)| LayerFile {
                    name: name.to_owned(),
                    path: path.clone(),
                    covered_by: covered_by(name, number),
                })
                .collect(),
        })
        .collect()
}
