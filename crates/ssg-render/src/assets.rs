//! Assets: Sass compiled, names of style sheets and scripts with a hash of their content.

use crate::theme::{Theme, ThemeFile};
use ssg_source::{Diagnostic, Diagnostics, SitePath};
use std::collections::BTreeMap;
use std::sync::Arc;

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

/// The processed assets, by the name that templates use.
#[derive(Clone, Debug, Default)]
pub struct Assets(BTreeMap<String, Asset>);

impl Assets {
    /// Processes the assets of the theme and the site. With `fingerprints`, style sheets and scripts
    /// carry a hash in their names, so that they can be cached for ever.
    #[must_use]
    pub(crate) fn process(theme: &Theme, fingerprints: bool, found: &mut Diagnostics) -> Self {
        let mut assets = BTreeMap::new();
        for (name, files) in &theme.assets {
            let Some(file) = files.first() else { continue };
            let base = name.rsplit('/').next().unwrap_or(name);
            let is_sass = [".scss", ".sass"].iter().any(|end| name.ends_with(end));
            // A leading underscore marks a partial of Sass.
            if base.starts_with('_') && (is_sass || name.ends_with(".css")) {
                continue;
            }
            let (name, bytes) = if is_sass {
                match compile_sass(theme, name, file) {
                    Ok(css) => (format!("{}.css", &name[..name.len() - 5]), css.into_bytes().into()),
                    Err(problem) => {
                        found.add(problem);
                        continue;
                    }
                }
            } else {
                (name.clone(), file.bytes.clone())
            };
            let path = output_path(&name, &bytes, fingerprints);
            assets.insert(name, Asset { path, source: file.path.clone(), bytes });
        }
        Self(assets)
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

fn output_path(name: &str, bytes: &[u8], fingerprints: bool) -> String {
    let cut = [".css", ".js"]
        .iter()
        .find(|end| fingerprints && name.ends_with(**end))
        .map(|end| name.len() - end.len());
    match cut {
        Some(cut) => {
            let hash = blake3::hash(bytes).to_hex();
            format!("/assets/{}.{}{}", &name[..cut], &hash[..10], &name[cut..])
        }
        None => format!("/assets/{name}"),
    }
}

#[cfg(not(feature = "sass"))]
fn compile_sass(_: &Theme, name: &str, file: &ThemeFile) -> Result<String, Diagnostic> {
    Err(Diagnostic::error(
        "sass",
        format!("`{name}` needs the cargo feature `sass`, which this program lacks"),
    )
    .class(ssg_source::Class::Usage)
    .in_file(&file.path))
}

#[cfg(feature = "sass")]
fn compile_sass(theme: &Theme, name: &str, file: &ThemeFile) -> Result<String, Diagnostic> {
    use crate::theme::BELOW;
    use std::path::Path;

    /// Imports see the theme's and the site's assets and nothing else.
    #[derive(Debug)]
    struct Partials(BTreeMap<String, Arc<[u8]>>);

    impl grass::Fs for Partials {
        fn is_dir(&self, _: &Path) -> bool {
            false
        }
        fn is_file(&self, path: &Path) -> bool {
            name_of(path).is_some_and(|name| self.0.contains_key(&name))
        }
        fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
            let found = name_of(path).and_then(|name| self.0.get(&name));
            found.map(|bytes| bytes.to_vec()).ok_or_else(|| std::io::ErrorKind::NotFound.into())
        }
    }

    /// The name of an asset: `a/../b` is `b`, and nothing lies above the assets.
    fn name_of(path: &Path) -> Option<String> {
        let mut parts = Vec::new();
        for part in path.to_str()?.split('/').filter(|part| !["", "."].contains(part)) {
            match part {
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }

    // The file of the next layer below stands in a folder `theme`, that below it in `theme/theme`.
    let below = |(name, files): (&String, &Vec<ThemeFile>)| {
        let file = |(depth, file): (usize, &ThemeFile)| {
            (format!("{}{name}", BELOW.repeat(depth)), file.bytes.clone())
        };
        files.iter().enumerate().map(file).collect::<Vec<_>>()
    };
    let partials = Partials(theme.assets.iter().flat_map(below).collect());
    let options =
        grass::Options::default().fs(&partials).load_path(".").style(grass::OutputStyle::Compressed);
    grass::from_path(name, &options).map_err(|error| {
        let text = error.to_string();
        let message = text.lines().next().unwrap_or("Sass error").trim_start_matches("Error: ").to_owned();
        // The place is the line that ends with `name.scss:line:column`, which may be that of a part.
        let place = text.lines().find_map(|line| {
            let (rest, column) = line.rsplit_once(':')?;
            let (path, number) = rest.rsplit_once(':')?;
            let path = path.split_whitespace().last()?;
            Some((
                name_of(Path::new(path))?,
                number.parse::<usize>().ok()?,
                column.trim().parse::<usize>().ok()?,
            ))
        });
        let problem = Diagnostic::error("sass", format!("Sass: {message}"));
        let Some((name, line, column)) = place else { return problem.in_file(&file.path) };
        let depth = name.matches(BELOW).count();
        let found = theme.assets.get(name.trim_start_matches(BELOW)).and_then(|files| files.get(depth));
        let Some(source) = found else { return problem.in_file(&file.path) };
        let text = String::from_utf8_lossy(&source.bytes);
        let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = text.get(start..).unwrap_or("");
        let skipped: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
        problem.in_file(&source.path).at(ssg_source::Span::at(start + skipped))
    })
}
