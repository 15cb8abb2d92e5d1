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

/// The files of a site, as listed at the start of a build.
pub(crate) struct Listing {
    /// Content files that become pages or sections.
    pub pages: Vec<Entry>,
    /// Every other file below `content`.
    assets: Vec<Entry>,
    /// Files of the theme, and of the site's folders that are laid over it.
    theme: Vec<Entry>,
    seen: HashMap<SitePath, Seen>,
    /// The file system's clock before the files were listed.
    pub clock: i128,
}

impl Listing {
    /// Lists the files. `now` is the file system's clock before that.
    pub(crate) fn new(inputs: &dyn Inputs, settings: &Settings, now: i128, found: &mut Diagnostics) -> Self {
        let content = SitePath::new("content").map_or_else(|_| Vec::new(), |dir| inputs.list(&dir, found));
        let (pages, assets): (Vec<Entry>, Vec<Entry>) =
            content.into_iter().partition(|entry| is_content(&entry.path));
        let theme = list_theme(inputs, settings);
        let mut listing = Self { pages, assets, theme, seen: HashMap::default(), clock: now };
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

    /// Looks again at some content files, which are listed. `None` where one of them is not, or is no
    /// longer there: then all must be listed.
    pub(crate) fn look_again(
        &mut self,
        inputs: &dyn Inputs,
        paths: &BTreeSet<SitePath>,
        now: i128,
    ) -> Option<Vec<Entry>> {
        self.clock = now;
        let look = |path: &SitePath| {
            let index = self.pages.binary_search_by(|entry| entry.path.cmp(path)).ok()?;
            let entry = self.pages.get_mut(index)?;
            entry.stamp = Some(inputs.stamp(path)?);
            Some(entry.clone())
        };
        paths.iter().map(look).collect()
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
    digester.text(settings.config.base_path());
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
