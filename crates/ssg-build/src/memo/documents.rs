//! Content files as they were when they were last parsed.

use super::slice::Slice;
use crate::seen::Seen;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use ssg_parse::{Document, ParseOptions, parse_document};
use ssg_source::hash::{HashMap, Hashing};
use ssg_source::{Diagnostics, Digest, Digester, Entry, Inputs, ReadError, SitePath};
use ssg_taxonomy::Source;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Bodies are held up to so many bytes of Markdown; those beyond are parsed again when they are needed,
/// which takes a little longer and keeps the memory of large sites in bounds.
const BODIES: i64 = 192 << 20;

/// A content file as it was.
#[derive(Clone)]
struct Known {
    seen: Seen,
    document: Stored,
    found: Diagnostics,
}

/// A document, or the bytes that it is made of: thousands are read from the cache, and a build that
/// finds nothing changed needs none of them.
#[derive(Clone)]
enum Stored {
    /// With its bytes, where the cache holds them: they are written again as they are.
    Document(Arc<Document>, Option<Slice>),
    Bytes(Slice),
}

impl Stored {
    fn new(document: Document) -> Self {
        Self::Document(Arc::new(document), None)
    }

    fn document(&self) -> Option<Arc<Document>> {
        match self {
            Self::Document(document, _) => Some(document.clone()),
            Self::Bytes(bytes) => postcard::from_bytes(bytes.get()).ok().map(Arc::new),
        }
    }

    /// The same, read.
    fn read(&self) -> Option<Self> {
        let bytes = match self {
            Self::Document(..) => return Some(self.clone()),
            Self::Bytes(bytes) => bytes.clone(),
        };
        Some(Self::Document(self.document()?, Some(bytes)))
    }

    fn write_to(&self, out: &mut impl Write) -> io::Result<u64> {
        let made;
        let bytes = match self {
            Self::Document(_, Some(bytes)) | Self::Bytes(bytes) => bytes.get(),
            Self::Document(document, None) => {
                made = postcard::to_stdvec(&**document).map_err(io::Error::other)?;
                &made
            }
        };
        out.write_all(bytes)?;
        Ok(bytes.len() as u64)
    }
}

/// What the cache says of content files, beside the documents themselves, which lie one after the other.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Index {
    options: Digest,
    /// Sorted by path, with the size of each document in bytes.
    known: Vec<(SitePath, Seen, u64, Diagnostics)>,
}

/// Every content file as it was.
#[derive(Default)]
pub(crate) struct Documents {
    /// Digest of the options that they were parsed with.
    options: Digest,
    known: HashMap<SitePath, Known>,
}

/// Content files, parsed now or remembered.
pub(crate) struct Loaded {
    pub sources: Vec<Source>,
    pub found: Diagnostics,
    /// What must be remembered differs from what was.
    pub changed: bool,
}

impl Documents {
    /// The documents that an index and a part of the cache tell of; `None` where they do not fit.
    pub(super) fn unfold(index: Index, all: &Slice) -> Option<Self> {
        let mut known = HashMap::with_capacity_and_hasher(index.known.len(), Hashing::default());
        let mut from = 0;
        for (path, seen, size, found) in index.known {
            let bytes = all.part(from, usize::try_from(size).ok()?)?;
            from += bytes.len();
            known.insert(path, Known { seen, document: Stored::Bytes(bytes), found });
        }
        Some(Self { options: index.options, known })
    }

    /// Writes the documents, one after the other, and gives what tells where each is.
    pub(super) fn write_to(&self, out: &mut impl Write) -> io::Result<Index> {
        let mut paths: Vec<(&SitePath, &Known)> = self.known.iter().collect();
        paths.sort_unstable_by_key(|(path, _)| *path);
        let mut known = Vec::with_capacity(paths.len());
        for (path, one) in paths {
            let size = one.document.write_to(out)?;
            known.push((path.clone(), one.seen, size, one.found.clone()));
        }
        Ok(Index { options: self.options, known })
    }

    /// Lets go of the bytes that the cache holds, for whoever keeps documents in memory for long.
    pub(super) fn forget_bytes(&mut self) {
        for known in self.known.values_mut() {
            if let Stored::Document(_, bytes) = &mut known.document {
                *bytes = None;
            }
        }
    }

    /// Loads content files; only those that changed are parsed. `now` is the file system's clock
    /// before they were listed.
    pub(crate) fn load(
        &mut self,
        inputs: &dyn Inputs,
        pages: &[Entry],
        options: &ParseOptions,
        now: i128,
    ) -> Loaded {
        let options_digest = Digester::new().value(options).done();
        if options_digest != self.options {
            self.known.clear();
            self.options = options_digest;
        }
        let room = AtomicI64::new(BODIES);
        let loaded: Vec<(SitePath, LoadedOne)> = pages
            .par_iter()
            .map(|entry| {
                let known = self.known.get(&entry.path);
                (entry.path.clone(), load_one(inputs, entry, known, options, now, &room))
            })
            .collect();
        let mut all = HashMap::with_capacity_and_hasher(loaded.len(), Hashing::default());
        let mut sources = Vec::with_capacity(loaded.len());
        let mut found = Diagnostics::new();
        let mut changed = false;
        for (path, result) in loaded {
            match result {
                Ok((known, new)) => {
                    changed |= new;
                    found.extend(known.found.clone());
                    if let Stored::Document(document, _) = &known.document {
                        sources.push(Source { path: path.clone(), document: document.clone() });
                    }
                    all.insert(path, known);
                }
                Err(problems) => found.extend(problems),
            }
        }
        changed |= all.len() != self.known.len();
        self.known = all;
        Loaded { sources, found, changed }
    }

    /// Loads those among some listed files that may have changed since; gives those of which the bytes
    /// did. `None` where one cannot be read, or was not known.
    pub(crate) fn reload(
        &mut self,
        inputs: &dyn Inputs,
        entries: &[Entry],
        options: &ParseOptions,
        now: i128,
    ) -> Option<Vec<(SitePath, Arc<Document>)>> {
        let looked: Option<Vec<_>> = entries
            .par_iter()
            .filter_map(|entry| {
                let Some(known) = self.known.get(&entry.path) else { return Some(None) };
                if known.seen.is_same_file(&Seen::new(entry.stamp, now)) {
                    return None;
                }
                let before = known.document.document().map(|document| document.digests.content);
                let loaded = load_one(inputs, entry, Some(known), options, now, &AtomicI64::new(BODIES)).ok();
                Some(loaded.map(|(known, _)| (entry.path.clone(), before, known)))
            })
            .collect();
        let mut changed = Vec::new();
        for (path, before, known) in looked? {
            if let Stored::Document(document, _) = &known.document
                && Some(document.digests.content) != before
            {
                changed.push((path.clone(), document.clone()));
            }
            self.known.insert(path, known);
        }
        Some(changed)
    }

    /// Forgets how the files looked.
    pub(crate) fn forget_stamps(&mut self) {
        for known in self.known.values_mut() {
            known.seen = Seen::default();
        }
    }

    /// How many are known.
    pub(crate) fn len(&self) -> usize {
        self.known.len()
    }

    /// What is wrong with each, of those that have anything wrong with them.
    pub(crate) fn found(&self) -> BTreeMap<SitePath, Diagnostics> {
        let wrong = self.known.iter().filter(|(_, known)| !known.found.is_empty());
        wrong.map(|(path, known)| (path.clone(), known.found.clone())).collect()
    }

    /// What is wrong with one, if anything is.
    pub(crate) fn found_in(&self, path: &SitePath) -> Option<&Diagnostics> {
        self.known.get(path).map(|known| &known.found).filter(|found| !found.is_empty())
    }

    /// How files of a listing looked, with the digests of their bytes; without those that are not known.
    pub(crate) fn summary(&self, listed: &[Entry]) -> Vec<(SitePath, Seen, Digest)> {
        listed
            .par_iter()
            .filter_map(|entry| {
                let (path, known) = self.known.get_key_value(&entry.path)?;
                Some((path.clone(), known.seen, known.document.document()?.digests.content))
            })
            .collect()
    }

    /// All of them, sorted by path, as they are assembled.
    pub(crate) fn sources(&self) -> Vec<Source> {
        let source = |(path, document): (&SitePath, Arc<Document>)| Source { path: path.clone(), document };
        let mut sources: Vec<Source> = self.iter().map(source).collect();
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        sources
    }

    /// Every document that is at hand.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&SitePath, Arc<Document>)> {
        self.known.iter().filter_map(|(path, known)| Some((path, known.document.document()?)))
    }
}

/// One file, with whether anything about it must be remembered anew; or why it cannot be read.
type LoadedOne = Result<(Known, bool), Diagnostics>;

fn load_one(
    inputs: &dyn Inputs,
    entry: &Entry,
    known: Option<&Known>,
    options: &ParseOptions,
    now: i128,
    room: &AtomicI64,
) -> LoadedOne {
    let seen = Seen::new(entry.stamp, now);
    if let Some(known) = known
        && known.seen.is_same_file(&seen)
        && let Some(document) = known.document.read()
    {
        return Ok((Known { seen: known.seen, document, found: known.found.clone() }, false));
    }
    let bytes = inputs.read(&entry.path).map_err(|error| {
        let mut found = Diagnostics::new();
        // A file that went away since it was listed is not there; many editors write through one.
        if error != ReadError::Missing {
            found.add(error.diagnostic(&entry.path));
        }
        found
    })?;
    // Another file may have stood in its place for a moment, by a link that led elsewhere: what was read then says nothing
    // of the one that was listed.
    let seen = if inputs.stamp(&entry.path) == entry.stamp { seen } else { Seen::default() };
    if let Some(known) = known
        && let Some(stored) = known.document.read()
        && let Stored::Document(document, _) = &stored
        && document.digests.content == Digest::of_bytes(&bytes)
    {
        let changed = seen.tells_more_than(&known.seen);
        return Ok((Known { seen, document: stored, found: known.found.clone() }, changed));
    }
    let (mut document, found) = parse_document(&entry.path, &bytes, options);
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX / 2);
    if room.fetch_sub(size, Ordering::Relaxed) < size {
        document = document.without_pieces();
    }
    Ok((Known { seen, document: Stored::new(document), found }, true))
}
