//! Names of tools with a slip in them: `Kuberentes`.

use super::mention::Mention;
use super::{Evidence, is_said};
use crate::data::Lexicon;
use crate::dictionary::{Ambiguity, Dictionary};
use crate::text::{Block, words};

/// Tools that a block names with a slip.
pub(super) fn of_block(number: usize, block: &Block, dictionary: &Dictionary) -> Vec<Mention> {
    let mut found = Vec::new();
    if !is_said(&block.kind) {
        return found;
    }
    let lexicon = Lexicon::get();
    for word in words(&block.text) {
        let is_candidate = word.text.len() >= 7 && word.text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_candidate
            || lexicon.is_word(word.text)
            || lexicon.is_given(word.text)
            || lexicon.is_surname(word.text)
        {
            continue;
        }
        if lexicon.nobody(&[word.text]) > 0 {
            continue;
        }
        let Some(tool) = dictionary.misspelled(word.text) else { continue };
        let mut evidence = Evidence::new("misspelled", "misspelled");
        if !word.is_capital() {
            evidence.sum -= 0.8;
        }
        found.push(Mention {
            block: number,
            at: word.start,
            tool: Ok(tool),
            written: word.text.to_owned(),
            ambiguity: Ambiguity::Word,
            evidence,
        });
    }
    found
}
