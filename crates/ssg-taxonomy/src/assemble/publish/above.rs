//! What sections say for all that lies below them: `draft` and the like of their own, and what they cascade.

use super::super::classify::{Classified, ClassifiedFiles, Role};
use super::{Judge, speaks_for};
use crate::page::{Standing, Withheld};
use crate::site::Site;
use ssg_parse::{Hold, LangId, Publication, Released};
use ssg_source::SitePath;
use ssg_source::hash::HashMap;
use std::collections::BTreeMap;

/// What one `_index.md` says for all below it.
struct Saying {
    language: LangId,
    source: SitePath,
    /// Why everything below stays back.
    why: Option<Withheld>,
    /// It is a draft, whether or not drafts were asked for.
    is_draft: bool,
    publication: Publication,
    cascade: Publication,
}

/// What sections say for all below them, by folder below `content`.
pub(super) struct Above(HashMap<String, Vec<Saying>>);

/// What holds for a file by what lies above it.
#[derive(Default)]
pub(super) struct Below {
    pub why: Option<(Withheld, Option<SitePath>)>,
    /// A hold that the file itself may lift, and the section that cascades it.
    pub hold: Option<(Hold, SitePath)>,
    /// The hold of a section that is a draft.
    pub draft: Option<Hold>,
    pub unlisted: bool,
    pub noindex: bool,
    pub unsearched: bool,
}

impl Above {
    /// Whether any section says a word.
    pub(super) fn is_silent(&self) -> bool {
        let is_silent = |one: &Publication| *one == Publication::default();
        self.0.values().flatten().all(|saying| is_silent(&saying.publication) && is_silent(&saying.cascade))
    }

    pub(super) fn of(judge: &Judge<'_>, placed: &ClassifiedFiles) -> Self {
        let mut all: HashMap<String, Vec<Saying>> = HashMap::default();
        for one in &placed.pages {
            let Some(dir) = section_dir(one) else { continue };
            let publication = one.source.document.front.publication.clone();
            // That a section has no list of its own, or mistakes, says nothing of its pages; that the home page is a
            // draft nothing of the site.
            let why = judge.holding(one).filter(|why| *why != Withheld::NoPage);
            let cascade = publication.cascade.as_deref().cloned().unwrap_or_default();
            all.entry(dir.to_owned()).or_default().push(Saying {
                language: one.language(),
                source: one.source.path.clone(),
                why: why.filter(|_| !dir.is_empty()),
                is_draft: publication.hold == Some(Hold::Draft) && !dir.is_empty(),
                publication,
                cascade,
            });
        }
        for sayings in all.values_mut() {
            sayings.sort_by_key(|saying| saying.language);
        }
        Self(all)
    }

    /// What holds for a file.
    pub(super) fn of_file(&self, one: &Classified) -> Below {
        let (dir, own) = match &one.role {
            Role::Page(location) => (location.bundle.as_deref().unwrap_or(&location.dir), None),
            Role::Section { .. } | Role::Taxonomy { .. } => {
                (section_dir(one).unwrap_or_default(), Some(&one.source.path))
            }
        };
        let mut below = self.of_folder(dir, own, one.language());
        // The home page in another language waits for the first one, as every translation does.
        if let (Some(path), true) = (own, dir.is_empty()) {
            below.why = self.home_waits(path, one.language());
        }
        below
    }

    /// How far a list is shown that nobody wrote about in this language, and whether there is none.
    pub(super) fn of_list(&self, dir: &str, language: LangId) -> (Standing, bool) {
        let own = self.0.get(dir).into_iter().flatten();
        let is_without = own
            .filter(|saying| speaks_for(saying.language, language))
            .any(|saying| saying.publication.hold == Some(Hold::NoPage));
        let Below { unlisted, noindex, unsearched, .. } = self.of_folder(dir, None, language);
        (Standing { is_draft: false, unlisted, noindex: noindex || unlisted, unsearched }, is_without)
    }

    /// What holds in a folder but for the words of the file `own`: of what is cascaded, the nearest section's word.
    fn of_folder(&self, dir: &str, own: Option<&SitePath>, language: LangId) -> Below {
        let mut below = Below::default();
        let mut released = Released::default();
        let (mut unlisted, mut noindex, mut search) = (None, None, None);
        for folder in upwards(dir) {
            for saying in self.0.get(folder).into_iter().flatten() {
                if !speaks_for(saying.language, language) {
                    continue;
                }
                let is_itself = own == Some(&saying.source);
                let cascade = &saying.cascade;
                if below.hold.is_none() {
                    let hold = cascade.hold.filter(|hold| !released.of(*hold));
                    below.hold = hold.map(|hold| (hold, saying.source.clone()));
                    released = released.or(cascade.released);
                }
                unlisted = unlisted.or(cascade.unlisted);
                noindex = noindex.or(cascade.noindex);
                search = search.or(cascade.search);
                if is_itself || folder.is_empty() {
                    continue;
                }
                if below.why.is_none() {
                    below.why = saying.why.map(|why| (why, Some(saying.source.clone())));
                }
                if saying.is_draft {
                    below.draft = Some(Hold::Draft);
                }
                unlisted = unlisted.or(saying.publication.unlisted);
                noindex = noindex.or(saying.publication.noindex);
                search = search.or(saying.publication.search);
            }
        }
        below.unlisted = unlisted == Some(true);
        below.noindex = noindex == Some(true);
        below.unsearched = search == Some(false);
        below
    }

    fn home_waits(&self, path: &SitePath, language: LangId) -> Option<(Withheld, Option<SitePath>)> {
        let main = self
            .0
            .get("")?
            .iter()
            .find(|saying| saying.language == LangId::MAIN && saying.source != *path)?;
        let is_held = main.publication.hold == Some(Hold::Draft) && language != LangId::MAIN;
        is_held.then(|| (Withheld::Draft, Some(main.source.clone())))
    }

    /// Takes out the files beside content of folders that stay back in every language.
    pub(super) fn keep_files_back(&self, assets: &mut BTreeMap<String, Vec<SitePath>>, site: &mut Site) {
        let dirs: Vec<String> = assets.keys().cloned().collect();
        for dir in dirs {
            let saying = upwards(&dir)
                .filter_map(|folder| self.0.get(folder))
                .flatten()
                .find(|saying| saying.why.is_some() && saying.language == LangId::MAIN);
            if let Some(Saying { why: Some(why), source, .. }) = saying {
                for asset in assets.remove(&dir).into_iter().flatten() {
                    site.keep_back(asset, *why, Some(source.clone()));
                }
            }
        }
    }
}

/// The folder that a section's file speaks for; that of a taxonomy is the folder of its terms' pages.
pub(super) fn section_dir(one: &Classified) -> Option<&str> {
    match &one.role {
        Role::Section { dir, .. } => Some(dir),
        Role::Taxonomy { .. } => {
            let below = one.source.path.below("content")?;
            Some(below.rfind('/').map_or("", |slash| &below[..slash]))
        }
        Role::Page(_) => None,
    }
}

/// A folder and those above it, the home page's last.
pub(super) fn upwards(dir: &str) -> impl Iterator<Item = &str> {
    fn above(dir: &str) -> Option<&str> {
        (!dir.is_empty()).then(|| dir.rfind('/').map_or("", |slash| &dir[..slash]))
    }
    std::iter::successors(Some(dir), |dir| above(dir))
}
