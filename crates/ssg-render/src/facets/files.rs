//! Facets of files that are read while outputs are rendered: data, images, and bodies that are not held.
//!
//! A file has one digest in a build. It may be written meanwhile: what is read then and has another digest
//! is handed out as passing, so that nothing made of it is remembered.

use super::SnapshotFacet;
use crate::images::{self, Judgement};
use crate::snapshot::SiteSnapshot;
use crate::words::bodies::BodyText;
use serde::{Deserialize, Serialize};
use ssg_engine::Held;
use ssg_parse::{LangId, Piece, parse_document};
use ssg_source::{Digest, Digester, Inputs, ReadError, SitePath, Stamp};
use ssg_taxonomy::facets::{Content, SectionText, TaxonomyText};
use ssg_taxonomy::{PageKey, SectionKey};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What is known of files from an earlier build: digests, believed while the stamp is the same.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FileStamps(HashMap<FileKey, (Stamp, Digest)>);

impl FileStamps {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// A file, as data, as an image of which the size is known, or as a picture that is processed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum FileKey {
    Data(SitePath),
    Image(SitePath),
    Picture(SitePath),
}

/// What a build has seen of files.
pub(crate) struct Files {
    clock: i128,
    known: FileStamps,
    seen: Mutex<HashMap<FileKey, (Option<Stamp>, Digest)>>,
    images: Mutex<HashMap<SitePath, Arc<Judgement>>>,
}

impl Files {
    pub fn new(clock: i128, known: FileStamps) -> Self {
        Self { clock, known, seen: Mutex::default(), images: Mutex::default() }
    }

    /// What is known now. What nobody looked at is as it was; stamps tell whether it still is.
    pub fn stamps(&self) -> FileStamps {
        let mut stamps = self.known.clone();
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, (stamp, digest)) in &*seen {
            match stamp {
                Some(stamp) => stamps.0.insert(key.clone(), (*stamp, *digest)),
                None => stamps.0.remove(key),
            };
        }
        stamps
    }

    fn seen(&self, key: &FileKey) -> Option<Digest> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get(key).map(|(_, digest)| *digest)
    }

    /// Notes the digest that a file has in this build, unless it has one; gives that.
    fn note(&self, key: FileKey, stamp: Option<Stamp>, digest: Digest) -> Digest {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.entry(key).or_insert((stamp, digest)).1
    }

    /// The stamp of a file, where it is old enough for a later edit to have another one.
    fn settled(&self, inputs: &dyn Inputs, path: &SitePath) -> Option<Stamp> {
        inputs.stamp(path).filter(|stamp| stamp.is_settled(self.clock))
    }

    /// The stamp of a file that was read since, where it still has it: a link may have led to another one meanwhile.
    fn still(&self, inputs: &dyn Inputs, path: &SitePath, stamp: Option<Stamp>) -> Option<Stamp> {
        stamp.filter(|_| self.settled(inputs, path) == stamp)
    }

    /// The digest of a file's bytes in this build.
    pub(super) fn digest_of_bytes(&self, inputs: &dyn Inputs, key: FileKey, path: &SitePath) -> Digest {
        self.digest(inputs, key, path, || digest_of(&inputs.read(path)))
    }

    /// The digest of a file in this build, by its stamp or by what `read` makes of it.
    fn digest(
        &self,
        inputs: &dyn Inputs,
        key: FileKey,
        path: &SitePath,
        read: impl FnOnce() -> Digest,
    ) -> Digest {
        if let Some(digest) = self.seen(&key) {
            return digest;
        }
        let stamp = self.settled(inputs, path);
        if let (Some(stamp), Some((known, digest))) = (stamp, self.known.0.get(&key))
            && stamp == *known
        {
            return self.note(key, Some(stamp), *digest);
        }
        let digest = read();
        let stamp = self.still(inputs, path, stamp);
        self.note(key, stamp, digest)
    }
}

/// What tells whether a file says the same: its bytes, or why there are none.
fn digest_of(read: &Result<Arc<[u8]>, ReadError>) -> Digest {
    match read {
        Ok(bytes) => Digest::of_bytes(bytes),
        Err(error) => Digester::new().flag(false).text(&error.to_string()).done(),
    }
}

/// A file of data.
pub(crate) struct DataFile(pub Result<Arc<[u8]>, ReadError>);

impl SnapshotFacet for DataFile {
    type Key = SitePath;

    fn held(snapshot: &SiteSnapshot, path: &SitePath) -> Held<Self> {
        let stamp = snapshot.files.settled(&*snapshot.inputs, path);
        let read = snapshot.inputs.read(path);
        let stamp = snapshot.files.still(&*snapshot.inputs, path, stamp);
        let digest = digest_of(&read);
        let value = Arc::new(Self(read));
        if snapshot.files.note(FileKey::Data(path.clone()), stamp, digest) == digest {
            Held::made_of(digest, value)
        } else {
            Held::passing(value)
        }
    }

    fn digest(snapshot: &SiteSnapshot, path: &SitePath) -> Option<Digest> {
        let read = || digest_of(&snapshot.inputs.read(path));
        Some(snapshot.files.digest(&*snapshot.inputs, FileKey::Data(path.clone()), path, read))
    }
}

/// The digest that a file of data has now.
pub(crate) fn data_digest(inputs: &dyn Inputs, path: &SitePath) -> Digest {
    digest_of(&inputs.read(path))
}

/// How large an image is, or why it cannot be shown.
pub(crate) struct Image(pub Arc<Judgement>);

fn judge(snapshot: &SiteSnapshot, path: &SitePath) -> Arc<Judgement> {
    let known = {
        let images = snapshot.files.images.lock().unwrap_or_else(PoisonError::into_inner);
        images.get(path).cloned()
    };
    known.unwrap_or_else(|| {
        let judged = Arc::new(images::judge(&*snapshot.inputs, path));
        let mut images = snapshot.files.images.lock().unwrap_or_else(PoisonError::into_inner);
        images.entry(path.clone()).or_insert(judged).clone()
    })
}

impl SnapshotFacet for Image {
    type Key = SitePath;

    fn held(snapshot: &SiteSnapshot, path: &SitePath) -> Held<Self> {
        let stamp = snapshot.files.settled(&*snapshot.inputs, path);
        let judged = judge(snapshot, path);
        let stamp = snapshot.files.still(&*snapshot.inputs, path, stamp);
        let digest = Digester::new().value(&*judged).done();
        let value = Arc::new(Self(judged));
        if snapshot.files.note(FileKey::Image(path.clone()), stamp, digest) == digest {
            Held::made_of(digest, value)
        } else {
            Held::passing(value)
        }
    }

    fn digest(snapshot: &SiteSnapshot, path: &SitePath) -> Option<Digest> {
        let read = || Digester::new().value(&*judge(snapshot, path)).done();
        Some(snapshot.files.digest(&*snapshot.inputs, FileKey::Image(path.clone()), path, read))
    }
}

/// How long a file is, in bytes.
#[derive(Debug, Serialize)]
pub(crate) struct FileLength(pub u64);

impl SnapshotFacet for FileLength {
    type Key = SitePath;

    fn held(snapshot: &SiteSnapshot, path: &SitePath) -> Held<Self> {
        match snapshot.inputs.read_start(path, 0) {
            Ok((_, length)) => Held::new(Self(length)),
            Err(_) => Held::absent(),
        }
    }
}

/// The pieces of a body. They follow from a document; where that does not hold them, its file is parsed
/// again, and must have the bytes that the document was made of.
fn body(snapshot: &SiteSnapshot, source: &SitePath, content: &Content) -> (Arc<[Piece]>, bool) {
    if let Some(pieces) = &content.0.pieces {
        return (pieces.clone(), true);
    }
    let read = snapshot.inputs.read(source).ok();
    let parsed = read.map(|bytes| parse_document(source, &bytes, &snapshot.parse_options).0);
    let is_same = parsed.as_ref().is_some_and(|parsed| parsed.digests.content == content.0.digests.content);
    (parsed.and_then(|parsed| parsed.pieces).unwrap_or_else(|| Arc::from([])), is_same)
}

/// The body of what was read as `content`, which has a digest.
fn held_body<T>(
    snapshot: &SiteSnapshot,
    source: &SitePath,
    (digest, content): (Option<Digest>, &Content),
    make: impl Fn(Arc<[Piece]>) -> T,
) -> Held<T> {
    let (pieces, is_same) = body(snapshot, source, content);
    let value = Arc::new(make(pieces));
    match digest.filter(|_| is_same) {
        Some(digest) => Held::made_of(digest, value),
        None => Held::passing(value),
    }
}

/// The body of a page.
pub(crate) struct PageBody(pub Arc<[Piece]>);

impl SnapshotFacet for PageBody {
    type Key = PageKey;

    fn held(snapshot: &SiteSnapshot, key: &PageKey) -> Held<Self> {
        let held = snapshot.site.get::<Content>(key);
        let digest = held.digest();
        let Some((id, content)) = snapshot.site.page_id(key).zip(held.into_value()) else {
            return Held::absent();
        };
        let source = &snapshot.site.site().page(id).source;
        held_body(snapshot, source, (digest, &content), Self)
    }

    fn digest(snapshot: &SiteSnapshot, key: &PageKey) -> Option<Digest> {
        snapshot.site.digest::<Content>(key)
    }
}

/// The text of a page and its headings, as the search reads them.
pub(crate) struct PageText(pub BodyText);

impl SnapshotFacet for PageText {
    type Key = PageKey;

    fn held(snapshot: &SiteSnapshot, key: &PageKey) -> Held<Self> {
        let held = snapshot.site.get::<Content>(key);
        let digest = held.digest();
        let Some((id, content)) = snapshot.site.page_id(key).zip(held.into_value()) else {
            return Held::absent();
        };
        let source = &snapshot.site.site().page(id).source;
        let make = |pieces: Arc<[Piece]>| Self(BodyText::of(&content.0.outline.headings, &pieces));
        held_body(snapshot, source, (digest, &content), make)
    }

    fn digest(snapshot: &SiteSnapshot, key: &PageKey) -> Option<Digest> {
        snapshot.site.digest::<Content>(key)
    }
}

/// The body of a section.
pub(crate) struct SectionBody(pub Arc<[Piece]>);

impl SnapshotFacet for SectionBody {
    type Key = SectionKey;

    fn held(snapshot: &SiteSnapshot, key: &SectionKey) -> Held<Self> {
        let held = snapshot.site.get::<SectionText>(key);
        let digest = held.digest();
        let Some((id, text)) = snapshot.site.section_id(key).zip(held.into_value()) else {
            return Held::absent();
        };
        let source = snapshot.site.site().section(id).source.clone().unwrap_or_default();
        held_body(snapshot, &source, (digest, &text.0), Self)
    }

    fn digest(snapshot: &SiteSnapshot, key: &SectionKey) -> Option<Digest> {
        snapshot.site.digest::<SectionText>(key)
    }
}

/// The body of a taxonomy's `_index.md`.
pub(crate) struct TaxonomyBody(pub Arc<[Piece]>);

impl SnapshotFacet for TaxonomyBody {
    type Key = (Arc<str>, LangId);

    fn held(snapshot: &SiteSnapshot, key: &(Arc<str>, LangId)) -> Held<Self> {
        let held = snapshot.site.get::<TaxonomyText>(key);
        let digest = held.digest();
        match held.into_value() {
            Some(text) => held_body(snapshot, &text.source, (digest, &text.content), Self),
            None => Held::absent(),
        }
    }

    fn digest(snapshot: &SiteSnapshot, key: &(Arc<str>, LangId)) -> Option<Digest> {
        snapshot.site.digest::<TaxonomyText>(key)
    }
}
