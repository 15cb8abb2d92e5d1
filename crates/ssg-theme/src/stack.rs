//! The layers of a theme as the commands look at them: which file of a name counts, and its bytes.

use ssg_parse::Spanned;
use ssg_render::{LayerOf, Manifest, ThemeLayer, ThemeOption, ThemeSource, inherited_options, theme_layers};
use ssg_source::{Diagnostics, Inputs, SitePath, decode};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A theme, its parents, and what is built in; never the site's own files.
pub(crate) struct Stack {
    layers: Vec<ThemeLayer>,
    /// Name → number of the layer whose file counts.
    winners: BTreeMap<String, usize>,
}

/// A file of a theme.
pub(crate) struct StackFile {
    /// Its name in the theme, such as `templates/post.html`.
    pub name: String,
    /// Where it is.
    pub path: SitePath,
    /// The theme that it is of.
    pub theme: String,
}

impl Stack {
    /// The layers of a theme; what is wrong with its chain goes to `found`.
    pub(crate) fn new(inputs: &dyn Inputs, theme: &ThemeSource, found: &mut Diagnostics) -> Self {
        let mut layers = theme_layers(inputs, theme, found);
        layers.retain(|layer| layer.of != LayerOf::Site);
        let mut winners = BTreeMap::new();
        for (number, layer) in layers.iter().enumerate() {
            for file in layer.files.iter().filter(|file| file.name != "theme.toml") {
                winners.entry(file.name.clone()).or_insert(number);
            }
        }
        Self { layers, winners }
    }

    /// Manifests, the theme's own first.
    pub(crate) fn manifests(&self) -> impl DoubleEndedIterator<Item = &Manifest> {
        self.layers.iter().filter_map(|layer| layer.manifest.as_ref())
    }

    /// The theme's own manifest.
    pub(crate) fn manifest(&self) -> Option<&Manifest> {
        self.layers.first().and_then(|layer| layer.manifest.as_ref())
    }

    /// All options, inherited ones too.
    pub(crate) fn options(&self) -> Vec<ThemeOption> {
        let chain: Vec<&[ThemeOption]> = self.manifests().map(|one| one.options.as_slice()).collect();
        inherited_options(chain.into_iter(), &mut Diagnostics::new())
    }

    /// Names of the themes, the theme's own first.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.layers.iter().filter(|layer| matches!(layer.of, LayerOf::Theme(_))).map(layer_name).collect()
    }

    /// The files that count, by name.
    pub(crate) fn files(&self) -> impl Iterator<Item = StackFile> {
        self.winners.iter().filter_map(|(name, number)| {
            let layer = self.layers.get(*number)?;
            let file = layer.files.iter().find(|file| file.name == *name)?;
            Some(StackFile {
                name: name.clone(),
                path: file.path.clone(),
                theme: layer_name(layer).to_owned(),
            })
        })
    }

    /// Every file of every layer, covered or not.
    pub(crate) fn all_files(&self) -> impl Iterator<Item = (&str, &SitePath)> {
        let files = self.layers.iter().flat_map(|layer| layer.files.iter());
        files.map(|file| (file.name.as_str(), &file.path))
    }

    /// As [`all_files`](Self::all_files), of themes alone.
    pub(crate) fn theme_files(&self) -> impl Iterator<Item = (&str, &SitePath)> {
        let layers = self.layers.iter().filter(|layer| matches!(layer.of, LayerOf::Theme(_)));
        layers.flat_map(|layer| layer.files.iter()).map(|file| (file.name.as_str(), &file.path))
    }

    /// The theme's own files.
    pub(crate) fn own_files(&self) -> impl Iterator<Item = (&str, &SitePath)> {
        let files = self.layers.first().into_iter().flat_map(|layer| layer.files.iter());
        files.map(|file| (file.name.as_str(), &file.path))
    }

    /// The parent that the theme names.
    pub(crate) fn parent(&self) -> Option<&Spanned<String>> {
        self.manifest().and_then(|manifest| manifest.extends.as_ref())
    }
}

fn layer_name(layer: &ThemeLayer) -> &str {
    match &layer.of {
        LayerOf::Theme(source) => source.name(),
        LayerOf::Site => "site",
        LayerOf::BuiltIn => "built in",
    }
}

/// The bytes of a theme's file, also of one inside the program.
pub(crate) fn bytes_of(inputs: &dyn Inputs, path: &SitePath) -> Option<Arc<[u8]>> {
    ssg_render::builtin_file(path).or_else(|| inputs.read(path).ok())
}

/// The text of a theme's file.
pub(crate) fn text_of(inputs: &dyn Inputs, path: &SitePath) -> Option<Arc<str>> {
    let bytes = bytes_of(inputs, path)?;
    Some(decode(&bytes).ok()?.into_owned().into())
}
