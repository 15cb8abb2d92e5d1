//! A file that is another one each time it is read during one build: afterwards the next build makes
//! what a clean one makes.
//!
//! The file changes at every possible pair of readings, which no thread that races with a build could
//! promise.

use ssg_build::write::{Body, OutputFile, OutputPath};
use ssg_build::{Memo, Overrides, Settings, Sink, compile};
use ssg_source::{Diagnostics, Entry, Inputs, MemoryInputs, ReadError, SitePath};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

const OLD: &str = "a = \"old\"\n";
const NEW: &str = "a = \"new\"\n";

/// A site of which one file has other bytes in some of its readings.
struct Changing {
    site: MemoryInputs,
    file: SitePath,
    other: std::ops::Range<usize>,
    readings: AtomicUsize,
}

impl Inputs for Changing {
    fn read(&self, path: &SitePath) -> Result<Arc<[u8]>, ReadError> {
        if *path == self.file && self.other.contains(&self.readings.fetch_add(1, Ordering::Relaxed)) {
            return Ok(NEW.as_bytes().into());
        }
        self.site.read(path)
    }

    fn exists(&self, path: &SitePath) -> bool {
        self.site.exists(path)
    }

    fn list(&self, dir: &SitePath, found: &mut Diagnostics) -> Vec<Entry> {
        self.site.list(dir, found)
    }

    fn on_disk(&self, path: &SitePath) -> Option<PathBuf> {
        self.site.on_disk(path)
    }

    fn instant(&self) -> jiff::Timestamp {
        self.site.instant()
    }

    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

/// An output folder in memory.
#[derive(Default)]
struct Folder(Mutex<BTreeMap<OutputPath, Arc<[u8]>>>);

impl Folder {
    fn has(&self, path: &OutputPath, hash: [u8; 32]) -> bool {
        let files = self.0.lock().expect("no panic");
        files.get(path).is_some_and(|bytes| *blake3::hash(bytes).as_bytes() == hash)
    }

    fn about(&self) -> String {
        let files = self.0.lock().expect("no panic");
        let path = OutputPath::new("about/index.html").expect("a path");
        String::from_utf8_lossy(&files[&path]).into_owned()
    }
}

impl Sink for Folder {
    fn planned(&self, _: usize) {}

    fn keep(&self, files: &[(OutputPath, [u8; 32])]) -> bool {
        files.iter().all(|(path, hash)| self.has(path, *hash))
    }

    fn take(&self, file: OutputFile) -> Option<[u8; 32]> {
        if let Body::Bytes(bytes) = file.body {
            self.0.lock().expect("no panic").insert(file.path, bytes);
        }
        file.hash
    }
}

fn path(text: &str) -> SitePath {
    SitePath::new(text).expect("a path")
}

fn site(data: &str, page: &str) -> MemoryInputs {
    let mut site = MemoryInputs::new(jiff::Timestamp::UNIX_EPOCH);
    site.write(path("ssg.toml"), "title = \"T\"\nbase_url = \"https://t.example\"\n");
    site.write(path("content/about.md"), format!("---\ntitle: About\n---\n{page} {{{{ fact() }}}}\n"));
    site.write(
        path("templates/shortcodes/fact.html"),
        "{% set facts = load_data(path=\"data/facts.toml\") %}<b>{{ facts.a }}</b>",
    );
    site.write(path("data/facts.toml"), data);
    site
}

/// Builds; gives how often the file was read.
fn build(site: MemoryInputs, other: std::ops::Range<usize>, memo: &mut Memo, folder: &Folder) -> usize {
    let inputs =
        Arc::new(Changing { site, file: path("data/facts.toml"), other, readings: AtomicUsize::new(0) });
    let mut found = Diagnostics::new();
    let settings = Settings::read(&*inputs, &path("ssg.toml"), Overrides::default(), &mut found);
    let compiled = compile(&(inputs.clone() as _), &settings, memo, folder);
    assert!(!found.has_errors() && !compiled.diagnostics.has_errors(), "{:?}", compiled.diagnostics);
    inputs.readings.load(Ordering::Relaxed)
}

#[test]
fn a_data_file_that_changes_and_perhaps_changes_back() {
    let mut pairs = 0;
    for warm in [false, true] {
        for from in 0..4 {
            for to in from + 1..5 {
                for last in [OLD, NEW] {
                    let (mut memo, folder) = (Memo::new(), Folder::default());
                    if warm {
                        build(site(OLD, "One."), 0..0, &mut memo, &folder);
                    }
                    let readings = build(site(OLD, "Two."), from..to, &mut memo, &folder);
                    pairs += usize::from(from < readings);
                    build(site(last, "Two."), 0..0, &mut memo, &folder);
                    let wanted = if last == OLD { "<b>old</b>" } else { "<b>new</b>" };
                    let about = folder.about();
                    assert!(about.contains(wanted), "warm {warm}, {from}..{to}, then {last}: {about}");
                }
            }
        }
    }
    assert!(pairs > 10, "the file is read too seldom for this to test anything");
}
