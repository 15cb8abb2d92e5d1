//! Pages as they go out: with the script in them, or compressed. All who are being sent the same one share it, and
//! what is held together has a limit, so that many slow readers of large pages take no more memory than a few.

use super::tag::Tag;
use bytes::Bytes;
use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// Pages below this size, in bytes, are made for each reader: looking them up would cost as much.
const SMALL: u64 = 64 << 10;
/// Bytes that are held together.
const ALL: u64 = 512 << 20;

/// The pages that somebody is being sent.
pub(crate) struct MadePages {
    pages: Mutex<HashMap<String, Weak<Made>>>,
    /// Large pages are made one after the other: of many who ask at once for one, the first makes it.
    making: Mutex<()>,
    held: Arc<AtomicU64>,
    /// Bytes that may be held together.
    most: u64,
}

impl Default for MadePages {
    fn default() -> Self {
        Self { pages: Mutex::default(), making: Mutex::default(), held: Arc::default(), most: ALL }
    }
}

/// A page, counted until nobody is being sent it.
struct Made {
    bytes: Vec<u8>,
    /// What it counts for.
    size: u64,
    held: Arc<AtomicU64>,
}

impl Drop for Made {
    fn drop(&mut self) {
        self.held.fetch_sub(self.size, Ordering::Relaxed);
    }
}

struct Shared(Arc<Made>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0.bytes
    }
}

impl MadePages {
    /// The page with this tag, made of a source of `size` bytes unless somebody is being sent it.
    ///
    /// # Errors
    /// Those of `make`; and [`io::ErrorKind::OutOfMemory`] where too much is being sent already.
    pub(super) fn page(
        &self,
        tag: &Tag,
        size: u64,
        make: impl FnOnce() -> io::Result<Vec<u8>>,
    ) -> io::Result<Bytes> {
        if size < SMALL {
            return make().map(Bytes::from);
        }
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let name = tag.header();
        let mut pages = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = pages.get(&name).and_then(Weak::upgrade) {
            return Ok(Bytes::from_owner(Shared(page)));
        }
        if self.held.load(Ordering::Relaxed).saturating_add(size) > self.most {
            return Err(io::ErrorKind::OutOfMemory.into());
        }
        let bytes = make()?;
        let size = bytes.len() as u64;
        self.held.fetch_add(size, Ordering::Relaxed);
        let page = Arc::new(Made { bytes, size, held: Arc::clone(&self.held) });
        pages.retain(|_, page| page.strong_count() > 0);
        pages.insert(name, Arc::downgrade(&page));
        Ok(Bytes::from_owner(Shared(page)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_share_a_page_and_all_have_a_limit() {
        let size = SMALL;
        let made = MadePages { most: size * 4 - 1, ..MadePages::default() };
        let page = |number: u8| {
            made.page(&Tag::new(&[number; 32], &""), size, || {
                Ok(vec![number; usize::try_from(size).unwrap_or(0)])
            })
        };
        let first = page(0).expect("made");
        let again = page(0).expect("shared");
        assert_eq!(first.as_ptr(), again.as_ptr());
        let others = [page(1).expect("made"), page(2).expect("made")];
        assert_eq!(page(3).expect_err("too much").kind(), io::ErrorKind::OutOfMemory);
        assert!(page(0).is_ok(), "what is held is shared still");
        drop(others);
        assert!(page(3).is_ok(), "what is sent makes room");
    }
}
