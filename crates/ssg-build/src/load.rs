//! Which files there are, and how they look: everything that is known before one is read.
//!
//! A build lists its files once, at its beginning. What is read later is compared with the stamps of that moment, so
//! that a file that is being written is not taken for the one that was listed.

use crate::seen::Seen;
use crate::settings::Settings;
use ssg_parse::{is_html, is_page, not_content};
use ssg_render::{chain_folders, theme_folders};
use ssg_source::hash::HashMap;
use ssg_source::{Diagnostics, Digest, Digester, Entry, Inputs, SitePath};
use std::collections::BTreeSet;
use std::ops::Range;

/// The files of a site, as listed at the start of a build.
pub(crate) struct Listing {
    /// Content files that become pages or sections.
    pub pages: Vec<Entry>,
    /// Every other file below `content`.
    assets: Vec<Entry>,
    /// Files of the theme, and of the site's folders that are laid over it.
    pub theme: Vec<Entry>,
    seen: HashMap<SitePath, Seen>,
    /// The file system's clock before the files were listed.
    pub clock: i128,
    /// What was left out of the folder `content`, and why.
    said: Diagnostics,
}

/// What came of looking at some files again.
pub(crate) struct Looked {
    /// Content files that may be others than they were.
    pub pages: Vec<Entry>,
    /// Whether other files of these folders may be.
    pub files: bool,
    /// Whether there are the same files as before, whatever is in them.
    pub is_same_listing: bool,
}

impl Listing {
    /// Lists the files. `now` is the file system's clock before that.
    pub(crate) fn new(inputs: &dyn Inputs, settings: &Settings, now: i128, found: &mut Diagnostics) -> Self {
        let mut said = Diagnostics::new();
        let content =
            SitePath::new("content").map_or_else(|_| Vec::new(), |dir| inputs.list(&dir, &mut said));
        found.extend(said.clone());
        let (pages, assets) = parted(content);
        let theme = list_theme(inputs, settings);
        let mut listing = Self { pages, assets, theme, seen: HashMap::default(), clock: now, said };
        listing.note_stamps(now);
        listing
    }

    /// Lists the files of the theme again.
    pub(crate) fn list_theme(&mut self, inputs: &dyn Inputs, settings: &Settings, now: i128) {
        self.theme = list_theme(inputs, settings);
        self.note_stamps(now);
    }

    /// Whether the files of the theme look as they were listed: then whatever was read of them since
    /// belongs together.
    pub(crate) fn is_still_theme(&self, inputs: &dyn Inputs, settings: &Settings) -> bool {
        list_theme(inputs, settings) == self.theme
    }

    fn note_stamps(&mut self, now: i128) {
        // Whether a file in HTML is copied is known once it is parsed.
        let in_html = self.pages.iter().filter(|entry| is_html(entry.path.file_name()));
        let copied = self.assets.iter().chain(&self.theme).chain(in_html);
        self.seen = copied.map(|entry| (entry.path.clone(), Seen::new(entry.stamp, now))).collect();
    }

    /// What was left out of the folder `content`, and why.
    pub(crate) fn said(&self) -> Diagnostics {
        self.said.clone()
    }

    /// Looks again at some files below `content`. Where one has come or gone, or is no page, its folder is listed again.
    /// `None` where something of that cannot be listed: then all must be.
    pub(crate) fn look_again(
        &mut self,
        inputs: &dyn Inputs,
        paths: &BTreeSet<SitePath>,
        now: i128,
    ) -> Option<Looked> {
        self.clock = now;
        let mut looked = Looked { pages: Vec::new(), files: false, is_same_listing: true };
        let mut folders: BTreeSet<SitePath> = BTreeSet::new();
        for path in paths {
            let stamp = inputs.stamp(path);
            let index = self.pages.binary_search_by(|entry| entry.path.cmp(path));
            match (index.ok().and_then(|index| self.pages.get_mut(index)), stamp) {
                (Some(entry), Some(stamp)) => {
                    entry.stamp = Some(stamp);
                    looked.pages.push(entry.clone());
                }
                _ => {
                    folders.insert(self.folder_of(path)?);
                }
            }
        }
        for folder in &folders {
            let mut above = std::iter::successors(folder.parent(), SitePath::parent);
            if !above.any(|above| folders.contains(&above)) {
                self.list_folder(inputs, folder, now, &mut looked)?;
            }
        }
        // A page may be named by itself and lie in such a folder.
        looked.pages.sort_by(|a, b| a.path.cmp(&b.path));
        looked.pages.dedup_by(|a, b| a.path == b.path);
        Some(looked)
    }

    /// The nearest folder above a file of which a file is listed: the rules of names hold for it already.
    fn folder_of(&self, path: &SitePath) -> Option<SitePath> {
        let mut folder = path.parent()?;
        while ![&self.pages, &self.assets].into_iter().any(|all| !below(all, &folder).is_empty()) {
            folder = folder.parent().filter(|folder| !folder.as_str().is_empty())?;
        }
        Some(folder)
    }

    /// Lists a folder below `content` again. `None` where something of it cannot be listed.
    fn list_folder(
        &mut self,
        inputs: &dyn Inputs,
        folder: &SitePath,
        now: i128,
        looked: &mut Looked,
    ) -> Option<()> {
        let mut said = Diagnostics::new();
        let (pages, assets) = parted(inputs.list(folder, &mut said));
        if !is_whole(&said) {
            return None;
        }
        let copied = assets.iter().chain(pages.iter().filter(|entry| is_html(entry.path.file_name())));
        let seen: Vec<_> = copied.map(|entry| (entry.path.clone(), Seen::new(entry.stamp, now))).collect();
        for (all, new) in [(&mut self.pages, &pages), (&mut self.assets, &assets)] {
            let range = below(all, folder);
            let before = all.get(range.clone()).unwrap_or_default();
            for entry in before {
                self.seen.remove(&entry.path);
            }
            looked.is_same_listing &= before.iter().map(|one| &one.path).eq(new.iter().map(|one| &one.path));
            all.splice(range, new.iter().cloned());
        }
        self.seen.extend(seen);
        let is_elsewhere = |path: &SitePath| path.below(folder.as_str()).is_none();
        let kept = self.said.iter().filter(|one| one.path.as_ref().is_none_or(is_elsewhere)).cloned();
        let mut all: Diagnostics = Diagnostics::new();
        all.extend(kept);
        all.extend(said);
        self.said = all;
        looked.pages.extend(pages);
        looked.files = true;
        Some(())
    }

    /// Whether the same files are listed as in another listing, whatever is in them.
    pub(crate) fn has_same_content(&self, other: &Self) -> bool {
        let paths = |entries: &[Entry]| entries.iter().map(|entry| entry.path.clone()).collect::<Vec<_>>();
        paths(&self.pages) == paths(&other.pages) && paths(&self.assets) == paths(&other.assets)
    }

    /// Paths of the files below `content` that are copied.
    pub(crate) fn assets(&self) -> Vec<SitePath> {
        self.assets.iter().map(|entry| entry.path.clone()).collect()
    }

    /// A digest of these paths.
    pub(crate) fn assets_digest(&self) -> Digest {
        let mut digester = Digester::new();
        for entry in &self.assets {
            digester.text(entry.path.as_str());
        }
        digester.done()
    }

    /// How a file that is copied looked.
    pub(crate) fn seen(&self, path: &SitePath) -> Option<Seen> {
        self.seen.get(path).copied()
    }
}

/// Content files, and all others.
fn parted(entries: Vec<Entry>) -> (Vec<Entry>, Vec<Entry>) {
    entries.into_iter().partition(|entry| is_content(&entry.path))
}

/// Where the files below a folder stand among sorted entries.
fn below(entries: &[Entry], folder: &SitePath) -> Range<usize> {
    let prefix = format!("{folder}/");
    let start = entries.partition_point(|entry| entry.path.as_str() < prefix.as_str());
    let rest = entries.get(start..).unwrap_or_default();
    start..start + rest.partition_point(|entry| entry.path.as_str().starts_with(&prefix))
}

/// Whether a file is read as content: what is hidden by its name is not even parsed.
fn is_content(path: &SitePath) -> bool {
    (is_page(path.file_name()) || is_html(path.file_name()))
        && not_content(path.below("content").unwrap_or_default()).is_none()
}

/// Whether nothing is known of a listing but names that are left out of it: then it is all there is.
pub(crate) fn is_whole(found: &Diagnostics) -> bool {
    found.iter().all(|one| one.code == ssg_source::codes::KEPT_OUT)
}

fn list_theme(inputs: &dyn Inputs, settings: &Settings) -> Vec<Entry> {
    // What is wrong with these is said when the theme is loaded.
    let mut said_later = Diagnostics::new();
    theme_folders(inputs, &settings.theme).iter().flat_map(|dir| inputs.list(dir, &mut said_later)).collect()
}

/// Whether a file lies in the folder `static` of the site or of one of its themes. One of that name
/// elsewhere, such as `templates/static/`, means nothing.
fn is_static(themes: &[SitePath], path: &SitePath) -> bool {
    let of_theme = themes.iter().find_map(|dir| path.below(dir.as_str()));
    of_theme.unwrap_or(path.as_str()).starts_with("static/")
}

/// A digest of everything that the theme is made of, with what the site lays over it.
pub(crate) fn theme_digest(inputs: &dyn Inputs, settings: &Settings, listing: &Listing) -> Digest {
    let mut digester = Digester::new();
    let themes = chain_folders(inputs, &settings.theme);
    digester.value(&settings.config.theme_options).flag(settings.config.outputs.fingerprints);
    digester.text(settings.config.base_path()).value(&settings.config.pictures.originals);
    digester.text(&format!("{:?}", settings.theme));
    // A theme that was fetched is compared with what was fetched, its static files too.
    let pins = &settings.config.themes;
    digester.value(pins);
    let is_pinned = |path: &SitePath| {
        let name = path.below("themes").and_then(|rest| rest.split('/').next());
        name.is_some_and(|name| pins.iter().any(|pin| pin.name == name))
    };
    for entry in &listing.theme {
        digester.text(entry.path.as_str());
        // Static files on disk are copied where they lie; all others are part of the theme, and small.
        let is_copied = entry.stamp.is_some() && is_static(&themes, &entry.path) && !is_pinned(&entry.path);
        if !is_copied {
            match inputs.read(&entry.path) {
                Ok(bytes) => digester.digest(Digest::of_bytes(&bytes)),
                Err(error) => digester.text(&error.to_string()),
            };
        }
    }
    digester.done()
}
