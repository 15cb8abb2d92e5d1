//! A site in a temporary folder, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// An empty site that conferences are imported into.
pub struct Site {
    folder: tempfile::TempDir,
}

/// What a run of the program did.
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Site {
    pub fn new() -> Self {
        let site = Self { folder: tempfile::tempdir().expect("temporary folder") };
        site.write("site/ssg.toml", "title = \"Harbour\"\nbase_url = \"https://example.org/\"\n");
        site.write("site/content/_index.md", "Hello.\n");
        site
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Runs the program in the folder of the site.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
            .args(arguments)
            .current_dir(self.path("site"))
            .env_clear()
            .env("HOME", self.folder.path())
            .output()
            .expect("the program runs");
        Run {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Every file of the site with its bytes.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path("site"), &mut files);
        files
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("listed").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let bytes = fs::read(&path).expect("read");
            files.insert(path, bytes);
        }
    }
}

/// A source with one conference of two talks.
pub fn conference() -> Site {
    let site = Site::new();
    site.write("data/harbour-2013/category.json", r#"{"title": "Harbour Ops 2013"}"#);
    for (name, title) in [("lamps", "Lamps"), ("ropes", "Ropes")] {
        let talk = format!(
            r#"{{"id": {}, "title": "{title}", "recorded": "2013-05-06", "speakers": ["Jo Dock"], "tags": ["Puppet"],
                "description": "On {name}.", "videos": [{{"type": "youtube", "url": "https://www.youtube.com/watch?v=abc"}}]}}"#,
            title.len() + name.len()
        );
        site.write(&format!("data/harbour-2013/videos/{name}.json"), &talk);
    }
    site
}
