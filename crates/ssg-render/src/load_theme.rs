//! Loads a theme: reads its files, compiles its templates with all that they can use, processes its assets.

use crate::assets::Assets;
use crate::builtins::BUILTINS;
use crate::engine::Engine;
use crate::loaded_theme::LoadedTheme;
use crate::pinned;
use crate::sass;
use crate::theme::{Theme, ThemeSource, chain_folders};
use ssg_parse::Config;
use ssg_source::{Diagnostics, Inputs};
use std::sync::Arc;

impl LoadedTheme {
    /// Loads the configured theme with what the site lays over it; mistakes in templates, assets and
    /// options go to `found`. `sass` compiles its style sheets in Sass.
    #[must_use]
    pub fn load(
        inputs: &dyn Inputs,
        config: &Config,
        source: &ThemeSource,
        sass: sass::Compiler,
        found: &mut Diagnostics,
    ) -> Self {
        let theme = Theme::load(inputs, config, source, found);
        pinned::check(inputs, config, &chain_folders(inputs, source), found);
        let engine = Arc::new(Engine::new(&theme, BUILTINS, found));
        let assets = Assets::process(
            &theme,
            config.base_path(),
            config.outputs.fingerprints,
            config.pictures.originals,
            sass,
            found,
        );
        Self { theme, engine, assets }
    }
}
