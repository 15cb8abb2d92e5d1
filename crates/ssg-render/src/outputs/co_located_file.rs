//! A file beside a page or a section, copied with it.

use super::static_file::read_whole;
use super::{Kind, Planner, Rendered, Result};
use crate::pictures::is_stripped;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_source::SitePath;

/// A file on disk, or one that only the inputs have.
#[derive(Clone, Debug, Serialize)]
pub(super) enum CoLocatedFile {
    OnDisk(SitePath),
    OfInputs(SitePath),
}

impl CoLocatedFile {
    pub(super) fn is_of_inputs(&self) -> bool {
        matches!(self, Self::OfInputs(_))
    }
}

impl Kind for CoLocatedFile {
    const WORDS: &'static str = "file beside a page";
    const IS_RENDERED: bool = false;

    fn plan(planner: &mut Planner<'_>) {
        let originals = planner.snapshot.config().pictures.originals;
        for (source, path) in planner.snapshot.facets().co_located_files().iter() {
            // A picture loses its metadata first.
            if is_stripped(originals, source.file_name()) {
                continue;
            }
            let kind = match planner.snapshot.inputs().on_disk(source) {
                Some(_) => Self::OnDisk(source.clone()),
                None => Self::OfInputs(source.clone()),
            };
            planner.planned.add(path, kind, Some(source));
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let (Self::OnDisk(path) | Self::OfInputs(path)) = self;
        read_whole(reads, path)
    }

    fn advice(&self, _: &SiteSnapshot, path: &SitePath) -> Option<String> {
        Some(format!("rename `{path}`"))
    }
}
