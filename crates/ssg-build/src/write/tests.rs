//! Every promise of the writer, on real folders.

mod crash;
mod refusal;
mod rules;

use super::disk::fault::{self, Fault};
use super::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// Path → content of every file.
type Tree = BTreeMap<String, String>;

/// A site's folder with an output at `public`.
struct Site {
    _keep: TempDir,
    root: PathBuf,
    out: PathBuf,
}

impl Site {
    fn new() -> Self {
        let keep = TempDir::new().unwrap();
        let root = fs::canonicalize(keep.path()).unwrap();
        Self { _keep: keep, out: root.join("public"), root }
    }

    fn target(&self) -> Target<'_> {
        Target { dir: &self.out, site_root: &self.root, protected: &[] }
    }

    /// Writes in this thread alone, so that faults count alike each time.
    fn write(&self, tree: &Tree) -> Result<WriteReport, Diagnostic> {
        let writer = SiteWriter::begin(&self.target())?;
        for file in outputs(tree) {
            writer.add(&file);
        }
        writer.finish()
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.out.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// All files of the output that are not reserved.
    fn read(&self) -> Tree {
        let mut tree = Tree::new();
        walk(&self.out, "", &mut tree);
        tree
    }

    fn folders(&self) -> usize {
        fn count(dir: &Path) -> usize {
            let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
            entries.filter(|path| path.is_dir() && !path.is_symlink()).map(|path| 1 + count(&path)).sum()
        }
        count(&self.out)
    }

    /// Names of temporaries and locks, in the output and beside it.
    fn leftovers(&self) -> Vec<String> {
        let names = |dir: &Path| -> Vec<String> {
            let Ok(entries) = fs::read_dir(dir) else { return Vec::new() };
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        };
        let mut left = names(&self.root);
        left.extend(names(&self.out));
        left.retain(|name| name.contains(".ssg-") && name != MANIFEST && name != ".ssg-stamps");
        left
    }
}

fn walk(dir: &Path, below: &str, tree: &mut Tree) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if is_reserved(&name) {
            continue;
        }
        let path = if below.is_empty() { name } else { format!("{below}/{name}") };
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            walk(&entry.path(), &path, tree);
        } else if kind.is_symlink() {
            tree.insert(path, format!("-> {}", fs::read_link(entry.path()).unwrap().display()));
        } else {
            tree.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
    }
}

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn output(path: &str, text: &str) -> OutputFile {
    let body = Body::Bytes(text.as_bytes().into());
    OutputFile { path: OutputPath::new(path).unwrap(), body, hash: None }
}

fn outputs(tree: &Tree) -> Vec<OutputFile> {
    tree.iter().map(|(path, text)| output(path, text)).collect()
}

/// A small generator, so that a failing case can be named by its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    /// A random set of files in which no path is also a folder.
    fn tree(&mut self) -> Tree {
        let mut tree = Tree::new();
        for _ in 0..self.below(9) {
            let depth = 1 + self.below(3);
            let parts: Vec<&str> =
                (0..depth).map(|_| ["a", "b", "c"][usize::try_from(self.below(3)).unwrap()]).collect();
            let path = parts.join("/");
            let clash = |other: &String| {
                other.starts_with(&format!("{path}/")) || path.starts_with(&format!("{other}/"))
            };
            if !tree.keys().any(clash) {
                tree.insert(path, format!("text {}", self.below(4)));
            }
        }
        tree
    }
}
