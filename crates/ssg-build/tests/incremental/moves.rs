//! Moves: of a page between file and bundle, section and language, and of a folder with all that is in it.

use super::random::Random;
use super::site::Site;

/// Sections that pages move between.
const SECTIONS: &[&str] = &["", "posts/", "notes/", "notes/deep/", "posts/sub/", "events/2016-ghent/talks/"];

/// Folders that move, each to one of the others of its row.
pub const FOLDERS: &[&[&str]] = &[
    &["posts/delta/", "posts/moved/", "notes/delta/", "delta/"],
    &["posts/eps/", "notes/eps/", "posts/sub/eps/"],
    &["events/2016-ghent/", "events/2019-ghent/", "notes/2016-ghent/"],
    &["events/2017-toronto/", "events/2017-montreal/"],
    &["notes/", "essays/", "posts/notes/"],
    &["notes/deep/", "deep/", "posts/deep/"],
    &["posts/sub/", "posts/below/"],
];

/// A page of the same content as a file, where it is in a folder of its own, and the other way around.
pub fn file_or_bundle(place: &str) -> Option<String> {
    let (folder, name) = place.rsplit_once('/').map_or(("", place), |(folder, name)| (folder, name));
    if let Some(rest) = name.strip_prefix("index.") {
        return (!folder.is_empty()).then(|| format!("{folder}.{rest}"));
    }
    if name.starts_with("_index.") {
        return None;
    }
    let (stem, rest) = name.split_once('.')?;
    let slash = if folder.is_empty() { "" } else { "/" };
    Some(format!("{folder}{slash}{stem}/index.{rest}"))
}

/// The same file in another language; without a tag in the main one.
pub fn in_language(place: &str, tag: &str) -> Option<String> {
    let stem = place.strip_suffix(".md")?;
    let stem =
        ["de", "fr", "ar", "en"].iter().find_map(|tag| stem.strip_suffix(&format!(".{tag}"))).unwrap_or(stem);
    Some(if tag.is_empty() { format!("{stem}.md") } else { format!("{stem}.{tag}.md") })
}

impl Site {
    /// Moves a page, or a folder; what was in the way is lost.
    pub fn move_page(&mut self, random: &mut Random) -> String {
        if random.chance(30) {
            return self.move_folder(random);
        }
        let places: Vec<String> =
            self.places().into_iter().filter(|place| !place.starts_with("probe")).collect();
        if places.is_empty() {
            return "nothing".to_owned();
        }
        let from = random.pick(&places).clone();
        let to = match random.below(3) {
            0 => file_or_bundle(&from),
            1 => in_language(&from, random.pick::<&str>(&["", "de", "fr", "ar"])),
            _ => {
                let name = from.rsplit('/').next().unwrap_or(&from);
                Some(format!("{}{name}", random.pick(SECTIONS)))
            }
        };
        let Some(to) = to.filter(|to| *to != from) else { return "nothing".to_owned() };
        if let Some(page) = self.pages.remove(&from) {
            self.pages.insert(to.clone(), page);
        }
        format!("{from} moved to {to}")
    }

    fn move_folder(&mut self, random: &mut Random) -> String {
        let row = random.pick(FOLDERS);
        let from = *random.pick(row);
        let to = *random.pick(row);
        self.rename_folder(from, to);
        format!("the folder {from} moved to {to}")
    }

    /// Gives a folder of content another name, with all that is in it.
    pub fn rename_folder(&mut self, from: &str, to: &str) {
        let moved = |path: &str| path.strip_prefix(from).map(|rest| format!("{to}{rest}"));
        let pages = std::mem::take(&mut self.pages);
        self.pages = pages.into_iter().map(|(place, page)| (moved(&place).unwrap_or(place), page)).collect();
        let raw = std::mem::take(&mut self.raw);
        let moved = |path: String| {
            let below = path.strip_prefix("content/").and_then(moved);
            below.map_or(path, |below| format!("content/{below}"))
        };
        self.raw = raw.into_iter().map(|(path, bytes)| (moved(path), bytes)).collect();
    }
}
