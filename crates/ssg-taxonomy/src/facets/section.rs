//! Facets of sections.

use super::page::{Content, held_document};
use super::{Facets, SiteFacet};
use crate::keys::{PageKey, SectionKey};
use crate::page::Standing;
use crate::reorder::Reordered;
use serde::Serialize;
use ssg_engine::Held;
use ssg_parse::LangId;
use ssg_source::SitePath;
use std::sync::Arc;

/// What is shown of a section wherever it is referred to.
#[derive(Clone, Debug, Serialize)]
pub struct SectionCard {
    /// Its own key.
    pub key: SectionKey,
    /// Language of the pages that it lists.
    pub language: LangId,
    /// Directory below `content`, empty for the home page.
    pub dir: Arc<str>,
    /// Its `_index.md`.
    pub source: Option<SitePath>,
    /// Site-relative path.
    pub path: Arc<str>,
    /// Title, plain text.
    pub title: String,
    /// Somebody wrote the title.
    pub is_titled: bool,
    /// The section above; `None` for the home page.
    pub parent: Option<SectionKey>,
    /// Pages of a pager, where its file says so.
    pub paginate_by: Option<usize>,
    /// The description that somebody wrote.
    pub description: Option<String>,
    /// How far it is shown.
    pub standing: Standing,
    /// Whether there is a page of it.
    pub has_list: bool,
}

impl SiteFacet for SectionCard {
    type Key = SectionKey;

    fn make(facets: &Facets, key: &SectionKey) -> Option<Held<Self>> {
        let section = facets.site.section(facets.section_id(key)?);
        let front = &section.document.front;
        let size = front.paginate_by.and_then(|size| usize::try_from(size).ok());
        Some(Held::new(Self {
            key: *key,
            language: section.language,
            dir: section.dir.as_str().into(),
            source: section.source.clone(),
            path: section.path.as_str().into(),
            title: section.title.clone(),
            is_titled: section.is_titled,
            parent: section.parent.map(|id| facets.section_key(id)),
            paginate_by: size.filter(|size| *size > 0),
            description: front.description.as_ref().map(|text| text.value.clone()),
            standing: section.standing,
            has_list: section.has_list,
        }))
    }
}

/// Header and body of a section's file; empty for a section without one.
#[derive(Clone, Debug)]
pub struct SectionText(pub Content);

impl SiteFacet for SectionText {
    type Key = SectionKey;

    fn make(facets: &Facets, key: &SectionKey) -> Option<Held<Self>> {
        let section = facets.site.section(facets.section_id(key)?);
        let digest = held_document(facets, &section.document).digest()?;
        Some(Held::made_of(digest, Arc::new(Self(Content(section.document.clone())))))
    }
}

/// The pages that a section lists, in the site's order.
#[derive(Clone, Debug, Serialize)]
pub struct SectionPages(pub Vec<PageKey>);

impl SiteFacet for SectionPages {
    type Key = SectionKey;

    fn make(facets: &Facets, key: &SectionKey) -> Option<Held<Self>> {
        let section = facets.site.section(facets.section_id(key)?);
        Some(Held::new(Self(facets.page_keys(section.pages.iter().copied()))))
    }

    fn is_reordered(key: &SectionKey, lists: &Reordered) -> bool {
        lists.sections.contains(key)
    }
}

/// How many pages a section lists.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SectionSize(pub usize);

impl SiteFacet for SectionSize {
    type Key = SectionKey;

    fn make(facets: &Facets, key: &SectionKey) -> Option<Held<Self>> {
        Some(Held::new(Self(facets.site.section(facets.section_id(key)?).pages.len())))
    }
}

/// The sections below a section, by title.
#[derive(Clone, Debug, Serialize)]
pub struct Subsections(pub Vec<SectionKey>);

impl SiteFacet for Subsections {
    type Key = SectionKey;

    fn make(facets: &Facets, key: &SectionKey) -> Option<Held<Self>> {
        let section = facets.site.section(facets.section_id(key)?);
        let is_shown = |id: &crate::ids::SectionId| {
            let below = facets.site.section(*id);
            below.has_list && (!below.standing.unlisted || section.standing.unlisted)
        };
        let shown = section.sections.iter().copied().filter(is_shown);
        Some(Held::new(Self(shown.map(|id| facets.section_key(id)).collect())))
    }
}

/// The section of a directory in a language.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SectionOfDir(pub SectionKey);

impl SiteFacet for SectionOfDir {
    type Key = (Arc<str>, LangId);

    fn make(facets: &Facets, (dir, language): &(Arc<str>, LangId)) -> Option<Held<Self>> {
        let id = facets.site.section_of_dir(dir, *language)?;
        Some(Held::new(Self(facets.section_key(id))))
    }
}
