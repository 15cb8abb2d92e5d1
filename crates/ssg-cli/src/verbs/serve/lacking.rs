//! What saved posts seem to lack, said by a thread of its own: a save waits for none of it.
//!
//! The thread has the newest save only. What the site knows is taken from the site that is held for the pages, again when that was
//! assembled anew; a site with errors is not held, and is assembled here once.

use crate::verbs::suggest::{SURE, known, lacking};
use ssg_build::{Settings, assemble_site};
use ssg_source::{Diagnostics, Inputs, SitePath};
use ssg_suggest::{Finding, Known, Subject, Suggester};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// More files than these are no save of a post.
const MOST: usize = 5;

/// A save.
pub struct Saved {
    pub root: PathBuf,
    pub inputs: Arc<dyn Inputs + Send + Sync>,
    pub settings: Settings,
    /// What the site knows, where that may be something else than with the last save.
    pub known: Option<Known>,
    pub files: Vec<SitePath>,
}

/// What a saved post lacks.
pub struct Lacks {
    pub path: SitePath,
    /// By kind, in their order.
    pub names: BTreeMap<Subject, Vec<String>>,
}

impl Lacks {
    /// `posts/x.md seems to lack: tools Docker, Kubernetes; speaker Ann Lee`
    pub fn line(&self) -> String {
        let kinds = self.names.iter().map(|(subject, names)| {
            let kind = if names.len() == 1 { subject.name() } else { subject.key() };
            format!("{kind} {}", names.join(", "))
        });
        let kinds: Vec<String> = kinds.collect();
        format!("{} seems to lack: {}  (`ssg suggest`)", self.path, kinds.join("; "))
    }
}

/// The pages among changed files; none where so many changed that it was no save.
pub fn pages(files: &BTreeSet<SitePath>) -> Vec<SitePath> {
    let is_page = |path: &&SitePath| {
        let path = path.as_str();
        path.starts_with("content/")
            && path.ends_with(".md")
            && (path.contains("/posts/") || path.contains("/talks/"))
            && !path.ends_with("_index.md")
    };
    let pages: Vec<SitePath> = files.iter().filter(is_page).cloned().collect();
    if pages.len() > MOST { Vec::new() } else { pages }
}

/// Starts the thread, which ends with the sender. `say` is called there.
pub fn start(say: impl Fn(&Lacks) + Send + 'static) -> Sender<Saved> {
    let (sender, saves) = channel();
    // Without a thread nothing is said.
    let _ = std::thread::Builder::new().name("suggest".to_owned()).spawn(move || listen(&saves, &say));
    sender
}

fn listen(saves: &Receiver<Saved>, say: &dyn Fn(&Lacks)) {
    let mut said: BTreeMap<SitePath, BTreeMap<Subject, Vec<String>>> = BTreeMap::new();
    // Beside the hash of what it knows: to make one takes as long as to read many posts.
    let mut of_site: Option<(u64, Suggester)> = None;
    while let Ok(mut saved) = saves.recv() {
        while let Ok(newer) = saves.try_recv() {
            saved = Saved { known: newer.known.or(saved.known), ..newer };
        }
        let known = saved.known.or_else(|| {
            of_site.is_none().then(|| {
                let site = assemble_site(&*saved.inputs, &saved.settings, &mut Diagnostics::new());
                known(&saved.settings.config, &site)
            })
        });
        if let Some(known) = known {
            let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(&known);
            if of_site.as_ref().is_none_or(|(of, _)| *of != hash) {
                of_site = Some((hash, Suggester::new(known)));
            }
        }
        let Some((_, suggester)) = &of_site else { continue };
        for path in saved.files {
            let Ok(bytes) = std::fs::read(saved.root.join(path.as_str())) else { continue };
            let names = by_kind(lacking(suggester, &path, &bytes, SURE));
            if said.get(&path) != Some(&names) {
                said.insert(path.clone(), names.clone());
                if !names.is_empty() {
                    say(&Lacks { path, names });
                }
            }
        }
    }
}

fn by_kind(found: Vec<Finding>) -> BTreeMap<Subject, Vec<String>> {
    let mut names: BTreeMap<Subject, Vec<String>> = BTreeMap::new();
    for finding in found {
        names.entry(finding.subject).or_default().push(finding.name);
    }
    names
}
