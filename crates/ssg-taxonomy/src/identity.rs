//! Which spellings of a name mean the same.
//!
//! Alike are spellings that differ in case, width (Unicode's compatibility forms), accents of Latin and Greek letters,
//! and in punctuation that carries nothing: spaces, hyphens, dots, quotation marks and the like part words, and no more.
//! What cannot be seen within a word is not there at all.
//! Signs that carry something stay (`C++` is not `C`, `A&B` not `A+B`), and so does every letter of another script: a
//! transliteration is no identity, since 张伟 and 章薇 have one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What is equal for all spellings of a name. A name of nothing but empty punctuation is equal to itself.
#[must_use]
pub fn identity(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut gap = false;
    // Compatibility would make letters of these marks.
    let is_mark = |character: &char| matches!(character, '™' | '®' | '©' | '℠');
    let seen = name.chars().filter(|character| !is_mark(character) && !is_unseen(*character));
    for character in seen.nfkc() {
        match class(character) {
            Class::Gap => gap = true,
            Class::Sign => {
                // Spaces beside a sign are taste: `R & D`.
                gap = false;
                folded.push(character);
            }
            Class::Letter => {
                let is_after_sign = folded.chars().next_back().is_none_or(|last| class(last) == Class::Sign);
                if gap && !is_after_sign {
                    folded.push('-');
                }
                gap = false;
                push_letter(character, &mut folded);
            }
        }
    }
    if folded.is_empty() { name.trim().nfc().collect() } else { folded }
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    /// Punctuation that carries nothing, and what cannot be seen.
    Gap,
    /// What tells names apart.
    Sign,
    Letter,
}

fn class(character: char) -> Class {
    match character {
        '+' | '#' | '&' | '@' | '%' | '$' | '=' | '*' | '<' | '>' | '~' | '^' | '|' => Class::Sign,
        _ if character.is_ascii() => {
            if character.is_ascii_alphanumeric() {
                Class::Letter
            } else {
                Class::Gap
            }
        }
        _ if is_gap(character) || character.is_whitespace() || character.is_control() => Class::Gap,
        _ => Class::Letter,
    }
}

/// What shows nothing ([Default_Ignorable_Code_Point](https://www.unicode.org/reports/tr44/)): soft hyphens, marks of width or
/// direction, selectors of variants, tags. The non-joiner parts letters that are seen apart, in Persian for one, and is a gap.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200d}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Dashes, quotation marks and the like.
fn is_gap(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{a1}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
        | '\u{2000}'..='\u{206f}' | '\u{2e00}'..='\u{2e7f}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301f}' | '\u{30fb}' | '\u{ff65}')
}

/// Appends a letter without case, and without accents where those are no part of the letter.
fn push_letter(character: char, folded: &mut String) {
    if character.is_ascii() {
        folded.push(character.to_ascii_lowercase());
    } else if is_latin(character) {
        let plain = deunicode::deunicode_char(character).filter(|plain| !plain.is_empty());
        match plain {
            Some(plain) => folded.push_str(&plain.to_ascii_lowercase()),
            None => folded.extend(character.to_lowercase()),
        }
    } else if is_greek(character) {
        let letters = std::iter::once(character).nfd().filter(|part| !is_combining_mark(*part));
        // A word's last sigma is a sigma.
        folded.extend(
            letters.flat_map(char::to_lowercase).map(|letter| if letter == 'ς' { 'σ' } else { letter }),
        );
    } else {
        folded.extend(character.to_lowercase());
    }
}

fn is_latin(character: char) -> bool {
    matches!(character, '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}'
        | '\u{a720}'..='\u{a7ff}') && !matches!(character, '×' | '÷')
        // What is left of an accent that no single letter has.
        || matches!(character, '\u{300}'..='\u{36f}')
}

fn is_greek(character: char) -> bool {
    matches!(character, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_width_and_empty_punctuation_are_no_difference() {
        for (one, other) in [
            ("Chef", "CHEF"),
            ("Docker Compose", "docker-compose"),
            ("José Niño", "Jose Nino"),
            ("Jose\u{301}", "JOSÉ"),
            ("Bjørn Łukasz", "Bjorn Lukasz"),
            ("Straße", "STRASSE"),
            ("Ｐｕｐｐｅｔ", "puppet"),
            ("ﬁlebeat", "Filebeat"),
            ("Node.js", "node js"),
            ("CI/CD", "ci-cd"),
            ("R & D", "r&d"),
            ("Yahoo!", "yahoo"),
            ("O’Reilly", "O'Reilly"),
            ("Αθήνα", "ΑΘΗΝΑ"),
            ("Νίκος", "ΝΙΚΟΣ"),
            ("  Helm ", "helm"),
            ("Puppet™", "Puppet"),
            ("カ\u{3099}", "ガ"),
            ("Ro\u{ad}bin Quay", "Robin Quay"),
            ("Robin\u{200b} Qu\u{2060}ay\u{feff}", "Robin Quay"),
            ("\u{202e}Robin\u{200d} Quay\u{fe0f}\u{34f}", "robin-quay"),
            ("ﾊﾟﾍﾟｯﾄ", "パペット"),
        ] {
            assert_eq!(identity(one), identity(other), "{one} {other}");
        }
    }

    #[test]
    fn what_is_more_than_that_is_a_difference() {
        for (one, other) in [
            ("张伟", "章薇"),
            ("时间", "事件"),
            ("A&B", "A+B"),
            ("C", "C++"),
            ("C#", "C++"),
            ("F#", "F"),
            ("Иван", "Ivan"),
            ("は", "ば"),
            ("कि", "कु"),
            ("Docker Compose", "DockerCompose"),
            ("佐藤", "左藤"),
            ("김", "金"),
            ("🐳", "🐙"),
            ("10%", "10"),
        ] {
            assert_ne!(identity(one), identity(other), "{one} {other}");
        }
        assert_eq!(identity(" – "), "–");
        assert_eq!(identity("C++"), "c++");
    }
}
