//! What a memo knows of the site that was compiled last, for whoever asks more of it than outputs: an editor.

use crate::load::Listing;
use crate::memo::Memo;
use crate::settings::Settings;
use crate::site::assemble_sources;
use ssg_parse::Document;
use ssg_render::LoadedTheme;
use ssg_source::{Diagnostics, Inputs, SitePath};
use ssg_taxonomy::Site;
use std::borrow::Cow;
use std::sync::Arc;

impl Memo {
    /// The site that was compiled last. Where errors kept the compilation from keeping it, it is assembled again of
    /// the content files as they were parsed.
    #[must_use]
    pub fn last_site(&self, inputs: &dyn Inputs, settings: &Settings) -> Cow<'_, Site> {
        if let Some(kept) = &self.kept {
            return Cow::Borrowed(kept.snapshot.site());
        }
        let listing = Listing::new(inputs, settings, self.clock(), &mut Diagnostics::new());
        Cow::Owned(assemble_sources(inputs, settings, &listing, self.documents.sources()).0)
    }

    /// The theme that was loaded last.
    #[must_use]
    pub fn last_theme(&self) -> Option<&LoadedTheme> {
        self.theme.as_ref().map(|(_, theme, _)| &**theme)
    }

    /// All content files as they were parsed last, withheld ones too, sorted by path.
    #[must_use]
    pub fn last_documents(&self) -> Vec<(SitePath, Arc<Document>)> {
        self.documents.sources().into_iter().map(|source| (source.path, source.document)).collect()
    }
}
