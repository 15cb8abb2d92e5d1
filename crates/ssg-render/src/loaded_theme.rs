//! A theme that is ready to render with: its texts and options, the templates compiled, the assets
//! processed.
//!
//! Made of the theme's files and the configuration alone, so it outlives a change of the content. How
//! it is loaded is told in `load_theme.rs`, where templates get what the program gives them.

use crate::assets::Assets;
use crate::engine::Engine;
use crate::theme::Theme;
use ssg_source::{Digest, Digester, SitePath};
use std::sync::Arc;

impl std::fmt::Debug for LoadedTheme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoadedTheme").field("theme", &self.theme.name).finish_non_exhaustive()
    }
}

/// A theme, ready to render with.
pub struct LoadedTheme {
    pub(crate) theme: Theme,
    pub(crate) engine: Arc<Engine>,
    pub(crate) assets: Assets,
}

impl LoadedTheme {
    /// Whether a file is one of the templates that the first existing of several (separated by
    /// commas) extends, includes or calls, or is itself.
    #[must_use]
    pub fn draws_in(&self, names: &str, file: &SitePath) -> bool {
        self.engine.draws_in(names, file)
    }

    /// A digest of what outputs are planned by: the files that come from it, which are outputs as they are, and which
    /// templates it has.
    #[must_use]
    pub fn plan_digest(&self) -> Digest {
        let mut digester = Digester::new();
        digester.value(&self.engine.names());
        for asset in self.assets.iter() {
            digester.text(&asset.path).text(asset.source.as_str()).digest(Digest::of_bytes(&asset.bytes));
        }
        for (name, file) in &self.theme.statics {
            digester.text(name).text(file.path.as_str()).flag(file.on_disk.is_some());
            if file.on_disk.is_none() {
                digester.digest(Digest::of_bytes(&file.bytes));
            }
        }
        digester.done()
    }

    /// Whether the templates could not be loaded: there is nothing to render then.
    #[must_use]
    pub fn is_without_templates(&self) -> bool {
        self.engine.failed()
    }
}
