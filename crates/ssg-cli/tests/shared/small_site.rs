//! A site of one page, with files of a test beside it or in its place.

use std::fs;
use tempfile::TempDir;

/// Writes it to a folder of its own.
pub fn small_site(files: &[(&str, &str)]) -> TempDir {
    let site = tempfile::tempdir().expect("temporary folder");
    let usual = [
        ("ssg.toml", "title = \"Case\"\nbase_url = \"https://case.example\"\n"),
        ("content/p.md", "---\ntitle: P\n---\nText.\n"),
    ];
    for (name, text) in usual.iter().chain(files) {
        let path = site.path().join(name);
        fs::create_dir_all(path.parent().expect("below the site")).expect("made");
        fs::write(path, text).expect("written");
    }
    site
}
