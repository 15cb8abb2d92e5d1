//! Built sites in temporary folders, and a run with everything about it counted.

use ssg_build::write::{Body, OutputFile, OutputPath, Target as Output, write_site};
use ssg_publish::{
    Built, Concern, Options, Outputs, Plan, Published, Site, Target, Watch, publish, read_targets,
};
use ssg_source::{Diagnostics, SitePath};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;
use tempfile::TempDir;

/// Path → text of every file.
pub type Tree = BTreeMap<String, String>;

/// A folder for everything of a test.
pub struct Place {
    _keep: TempDir,
    pub root: PathBuf,
}

impl Place {
    pub fn new() -> Self {
        let keep = tempfile::tempdir().expect("temporary folder");
        let root = keep.path().canonicalize().expect("it exists");
        fs::create_dir_all(root.join("site")).expect("made");
        Self { _keep: keep, root }
    }

    /// What targets know of the site.
    pub fn site(&self) -> Site {
        let scratch = tempfile::Builder::new().prefix("scratch").tempdir_in(&self.root).expect("made").keep();
        Site { root: self.root.join("site"), base_url: "https://x.example/".to_owned(), scratch }
    }

    /// A built site.
    pub fn build(&self, files: &Tree) -> Outputs {
        let dir = self.root.join("site/public");
        let files: Vec<OutputFile> = files
            .iter()
            .map(|(path, text)| OutputFile {
                path: OutputPath::new(path).expect("a path"),
                body: Body::Bytes(text.as_bytes().into()),
                hash: None,
            })
            .collect();
        write_site(&files, &Output { dir: &dir, site_root: &self.root.join("site"), protected: &[] })
            .expect("written");
        Outputs::read(&dir).expect("a manifest")
    }

    /// A target, as the configuration names it.
    pub fn target(&self, table: &str) -> Box<dyn Target> {
        let text = format!("[publish.test]\n{table}\n");
        let mut found = Diagnostics::new();
        let path = SitePath::new("ssg.toml").expect("a path");
        let mut targets = read_targets(&path, text.as_bytes(), &self.site(), &mut found);
        assert!(found.is_empty(), "{found:?}");
        targets.pop().expect("a target").target
    }
}

/// The site before: `pages` pages that need the style sheet, and a feed.
pub fn site(style: &str, pages: &[&str], word: &str) -> Tree {
    let sheet = format!("assets/{style}.css");
    let page = |name: &str| format!("<link href=\"/{sheet}\">{name} {word}");
    let mut tree: Tree = pages.iter().map(|name| (format!("{name}/index.html"), page(name))).collect();
    tree.insert("index.html".to_owned(), page("home"));
    tree.insert(sheet.clone(), format!("/* {style} */"));
    tree.insert("atom.xml".to_owned(), format!("<feed>{}</feed>", pages.join(" ")));
    tree
}

/// Every file below a folder but the record and what is `.git`.
pub fn tree(dir: &Path) -> Tree {
    fn walk(dir: &Path, prefix: &str, tree: &mut Tree) {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().expect("known").is_dir() {
                walk(&entry.path(), &format!("{name}/"), tree);
            } else if entry.file_name() != ssg_publish::RECORD {
                tree.insert(name, fs::read_to_string(entry.path()).unwrap_or_default());
            }
        }
    }
    let mut all = Tree::new();
    walk(dir, "", &mut all);
    all
}

/// Says yes or no, and notes what it is told.
#[derive(Default)]
pub struct Watcher {
    pub confirm: bool,
    pub stop: bool,
    pub sent: Mutex<Vec<String>>,
    pub concerns: Mutex<Vec<Concern>>,
    pub restored: Mutex<Vec<String>>,
    pub waited: Mutex<usize>,
}

impl Watcher {
    pub fn confirming() -> Self {
        Self { confirm: true, ..Self::default() }
    }

    pub fn sent(&self) -> Vec<String> {
        let mut sent = self.sent.lock().expect("whole").clone();
        sent.sort();
        sent
    }

    pub fn concerns(&self) -> Vec<Concern> {
        self.concerns.lock().expect("whole").clone()
    }
}

impl Watch for Watcher {
    fn decide(&self, _plan: &Plan, concerns: &[Concern]) -> bool {
        self.concerns.lock().expect("whole").extend(concerns.iter().cloned());
        !self.stop && (self.confirm || concerns.is_empty())
    }

    fn sent(&self, file: &Built) {
        self.sent.lock().expect("whole").push(file.path.to_string());
    }

    fn waits(&self) {
        *self.waited.lock().expect("whole") += 1;
    }

    fn restores(&self, paths: &[OutputPath]) {
        self.restored.lock().expect("whole").extend(paths.iter().map(ToString::to_string));
    }
}

/// Options of a run of a name.
pub fn options(id: &str) -> Options {
    Options { patience: Duration::from_millis(200), ..Options::new("https://x.example/", id, None) }
}

/// Publishes, which must go well.
pub fn run(target: &mut dyn Target, outputs: &Outputs) -> (Published, Vec<String>) {
    let watcher = Watcher::confirming();
    let published = publish(target, outputs, &options("run"), &watcher).expect("published");
    assert!(published.done, "{:?}", watcher.concerns());
    (published, watcher.sent())
}

/// Asserts that a table is refused, and why.
pub fn refused(table: &str) -> Vec<String> {
    let place = Place::new();
    let mut found = Diagnostics::new();
    let text = format!("[publish.test]\n{table}\n");
    let path = SitePath::new("ssg.toml").expect("a path");
    let _ = read_targets(&path, text.as_bytes(), &place.site(), &mut found);
    assert!(found.iter().all(|one| one.class.status() == 2), "{found:?}");
    found.iter().map(|one| one.message.clone()).collect()
}
