//! A picture in the sizes that screens need: one output of several files, so that it is decoded once.

use super::picture_file::sources;
use super::{Class, Kind, Planner, Rendered, Result};
use crate::facets::config::PictureSettings;
use crate::facets::picture::{Picture, focus_of};
use crate::pictures::{self, HEAVY};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_source::{Diagnostic, SitePath, codes};

/// The picture, and the folder in the output that the files go into; it ends with a slash where it has a name.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PictureSizes {
    pub source: SitePath,
    folder: String,
    /// It stands for a page, and this stays in sight in parts of it: per cent from the left and from the top.
    focus: Option<(u8, u8)>,
}

impl Kind for PictureSizes {
    const WORDS: &'static str = "picture in other sizes";
    const CLASS: Class = Class::Part;
    const IS_OPTIONAL: bool = true;

    fn plan(planner: &mut Planner<'_>) {
        let snapshot = planner.snapshot;
        // Nobody links to what is made here by a name of the author's.
        if planner.reads.is_none() {
            return;
        }
        for (source, path) in sources(snapshot) {
            if pictures::has_sizes(&snapshot.config, source.file_name()) {
                let file = path.trim_start_matches('/');
                let folder = file.rfind('/').map_or("", |slash| &file[..=slash]).to_owned();
                // No file has this name: those that are made have names of their own.
                let sizes = Self { source: source.clone(), folder, focus: focus_of(snapshot, source) };
                planner.planned.add(&format!("{path}.sizes"), sizes, Some(source));
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let settings = reads.get::<PictureSettings>(&());
        let picture = reads.get::<Picture>(&self.source);
        let Some((settings, picture)) = settings.zip(picture) else { return Err(super::gone("picture")) };
        // What is wrong with it is told where a page shows it.
        let (made, is_same) = picture.made(&settings, self.focus);
        if !is_same {
            reads.distrust();
        }
        for (one, bytes) in made.iter().filter(|(_, bytes)| bytes.len() > HEAVY) {
            let message = format!("`{}` still has {} KB", one.name, bytes.len().div_ceil(1000));
            let hint = "lower `quality` under [pictures], or leave the width out of `widths`";
            reads.report(Diagnostic::warning(codes::HEAVY_PICTURE, message).in_file(&self.source).hint(hint));
        }
        let file = |(one, bytes): (pictures::Derived, _)| (format!("{}{}", self.folder, one.name), bytes);
        Ok(Rendered::Several(made.into_iter().map(file).collect()))
    }

    fn advice(&self, _: &SiteSnapshot, path: &SitePath) -> Option<String> {
        Some(format!("rename `{path}`"))
    }
}
