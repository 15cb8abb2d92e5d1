//! Takes a changed content file into the site as it stands, where nothing but that file says
//! anything else for it.

use crate::assemble::title_of;
use crate::ids::PageId;
use crate::page::{Kind, Page, Rank};
use crate::site::{Site, Target};
use ssg_parse::Document;
use ssg_source::SitePath;
use std::cmp::Reverse;
use std::sync::Arc;

/// What became of a changed file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdatedDocument {
    /// The page says something else; paths, order and references are what they were.
    Page(PageId),
    /// So does the text of a section or of a taxonomy.
    List,
}

impl Page {
    /// What the order of pages goes by.
    fn rank(&self) -> Rank<'_> {
        (
            Reverse(self.date.as_ref().map(jiff::Zoned::timestamp)),
            self.weight,
            &self.title,
            &self.path,
            &self.source,
        )
    }
}

impl Site {
    /// Puts another document in the place of the one that a content file had. `None` where more than
    /// the file's own place in the site depends on what is different: then the site must be assembled
    /// anew, and this one is not to be used any more.
    pub fn update(&mut self, source: &SitePath, document: Arc<Document>) -> Option<UpdatedDocument> {
        if self.is_sensitive_to_mentions && self.mentions(source)? != document.outline.files {
            return None;
        }
        match self.target(source)? {
            Target::Page(id) => self.update_page(id, document),
            Target::Section(id) => {
                let old = &mut self.sections[id.index()].document;
                replace(old, document).then_some(UpdatedDocument::List)
            }
            Target::Taxonomy(index, language) => {
                let (_, old) = self.taxonomy_texts.get_mut(&(index, language))?;
                replace(old, document).then_some(UpdatedDocument::List)
            }
            Target::Term(id, language) => {
                let page = self.term_in(id, language).page?;
                replace(&mut self.pages[page.index()].document, document)
                    .then_some(UpdatedDocument::Page(page))
            }
            // Whether it stays so is not looked at here.
            Target::Withheld(_) => None,
        }
    }

    /// The files that a content file names.
    fn mentions(&self, source: &SitePath) -> Option<&[String]> {
        let document = match self.target(source)? {
            Target::Page(id) => &self.page(id).document,
            Target::Section(id) => &self.section(id).document,
            Target::Taxonomy(index, language) => self.taxonomy_text(index, language)?,
            Target::Term(id, language) => &self.page(self.term_in(id, language).page?).document,
            Target::Withheld(_) => return None,
        };
        Some(&document.outline.files)
    }

    fn update_page(&mut self, id: PageId, document: Arc<Document>) -> Option<UpdatedDocument> {
        let page = &mut self.pages[id.index()];
        if page.document.digests.meta != document.digests.meta {
            let is_plain =
                matches!(page.kind, Kind::Post | Kind::Page) && page.document.front.event.is_none();
            let (old, new) = (&page.document.front, &document.front);
            // Without a title of its own, a page takes it from elsewhere.
            let is_titled = old.title.is_some() && new.title.is_some();
            if !is_plain || !is_titled || document.broken || !old.differs_in_texts_only(new) {
                return None;
            }
            page.title = title_of(&document, "");
        }
        page.document = document;
        self.is_in_order(id).then_some(UpdatedDocument::Page(id))
    }

    /// Whether a page still stands where the order wants it.
    fn is_in_order(&self, id: PageId) -> bool {
        let rank = |index: usize| self.pages.get(index).map(Page::rank);
        let (before, this, after) =
            (id.index().checked_sub(1).and_then(rank), rank(id.index()), rank(id.index() + 1));
        before.is_none_or(|before| Some(before) <= this) && after.is_none_or(|after| this <= Some(after))
    }
}

fn replace(old: &mut Arc<Document>, new: Arc<Document>) -> bool {
    let same = old.digests.meta == new.digests.meta;
    *old = new;
    same
}
