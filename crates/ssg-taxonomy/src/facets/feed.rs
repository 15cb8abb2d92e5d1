//! Facets of feeds: what they hold, by the day on which it was announced.
//!
//! A reader of feeds looks for what is new. An event or a talk is new on the day of its `date`, on which it was
//! announced, and not on the day on which it takes place: entries of days to come stay on top for ever, or are
//! thrown away. What that day is where nobody wrote it, `announced.rs` says.

use super::{Facets, SiteFacet};
use crate::announced::{Announced, announced};
use crate::ids::PageId;
use crate::keys::{PageKey, SectionKey, TermKey};
use crate::reorder::Reordered;
use jiff::{Timestamp, Zoned};
use serde::Serialize;
use ssg_engine::Held;
use ssg_parse::LangId;

/// When a page was published and when it last changed, as feeds say it: never after the build.
#[derive(Clone, Debug, Serialize)]
pub struct FeedDates {
    /// When it was announced.
    pub published: Option<Zoned>,
    /// When it changed, or a recording was added.
    pub updated: Option<Zoned>,
}

impl SiteFacet for FeedDates {
    type Key = PageKey;

    fn make(facets: &Facets, key: &PageKey) -> Option<Held<Self>> {
        let id = facets.page_id(key)?;
        let page = facets.site.page(id);
        let published = match announced(&facets.site, id, facets.instant) {
            Announced::NotYet => return None,
            Announced::Undated => None,
            Announced::On(day) => Some(day),
        };
        let passed = |at: &&Zoned| at.timestamp() <= facets.instant;
        let updated = [&page.updated, &page.video_added].into_iter().flatten().filter(passed);
        let updated = updated.max_by_key(|at| at.timestamp()).cloned();
        Some(Held::new(Self { published, updated }))
    }
}

/// The pages that the feed of a section has, newest first.
#[derive(Clone, Debug, Serialize)]
pub struct SectionFeed(pub Vec<PageKey>);

impl SiteFacet for SectionFeed {
    type Key = SectionKey;

    fn make(facets: &Facets, key: &SectionKey) -> Option<Held<Self>> {
        let section = facets.site.section(facets.section_id(key)?);
        Some(Held::new(Self(in_order(facets, &section.pages))))
    }

    fn is_reordered(key: &SectionKey, lists: &Reordered) -> bool {
        lists.sections.contains(key)
    }
}

/// The pages that the feed of a term has in a language, newest first.
#[derive(Clone, Debug, Serialize)]
pub struct TermFeed(pub Vec<PageKey>);

impl SiteFacet for TermFeed {
    type Key = (TermKey, LangId);

    fn make(facets: &Facets, (key, language): &(TermKey, LangId)) -> Option<Held<Self>> {
        let id = facets.term_id(key)?;
        Some(Held::new(Self(in_order(facets, facets.site.term_in(id, *language).pages))))
    }

    fn is_reordered((key, _): &Self::Key, lists: &Reordered) -> bool {
        lists.terms.contains(key)
    }
}

/// Pages that have been announced, the last one first; those without a day last, in the site's order.
fn in_order(facets: &Facets, pages: &[PageId]) -> Vec<PageKey> {
    let mut dated: Vec<(Option<Timestamp>, PageId)> = pages
        .iter()
        .filter_map(|id| match announced(&facets.site, *id, facets.instant) {
            Announced::NotYet => None,
            Announced::Undated => Some((None, *id)),
            Announced::On(day) => Some((Some(day.timestamp()), *id)),
        })
        .collect();
    dated.sort_by(|(a, _), (b, _)| b.cmp(a));
    facets.page_keys(dated.into_iter().map(|(_, id)| id))
}
