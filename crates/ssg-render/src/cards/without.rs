//! Stands in where the program is built without pictures of pages; the configuration is refused then.

use crate::world::World;
use ssg_source::{Diagnostic, Digest};
use ssg_taxonomy::{Page, PageId};
use std::sync::Arc;

/// Nothing to keep.
#[derive(Default)]
pub(crate) struct Tools {}

pub(crate) fn has(_: &World, _: &Page) -> bool {
    false
}

pub(crate) fn path(page: &str) -> String {
    page.to_owned()
}

pub(crate) fn link(_: &World, _: PageId) -> Option<String> {
    None
}

#[expect(clippy::unnecessary_wraps, reason = "it is as with the feature")]
pub(crate) fn picture(_: &World, _: PageId) -> Result<Option<Arc<[u8]>>, Box<Diagnostic>> {
    Ok(None)
}

pub(crate) fn digest(_: &World, _: PageId) -> Digest {
    Digest::default()
}

pub(crate) fn link_digest(_: &World, _: PageId) -> Digest {
    Digest::default()
}
