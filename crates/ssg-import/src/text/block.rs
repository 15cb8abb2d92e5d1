//! Units to blocks: what each line of a post is.
//!
//! One walk from the top; at each unit the recognisers are asked in order, and the first that
//! knows what stands there takes as many units as belong to it. What none of them knows is a
//! paragraph. A recogniser that is not sure says so, and the block is marked.

use super::interview::Interviews;
use super::shape::{
    address, all_caps, ends_as_sentence, ends_with_colon, holds_sentences, is_rule, label, length, marker,
    output_line, prompt_line, question, title_case, title_like,
};
use super::split::{repeated_labels, section};
use super::unit::Unit;
use super::{links, lists};
use std::collections::HashSet;

/// One block of a post's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading of this level.
    Heading(u8, String),
    Paragraph(String),
    /// Items with their depth.
    List(Vec<Item>),
    /// Lines of a shell session, indented as they were.
    Code(Vec<String>),
    /// A GitHub alert: its kind and its text.
    Alert(&'static str, String),
    /// What an interviewer asks.
    Question(String),
    /// What stands under a photo.
    Caption(String),
    /// Labels with their addresses.
    Links(Vec<(String, String)>),
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub depth: usize,
    /// Its number, in a numbered list.
    pub number: Option<u32>,
    pub text: String,
}

/// A block with its place and, where it was not sure, what was guessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub block: Block,
    pub line: usize,
    /// One word of ours for the mark in the Markdown, and the words for the report.
    pub guess: Option<(&'static str, &'static str)>,
}

/// What is to be known of the post before its lines can be told apart.
pub(crate) struct Facts<'u> {
    units: &'u [Unit],
    page: bool,
    labels: HashSet<&'u str>,
    links: HashSet<String>,
    capitals_below: bool,
    near: &'u [usize],
    pub interviews: Interviews<'u>,
}

impl<'u> Facts<'u> {
    /// Looks through a post's body. `page` says that it was pasted from a blog, `near` names the
    /// units that nearly were the titles of posts.
    pub fn new(units: &'u [Unit], title: &str, page: bool, near: &'u [usize]) -> Self {
        let mut facts = Self {
            units,
            page,
            labels: repeated_labels(units),
            links: links::labels(units),
            capitals_below: false,
            near,
            interviews: Interviews::find(units, title),
        };
        facts.capitals_below =
            (0..units.len()).any(|at| !all_caps(&units[at].text) && facts.heading_points(at) >= 3);
        facts
    }

    /// The evidence for a heading: 2 points make one, 3 make it sure.
    fn heading_points(&self, at: usize) -> i32 {
        let unit = &self.units[at];
        let text = unit.text.as_str();
        let Some(next) = self.units.get(at + 1) else { return 0 };
        if !unit.opens || !title_like(text) || address(&next.text).is_some() {
            return 0;
        }
        let prose = next.text.len() >= 100 && marker(&next.text).is_none();
        let known = section(text) || label(text).is_some_and(|label| self.labels.contains(label));
        let asks = question(text) && !title_case(text) && !known;
        let points = [
            (!unit.closes && next.text.len() >= 50, 2),
            (all_caps(text), 2),
            (known, 2),
            (title_case(text), 1),
            (prose, 1),
            (asks, -2),
        ];
        points.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum()
    }
}

/// The state of the walk.
#[derive(Default)]
struct Walk {
    blocks: Vec<Placed>,
    in_interview: bool,
    headings: usize,
}

/// Tells what every unit of a post's body is.
pub(crate) fn blocks(facts: &Facts) -> Vec<Placed> {
    let mut walk = Walk::default();
    let mut at = 0;
    while at < facts.units.len() {
        let recognisers = [
            underlined,
            code,
            alert,
            address_list,
            marked_list,
            implied_list,
            person,
            asked,
            heading,
            caption,
        ];
        let (block, guess, taken) = recognisers
            .iter()
            .find_map(|recognise| recognise(facts, &mut walk, at))
            .unwrap_or_else(|| paragraph(facts, &walk, at));
        walk.blocks.push(Placed { block, line: facts.units[at].first, guess });
        at += taken;
    }
    walk.blocks
}

type Guessed = Option<(&'static str, &'static str)>;
type Found = Option<(Block, Guessed, usize)>;

/// A line under which a rule of `=` or `-` is drawn.
fn underlined(facts: &Facts, walk: &mut Walk, at: usize) -> Found {
    let (unit, rule) = (&facts.units[at], facts.units.get(at + 1)?);
    let drawn = is_rule(&rule.text);
    if !drawn || unit.closes || length(&unit.text) > 120 || marker(&unit.text).is_some() {
        return None;
    }
    walk.headings += 1;
    walk.in_interview = false;
    Some((Block::Heading(if rule.text.starts_with('=') { 2 } else { 3 }, unit.text.clone()), None, 2))
}

/// A shell session: a prompt and the lines under it that are output.
fn code(facts: &Facts, _: &mut Walk, at: usize) -> Found {
    if !prompt_line(&facts.units[at].text) {
        return None;
    }
    let more =
        facts.units[at + 1..].iter().take_while(|unit| !unit.opens && output_line(&unit.text, unit.indent));
    let taken = 1 + more.count();
    let lines = &facts.units[at..at + taken];
    let least = lines.iter().map(|unit| unit.indent).min().unwrap_or(0);
    let lines = lines.iter().map(|unit| " ".repeat((unit.indent - least).min(200)) + &unit.text).collect();
    Some((Block::Code(lines), Some(("code", "code: a prompt and what looks like its output")), taken))
}

/// `NOTE` above a paragraph, or before it.
fn alert(facts: &Facts, _: &mut Walk, at: usize) -> Found {
    const KINDS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];
    let text = &facts.units[at].text;
    let kind = KINDS.into_iter().find(|kind| text.starts_with(kind))?;
    match text[kind.len()..].strip_prefix(':').unwrap_or(&text[kind.len()..]) {
        "" => {
            let body = facts.units.get(at + 1).filter(|body| ends_as_sentence(&body.text))?;
            Some((Block::Alert(kind, body.text.clone()), None, 2))
        }
        rest if text[kind.len()..].starts_with(": ") => {
            Some((Block::Alert(kind, rest.trim().to_owned()), None, 1))
        }
        _ => None,
    }
}

/// Labels such as `Website`, each with an address after it.
fn address_list(facts: &Facts, _: &mut Walk, at: usize) -> Found {
    let (pairs, taken) = links::pairs(facts.units, &facts.links, at)?;
    Some((Block::Links(pairs), None, taken))
}

/// Items with bullets or numbers.
fn marked_list(facts: &Facts, _: &mut Walk, at: usize) -> Found {
    let (items, taken) = lists::marked(facts.units, at)?;
    Some((Block::List(items), None, taken))
}

/// Short paragraphs after a line that ends with a colon.
fn implied_list(facts: &Facts, walk: &mut Walk, at: usize) -> Found {
    let after_colon = matches!(&walk.blocks.last()?.block, Block::Paragraph(text) if ends_with_colon(text));
    if !after_colon {
        return None;
    }
    let headings = |at: usize| facts.heading_points(at) >= 2;
    let (items, taken) = lists::implied(facts.units, at, &headings)?;
    Some((Block::List(items), Some(("list", "a list: short paragraphs after a colon")), taken))
}

/// The name above an interview.
fn person(facts: &Facts, walk: &mut Walk, at: usize) -> Found {
    let person = facts.interviews.person(at)?;
    walk.in_interview = true;
    let level = if walk.headings > 0 { 3 } else { 2 };
    let guess = (!person.sure).then_some(("interview", "an interview: a name above one question"));
    Some((Block::Heading(level, person.name.to_owned()), guess, 1))
}

/// A question in an interview.
fn asked(facts: &Facts, walk: &mut Walk, at: usize) -> Found {
    let unit = &facts.units[at];
    let asks = walk.in_interview && unit.closes && facts.interviews.asks(&unit.text);
    asks.then(|| (Block::Question(unit.text.clone()), None, 1))
}

fn heading(facts: &Facts, walk: &mut Walk, at: usize) -> Found {
    let unit = &facts.units[at];
    let before_person = !unit.closes && facts.interviews.person(at + 1).is_some() && title_like(&unit.text);
    let points = if before_person { 3 } else { facts.heading_points(at) };
    // Between answers, a short line of its own is more likely an answer.
    if points < 2 || (walk.in_interview && unit.closes && !all_caps(&unit.text)) {
        return None;
    }
    walk.headings += 1;
    walk.in_interview = false;
    let level = if all_caps(&unit.text) && facts.capitals_below { 3 } else { 2 };
    let guess = if facts.near.binary_search(&at).is_ok() {
        Some(("heading", "a heading: it may be the start of another post"))
    } else {
        (points < 3).then_some(("heading", "a heading: a short line above a paragraph"))
    };
    Some((Block::Heading(level, unit.text.clone()), guess, 1))
}

/// A short line that stands there twice, as the text and the caption of a photo do.
fn caption(facts: &Facts, _: &mut Walk, at: usize) -> Found {
    let text = &facts.units[at].text;
    if text.len() > 120 || question(text) || !text.chars().any(char::is_alphabetic) {
        return None;
    }
    let same = facts.units[at + 1..].iter().take_while(|unit| unit.text == *text).count();
    (same > 0).then(|| (Block::Caption(text.clone()), None, 1 + same))
}

fn paragraph(facts: &Facts, walk: &Walk, at: usize) -> (Block, Guessed, usize) {
    let unit = &facts.units[at];
    let text = unit.text.as_str();
    let alone = unit.opens && unit.closes && !walk.in_interview;
    let short = text.len() <= 300 && length(text) <= 100 && !ends_with_colon(text);
    let apart = unit.blanks_before >= 2 || unit.blanks_after >= 2;
    let guess = if length(text) <= 3 && !text.chars().any(char::is_alphanumeric) {
        Some(("stray", "a stray mark, left as it is"))
    } else if alone && short && !ends_as_sentence(text) && title_like(text) {
        Some(("paragraph", "a paragraph: it may be a heading, a caption or a quotation"))
    } else if facts.page && alone && short && apart && !holds_sentences(text) && ends_as_sentence(text) {
        Some(("paragraph", "a paragraph: it may be the caption of a photo"))
    } else {
        None
    };
    (Block::Paragraph(text.to_owned()), guess, 1)
}
