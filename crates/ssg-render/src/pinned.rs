//! Whether a theme that was fetched is still what was fetched.

use ssg_parse::Config;
use ssg_source::{Diagnostic, Diagnostics, Inputs, SitePath, codes};

/// Names the way in which a hash over files is made.
const KIND: &str = "blake3:";

/// A hash over files by name and bytes, which must come sorted by name: the same files give the same
/// text on every system.
#[must_use]
pub fn content_hash<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (name, bytes) in files {
        for part in [name.as_bytes(), bytes] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    format!("{KIND}{}", hasher.finalize().to_hex())
}

/// The hash over the files of a folder; `None` where one of them cannot be read.
#[must_use]
pub fn folder_hash(inputs: &dyn Inputs, dir: &SitePath) -> Option<String> {
    let mut files = Vec::new();
    for entry in inputs.list(dir, &mut Diagnostics::new()) {
        let name = entry.path.below(dir.as_str())?.to_owned();
        files.push((name, inputs.read(&entry.path).ok()?));
    }
    files.sort();
    Some(content_hash(files.iter().map(|(name, bytes)| (name.as_str(), &**bytes))))
}

/// Warns of each of these folders that is a fetched theme and no longer what was fetched.
pub(crate) fn check(inputs: &dyn Inputs, config: &Config, dirs: &[SitePath], found: &mut Diagnostics) {
    for pin in &config.themes {
        let is_it = |dir: &&SitePath| dir.below("themes") == Some(pin.name.as_str());
        let Some(dir) = dirs.iter().find(is_it) else { continue };
        if folder_hash(inputs, dir).as_deref() == Some(pin.hash.value.as_str()) {
            continue;
        }
        let name = &pin.name;
        found.add(
            Diagnostic::warning(
                codes::THEME_CHANGED,
                format!("the files of the theme `{name}` are not those that were fetched"),
            )
            .in_file(dir)
            .hint(format!("`ssg theme update {name} --force` fetches them again and drops what was changed"))
            .hint(
                "changes of your own go into the site's `templates/` and `assets/`: `ssg theme eject FILE`",
            ),
        );
    }
}
