//! The tools of the trade: `data/tools.toml`, and those of the site.

#![expect(clippy::disallowed_types, reason = "what the program brings along has no other input")]

use crate::data::folded;
use crate::known::KnownName;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use foldhash::{HashMap, HashMapExt};
use serde::Deserialize;
use std::sync::LazyLock;

/// How far a name is one of a tool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ambiguity {
    /// It is nothing else.
    #[default]
    None,
    /// It counts only as it is written in the list.
    Case,
    /// It is an everyday word or name as well.
    Word,
    /// Mostly it is something else.
    Strong,
    /// Most texts name it in passing.
    General,
    /// It is found only in lists of tools.
    Never,
}

/// A tool of the trade.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tool {
    /// As the site's index shall have it.
    pub name: String,
    /// Last part of its path: the key in the list.
    #[serde(skip)]
    pub slug: String,
    /// Other spellings, and parts by which it is known.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names that it had.
    #[serde(default)]
    pub former: Vec<String>,
    /// As it is found written.
    #[serde(default)]
    pub misspelled: Vec<String>,
    /// Where it is at home.
    #[serde(default)]
    pub homepage: String,
    /// What it is for: `configuration`.
    #[serde(skip)]
    pub kind: String,
    /// Year of its first release.
    #[serde(default)]
    pub since: u16,
    /// How far the name is its own.
    #[serde(default)]
    pub ambiguity: Ambiguity,
}

static TOOLS: LazyLock<Vec<Tool>> = LazyLock::new(|| {
    let kinds: toml::Table = toml::from_str(include_str!("../data/tools.toml")).unwrap_or_default();
    let mut tools = Vec::new();
    for (kind, listed) in kinds {
        let listed: HashMap<String, Tool> = listed.try_into().unwrap_or_default();
        tools.extend(listed.into_iter().map(|(slug, tool)| Tool { slug, kind: kind.clone(), ..tool }));
    }
    tools.sort_by(|one, other| one.slug.cmp(&other.slug));
    tools
});

/// The tools that the program knows, by their slugs.
#[must_use]
pub fn tools() -> &'static [Tool] {
    &TOOLS
}

/// How a spelling stands to the tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// Its name.
    Name,
    /// Another one.
    Alias,
    /// A name that it had.
    Former,
    /// A slip.
    Misspelled,
}

/// A spelling that is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    pub text: String,
    /// The tool's number in [`Dictionary::tools`].
    pub tool: usize,
    pub spelling: Spelling,
    pub ambiguity: Ambiguity,
}

/// All that is looked for.
pub(crate) struct Dictionary {
    pub tools: Vec<Tool>,
    pub forms: Vec<Form>,
    finder: Option<AhoCorasick>,
    /// Forms by their text in small letters.
    by_text: HashMap<String, usize>,
    /// Hosts and repositories that are a tool's own.
    by_address: HashMap<String, usize>,
    /// Long names with one letter left out.
    by_deletion: HashMap<String, usize>,
}

/// Shorter names are too near to others to be told when misspelled.
const SHORTEST_MISSPELLED: usize = 7;

impl Dictionary {
    /// The program's list, in which tools of the site have the names that the site gives them.
    pub fn new(site: &[KnownName]) -> Self {
        let mut tools: Vec<Tool> = tools().to_vec();
        let mut known: HashMap<String, usize> = HashMap::new();
        for (index, tool) in tools.iter().enumerate() {
            let spellings = tool.aliases.iter().chain(&tool.former);
            known.insert(folded(&tool.name), index);
            for spelling in spellings {
                known.entry(folded(spelling)).or_insert(index);
            }
        }
        for own in site {
            match known.get(&folded(&own.name)) {
                Some(index) => {
                    let tool = &mut tools[*index];
                    let former_name = std::mem::replace(&mut tool.name, own.name.clone());
                    tool.aliases.push(former_name);
                    tool.aliases.extend(own.others.iter().cloned());
                }
                None => tools.push(Tool {
                    name: own.name.clone(),
                    aliases: own.others.clone(),
                    ambiguity: if is_common(&own.name) { Ambiguity::Word } else { Ambiguity::None },
                    ..Tool::default()
                }),
            }
        }
        Self::of(tools)
    }

    fn of(tools: Vec<Tool>) -> Self {
        let mut forms: Vec<Form> = Vec::new();
        let mut by_text = HashMap::new();
        let by_address = addresses(&tools);
        for (index, tool) in tools.iter().enumerate() {
            let named = std::iter::once((&tool.name, Spelling::Name))
                .chain(tool.aliases.iter().map(|text| (text, Spelling::Alias)))
                .chain(tool.former.iter().map(|text| (text, Spelling::Former)))
                .chain(tool.misspelled.iter().map(|text| (text, Spelling::Misspelled)));
            for (text, spelling) in named {
                let key = text.to_lowercase();
                if text.is_empty() || by_text.contains_key(&key) {
                    continue;
                }
                by_text.insert(key, forms.len());
                let ambiguity = ambiguity_of(tool, text);
                forms.push(Form { text: text.clone(), tool: index, spelling, ambiguity });
            }
        }
        let finder = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(forms.iter().map(|form| form.text.as_str()))
            .ok();
        let by_deletion = deletions(&forms);
        Self { tools, forms, finder, by_text, by_address, by_deletion }
    }

    /// Spellings in a text, with their places; whether they stand alone there is for the caller to see.
    pub fn find<'d>(&'d self, text: &'d str) -> impl Iterator<Item = (usize, usize, usize)> + 'd {
        let found = self.finder.iter().flat_map(move |finder| finder.find_iter(text));
        found.map(|hit| (hit.pattern().as_usize(), hit.start(), hit.end()))
    }

    /// The spelling that a whole text is.
    pub fn form(&self, text: &str) -> Option<&Form> {
        self.by_text.get(&text.to_lowercase()).map(|index| &self.forms[*index])
    }

    /// The tool whose site or repository an address leads to.
    pub fn by_address(&self, address: &str) -> Option<usize> {
        let key = address_key(address, 1)?;
        let long = address_key(address, 2).and_then(|key| self.by_address.get(&key));
        long.or_else(|| self.by_address.get(&key)).copied().or_else(|| {
            let host = key.split('/').next()?;
            if matches!(host, "github.com" | "gitlab.com") {
                let form = self.by_text.get(key.rsplit('/').next()?).map(|form| &self.forms[*form])?;
                let is_its = form.spelling == Spelling::Name && form.text.len() >= 4;
                return (is_its && form.ambiguity != Ambiguity::Strong).then_some(form.tool);
            }
            let host_of_many = matches!(
                host,
                "github.com"
                    | "gitlab.com"
                    | "bitbucket.org"
                    | "www.apache.org"
                    | "aws.amazon.com"
                    | "cloud.google.com"
                    | "learn.microsoft.com"
                    | "azure.microsoft.com"
                    | "docs.openstack.org"
                    | "www.redhat.com"
                    | "www.ibm.com"
                    | "www.atlassian.com"
                    | "www.microsoft.com"
                    | "grafana.com"
            );
            (!host_of_many).then(|| self.by_address.get(host).copied()).flatten()
        })
    }

    /// The tool that a word is a slip of: one letter is missing, too many, another one or in its neighbour's place.
    pub fn misspelled(&self, word: &str) -> Option<usize> {
        let length = word.chars().count();
        if !(SHORTEST_MISSPELLED..=24).contains(&length) {
            return None;
        }
        let lower = word.to_lowercase();
        if self.by_text.contains_key(&lower) {
            return None;
        }
        let found = self.by_deletion.get(&lower).or_else(|| {
            without_one(&lower).find_map(|part| {
                let by_text = self.by_text.get(&part).filter(|form| is_long(&self.forms[**form]));
                by_text.or_else(|| self.by_deletion.get(&part))
            })
        });
        let form = &self.forms[*found?];
        // A plural is no slip, nor is another beginning.
        let is_plural = lower.strip_suffix('s').is_some_and(|stem| stem == form.text.to_lowercase());
        let begins_alike = lower.chars().next() == form.text.to_lowercase().chars().next();
        (begins_alike && !is_plural).then_some(form.tool)
    }
}

fn is_common(name: &str) -> bool {
    crate::data::Lexicon::get().is_word(name)
}

/// How far a spelling is the tool's own: an alias of several words, or with capitals inside, is nothing else.
fn ambiguity_of(tool: &Tool, text: &str) -> Ambiguity {
    if text == tool.name || matches!(tool.ambiguity, Ambiguity::Never) {
        return tool.ambiguity;
    }
    let inner_capital = text.chars().skip(1).any(char::is_uppercase) && text.chars().any(char::is_lowercase);
    let is_plain = !text.contains([' ', '-', '.', '/', '_']) && !inner_capital;
    if !is_plain {
        return match tool.ambiguity {
            Ambiguity::General => Ambiguity::General,
            _ => Ambiguity::None,
        };
    }
    if text.chars().all(|letter| letter.is_uppercase() || letter.is_ascii_digit()) && text.len() <= 4 {
        return Ambiguity::Case;
    }
    if tool.ambiguity == Ambiguity::Strong && !is_common(text) {
        return Ambiguity::Word;
    }
    tool.ambiguity
}

fn is_long(form: &Form) -> bool {
    form.text.chars().count() >= SHORTEST_MISSPELLED
        && !form.text.contains(' ')
        && form.ambiguity == Ambiguity::None
        && form.spelling != Spelling::Misspelled
}

fn deletions(forms: &[Form]) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    for (index, form) in forms.iter().enumerate().filter(|(_, form)| is_long(form)) {
        for part in without_one(&form.text.to_lowercase()) {
            found.entry(part).or_insert(index);
        }
    }
    found
}

/// A word without its second, its third, … letter.
fn without_one(word: &str) -> impl Iterator<Item = String> {
    word.char_indices()
        .skip(1)
        .map(move |(at, letter)| format!("{}{}", &word[..at], &word[at + letter.len_utf8()..]))
}

/// Tools by what of their addresses tells them: a folder that several share tells none, unless the next one does.
fn addresses(tools: &[Tool]) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for key in tools.iter().filter_map(|tool| address_key(&tool.homepage, 1)) {
        *counts.entry(key).or_default() += 1;
    }
    let mut found = HashMap::new();
    for (index, tool) in tools.iter().enumerate() {
        let Some(key) = address_key(&tool.homepage, 1) else { continue };
        let is_shared = key.contains('/') && counts.get(&key).is_some_and(|count| *count > 1);
        let key = if is_shared { address_key(&tool.homepage, 2).unwrap_or(key) } else { key };
        found.entry(key).or_insert(index);
    }
    found
}

/// What of an address tells whose it is: the host with so many folders, of forges with the repository.
fn address_key(address: &str, folders: usize) -> Option<String> {
    let rest = address.split_once("://").map(|(_, rest)| rest)?;
    let rest = rest.split(['?', '#']).next()?.trim_end_matches('/');
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).take(2).collect();
    let is_forge = matches!(host, "github.com" | "gitlab.com" | "bitbucket.org");
    match (is_forge, steps.len()) {
        (true, 2..) => Some(format!("{host}/{}", steps.join("/").trim_end_matches(".git")).to_lowercase()),
        (true, 1) => None,
        (_, 0) => Some(host.to_owned()),
        _ => Some(format!("{host}/{}", steps[..steps.len().min(folders)].join("/")).to_lowercase()),
    }
}
