//! Takes a changed content file into the site as it stands, where nothing but that file says
//! anything else for it.

use crate::assemble::title_of;
use crate::ids::PageId;
use crate::page::{Kind, Page, Rank};
use crate::reorder::ReorderedLists;
use crate::site::{Site, Target};
use ssg_parse::Document;
use ssg_source::SitePath;
use std::cmp::Reverse;
use std::sync::Arc;

/// What became of a changed file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UpdatedDocument {
    /// The page says something else; paths and references are what they were, and so is the order but for
    /// that of the lists.
    Page(PageId),
    /// So does the text of a section or of a taxonomy.
    List,
}

impl Page {
    /// What the order of pages goes by.
    pub(crate) fn rank(&self) -> Rank<'_> {
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
    /// anew, and this one is not to be used any more. `lists` gets those in which the page stands elsewhere now.
    pub(crate) fn update(
        &mut self,
        source: &SitePath,
        document: Arc<Document>,
        lists: &mut ReorderedLists,
    ) -> Option<UpdatedDocument> {
        if self.is_sensitive_to_mentions && self.mentions(source)? != document.outline.files {
            return None;
        }
        match self.target(source)? {
            Target::Page(id) => self.update_page(id, document, lists),
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

    fn update_page(
        &mut self,
        id: PageId,
        document: Arc<Document>,
        lists: &mut ReorderedLists,
    ) -> Option<UpdatedDocument> {
        let page = &mut self.pages[id.index()];
        if page.document.digests.meta == document.digests.meta {
            page.document = document;
            return Some(UpdatedDocument::Page(id));
        }
        let (old, new) = (&page.document.front, &document.front);
        // Without a title of its own, a page takes it from elsewhere.
        let is_titled = old.title.is_some() && new.title.is_some();
        if !is_titled || document.broken || !old.differs_in_texts_only(new) {
            return None;
        }
        let title = title_of(&document, "");
        let is_retitled = page.title != title;
        // Of events and terms more than lists depends on the title.
        let may_be_retitled = match page.kind {
            Kind::Post | Kind::Page => page.document.front.event.is_none(),
            Kind::Talk => page.row.is_none(),
            Kind::Event | Kind::Term => false,
        };
        if is_retitled && !may_be_retitled || page.kind == Kind::Term {
            return None;
        }
        page.title = title;
        page.document = document;
        if !is_retitled {
            return Some(UpdatedDocument::Page(id));
        }
        let id = self.reorder(id, lists);
        if self.page(id).kind == Kind::Talk {
            self.retitle_talk(id, lists);
        }
        Some(UpdatedDocument::Page(id))
    }
}

fn replace(old: &mut Arc<Document>, new: Arc<Document>) -> bool {
    let same = old.digests.meta == new.digests.meta;
    *old = new;
    same
}
