//! A static file, copied as it is.

use super::{Kind, Planner, Rendered, Result};
use crate::hosting::cname;
use crate::reads::Reads;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::Arc;

/// A file on disk, or bytes of the program.
#[derive(Clone, Debug, Serialize)]
pub(super) enum StaticFile {
    OnDisk(PathBuf),
    Inside(Arc<[u8]>),
}

impl Kind for StaticFile {
    const WORDS: &'static str = "static file";
    const IS_RENDERED: bool = false;

    fn plan(planner: &mut Planner<'_>) {
        let has_cname = planner.snapshot.config().hosting.cname.is_some();
        let statics = &planner.snapshot.theme().theme.statics;
        for (name, file) in statics.iter().filter(|(name, _)| *name != cname::FILE || !has_cname) {
            let kind = match &file.on_disk {
                Some(path) => Self::OnDisk(path.clone()),
                None => Self::Inside(file.bytes.clone()),
            };
            planner.planned.add(&format!("/{name}"), kind, Some(&file.path));
        }
    }

    fn render(&self, _: &Reads) -> Result<Rendered> {
        Ok(match self {
            Self::OnDisk(path) => Rendered::Copy(path.clone()),
            Self::Inside(bytes) => Rendered::Bytes(bytes.clone()),
        })
    }
}
