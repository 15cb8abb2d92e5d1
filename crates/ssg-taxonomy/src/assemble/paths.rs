//! Titles, slugs, paths and aliases: from names and headers to places in the site.

use super::classify::{Classified, ClassifiedFiles, Location, Role};
use crate::ids::SectionId;
use crate::page::{Kind, Standing};
use crate::site::Site;
use jiff::Zoned;
use ssg_parse::{Config, Document, FrontMatter, LangId, Spanned, slugify};
use ssg_source::hash::HashMap;
use ssg_source::{Diagnostic, Diagnostics, SitePath, Span, codes};
use std::sync::Arc;

/// A page that has a place but no number yet.
pub(super) struct Draft {
    pub source: SitePath,
    pub row: Option<Span>,
    pub kind: Kind,
    pub section: SectionId,
    pub slug: String,
    pub path: String,
    pub title: String,
    pub date: Option<Zoned>,
    pub aliases: Vec<String>,
    pub assets: Vec<SitePath>,
    pub document: Arc<Document>,
    /// Id of the event that it is, or is a talk of.
    pub event: Option<String>,
    pub language: LangId,
    /// What it shares with its translations.
    pub key: Option<String>,
    /// Another draft is its original.
    pub is_translation: bool,
    pub weight: i64,
    pub standing: Standing,
    /// It lies in the folder of an event, and is no talk.
    pub is_beside_event: bool,
}

/// The slug of `text`, else of `fallback`, else made of code points: never empty.
pub(super) fn safe_slug(text: &str, fallback: &str) -> String {
    let slug = slugify(text);
    if !slug.is_empty() {
        return slug;
    }
    let slug = slugify(fallback);
    if slug.is_empty() { crate::term::term_slug(&format!("{text}{fallback}-")) } else { slug }
}

/// Title of a page: its own, else its first heading, else its file's name.
pub(crate) fn title_of(document: &Document, name: &str) -> String {
    if let Some(title) = &document.front.title {
        return title.value.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    if let Some(heading) = document.outline.headings.first().filter(|heading| !heading.title.is_empty()) {
        return heading.title.clone();
    }
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let title: String = letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect();
    if title.is_empty() { "Untitled".to_owned() } else { title }
}

/// Endings of the addresses at which pages were files; any other dot is a part of a page's name.
const PAGE_ENDINGS: &[&str] =
    &["html", "htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp", "cfm", "cgi", "txt", "xml", "json"];

/// Longest path that may be written, in bytes: with the folder of the output before it a system takes 4,096.
const LONGEST: usize = 2_000;

/// Checks the path of a page: it is a folder, unless its ending is one of pages.
fn check_page_path(text: &str) -> Result<String, &'static str> {
    let path = check_path(text)?;
    let end = path.rsplit('/').next().and_then(|last| last.rsplit_once('.')).map(|(_, end)| end);
    let is_file = end.is_none_or(|end| PAGE_ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(end)));
    Ok(if is_file { path } else { format!("{path}/") })
}

/// Checks a path that somebody wrote and gives it slashes at both ends, or at the front alone when
/// it names a file.
fn check_path(text: &str) -> Result<String, &'static str> {
    // Somebody has copied it out of a browser's bar.
    let decoded = ssg_parse::decode_path(text);
    let text = decoded.as_str();
    if text.trim().starts_with("//") || text.contains("://") {
        return Err("it is a path of this site, not an address");
    }
    let inner = text.trim().trim_start_matches('/');
    if inner.len() > LONGEST {
        return Err("it is longer than 2,000 bytes");
    }
    for part in inner.trim_end_matches('/').split('/') {
        if part.len() > 255 {
            return Err("a part of it is longer than 255 bytes");
        }
        if [".git", ".hg", ".svn"].iter().any(|name| part.eq_ignore_ascii_case(name)) {
            return Err("folders of that name are version control's own");
        }
        if part.starts_with(".ssg-") {
            return Err("names that begin with `.ssg-` are the program's own");
        }
        if part == ".." || part == "." {
            return Err("`.` and `..` may not stand in it");
        }
    }
    if inner.contains(['\\', '%', '?', '#']) || inner.chars().any(char::is_control) {
        return Err("backslashes, `%`, `?`, `#` and control characters may not stand in it");
    }
    if inner.contains("//") {
        return Err("a part of it is empty");
    }
    let last = inner.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    let is_file = !inner.ends_with('/')
        && last.rsplit_once('.').is_some_and(|(name, end)| {
            !name.is_empty()
                && (1..=5).contains(&end.len())
                && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && end.bytes().any(|byte| byte.is_ascii_alphabetic())
        });
    Ok(match (inner.is_empty(), is_file) {
        (true, _) => "/".to_owned(),
        (_, true) => format!("/{inner}"),
        _ => format!("/{}/", inner.trim_end_matches('/')),
    })
}

fn bad_path(source: &SitePath, key: &str, text: &Spanned<String>, why: &str) -> Diagnostic {
    Diagnostic::error(
        codes::BAD_PATH,
        format!("`{}` cannot be the {key}", text.value.replace(char::is_control, "\u{FFFD}")),
    )
    .in_file(source)
    .at(text.span)
    .note(why.to_owned())
}

/// The path that the header sets, if it is a good one.
pub(super) fn own_path(source: &SitePath, front: &FrontMatter, found: &mut Diagnostics) -> Option<String> {
    let text = front.path.as_ref()?;
    match check_page_path(&text.value) {
        Ok(path) => Some(path),
        Err(why) => {
            found.add(bad_path(source, "path", text, why));
            None
        }
    }
}

/// The aliases of a header that are good paths.
pub(super) fn alias_paths(source: &SitePath, front: &FrontMatter, found: &mut Diagnostics) -> Vec<String> {
    let mut paths = Vec::new();
    for alias in &front.aliases {
        match check_path(&alias.value) {
            Ok(path) => paths.push(path),
            Err(why) => found.add(bad_path(source, "alias", alias, why)),
        }
    }
    paths
}

/// The slug that the header sets, if it is a good one.
fn own_slug(source: &SitePath, front: &FrontMatter, name: &str, found: &mut Diagnostics) -> Option<String> {
    let text = front.slug.as_ref()?;
    let bad = text.value.contains(['/', '\\', '%'])
        || text.value.contains("..")
        || text.value.trim() == "."
        || text.value.chars().any(char::is_control);
    if bad {
        let why = "a slug is one part of a path: letters, digits and hyphens";
        found.add(bad_path(source, "slug", text, why));
        return None;
    }
    Some(safe_slug(&text.value, name))
}

/// The path that `[permalinks]` gives a post or page. One that needs a day and has none keeps its usual path.
fn patterned(
    config: &Config,
    source: &SitePath,
    location: &Location,
    slug: Option<&str>,
    date: Option<&Zoned>,
    found: &mut Diagnostics,
) -> Option<String> {
    let is_free = matches!(location.kind, Kind::Post | Kind::Page) && location.event_dir.is_none();
    let permalink = config.permalink_of(&location.dir).filter(|_| is_free)?;
    let usual = safe_slug(&location.name.stem, &location.name.dated_stem);
    let Some(path) = permalink.path(date.map(Zoned::date), slug.unwrap_or(&usual), &location.dir) else {
        // A translation takes its date and address from the original.
        if location.is_translation {
            return None;
        }
        let message = format!("the pattern `{}` needs a date, and this page has none", permalink.pattern);
        let hint = "add `date`, or a `path` of its own; until then it keeps its usual address";
        found.add(Diagnostic::warning(codes::PERMALINK, message).in_file(source).hint(hint));
        return None;
    };
    let home = config.home_of(location.language);
    check_page_path(&format!("{home}{}", path.trim_start_matches('/'))).ok()
}

/// Gives every page its title, date, slug and path; terms get theirs later.
pub(super) fn draft_pages(
    config: &Config,
    placed: ClassifiedFiles,
    site: &Site,
    found: &mut Diagnostics,
) -> Vec<Draft> {
    let sections: HashMap<(LangId, &str), SectionId> = (0u32..)
        .zip(&site.sections)
        .map(|(index, section)| ((section.language, section.dir.as_str()), SectionId(index)))
        .collect();
    let mut drafts = Vec::with_capacity(placed.pages.len());
    let mut places = Vec::with_capacity(placed.pages.len());
    let mut event_paths: HashMap<(String, LangId), (String, String)> = HashMap::default();
    let mut assets = placed.assets;
    let zone = config.zone();
    let mut pages = placed.pages;
    // Files beside a bundle go with the first of its languages.
    pages.sort_by_key(Classified::language);
    for one in pages {
        let Role::Page(location) = one.role else { continue };
        let (path, document) = (one.source.path, one.source.document);
        let front = &document.front;
        let slug = own_slug(&path, front, &location.name.stem, found);
        let section =
            sections.get(&(location.language, location.dir.as_str())).copied().unwrap_or(SectionId(0));
        let title_name =
            if location.bundle.is_some() { &location.name.dated_stem } else { &location.name.stem };
        let date = front
            .date
            .as_ref()
            .map(|when| when.value.start(&zone))
            .or_else(|| location.name.date.map(|day| ssg_parse::When::Day(day).start(&zone)));
        let mut own = own_path(&path, front, found);
        if own.is_none() {
            own = patterned(config, &path, &location, slug.as_deref(), date.as_ref(), found);
        }
        drafts.push(Draft {
            row: None,
            kind: location.kind,
            section,
            slug: slug.clone().unwrap_or_else(|| safe_slug(&location.name.stem, &location.name.dated_stem)),
            path: own.unwrap_or_default(),
            title: title_of(&document, title_name),
            date,
            aliases: if location.kind == Kind::Term { Vec::new() } else { alias_paths(&path, front, found) },
            assets: location.bundle.as_ref().and_then(|dir| assets.remove(dir)).unwrap_or_default(),
            source: path,
            event: None,
            language: location.language,
            key: location.key.clone(),
            is_translation: false,
            weight: front.weight.unwrap_or(0),
            standing: location.standing,
            is_beside_event: location.event_dir.is_some() && location.kind != Kind::Talk,
            document,
        });
        places.push((location, slug.is_some()));
    }
    keep_colliding_dates(&mut drafts, &places, found);
    for (draft, (location, _)) in drafts.iter_mut().zip(&places) {
        // An event keeps the whole name of its folder, with the year in front, as its id.
        if draft.kind == Kind::Event {
            let id = if location.bundle.is_some() { &location.name.dated_stem } else { &location.name.stem };
            if draft.document.front.slug.is_none() {
                draft.slug = safe_slug(id, id);
            }
            draft.event = Some(id.clone());
        }
        let is_of_event = location.event_dir.is_some();
        if is_of_event || matches!(draft.kind, Kind::Talk | Kind::Term) || !draft.path.is_empty() {
            continue;
        }
        draft.path = format!("{}{}/", site.section(draft.section).path, draft.slug);
    }
    for (draft, (location, _)) in drafts.iter().zip(&places) {
        if let (Some(dir), Some(id)) = (&location.bundle, &draft.event) {
            event_paths.insert((dir.clone(), location.language), (id.clone(), draft.path.clone()));
        }
    }
    let is_within = |draft: &Draft, location: &Location| {
        draft.kind == Kind::Talk || (location.event_dir.is_some() && draft.kind != Kind::Term)
    };
    for (draft, (location, _)) in
        drafts.iter_mut().zip(&places).filter(|(draft, (location, _))| is_within(draft, location))
    {
        let event = location.event_dir.as_ref().and_then(|dir| {
            let of = |language| event_paths.get(&(dir.clone(), language));
            of(location.language).or_else(|| config.language_ids().find_map(of))
        });
        let above = match event {
            Some((id, path)) if draft.kind == Kind::Talk => {
                draft.event = Some(id.clone());
                format!("{path}talks/")
            }
            Some((_, path)) => format!("{path}{}", location.below_event),
            None if draft.kind != Kind::Talk => site.section(draft.section).path.clone(),
            None => {
                let named = draft.document.front.talk.as_deref().and_then(|talk| talk.event.as_ref());
                draft.event = named.map(|event| event.value.clone());
                site.section(draft.section).path.clone()
            }
        };
        if draft.path.is_empty() {
            draft.path = format!("{above}{}/", draft.slug);
        }
    }
    drafts
}

/// Files of one directory whose slugs collide once the date is dropped keep the date.
fn keep_colliding_dates(drafts: &mut [Draft], places: &[(Location, bool)], found: &mut Diagnostics) {
    let mut groups: HashMap<(String, LangId, String), Vec<usize>> = HashMap::default();
    for (index, (draft, (location, own_slug))) in drafts.iter().zip(places).enumerate() {
        if !own_slug && draft.path.is_empty() && draft.kind != Kind::Event && location.event_dir.is_none() {
            groups
                .entry((location.dir.clone(), location.language, draft.slug.clone()))
                .or_default()
                .push(index);
        }
    }
    for indexes in groups.into_values().filter(|indexes| indexes.len() > 1) {
        for index in indexes {
            let (location, _) = &places[index];
            if location.name.date.is_none() {
                continue;
            }
            let slug = safe_slug(&location.name.dated_stem, &location.name.stem);
            let message = format!(
                "the slug `{}` would stand for several files; this one keeps its date",
                drafts[index].slug
            );
            found.add(
                Diagnostic::warning(codes::COLLIDING_SLUG, message)
                    .in_file(&drafts[index].source)
                    .hint("set `slug` to choose another one"),
            );
            drafts[index].slug = slug;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_people_write() {
        assert_eq!(check_path("/2013/05/x").as_deref(), Ok("/2013/05/x/"));
        assert_eq!(check_path("old.html").as_deref(), Ok("/old.html"));
        assert_eq!(check_path("/v1.2/").as_deref(), Ok("/v1.2/"));
        assert_eq!(check_path("/a%20b/").as_deref(), Ok("/a b/"));
        assert_eq!(check_page_path("2025/Rust-1.87.0").as_deref(), Ok("/2025/Rust-1.87.0/"));
        assert_eq!(check_page_path("notes/v2.beta").as_deref(), Ok("/notes/v2.beta/"));
        assert_eq!(check_page_path("/old/x.html").as_deref(), Ok("/old/x.html"));
        for bad in [&"b/".repeat(1001), "../x", "a/../../b", "%2e%2e/x", "a\\b", "a\0b", "a//b"] {
            assert!(check_path(bad).is_err(), "{bad:?}");
        }
    }
}
