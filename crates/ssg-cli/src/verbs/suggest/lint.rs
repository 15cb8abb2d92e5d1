//! `ssg suggest --lint`: headers that say more than their texts, and names that should have a page.

use super::LEAST;
use super::read::known;
use crate::session::{Session, counted};
use ssg_parse::FrontMatter;
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes, shown};
use ssg_suggest::{Mentions, Page, Subject, Suggester, Unmentioned};
use ssg_taxonomy::{Kind, Site};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Shortest file of a talk whose abstract is looked through, in bytes: what a shorter one leaves out the talk may have.
const SHORTEST_TALK: usize = 1_500;
/// How many posts mention a name that should have a page.
const OFTEN: usize = 20;

/// Reads files and adds a warning for each name that a text never mentions; gives how many were read.
pub fn lint(
    session: &Session,
    site: &Site,
    files: &[(PathBuf, SitePath)],
    all: bool,
    found: &mut Diagnostics,
) -> usize {
    let suggester = Suggester::new(known(&session.settings.config, site));
    let mut mentions = Mentions::new();
    let fronts: BTreeMap<&SitePath, &FrontMatter> =
        site.pages.iter().map(|page| (&page.source, &*page.document.front)).collect();
    let talks = talks(site);
    let mut read = 0;
    for (disk, path) in files {
        let bytes = match std::fs::read(disk) {
            Ok(bytes) => bytes,
            Err(error) => {
                found.add(super::usage(&format!("cannot read `{}`: {error}", shown(disk))));
                continue;
            }
        };
        read += 1;
        // Who gives a talk is no matter of its abstract.
        let is_talk = path.as_str().contains("/talks/");
        let page = Page { path, bytes: &bytes, front: None };
        let front = fronts.get(path).copied();
        let is_short = is_talk && bytes.len() < SHORTEST_TALK;
        let is_passed_over = |one: &Unmentioned| {
            is_short
                || is_talk && one.subject == Subject::Speaker
                || front.is_some_and(|front| has_listed_talk(front, &talks, one))
        };
        for one in suggester.unmentioned(page).into_iter().filter(|one| !is_passed_over(one)) {
            let kind = one.subject.name();
            let message =
                format!("the header names the {kind} `{}`, which the text never mentions", one.name);
            let hint =
                format!("take it out of `{}`, or say what it has to do with the text", one.subject.key());
            found.add(
                Diagnostic::warning(codes::UNMENTIONED, message)
                    .in_file(path)
                    .at(one.span)
                    .hint(hint)
                    .hint("a spelling that the text has belongs into the `aliases` of its page"),
            );
        }
        if all {
            let said = suggester.read(page).into_iter().filter(|finding| {
                finding.confidence >= LEAST && matches!(finding.subject, Subject::Tool | Subject::Speaker)
            });
            let names = said.map(|finding| (finding.subject, finding.name));
            mentions.add(names.chain(front.into_iter().flat_map(in_header)));
        }
    }
    for (subject, name, count) in mentions.at_least(OFTEN) {
        if !has_page(site, subject, name) {
            found.add(without_page(subject, name, count));
        }
    }
    read
}

/// Headers of the talks of a site, by their ids.
fn talks(site: &Site) -> BTreeMap<&str, &FrontMatter> {
    let named = site.pages.iter().filter(|page| page.kind == Kind::Talk);
    named.filter_map(|page| Some((page.talk.as_ref()?.id.as_str(), &*page.document.front))).collect()
}

/// Whether a talk that a header lists is about a tool, or was given by a person: a post about it is so as well.
fn has_listed_talk(front: &FrontMatter, talks: &BTreeMap<&str, &FrontMatter>, one: &Unmentioned) -> bool {
    let name = ssg_parse::fold_name(&one.name);
    front.talks.iter().filter_map(|talk| talks.get(talk.value.as_str())).any(|talk| {
        talk.terms(one.subject.key()).iter().any(|term| ssg_parse::fold_name(&term.value) == name)
    })
}

fn in_header(front: &FrontMatter) -> impl Iterator<Item = (Subject, String)> + '_ {
    [Subject::Tool, Subject::Speaker]
        .into_iter()
        .flat_map(|subject| front.terms(subject.key()).iter().map(move |term| (subject, term.value.clone())))
}

fn has_page(site: &Site, subject: Subject, name: &str) -> bool {
    let Some(index) = site.taxonomy(subject.key()) else { return false };
    site.taxonomies[index].terms.iter().any(|term| {
        term.page.is_some_and(|page| site.page(page).kind == Kind::Term)
            && std::iter::once(&term.name)
                .chain(&term.aliases)
                .any(|other| ssg_parse::fold_name(other) == ssg_parse::fold_name(name))
    })
}

fn without_page(subject: Subject, name: &str, count: usize) -> Diagnostic {
    let (kind, folder) = (subject.name(), subject.key());
    let message = format!("the {kind} `{name}` is mentioned in {} and has no page", counted(count, "file"));
    Diagnostic::warning(codes::TERM_WITHOUT_PAGE, message)
        .hint(format!("write `content/{folder}/`: `ssg new {kind} \"{name}\"` begins one"))
        .hint("what is to be left alone goes into `[suggest] ignore`")
}
