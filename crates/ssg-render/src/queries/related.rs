//! `related`: posts that share most with a page.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::get_page::page_at;
use super::recaps::in_order;
use crate::entry::{Entry, entry};
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::{Members, Recaps};
use ssg_taxonomy::{Kind, PageKey};
use std::cmp::Reverse;
use std::collections::HashMap;
use tera::TeraResult;

/// Terms of more pages than these relate nothing.
const MOST: usize = 500;

/// A post that shares something, and where it stands in the first list that has it.
struct Candidate {
    page: PageKey,
    score: u64,
    list: usize,
    at: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Related {
    path: String,
    limit: usize,
}

impl Function for Related {
    const NAME: &'static str = "related";
    const ARGUMENTS: &'static [&'static str] = &["path", "limit"];
    const HAS_LANG: bool = false;
    const ROWS: &'static [Entry] =
        &[entry(&["related(path=…, limit=3)"], "list of cards", "posts that share most with this one")];
    const SHARED: bool = false;

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { path: arguments.text("path")?, limit: arguments.limit(3)? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let key = page_at(reads, &self.path)?;
        let Some(card) = reads.card(&key) else { return Ok(Answer::Pages(Vec::new())) };
        // Posts that share something, each list in the site's order, with how many share it and what for.
        let mut lists: Vec<(Vec<PageKey>, usize, u64)> = Vec::new();
        for term in card.terms.iter().flat_map(|(_, terms)| terms) {
            let Some(members) = reads.get::<Members>(&(*term, card.language)) else { continue };
            let posts = members.0.iter().filter(|member| member.kind == Kind::Post);
            lists.push((posts.map(|member| member.page).collect(), members.0.len(), 2));
        }
        for event in &card.events {
            let recaps = reads.get::<Recaps>(event).map_or_else(Vec::new, |recaps| recaps.0.clone());
            let is_own = |post: &PageKey| reads.card(post).is_some_and(|post| post.language == card.language);
            let own: Vec<PageKey> = recaps.into_iter().filter(is_own).collect();
            let count = own.len();
            lists.push((own, count, 3));
        }
        // What very many pages share says nothing, and looking at them all would cost much.
        lists.retain(|(_, count, _)| *count <= MOST);
        let mut found: HashMap<PageKey, Candidate> = HashMap::new();
        for (list, (posts, count, weight)) in lists.iter().enumerate() {
            for (at, page) in posts.iter().enumerate().filter(|(_, page)| **page != key) {
                let candidate = found.entry(*page).or_insert(Candidate { page: *page, score: 0, list, at });
                candidate.score += weight * 1000 / (*count as u64 + 1);
            }
        }
        let mut ranked: Vec<Candidate> = found.into_values().collect();
        ranked.sort_unstable_by_key(|one| (Reverse(one.score), one.list, one.at));
        let mut best: Vec<PageKey> = Vec::new();
        for equals in ranked.chunk_by(|a, b| a.score == b.score) {
            if best.len() >= self.limit {
                break;
            }
            let pages: Vec<PageKey> = equals.iter().map(|one| one.page).collect();
            // Among equals the site's order decides, which one list has as well.
            let is_one_list =
                equals.iter().all(|one| Some(one.list) == equals.first().map(|first| first.list));
            best.extend(if is_one_list { pages } else { in_order(reads, &pages) });
        }
        best.truncate(self.limit);
        Ok(Answer::Pages(best))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("which posts are related to {}", self.path)
    }
}
