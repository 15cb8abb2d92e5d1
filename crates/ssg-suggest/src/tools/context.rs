//! What stands about a name that an everyday word may be.

mod trade;

use super::mention::near;
use crate::data::Lexicon;
use crate::text::{Block, Kind, words};
use crate::weights;
use trade::TRADE;

/// What is said of a whole block.
pub(super) struct About {
    /// Nearly all its words have capitals: they tell nothing.
    pub is_title_case: bool,
}

impl About {
    pub fn of(block: &Block) -> Self {
        if !matches!(block.kind, Kind::Heading(_) | Kind::Title) {
            return Self { is_title_case: false };
        }
        let words = words(&block.text);
        let long: Vec<_> = words.iter().filter(|word| word.text.len() > 3).collect();
        let capitals = long.iter().filter(|word| word.is_capital()).count();
        Self { is_title_case: long.len() >= 2 && capitals * 4 >= long.len() * 3 }
    }
}

/// Words behind which a name is one of a tool: `with puppet`.
const BEFORE: &[&str] = &[
    "with", "in", "using", "via", "on", "like", "as", "and", "or", "use", "used", "uses", "than", "through",
    "vs", "versus", "under", "of", "for", "to", "by", "into",
];

/// Words after which a small letter still is a tool: `puppet manifests`.
pub(super) struct Neighbours {
    pub weight: f64,
    pub why: Option<&'static str>,
}

/// What the words about a name say.
pub(super) fn neighbours(text: &str, start: usize, end: usize, written: &str) -> Neighbours {
    let (before, after) = near(text, start, end);
    let is_trade = |word: &&&str| {
        let lower = word.to_lowercase();
        TRADE.binary_search(&lower.as_str()).is_ok()
    };
    let mut weight = 0.0;
    let mut why = None;
    let near_words = before.iter().take(3).chain(after.iter().take(3)).filter(is_trade).count();
    if near_words > 0 {
        weight += weights::tool("neighbours") * if near_words > 1 { 1.5 } else { 1.0 };
        why = Some("among words of the trade");
    }
    let first_before = before.first().map(|word| word.to_lowercase()).unwrap_or_default();
    let is_lower = !written.chars().any(char::is_uppercase);
    if is_lower {
        // `the puppet`, `a chef`, `to go`: the thing, or a verb.
        if matches!(
            first_before.as_str(),
            "the"
                | "a"
                | "an"
                | "to"
                | "my"
                | "your"
                | "our"
                | "his"
                | "her"
                | "their"
                | "that"
                | "this"
                | "i"
                | "we"
                | "you"
                | "they"
        ) {
            weight += weights::tool("not_a_tool");
        } else if BEFORE.contains(&first_before.as_str()) {
            weight += 0.5;
        }
        let gap = text[..start].trim_end();
        if gap.ends_with([',', '/', '(', ':', '+', '&']) || text[end..].starts_with([',', '/', ')']) {
            weight += 0.6;
        }
    } else if is_name_beside(text, start, end) {
        weight += weights::tool("not_a_tool");
    }
    // `go to`, `rest of`: compounds such as `go-live`.
    if text[end..].starts_with('-') && is_lower {
        weight += weights::tool("not_a_tool") / 2.0;
    }
    Neighbours { weight, why }
}

/// Whether another word with a capital makes one name of both: `Julia Evans`, `Atlas Mountains`, `Nathan Salt`.
pub(super) fn is_name_beside(text: &str, start: usize, end: usize) -> bool {
    let lexicon = Lexicon::get();
    let (before, after) = near(text, start, end);
    let joins = |gap: &str| !gap.is_empty() && gap.chars().all(|letter| letter == ' ');
    let before_gap = &text[text[..start].trim_end_matches(' ').len()..start];
    let after_gap = &text[end..end + (text[end..].len() - text[end..].trim_start_matches(' ').len())];
    let is_part = |word: &str| {
        word.starts_with(char::is_uppercase)
            && !word.chars().skip(1).any(char::is_uppercase)
            && !lexicon.is_word(word)
    };
    let given_before =
        joins(before_gap) && before.first().is_some_and(|word| lexicon.is_given(word) && is_part(word));
    let surname_after = joins(after_gap)
        && lexicon.is_given(&text[start..end])
        && after.first().is_some_and(|word| is_part(word));
    let is_chef = joins(after_gap)
        && &text[start..end] == "Chef"
        && after.first().is_some_and(|word| is_part(word) && lexicon.nobody(&[word]) == 0);
    given_before || surname_after || is_chef
}

/// Names of other things that have a tool's name in them.
const OTHER_NAMES: &[&str] = &[
    "Salt Lake",
    "Flux Capacitor",
    "Rust Belt",
    "Vault Boy",
    "Consul General",
    "Atlas Mountains",
    "Phoenix Project",
    "Unicorn Project",
    "Taylor Swift",
    "Monty Python",
    "Helm's Deep",
    "Ruby Tuesday",
    "Puppet Show",
    "aptly named",
];

/// Whether a place is in the name of something else: `Salt Lake City`.
pub(super) fn is_of_other_name(text: &str, start: usize, end: usize) -> bool {
    let word = &text[start..end];
    OTHER_NAMES.iter().filter(|name| name.contains(word)).any(|name| {
        name.match_indices(word).any(|(at, _)| {
            start.checked_sub(at).is_some_and(|from| {
                text.get(from..from + name.len()).is_some_and(|there| there.eq_ignore_ascii_case(name))
            })
        })
    })
}

/// Whether a sentence, a line or a quotation begins at a place.
pub(super) fn is_start(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '"', '“', '(', '*', '\'', '‘', '[']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '\n', '•', '…'])
}

/// Whether people are said to work there: `evangelist at Docker`, `John from Puppet`, `sponsored by Chef`.
pub(super) fn is_employer(text: &str, start: usize, end: usize) -> bool {
    let (before, after) = near(text, start, end);
    let word = |index: usize| before.get(index).map(|word| word.to_lowercase()).unwrap_or_default();
    let before_that = before.get(1).copied().unwrap_or_default();
    let role = |word: &str| {
        matches!(
            word,
            "engineer"
                | "evangelist"
                | "advocate"
                | "ceo"
                | "cto"
                | "vp"
                | "founder"
                | "co-founder"
                | "cofounder"
                | "developer"
                | "manager"
                | "director"
                | "folks"
                | "guys"
                | "people"
                | "architect"
                | "works"
                | "worked"
                | "working"
                | "work"
                | "employee"
                | "employees"
                | "consultant"
                | "joined"
                | "lead"
                | "sre"
                | "president"
        )
    };
    let is_person = Lexicon::get().is_surname(before_that) || Lexicon::get().is_given(before_that);
    let by_word = match word(0).as_str() {
        "at" | "from" | "of" => role(&word(1)) || (is_person && word(0) != "of"),
        "by" => word(1).starts_with("sponsor"),
        "for" => word(1).starts_with("work"),
        "sponsors" | "sponsor" => true,
        _ => false,
    };
    let next = after.first().map(|word| word.to_lowercase()).unwrap_or_default();
    by_word
        || matches!(
            next.as_str(),
            "inc"
                | "labs"
                | "office"
                | "offices"
                | "employee"
                | "employees"
                | "ceo"
                | "cto"
                | "sponsored"
                | "hq"
        )
}
