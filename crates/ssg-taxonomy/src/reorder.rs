//! A page takes another place in the site's order.
//!
//! Pages are numbered in that order, so all between the old place and the new one get another number, wherever it
//! stands. Lists in the site's order that have the page are sorted again; which ones these are is told, so that only
//! their facets are made anew ([`Reordered`]).

use crate::event::{Event, Slot, TalkInfo};
use crate::ids::{PageId, SectionId, TermId};
use crate::keys::{PageKey, SectionKey, TermKey};
use crate::page::{Kind, Page};
use crate::site::{Section, Site, Target};
use crate::term::{LocalTerm, Taxonomy, Term};
use jiff::Zoned;
use ssg_source::hash::HashSet;
use std::sync::Arc;

/// From which number to which a page goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Move {
    pub from: usize,
    pub to: usize,
}

impl Move {
    /// The number that a page has afterwards.
    fn number(self, id: PageId) -> PageId {
        let (from, to) = (self.from, self.to);
        let number = match id.index() {
            at if at == from => to,
            at if from < at && at <= to => at - 1,
            at if to <= at && at < from => at + 1,
            at => at,
        };
        PageId(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// Moves the entry of a list that has one for each page.
    pub fn apply<T>(self, list: &mut [T]) {
        if self.from < self.to {
            list[self.from..=self.to].rotate_left(1);
        } else {
            list[self.to..=self.from].rotate_right(1);
        }
    }

    /// Numbers of which none other than the page's own changes its place among the others.
    fn renumber(self, list: &mut [PageId]) {
        for id in list {
            *id = self.number(*id);
        }
    }

    /// A list in the site's order. Says whether it has the page.
    fn reorder(self, list: &mut [PageId]) -> bool {
        let has_page = list.iter().any(|id| id.index() == self.from);
        self.renumber(list);
        if has_page {
            list.sort_unstable();
        }
        has_page
    }

    fn renumber_keys<T>(self, map: &mut ssg_source::hash::HashMap<PageId, T>) {
        let old = std::mem::take(map);
        map.extend(old.into_iter().map(|(id, value)| (self.number(id), value)));
    }
}

/// Whose lists have a page that stands elsewhere in them now, by numbers.
#[derive(Default)]
pub(crate) struct ReorderedLists {
    pub sections: Vec<SectionId>,
    pub terms: Vec<TermId>,
    /// Pages of which something else is told: neighbours, events with their talks, what posts are about.
    pub pages: Vec<PageId>,
    pub kind: Option<Kind>,
}

/// Whose lists have a page that stands elsewhere in them now.
#[derive(Clone, Debug, Default)]
pub struct Reordered {
    pub(crate) sections: HashSet<SectionKey>,
    pub(crate) terms: HashSet<TermKey>,
    pub(crate) pages: HashSet<PageKey>,
    pub(crate) kind: Option<Kind>,
}

impl Reordered {
    /// Whether there is any.
    pub(crate) fn is_any(&self) -> bool {
        let Self { sections, terms, pages, kind } = self;
        !sections.is_empty() || !terms.is_empty() || !pages.is_empty() || kind.is_some()
    }
}

impl Site {
    /// Gives a page the place that its rank wants. `pages` are all in order but for this one.
    pub(crate) fn reorder(&mut self, id: PageId, lists: &mut ReorderedLists) -> PageId {
        let Some(to) = self.place_of(id) else { return id };
        let moved = Move { from: id.index(), to };
        // Whose neighbour it was, and whose it is afterwards.
        self.note_neighbours(id, lists);
        self.renumber(moved, lists);
        let id = moved.number(id);
        self.note_neighbours(id, lists);
        lists.pages.push(id);
        lists.kind = Some(self.page(id).kind);
        id
    }

    /// Where a page belongs, when it does not stand there.
    fn place_of(&self, id: PageId) -> Option<usize> {
        let rank = self.page(id).rank();
        let (before, after) = (&self.pages[..id.index()], &self.pages[id.index() + 1..]);
        if before.last().is_some_and(|page| page.rank() > rank) {
            return Some(before.partition_point(|page| page.rank() < rank));
        }
        let later = after.partition_point(|page| page.rank() < rank);
        (later > 0).then_some(id.index() + later)
    }

    /// Notes the pages beside one in every section that lists it; their numbers are those of the moment, so that
    /// [`Move::number`] must not come between.
    fn note_neighbours(&self, id: PageId, lists: &mut ReorderedLists) {
        for section in &self.sections {
            if let Ok(at) = section.pages.binary_search(&id) {
                let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
                lists.pages.extend(beside.filter_map(|at| section.pages.get(at)));
            }
        }
    }

    /// Every number of a page, wherever the site has one.
    fn renumber(&mut self, moved: Move, lists: &mut ReorderedLists) {
        let Self {
            pages,
            sections,
            taxonomies,
            events,
            taxonomy_texts: _,
            language_homes: _,
            homes: _,
            translations,
            targets,
            paths,
            event_ids: _,
            talk_ids,
            event_of_page,
            by_kind,
            series,
            written,
            organized,
            hidden: _,
            kept_back: _,
            withheld_talks: _,
            withheld_events: _,
            without_list: _,
            standings: _,
            taxonomy_standings: _,
            is_sensitive_to_mentions: _,
            next_change: _,
        } = self;
        moved.apply(pages);
        moved.renumber(&mut lists.pages);
        for (number, page) in (0u32..).zip(pages) {
            if page.renumber(moved) {
                lists.pages.push(PageId(number));
            }
        }
        for (number, section) in (0u32..).zip(sections) {
            let Section { pages, .. } = section;
            if moved.reorder(pages) {
                lists.sections.push(SectionId(number));
            }
        }
        for (taxonomy, Taxonomy { terms, .. }) in (0u16..).zip(taxonomies) {
            for (number, term) in (0u32..).zip(terms) {
                if term.renumber(moved) {
                    lists.terms.push(TermId { taxonomy, term: number });
                }
            }
        }
        for event in events {
            if event.renumber(moved) {
                lists.pages.push(event.page);
            }
        }
        moved.renumber_keys(translations);
        for group in translations.values_mut() {
            *group = group.iter().map(|id| moved.number(*id)).collect::<Arc<[_]>>();
        }
        for target in targets.values_mut().chain(paths.values_mut()) {
            if let Target::Page(id) = target {
                *id = moved.number(*id);
            }
        }
        for id in talk_ids.values_mut() {
            *id = moved.number(*id);
        }
        moved.renumber_keys(event_of_page);
        for list in by_kind.values_mut() {
            moved.reorder(list);
        }
        // Editions are in order of time.
        for list in series.values_mut() {
            moved.renumber(list);
        }
        for (person, list) in written.iter_mut().chain(organized) {
            if moved.reorder(list) {
                lists.terms.push(*person);
            }
        }
    }

    /// Puts the talks of an event in order again, and its schedule, after one of them has got another title.
    pub(crate) fn retitle_talk(&mut self, id: PageId, lists: &mut ReorderedLists) {
        let page = self.page(id);
        let Some(event) = page.talk.as_ref().and_then(|talk| talk.event) else { return };
        let (title, event_page) = (page.title.clone(), self.events[event].page);
        self.order_talks(event);
        let header = self.page(event_page).document.clone();
        let rows = header.front.event.as_deref().map_or(&[] as &[_], |table| &table.schedule);
        let Event { slots, talks, .. } = &mut self.events[event];
        for slot in slots.iter_mut().filter(|slot| slot.talk == Some(id)) {
            let has_own = slot.row.and_then(|row| rows.get(row)).is_some_and(|row| row.title.is_some());
            if !has_own {
                slot.title.clone_from(&title);
            }
        }
        // Of what begins at one time rows come first, then talks that say themselves when they are.
        let place = |slot: &Slot| slot.talk.and_then(|id| talks.iter().position(|talk| *talk == id));
        slots.sort_by_cached_key(|slot| {
            let starts = slot.starts.as_ref().map(Zoned::timestamp);
            let rank = match (slot.row, slot.talk) {
                (Some(row), _) => (0, row),
                (None, Some(_)) => (1, place(slot).unwrap_or(usize::MAX)),
                (None, None) => (2, 0),
            };
            (starts.is_none(), starts, rank)
        });
        lists.pages.push(event_page);
    }

    /// Puts the talks of an event in order of time, then title.
    pub(crate) fn order_talks(&mut self, event: usize) {
        let mut talks = std::mem::take(&mut self.events[event].talks);
        talks.sort_by_cached_key(|id| {
            let page = self.page(*id);
            let starts = page.talk.as_ref().and_then(TalkInfo::starts).map(Zoned::timestamp);
            (starts.is_none(), starts, page.title.clone(), *id)
        });
        self.events[event].talks = talks;
    }
}

impl Page {
    /// Says whether posts about it stand in another order.
    fn renumber(&mut self, moved: Move) -> bool {
        let Self { events, talks, talk, .. } = self;
        moved.renumber(events);
        moved.renumber(talks);
        let Some(TalkInfo { replaced_by, recaps, .. }) = talk else { return false };
        *replaced_by = replaced_by.map(|id| moved.number(id));
        moved.reorder(recaps)
    }
}

impl Term {
    /// Says whether one of its lists has the page.
    fn renumber(&mut self, moved: Move) -> bool {
        let Self { pages, page, languages, name: _, slug: _, path: _, aliases: _ } = self;
        *page = page.map(|id| moved.number(id));
        let mut has_page = moved.reorder(pages);
        for LocalTerm { page, pages, name: _, path: _, exists: _ } in languages {
            *page = page.map(|id| moved.number(id));
            has_page |= moved.reorder(pages);
        }
        has_page
    }
}

impl Event {
    /// Says whether posts about it stand in another order.
    fn renumber(&mut self, moved: Move) -> bool {
        let Self { page, talks, recaps, slots, .. } = self;
        *page = moved.number(*page);
        moved.renumber(talks);
        for Slot { talk, replaced_by, .. } in slots {
            for id in [talk, replaced_by] {
                *id = id.map(|id| moved.number(id));
            }
        }
        moved.reorder(recaps)
    }
}

#[cfg(test)]
mod tests {
    use super::Move;
    use crate::ids::PageId;

    #[test]
    fn numbers_follow_the_pages() {
        for (from, to) in [(1, 4), (4, 1), (0, 5), (5, 0), (2, 3), (3, 2)] {
            let moved = Move { from, to };
            let before: Vec<usize> = (0..6).collect();
            let mut after = before.clone();
            moved.apply(&mut after);
            for page in before {
                let number = moved.number(PageId(u32::try_from(page).expect("small")));
                assert_eq!(after[number.index()], page, "{from} to {to}");
            }
        }
    }
}
