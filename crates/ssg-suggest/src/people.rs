//! Finds the people who spoke.
//!
//! Names come from the site's own people and from what is written like a name ([`names`]). What stands about a name is
//! evidence that its bearer spoke, or wrote, organised, came along ([`evidence`], [`lines`]). A given name or a surname
//! alone counts for the full name that the text has.

mod evidence;
mod lines;
mod names;
mod own;
mod vocabulary;

pub(crate) use own::People;

use crate::data::folded;
use crate::dictionary::Dictionary;
use crate::finding::{Finding, Subject};
use crate::text::{Kind, Text, words};
use crate::weights;
use evidence::{Evidence, Group};
use foldhash::{HashMap, HashMapExt, HashSet};
use names::{Named, Sort};

/// What people are looked for in.
pub(crate) struct Context<'t> {
    pub text: &'t Text,
    pub dictionary: &'t Dictionary,
    /// Who wrote it.
    pub writers: &'t [&'t str],
}

/// A person of the text.
#[derive(Default)]
struct Person {
    name: String,
    sort: Sort,
    mentions: Vec<Mention>,
}

struct Mention {
    block: usize,
    at: usize,
    evidence: Vec<Evidence>,
}

impl Mention {
    fn sum(&self) -> f64 {
        self.evidence.iter().map(|one| one.weight).sum()
    }
}

/// The people who spoke, as a text tells.
pub(crate) fn find(context: &Context<'_>, own: &People) -> Vec<Finding> {
    let text = context.text;
    let lower = lower_words(text);
    let blocks: Vec<Vec<Named>> = text
        .blocks
        .iter()
        .map(|block| if block.is_code() { Vec::new() } else { of_block(&block.text, context, own, &lower) })
        .collect();
    let full = FullNames::of(&blocks, own);
    let names_alone = alone(text, &blocks);
    let mut people: HashMap<String, Person> = HashMap::new();
    for (number, named) in blocks.iter().enumerate() {
        if named.is_empty() {
            continue;
        }
        let above = lines::above(text, number);
        for (group, members) in groups(&text.blocks[number].text, named) {
            if members.iter().all(|member| full.of_mention(member).is_none()) {
                continue;
            }
            let place = lines::Place { text, number, above, names_alone };
            let evidence = about_group(&place, &group, named);
            for member in members {
                let Some((name, sort)) = full.of_mention(member) else { continue };
                let mut evidence = evidence.clone();
                if member.sort.single {
                    evidence.push(Evidence { weight: -0.2, why: "" });
                }
                if member.sort.labelled {
                    evidence.push(Evidence::new("listed", "named as a speaker"));
                }
                if member.sort.squeezed {
                    evidence.push(Evidence::new("squeezed", "written as one word"));
                }
                let person =
                    people.entry(folded(&name)).or_insert_with(|| Person { name, sort, ..Person::default() });
                if !member.sort.single {
                    person.sort.given |= sort.given;
                    person.sort.odd &= sort.odd;
                }
                person.mentions.push(Mention { block: number, at: member.start, evidence });
            }
        }
    }
    strengthen(&mut people);
    let is_about_talks = is_about_talks(text);
    let writers: HashSet<String> = context.writers.iter().map(|name| folded(name)).collect();
    let found =
        people.iter().map(|(key, person)| judged(text, person, is_about_talks, writers.contains(key)));
    found.collect()
}

/// Lines that are like others of the text are a programme.
fn strengthen(people: &mut HashMap<String, Person>) {
    let is_line = |evidence: &Evidence| matches!(evidence.why, "a line with a name" | "a title and a name");
    let lines = people
        .values()
        .flat_map(|person| &person.mentions)
        .filter(|mention| mention.evidence.iter().any(is_line));
    if lines.count() < 3 {
        return;
    }
    for mention in people.values_mut().flat_map(|person| &mut person.mentions) {
        if mention.evidence.iter().any(is_line) {
            mention.evidence.push(Evidence::new("like_others", "like other lines"));
        }
    }
}

/// Words that the text has in small letters too.
fn lower_words(text: &Text) -> HashSet<&str> {
    let all = text.blocks.iter().filter(|block| !block.is_code()).flat_map(|block| words(&block.text));
    all.filter(|word| word.text.starts_with(char::is_lowercase)).map(|word| word.text).collect()
}

fn of_block(text: &str, context: &Context<'_>, own: &People, lower: &HashSet<&str>) -> Vec<Named> {
    let is_lower = |word: &str| lower.contains(word.to_lowercase().as_str());
    let known = own.find(text);
    let mut found = names::named(text, context.dictionary, &is_lower);
    found.retain(|named| !known.iter().any(|own| named.start < own.end && own.start < named.end));
    for named in &mut found {
        if let Some(name) = own.by_name(&named.name) {
            name.clone_into(&mut named.name);
            named.sort.own = true;
        }
    }
    found.extend(known);
    found.sort_by_key(|named| named.start);
    found
}

/// Full names of a text, by their parts.
struct FullNames {
    by_part: HashMap<String, Option<(String, Sort)>>,
}

impl FullNames {
    fn of(blocks: &[Vec<Named>], own: &People) -> Self {
        let mut by_part: HashMap<String, Option<(String, Sort)>> = HashMap::new();
        for named in blocks.iter().flatten().filter(|named| !named.sort.single) {
            let parts: Vec<&str> = named.name.split(' ').collect();
            let (Some(first), Some(last)) = (parts.first(), parts.last()) else { continue };
            for part in [first, last] {
                let key = folded(part);
                match by_part.get_mut(&key) {
                    None => {
                        by_part.insert(key, Some((named.name.clone(), named.sort)));
                    }
                    // Of two people of one name a part names neither.
                    Some(known)
                        if known.as_ref().is_some_and(|(name, _)| folded(name) != folded(&named.name)) =>
                    {
                        *known = None;
                    }
                    Some(_) => {}
                }
            }
        }
        let _ = own;
        Self { by_part }
    }

    /// Whom a mention names; nobody where a part of a name stands alone.
    fn of_mention(&self, named: &Named) -> Option<(String, Sort)> {
        if !named.sort.single {
            return Some((named.name.clone(), named.sort));
        }
        self.by_part.get(&folded(&named.name)).cloned().flatten()
    }
}

/// Names of a block that stand together.
fn groups<'n>(text: &str, named: &'n [Named]) -> Vec<(Group, Vec<&'n Named>)> {
    let mut found: Vec<(Group, Vec<&Named>)> = Vec::new();
    for one in named {
        let joined = found.last().is_some_and(|(group, _)| {
            one.start >= group.end && !group.possessive && is_joined(&text[group.end..one.start])
        });
        match found.last_mut().filter(|_| joined) {
            Some((group, members)) => {
                group.end = one.full_end;
                group.possessive = one.possessive;
                members.push(one);
            }
            None => {
                let group = Group { start: one.start, end: one.full_end, possessive: one.possessive };
                found.push((group, vec![one]));
            }
        }
    }
    found
}

/// Whether what stands between two names joins them: a comma, `and`, a company in brackets.
fn is_joined(gap: &str) -> bool {
    if gap.len() > 60 {
        return false;
    }
    let gap = match (gap.trim_start().strip_prefix('('), gap.find(')')) {
        (Some(_), Some(close)) if gap[close + 1..].trim().is_empty() => return true,
        (Some(_), Some(close)) => &gap[close + 1..],
        _ => gap,
    };
    matches!(
        gap.trim().trim_start_matches(',').trim(),
        "" | "and" | "and then" | "&" | "/" | "+" | "und" | "et" | "y" | "и" | "og" | "en" | "、"
    ) && !gap.contains('\n')
        && !gap.trim().is_empty()
}

/// How many lines are one name alone.
fn alone(text: &Text, blocks: &[Vec<Named>]) -> usize {
    let is_alone = |(block, named): &(&crate::text::Block, &Vec<Named>)| {
        named.len() == 1 && !named[0].sort.single && named[0].end - named[0].start == block.text.trim().len()
    };
    text.blocks.iter().zip(blocks).filter(is_alone).count()
}

fn about_group(place: &lines::Place<'_>, group: &Group, named: &[Named]) -> Vec<Evidence> {
    let block = &place.text.blocks[place.number];
    let mut evidence = evidence::of_group(block, group, named);
    if let Some(line) = lines::of_group(place, group) {
        // A line and a sentence say the same.
        let best = evidence.iter().map(|one| one.weight).fold(0.0, f64::max);
        if line.weight > best {
            evidence.retain(|one| one.weight < 2.0 && !matches!(one.why, "thanked" | "perhaps met"));
        }
        if line.weight > best || line.weight < 0.0 {
            evidence.push(line);
        }
    }
    if block.quoted && !evidence.iter().any(|one| one.why == "a line of its own") {
        evidence.push(Evidence::new("quoted", ""));
    }
    let is_listed = evidence.iter().any(|one| one.weight >= 3.0);
    if !is_listed && place.above == Some(false) {
        evidence.push(Evidence::new("organizer", "under another heading"));
    }
    evidence
}

/// Whether a text is about talks.
fn is_about_talks(text: &Text) -> bool {
    let is_talk =
        |word: &str| vocabulary::has(vocabulary::TALKS, word) || vocabulary::has(vocabulary::SPOKE, word);
    let said = text.blocks.iter().filter(|block| !block.is_code());
    let count = said.flat_map(|block| words(&block.text)).filter(|word| is_talk(word.text)).take(4).count();
    let title = text.blocks.iter().find(|block| matches!(block.kind, Kind::Title | Kind::Heading(1)));
    let is_recap = title.is_some_and(|title| {
        let title = title.text.to_lowercase();
        ["recap", "days", "conf", "summit", "fosdem", "notes from", "meetup", "camp", "talks"]
            .iter()
            .any(|part| title.contains(part))
    });
    count >= 4 || is_recap && count >= 1
}

fn judged(text: &Text, person: &Person, is_about_talks: bool, is_writer: bool) -> Finding {
    let sort = person.sort;
    let mut sum =
        weights::speaker("start") + weights::speaker(if is_about_talks { "talks_about" } else { "no_talks" });
    let mut why: Vec<&str> = Vec::new();
    if sort.own {
        sum += weights::speaker("own");
        why.push("the site knows them");
    } else if sort.given {
        sum += weights::speaker("given");
    } else {
        sum += weights::speaker("no_given");
    }
    if sort.surname {
        sum += weights::speaker("surname");
    }
    if sort.odd {
        sum += weights::speaker("odd");
    }
    if is_writer {
        sum += weights::speaker("writer");
        why.push("wrote it");
    }
    let best = person.mentions.iter().max_by(|one, other| {
        one.sum().total_cmp(&other.sum()).then((other.block, other.at).cmp(&(one.block, one.at)))
    });
    let mut line = 1;
    if let Some(best) = best {
        sum += best.sum();
        why.extend(best.evidence.iter().map(|one| one.why).filter(|why| !why.is_empty()));
        line = text.line(text.blocks[best.block].source(best.at));
    }
    let is_author = |mention: &Mention| {
        mention.evidence.iter().any(|one| matches!(one.why, "perhaps an author" | "quoted"))
    };
    if person.mentions.iter().any(is_author) && best.is_none_or(|best| best.sum() < weights::speaker("spoke"))
    {
        sum += weights::speaker("quoted");
    }
    let count = f64::from(u8::try_from(person.mentions.len()).unwrap_or(6).min(6));
    sum += weights::speaker("again") * count.max(1.0).ln();
    if why.is_empty() {
        why.push("named");
    }
    Finding {
        subject: Subject::Speaker,
        name: person.name.clone(),
        line,
        confidence: weights::speaker_confidence(sum),
        why: why.join(", "),
    }
}
