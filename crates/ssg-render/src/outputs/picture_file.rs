//! A picture's own file, without its metadata.

use super::{Kind, Planner, Rendered, Result};
use crate::facets::picture::Picture;
use crate::pictures;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_source::SitePath;

#[derive(Clone, Debug, Serialize)]
pub(super) struct PictureFile(pub SitePath);

impl Kind for PictureFile {
    const WORDS: &'static str = "picture";

    fn plan(planner: &mut Planner<'_>) {
        let snapshot = planner.snapshot;
        for (source, path) in sources(snapshot) {
            if pictures::is_stripped(snapshot.config.pictures.originals, source.file_name()) {
                planner.planned.add(&path, Self(source.clone()), Some(source));
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let Some(picture) = reads.get::<Picture>(&self.0) else { return Err(super::gone("picture")) };
        let (bytes, is_same) = picture.bytes().map_err(|error| Box::new(error.diagnostic(&self.0)))?;
        if !is_same {
            reads.distrust();
        }
        let stripped = pictures::without_metadata(&self.0, &bytes)?;
        Ok(Rendered::Bytes(stripped.unwrap_or(bytes)))
    }

    fn advice(&self, _: &SiteSnapshot, path: &SitePath) -> Option<String> {
        Some(format!("rename `{path}`"))
    }
}

/// The site's own pictures with their paths in the output: those beside pages, and those in `static/`.
pub(super) fn sources(snapshot: &SiteSnapshot) -> impl Iterator<Item = (&SitePath, String)> {
    let beside = snapshot.facets().co_located_files().iter().map(|(source, path)| (source, path.clone()));
    let statics = snapshot.theme().theme.statics.iter();
    let statics = statics
        .filter(|(_, file)| file.path.below("static").is_some())
        .map(|(name, file)| (&file.path, format!("/{name}")));
    beside.chain(statics)
}
