//! The data of pyvideo.org: a folder for each conference, a JSON file for each talk.
//!
//! A conference becomes an event, and its talks the event's. A group that meets over months or
//! years becomes an event for each day, in one series. `NO_PUBLISH.json` is honoured: what it names
//! is left out, and taken out where an earlier import made a page of it.

mod conference;
mod markup;
mod talk;
mod withheld;

use crate::{FolderOptions, Import, Report, Verdict};
use conference::Conference;
use ssg_source::{Diagnostic, Diagnostics, Inputs, SitePath, codes};
use std::collections::BTreeMap;
use withheld::Withheld;

/// The file that describes a conference.
const CATEGORY: &str = "category.json";
/// The file that names what must not be published.
const NO_PUBLISH: &str = "NO_PUBLISH.json";

/// Makes events and talks of a folder of conferences.
///
/// Every file in it is an item of the report. A file that cannot be read is an error and a failed
/// item; where that is the list of what must not be published, nothing is imported.
pub fn import_pyvideo(inputs: &dyn Inputs, options: &FolderOptions, found: &mut Diagnostics) -> Import {
    let mut import = Import { report: Report::new("pyvideo"), ..Import::default() };
    let files = inputs.list(&SitePath::root(), found);
    let mut conferences: BTreeMap<String, Vec<SitePath>> = BTreeMap::new();
    for file in files.into_iter().map(|entry| entry.path) {
        let parts: Vec<&str> = file.parts().collect();
        match parts[..] {
            [name, CATEGORY] | [name, "videos", _] if file.extension() == Some("json") => {
                conferences.entry(name.to_owned()).or_default().push(file.clone());
            }
            [NO_PUBLISH] => {
                let why = "the list of what must not be published; it was honoured";
                import.report.add(file.as_str(), Verdict::Skipped(why.to_owned()), Vec::new());
            }
            _ => {
                let why = "it describes no conference and no talk";
                import.report.add(file.as_str(), Verdict::Skipped(why.to_owned()), Vec::new());
            }
        }
    }
    if conferences.is_empty() {
        found.add(Diagnostic::error(codes::IMPORT, "there is no conference in this folder").hint(
            "name the folder that holds a folder for each conference, and `NO_PUBLISH.json`: \
                 each of them has `category.json` and `videos/`",
        ));
    }
    options.check(&conferences, found);
    conferences.retain(|name, _| options.wants(name));
    let withheld = match Withheld::read(inputs, found) {
        Ok(withheld) => withheld,
        Err(why) => {
            let why = format!("what must not be published is not known: {why}");
            for name in conferences.keys() {
                import.report.add(name, Verdict::Failed(why.clone()), Vec::new());
            }
            return import;
        }
    };
    let mut aliases = std::collections::HashSet::new();
    for (name, files) in conferences {
        Conference::read(&name, &files, inputs, &mut import.report, found).add_to(
            &mut import,
            &withheld,
            options,
            &mut aliases,
        );
    }
    import
}

#[cfg(test)]
mod tests;
