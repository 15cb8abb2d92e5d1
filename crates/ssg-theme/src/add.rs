//! `ssg theme add`: fetches a theme, lets it in or refuses it, and writes down what was fetched.

use crate::fetched::{Files, Limits};
use crate::git::{Address, fetch};
use crate::install::{Installer, taken};
use crate::name::check_name;
use crate::overlay::OverlaidInputs;
use crate::pin::write_pin;
use crate::site::Site;
use ssg_build::sass;
use ssg_parse::{Config, Spanned, ThemePin, read_toml};
use ssg_render::{LoadedTheme, ThemeSource, content_hash};
use ssg_source::{Class, Diagnostic, Diagnostics, SitePath, Span, codes, decode};
use std::path::Path;

/// A theme that was added.
#[derive(Debug)]
pub struct Added {
    /// Its folder under `themes/`.
    pub name: String,
    /// Where it is from.
    pub pin: ThemePin,
    /// How many files it has.
    pub files: usize,
}

/// Fetches a theme to `themes/<name>` and pins it; `base` is what a relative address is relative to.
///
/// # Errors
/// When it cannot be fetched, is refused, or is no theme. Then nothing has changed.
pub fn add(site: &Site<'_>, address: &Address, base: &Path, limits: &Limits) -> Result<Added, Diagnostics> {
    let installer = Installer::new(site.root).map_err(one)?;
    let fetched = fetch(address, base, installer.scratch(), limits).map_err(one)?;
    let name = name_of(&fetched.files, address).map_err(one)?;
    if site.inputs.exists(&theme_file(&name)) || site.root.join("themes").join(&name).exists() {
        let problem = taken(&name);
        return Err(one(match site.pin(&name) {
            Some(_) => problem.hint(format!("`ssg theme update {name}` fetches its newest version")),
            None => problem.hint("rename or remove that folder first"),
        }));
    }
    validate(site, &name, &fetched.files)?;
    let pin = ThemePin {
        name: name.clone(),
        git: lasting(address, base, site.root),
        rev: address.rev.clone(),
        commit: fetched.commit,
        hash: Spanned::new(hash_of(&fetched.files), Span::default()),
    };
    installer.put(&name, &fetched.files).map_err(one)?;
    if let Err(problem) = write_pin(&site.root.join(site.file.as_str()), &pin) {
        installer.take_back(&name);
        return Err(one(problem));
    }
    Ok(Added { name, pin, files: fetched.files.len() })
}

pub(crate) fn one(problem: Diagnostic) -> Diagnostics {
    let mut found = Diagnostics::new();
    found.add(problem);
    found
}

pub(crate) fn theme_file(name: &str) -> SitePath {
    SitePath::new(&format!("themes/{name}/theme.toml")).unwrap_or_default()
}

/// The hash of files that were fetched.
pub(crate) fn hash_of(files: &Files) -> String {
    content_hash(files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())))
}

/// The name that the theme gives itself, else that of its address.
fn name_of(files: &Files, address: &Address) -> Result<String, Diagnostic> {
    let Some(bytes) = files.get("theme.toml") else {
        return Err(Diagnostic::error(codes::THEME_REFUSED, format!("there is no theme at `{address}`"))
            .hint("the repository must have `theme.toml` at its top"));
    };
    let text =
        decode(bytes).map_err(|error| Diagnostic::error(codes::ENCODING, format!("theme.toml: {error}")))?;
    // What is wrong with it is told when the theme is loaded.
    let node = read_toml(&text, 0, &mut Diagnostics::new());
    let own = node.value.get("name").and_then(|name| name.value.as_str().map(str::to_owned));
    let name = own.unwrap_or_else(|| address.last_part());
    check_name(&name)?;
    Ok(name)
}

/// Loads a theme that is not yet on disk, and gives what is wrong with it.
pub(crate) fn validate(site: &Site<'_>, name: &str, files: &Files) -> Result<(), Diagnostics> {
    let mut overlay = OverlaidInputs::new(site.inputs.clone());
    let dir = SitePath::new(&format!("themes/{name}")).map_err(|_| Diagnostics::new())?;
    overlay.cover(&dir, files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    let mut found = Diagnostics::new();
    let source = ThemeSource::Folder(dir.clone());
    let _ = LoadedTheme::load(&overlay, &Config::default(), &source, sass::compile, &mut found);
    if !found.has_errors() {
        return Ok(());
    }
    for problem in &mut found {
        let below = problem.path.as_ref().and_then(|path| path.below(dir.as_str()));
        // The file is not in the site, where an excerpt would be taken from.
        let text = below.and_then(|name| decode(files.get(name)?).ok());
        problem.text = text.map(|text| text.into_owned().into());
        if problem.class == Class::Content {
            problem.hints.push("nothing was changed: the theme does not work as it is".to_owned());
        }
    }
    found.sort();
    Err(found)
}

/// The address as it can be used later: a relative path is relative to the site then.
fn lasting(address: &Address, base: &Path, root: &Path) -> String {
    let here = base.canonicalize().ok();
    if !address.is_path() || Path::new(&address.url).is_absolute() || here == root.canonicalize().ok() {
        return address.url.clone();
    }
    let absolute = here.and_then(|here| here.join(&address.url).canonicalize().ok());
    absolute.and_then(|path| path.to_str().map(str::to_owned)).unwrap_or_else(|| address.url.clone())
}
