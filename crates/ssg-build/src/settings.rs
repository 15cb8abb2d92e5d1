//! The configuration with what flags and environment lay over it.
//!
//! Read once at the start of a run; nothing later looks at flags or at the environment. Which theme is meant, and
//! whether it is there, is settled here too.

use ssg_parse::{Config, Encoding, check_base_url, read_config};
use ssg_render::{ThemeSource, theme_names};
use ssg_source::{
    Class, Diagnostic, Diagnostics, Digest, Digester, DiskInputs, Inputs, SitePath, Span, codes, did_you_mean,
};
use std::path::Path;

/// What flags and environment change.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Overrides {
    /// In place of `base_url`.
    pub base_url: Option<String>,
    /// Drafts too.
    pub drafts: bool,
    /// Pages dated in the future too.
    pub future: bool,
    /// Expired pages too.
    pub expired: bool,
    /// Leave out pages with errors of their own.
    pub skip_broken: bool,
    /// Nothing is for search engines.
    pub preview: bool,
}

/// Configuration, theme and flags of one run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The configuration, flags applied.
    pub config: Config,
    /// Where the theme is.
    pub theme: ThemeSource,
    /// The flags.
    pub overrides: Overrides,
}

impl Settings {
    /// Reads the configuration file and applies the flags; mistakes go to `found`.
    #[must_use]
    pub fn read(inputs: &dyn Inputs, file: &SitePath, overrides: Overrides, found: &mut Diagnostics) -> Self {
        let mut config = match inputs.read(file) {
            Ok(bytes) => read_config(file, &bytes, found),
            Err(error) => {
                found.add(
                    Diagnostic::error(
                        codes::NO_CONFIGURATION,
                        format!("cannot read the configuration `{file}`: {error}"),
                    )
                    .class(Class::Usage)
                    .hint("`ssg init` makes a new site; `--root` names the folder of one"),
                );
                Config::default()
            }
        };
        if let Some(url) = &overrides.base_url {
            match check_base_url(url) {
                Ok(url) => config.base_url = url,
                Err(message) => found.add(Diagnostic::error(codes::BASE_URL, message).class(Class::Usage)),
            }
        }
        config.preview = overrides.preview;
        check_features(file, &config, found);
        let theme = theme_source(inputs, file, &config, found);
        Self { config, theme, overrides }
    }
}

/// Complains of what this program was built without.
fn check_features(file: &SitePath, config: &Config, found: &mut Diagnostics) {
    let missing = |name: &str, span: Option<Span>, found: &mut Diagnostics| {
        found.add(
            Diagnostic::error(
                codes::FEATURE,
                format!("this program was built without the cargo feature `{name}`"),
            )
            .class(Class::Usage)
            .in_file(file)
            .at(span)
            .hint(format!("leave it out, or build `ssg` with `--features {name}`")),
        );
    };
    if config.outputs.cards && !cfg!(feature = "cards") {
        missing("cards", None, found);
    }
    // All other programs process pictures; this one copies them, and the site is built all the same.
    let pictures = config.pictures.table.filter(|_| config.pictures.enabled && !cfg!(feature = "pictures"));
    if let Some(table) = pictures {
        let message =
            "this program was built without the cargo feature `pictures`: pictures are copied as they are";
        let warning = Diagnostic::warning(codes::FEATURE, message).in_file(file).at(table);
        found.add(warning.hint("build `ssg` with `--features pictures`, or set `enabled = false`"));
    }
    let avif = config.pictures.avif.filter(|_| config.pictures.enabled && !cfg!(feature = "avif"));
    if let Some(avif) = avif {
        missing("avif", Some(avif), found);
    }
    if let Some(png) = config.icon.png.as_ref().filter(|_| !cfg!(feature = "pictures")) {
        let message = format!(
            "this program was built without the cargo feature `pictures`: no icons are made of `{}`",
            png.value
        );
        let warning = Diagnostic::warning(codes::FEATURE, message).in_file(file).at(png.span);
        found.add(warning.hint("build `ssg` with `--features pictures`, or name an SVG image"));
    }
    let brotli = config.hosting.precompress.iter().find(|encoding| encoding.value == Encoding::Brotli);
    if let Some(brotli) = brotli.filter(|_| !cfg!(feature = "brotli")) {
        missing("brotli", Some(brotli.span), found);
    }
}

/// The folder of a theme that lies outside the site, as the inputs show it.
fn outside(name: &str) -> Option<SitePath> {
    let is_path = name.contains('/') || name.starts_with('.');
    let last = name.trim_end_matches('/').rsplit('/').next()?;
    is_path.then(|| SitePath::new(&format!("theme@{last}")).ok()).flatten()
}

/// Shows a theme that the configuration names by a path outside the site as a root of its own.
///
/// # Errors
/// When there is no such folder.
pub fn mount_theme(inputs: &mut DiskInputs, theme: &str) -> std::io::Result<()> {
    match outside(theme) {
        Some(at) => {
            let dir = inputs.root().join(theme);
            inputs.mount(at, Path::new(&dir))
        }
        None => Ok(()),
    }
}

fn theme_source(
    inputs: &dyn Inputs,
    file: &SitePath,
    config: &Config,
    found: &mut Diagnostics,
) -> ThemeSource {
    let Some(named) = &config.theme else { return ThemeSource::default() };
    if let Some(source) = ThemeSource::named(inputs, &named.value) {
        return source;
    }
    let outside = outside(&named.value);
    if let Some(dir) =
        outside.filter(|dir| dir.join("theme.toml").is_ok_and(|manifest| inputs.exists(&manifest)))
    {
        return ThemeSource::Folder(dir);
    }
    let names = theme_names(inputs);
    let is_pinned = config.themes.iter().any(|pin| pin.name == named.value);
    let fetch = is_pinned.then(|| format!("`ssg theme update {}` fetches it again", named.value));
    found.add(
        Diagnostic::error(codes::UNKNOWN_THEME, format!("there is no theme `{}`", named.value))
            .class(Class::Usage)
            .in_file(file)
            .at(named.span)
            .hint_if(did_you_mean(&named.value, names.iter().map(String::as_str)))
            .hint_if(fetch)
            .hint(format!("there are: {}", names.join(", "))),
    );
    ThemeSource::default()
}

/// A digest of the configuration and of the flags.
pub(crate) fn config_digest(settings: &Settings) -> Digest {
    let Overrides { base_url: _, drafts, future, expired, skip_broken: _, preview: _ } = settings.overrides;
    let mut digester = Digester::new();
    digester.value(&settings.config).text(&format!("{:?}", settings.theme));
    digester.flag(drafts).flag(future).flag(expired).done()
}
