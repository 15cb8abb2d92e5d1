//! Ties content files that say the same in several languages.
//!
//! Files are translations of each other when their paths are equal but for the language, or when one
//! names the other's key. Of several, the one in the first language is the original: an event, a talk
//! or a term is one thing, and what a translation leaves out of the facts counts as the original says
//! it. A site in one language has no keys, and nothing here does anything.

use super::Source;
use super::paths::Draft;
use crate::event::TalkInfo;
use crate::ids::PageId;
use crate::page::Kind;
use crate::site::Site;
use ssg_parse::{Config, LangId, MediaLink};
use ssg_source::hash::HashMap;
use ssg_source::{Diagnostic, Diagnostics, codes};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The place in the list of the original of each key.
fn originals(drafts: &[Draft]) -> HashMap<&str, usize> {
    let mut originals: HashMap<&str, usize> = HashMap::default();
    for (index, draft) in drafts.iter().enumerate() {
        let Some(key) = &draft.key else { continue };
        let first = originals.entry(key).or_insert(index);
        if drafts[*first].language > draft.language {
            *first = index;
        }
    }
    originals
}

/// For each draft the original that it is a translation of.
fn translated(drafts: &[Draft]) -> Vec<Option<usize>> {
    let originals = originals(drafts);
    let original = |(index, draft): (usize, &Draft)| {
        originals.get(draft.key.as_deref()?).copied().filter(|original| *original != index)
    };
    drafts.iter().enumerate().map(original).collect()
}

/// That two files of one language have one key. Two files of one name collide in their path, which is reported there.
pub(super) fn key_taken(one: &Source, other: &Source) -> Option<Diagnostic> {
    let own = |source: &Source| source.document.front.translation_key.clone();
    let (at, other) = if own(one).is_some() { (one, other) } else { (other, one) };
    let written = own(at)?;
    let message = format!("`{}` is the key of another page in the same language", written.value);
    Some(
        Diagnostic::error(codes::TRANSLATION_KEY, message)
            .in_file(&at.path)
            .at(written.span)
            .label(&other.path, None, "the other page")
            .hint("of the pages with one key there is one in each language, those included that are not published"),
    )
}

/// Unties what shares a key and a language with another, and marks which drafts are translations.
pub(super) fn mark(drafts: &mut [Draft], found: &mut Diagnostics) {
    let mut taken: HashMap<(String, LangId), usize> = HashMap::default();
    for index in 0..drafts.len() {
        let draft = &drafts[index];
        let Some(key) = draft.key.clone() else { continue };
        let Some(first) = taken.get(&(key.clone(), draft.language)).copied() else {
            taken.insert((key, draft.language), index);
            continue;
        };
        let source = |draft: &Draft| Source { path: draft.source.clone(), document: draft.document.clone() };
        found.extend(key_taken(&source(&drafts[index]), &source(&drafts[first])));
        drafts[index].key = None;
    }
    for (index, original) in translated(drafts).into_iter().enumerate() {
        drafts[index].is_translation = original.is_some();
    }
}

/// Gives translations what follows from their original: kind, event, and the path below the folder
/// of their language, unless they set it.
pub(super) fn settle(config: &Config, drafts: &mut [Draft], found: &mut Diagnostics) {
    for (index, original) in translated(drafts).into_iter().enumerate() {
        let Some(original) = original else { continue };
        let of = &drafts[original];
        let (kind, event, slug, weight) = (of.kind, of.event.clone(), of.slug.clone(), of.weight);
        // Names of files that are not the same lead to paths that are not the same.
        let is_named_alike =
            [of, &drafts[index]].iter().all(|one| one.document.front.translation_key.is_none());
        let below = of.path.strip_prefix(&config.home_of(of.language)).unwrap_or(&of.path).to_owned();
        let draft = &mut drafts[index];
        draft.is_translation = true;
        draft.kind = kind;
        draft.event = event;
        let front = &draft.document.front;
        if front.weight.is_none() {
            draft.weight = weight;
        }
        if is_named_alike && front.path.is_none() && front.slug.is_none() {
            draft.slug = slug;
            draft.path = format!("{}{}", config.home_of(draft.language), below.trim_start_matches('/'));
        }
        if front.event.is_some() || front.talk.is_some() {
            let name = if front.event.is_some() { "event" } else { "talk" };
            found.add(
                Diagnostic::warning(
                    codes::TRANSLATED_FACTS,
                    format!("the `{name}` table of a translation is not read"),
                )
                .in_file(&draft.source)
                .label(&drafts[original].source, None, "the original, which has the facts")
                .hint("leave the table out here: a translation shows the facts of its original"),
            );
        }
    }
}

/// The date of an event or a talk is that of its original; any other translation has its own, where it
/// names one. An original without a date may have become a plain page.
pub(super) fn inherit_dates(drafts: &mut [Draft]) {
    for (index, original) in translated(drafts).into_iter().enumerate() {
        let Some(original) = original else { continue };
        let (kind, date) = (drafts[original].kind, drafts[original].date.clone());
        let draft = &mut drafts[index];
        draft.kind = kind;
        if draft.date.is_none() || matches!(kind, Kind::Event | Kind::Talk) {
            draft.date = date;
        }
    }
}

/// Enters which pages are translations of each other, in the order of languages.
pub(super) fn tie(keys: Vec<(String, PageId)>, site: &mut Site) {
    let mut groups: BTreeMap<String, Vec<(LangId, PageId)>> = BTreeMap::new();
    for (key, id) in keys {
        groups.entry(key).or_default().push((site.page(id).language, id));
    }
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        group.sort_unstable();
        let pages: Arc<[PageId]> = group.iter().map(|(_, id)| *id).collect();
        for id in &*pages {
            site.translations.insert(*id, pages.clone());
        }
    }
}

/// What is said of a talk is said of its translations; slides and video may be in their language.
pub(super) fn share_talks(site: &mut Site) {
    let translations: Vec<PageId> =
        site.translations.keys().copied().filter(|id| !site.is_original(*id)).collect();
    for id in translations {
        let original = site.page(site.original(id));
        let (talk, year) = (original.talk.clone(), original.year);
        let page = &mut site.pages[id.index()];
        let front = &page.document.front;
        let own = |own: &[MediaLink], original: Vec<MediaLink>| {
            if own.is_empty() { original } else { own.to_vec() }
        };
        page.talk = talk.map(|talk| TalkInfo {
            slides: own(&front.slides, talk.slides),
            video: own(&front.video, talk.video),
            ..talk
        });
        if matches!(page.kind, Kind::Event | Kind::Talk) {
            page.year = year;
        }
    }
}
