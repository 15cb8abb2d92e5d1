//! Texts that still name somebody who is not to be published.
//!
//! The configuration takes a name out of everything that is made of headers' lists. What people
//! wrote in a title or a body stays as they wrote it, so it is reported where it stands.

use crate::data;
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use aho_corasick::AhoCorasick;
use ssg_engine::Held;
use ssg_parse::{Document, FrontMatter, slugify};
use ssg_source::{Diagnostic, Digest, SitePath, Span, codes, decode};
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

    fn is_empty(&self) -> bool {
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
    fn in_path(&self, path: &str) -> impl Iterator<Item = &str> {
        let found: BTreeSet<usize> = self.in_words(path).into_iter().map(|(name, _)| name).collect();
        found.into_iter().filter_map(|name| self.names.get(name)).map(String::as_str)
    }

    /// The names that a text has, in order, with the first place and the number of all that `counts`.
    fn named(&self, text: &str, counts: impl Fn(&Span) -> bool) -> Vec<(&str, Span, usize)> {
        let named = self.mentions(text).into_iter().filter_map(|(name, spans)| {
            let mut places = spans.into_iter().filter(|span| counts(span));
            Some((self.names.get(name)?.as_str(), places.next()?, places.count() + 1))
        });
        named.collect()
    }
}

/// The names that nobody may publish, as they are looked for.
pub(crate) struct HiddenNames(Arc<Names>);

impl HiddenNames {
    pub(crate) fn held(snapshot: &SiteSnapshot) -> Held<Self> {
        let people = snapshot.site.get::<HiddenPeople>(&());
        let digest = people.digest().unwrap_or_default();
        let names = people
            .into_value()
            .map_or_else(Names::default, |people| Names::new(people.names.iter().map(String::as_str)));
        Held::made_of(digest, Arc::new(Self(Arc::new(names))))
    }
}

fn hidden_names(reads: &Reads) -> Option<Arc<HiddenNames>> {
    reads.get::<HiddenNames>(&()).filter(|names| !names.0.is_empty())
}

/// Warns at the first place of a file that names somebody hidden.
pub(crate) fn check(reads: &Reads, source: &SitePath, document: &Document) {
    let Some(names) = hidden_names(reads) else { return };
    let Ok(bytes) = data::read_bytes(reads, source) else { return };
    if Digest::of_bytes(&bytes) != document.digests.content {
        // Somebody is writing it.
        reads.distrust();
    }
    let Ok(text) = decode(&bytes) else { return };
    let lists = listed(&document.front);
    let is_listed = |span: &Span| {
        let after = lists.partition_point(|list| list.start <= span.start);
        after.checked_sub(1).and_then(|at| lists.get(at)).is_some_and(|list| span.end <= list.end)
    };
    for (name, first, times) in names.0.named(&text, |span| !is_listed(span)) {
        let warning = Diagnostic::warning(codes::UNPUBLISHED_NAME, format!("`{name}` is still named here"))
            .in_file(source)
            .at(first)
            .hint("`unpublish` in ssg.toml takes a name out of lists and bylines, not out of texts");
        reads.report(warning.hint_if((times > 1).then(|| format!("it stands {times} times in this file"))));
    }
}

/// Warns of an output's path that has the name of somebody hidden in it.
pub(crate) fn check_path(reads: &Reads, source: &SitePath, path: &str) {
    let Some(names) = hidden_names(reads) else { return };
    for name in names.0.in_path(path) {
        let message = format!("the path `{path}` still names `{name}`");
        reads.report(
            Diagnostic::warning(codes::UNPUBLISHED_NAME, message)
                .in_file(source)
                .hint("rename the file, or give the page a `slug`; an alias would bear the name as well"),
        );
    }
}

/// Warns of a data file that names somebody hidden.
pub(crate) fn check_data(reads: &Reads, path: &SitePath) {
    let Some(names) = hidden_names(reads) else { return };
    let Ok(bytes) = data::read_bytes(reads, path) else { return };
    let Ok(text) = decode(&bytes) else { return };
    for (name, first, _) in names.0.named(&text, |_| true) {
        reads.report(
            Diagnostic::warning(codes::UNPUBLISHED_NAME, format!("`{name}` is still named here"))
                .in_file(path)
                .at(first)
                .hint("`unpublish` in ssg.toml takes a name out of lists and bylines, not out of data"),
        );
    }
}

/// The places in a header from which the name is taken out, in order.
fn listed(front: &FrontMatter) -> Vec<Span> {
    let event = front.event.as_ref();
    let organizers = event.into_iter().flat_map(|event| &event.organizers).map(|one| &one.name);
    let rows = event.into_iter().flat_map(|event| &event.schedule).flat_map(|row| &row.speakers);
    let names = front.terms("speakers").iter().chain(&front.authors).chain(organizers).chain(rows);
    let mut places: Vec<Span> = names.map(|name| name.span).collect();
    places.sort_unstable();
    places
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
