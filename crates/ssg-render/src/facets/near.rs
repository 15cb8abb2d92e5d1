//! Sets of names out of which something may have been meant, each made once a build and by the first who
//! needs it: mistakes are many, and so are the names.

use super::{Origin, SnapshotFacet, written};
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_engine::Held;
use ssg_highlight::Highlighter;
use ssg_source::{Diagnostics, Digest, Digester, Inputs, SitePath, Suggestions};
use ssg_taxonomy::facets::{Anchors, CoLocatedNames, Sources};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Which names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Names {
    /// Content files, as `@/` names them.
    Sources,
    /// Files beside the pages of a folder, relative to it.
    CoLocated(SitePath),
    /// Ids of a content file's headings.
    Headings(SitePath),
    /// TOML files of a folder of data, without their extension.
    Data(SitePath),
    /// Languages of code.
    Languages,
    /// Templates.
    Templates,
    /// Paths of the site.
    Paths,
}

impl Names {
    /// What an edit must touch for the names to be others.
    pub(super) fn origin(&self) -> Origin<'_> {
        match self {
            Self::Sources | Self::CoLocated(_) => Origin::Site,
            Self::Headings(source) => Origin::Source(source),
            Self::Data(_) => Origin::Files,
            Self::Languages => Origin::Fixed,
            Self::Templates | Self::Paths => Origin::Theme,
        }
    }
}

/// The names that are near to a wrong one.
pub(crate) struct Near(pub Suggestions);

/// The sets that were asked for.
#[derive(Default)]
pub(crate) struct NearSets(Mutex<HashMap<Names, Held<Near>>>);

impl SnapshotFacet for Near {
    type Key = Names;

    fn held(snapshot: &SiteSnapshot, names: &Names) -> Held<Self> {
        let mut sets = snapshot.near.0.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || {
            let all = all(snapshot, names);
            let suggestions = Suggestions::new(all.iter().map(String::as_str));
            Held::made_of(digest_of(&all), Arc::new(Self(suggestions)))
        };
        sets.entry(names.clone()).or_insert_with(make).clone()
    }

    fn digest(snapshot: &SiteSnapshot, names: &Names) -> Option<Digest> {
        // The order in which near ones are found is not needed to tell whether the names are the same.
        Some(digest_of(&all(snapshot, names)))
    }
}

fn all(snapshot: &SiteSnapshot, names: &Names) -> Vec<String> {
    match names {
        Names::Sources => {
            let sources = snapshot.site.get::<Sources>(&()).into_value();
            let sources = sources.iter().flat_map(|sources| &sources.0);
            sources.filter_map(|source| source.below("content")).map(str::to_owned).collect()
        }
        Names::CoLocated(folder) => {
            let known = snapshot.site.get::<CoLocatedNames>(&folder.as_str().into()).into_value();
            known.map_or_else(Vec::new, |known| known.0.clone())
        }
        Names::Headings(source) => {
            let outline = snapshot.site.get::<Anchors>(source).into_value();
            let headings = outline.iter().flat_map(|outline| &outline.0.headings);
            headings.map(|heading| heading.id.clone()).collect()
        }
        Names::Data(dir) => data_names(&*snapshot.inputs, dir),
        Names::Languages => languages(snapshot.code_blocks.highlighter()),
        Names::Paths => written::paths(snapshot),
        Names::Templates => snapshot.theme.engine.names().into_iter().map(str::to_owned).collect(),
    }
}

/// TOML files of a folder of data, without their extension, sorted.
pub(super) fn data_names(inputs: &dyn Inputs, dir: &SitePath) -> Vec<String> {
    let files = inputs.list(dir, &mut Diagnostics::new());
    let names = files.iter().filter_map(|file| file.path.file_name().strip_suffix(".toml"));
    names.map(str::to_owned).collect()
}

/// The digest of a set of names.
pub(super) fn digest_of(names: &[String]) -> Digest {
    Digester::new().value(names).done()
}

/// Names of one or two letters are near to everything.
fn languages(highlighter: &Highlighter) -> Vec<String> {
    let all = highlighter.languages().iter();
    let names = all.flat_map(|language| std::iter::once(&language.name).chain(&language.aliases));
    names.filter(|name| name.len() > 2).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_suggested() {
        let names = languages(&Highlighter::new());
        let near = Suggestions::new(names.iter().map(String::as_str));
        for (wrong, right) in [
            ("yalm", "yaml"),
            ("Pyhton", "python"),
            ("terrafrom", "terraform"),
            ("dokcer", "docker"),
            ("kubernets", "kubernetes"),
            ("jvascript", "javascript"),
        ] {
            assert_eq!(near.closest(wrong), Some(right), "{wrong}");
        }
        assert_eq!(near.closest("klingon"), None);
        assert_eq!(near.closest(&"x".repeat(100_000)), None);
    }
}
