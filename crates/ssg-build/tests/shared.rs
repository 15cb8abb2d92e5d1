//! What one machine remembers on another: how files looked on the first counts for nothing.

use ssg_build::write::{Body, OutputFile, OutputPath};
use ssg_build::{Cache, Memo, Overrides, RemoteCache, Restoring, Settings, SharedCache, Sink, compile};
use ssg_source::{Diagnostics, Entry, Inputs, MemoryInputs, ReadError, SitePath, Stamp};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

const CLOCK: i128 = 1_000_000_000_000;

/// A site of which all files look the same on every machine: also those that have other bytes.
struct Alike(MemoryInputs);

fn path(text: &str) -> SitePath {
    SitePath::new(text).expect("a path")
}

impl Alike {
    /// `word` has four letters.
    fn new(word: &str) -> Arc<Self> {
        let mut site = MemoryInputs::new("2026-11-21T00:00:00Z".parse().expect("an instant"));
        let mut write = |name: &str, text: String| site.write(path(name), text.as_bytes());
        write("ssg.toml", "title = \"Shared\"\nbase_url = \"https://shared.example\"\n".to_owned());
        write("content/one.md", format!("---\ntitle: One\n---\nText {word}.\n"));
        write("content/two.md", "---\ntitle: Two\n---\n{{ fact() }}\n".to_owned());
        write("content/three.md", "---\ntitle: Three\n---\nThe same.\n".to_owned());
        write("data/facts.toml", format!("a = \"{word}\"\n"));
        write("static/note.txt", format!("a {word}\n"));
        write(
            "templates/shortcodes/fact.html",
            "<b>{% set facts = load_data(path=\"data/facts.toml\") %}{{ facts.a }}</b>".to_owned(),
        );
        Arc::new(Self(site))
    }
}

impl Inputs for Alike {
    fn read(&self, path: &SitePath) -> Result<Arc<[u8]>, ReadError> {
        self.0.read(path)
    }

    fn exists(&self, path: &SitePath) -> bool {
        self.0.exists(path)
    }

    fn list(&self, dir: &SitePath, found: &mut Diagnostics) -> Vec<Entry> {
        let mut entries = self.0.list(dir, found);
        for entry in &mut entries {
            entry.stamp = self.stamp(&entry.path);
        }
        entries
    }

    fn stamp(&self, path: &SitePath) -> Option<Stamp> {
        let size = self.0.read(path).ok()?.len() as u64;
        Some(Stamp { size, mtime: 1000, ctime: 1000, inode: 7 })
    }

    fn on_disk(&self, path: &SitePath) -> Option<PathBuf> {
        self.0.exists(path).then(|| PathBuf::from(path.as_str()))
    }

    fn instant(&self) -> jiff::Timestamp {
        self.0.instant()
    }

    fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

/// An output folder that is empty at first.
struct Folder {
    site: Arc<Alike>,
    files: Mutex<BTreeMap<String, Arc<[u8]>>>,
}

impl Sink for Folder {
    fn planned(&self, _: usize) {}

    fn keep(&self, _: &[(OutputPath, [u8; 32])]) -> bool {
        false
    }

    fn take(&self, file: OutputFile) -> Option<[u8; 32]> {
        let bytes = match file.body {
            Body::Bytes(bytes) => bytes,
            Body::Copy(from) => self.site.read(&path(from.path().to_str().expect("text"))).expect("there"),
        };
        let digest = *blake3::hash(&bytes).as_bytes();
        assert!(file.hash.is_none_or(|hash| hash == digest), "{} is not what it is said to be", file.path);
        let before = self.files.lock().expect("whole").insert(file.path.to_string(), bytes);
        assert!(before.is_none(), "{} comes twice", file.path);
        Some(digest)
    }
}

/// A store in memory.
#[derive(Clone, Default)]
struct Store(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl RemoteCache for Store {
    fn fetch(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, String> {
        let bytes = self.0.lock().expect("whole").get(name).cloned();
        let fits = bytes.as_ref().is_none_or(|bytes| bytes.len() as u64 <= limit);
        if fits { Ok(bytes) } else { Err("too large".to_owned()) }
    }

    fn has(&self, name: &str) -> Result<bool, String> {
        Ok(self.0.lock().expect("whole").contains_key(name))
    }

    fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), String> {
        self.0.lock().expect("whole").insert(name.to_owned(), bytes);
        Ok(())
    }
}

type Tree = BTreeMap<String, Arc<[u8]>>;

/// A machine with a folder of its own.
struct Machine {
    dir: tempfile::TempDir,
    cache: Cache,
    shared: SharedCache,
}

impl Machine {
    fn new(store: &Store) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let cache = Cache::new(dir.path(), "build", "0");
        let shared = SharedCache::new(Box::new(store.clone()), &cache, "site");
        Self { dir, cache, shared }
    }

    /// Builds; gives the output, the memo and what was rendered.
    fn build(&self, word: &str) -> (Tree, Memo, Vec<String>) {
        let site = Alike::new(word);
        let (mut memo, outputs) = match self.shared.fetch(&self.cache).expect("not damaged") {
            Some(fetched) => {
                (fetched.memo, Some(self.shared.fetch_outputs(&fetched.outputs).expect("not damaged")))
            }
            None => (Memo::new(), None),
        };
        memo.set_clock(CLOCK);
        let mut found = Diagnostics::new();
        let settings = Settings::read(&*site, &path("ssg.toml"), Overrides::default(), &mut found);
        let folder = Folder { site: site.clone(), files: Mutex::default() };
        let sink = Restoring::new(&folder, outputs.as_ref());
        let inputs: Arc<dyn Inputs + Send + Sync> = site;
        let compiled = compile(&inputs, &settings, &mut memo, &sink);
        found.extend(compiled.diagnostics);
        assert!(!found.has_errors(), "{found:?}");
        let rendered = compiled.rendered.into_iter().map(|(file, _)| file).collect();
        (folder.files.into_inner().expect("whole"), memo, rendered)
    }

    fn put(&self, tree: &Tree, memo: &mut Memo) {
        for (name, bytes) in tree {
            let path: &Path = &self.dir.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, bytes).expect("written");
        }
        assert_eq!(self.shared.put(&self.cache, memo, self.dir.path(), true), Ok(true));
    }
}

#[test]
fn the_same_site_is_not_rendered_again() {
    let store = Store::default();
    let (tree, mut memo, rendered) = Machine::new(&store).build("same");
    assert!(rendered.len() > 5);
    Machine::new(&store).put(&tree, &mut memo);
    let (again, _, rendered) = Machine::new(&store).build("same");
    assert_eq!(rendered, Vec::<String>::new());
    assert!(again == tree);
}

#[test]
fn other_bytes_are_noticed_though_every_file_looks_the_same() {
    let store = Store::default();
    let (tree, mut memo, _) = Machine::new(&store).build("here");
    Machine::new(&store).put(&tree, &mut memo);
    let (there, _, rendered) = Machine::new(&store).build("away");
    let (clean, ..) = Machine::new(&Store::default()).build("away");
    let names = |tree: &Tree| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&there), names(&clean));
    for (name, bytes) in &clean {
        assert!(there.get(name) == Some(bytes), "{name} is that of the other machine");
    }
    assert!(rendered.contains(&"two/index.html".to_owned()));
    assert!(!rendered.contains(&"three/index.html".to_owned()));
}
