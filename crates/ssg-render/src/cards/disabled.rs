//! Stands in where the program is built without pictures of pages; the configuration is refused then.

use crate::reads::Reads;
use serde::Serialize;
use ssg_parse::Config;
use ssg_source::Diagnostic;
use ssg_taxonomy::{Kind, PageKey};
use std::sync::Arc;

#[derive(Serialize)]
pub(crate) struct Tools;

impl Tools {
    pub(crate) fn read(_: &Reads) -> Self {
        Self
    }
}

pub(crate) fn has(_: &Config, _: Kind) -> bool {
    false
}

pub(crate) fn path(page: &str) -> String {
    page.to_owned()
}

pub(crate) fn link(_: &Reads, _: PageKey, _: impl FnOnce() -> Arc<Tools>) -> Option<String> {
    None
}

#[expect(clippy::unnecessary_wraps, reason = "it is as with the feature")]
pub(crate) fn picture(
    _: &Reads,
    _: PageKey,
    _: impl FnOnce() -> Arc<Tools>,
    _: impl Fn(PageKey) -> Option<&'static str>,
    _: impl Fn(PageKey, Option<PageKey>) -> Option<Vec<(String, Vec<[i64; 4]>)>>,
) -> Result<Option<Arc<[u8]>>, Box<Diagnostic>> {
    Ok(None)
}
