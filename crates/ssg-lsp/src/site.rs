//! The site that is being written: opened with the texts of open documents, compiled in memory, and kept for questions.
//!
//! The engine is that of `ssg serve`: one memo stays warm, and an edit costs what it reaches. Nothing is written.

use crate::overlay::{Texts, overlay};
use jiff::Timestamp;
use ssg_build::write::{OutputFile, OutputPath};
use ssg_build::{Memo, Onlooker, Overrides, Settings, Sink, compile, mount_theme};
use ssg_parse::{Config, Document};
use ssg_render::{SharedInputs, Shortcode};
use ssg_source::{Diagnostic, Diagnostics, DiskInputs, Inputs, Overlay, SitePath, Span};
use ssg_taxonomy::Site;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Most files of the site that are offered in links.
const MOST_FILES: usize = 50_000;

/// Where a site is.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its folder, absolute and without links.
    pub root: PathBuf,
    /// Its configuration, from there.
    pub config: SitePath,
    /// Version of the program.
    pub version: String,
}

/// A site as it was compiled last, for questions about it.
pub struct Known {
    /// The configuration.
    pub config: Config,
    /// The site, drafts and pages of the future among its pages.
    pub site: Site,
    /// All content files as they were parsed, sorted by path.
    pub documents: Vec<(SitePath, Arc<Document>)>,
    /// Files of the site that are no content, sorted.
    pub files: Vec<SitePath>,
    /// Shortcodes of the theme.
    pub shortcodes: Vec<Shortcode>,
    /// Templates, with the files that they are in.
    pub templates: BTreeMap<String, SitePath>,
    /// The files.
    pub inputs: Arc<Overlay>,
}

impl Known {
    /// A content file as it was parsed.
    #[must_use]
    pub fn document(&self, path: &SitePath) -> Option<&Arc<Document>> {
        let at = self.documents.binary_search_by(|(known, _)| known.cmp(path)).ok()?;
        self.documents.get(at).map(|(_, document)| document)
    }

    /// A file as text, as the program reads it.
    #[must_use]
    pub fn text(&self, path: &SitePath) -> Option<String> {
        text_of(&*self.inputs, path)
    }
}

/// A file as text, as the program reads it.
pub fn text_of(inputs: &dyn Inputs, path: &SitePath) -> Option<String> {
    let bytes = inputs.read(path).ok()?;
    Some(ssg_source::decode(&bytes).ok()?.into_owned())
}

/// What a compilation gives.
pub struct Compiled {
    /// All that was found.
    pub found: Diagnostics,
    /// The site, where there is one.
    pub known: Option<Known>,
    /// The files, for the texts of what was found.
    pub inputs: Arc<Overlay>,
    /// It was given up, since there is a newer state.
    pub is_cut: bool,
    /// How many outputs were rendered for it.
    #[cfg(test)]
    pub rendered: usize,
}

/// Compiles a site again and again.
pub struct Compiler {
    place: Place,
    memo: Memo,
    files: Vec<SitePath>,
}

impl Compiler {
    /// Of a site, of which nothing is known yet.
    #[must_use]
    pub fn new(place: Place) -> Self {
        Self { place, memo: Memo::new(), files: Vec::new() }
    }

    /// Compiles the site with texts laid over its files. `changed` are the files that alone may be others than last
    /// time; without, all are looked at. It is given up when `newest` is no longer `number`.
    ///
    /// # Errors
    /// When the folder of the site cannot be opened.
    pub fn compile(
        &mut self,
        texts: &Texts,
        changed: Option<BTreeSet<SitePath>>,
        number: u64,
        newest: &AtomicU64,
    ) -> io::Result<Compiled> {
        let (inputs, mut settings, mut found) = self.open(texts)?;
        if found.has_errors() {
            return Ok(Compiled {
                found,
                known: None,
                inputs,
                is_cut: false,
                #[cfg(test)]
                rendered: 0,
            });
        }
        leave_out_what_costs(&mut settings.config);
        let all = changed.is_none();
        match changed {
            Some(files) => self.memo.look_at_only(files),
            None => self.memo.look_at_all(),
        }
        let shared: SharedInputs = inputs.clone();
        let compiled = compile(&shared, &settings, &mut self.memo, &Watcher { number, newest });
        found.extend(compiled.diagnostics);
        found.sort();
        if all || self.files.is_empty() {
            self.files = list(&inputs);
        }
        let known = self.known(&inputs, &settings);
        Ok(Compiled {
            found,
            known: Some(known),
            inputs,
            is_cut: compiled.cut,
            #[cfg(test)]
            rendered: compiled.rendered.len(),
        })
    }

    /// Opens the site, with all that is withheld: who writes sees drafts.
    fn open(&self, texts: &Texts) -> io::Result<(Arc<Overlay>, Settings, Diagnostics)> {
        let disk = DiskInputs::new(&self.place.root, Timestamp::now(), &self.place.version)?;
        let mut inputs = overlay(disk, texts);
        let overrides = Overrides { drafts: true, future: true, expired: true, ..Overrides::default() };
        let mut found = Diagnostics::new();
        let first = Settings::read(&inputs, &self.place.config, overrides.clone(), &mut found);
        let Some(theme) = first.config.theme.as_ref().map(|theme| theme.value.clone()) else {
            return Ok((Arc::new(inputs), first, found));
        };
        // Nobody else has these files yet. A folder that is not there is reported as an unknown theme when read again.
        if let Some(disk) = Arc::get_mut(&mut inputs.disk) {
            let _ = mount_theme(disk, &theme);
        }
        let mut found = Diagnostics::new();
        let settings = Settings::read(&inputs, &self.place.config, overrides, &mut found);
        Ok((Arc::new(inputs), settings, found))
    }

    fn known(&self, inputs: &Arc<Overlay>, settings: &Settings) -> Known {
        let theme = self.memo.last_theme();
        let templates = theme.into_iter().flat_map(ssg_render::LoadedTheme::template_files);
        Known {
            config: settings.config.clone(),
            site: self.memo.last_site(&**inputs, settings).into_owned(),
            documents: self.memo.last_documents(),
            files: self.files.clone(),
            shortcodes: theme.map(ssg_render::LoadedTheme::shortcodes).unwrap_or_default(),
            templates: templates.map(|(name, file)| (name.to_owned(), file.clone())).collect(),
            inputs: inputs.clone(),
        }
    }
}

/// Leaves out what takes long and says nothing of texts.
fn leave_out_what_costs(config: &mut Config) {
    config.hosting.precompress.clear();
    config.outputs.cards = false;
    config.pictures.enabled = false;
}

/// Files that pages may name, sorted.
fn list(inputs: &Overlay) -> Vec<SitePath> {
    let mut files = Vec::new();
    for folder in ["content", "static"] {
        let Ok(folder) = SitePath::new(folder) else { continue };
        let listed = inputs.list(&folder, &mut Diagnostics::new());
        files.extend(listed.into_iter().map(|entry| entry.path).filter(|path| {
            let is_page = path.below("content").is_some() && ssg_parse::is_page(path.file_name());
            !is_page
        }));
    }
    files.truncate(MOST_FILES);
    files
}

/// Takes nothing, and gives up a compilation of which nobody wants to know any more.
struct Watcher<'n> {
    number: u64,
    newest: &'n AtomicU64,
}

impl Sink for Watcher<'_> {
    fn planned(&self, _: usize) {}

    fn keep(&self, _: &[(OutputPath, [u8; 32])]) -> bool {
        true
    }

    fn take(&self, _: OutputFile) -> Option<[u8; 32]> {
        None
    }

    fn onlooker(&self) -> Option<&dyn Onlooker> {
        Some(self)
    }
}

impl Onlooker for Watcher<'_> {
    fn stays(&self) -> bool {
        true
    }

    fn wanted(&self) -> Option<String> {
        None
    }

    fn is_full(&self) -> bool {
        self.newest.load(Ordering::Relaxed) != self.number
    }
}

/// The folder of a site among several: the first that has a configuration.
#[must_use]
pub fn find(folders: &[PathBuf], config: &SitePath) -> Option<PathBuf> {
    let has = |folder: &&PathBuf| folder.join(config.as_str()).is_file();
    folders.iter().find(has).and_then(|folder| folder.canonicalize().ok())
}

/// The site's name of a file, where it is one of the site; `root` has no links, and the file's path may.
#[must_use]
pub fn site_path(root: &Path, file: &Path) -> Option<SitePath> {
    let below = |file: &Path| SitePath::of_file(file.strip_prefix(root).ok()?);
    below(file).or_else(|| {
        // A file that is not saved yet lies in a folder that is there.
        let folder = file.parent()?.canonicalize().ok()?;
        below(&folder.join(file.file_name()?))
    })
}

/// A thing that was found, without a place, as one of the configuration.
#[must_use]
pub fn file_of(one: &Diagnostic, config: &SitePath) -> (SitePath, Option<Span>) {
    match &one.path {
        Some(path) => (path.clone(), one.span),
        None => (config.clone(), None),
    }
}

#[cfg(test)]
mod tests;
