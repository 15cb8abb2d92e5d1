//! Names behind a word for speakers, in scripts that part no words.

use super::{Named, Sort};
use crate::people::own::is_ideograph;

/// Words before names in scripts that part no words.
const LABELS: &[&str] = &[
    "講者",
    "讲者",
    "演講者",
    "演讲者",
    "主講人",
    "主讲人",
    "講師",
    "讲师",
    "登壇者",
    "発表者",
    "スピーカー",
    "발표자",
    "연사",
    "강연자",
];

/// What may stand between such a word and the mark before a name: `講者介紹 About Speaker - 王小明`.
const INTRODUCED: &[&str] = &["介紹", "介绍", "簡介", "简介", "紹介", "소개"];

/// `講者：王小明、李娜`
pub(super) fn labelled(text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    if text.is_ascii() {
        return found;
    }
    for label in LABELS {
        for (at, _) in text.match_indices(label).take(50) {
            let Some(rest) = behind_label(&text[at + label.len()..]) else { continue };
            let line = rest.split(['\n', '（', '(']).next().unwrap_or_default();
            let mut start = text.len() - rest.len();
            for part in line.split_inclusive(['、', '，', ',', '/', '&']) {
                let begin = start + (part.len() - part.trim_start().len());
                start += part.len();
                let name = part.trim_start();
                let end =
                    name.find(|letter: char| !(is_ideograph(letter) || letter == '・')).unwrap_or(name.len());
                let (name, behind) = name.split_at(end);
                let is_whole = behind.trim_start().chars().next().is_none_or(|next| !next.is_alphabetic());
                if (2..=12).contains(&name.chars().count()) && is_whole {
                    found.push(Named {
                        start: begin,
                        end: begin + name.len(),
                        full_end: begin + name.len(),
                        name: name.to_owned(),
                        possessive: false,
                        sort: Sort { given: true, labelled: true, ..Sort::default() },
                    });
                }
            }
        }
    }
    found
}

/// What stands behind a word for speakers and the mark that follows it.
fn behind_label(rest: &str) -> Option<&str> {
    let rest = rest.trim_start();
    let rest = INTRODUCED.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
    let is_latin = |letter: char| letter.is_ascii_alphabetic() || letter == ' ';
    rest.trim_start_matches(is_latin).strip_prefix(['：', ':', '-', '–', '—'])
}
