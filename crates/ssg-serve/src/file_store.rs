//! Where the server gets files from: whatever holds the output of the latest compilation.
//!
//! Paths are those of the output, as a build would write them. What a URL means, and what is added to a page on its
//! way, is not known here.

use ssg_source::DiskFile;
use std::sync::Arc;

/// The files of the output, as a build would write them.
pub trait FileStore: Send + Sync + 'static {
    /// The file at this path of the output, such as `posts/x/index.html`; `None` where there is none.
    ///
    /// The path is relative, with forward slashes, without `.`, `..`, empty parts or control
    /// characters. It comes from a request, so any such path may be asked for. The call is made
    /// where blocking is allowed, and from several threads at once: it may render the file first.
    fn file(&self, path: &str) -> Option<Served>;
}

/// One file of the output.
#[derive(Clone, Debug)]
pub struct Served {
    /// Its bytes.
    pub bytes: Body,
    /// The digest (BLAKE3) of the bytes.
    pub hash: [u8; 32],
    /// What the browser shows in a corner of the page, such as `draft` or `scheduled`.
    pub badge: Option<&'static str>,
}

/// The bytes of a file, or where they lie.
#[derive(Clone, Debug)]
pub enum Body {
    /// In memory.
    Memory(Arc<[u8]>),
    /// In a file on disk, as long as it is the one that was found. A large one is streamed; HTML is read
    /// whole, for the script goes into it.
    Disk(DiskFile),
}
