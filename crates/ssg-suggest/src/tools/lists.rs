//! Lists of tools, and tools that a text introduces: `Tools: a, b, c`, `a tool called X`.
//!
//! What stands there is a tool, whether the dictionary has it or not.

use super::Evidence;
use super::mention::Mention;
use crate::data::Lexicon;
use crate::dictionary::{Ambiguity, Dictionary};
use crate::text::{Block, Kind, Mark};

/// Longest name of a tool in a list, in bytes.
const LONGEST: usize = 40;

/// Tools that a block lists or introduces; `heading` is the one above it.
pub(super) fn of_block(
    number: usize,
    block: &Block,
    heading: Option<&Block>,
    dictionary: &Dictionary,
) -> Vec<Mention> {
    let mut found = Vec::new();
    if block.is_code() || block.text.len() > 20_000 {
        return found;
    }
    let mut at = 0;
    for line in block.text.split('\n') {
        if let Some(list) = list_of(line) {
            for (part, offset) in parts(&line[list..]) {
                found.extend(listed(number, part, at + list + offset, "in a list of tools", dictionary));
            }
        }
        at += line.len() + 1;
    }
    let is_list_of_tools = block.kind == Kind::Item
        && heading.is_some_and(|heading| is_tools(heading.text.trim().trim_end_matches(':')));
    if is_list_of_tools && found.is_empty() {
        let end = block.text.find([':', '(', '–', '—', '\n', ',']).unwrap_or(block.text.len());
        let end = block.text[..end].find(" - ").unwrap_or(end);
        if let Some((part, offset)) = parts(&block.text[..end]).next() {
            found.extend(listed(number, part, offset, "under a heading of tools", dictionary));
        }
    }
    introduced(number, block, dictionary, &mut found);
    linked(number, block, dictionary, &mut found);
    found
}

/// Where a list begins in a line such as `Tools: a, b`.
fn list_of(line: &str) -> Option<usize> {
    let colon = line.find(':')?;
    (is_tools(line[..colon].trim()) && line[colon + 1..].starts_with([' ', '\t'])).then_some(colon + 1)
}

fn is_tools(label: &str) -> bool {
    let label = label.trim_matches(|mark: char| !mark.is_alphanumeric()).to_lowercase();
    let last = label.rsplit(' ').next().unwrap_or_default();
    label.len() <= 40
        && label.split(' ').count() <= 5
        && matches!(last, "tools" | "tool" | "tooling" | "technologies" | "stack")
}

/// Entries of a list with their places.
fn parts(list: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut at = 0;
    // An aside in brackets is none.
    let end = list.find(['(', '–', '—', '[']).unwrap_or(list.len());
    let list = &list[..end];
    list.split([',', ';', '/', '|']).flat_map(move |part| {
        let start = at;
        at += part.len() + 1;
        let mut pieces = Vec::new();
        let mut offset = start;
        for piece in part.split(" and ").flat_map(|piece| piece.split(" & ")) {
            let trimmed = piece.trim_start();
            let lead = piece.len() - trimmed.len();
            pieces.push((trimmed.trim_end_matches([' ', '.', '…', '*']), offset + lead));
            offset += piece.len() + " and ".len();
        }
        pieces
    })
}

fn listed(
    number: usize,
    part: &str,
    at: usize,
    why: &'static str,
    dictionary: &Dictionary,
) -> Option<Mention> {
    let part = part.strip_prefix("and ").unwrap_or(part).trim_matches(['*', '_', '`', '"', '“', '”']);
    let words = part.split_whitespace().count();
    if part.len() < 2 || part.len() > LONGEST || words > 3 || !part.contains(char::is_alphabetic) {
        return None;
    }
    if let Some(form) = dictionary.form(part) {
        let mut evidence = Evidence::new("in_list", why);
        if form.ambiguity == Ambiguity::Never {
            evidence.sum -= 1.5;
        }
        return Some(mention(number, at, Ok(form.tool), part, evidence));
    }
    if let Some(tool) = dictionary.misspelled(part) {
        let mut evidence = Evidence::new("in_list", why);
        evidence.sum -= 0.5;
        evidence.why.push("misspelled");
        return Some(mention(number, at, Ok(tool), part, evidence));
    }
    // A text of its own words: only what no everyday word is.
    let is_common = part.split_whitespace().all(|word| Lexicon::get().is_word(word));
    let mut evidence = Evidence::new("unknown", why);
    evidence.add("in_list", "");
    evidence.sum -= if is_common { 3.5 } else { 1.6 };
    (words <= 2 && evidence.sum > 0.0).then(|| mention(number, at, Err(named(part)), part, evidence))
}

fn mention(
    block: usize,
    at: usize,
    tool: Result<usize, String>,
    written: &str,
    evidence: Evidence,
) -> Mention {
    Mention { block, at, tool, written: written.to_owned(), ambiguity: Ambiguity::None, evidence }
}

/// A name as an index has it: with a capital, unless its capitals stand elsewhere.
fn named(part: &str) -> String {
    let mut letters = part.chars();
    match letters.next() {
        Some(first)
            if first.is_lowercase()
                && !part.contains(char::is_uppercase)
                && !part.contains(['-', '_', '.']) =>
        {
            first.to_uppercase().chain(letters).collect()
        }
        _ => part.to_owned(),
    }
}

/// Words before a name that say what it is.
const INTRODUCES: &[&str] = &[
    "tool called ",
    "tool named ",
    "tools called ",
    "tool, called ",
    "service called ",
    "application called ",
    "project called ",
    "framework called ",
    "library called ",
    "program called ",
    "system called ",
    "platform called ",
    "utility called ",
    "plugin called ",
    "script called ",
    "app called ",
    "software called ",
    "product called ",
    "bot called ",
    "engine called ",
    "service named ",
    "project named ",
    "framework named ",
    "tool for this called ",
    "known internally as ",
    "gem called ",
];

fn introduced(number: usize, block: &Block, dictionary: &Dictionary, found: &mut Vec<Mention>) {
    let text = block.text.as_str();
    if !text.contains(" called ") && !text.contains(" named ") && !text.contains(" as ") {
        return;
    }
    for words in INTRODUCES {
        for (at, _) in text.match_indices(words) {
            let start = at + words.len();
            let rest = text[start..].trim_start_matches(['"', '“', '‘', '*', '`']);
            let start = text.len() - rest.len();
            let end = rest
                .find(|letter: char| !(letter.is_alphanumeric() || "-_.+#".contains(letter)))
                .unwrap_or(rest.len());
            let name = rest[..end].trim_end_matches(['.', '-']);
            if name.len() < 2
                || dictionary.form(name).is_some()
                    && !dictionary.form(name).is_some_and(|form| form.ambiguity != Ambiguity::None)
            {
                continue;
            }
            let is_name = name.starts_with(char::is_uppercase) || block.marks_at(start).next().is_some();
            if !is_name || matches!(name, "The" | "A" | "An" | "This") {
                continue;
            }
            let mut evidence = Evidence::new("unknown", "called a tool");
            evidence.add("named_so", "");
            let tool = dictionary.form(name).map(|form| form.tool).ok_or_else(|| name.to_owned());
            found.push(mention(number, start, tool, name, evidence));
        }
    }
}

/// Links to repositories whose words are the repository's name.
fn linked(number: usize, block: &Block, dictionary: &Dictionary, found: &mut Vec<Mention>) {
    for (range, mark) in &block.marks {
        let Mark::Link(address) = mark else { continue };
        let Some(repository) = repository(address) else { continue };
        let written = block.text.get(range.clone()).unwrap_or_default().trim();
        let plain = |name: &str| -> String {
            name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        // A part or a plugin of something: `foreman_xen`, `docker-machine`.
        let is_part = written.contains('_')
            || written.contains(' ')
            || written.split('-').any(|part| dictionary.form(part).is_some());
        if is_part
            || written.len() < 3
            || plain(written) != plain(repository)
            || dictionary.form(written).is_some()
        {
            continue;
        }
        if dictionary.by_address(address).is_some() || Lexicon::get().is_word(written) {
            continue;
        }
        let mut evidence = Evidence::new("unknown", "link to its repository");
        evidence.add("link", "");
        evidence.sum -= 1.6;
        found.push(mention(number, range.start, Err(written.to_owned()), written, evidence));
    }
}

/// The name of the repository that an address leads to.
fn repository(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map(|(_, rest)| rest)?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let path = rest.strip_prefix("github.com/").or_else(|| rest.strip_prefix("gitlab.com/"))?;
    let mut steps = path.split(['?', '#']).next()?.trim_end_matches('/').split('/');
    let (_, name) = (steps.next()?, steps.next()?);
    steps.next().is_none().then_some(name)
}
