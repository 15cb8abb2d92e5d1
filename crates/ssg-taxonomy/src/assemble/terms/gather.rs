//! Which terms there are: from the pages about them, and from what all other pages name.
//!
//! A name means, in this order: the term whose file bears it as it is written, the term whose page has it as its title,
//! as its file's name or as its slug, the one whose page lists it as another spelling, and else a term of its own.
//! An `id` beside a name (`{ name, id }`) is the name of a file, or of a term of its own that has none.
//! Where two pages have one title they are two terms, and who writes no more than the title is warned.

use crate::identity::identity;
use crate::ids::PageId;
use crate::page::{Kind, Page};
use crate::site::Site;
use ssg_parse::{Config, Spanned, is_placeholder_name, read_file_name};
use ssg_source::hash::{HashMap, HashSet};
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};
use std::collections::{BTreeMap, BTreeSet};

/// How a term was written, and how often.
#[derive(Default)]
pub(super) struct Gathered {
    /// Spellings on pages, with how often each was used.
    pub spellings: BTreeMap<String, usize>,
    /// Pages that name it.
    pub pages: Vec<PageId>,
    /// Its own page.
    pub page: Option<PageId>,
    /// Its pages in all languages.
    pub texts: Vec<PageId>,
    /// Other spellings that its page lists.
    pub aliases: Vec<String>,
    /// What names that a person does not go by any more are equal to.
    pub former: HashSet<String>,
    /// What it is told from others of its name by, where it has no page.
    pub id: Option<String>,
}

/// The terms of a taxonomy, by number, and which name means which.
#[derive(Default)]
pub(super) struct Names {
    pub terms: Vec<Gathered>,
    /// By what all spellings are equal to.
    pub spellings: HashMap<String, usize>,
    /// By the names of their files, as these are written.
    pub files: HashMap<String, usize>,
    /// Names that pages about terms have and list, from which paths may lead to them.
    pub leading: Vec<(String, usize)>,
    /// Names that several terms have, with the names of their files or their ids.
    shared: HashMap<String, Vec<String>>,
}

/// Whether what a page names becomes a term.
fn names_terms(page: &Page) -> bool {
    page.kind != Kind::Term && !page.is_unlisted()
}

/// The name of the file of a term's page, without date, language and extension: of a bundle that of the folder.
pub(in crate::assemble) fn file_name(config: &Config, source: &SitePath) -> String {
    let name = read_file_name(source.file_name(), &config.languages).dated_stem;
    if name != "index" {
        return name;
    }
    let folder = source.parent().unwrap_or_default();
    folder.file_name().to_owned()
}

impl Names {
    /// Gathers the terms of a taxonomy.
    pub fn gather(config: &Config, site: &Site, taxonomy: &str, found: &mut Diagnostics) -> Self {
        let mut names = Self::default();
        names.add_pages(config, site, taxonomy, found);
        names.add_ids(site, taxonomy);
        names.add_uses(site, taxonomy, found);
        names
    }

    /// The term that a name means, if it means one.
    fn find(&self, name: &str) -> Option<usize> {
        self.files.get(name.trim()).or_else(|| self.spellings.get(&identity(name))).copied()
    }

    /// Enters the terms that have a page of their own.
    fn add_pages(&mut self, config: &Config, site: &Site, taxonomy: &str, found: &mut Diagnostics) {
        let own: Vec<PageId> = site
            .numbered_pages()
            .filter(|(_, page)| page.kind == Kind::Term && page.event_id.as_deref() == Some(taxonomy))
            .map(|(id, _)| id)
            .collect();
        let mut by_slug: HashMap<&str, usize> = HashMap::default();
        let mut number_of: HashMap<PageId, usize> = HashMap::default();
        // Slugs of originals are their own (`term_paths`), and those of translations the same.
        for id in &own {
            let page = site.page(*id);
            let number = *by_slug.entry(&page.slug).or_insert_with(|| {
                self.terms.push(Gathered::default());
                self.terms.len() - 1
            });
            let term = &mut self.terms[number];
            term.texts.push(*id);
            if site.is_original(*id) {
                term.page.get_or_insert(*id);
            }
            number_of.insert(*id, number);
        }
        let names: Vec<(usize, PageId, String)> =
            own.iter().map(|id| (number_of[id], *id, file_name(config, &site.page(*id).source))).collect();
        self.add_titles(site, &names);
        for (number, id, file) in &names {
            self.files.entry(file.clone()).or_insert(*number);
            let page = site.page(*id);
            for name in [file, &page.slug] {
                self.spellings.entry(identity(name)).or_insert(*number);
            }
            self.leading.extend([&page.title, file].map(|name| (name.clone(), *number)));
        }
        for (number, id, _) in &names {
            self.add_spellings(site, *number, *id, found);
        }
    }

    /// Enters titles. Of pages with one title that counts as meant whose file bears it as well, else the first.
    fn add_titles(&mut self, site: &Site, names: &[(usize, PageId, String)]) {
        let mut by_title: BTreeMap<String, Vec<(bool, &str, usize)>> = BTreeMap::new();
        for (number, id, file) in names {
            let title = identity(&site.page(*id).title);
            let is_elsewhere = identity(file) != title;
            by_title.entry(title).or_default().push((is_elsewhere, file, *number));
        }
        for (title, mut pages) in by_title {
            pages.sort_unstable();
            self.spellings.insert(title.clone(), pages[0].2);
            let terms: HashSet<usize> = pages.iter().map(|(.., number)| *number).collect();
            if terms.len() > 1 {
                self.shared.insert(title, pages.into_iter().map(|(_, file, _)| file.to_owned()).collect());
            }
        }
    }

    /// Enters the other spellings that a term's page lists.
    fn add_spellings(&mut self, site: &Site, number: usize, id: PageId, found: &mut Diagnostics) {
        let page = site.page(id);
        let front = &page.document.front;
        let title = identity(&page.title);
        let aliases = front.aliases.iter().filter(|alias| !alias.value.starts_with('/'));
        let aliases = aliases.map(|alias| (alias, false));
        for (spelling, is_former) in aliases.chain(front.former_names.iter().map(|name| (name, true))) {
            let folded = identity(&spelling.value);
            if folded == title {
                continue;
            }
            if self.spellings.get(&folded).is_some_and(|other| *other != number) {
                found.add(
                    Diagnostic::error(
                        codes::ALIAS_COLLISION,
                        format!("`{}` is the name of another term", spelling.value),
                    )
                    .in_file(&page.source)
                    .at(spelling.span)
                    .hint("a spelling can mean one term only"),
                );
                continue;
            }
            self.spellings.insert(folded.clone(), number);
            self.leading.push((spelling.value.clone(), number));
            let term = &mut self.terms[number];
            // A former name leads to the person, and is shown nowhere.
            if is_former {
                term.former.insert(folded);
            } else {
                term.aliases.push(spelling.value.clone());
            }
        }
    }

    /// Enters the terms that are named by an id and have no page. Their names mean them too, unless a page's title
    /// is the same; where a name means several, that is told where no id is written.
    fn add_ids(&mut self, site: &Site, taxonomy: &str) {
        // By what the id is equal to: as it is written, and what the names beside it are equal to.
        let mut ids: BTreeMap<String, (&str, BTreeSet<String>)> = BTreeMap::new();
        for (id, _) in site.numbered_pages().filter(|(_, page)| names_terms(page)) {
            for written in super::named(site, id, taxonomy) {
                let Some(name) = super::shown_name(site, id, written) else { continue };
                if self.find(&written.value).is_none() && !self.is_hidden(site, taxonomy, id, written) {
                    let entry = ids.entry(identity(&written.value));
                    entry.or_insert_with(|| (&written.value, BTreeSet::new())).1.insert(identity(name));
                }
            }
        }
        let mut by_name: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
        for (folded, (id, names)) in ids {
            let number = self.terms.len();
            self.terms.push(Gathered { id: Some(id.to_owned()), ..Gathered::default() });
            self.spellings.insert(folded, number);
            for name in names {
                by_name.entry(name).or_default().push((id, number));
            }
        }
        let mut files: Vec<(&usize, &String)> = self.files.iter().map(|(file, term)| (term, file)).collect();
        files.sort_unstable();
        for (name, terms) in by_name {
            let meant = *self.spellings.entry(name.clone()).or_insert(terms[0].1);
            let file_of = |number: usize| {
                let first = files.partition_point(|(term, _)| **term < number);
                files.get(first).filter(|(term, _)| **term == number).map(|(_, file)| (*file).clone())
            };
            let shared = self.shared.entry(name).or_insert_with(|| file_of(meant).into_iter().collect());
            shared.extend(terms.into_iter().map(|(id, _)| id.to_owned()));
        }
        self.shared.retain(|_, names| names.len() > 1);
    }

    /// Whether somebody is not to be published: by the name or the id, where no file decides.
    fn is_hidden(&self, site: &Site, taxonomy: &str, page: PageId, written: &Spanned<String>) -> bool {
        let has = |name: &str| site.hidden.has(taxonomy, name);
        let is_file = self.files.contains_key(written.value.trim());
        has(&written.value) || (!is_file && super::shown_name(site, page, written).is_some_and(has))
    }

    /// Enters what pages name.
    fn add_uses(&mut self, site: &Site, taxonomy: &str, found: &mut Diagnostics) {
        let is_of_people = taxonomy == "speakers";
        // Few spellings are used over and over.
        let mut known: HashMap<&str, usize> = HashMap::default();
        for (id, page) in site.numbered_pages().filter(|(_, page)| names_terms(page)) {
            for written in super::named(site, id, taxonomy) {
                let name = written.value.as_str();
                if (is_of_people && is_placeholder_name(name)) || self.is_hidden(site, taxonomy, id, written)
                {
                    continue;
                }
                let number = *known.entry(name).or_insert_with(|| {
                    self.find(name).unwrap_or_else(|| {
                        self.terms.push(Gathered::default());
                        self.spellings.insert(identity(name), self.terms.len() - 1);
                        self.terms.len() - 1
                    })
                });
                if super::shown_name(site, id, written).is_none() {
                    self.check_shared(written, &page.source, found);
                }
                let is_file = self.files.contains_key(name.trim());
                let term = &mut self.terms[number];
                let is_id = term.id.as_ref().is_some_and(|id| identity(id) == identity(name));
                let spelling = super::shown_name(site, id, written).or((!is_id).then_some(name));
                if let Some(spelling) = spelling.filter(|_| !is_file) {
                    match term.spellings.get_mut(spelling) {
                        Some(count) => *count += 1,
                        None => _ = term.spellings.insert(spelling.to_owned(), 1),
                    }
                }
                if term.pages.last() != Some(&id) {
                    term.pages.push(id);
                }
            }
        }
    }

    /// Warns where a name is the title of several pages.
    fn check_shared(&self, written: &Spanned<String>, source: &SitePath, found: &mut Diagnostics) {
        if self.shared.is_empty() || self.files.contains_key(written.value.trim()) {
            return;
        }
        let Some(files) = self.shared.get(&identity(&written.value)) else { return };
        let what = if files.iter().all(|file| self.files.contains_key(file)) { "pages" } else { "terms" };
        let all: Vec<String> = files.iter().map(|file| format!("`{file}`")).collect();
        found.add(
            Diagnostic::warning(
                codes::AMBIGUOUS_TERM,
                format!("{} {what} are called `{}`: {}", files.len(), written.value, all.join(", ")),
            )
            .in_file(source)
            .at(written.span)
            .note(format!("it is taken for `{}`", files[0]))
            .hint(if what == "pages" {
                "write the name of the file that is meant"
            } else {
                "write the one that is meant, or `{ name, id }`"
            }),
        );
    }
}
