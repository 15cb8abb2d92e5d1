//! The facet of a picture's bytes, with what follows from them: how it looks, and what is made of it.
//!
//! Its digest is that of the bytes. Nothing is decoded before it is needed, and nothing that is known already.

use super::SnapshotFacet;
use super::files::FileKey;
use crate::pictures::{self, Made, Pictures, Seen};
use crate::snapshot::{SharedInputs, SiteSnapshot};
use serde::Serialize;
use ssg_engine::Held;
use ssg_parse::PictureOptions;
use ssg_source::{Digest, ReadError, SitePath};
use ssg_taxonomy::facets::CoLocatedPath;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// A picture of the site, beside a page or in `static/`.
pub(crate) struct Picture {
    /// Of its bytes.
    pub digest: Digest,
    source: SitePath,
    inputs: SharedInputs,
    pictures: Arc<Pictures>,
}

impl SnapshotFacet for Picture {
    type Key = SitePath;

    fn held(snapshot: &SiteSnapshot, source: &SitePath) -> Held<Self> {
        if !is_there(snapshot, source) {
            return Held::absent();
        }
        let digest = digest_of(snapshot, source);
        let (inputs, pictures) = (snapshot.inputs.clone(), snapshot.pictures.clone());
        Held::made_of(digest, Arc::new(Self { digest, source: source.clone(), inputs, pictures }))
    }

    fn digest(snapshot: &SiteSnapshot, source: &SitePath) -> Option<Digest> {
        if is_there(snapshot, source) {
            Some(digest_of(snapshot, source))
        } else {
            Held::<Self>::absent().digest()
        }
    }
}

fn digest_of(snapshot: &SiteSnapshot, source: &SitePath) -> Digest {
    snapshot.files.digest_of_bytes(&*snapshot.inputs, FileKey::Picture(source.clone()), source)
}

/// Whether the site publishes it: a file of its own in `static/`, or one beside a page.
fn is_there(snapshot: &SiteSnapshot, source: &SitePath) -> bool {
    if !pictures::IS_THERE {
        return false;
    }
    match source.below("static") {
        Some(name) => snapshot.theme.theme.statics.get(name).is_some_and(|file| file.path == *source),
        None => snapshot.site.get::<CoLocatedPath>(source).into_value().is_some(),
    }
}

impl Picture {
    /// Its bytes, and whether they are those that the digest is of: a file may be written meanwhile.
    pub fn bytes(&self) -> Result<(Arc<[u8]>, bool), ReadError> {
        let bytes = self.inputs.read(&self.source)?;
        let is_same = Digest::of_bytes(&bytes) == self.digest;
        Ok((bytes, is_same))
    }

    /// How it looks, and whether that is said of the bytes that the digest is of.
    pub fn look(&self) -> (Seen, bool) {
        if let Some(seen) = self.pictures.known(self.digest) {
            return (seen, true);
        }
        match self.bytes() {
            Ok((bytes, is_same)) => (self.pictures.see(Digest::of_bytes(&bytes), &bytes), is_same),
            Err(error) => (Seen::Broken(error.to_string()), false),
        }
    }

    /// What is made of it, as files beside it, with parts around `focus`; none where it is left as it is or cannot be
    /// read. And whether that is made of the bytes that the digest is of.
    pub fn made(&self, options: &PictureOptions, focus: Option<(u8, u8)>) -> (Made, bool) {
        let name = (self.source.file_name(), focus);
        if let Some(made) = self.pictures.made_before(self.digest, options, name) {
            return (made.unwrap_or_default(), true);
        }
        match self.bytes() {
            Ok((bytes, is_same)) => {
                let made = self.pictures.make(Digest::of_bytes(&bytes), &bytes, options, name);
                (made.unwrap_or_default(), is_same)
            }
            Err(_) => (Made::new(), false),
        }
    }
}

/// The picture that lies at a path of the output, and what of it stays in sight where it stands for a page.
#[derive(Debug, Serialize)]
pub(crate) struct PictureAt {
    /// Its file.
    pub source: SitePath,
    /// Per cent from the left and from the top.
    pub focus: Option<(u8, u8)>,
}

impl SnapshotFacet for PictureAt {
    type Key = Arc<str>;

    fn held(snapshot: &SiteSnapshot, path: &Arc<str>) -> Held<Self> {
        match source_at(snapshot, path) {
            Some(source) => {
                let focus = focus_of(snapshot, &source);
                Held::new(Self { source, focus })
            }
            None => Held::absent(),
        }
    }
}

/// Where a face likely is: per cent from the left and from the top.
pub(crate) const LIKELY: (u8, u8) = (50, 35);

/// What stays in sight of the images that headers name, and the files beside pages by their paths. Both follow from
/// facts of headers and from which files there are, and a site in which these change is assembled anew.
#[derive(Default)]
pub(crate) struct Focuses {
    focuses: OnceLock<HashMap<SitePath, (u8, u8)>>,
    beside: OnceLock<HashMap<String, SitePath>>,
}

/// What stays in sight of a picture of the site, where it stands for a page: of several pages that name it, the
/// first by its file that says so decides.
pub(crate) fn focus_of(snapshot: &SiteSnapshot, source: &SitePath) -> Option<(u8, u8)> {
    let focuses = snapshot.focuses.focuses.get_or_init(|| {
        let mut named: Vec<_> = snapshot
            .site()
            .numbered_pages()
            .filter_map(|(_, page)| {
                let front = &page.document.front;
                let image = source_of(snapshot, &page.source, &front.image.as_ref()?.value)?;
                Some((front.image_focus.is_none(), page.source.clone(), image, front.image_focus))
            })
            .collect();
        named.sort();
        let mut focuses = HashMap::new();
        for (_, _, image, focus) in named {
            focuses.entry(image).or_insert(focus.unwrap_or(LIKELY));
        }
        focuses
    });
    focuses.get(source).copied()
}

/// The file that a page names by an address.
fn source_of(snapshot: &SiteSnapshot, page: &SitePath, address: &str) -> Option<SitePath> {
    let address = ssg_parse::decode_path(address.split(['?', '#']).next()?);
    match address.strip_prefix('/') {
        Some(rest) => SitePath::new(&format!("static/{rest}")).ok(),
        None => {
            let source = page.resolve(&address).ok()?;
            snapshot.facets().co_located_files().get(&source).is_some().then_some(source)
        }
    }
}

/// The file of the site that lies at a path of the output.
pub(crate) fn source_at(snapshot: &SiteSnapshot, path: &str) -> Option<SitePath> {
    let beside = snapshot.focuses.beside.get_or_init(|| {
        let files = snapshot.facets().co_located_files().iter();
        files.map(|(source, path)| (path.clone(), source.clone())).collect()
    });
    beside.get(path).cloned().or_else(|| {
        let file = snapshot.theme.theme.statics.get(path.strip_prefix('/')?)?;
        file.path.below("static").is_some().then(|| file.path.clone())
    })
}
