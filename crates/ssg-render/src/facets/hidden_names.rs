//! The names that nobody may publish, as they are looked for in texts and paths: all at once, in any spelling.

use crate::snapshot::SiteSnapshot;
use aho_corasick::AhoCorasick;
use ssg_engine::Held;
use ssg_parse::slugify;
use ssg_source::Span;
use ssg_taxonomy::facets::HiddenPeople;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Between the words of a text, none of which has it.
const GAP: char = '\u{1}';

/// Everybody who is not to be published, to be looked for all at once.
#[derive(Debug, Default)]
pub(crate) struct Names {
    names: Vec<String>,
    /// Finds names as slugs of their words.
    by_words: Option<AhoCorasick>,
    /// For each of its patterns the name, and how many words it has.
    words: Vec<(usize, usize)>,
    /// Finds names in scripts that put no spaces between words.
    by_letters: Option<AhoCorasick>,
    /// For each of its patterns the name.
    letters: Vec<usize>,
}

impl Names {
    pub(crate) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let names: Vec<String> = names.map(str::to_owned).collect();
        let (mut words, mut letters, mut of_words, mut of_letters) = (vec![], vec![], vec![], vec![]);
        for (number, name) in names.iter().enumerate() {
            if !name.is_empty() && name.chars().all(|c| !c.is_ascii()) {
                of_letters.push(name.as_str());
                letters.push(number);
            }
            let slug = slugify(name);
            let parts: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).collect();
            if !parts.is_empty() {
                of_words.push(joined(parts.iter().copied()));
                words.push((number, parts.len()));
            }
        }
        // It fails only for more patterns than a configuration can hold.
        let by_words = (!words.is_empty()).then(|| AhoCorasick::new(of_words).ok()).flatten();
        let by_letters = (!letters.is_empty()).then(|| AhoCorasick::new(of_letters).ok()).flatten();
        Self { names, by_words, words, by_letters, letters }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Where a text has a name, for each that it has: word for word without case and accents, or letter for
    /// letter for scripts that put no spaces between words.
    fn mentions(&self, text: &str) -> BTreeMap<usize, Vec<Span>> {
        let mut found: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        if let Some(finder) = &self.by_letters {
            for one in finder.find_overlapping_iter(text) {
                if let Some(name) = self.letters.get(one.pattern().as_usize()) {
                    found.entry(*name).or_default().push(Span::new(one.start(), one.end()));
                }
            }
        }
        for (name, span) in self.in_words(text) {
            if self.letters.binary_search(&name).is_err() {
                found.entry(name).or_default().push(span);
            }
        }
        found
    }

    /// Where a text has the slug of a name, word for word.
    fn in_words(&self, text: &str) -> Vec<(usize, Span)> {
        let Some(finder) = &self.by_words else { return Vec::new() };
        let (words, places) = words(text);
        let found = finder.find_overlapping_iter(&words).filter_map(|one| {
            let (name, count) = self.words.get(one.pattern().as_usize())?;
            let first = places.binary_search_by_key(&one.start(), |(at, _)| *at).ok()?;
            let (from, to) = (places.get(first)?.1, places.get(first + count - 1)?.1);
            Some((*name, Span { start: from.start, end: to.end }))
        });
        found.collect()
    }

    /// The names that a path has, whose words are slugs in any script.
    pub(crate) fn in_path(&self, path: &str) -> impl Iterator<Item = &str> {
        let found: BTreeSet<usize> = self.in_words(path).into_iter().map(|(name, _)| name).collect();
        found.into_iter().filter_map(|name| self.names.get(name)).map(String::as_str)
    }

    /// The names that a text has, in order, with the first place and the number of all that `counts`.
    pub(crate) fn named(&self, text: &str, counts: impl Fn(&Span) -> bool) -> Vec<(&str, Span, usize)> {
        let named = self.mentions(text).into_iter().filter_map(|(name, spans)| {
            let mut places = spans.into_iter().filter(|span| counts(span));
            Some((self.names.get(name)?.as_str(), places.next()?, places.count() + 1))
        });
        named.collect()
    }
}

/// The names that nobody may publish, as they are looked for.
pub(crate) struct HiddenNames(pub Arc<Names>);

impl HiddenNames {
    pub(super) fn held(snapshot: &SiteSnapshot) -> Held<Self> {
        let people = snapshot.site.get::<HiddenPeople>(&());
        let digest = people.digest().unwrap_or_default();
        let names = people
            .into_value()
            .map_or_else(Names::default, |people| Names::new(people.names.iter().map(String::as_str)));
        Held::made_of(digest, Arc::new(Self(Arc::new(names))))
    }
}

/// Words with gaps around each.
fn joined<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut text = String::from(GAP);
    for word in words {
        text.push_str(word);
        text.push(GAP);
    }
    text
}

/// The words of a text as slugs with gaps around each; and for each word where its gap is, and its place in
/// the text.
fn words(text: &str) -> (String, Vec<(usize, Span)>) {
    let mut words = String::from(GAP);
    let mut places = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        // Marks that are composed with the letter before them are no letters by themselves.
        let inside = character.is_alphanumeric() || ('\u{300}'..'\u{370}').contains(&character);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                places.push((words.len() - GAP.len_utf8(), Span::new(from, at)));
                words.push_str(&slugify(&text[from..at]));
                words.push(GAP);
                start = None;
            }
            _ => {}
        }
    }
    (words, places)
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_name_is_found_in_any_spelling_and_only_whole() {
        let found =
            |text: &str, name: &str| Names::new([name].into_iter()).mentions(text).values().flatten().count();
        assert_eq!(found("Ask José\nŃandú, or jose nandu.", "Jose Nandu"), 2);
        assert_eq!(found("O'Brien and Mia O’Brien", "Mia O'Brien"), 1);
        assert_eq!(found("Jo Docking", "Jo Dock"), 0);
        assert_eq!(found("昨日李娜讲了", "李娜"), 1);
        assert_eq!(found("", "Jo Dock"), 0);
        assert_eq!(found("nobody", "!"), 0);
    }

    #[test]
    fn many_names_are_found_at_once_also_within_each_other() {
        let all = ["Ann Lee", "Ann Lee Fox", "Lee", "李娜", "Lee Fox", "!", "Bo"];
        let names = Names::new(all.into_iter());
        let text = "Ann Lee Fox, 李娜, and ann-lee.";
        let found: Vec<_> = names.mentions(text).into_iter().collect();
        let shown: Vec<_> =
            found.iter().map(|(name, spans)| (all[*name], spans.len(), spans[0].slice(text))).collect();
        assert_eq!(
            shown,
            [
                ("Ann Lee", 2, "Ann Lee"),
                ("Ann Lee Fox", 1, "Ann Lee Fox"),
                ("Lee", 2, "Lee"),
                ("李娜", 1, "李娜"),
                ("Lee Fox", 1, "Lee Fox"),
            ]
        );
        assert_eq!(names.named(text, |span| span.start > 3).first(), Some(&("Ann Lee", found[0].1[1], 1)));
        let path = format!("/speakers/{}/", ssg_parse::slugify("李娜"));
        assert_eq!(names.in_path(&path).collect::<Vec<_>>(), ["李娜"]);
        assert_eq!(names.in_path("/posts/bob/").count(), 0);
    }
}
