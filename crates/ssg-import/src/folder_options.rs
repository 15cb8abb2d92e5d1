//! What the site and the user say about a folder that is imported.

use crate::ImportRecord;
use ssg_source::{Class, Diagnostic, Diagnostics, codes, did_you_mean};
use std::collections::BTreeMap;

/// What the site and the user say about a folder that is imported.
#[derive(Clone, Debug, Default)]
pub struct FolderOptions {
    /// Names and aliases of the site's tools: a tag that is one of them is a tool, else a category.
    pub tools: Vec<String>,
    /// Only these events or conferences, by their names in the source; all without any.
    pub only: Vec<String>,
    /// What earlier imports made; `None` for a site without any.
    pub record: Option<ImportRecord>,
}

impl FolderOptions {
    /// Reports names that were asked for and that the source does not have.
    pub(crate) fn check<T>(&self, known: &BTreeMap<String, T>, found: &mut Diagnostics) {
        for name in self.only.iter().filter(|name| !known.contains_key(*name)) {
            let hint = did_you_mean(name, known.keys().map(String::as_str));
            let problem =
                Diagnostic::error(codes::IMPORT, format!("the source has no event or conference `{name}`"));
            found.add(problem.class(Class::Usage).hint_if(hint));
        }
    }

    /// Whether an event or a conference is to be imported.
    pub(crate) fn wants(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }
}
