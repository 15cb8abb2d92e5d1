//! Who is somebody: placeholders and several people in one text are reported, and who is not to be
//! published is kept out of everything that follows.

use super::events::is_row_talk;
use super::paths::Draft;
use super::terms::file_name;
use crate::identity::identity;
use crate::ids::{PageId, TermId};
use crate::page::{Kind, Page, Withheld};
use crate::people::split_people;
use crate::site::{Hidden, Site};
use ssg_parse::{Config, FrontMatter, Spanned, is_placeholder_name};
use ssg_source::hash::{HashMap, HashSet};
use ssg_source::{Diagnostic, Diagnostics, SitePath, Suggestions, codes};
use std::collections::BTreeMap;

/// Warns where the author of the site is somebody who is shown nowhere.
pub(super) fn check_author(config: &Config, site: &Site, found: &mut Diagnostics) {
    if let Some(name) = config.author.as_deref().filter(|name| site.is_hidden_person(name)) {
        let message = format!("`author` names `{name}`, who is unpublished; it is taken for unset");
        let settings = SitePath::new("ssg.toml").unwrap_or_default();
        let problem = Diagnostic::warning(codes::UNPUBLISHED_NAME, message).in_file(&settings);
        found.add(problem.hint("name another author, or none"));
    }
}

/// Warns of names in `unpublish` that nothing has, where something has nearly the same: a slip there shows somebody who
/// wants to be shown nowhere. A name that nothing is near to may be one that has gone for good.
pub(super) fn check_unpublished(config: &Config, site: &Site, found: &mut Diagnostics) {
    for (options, taxonomy) in config.taxonomies.iter().zip(&site.taxonomies) {
        let mut unused: BTreeMap<String, &str> =
            options.unpublish.iter().map(|name| (identity(name), name.as_str())).collect();
        unused
            .retain(|spelling, _| !site.hidden.of_pages.contains(&(options.name.clone(), spelling.clone())));
        if unused.is_empty() {
            continue;
        }
        for front in site.pages.iter().map(|page| &page.document.front) {
            let authors = front.authors.iter().filter(|_| options.name == "speakers");
            let event = front.event.as_deref().filter(|_| options.name == "speakers");
            let organizers = event.map_or(&[] as &[_], |event| &event.organizers);
            let organizers = organizers.iter().map(|one| &one.name);
            for name in front.terms(&options.name).iter().chain(authors).chain(organizers) {
                unused.remove(&identity(&name.value));
            }
        }
        let near = Suggestions::new(taxonomy.terms.iter().map(|term| term.name.as_str()));
        for name in unused.into_values() {
            if let Some(hint) = near.did_you_mean(name) {
                let message = format!("`unpublish` of `{}` names `{name}`, which is not there", options.name);
                let settings = SitePath::new("ssg.toml").unwrap_or_default();
                found
                    .add(Diagnostic::warning(codes::UNPUBLISHED_NAME, message).in_file(&settings).hint(hint));
            }
        }
    }
}

/// Withholds the pages of terms that the configuration says not to publish. All spellings of such a
/// page are hidden with it, whichever of them the configuration names.
pub(super) fn hide(config: &Config, drafts: Vec<Draft>, site: &mut Site) -> Vec<Draft> {
    let mut hidden = Hidden::default();
    for options in &config.taxonomies {
        hidden.add(&options.name, options.unpublish.iter().map(String::as_str));
    }
    let named = hidden.clone();
    // Of two people of one name one may be hidden, by the name of the file.
    let mut title_count: HashMap<(String, String), usize> = HashMap::default();
    let key_of = |draft: &Draft| Some((draft.event.clone()?, identity(&draft.title)));
    for draft in drafts.iter().filter(|draft| draft.kind == Kind::Term && !draft.is_translation) {
        if let Some(key) = key_of(draft) {
            *title_count.entry(key).or_default() += 1;
        }
    }
    let kept = drafts.into_iter().filter(|draft| {
        let Some(taxonomy) = draft.event.as_deref().filter(|_| draft.kind == Kind::Term) else { return true };
        let front = &draft.document.front;
        let is_shared =
            key_of(draft).is_some_and(|key| title_count.get(&key).is_some_and(|count| *count > 1));
        let file = file_name(config, &draft.source);
        let spellings = || {
            let also = front.aliases.iter().chain(&front.former_names).map(|name| name.value.as_str());
            let title = Some(draft.title.as_str()).filter(|_| !is_shared);
            let names = also.filter(|name| !name.starts_with('/')).chain(title);
            names.chain([draft.slug.as_str(), &file])
        };
        let is_hidden = spellings().any(|name| named.has(taxonomy, name))
            || (is_shared && named.has(taxonomy, &draft.title));
        if is_hidden {
            hidden.of_pages.extend(spellings().map(|name| (taxonomy.to_owned(), identity(name))));
            hidden.add(taxonomy, spellings());
            site.keep_back(draft.source.clone(), Withheld::Unpublished, None);
        }
        !is_hidden
    });
    let kept: Vec<Draft> = kept.collect();
    hide_names_of_ids(config, &kept, &named, &mut hidden);
    site.hidden = hidden;
    kept
}

/// Hides names that stand beside ids that are hidden: such a name alone means the same, while no page and no other id has it.
fn hide_names_of_ids(config: &Config, drafts: &[Draft], named: &Hidden, hidden: &mut Hidden) {
    for options in config.taxonomies.iter().filter(|options| !options.unpublish.is_empty()) {
        let taxonomy = options.name.as_str();
        let is_own = |draft: &&Draft| draft.kind == Kind::Term && draft.event.as_deref() == Some(taxonomy);
        let titles: HashSet<String> = drafts.iter().filter(is_own).map(|one| identity(&one.title)).collect();
        let mut names: BTreeMap<String, (&str, bool)> = BTreeMap::new();
        for front in drafts.iter().filter(|draft| draft.kind != Kind::Term).map(|one| &one.document.front) {
            let authors = front.authors.iter().filter(|_| taxonomy == "speakers");
            for written in front.terms(taxonomy).iter().chain(authors) {
                if let Some(beside) = front.named_by(written) {
                    let entry = names.entry(identity(&beside.name)).or_insert((&beside.name, true));
                    entry.1 &= named.has(taxonomy, &written.value);
                }
            }
        }
        let of_hidden = names.iter().filter(|(name, (_, is_hidden))| *is_hidden && !titles.contains(*name));
        hidden.add(taxonomy, of_hidden.map(|(_, (name, _))| *name));
    }
}

/// Enters what people wrote and organized on their side.
pub(super) fn link(site: &mut Site) {
    let mut written: HashMap<TermId, Vec<PageId>> = HashMap::default();
    let mut organized: HashMap<TermId, Vec<PageId>> = HashMap::default();
    for (id, page) in site.numbered_pages().filter(|(_, page)| page.kind != Kind::Term && !page.is_unlisted())
    {
        let mut authors: Vec<TermId> = page.authors.iter().filter_map(|author| author.term).collect();
        let event =
            page.document.front.event.as_deref().filter(|_| page.kind == Kind::Event && site.is_original(id));
        let organizers = event.map_or(&[] as &[_], |event| &event.organizers).iter();
        let mut organizers: Vec<TermId> =
            organizers.filter_map(|one| site.find_term("speakers", &one.name.value)).collect();
        for (people, index) in [(&mut authors, &mut written), (&mut organizers, &mut organized)] {
            people.sort_unstable();
            people.dedup();
            for person in people {
                index.entry(*person).or_default().push(id);
            }
        }
    }
    site.written = written;
    site.organized = organized;
}

/// Reports what stands where people are named and names none, or more than one.
pub(super) fn check(site: &Site, found: &mut Diagnostics) {
    for page in site.pages.iter().filter(|page| page.kind != Kind::Term) {
        let front = &*page.document.front;
        for (key, names) in [("speakers", front.terms("speakers")), ("authors", &front.authors)] {
            check_names(&page.source, front, key, names, found);
        }
        if page.kind == Kind::Event {
            check_event(page, found);
        }
    }
}

fn check_event(page: &Page, found: &mut Diagnostics) {
    let Some(table) = &page.document.front.event else { return };
    for organizer in &table.organizers {
        if is_placeholder_name(&organizer.name.value) {
            found.add(nobody(&page.source, &organizer.name));
        } else if !split_people(&organizer.name.value).is_empty() {
            found.add(
                several(&page.source, &organizer.name).hint("give each a line of their own in `organizers`"),
            );
        }
    }
    // Rows that became talks are looked at as those.
    for row in table.schedule.iter().filter(|row| !is_row_talk(row)) {
        check_names(&page.source, &page.document.front, "speakers", &row.speakers, found);
    }
}

fn check_names(
    source: &SitePath,
    front: &FrontMatter,
    key: &str,
    names: &[Spanned<String>],
    found: &mut Diagnostics,
) {
    let mended = || {
        let mut people: Vec<String> = Vec::new();
        for name in names.iter().filter(|name| !is_placeholder_name(&name.value)) {
            let parts = split_people(&name.value);
            people.extend(if parts.is_empty() { vec![name.value.clone()] } else { parts });
        }
        let mut seen = HashSet::default();
        people.retain(|name| seen.insert(name.clone()));
        people
    };
    for name in names {
        if is_placeholder_name(&name.value) {
            let rest = mended();
            let hint = if rest.is_empty() {
                format!("leave `{key}` out until it is known")
            } else {
                format!("write it as {}", front.list_line(key, rest.iter().map(String::as_str)))
            };
            found.add(nobody(source, name).hint(hint));
        } else if !split_people(&name.value).is_empty() {
            let line = front.list_line(key, mended().iter().map(String::as_str));
            found.add(several(source, name).hint(format!("write them apart: {line}")));
        }
    }
}

fn nobody(source: &SitePath, name: &Spanned<String>) -> Diagnostic {
    Diagnostic::warning(codes::PLACEHOLDER, format!("`{}` is nobody's name, and is left out", name.value))
        .in_file(source)
        .at(name.span)
}

fn several(source: &SitePath, name: &Spanned<String>) -> Diagnostic {
    Diagnostic::warning(codes::SEVERAL_PEOPLE, format!("`{}` looks like several people", name.value))
        .in_file(source)
        .at(name.span)
}

impl Hidden {
    /// Adds names of a taxonomy that are to be shown nowhere.
    fn add<'n>(&mut self, taxonomy: &str, names: impl Iterator<Item = &'n str>) {
        for name in names.filter(|name| !name.trim().is_empty()) {
            let spelling = identity(name);
            if taxonomy == "speakers" {
                self.people.entry(spelling.clone()).or_insert_with(|| name.to_owned());
            }
            self.spellings.entry(taxonomy.to_owned()).or_default().insert(spelling);
        }
    }
}
