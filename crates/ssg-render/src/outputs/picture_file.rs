//! A picture's own file, without its metadata.

use super::{Kind, Planner, Rendered, Result};
use crate::facets::picture::Picture;
use crate::pictures;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_source::{Diagnostic, SitePath, codes};

#[derive(Clone, Debug, Serialize)]
pub(super) struct PictureFile(pub SitePath);

impl Kind for PictureFile {
    const WORDS: &'static str = "picture";

    fn plan(planner: &mut Planner<'_>) {
        let snapshot = planner.snapshot;
        for (source, path) in sources(snapshot) {
            if pictures::is_stripped(&snapshot.config, source.file_name()) {
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
        match pictures::strip(&bytes) {
            Ok(None) => Ok(Rendered::Bytes(bytes)),
            Ok(Some(stripped)) => Ok(Rendered::Bytes(stripped.into())),
            Err(why) => {
                let message =
                    format!("the image `{}` {why}, so its metadata cannot be removed", self.0.file_name());
                let problem = Diagnostic::error(codes::IMAGE, message).in_file(&self.0);
                let hint = "export or copy it again, or set `originals = \"keep\"` under [pictures]";
                Err(Box::new(problem.hint(hint)))
            }
        }
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
