//! `related`: posts that share most with a page.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::get_page::page_at;
use super::recaps::in_order;
use crate::reads::{ReadSite, Reads};
use crate::reference::{Entry, entry};
use crate::snapshot::SiteSnapshot;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ssg_taxonomy::facets::{Card, Members, Recaps};
use ssg_taxonomy::{Kind, PageKey};
use std::cmp::Reverse;
use std::collections::HashMap;
use tera::TeraResult;

/// What the site's order goes by first; the greatest comes first.
type Order = (Option<Timestamp>, Reverse<i64>);

fn order(post: &Card) -> Order {
    (post.date.as_ref().map(jiff::Zoned::timestamp), Reverse(post.weight))
}

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
    const ROWS: &'static [Entry] =
        &[entry(&["related(path=…, limit=3)"], "list of cards", "posts that share most with this one")];
    const SHARED: bool = false;

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { path: arguments.text("path")?, limit: arguments.limit(3)? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let key = page_at(reads, &self.path)?;
        let Some(card) = reads.card(&key) else { return Ok(Answer::Pages(Vec::new())) };
        let mut scores: HashMap<PageKey, (u64, Order)> = HashMap::new();
        let mut add = |others: &[(PageKey, Order)], all: usize, weight: u64| {
            // What very many pages share says nothing, and looking at them all would cost much.
            if all > MOST {
                return;
            }
            let each = weight * 1000 / (all as u64 + 1);
            for (other, order) in others.iter().filter(|(other, _)| *other != key) {
                scores.entry(*other).or_insert((0, *order)).0 += each;
            }
        };
        for term in card.terms.iter().flat_map(|(_, terms)| terms) {
            let Some(members) = reads.get::<Members>(&(*term, card.language)) else { continue };
            let posts = members.0.iter().filter(|member| member.kind == Kind::Post);
            let posts: Vec<(PageKey, Order)> = posts.map(|member| (member.page, member.order)).collect();
            add(&posts, members.0.len(), 2);
        }
        for event in &card.events {
            let recaps = reads.get::<Recaps>(event).map_or_else(Vec::new, |recaps| recaps.0.clone());
            let recaps = recaps.iter().filter_map(|post| reads.card(post));
            let own = recaps.filter(|post| post.language == card.language);
            let own: Vec<(PageKey, Order)> = own.map(|post| (post.key, order(&post))).collect();
            add(&own, own.len(), 3);
        }
        // Best first; among equals the site's order decides, which begins with date and weight.
        let mut ranked: Vec<((u64, Order), PageKey)> =
            scores.into_iter().map(|(page, rank)| (rank, page)).collect();
        ranked.sort_unstable_by_key(|(rank, _)| Reverse(*rank));
        let last = self.limit.checked_sub(1).and_then(|last| ranked.get(last)).map(|(rank, _)| *rank);
        ranked.retain(|(rank, _)| last.is_none_or(|last| *rank >= last));
        let mut best: Vec<PageKey> = Vec::new();
        for equals in ranked.chunk_by(|(a, _), (b, _)| a == b) {
            match equals {
                [(_, page)] => best.push(*page),
                _ => best.extend(in_order(reads, &equals.iter().map(|(_, page)| *page).collect::<Vec<_>>())),
            }
        }
        best.truncate(self.limit);
        Ok(Answer::Pages(best))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("which posts are related to {}", self.path)
    }
}
