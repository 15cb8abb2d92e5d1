//! A cache that machines share, so that one which has none of its own does not begin with nothing.
//!
//! In the store lies for each program and site a small *head*, which names two objects by the digests
//! of their bytes: the memo, and the outputs that it tells of. Objects never change; the head is that
//! of whoever wrote last, and since all of them are right it does not matter who that was. What is
//! missing, damaged or too large is passed over and costs speed alone.
//!
//! How files looked on another machine means nothing on this one, so every stamp is forgotten
//! when a memo comes in: each file is read once, and known by its digest.
//!
//! Nothing here knows networks: a store is whatever implements [`RemoteCache`]. What it takes to trust
//! one is said in `store.rs`.

mod folder;
mod head;
mod outputs;
mod restore;
#[cfg(test)]
mod tests;

pub use folder::FolderStore;
pub use outputs::SharedOutputs;
pub use restore::Restoring;

use super::{Cache, Memo};
use head::{Head, Object};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Larger objects are neither read nor written, in bytes.
const LARGEST: u64 = 1 << 29;

/// A store of objects by name, with slashes in it.
pub trait RemoteCache: Send + Sync {
    /// The bytes of an object; `None` where there is none.
    ///
    /// # Errors
    /// In a line for people, without secrets: when the store cannot be reached in some seconds, refuses,
    /// or has more than `limit` bytes there.
    fn fetch(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, String>;

    /// Whether there is such an object.
    ///
    /// # Errors
    /// As [`fetch`](Self::fetch).
    fn has(&self, name: &str) -> Result<bool, String>;

    /// Puts an object in place of the one of that name, whole or not at all.
    ///
    /// # Errors
    /// As [`fetch`](Self::fetch).
    fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), String>;
}

/// The shared cache of a site.
pub struct SharedCache {
    store: Box<dyn RemoteCache>,
    /// Name of the head.
    head: String,
    identity: String,
    /// What the store holds was found damaged, so what is there is no reason not to put it again.
    is_doubtful: AtomicBool,
}

/// A memo that came from elsewhere.
pub struct Fetched {
    /// The memo.
    pub memo: Memo,
    /// Where its outputs are.
    pub outputs: OutputsAt,
}

/// Where the outputs of a memo are.
#[derive(Debug)]
pub struct OutputsAt(Option<Object>);

impl SharedCache {
    /// The shared cache of the site that is known by `name`, which makes a file name, for the same
    /// program as that of `cache`.
    #[must_use]
    pub fn new(store: Box<dyn RemoteCache>, cache: &Cache, name: &str) -> Self {
        let identity = cache.identity();
        Self { store, head: format!("{identity}/{name}"), identity, is_doubtful: AtomicBool::new(false) }
    }

    /// The memo that was put last; `None` where there is none for this program and site.
    ///
    /// # Errors
    /// In a line for people, when it cannot be had.
    pub fn fetch(&self, cache: &Cache) -> Result<Option<Fetched>, String> {
        let Some(head) = self.head()? else { return Ok(None) };
        let packed = self.object(&head.memo)?;
        let bytes = outputs::unpack(&packed, head.memo.unpacked).ok_or("what it holds is damaged")?;
        let memo = cache.import(bytes).ok_or("what it holds is damaged")?;
        Ok(Some(Fetched { memo, outputs: OutputsAt(head.outputs) }))
    }

    /// The outputs that a memo tells of.
    ///
    /// # Errors
    /// In a line for people, when they cannot be had.
    pub fn fetch_outputs(&self, at: &OutputsAt) -> Result<SharedOutputs, String> {
        match &at.0 {
            Some(object) => SharedOutputs::parse(self.object(object)?)
                .ok_or_else(|| "what it holds is damaged".to_owned()),
            None => Ok(SharedOutputs::default()),
        }
    }

    /// Puts a memo for others, with the outputs that it tells of, which lie in the folder `dir`. Where
    /// there is `news` of little worth, it is put only if there is none at all. Says whether it was put.
    ///
    /// The memo is of no use afterwards.
    ///
    /// # Errors
    /// In a line for people, when it cannot be put; there is then what was there before.
    pub fn put(&self, cache: &Cache, memo: &mut Memo, dir: &Path, is_news: bool) -> Result<bool, String> {
        // A head that cannot be used is as good as none.
        if !is_news && self.head().is_ok_and(|head| head.is_some()) {
            return Ok(false);
        }
        let outputs = self.put_object(SharedOutputs::pack(&memo.given(), dir), 0)?;
        let bytes = cache.export(memo).map_err(|error| error.to_string())?;
        let packed = outputs::pack(&bytes).ok_or("it cannot be compressed")?;
        let memo = self.put_object(packed, bytes.len() as u64)?;
        let head = Head { memo, outputs: Some(outputs) };
        self.store.put(&self.head, head.to_text(&self.identity).into_bytes())?;
        Ok(true)
    }

    fn head(&self) -> Result<Option<Head>, String> {
        let Some(bytes) = self.store.fetch(&self.head, head::LARGEST)? else { return Ok(None) };
        let head = std::str::from_utf8(&bytes).ok().and_then(|text| Head::parse(text, &self.identity));
        head.map(Some).ok_or_else(|| "its head is damaged".to_owned())
    }

    fn object(&self, object: &Object) -> Result<Vec<u8>, String> {
        if object.size > LARGEST {
            return Err("what it holds is too large".to_owned());
        }
        let bytes = self.store.fetch(&object.name(), object.size)?.ok_or("what its head names is missing")?;
        if bytes.len() as u64 == object.size && *blake3::hash(&bytes).as_bytes() == object.digest {
            return Ok(bytes);
        }
        self.is_doubtful.store(true, Ordering::Relaxed);
        Err("what it holds is damaged".to_owned())
    }

    fn put_object(&self, bytes: Vec<u8>, unpacked: u64) -> Result<Object, String> {
        let size = bytes.len() as u64;
        if size > LARGEST {
            return Err("what would be put is too large".to_owned());
        }
        let object = Object { digest: *blake3::hash(&bytes).as_bytes(), size, unpacked };
        let name = object.name();
        if self.is_doubtful.load(Ordering::Relaxed) || !self.store.has(&name)? {
            self.store.put(&name, bytes)?;
        }
        Ok(object)
    }
}
