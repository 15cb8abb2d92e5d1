//! Words that are names of people in the same text: `Quay`, where Ann Quay speaks.

use super::context::is_name_beside;
use super::mention::Mention;
use crate::data::Lexicon;
use crate::dictionary::Dictionary;
use crate::people::People;
use crate::text::Text;
use crate::weights;
use foldhash::HashSet;

/// Whose names are known.
pub(crate) struct Named<'n> {
    /// People whom the header of the text names.
    pub header: &'n [&'n str],
    /// People of the site.
    pub own: &'n People,
}

/// Takes mentions away that are within somebody's name, and weakens those that are as somebody is called: people of the
/// header, people of the site whom the text names, and those whom it names by a given name and such a word.
pub(super) fn weaken(mentions: &mut Vec<Mention>, text: &Text, dictionary: &Dictionary, people: &Named<'_>) {
    let parts = |name: &str| name.split_whitespace().skip(1).map(str::to_owned).collect::<Vec<_>>();
    let mut names: HashSet<String> = people.header.iter().flat_map(|name| parts(name)).collect();
    if mentions.iter().any(|mention| people.own.has_surname(&mention.written)) {
        let blocks = text.blocks.iter().filter(|block| !block.is_code());
        names.extend(blocks.flat_map(|block| people.own.find(&block.text)).flat_map(|own| parts(&own.name)));
    }
    let is_inside = |mention: &Mention| {
        let block = &text.blocks[mention.block];
        let end = mention.at + mention.written.len();
        !block.is_code()
            && is_one_name(&mention.written)
            && (mention.is_doubtful() || Lexicon::get().is_surname(&mention.written))
            && block.text.get(mention.at..end) == Some(&mention.written)
            && is_beside(&block.text, mention.at, end, dictionary)
    };
    mentions.retain(|mention| {
        let is_inside = is_inside(mention);
        if is_inside {
            names.insert(mention.written.clone());
        }
        !is_inside
    });
    for mention in mentions.iter_mut().filter(|mention| names.contains(&mention.written)) {
        mention.evidence.sum += 1.4 * weights::tool("not_a_tool");
        mention.evidence.why.push("perhaps a person");
    }
}

/// Whether a word may be a surname: one word with one capital.
fn is_one_name(written: &str) -> bool {
    let mut letters = written.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().count() >= 2
        && letters.all(char::is_lowercase)
}

/// Whether a given name that is no tool and no other word stands before.
fn is_beside(text: &str, start: usize, end: usize, dictionary: &Dictionary) -> bool {
    if !is_name_beside(text, start, end) {
        return false;
    }
    let before = text[..start].trim_end_matches(' ');
    let from = before.rfind(|letter: char| !(letter.is_alphanumeric() || letter == '-'));
    let from = from.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let given = &before[from..];
    before.len() < start && Lexicon::get().is_given(given) && dictionary.form(given).is_none()
}
