//! Finds the people who spoke.
//!
//! Names come from the site's own people and from what is written like a name ([`names`]). What stands about a name is
//! evidence that its bearer spoke, or wrote, organised, came along ([`evidence`], [`lines`]). A given name or a surname
//! alone counts for the full name that the text has.

mod byline;
mod evidence;
mod groups;
mod lines;
mod names;
mod own;
mod talks;
mod vocabulary;

pub(crate) use own::People;

use crate::data::folded;
use crate::dictionary::Dictionary;
use crate::finding::{Finding, Subject};
use crate::text::{Kind, Text, Word, words};
use crate::weights;
use evidence::{Evidence, Group};
use foldhash::{HashMap, HashMapExt, HashSet};
use groups::groups;
use names::{Named, Sort};
use talks::{AboutTalks, about_talks};

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
    // Code names nobody.
    let all_words: Vec<Vec<Word<'_>>> = text
        .blocks
        .iter()
        .map(|block| if block.is_code() { Vec::new() } else { words(&block.text) })
        .collect();
    let lower = lower_words(&all_words);
    let each = text.blocks.iter().zip(&all_words);
    let blocks: Vec<Vec<Named>> =
        each.map(|(block, words)| of_block(&block.text, words, context, own, &lower)).collect();
    if blocks.iter().flatten().all(|named| named.sort.single) {
        return Vec::new();
    }
    let full = FullNames::of(&blocks);
    let names_alone = alone(text, &blocks);
    let about_talks = about_talks(text, &all_words);
    let mut people: HashMap<String, Person> = HashMap::new();
    for (number, named) in blocks.iter().enumerate() {
        if named.is_empty() {
            continue;
        }
        let above = lines::above(text, number, &blocks);
        for (group, members) in groups(&text.blocks[number].text, named, &full) {
            if members.iter().all(|member| full.of_mention(member).is_none()) {
                continue;
            }
            let place = lines::Place { text, number, above, names_alone, named: &blocks, about_talks };
            let evidence = about_group(&place, &group, named);
            for member in members {
                let Some((name, sort)) = full.of_mention(member) else { continue };
                let mut evidence = evidence.clone();
                if member.sort.single {
                    evidence.push(Evidence { weight: -0.2, why: "" });
                    // Of whom a text speaks by one name it tells something else as well.
                    evidence
                        .iter_mut()
                        .filter(|one| one.why == "the subject of a sentence")
                        .for_each(|one| one.weight *= 0.5);
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
    let mut writers: HashSet<String> = context.writers.iter().map(|name| folded(name)).collect();
    writers.extend(byline::writers(text, &blocks));
    let found = people.iter().map(|(key, person)| judged(text, person, about_talks, writers.contains(key)));
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
        if let Some(line) = mention.evidence.iter().find(|one| is_line(one)) {
            // As little as the line itself says.
            let share = (line.weight / weights::speaker("fair_line")).min(1.0);
            let like_others = Evidence::new("like_others", "like other lines");
            mention.evidence.push(Evidence { weight: like_others.weight * share, ..like_others });
        }
    }
}

/// Words that the text has in small letters too.
fn lower_words<'t>(all_words: &[Vec<Word<'t>>]) -> HashSet<&'t str> {
    let lower = all_words.iter().flatten().filter(|word| word.text.starts_with(char::is_lowercase));
    lower.map(|word| word.text).collect()
}

fn of_block(
    text: &str,
    words: &[Word<'_>],
    context: &Context<'_>,
    own: &People,
    lower: &HashSet<&str>,
) -> Vec<Named> {
    if words.is_empty() {
        return Vec::new();
    }
    let is_lower = |word: &str| lower.contains(word.to_lowercase().as_str());
    let known = own.find(text);
    let mut found = names::named(text, words, context.dictionary, &is_lower);
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
    fn of(blocks: &[Vec<Named>]) -> Self {
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

/// How many lines are one name alone.
fn alone(text: &Text, blocks: &[Vec<Named>]) -> usize {
    let is_alone = |(block, named): &(&crate::text::Block, &Vec<Named>)| {
        named.len() == 1 && !named[0].sort.single && named[0].end - named[0].start == block.text.trim().len()
    };
    text.blocks.iter().zip(blocks).filter(is_alone).count()
}

/// What is said of authors as well.
const IS_BY: &[&str] = &["a title by", "something by"];

/// Evidence that speaks of no talk by itself.
const IN_GENERAL: &[&str] = &[
    "the subject of a sentence",
    "explained something",
    "said something",
    "from somewhere",
    "something by",
    "a title by",
    "a line with a name",
    "a title and a name",
    "like other lines",
    "in a table",
    "a line of its own",
    "a heading of its own",
    "whose turn it was",
    "beside slides, a recording or a programme",
    "one of several names",
    "below a heading",
    "where it came from",
    "whose view is told of next",
];

fn about_group(place: &lines::Place<'_>, group: &Group, named: &[Named]) -> Vec<Evidence> {
    let block = &place.text.blocks[place.number];
    if byline::is_of_tweet(block, group.start, group.end) {
        return vec![Evidence::new("book", "quoted")];
    }
    let mut evidence = evidence::of_group(block, group, named);
    let is_prose = matches!(block.kind, Kind::Paragraph | Kind::Item) && block.text.len() > 60;
    if is_prose && place.above == Some(true) {
        evidence.push(Evidence::new("under_talks", ""));
    }
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
    if evidence.iter().any(|one| IS_BY.contains(&one.why)) && lines::is_of_others(place) {
        evidence.iter_mut().filter(|one| IS_BY.contains(&one.why)).for_each(|one| one.weight *= 0.2);
        evidence.push(Evidence::new("quoted", "perhaps an author"));
    }
    // What says nothing of a talk by itself says less where the text says little of talks.
    if block.kind != Kind::Title {
        let density = place.about_talks.density;
        let share = if place.above == Some(true) { 0.6 + 0.4 * density } else { 0.3 + 0.7 * density };
        let in_general = |one: &&mut Evidence| one.weight > 0.0 && IN_GENERAL.contains(&one.why);
        evidence.iter_mut().filter(in_general).for_each(|one| one.weight *= share);
    }
    let is_listed = evidence.iter().any(|one| one.weight >= 3.0);
    if !is_listed && place.above == Some(false) {
        evidence.push(Evidence::new("organizer", "under another heading"));
    }
    evidence
}

fn judged(text: &Text, person: &Person, about_talks: AboutTalks, is_writer: bool) -> Finding {
    let sort = person.sort;
    // What says that somebody gave a talk needs no other words of talks.
    let best = person.mentions.iter().map(Mention::sum).fold(0.0, f64::max);
    let doubt = if best >= weights::speaker("title_line") { 0.3 } else { 1.0 };
    let mut sum = weights::speaker("start")
        + weights::speaker("talks_about") * about_talks.at_all
        + weights::speaker("no_talks") * (1.0 - about_talks.at_all) * doubt;
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
