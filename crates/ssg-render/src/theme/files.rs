//! Files of one layer of a look: inside the program, of a theme's folder, or of the site.

use rust_embed::RustEmbed;
use ssg_parse::{Node, read_toml};
use ssg_source::{Diagnostic, Diagnostics, Inputs, SitePath, codes, decode};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Name of the theme of a site that names none.
pub(super) const DEFAULT: &str = "score";
/// Name of the theme whose shortcodes every theme may rely on. It was that of a site that names none, up to 2026.
pub(super) const QUIET: &str = "runbook";
/// Names of all themes inside the program.
pub(super) const INSIDE: &[&str] = &[QUIET, DEFAULT];
/// What a site lays over its theme.
pub(super) const SITE_FOLDERS: [&str; 4] = ["templates", "assets", "static", "i18n"];

#[derive(RustEmbed)]
#[cfg_attr(themes_inside, folder = "themes/runbook")]
#[cfg_attr(not(themes_inside), folder = "../../themes/runbook")]
#[exclude = "*.md"]
struct Runbook;

#[derive(RustEmbed)]
#[cfg_attr(themes_inside, folder = "themes/score")]
#[cfg_attr(not(themes_inside), folder = "../../themes/score")]
#[exclude = "*.md"]
struct Score;

/// The bytes of a file of a theme inside the program.
fn embedded(theme: &str, name: &str) -> Option<Arc<[u8]>> {
    let file = if theme == QUIET { Runbook::get(name) } else { Score::get(name) };
    Some(file?.data.into_owned().into())
}

/// Names of the files of a theme inside the program.
fn embedded_names(theme: &str) -> Vec<String> {
    let names = |names: &mut dyn Iterator<Item = Cow<'static, str>>| names.map(Cow::into_owned).collect();
    if theme == QUIET { names(&mut Runbook::iter()) } else { names(&mut Score::iter()) }
}

/// The bytes of a file inside the program, by the path that diagnostics have for it.
#[must_use]
pub fn builtin_file(path: &SitePath) -> Option<Arc<[u8]>> {
    INSIDE.iter().find_map(|theme| embedded(theme, path.below(&format!("theme:{theme}"))?))
}

/// A file of a theme or of the site that is copied or processed.
pub(crate) struct ThemeFile {
    pub path: SitePath,
    pub bytes: Arc<[u8]>,
    pub on_disk: Option<PathBuf>,
}

/// Files of one layer by their name below its root, such as `templates/post.html`.
pub(super) struct Files(BTreeMap<String, (SitePath, FileBytes)>);

enum FileBytes {
    Held(Arc<[u8]>),
    Input,
}

impl Files {
    /// Those of a theme inside the program.
    pub(super) fn built_in(theme: &str) -> Self {
        let file = |name: &str| {
            let path = SitePath::new(&format!("theme:{theme}/{name}")).ok()?;
            Some((path, FileBytes::Held(embedded(theme, name)?)))
        };
        let names = embedded_names(theme).into_iter();
        Self(names.filter_map(|name| file(&name).map(|file| (name, file))).collect())
    }

    /// Those of a theme's folder.
    pub(super) fn of_folder(inputs: &dyn Inputs, dir: &SitePath, found: &mut Diagnostics) -> Self {
        let entries = inputs.list(dir, found).into_iter();
        Self(
            entries
                .filter_map(|entry| {
                    let name = entry.path.below(dir.as_str())?.to_owned();
                    Some((name, (entry.path, FileBytes::Input)))
                })
                .collect(),
        )
    }

    /// The manifest of a theme's folder, whether it is there or not.
    pub(super) fn manifest_of(dir: &SitePath) -> Option<Self> {
        let path = dir.join("theme.toml").ok()?;
        Some(Self([("theme.toml".to_owned(), (path, FileBytes::Input))].into()))
    }

    /// Those that a site lays over its theme.
    pub(super) fn of_site(inputs: &dyn Inputs, found: &mut Diagnostics) -> Self {
        let dirs = SITE_FOLDERS.iter().filter_map(|dir| SitePath::new(dir).ok());
        let entries = dirs.flat_map(|dir| inputs.list(&dir, found)).collect::<Vec<_>>();
        Self(
            entries
                .into_iter()
                .map(|entry| (entry.path.as_str().to_owned(), (entry.path, FileBytes::Input)))
                .collect(),
        )
    }

    /// Without those that `keep` does not want.
    pub(super) fn only(mut self, keep: impl Fn(&str) -> bool) -> Self {
        self.0.retain(|name, _| keep(name));
        self
    }

    /// Names and paths, sorted.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &SitePath)> {
        self.0.iter().map(|(name, (path, _))| (name.as_str(), path))
    }

    /// The texts of those that are held: of a theme inside the program its templates and its manifest.
    pub(super) fn texts(&self) -> impl Iterator<Item = String> {
        let is_text = |name: &str| name.ends_with(".html") || name == "theme.toml";
        self.0.iter().filter(move |(name, _)| is_text(name)).filter_map(|(_, (_, bytes))| match bytes {
            FileBytes::Held(bytes) => String::from_utf8(bytes.to_vec()).ok(),
            FileBytes::Input => None,
        })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Reads a file; what is wrong with it goes to `found`. A static file on disk is copied where it
    /// lies, without being read.
    pub(super) fn read(&self, inputs: &dyn Inputs, name: &str, found: &mut Diagnostics) -> Option<ThemeFile> {
        let (path, bytes) = self.0.get(name)?;
        let file = |bytes, on_disk| Some(ThemeFile { path: path.clone(), bytes, on_disk });
        if let FileBytes::Held(bytes) = bytes {
            return file(bytes.clone(), None);
        }
        if let Some(place) = inputs.on_disk(path).filter(|_| name.starts_with("static/")) {
            return file(Arc::default(), Some(place));
        }
        match inputs.read(path) {
            Ok(bytes) => file(bytes, None),
            Err(error) => {
                found.add(error.diagnostic(path));
                None
            }
        }
    }
}

impl ThemeFile {
    /// Its text; bytes that are none are reported.
    pub(super) fn text(&self, found: &mut Diagnostics) -> Option<String> {
        match decode(&self.bytes) {
            Ok(text) => Some(text.into_owned()),
            Err(error) => {
                found.add(Diagnostic::error(codes::ENCODING, error.to_string()).in_file(&self.path));
                None
            }
        }
    }

    /// Its table, for a file in TOML.
    pub(super) fn table(&self, found: &mut Diagnostics) -> Option<Node> {
        let text = self.text(found)?;
        let mut here = Diagnostics::new();
        let node = read_toml(&text, 0, &mut here);
        found.extend(self.own(here));
        Some(node)
    }

    /// Diagnostics of this file, which know where they stand but not in which file.
    pub(super) fn own(&self, mut here: Diagnostics) -> Diagnostics {
        for one in &mut here {
            if one.path.is_none() {
                one.path = Some(self.path.clone());
            }
        }
        here
    }
}
