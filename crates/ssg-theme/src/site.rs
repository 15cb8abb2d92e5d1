//! The site that a command works on.

use ssg_parse::{Config, ThemePin};
use ssg_render::ThemeSource;
use ssg_source::{Class, Diagnostic, Inputs, SitePath, codes, did_you_mean};
use std::path::Path;
use std::sync::Arc;

/// A site and its configuration, as the commands about themes need it.
pub struct Site<'a> {
    /// Its folder.
    pub root: &'a Path,
    /// The configuration file.
    pub file: &'a SitePath,
    /// What is in it.
    pub config: &'a Config,
    /// The theme that it uses.
    pub theme: &'a ThemeSource,
    /// Its files.
    pub inputs: Arc<dyn Inputs + Send + Sync>,
}

impl Site<'_> {
    /// Where a theme was fetched from, where it was.
    #[must_use]
    pub fn pin(&self, name: &str) -> Option<&ThemePin> {
        self.config.themes.iter().find(|pin| pin.name == name)
    }

    /// The theme of a name: the configured one, one under `themes/`, or one inside the program.
    ///
    /// # Errors
    /// When there is none; with the nearest name.
    pub fn find(&self, name: &str) -> Result<ThemeSource, Diagnostic> {
        let configured = self.config.theme.as_ref().is_some_and(|theme| theme.value == name);
        if configured || self.theme.name() == name {
            return Ok(self.theme.clone());
        }
        ThemeSource::named(&*self.inputs, name).ok_or_else(|| {
            let names = ssg_render::theme_names(&*self.inputs);
            Diagnostic::error(codes::UNKNOWN_THEME, format!("there is no theme `{name}`"))
                .class(Class::Usage)
                .hint_if(did_you_mean(name, names.iter().map(String::as_str)))
                .hint(format!("there are: {}", names.join(", ")))
        })
    }
}
