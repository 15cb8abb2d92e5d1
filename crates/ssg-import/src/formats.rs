//! The registry of importers: a new format is one file and one line here.

use crate::{Import, TextOptions, import_devopsdays, import_pyvideo, import_text};
use ssg_source::{Class, Diagnostic, Diagnostics, Inputs, codes, did_you_mean};
use std::collections::BTreeMap;

/// A format that `ssg import FORMAT SRC` knows.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// One line of help.
    pub about: &'static str,
    /// What it is made of, and what reads it.
    pub reads: Reads,
}

/// What a source is made of, and what reads it; problems are added to the diagnostics.
#[derive(Clone, Copy, Debug)]
pub enum Reads {
    /// One file: its name, its bytes, the options.
    File(fn(&str, &[u8], &TextOptions, &mut Diagnostics) -> Import),
    /// A folder with all below it.
    Folder(fn(&dyn Inputs, &FolderOptions, &mut Diagnostics) -> Import),
}

/// What the site and the user say about a folder that is imported.
#[derive(Clone, Debug, Default)]
pub struct FolderOptions {
    /// Names and aliases of the site's tools: a tag that is one of them is a tool, else a category.
    pub tools: Vec<String>,
    /// Only these events or conferences, by their names in the source; all without any.
    pub only: Vec<String>,
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

/// Every known format.
pub const FORMATS: &[Format] = &[
    Format {
        name: "devopsdays",
        about: "the Hugo site of devopsdays.org, or a part of it",
        reads: Reads::Folder(import_devopsdays),
    },
    Format {
        name: "pyvideo",
        about: "conferences of pyvideo.org's data, as JSON",
        reads: Reads::Folder(import_pyvideo),
    },
    Format {
        name: "text",
        about: "pages of a blog or a book, pasted as plain text",
        reads: Reads::File(|name, bytes, options, found| import_text(name, bytes, options, found).into()),
    },
];
