//! `related`: posts that share most with a page.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::reads::{ReadSite, Reads};
use crate::reference::{Entry, entry};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use super::get_page::page_at;
use super::recaps::rank;
use ssg_taxonomy::facets::{Card, Members, Recaps};
use ssg_taxonomy::{Kind, PageKey};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;
use tera::TeraResult;

/// Terms of more pages than these relate nothing.
const MOST: usize = 500;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Related {
    path: String,
    limit: usize,
}

impl Function for Related {
    const NAME: &'static str = "related";
    const ARGUMENTS: &'static [&'static str] = &["path", "limit"];
    const HAS_LANG: bool = false;
    const ROWS: &'static [Entry] = &[entry(&["related(path=…, limit=3)"], "list of cards", "posts that share most with this one")];
    const SHARED: bool = false;

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { path: arguments.text("path")?, limit: arguments.limit(3)? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let key = page_at(reads, &self.path)?;
        let Some(card) = reads.card(&key) else { return Ok(Answer::Pages(Vec::new())) };
        let mut scores: HashMap<PageKey, u64> = HashMap::new();
        let mut add = |others: &[PageKey], all: usize, weight: u64| {
            // What very many pages share says nothing, and looking at them all would cost much.
            if all > MOST {
                return;
            }
            let each = weight * 1000 / (all as u64 + 1);
            for other in others.iter().filter(|other| **other != key) {
                *scores.entry(*other).or_default() += each;
            }
        };
        for term in card.terms.iter().flat_map(|(_, terms)| terms) {
            let Some(members) = reads.get::<Members>(&(*term, card.language)) else { continue };
            let posts = members.0.iter().filter(|member| member.kind == Kind::Post);
            let posts: Vec<PageKey> = posts.map(|member| member.page).collect();
            add(&posts, members.0.len(), 2);
        }
        for event in &card.events {
            let recaps = reads.get::<Recaps>(event).map_or_else(Vec::new, |recaps| recaps.0.clone());
            let is_own = |post: &PageKey| reads.card(post).is_some_and(|post| post.language == card.language);
            let recaps: Vec<PageKey> = recaps.into_iter().filter(is_own).collect();
            add(&recaps, recaps.len(), 3);
        }
        // Best first; among equals the site's order decides.
        let mut ranked: Vec<(u64, PageKey)> = scores.into_iter().map(|(page, score)| (score, page)).collect();
        ranked.sort_unstable_by_key(|(score, _)| Reverse(*score));
        let least = ranked.get(self.limit.saturating_sub(1)).map_or(0, |(score, _)| *score);
        ranked.retain(|(score, _)| *score >= least);
        let mut cards: Vec<(u64, Arc<Card>)> =
            ranked.into_iter().filter_map(|(score, page)| Some((score, reads.card(&page)?))).collect();
        cards.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| rank(&a.1).cmp(&rank(&b.1))));
        Ok(Answer::Pages(cards.into_iter().take(self.limit).map(|(_, card)| card.key).collect()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("which posts are related to {}", self.path)
    }
}
