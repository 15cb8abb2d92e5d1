//! Assets: Sass compiled, names of style sheets and scripts with a hash of their content.
//!
//! What style sheets and modules name is rewritten to the names as they are written (`linked.rs`), so a hash counts for
//! all that a file leads to. Style sheets may be put together of parts (`parts.rs`).

mod comments;
mod linked;
mod parts;
mod references;

use crate::pictures;
use crate::sass::{self, Compiler};
use crate::theme::Theme;
use ssg_parse::Originals;
use ssg_source::{Diagnostics, SitePath};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Folder of the site's own assets.
const FOLDER: &str = "assets";

/// A processed asset.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Site-relative path of the output.
    pub path: String,
    /// The file it was made of.
    pub source: SitePath,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

/// An asset before it is known by which names the others go.
struct Made {
    source: SitePath,
    /// It was made of Sass or of parts, so places in it are none of the file's.
    is_made: bool,
    bytes: Arc<[u8]>,
}

/// The processed assets, by the name that templates use.
#[derive(Clone, Debug, Default)]
pub struct Assets(BTreeMap<String, Asset>);

impl Assets {
    /// Processes the assets of the theme and the site. With `fingerprints`, style sheets and scripts
    /// carry a hash in their names, so that they can be cached for ever. The site's own pictures lose their metadata, as
    /// `originals` says.
    #[must_use]
    pub(crate) fn process(
        theme: &Theme,
        base_path: &str,
        fingerprints: bool,
        originals: Originals,
        compiler: Compiler,
        found: &mut Diagnostics,
    ) -> Self {
        let mut made = BTreeMap::new();
        for (name, files) in &theme.assets {
            let Some(file) = files.first() else { continue };
            let base = name.rsplit('/').next().unwrap_or(name);
            let is_sass = [".scss", ".sass"].iter().any(|end| name.ends_with(end));
            // A leading underscore marks a part of style sheets.
            if base.starts_with('_') && (is_sass || name.ends_with(".css")) {
                continue;
            }
            let (name, bytes, is_made) = if is_sass {
                match sass::style_sheet(theme, name, file, compiler, found) {
                    Ok(css) => (format!("{}.css", &name[..name.len() - 5]), css.into_bytes().into(), true),
                    Err(problem) => {
                        found.add(problem);
                        continue;
                    }
                }
            } else if file.path.below(FOLDER).is_some() && pictures::is_stripped(originals, name) {
                match pictures::without_metadata(&file.path, &file.bytes) {
                    Ok(stripped) => (name.clone(), stripped.unwrap_or_else(|| file.bytes.clone()), false),
                    Err(problem) => {
                        found.add(*problem);
                        continue;
                    }
                }
            } else {
                let joined =
                    name.ends_with(".css").then(|| parts::joined(theme, name, file, found)).flatten();
                let is_made = joined.is_some();
                (name.clone(), joined.map_or_else(|| file.bytes.clone(), Arc::from), is_made)
            };
            made.insert(name, Made { source: file.path.clone(), is_made, bytes });
        }
        let statics = |path: &str| theme.statics.contains_key(path);
        Self(linked::link(&made, base_path, &statics, fingerprints, found))
    }

    /// The path of an asset; a Sass file is found under its own name too.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<&str> {
        let css = name
            .strip_suffix(".scss")
            .or_else(|| name.strip_suffix(".sass"))
            .map(|stem| format!("{stem}.css"));
        self.0.get(css.as_deref().unwrap_or(name)).map(|asset| asset.path.as_str())
    }

    /// Names as templates use them, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Paths that bear a hash of what lies there, so that what was fetched once stays right; sorted.
    pub(crate) fn fingerprinted(&self) -> Vec<&str> {
        let is_plain = |name: &str, path: &str| path.strip_prefix("/assets/") == Some(name);
        let assets = self.0.iter().filter(|(name, asset)| !is_plain(name, &asset.path));
        let mut paths: Vec<&str> = assets.map(|(_, asset)| asset.path.as_str()).collect();
        paths.sort_unstable();
        paths
    }

    /// Every asset.
    pub fn iter(&self) -> impl Iterator<Item = &Asset> {
        self.0.values()
    }
}

fn output_path(name: &str, hash: blake3::Hash, fingerprints: bool) -> String {
    let cut = [".css", ".js", ".mjs"]
        .iter()
        .find(|end| fingerprints && name.ends_with(**end))
        .map(|end| name.len() - end.len());
    match cut {
        Some(cut) => {
            let hash = hash.to_hex();
            format!("/assets/{}.{}{}", &name[..cut], &hash[..10], &name[cut..])
        }
        None => format!("/assets/{name}"),
    }
}
