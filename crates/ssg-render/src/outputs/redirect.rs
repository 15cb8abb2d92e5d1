//! What stands at an old address: a page that leads on, and for what lay below it the same.
//!
//! An address is more than a page. Whoever has renamed an event had its talks, calendars and schedules below it, and a
//! section its posts and feeds. Programs that fetch feeds and calendars do not follow pages, so these stand at their old
//! address as they are. Files that are copied are led on by lines of `_redirects` alone.

use super::planned::Planned;
use super::{Kind, OutputKind, Planner, Rendered, Result};
use crate::formats::render_redirect_page;
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use ssg_source::{Diagnostic, Diagnostics, SitePath, Span, codes};
use ssg_taxonomy::facets::Redirects;
use ssg_taxonomy::{LangId, Target};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// So many old addresses follow from aliases at most, in any site.
const MOST: usize = 100_000;
/// And so many in a small one, with some more for each output: a few lines of headers make no hundred megabytes.
const FEW: usize = 5_000;
const FOR_EACH_OUTPUT: usize = 4;
/// So many things that were renamed may lie in each other: a section, an event in it, a talk of that, and one to spare.
const DEEPEST: usize = 4;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Redirect {
    pub(super) to: String,
}

impl Kind for Redirect {
    const WORDS: &'static str = "redirect";

    fn plan(planner: &mut Planner<'_>) {
        let all = planner.snapshot.facets().get::<Redirects>(&()).into_value();
        let mut all = all.map_or_else(Vec::new, |all| all.0.clone());
        let mut first: BTreeMap<&str, (&str, &SitePath)> = BTreeMap::new();
        for (from, to, source) in &all {
            match first.get(from.as_str()) {
                None => {
                    first.insert(from, (to, source));
                    planner.planned.add(from, Self { to: to.clone() }, Some(source));
                }
                Some((known, _)) if *known == to => {}
                Some((_, other)) => {
                    let place = |source: &SitePath| place_of(planner.snapshot, source, from);
                    planner.found.add(taken(from, (source, place(source)), (other, place(other))));
                }
            }
        }
        let mut lines = Vec::new();
        for (redirect, is_there) in in_other_languages(planner.snapshot, &planner.planned, &all) {
            let (from, to, source) = &redirect;
            if is_there {
                planner.planned.add(from, Self { to: to.clone() }, Some(source));
                lines.push((from.clone(), to.clone()));
            }
            all.push(redirect);
        }
        let below = below(&planner.planned, &all, planner.found);
        lines.reserve(below.len());
        for Moved { from, to, kind, source } in below {
            if let Some(kind) = kind {
                planner.planned.add(&from, kind, source.as_ref());
            }
            lines.push((from, to));
        }
        planner.planned.moved = lines;
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let lang = reads.tag(LangId::MAIN);
        Ok(Rendered::text(render_redirect_page(&reads.permalink(&self.to), &lang)))
    }

    fn source_words(&self) -> String {
        format!("an alias of `{}`", self.to)
    }

    fn advice(&self, _: &SiteSnapshot, path: &SitePath) -> Option<String> {
        Some(format!("remove the alias from `{path}`"))
    }
}

/// That an alias leads to another page already.
fn taken(
    from: &str,
    (source, place): (&SitePath, Option<Span>),
    (other, other_place): (&SitePath, Option<Span>),
) -> Diagnostic {
    Diagnostic::error(
        codes::ALIAS_TAKEN,
        format!("`{from}` is an alias of another page too, and leads there"),
    )
    .in_file(source)
    .at(place)
    .label(other, other_place, "the page that it leads to")
    .hint("remove the alias from one of the two")
}

/// Where a file names an alias.
fn place_of(snapshot: &SiteSnapshot, source: &SitePath, alias: &str) -> Option<Span> {
    let site = snapshot.site();
    let document = match site.target(source)? {
        Target::Page(id) => &site.page(id).document,
        Target::Section(id) => &site.section(id).document,
        Target::Term(..) | Target::Taxonomy(..) | Target::Withheld(_) => return None,
    };
    let is_it = |text: &str| text.trim().trim_matches('/') == alias.trim_matches('/');
    document.front.aliases.iter().find(|written| is_it(&written.value)).map(|written| written.span)
}

/// Something that lay below an old address.
struct Moved {
    from: String,
    to: String,
    /// What stands at the old address; nothing for files that are copied.
    kind: Option<OutputKind>,
    source: Option<SitePath>,
}

/// Old addresses of translations, where nothing else is there now: they have the paths of their originals below the
/// home page of their language. Of an original without a translation there may be some below, as of an event's talks.
fn in_other_languages(
    snapshot: &SiteSnapshot,
    planned: &Planned,
    redirects: &[(String, String, SitePath)],
) -> Vec<((String, String, SitePath), bool)> {
    let site = snapshot.site();
    let homes: Vec<&str> =
        site.languages().map(|language| site.home_path(language)).filter(|home| *home != "/").collect();
    if homes.is_empty() || redirects.is_empty() {
        return Vec::new();
    }
    let mut known: BTreeSet<String> =
        planned.outputs().iter().map(|output| path_of(&super::planned::fold(&output.file))).collect();
    let folded = |path: &str| path_of(&super::planned::fold(&super::planned::file_of(path)));
    let mut old = Vec::new();
    for (from, to, source) in redirects {
        if homes.iter().any(|home| from.starts_with(home) || to.starts_with(home)) {
            continue;
        }
        for home in &homes {
            let there = |path: &str| format!("{home}{}", path.trim_start_matches('/'));
            let new = folded(&there(to));
            let is_there = known.contains(&new);
            let has_some = known.range(new.clone()..).next().is_some_and(|path| path.starts_with(&new));
            if has_some && known.insert(folded(&there(from))) {
                old.push(((there(from), there(to), source.clone()), is_there));
            }
        }
    }
    old
}

/// What lay below old addresses, where nothing else is there now.
fn below(planned: &Planned, redirects: &[(String, String, SitePath)], found: &mut Diagnostics) -> Vec<Moved> {
    let is_folder = |path: &str| path.ends_with('/') && path.len() > 1;
    // An alias within the page's own folder was a page beside others there, not the folder of them.
    let takes_along = |from: &str, to: &str| is_folder(from) && is_folder(to) && !from.starts_with(to);
    let folders: Vec<_> = redirects.iter().filter(|(from, to, _)| takes_along(from, to)).collect();
    if folders.is_empty() {
        return Vec::new();
    }
    let mut known: HashSet<String> =
        planned.outputs().iter().map(|output| super::planned::fold(&output.file)).collect();
    let mut at: BTreeMap<String, (String, Option<OutputKind>)> = planned
        .outputs()
        .iter()
        // Their names tell of their bytes, so nobody links to them for long.
        .filter(|output| !matches!(output.kind, OutputKind::PictureSizes(_)))
        .map(|output| {
            let path = path_of(&output.file);
            (path.clone(), moved_to(path, &output.kind))
        })
        .collect();
    let most = FEW.saturating_add(planned.outputs().len().saturating_mul(FOR_EACH_OUTPUT)).min(MOST);
    let mut moved = Vec::new();
    // What lay below an old address may lie below another one: an event and one of its talks were renamed.
    for _ in 0..DEEPEST {
        let before = moved.len();
        for (from, to, source) in &folders {
            let inside = at.range(to.clone()..).take_while(|(path, _)| path.starts_with(to.as_str()));
            let inside = inside.filter(|(path, _)| *path != to && !path.starts_with(from.as_str()));
            let mut found_here = Vec::new();
            for (path, (to_now, kind)) in inside {
                let old = format!("{from}{}", &path[to.len()..]);
                if known.insert(super::planned::fold(&super::planned::file_of(&old))) {
                    found_here.push((old, to_now.clone(), kind.clone()));
                }
            }
            for (from, to, kind) in found_here {
                if moved.len() == most {
                    let message = format!("aliases make over {most} old addresses; the others are left out");
                    found.add(Diagnostic::warning(codes::ALIAS_TAKEN, message).in_file(source));
                    return moved;
                }
                at.insert(from.clone(), (to.clone(), kind.clone()));
                moved.push(Moved { from, to, kind, source: Some(source.clone()) });
            }
        }
        if moved.len() == before {
            break;
        }
    }
    moved
}

/// Where what is at a path is led to from an old address, and what stands there.
fn moved_to(path: String, kind: &OutputKind) -> (String, Option<OutputKind>) {
    match kind {
        OutputKind::Redirect(onward) => (onward.to.clone(), Some(kind.clone())),
        OutputKind::PictureFile(_) => (path, None),
        kind if kind.copied_file().is_some() || kind.fixed_bytes().is_some() => (path, None),
        _ if path.ends_with('/') || path.ends_with(".html") => {
            (path.clone(), Some(OutputKind::Redirect(Redirect { to: path })))
        }
        kind => (path, Some(kind.clone())),
    }
}

/// The path under which a file is asked for.
pub(super) fn path_of(file: &str) -> String {
    match file.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{file}"),
    }
}
