//! A static file, copied as it is.

use super::{Kind, Planner, Rendered, Result};
use crate::bytes::read_bytes;
use crate::hosting::cname;
use crate::pictures::is_stripped;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_source::SitePath;
use std::sync::Arc;

/// A file on disk, or bytes of the program.
#[derive(Clone, Debug, Serialize)]
pub(super) enum StaticFile {
    OnDisk(SitePath),
    Inside(Arc<[u8]>),
}

impl Kind for StaticFile {
    const WORDS: &'static str = "static file";
    const IS_RENDERED: bool = false;

    fn plan(planner: &mut Planner<'_>) {
        let has_cname = planner.snapshot.config().hosting.cname.is_some();
        let statics = &planner.snapshot.theme().theme.statics;
        let originals = planner.snapshot.config().pictures.originals;
        for (name, file) in statics.iter().filter(|(name, _)| *name != cname::FILE || !has_cname) {
            // A picture of the site loses its metadata first.
            if file.path.below("static").is_some() && is_stripped(originals, name) {
                continue;
            }
            let kind = match &file.on_disk {
                Some(_) => Self::OnDisk(file.path.clone()),
                None => Self::Inside(file.bytes.clone()),
            };
            planner.planned.add(&format!("/{name}"), kind, Some(&file.path));
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        match self {
            Self::OnDisk(path) => read_whole(reads, path),
            Self::Inside(bytes) => Ok(Rendered::Bytes(bytes.clone())),
        }
    }

    fn advice(&self, _: &SiteSnapshot, path: &SitePath) -> Option<String> {
        Some(format!("rename `{path}`"))
    }
}

/// The bytes of a file, where it is not copied as it lies.
pub(super) fn read_whole(reads: &Reads, path: &SitePath) -> Result<Rendered> {
    read_bytes(reads, path).map(Rendered::Bytes).map_err(|error| Box::new(error.diagnostic(path)))
}
