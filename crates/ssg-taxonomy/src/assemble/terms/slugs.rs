//! What the path of each term ends in: a slug of its own, the same on every machine.
//!
//! Terms of different names may have one slug, since a slug is made of plain letters. Of pages about terms that one keeps
//! it whose file bears the name, and the others take the names of their files. Of terms without a page that one keeps it
//! which was named first, so that what is written later changes no address; the others get the beginning of a digest.

use super::super::paths::Draft;
use super::gather::{Gathered, file_name};
use crate::identity::identity;
use crate::page::Kind;
use crate::site::Site;
use crate::term::term_slug;
use jiff::Timestamp;
use ssg_parse::{Config, LangId};
use ssg_source::hash::{HashMap, HashSet};
use ssg_source::{Diagnostic, Diagnostics, Digest, SitePath, codes};
use std::collections::BTreeMap;

/// How many digits of the digest of a name follow a slug that another term has.
const DIGITS: usize = 6;

/// A slug with what tells a name apart. Addresses are made of it, so it stays as it is.
fn told_apart(slug: &str, name: &str) -> String {
    let digest = Digest::of_text(&identity(name)).to_string();
    format!("{slug}-{}", &digest[..DIGITS])
}

fn taxonomy_of(source: &SitePath) -> &str {
    source.parts().nth(1).unwrap_or_default()
}

/// Whether a page's slug is neither its own nor that of its file, the file's name, and the page's number.
type Wants = (bool, String, usize);

/// Gives the pages of terms their slugs: their own, else of the title, else of the file; to translations that of their
/// original.
pub(super) fn of_pages(config: &Config, drafts: &mut [Draft]) {
    let mut wanted: BTreeMap<(String, String), Vec<Wants>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if draft.kind != Kind::Term || draft.is_translation {
            continue;
        }
        let file = file_name(config, &draft.source);
        let own = draft.document.front.slug.as_ref();
        let slug = own.map_or_else(|| term_slug(&draft.title), |slug| term_slug(&slug.value));
        let is_elsewhere = own.is_none() && term_slug(&file) != slug;
        let key = (taxonomy_of(&draft.source).to_owned(), slug);
        wanted.entry(key).or_default().push((is_elsewhere, file, index));
    }
    let taken: HashSet<(String, String)> = wanted.keys().cloned().collect();
    let mut slugs: HashMap<String, String> = HashMap::default();
    for ((taxonomy, slug), mut pages) in wanted {
        pages.sort_unstable();
        for (place, (is_elsewhere, file, index)) in pages.into_iter().enumerate() {
            let draft = &mut drafts[index];
            draft.slug = if place == 0 || !is_elsewhere {
                slug.clone()
            } else {
                let of_file = term_slug(&file);
                let is_free = !taken.contains(&(taxonomy.clone(), of_file.clone()));
                if is_free { of_file } else { told_apart(&slug, &file) }
            };
            slugs.extend(draft.key.clone().map(|key| (key, draft.slug.clone())));
        }
    }
    for draft in drafts.iter_mut().filter(|draft| draft.kind == Kind::Term && draft.is_translation) {
        let of_original = draft.key.as_ref().and_then(|key| slugs.get(key));
        draft.slug = of_original.cloned().unwrap_or_else(|| term_slug(&draft.title));
    }
}

/// Reports pages that want one slug in one language.
pub(super) fn check(drafts: &[Draft], found: &mut Diagnostics) {
    let mut taken: HashMap<(&str, LangId, &str), &SitePath> = HashMap::default();
    for draft in drafts.iter().filter(|draft| draft.kind == Kind::Term) {
        let key = (taxonomy_of(&draft.source), draft.language, draft.slug.as_str());
        if let Some(first) = taken.insert(key, &draft.source) {
            found.add(
                Diagnostic::error(
                    codes::OUTPUT_COLLISION,
                    format!("two pages for the term `{}`", draft.title),
                )
                .in_file(&draft.source)
                .label(first, None, "the other one")
                .hint("keep one page, or give one of them another `slug`"),
            );
        }
    }
}

/// The slugs of terms, in their order.
pub(super) fn of_terms(site: &Site, terms: &[Gathered]) -> Vec<String> {
    let page_of = |term: &Gathered| term.page.or(term.texts.first().copied());
    let mut slugs: Vec<String> = terms
        .iter()
        .map(|term| page_of(term).map_or_else(String::new, |page| site.page(page).slug.clone()))
        .collect();
    let mut taken: HashSet<String> = slugs.iter().filter(|slug| !slug.is_empty()).cloned().collect();
    let mut others: Vec<(First, usize)> = (0..terms.len())
        .filter(|number| page_of(&terms[*number]).is_none())
        .map(|number| (First::of(site, &terms[number]), number))
        .collect();
    others.sort();
    for (first, number) in others {
        let slug = term_slug(&first.name);
        let slug = if taken.contains(&slug) { told_apart(&slug, &first.name) } else { slug };
        taken.insert(slug.clone());
        slugs[number] = slug;
    }
    slugs
}

/// When a term without a page was named first; the order of this is that in which terms choose.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct First {
    is_undated: bool,
    when: Option<Timestamp>,
    name: String,
}

impl First {
    fn of(site: &Site, term: &Gathered) -> Self {
        let dates =
            term.pages.iter().filter_map(|id| site.page(*id).date.as_ref().map(jiff::Zoned::timestamp));
        let when = dates.min();
        let name =
            term.id.as_ref().or_else(|| super::commonest(&term.spellings)).cloned().unwrap_or_default();
        Self { is_undated: when.is_none(), when, name }
    }
}
