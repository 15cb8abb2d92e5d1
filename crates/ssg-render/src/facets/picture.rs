//! The facet of a picture's bytes, with what follows from them: how it looks, and what is made of it.
//!
//! Its digest is that of the bytes. Nothing is decoded before it is needed, and nothing that is known already.

use super::SnapshotFacet;
use super::files::FileKey;
use crate::pictures::{self, Pictures, Seen};
use crate::reads::Reads;
use crate::snapshot::{SharedInputs, SiteSnapshot};
use serde::Serialize;
use ssg_engine::Held;
use ssg_parse::PictureOptions;
use ssg_source::{Digest, ReadError, SitePath};
use ssg_taxonomy::facets::CoLocatedPath;
use std::sync::Arc;

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
    /// Its bytes. Where they are others than those that the digest is of, nothing that is made of them is remembered.
    pub fn bytes(&self, reads: &Reads) -> Result<Arc<[u8]>, ReadError> {
        let bytes = self.inputs.read(&self.source);
        if bytes.as_ref().is_ok_and(|bytes| Digest::of_bytes(bytes) != self.digest) {
            reads.distrust();
        }
        bytes
    }

    /// How it looks.
    pub fn look(&self, reads: &Reads) -> Seen {
        self.pictures.known(self.digest).unwrap_or_else(|| match self.bytes(reads) {
            Ok(bytes) => self.pictures.see(Digest::of_bytes(&bytes), &bytes),
            Err(error) => Seen::Broken(error.to_string()),
        })
    }

    /// What is made of it, as files beside it; with squares around `focus`.
    ///
    /// # Errors
    /// Where it is left as it is, or cannot be read.
    pub fn made(
        &self,
        reads: &Reads,
        options: &PictureOptions,
        focus: Option<(u8, u8)>,
    ) -> Result<pictures::Made, Seen> {
        let name = (self.source.file_name(), focus);
        if let Some(made) = self.pictures.made_before(self.digest, options, name) {
            return made;
        }
        let bytes = self.bytes(reads).map_err(|error| Seen::Broken(error.to_string()))?;
        self.pictures.make(Digest::of_bytes(&bytes), &bytes, options, name)
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
        match pictures::source_at(snapshot, path).filter(|_| pictures::IS_THERE) {
            Some(source) => {
                let focus = pictures::focus_of(snapshot, &source);
                Held::new(Self { source, focus })
            }
            None => Held::absent(),
        }
    }
}
