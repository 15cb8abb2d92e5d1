//! The file that an output comes from, for those that have none of their own: the page that makes a
//! folder a section, or that names a term.

use super::{Output, OutputKind};
use crate::world::World;
use ssg_source::SitePath;
use ssg_taxonomy::{Kind, Page};

/// Where an output comes from.
pub(super) struct Origin {
    /// The file to change.
    pub path: SitePath,
    /// What the file has to do with the output.
    pub words: String,
    /// How far the file is from the output: 0 where it is its source, 3 where nobody wrote it.
    pub distance: u8,
}

/// The origin of an output. What the site makes of no page in particular comes from `ssg.toml`.
pub(super) fn origin(world: &World, output: &Output) -> Origin {
    let named = output.source.as_ref().filter(|source| !source.as_str().is_empty());
    if let Some(source) = named {
        let words = match &output.kind {
            OutputKind::Redirect(to) => format!("an alias of `{to}`"),
            kind => format!("a {}", describe(kind)),
        };
        let distance = if source.as_str().starts_with("theme:") { 3 } else { 0 };
        return Origin { path: source.clone(), words, distance };
    }
    let settings = || SitePath::new("ssg.toml").unwrap_or_default();
    let first = match &output.kind {
        OutputKind::Section(id, _) => {
            // The home page is there in any case.
            let dir = world.site.section(*id).dir.as_str();
            let below = format!("content/{dir}");
            let is_below = |page: &&Page| !dir.is_empty() && page.source.below(&below).is_some();
            first(world.site.pages.iter().filter(is_below)).map(|path| {
                (path, format!("a page below `content/{dir}/`, which makes that folder a section"))
            })
        }
        OutputKind::Taxonomy(index, _) => world.site.taxonomies.get(*index).and_then(|taxonomy| {
            let naming = world
                .site
                .pages
                .iter()
                .filter(|page| page.terms.get(*index).is_some_and(|terms| !terms.is_empty()));
            Some((first(naming)?, format!("a page with `{}`, whose list is at that path", taxonomy.name)))
        }),
        OutputKind::Term(id, ..) => {
            let term = world.site.term(*id);
            let naming = term.pages.iter().map(|page| world.site.page(*page));
            first(naming)
                .map(|path| (path, format!("a page that names `{}`, whose page is at that path", term.name)))
        }
        OutputKind::Archive(_) => {
            let posts = world.site.pages.iter().filter(|page| page.kind == Kind::Post);
            first(posts).map(|path| (path, "a post, and posts have an archive by year".to_owned()))
        }
        _ => None,
    };
    let distance = match (&first, &output.kind) {
        (None, _) => 3,
        (Some(_), OutputKind::Section(..)) => 1,
        (Some(_), _) => 2,
    };
    let (path, words) =
        first.unwrap_or_else(|| (settings(), format!("the site's own {}", describe(&output.kind))));
    Origin { path, words, distance }
}

/// The first file by its name, so that every build names the same.
fn first<'p>(pages: impl Iterator<Item = &'p Page>) -> Option<SitePath> {
    pages.map(|page| &page.source).min().cloned()
}

/// What to change of an output so that it goes elsewhere; `None` where nothing can be.
pub(super) fn advice(world: &World, output: &Output, origin: &Origin) -> Option<String> {
    let path = &origin.path;
    Some(match &output.kind {
        OutputKind::Page(_) | OutputKind::Card(_) => {
            format!("set `slug` or `path` in `{path}`, or rename it")
        }
        OutputKind::Section(id, _) => {
            let dir = world.site.section(*id).dir.as_str();
            let folder = dir.split('/').next().filter(|folder| !folder.is_empty())?;
            match world.site.taxonomy(folder) {
                Some(_) => format!(
                    "move `{path}`: pages of terms lie directly in `content/{folder}/`, one file for each"
                ),
                None => format!("rename the folder `content/{dir}/`"),
            }
        }
        OutputKind::Taxonomy(..) => "give the folder of pages another name than the taxonomy".to_owned(),
        OutputKind::Term(..) => {
            format!("set `slug` in a page of the term, or write the term otherwise in `{path}`")
        }
        OutputKind::Redirect(_) => format!("remove the alias from `{path}`"),
        OutputKind::Bytes(_) | OutputKind::Copy(_) | OutputKind::Input(_) => format!("rename `{path}`"),
        OutputKind::Feed(..) => "name other formats under `[feeds]` in ssg.toml".to_owned(),
        _ => "switch the output off under `[outputs]` in ssg.toml".to_owned(),
    })
}

/// What an output is, in words.
fn describe(kind: &OutputKind) -> &'static str {
    match kind {
        OutputKind::Page(_) => "page",
        OutputKind::Section(..) => "section",
        OutputKind::Taxonomy(..) | OutputKind::Term(..) => "page of terms",
        OutputKind::Archive(_) => "archive",
        OutputKind::NotFound => "404 page",
        OutputKind::Feed(..) => "feed",
        OutputKind::Calendar(_) => "calendar",
        OutputKind::Card(_) => "social card",
        OutputKind::Api(_) => "file of the API",
        OutputKind::ScheduleFile(_) => "schedule for apps",
        OutputKind::Sitemap => "site map",
        OutputKind::Robots
        | OutputKind::Redirects
        | OutputKind::Headers
        | OutputKind::Cname
        | OutputKind::NextBuild => "file for hosts",
        OutputKind::Redirect(_) => "redirect",
        OutputKind::Bytes(_) | OutputKind::Copy(_) | OutputKind::Input(_) => "file",
    }
}
