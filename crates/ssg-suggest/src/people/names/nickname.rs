//! Nicknames inside of names: `Dan "POP" Papandrea`, `Mengtao (Martin) Yuan`.

use crate::data::Lexicon;
use crate::text::Word;

/// Longest gap between two words that holds a nickname, in bytes.
const LONGEST: usize = 30;

/// The words of a text without nicknames; nothing where it has none.
pub(super) fn without_nicknames<'t>(text: &str, words: &[Word<'t>]) -> Option<Vec<Word<'t>>> {
    if !text.contains(['"', '“', '”', '\'', '‘', '(']) {
        return None;
    }
    let mut kept: Vec<Word<'t>> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        kept.push(words[at]);
        let is_nickname = words.get(at + 2).is_some_and(|after| {
            Lexicon::get().is_given(words[at].text)
                && after.is_capital()
                && is_nickname_gap(&text[words[at].end..after.start])
        });
        at += if is_nickname { 2 } else { 1 };
    }
    (kept.len() < words.len()).then_some(kept)
}

/// Whether two words have only one word in quotes or brackets between them.
pub(super) fn is_nickname_gap(gap: &str) -> bool {
    let Some(inner) = gap.strip_prefix(' ').and_then(|gap| gap.strip_suffix(' ')) else { return false };
    let is_open = |letter: char| matches!(letter, '"' | '“' | '”' | '\'' | '‘' | '„' | '(');
    let is_close = |letter: char| matches!(letter, '"' | '”' | '“' | '\'' | '’' | ')');
    let bare = inner.trim_start_matches(is_open).trim_end_matches(is_close);
    gap.len() <= LONGEST
        && bare.len() + 2 <= inner.len()
        && inner.starts_with(is_open)
        && inner.ends_with(is_close)
        && bare.chars().next().is_some_and(char::is_uppercase)
        && bare.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    #[test]
    fn one_word_in_quotes_is_a_nickname() {
        for (text, kept) in [
            ("Dan \"POP\" Papandrea", vec!["Dan", "Papandrea"]),
            ("Mark \"\"HotPy\"\" Shannon", vec!["Mark", "Shannon"]),
            ("Martin (Marty) Yuan", vec!["Martin", "Yuan"]),
        ] {
            let found = without_nicknames(text, &words(text)).expect("a nickname");
            assert_eq!(found.iter().map(|word| word.text).collect::<Vec<_>>(), kept, "{text}");
        }
        for text in
            ["Dan (of Docker) Papandrea", "Talk \"Rust\" Dan", "Dan said \"Hello\" Bob", "Ann, (Bob) Lee"]
        {
            assert!(without_nicknames(text, &words(text)).is_none(), "{text}");
        }
    }
}
