//! Terms of a large taxonomy by their first letters.
//!
//! A taxonomy of thousands of people is no list that anybody reads, nor a page that a phone should load. Where a
//! language has more terms than `part_above` says, its index shows those that are mentioned most, and a list for each
//! letter has all. People stand under their family names, as far as those can be told: the last word of a name that is
//! written with spaces. All parts are made in one walk, when the first of them is asked for.

use super::{Facets, SiteFacet};
use crate::keys::TermKey;
use serde::Serialize;
use ssg_engine::Held;
use ssg_parse::{LangId, slugify};
use ssg_source::hash::HashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How many terms the index of a taxonomy shows that has parts.
const FREQUENT: usize = 100;

/// A part of a taxonomy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermPart {
    /// Part of its path: `a`, `0-9`, `han`.
    pub slug: Arc<str>,
    /// What it is called: `A`, `0–9`, `漢字`.
    pub label: String,
}

/// The parts of a taxonomy in a language, in order; there are none where its index has all terms.
#[derive(Clone, Debug, Default, Serialize)]
pub struct TermParts(pub Vec<TermPart>);

/// The terms of a part of a taxonomy in a language, in the order that they are listed in. The part without a name
/// ([`TermsOfPart::FREQUENT`]) has those that are mentioned most, the most mentioned first.
#[derive(Clone, Debug, Serialize)]
pub struct TermsOfPart(pub Vec<TermKey>);

impl TermsOfPart {
    /// The part of the terms that are mentioned most.
    pub const FREQUENT: &str = "";
}

/// The parts of all taxonomies in all languages.
#[derive(Debug, Default)]
pub(super) struct AllTermParts {
    parts: HashMap<(Arc<str>, LangId), TermParts>,
    terms: HashMap<(Arc<str>, LangId, Arc<str>), Vec<TermKey>>,
}

impl AllTermParts {
    pub(super) fn of(facets: &Facets) -> Self {
        let mut all = Self::default();
        for (index, taxonomy) in facets.site.taxonomies.iter().enumerate() {
            for language in facets.language_ids() {
                all.add(facets, index, &taxonomy.name.as_str().into(), language);
            }
        }
        all
    }

    fn add(&mut self, facets: &Facets, index: usize, name: &Arc<str>, language: LangId) {
        let site = &facets.site;
        let mut ids = site.terms_in(index, language);
        ids.retain(|id| !site.is_unlisted_term(*id, language));
        if ids.len() <= site.taxonomies[index].part_above {
            return;
        }
        let is_of_people = &**name == "speakers";
        let mut parts: BTreeMap<Letter, Vec<(String, String, TermKey)>> = BTreeMap::new();
        let mut frequent: Vec<(Reverse<usize>, usize, TermKey)> = Vec::with_capacity(ids.len());
        for (place, id) in ids.into_iter().enumerate() {
            let term = site.term_in(id, language);
            let key = facets.term_key(id);
            let sorted_by = if is_of_people { family_name(term.name) } else { term.name };
            let entry = (folded(sorted_by), folded(term.name), key);
            parts.entry(Letter::of(sorted_by)).or_default().push(entry);
            frequent.push((Reverse(term.pages.len()), place, key));
        }
        frequent.sort_unstable_by_key(|(count, place, _)| (*count, *place));
        let frequent = frequent.into_iter().take(FREQUENT).map(|(.., key)| key).collect();
        self.terms.insert((name.clone(), language, TermsOfPart::FREQUENT.into()), frequent);
        let mut list = Vec::with_capacity(parts.len());
        for (letter, mut terms) in parts {
            // Equal names keep the order of the taxonomy.
            terms.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
            let (slug, label) = letter.shown();
            list.push(TermPart { slug: slug.clone(), label });
            let keys = terms.into_iter().map(|(.., key)| key).collect();
            self.terms.insert((name.clone(), language, slug), keys);
        }
        self.parts.insert((name.clone(), language), TermParts(list));
    }
}

/// The word that a person is found by: the last one of a name in letters that have words, without what follows a
/// comma; all of it in others.
fn family_name(name: &str) -> &str {
    let name = name.split(',').next().unwrap_or(name).trim();
    let is_word = |word: &&str| {
        !matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV" | "PhD" | "MD")
            && word.chars().any(char::is_alphanumeric)
            && !word.starts_with(['(', '"', '“', '\''])
    };
    name.split_whitespace().rev().find(is_word).unwrap_or(name)
}

/// A text as it is sorted: without accents and capitals.
fn folded(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// What a part has in common, in the order of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Letter {
    Digits,
    /// A letter of the Latin script, without accents.
    Latin(char),
    /// One of another script that has letters.
    Other(char),
    Kana,
    Hangul,
    Han,
    /// Nothing that could be sorted.
    None,
}

impl Letter {
    fn of(name: &str) -> Self {
        let Some(first) = name.nfd().find(|c| c.is_alphanumeric()) else { return Self::None };
        match first {
            c if c.is_numeric() => Self::Digits,
            c if c.is_ascii_alphabetic() => Self::Latin(c.to_ascii_uppercase()),
            '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' => Self::Kana,
            '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{ac00}'..='\u{d7af}' => Self::Hangul,
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Self::Han,
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
                let plain = slugify(&first.to_string()).chars().next();
                plain
                    .filter(char::is_ascii_alphabetic)
                    .map_or(Self::None, |c| Self::Latin(c.to_ascii_uppercase()))
            }
            c => Self::Other(c.to_uppercase().next().unwrap_or(c)),
        }
    }

    /// Part of a path, and a label.
    fn shown(self) -> (Arc<str>, String) {
        match self {
            Self::Digits => ("0-9".into(), "0–9".to_owned()),
            Self::Latin(c) => (c.to_ascii_lowercase().to_string().into(), c.to_string()),
            Self::Other(c) => (format!("u{:x}", u32::from(c)).into(), c.to_string()),
            Self::Kana => ("kana".into(), "かな".to_owned()),
            Self::Hangul => ("hangul".into(), "한글".to_owned()),
            Self::Han => ("han".into(), "漢字".to_owned()),
            Self::None => ("other".into(), "#".to_owned()),
        }
    }
}

impl SiteFacet for TermParts {
    type Key = (Arc<str>, LangId);

    fn make(facets: &Facets, key: &Self::Key) -> Option<Held<Self>> {
        Some(Held::new(facets.term_parts().parts.get(key).cloned().unwrap_or_default()))
    }
}

impl SiteFacet for TermsOfPart {
    type Key = (Arc<str>, LangId, Arc<str>);

    fn make(facets: &Facets, key: &Self::Key) -> Option<Held<Self>> {
        Some(Held::new(Self(facets.term_parts().terms.get(key)?.clone())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_names() {
        for (name, slug, label) in [
            ("Adams", "a", "A"),
            ("Émile", "e", "E"),
            ("Øre", "o", "O"),
            ("ßeta", "s", "S"),
            ("Łukasz", "l", "L"),
            ("“quoted”", "q", "Q"),
            ("2nd", "0-9", "0–9"),
            ("Яна", "u42f", "Я"),
            ("Ωmega", "u3a9", "Ω"),
            ("しずか", "kana", "かな"),
            ("김", "hangul", "한글"),
            ("王伟", "han", "漢字"),
            ("…", "other", "#"),
            ("", "other", "#"),
        ] {
            let (found, shown) = Letter::of(name).shown();
            assert_eq!((&*found, shown.as_str()), (slug, label), "{name}");
        }
        assert!(Letter::Digits < Letter::Latin('A') && Letter::Latin('Z') < Letter::Other('Я'));
    }

    #[test]
    fn people_stand_under_their_family_names() {
        for (name, family) in [
            ("Ada Lovelace", "Lovelace"),
            ("Jean-Luc van Damme", "Damme"),
            ("Sammy Davis Jr.", "Davis"),
            ("Jo Dock, PhD", "Dock"),
            ("Bo Quay (Acme)", "Quay"),
            ("王伟", "王伟"),
            ("Madonna", "Madonna"),
            ("", ""),
        ] {
            assert_eq!(family_name(name), family, "{name}");
        }
    }
}
