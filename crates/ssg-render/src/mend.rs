//! Keeps a world from one build to the next in the same process, where little has changed since.
//!
//! Assembling a site takes time that grows with the site; a typo in a body, a new title or an edited
//! template leave it as it was. Whatever is not told apart here is a reason to begin anew, never to
//! guess.

use crate::cards::Tools;
use crate::data::DataFiles;
use crate::images::Images;
use crate::look::Look;
use crate::near::Near;
use crate::question::Question;
use crate::world::{SharedInputs, World};
use ssg_parse::Document;
use ssg_source::SitePath;
use ssg_taxonomy::Mended;
use std::collections::HashSet;
use std::sync::{Arc, OnceLock, RwLock};

/// What a world that was kept may answer otherwise than before.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent of each other")]
pub struct Differences {
    /// Paths of pages whose files changed.
    pages: HashSet<Arc<str>>,
    /// These files.
    sources: HashSet<SitePath>,
    /// Lists show something else of one of them.
    cards: bool,
    /// The text of a section or of a taxonomy, or the page of a term.
    lists: bool,
    /// Templates, assets, options or texts.
    look: bool,
    /// Files that are read while outputs are rendered: data and images.
    files: bool,
}

/// So few paths are compared one by one, which is quicker than to hash the one that is asked for.
const FEW: usize = 4;

impl Differences {
    fn is_changed(&self, path: &Arc<str>) -> bool {
        if self.pages.len() <= FEW {
            return self.pages.iter().any(|page| page == path);
        }
        self.pages.contains(path)
    }

    /// Whether the answer to a question may be another one than before.
    #[must_use]
    pub fn may_touch(&self, question: &Question) -> bool {
        match question {
            Question::Own(path) | Question::Body(path) | Question::Card(path) | Question::Venue(path) => {
                self.lists || self.is_changed(path)
            }
            Question::Anchor { source, .. } => self.sources.contains(source),
            Question::Template(_)
            | Question::Shortcodes
            | Question::Options(_)
            | Question::Asset { .. }
            | Question::Text { .. } => self.look,
            Question::Image(_) | Question::Data { .. } | Question::DataNames(_) => self.files,
            // These are about paths, order and files' places, which are what they were.
            Question::Link(_)
            | Question::Beside(_)
            | Question::BesideNames(_)
            | Question::Neighbours { .. }
            | Question::Related { .. }
            | Question::Config(_)
            | Question::Settings => false,
            Question::In { question, .. } => self.may_touch(question),
            Question::Changing(_) => true,
            _ => self.cards || self.lists || self.look,
        }
    }
}

impl World {
    /// Makes the world ready for another build with the same configuration, the same files and the
    /// same states of events, but for the changes named: `documents` are content files that were
    /// parsed anew, `look` is another look, `files` whether data and images may be others.
    ///
    /// `None` where the changes reach further; then the world is of no use any more.
    pub fn mend(
        &mut self,
        inputs: SharedInputs,
        clock: i128,
        documents: Vec<(SitePath, Arc<Document>)>,
        look: Option<Arc<Look>>,
        files: bool,
    ) -> Option<Differences> {
        self.instant = inputs.instant();
        self.inputs = inputs;
        self.clock = clock;
        self.data = DataFiles::default();
        self.images = Images::default();
        self.tools = Tools::default();
        self.near = Near::default();
        self.menus = RwLock::default();
        self.forget_gathered();
        let mut differences = Differences { files, look: look.is_some(), ..Differences::default() };
        for (source, document) in documents {
            match self.site.mend(&source, document)? {
                Mended::Page(id) => {
                    differences.cards |= self.digests.mend_page(&self.site, id, &self.beside);
                    differences.pages.insert(self.path(id));
                    differences.lists |= self.site.page(id).kind == ssg_taxonomy::Kind::Term;
                    self.forget_card(id.index());
                }
                Mended::List => differences.lists = true,
            }
            differences.sources.insert(source);
        }
        if differences.cards || differences.lists {
            self.digests.mend_metadata(&self.site);
        }
        if let Some(look) = look {
            self.look = look;
        }
        self.forget_cards_that_asked(&differences);
        Some(differences)
    }

    fn forget_card(&mut self, index: usize) {
        self.cards[index] = OnceLock::new();
        self.bare_cards[index] = OnceLock::new();
    }

    /// Summaries may show data and other pages, by shortcodes.
    fn forget_cards_that_asked(&mut self, differences: &Differences) {
        for slot in &mut self.cards {
            if slot.get().is_some_and(|card| card.asked.iter().any(|asked| differences.may_touch(asked))) {
                *slot = OnceLock::new();
            }
        }
    }
}
