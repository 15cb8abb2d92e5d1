//! Finds tools in a text.
//!
//! Every spelling of the dictionary that stands alone is a [`Mention`]; what is written about it is evidence. A tool is
//! found when the sum over its best mention, and over all of the text, says so.

mod context;
mod lists;
mod mention;
mod named;
mod slips;

use crate::dictionary::{Ambiguity, Dictionary};
use crate::finding::{Finding, Subject};
use crate::text::{Kind, Text};
use crate::weights;
use foldhash::{HashMap, HashMapExt, HashSet};
use mention::{Mention, mentions};
pub(crate) use named::Named;

/// What speaks for a tool, with its weight.
pub(crate) struct Evidence {
    pub sum: f64,
    pub why: Vec<&'static str>,
}

impl Evidence {
    pub fn new(evidence: &str, why: &'static str) -> Self {
        Self { sum: weights::tool(evidence), why: vec![why] }
    }

    pub fn add(&mut self, evidence: &str, why: &'static str) {
        self.sum += weights::tool(evidence);
        if !why.is_empty() {
            self.why.push(why);
        }
    }
}

/// The tools of a text; `people` are those whom its header names.
pub(crate) fn find(text: &Text, dictionary: &Dictionary, people: &Named<'_>) -> Vec<Finding> {
    let mut mentions: Vec<Mention> = Vec::new();
    for (index, block) in text.blocks.iter().enumerate() {
        let heading = text.blocks[..index].iter().rev().take(8).find(|above| above.is_heading());
        mentions.extend(self::mentions(index, block, dictionary));
        mentions.extend(lists::of_block(index, block, heading, dictionary));
        mentions.extend(slips::of_block(index, block, dictionary));
    }
    named::weaken(&mut mentions, text, dictionary, people);
    let mut by_tool: HashMap<String, Vec<&Mention>> = HashMap::new();
    for mention in &mentions {
        by_tool.entry(mention.name(dictionary).to_owned()).or_default().push(mention);
    }
    let sure: HashSet<&str> =
        mentions.iter().filter(|mention| mention.is_sure()).map(|mention| mention.name(dictionary)).collect();
    let mut sure_in_block: HashMap<usize, HashSet<&str>> = HashMap::new();
    for mention in mentions.iter().filter(|mention| mention.is_sure()) {
        sure_in_block.entry(mention.block).or_default().insert(mention.name(dictionary));
    }
    let mut found: Vec<Finding> = Vec::new();
    for (name, mentions) in &by_tool {
        let company = |mention: &Mention| {
            // Tools that stand beside it in the same block, and in the text.
            let beside = sure_in_block
                .get(&mention.block)
                .map_or(0, |names| names.len() - usize::from(names.contains(name.as_str())));
            let about = sure.len() - usize::from(sure.contains(name.as_str()));
            (beside, about)
        };
        let best = mentions.iter().map(|mention| {
            let (beside, about) = company(mention);
            let mut sum = mention.evidence.sum;
            sum += weights::tool("others_in_block") * (1.0 + f64::from(clipped(beside, 4))).ln();
            if mention.is_doubtful() {
                sum += weights::tool("others_in_text") * (1.0 + f64::from(clipped(about, 8))).ln();
            }
            (sum, *mention, beside)
        });
        let Some((sum, mention, beside)) =
            best.max_by(|one, other| one.0.total_cmp(&other.0).then(other.1.at.cmp(&one.1.at)))
        else {
            continue;
        };
        // A word of everyday language that is said often is no more of a tool for it.
        let counted = |one: &&&Mention| !one.is_doubtful() || one.evidence.sum > 0.5;
        let count = clipped(mentions.iter().filter(counted).count(), 6).max(1);
        let sum = sum + weights::tool("again") * f64::from(count).ln();
        let first = mentions
            .iter()
            .filter(|one| one.evidence.sum >= mention.evidence.sum - 2.0)
            .min_by_key(|one| (one.block, one.at));
        let first = first.unwrap_or(&mention);
        let block = &text.blocks[first.block];
        let mut why = vec![format!("`{}`", mention.written)];
        why.extend(mention.evidence.why.iter().map(|why| (*why).to_owned()));
        if beside > 0 {
            why.push(format!("beside {beside} other {}", if beside == 1 { "tool" } else { "tools" }));
        }
        if count > 1 {
            why.push(format!("{count} times"));
        }
        found.push(Finding {
            subject: Subject::Tool,
            name: name.clone(),
            line: text.line(block.source(first.at)),
            confidence: weights::tool_confidence(sum),
            why: why.join(", "),
        });
    }
    found
}

/// A count that is no higher than some bound.
fn clipped(count: usize, most: u8) -> u8 {
    u8::try_from(count).unwrap_or(most).min(most)
}

/// Whether a block holds what is said rather than code.
fn is_said(kind: &Kind) -> bool {
    !matches!(kind, Kind::Code(_))
}

/// Whether a spelling is mostly the tool's.
fn is_own(ambiguity: Ambiguity) -> bool {
    matches!(ambiguity, Ambiguity::None | Ambiguity::Case)
}
