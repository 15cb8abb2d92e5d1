//! What is known of pictures, by the digests of their bytes: how they look, and what was made of them.

use super::process;
use super::room::Room;
use super::sizes::{Derived, Sizes};
use serde::{Deserialize, Serialize};
use ssg_parse::PictureOptions;
use ssg_source::{Digest, Digester};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// What a picture looks like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Look {
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// Its dominant colour; `None` where it has transparent parts.
    pub colour: Option<[u8; 3]>,
    /// It is drawn in flat colours.
    pub is_flat: bool,
    pub is_png: bool,
    pub is_jpeg: bool,
}

/// What came of looking at a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Seen {
    /// It can be read.
    Read(Look),
    /// It is of a kind that is left as it is.
    LeftAlone,
    /// It is damaged, and how.
    Broken(String),
}

/// What is known of how pictures look, as it is written and read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureLooks(BTreeMap<Digest, Seen>);

/// Where what is known of pictures outlasts the process. Each may forget at any time.
pub trait PictureStore: Send + Sync {
    /// How pictures looked.
    fn looks(&self) -> PictureLooks;
    /// What was kept under a key, if it is there and whole.
    fn read(&self, key: Digest) -> Option<Vec<u8>>;
    /// Keeps something under a key, if that can be done.
    fn write(&self, key: Digest, bytes: &[u8]);
}

/// What is known of pictures.
#[derive(Default)]
pub struct Pictures {
    store: Option<Box<dyn PictureStore>>,
    looks: OnceLock<Mutex<PictureLooks>>,
    /// Looks were added.
    is_new: AtomicBool,
    decoded: AtomicUsize,
    room: Room,
}

/// What is written of a picture.
pub(crate) type Made = Vec<(Derived, Arc<[u8]>)>;

impl Pictures {
    /// Pictures of a site whose earlier builds are remembered somewhere.
    #[must_use]
    pub fn remembering(store: Box<dyn PictureStore>) -> Self {
        Self { store: Some(store), ..Self::default() }
    }

    /// Changes with what would be made of the same pictures.
    #[must_use]
    pub fn identity() -> u32 {
        process::VERSION
    }

    /// How pictures look, where the next build knows less.
    #[must_use]
    pub fn to_remember(&self) -> Option<PictureLooks> {
        (self.store.is_some() && self.is_new.swap(false, Ordering::Relaxed)).then(|| self.looks().clone())
    }

    /// How many pictures were decoded in this process.
    #[must_use]
    pub fn decoded(&self) -> usize {
        self.decoded.load(Ordering::Relaxed)
    }

    fn looks(&self) -> MutexGuard<'_, PictureLooks> {
        let looks = self.looks.get_or_init(|| {
            Mutex::new(self.store.as_ref().map_or_else(PictureLooks::default, |store| store.looks()))
        });
        looks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How a picture with these bytes, by their digest, looks, if that is known.
    pub(crate) fn known(&self, digest: Digest) -> Option<Seen> {
        self.looks().0.get(&digest).cloned()
    }

    fn note(&self, digest: Digest, seen: Seen) -> Seen {
        self.looks().0.insert(digest, seen.clone());
        self.is_new.store(true, Ordering::Relaxed);
        seen
    }

    /// How the picture of these bytes looks.
    pub(crate) fn see(&self, digest: Digest, bytes: &[u8]) -> Seen {
        self.known(digest).unwrap_or_else(|| match self.decode(bytes, |decoded| decoded.look()) {
            Ok(look) => self.note(digest, Seen::Read(look)),
            Err(seen) => self.note(digest, seen),
        })
    }

    fn decode<T>(&self, bytes: &[u8], look: impl FnOnce(process::Decoded) -> T) -> Result<T, Seen> {
        let _room = self.room.take(process::pixels(bytes));
        self.decoded.fetch_add(1, Ordering::Relaxed);
        process::decode(bytes).map(look)
    }

    /// What is made of a picture, by the digest of its bytes and its name, where it is known how it looks and what
    /// came of it.
    pub(crate) fn made_before(
        &self,
        digest: Digest,
        options: &PictureOptions,
        (name, focus): (&str, Option<(u8, u8)>),
    ) -> Option<Result<Made, Seen>> {
        let look = match self.known(digest)? {
            Seen::Read(look) => look,
            seen => return Some(Err(seen)),
        };
        let Some(sizes) = Sizes::of(&look, options, digest, name, focus) else { return Some(Ok(Vec::new())) };
        let bytes = self.store.as_ref()?.read(recipe(digest, &sizes, options))?;
        unpack(&bytes, &sizes).map(Ok)
    }

    /// Makes all sizes of a picture of these bytes.
    ///
    /// # Errors
    /// Where there are none of a picture that looks so.
    pub(crate) fn make(
        &self,
        digest: Digest,
        bytes: &[u8],
        options: &PictureOptions,
        (name, focus): (&str, Option<(u8, u8)>),
    ) -> Result<Made, Seen> {
        let made = self.decode(bytes, |decoded| {
            let look = decoded.look();
            let Some(sizes) = Sizes::of(&look, options, digest, name, focus) else { return Ok((look, None)) };
            let files = sizes.all().map(|one| decoded.encode(one, options.quality));
            let files: Result<Vec<Vec<u8>>, String> = files.collect();
            files.map(|files| (look, Some((sizes, files)))).map_err(Seen::Broken)
        });
        let (look, made) = match made {
            Ok(Ok(made)) => made,
            Ok(Err(seen)) | Err(seen) => return Err(self.note(digest, seen)),
        };
        if self.known(digest).is_none() {
            self.note(digest, Seen::Read(look));
        }
        let Some((sizes, files)) = made else { return Ok(Vec::new()) };
        if let Some(store) = &self.store {
            store.write(recipe(digest, &sizes, options), &pack(&files));
        }
        Ok(sizes.all().cloned().zip(files).map(|(one, bytes)| (one, bytes.into())).collect())
    }
}

/// What files follow from.
fn recipe(digest: Digest, sizes: &Sizes, options: &PictureOptions) -> Digest {
    let mut recipe = Digester::new();
    recipe.number(process::VERSION).digest(digest).number(options.quality).count(sizes.all().count());
    for one in sizes.all() {
        recipe.number(one.width).number(one.height).value(&one.format).value(&one.part);
    }
    recipe.done()
}

/// Files one after another, each after its length in bytes.
fn pack(files: &[Vec<u8>]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(files.iter().map(|file| file.len() + 8).sum());
    for file in files {
        packed.extend((file.len() as u64).to_le_bytes());
        packed.extend(file);
    }
    packed
}

/// The same files again; `None` where they are not as many as there are sizes.
fn unpack(mut packed: &[u8], sizes: &Sizes) -> Option<Made> {
    let mut made = Vec::new();
    for one in sizes.all() {
        let (length, rest) = packed.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (file, rest) = rest.split_at_checked(length)?;
        made.push((one.clone(), file.into()));
        packed = rest;
    }
    packed.is_empty().then_some(made)
}
