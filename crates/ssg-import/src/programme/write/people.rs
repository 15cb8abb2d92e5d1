//! People: how talks name them, and a page for each of whom something is told.
//!
//! A page of a person that is there is theirs, whoever wrote it. Two people of one name are told apart by an id.

use super::talk::host;
use crate::content_page::header_of;
use crate::file::{ByKey, Merge};
use crate::front::{Front, Written, inline, text};
use crate::people::{clean, is_nobody};
use crate::programme::model::{Person, Programme, Session};
use crate::programme::prose::{line, markdown};
use crate::slug::slug;
use crate::web::without_mail;
use crate::{EventOptions, Guess, Import, ImportedFile, Verdict};
use ssg_parse::Value;
use ssg_source::SitePath;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The people of a programme, in its order.
pub(super) struct People {
    all: Vec<Settled>,
}

/// A person.
struct Settled {
    person: Person,
    /// Empty for what names nobody.
    name: String,
    note: Option<String>,
    /// The name of their file, without the extension.
    stem: String,
    /// Their name alone does not tell who they are.
    needs_id: bool,
    /// Theirs is a page that a person wrote, or another importer.
    page: Option<SitePath>,
    id: Option<String>,
}

/// A page of a person that is there.
struct Known {
    path: SitePath,
    title: String,
    names: Vec<String>,
    /// What a source knows them by.
    id: Option<String>,
    /// A programme made it.
    is_imported: bool,
}

impl People {
    pub fn settle(programme: &Programme, options: &EventOptions<'_>, source: &str) -> Self {
        let known = known(options, source);
        let mut by_id: HashMap<&str, &Known> = HashMap::new();
        let mut by_name: HashMap<String, Vec<&Known>> = HashMap::new();
        for page in &known {
            if let Some(id) = &page.id {
                by_id.entry(id).or_insert(page);
            }
            for name in &page.names {
                by_name.entry(fold(name)).or_default().push(page);
            }
        }
        let mut stems: HashSet<String> = known.iter().map(|page| page.path.stem().to_owned()).collect();
        let mut namesakes: HashMap<String, usize> = HashMap::new();
        for person in &programme.people {
            *namesakes.entry(fold(&name_of(person).0)).or_default() += 1;
        }
        let prefix = format!("{}:", programme.format);
        let mut next: HashMap<String, usize> = HashMap::new();
        let settle = |person: &Person| {
            let (name, note) = name_of(person);
            let id = person.id.as_ref().map(|id| super::full_id(programme.format, id));
            let folded = fold(&name);
            let has_namesake = namesakes.get(&folded).is_some_and(|count| *count > 1);
            let found = id.as_deref().and_then(|id| by_id.get(id).copied());
            let found = found.or_else(|| {
                // Of two of one name it is not known whose page it is.
                let pages = by_name.get(&folded).filter(|_| !has_namesake)?;
                let is_other = |page: &&&Known| {
                    id.is_some() && page.id.as_deref().is_some_and(|own| own.starts_with(&prefix))
                };
                pages.iter().find(|page| !is_other(page)).copied()
            });
            let others_page = by_name.get(&folded).is_some_and(|pages| {
                pages.iter().any(|page| found.is_none_or(|found| found.path != page.path))
            });
            let stem = found
                .map_or_else(|| new_stem(&name, &mut stems, &mut next), |page| page.path.stem().to_owned());
            let is_renamed = found.is_some_and(|page| {
                !page.is_imported
                    && !page.names.iter().any(|own| fold(own) == folded)
                    && !page.title.is_empty()
            });
            let note = note.or_else(|| {
                has_namesake.then(|| {
                    format!(
                        "there are two people of the name {name}: if they are one, leave one of their pages"
                    )
                })
            });
            let page = found.filter(|page| !page.is_imported).map(|page| page.path.clone());
            let needs_id = has_namesake || others_page || is_renamed;
            Settled { person: person.clone(), name, note, stem, needs_id, page, id }
        };
        Self { all: programme.people.iter().map(settle).collect() }
    }

    fn each<'p>(&'p self, session: &Session) -> impl Iterator<Item = &'p Settled> {
        session.people.iter().filter_map(|at| self.all.get(*at))
    }

    /// The names of those who speak.
    pub fn of<'p>(&'p self, session: &Session) -> Vec<&'p str> {
        self.each(session).map(|one| one.name.as_str()).filter(|name| !name.is_empty()).collect()
    }

    /// Those who speak, as front matter has them.
    pub fn written(&self, session: &Session) -> Vec<Written> {
        let named = self.each(session).filter(|one| !one.name.is_empty());
        let written = |one: &Settled| {
            if one.needs_id { inline(&[("name", &one.name), ("id", &one.stem)]) } else { text(&one.name) }
        };
        named.map(written).collect()
    }

    /// What a person should look at.
    pub fn notes_of(&self, session: &Session) -> Vec<Guess> {
        self.each(session).filter_map(|one| Some(Guess::new(0, one.note.clone()?))).collect()
    }

    /// Adds a page for each person of whom something is told.
    pub fn add_to(&self, import: &mut Import, programme: &Programme, source: &str) {
        for one in self.all.iter().filter(|one| !one.name.is_empty()) {
            let person = &one.person;
            let says =
                [&person.biography, &person.tagline, &person.picture, &person.pronouns, &person.affiliation];
            if says.iter().all(|text| text.is_empty()) && person.links.is_empty() && !one.needs_id {
                continue;
            }
            if let Some(page) = &one.page {
                let why = format!("a page of theirs is there: {page}");
                import.report.add(&one.name, Verdict::Skipped(why), Vec::new());
                continue;
            }
            let Ok(path) = SitePath::new(&format!("content/speakers/{}.md", one.stem)) else { continue };
            let bytes = page(one, programme.format);
            import.report.add(&one.name, Verdict::Imported(path.clone()), Vec::new());
            let merge = Merge::Keys(ByKey {
                id: one.id.clone(),
                adopts: false,
                shared: true,
                only_adds: programme.is_cut,
            });
            import.files.push(ImportedFile { path, bytes, source: source.to_owned(), id: None, merge });
        }
    }
}

fn page(one: &Settled, format: &str) -> Vec<u8> {
    let person = &one.person;
    let mut front = Front::default();
    front.text("title", &one.name).text("description", &line(&person.tagline)).text("image", &person.picture);
    front.table_of("extra", |extra| {
        extra.text("pronouns", &line(&person.pronouns)).text("affiliation", &line(&person.affiliation));
        let links: Vec<Written> = person
            .links
            .iter()
            .map(|link| match line(&link.title) {
                title if title.is_empty() || title.contains("://") || title == host(&link.url) => {
                    text(&link.url)
                }
                title => inline(&[("url", &link.url), ("title", &title)]),
            })
            .collect();
        extra.list("links", &links);
    });
    front.table("extra.import").text("source", format).text("id", one.id.as_deref().unwrap_or(""));
    front.page(&markdown(&person.biography))
}

/// The name of a person, empty where it names nobody; and a note on that.
fn name_of(person: &Person) -> (String, Option<String>) {
    let name = clean(&person.name);
    if without_mail(&name) != name {
        return (String::new(), Some("an e-mail address in the place of a name was left out".to_owned()));
    }
    if is_nobody(&name) || name.contains("://") {
        return (String::new(), Some(format!("`{name}` names nobody and was left out")));
    }
    (name, None)
}

/// Pages of people that are there.
fn known(options: &EventOptions<'_>, source: &str) -> Vec<Known> {
    let kind = source.split('/').next().unwrap_or(source);
    let recorded: BTreeMap<&SitePath, Option<&String>> = options
        .site
        .record
        .files
        .iter()
        .filter(|(_, one)| one.source.split('/').next() == Some(kind))
        .map(|(path, one)| (path, one.id.as_ref()))
        .collect();
    let mut all: Vec<Known> = Vec::new();
    for (path, bytes) in &options.site.speakers {
        let header = header_of(bytes);
        let at = |value: &Value, key: &str| value.get(key).map(|node| node.value.clone());
        let title = at(&header, "title").and_then(|value| crate::keys::text_of(&value)).unwrap_or_default();
        let mut names = vec![if title.is_empty() { path.stem().replace('-', " ") } else { title.clone() }];
        for key in ["aliases", "former_names"] {
            if let Some(Value::List(nodes)) = at(&header, key) {
                names.extend(nodes.iter().filter_map(|node| node.value.as_str()).map(str::to_owned));
            }
        }
        names.retain(|name| !name.starts_with('/'));
        let import = at(&header, "extra").and_then(|extra| at(&extra, "import"));
        let id = import.and_then(|import| Some(at(&import, "id")?.as_str()?.to_owned()));
        let id = id.or_else(|| recorded.get(path).copied().flatten().cloned());
        all.push(Known { path: path.clone(), title, names, id, is_imported: recorded.contains_key(path) });
    }
    // Pages that a person removed keep what they were called by.
    for (path, id) in recorded {
        let is_person = path.as_str().starts_with("content/speakers/");
        if is_person && !options.site.speakers.contains_key(path) {
            all.push(Known {
                path: path.clone(),
                title: String::new(),
                names: Vec::new(),
                id: id.cloned(),
                is_imported: true,
            });
        }
    }
    all
}

/// The name of a file that is not there yet.
fn new_stem(name: &str, stems: &mut HashSet<String>, next: &mut HashMap<String, usize>) -> String {
    let base = slug(name);
    let base = if base.is_empty() { "person".to_owned() } else { super::paths::safe(base, "person") };
    let mut stem = base.clone();
    while !stems.insert(stem.clone()) {
        let number = next.entry(base.clone()).or_insert(1);
        *number += 1;
        stem = format!("{base}-{number}");
    }
    stem
}

/// What is equal for spellings of a name.
fn fold(text: &str) -> String {
    let lower = clean(text).to_lowercase();
    let letters: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.is_empty() { lower } else { letters }
}
