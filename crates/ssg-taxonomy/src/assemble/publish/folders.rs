//! Files in folders that have no published page: whose they are, and whether they go out.

use super::super::classify::dir_of;
use super::Mentions;
use super::above::upwards;
use ssg_source::SitePath;
use ssg_source::hash::{HashMap, HashSet};
use std::collections::BTreeMap;

/// Which folders have pages.
#[derive(Default)]
pub(super) struct Folders {
    /// Those of published pages, and all above them.
    published: HashSet<String>,
    /// Those that pages lie in, with a withheld one where none of them is published.
    own: HashMap<String, Option<SitePath>>,
}

impl Folders {
    pub(super) fn add(&mut self, page: &SitePath, is_published: bool) {
        let dir = &dir_of(page);
        if is_published {
            self.published.extend(upwards(dir).map(str::to_owned));
            self.own.insert(dir.clone(), None);
        } else {
            self.own.entry(dir.clone()).or_insert_with(|| Some(page.clone()));
        }
    }

    /// Gives the files of folders without published pages to the nearest folder above that has some. Beside pages that
    /// are all withheld they stay back with these, unless a published page names them.
    pub(super) fn settle(&self, assets: &mut BTreeMap<String, Vec<SitePath>>, mentioned: &mut Mentions) {
        let loose: Vec<String> =
            assets.keys().filter(|dir| !self.published.contains(dir.as_str())).cloned().collect();
        for dir in loose {
            let Some(files) = assets.remove(&dir) else { continue };
            if let Some(Some(page)) = upwards(&dir).find_map(|dir| self.own.get(dir)) {
                for file in &files {
                    mentioned.hold(file, page);
                }
            }
            let home = upwards(&dir).find(|dir| self.published.contains(*dir)).unwrap_or_default();
            assets.entry(home.to_owned()).or_default().extend(files);
        }
        for files in assets.values_mut() {
            files.sort();
        }
    }
}
