//! What must not be published, from `NO_PUBLISH.json`: numbers of talks, and names.

use super::NO_PUBLISH;
use crate::people::clean;
use crate::source;
use ssg_parse::Value;
use ssg_source::{Diagnostics, Inputs, SitePath, codes};
use std::collections::BTreeSet;

/// What must not be published.
#[derive(Debug, Default)]
pub(super) struct Withheld {
    ids: BTreeSet<i64>,
    names: BTreeSet<String>,
}

impl Withheld {
    /// Reads the list; without a file nothing is on it.
    ///
    /// # Errors
    /// When the file is there and cannot be read, or is no list of numbers and texts.
    pub fn read(inputs: &dyn Inputs, found: &mut Diagnostics) -> Result<Self, String> {
        let path = SitePath::new(NO_PUBLISH).map_err(|error| error.to_string())?;
        let mut withheld = Self::default();
        if !inputs.exists(&path) {
            return Ok(withheld);
        }
        let Value::List(nodes) = source::json(inputs, &path, found)? else {
            return Err(unknown_form(&path, found));
        };
        for node in nodes {
            match node.value {
                Value::Integer(id) => {
                    withheld.ids.insert(id);
                }
                Value::Text(name) => {
                    withheld.names.insert(clean(&name).to_lowercase());
                }
                _ => return Err(unknown_form(&path, found)),
            }
        }
        Ok(withheld)
    }

    /// Whether a talk is on the list, by its number or its name.
    pub fn talk(&self, id: Option<i64>, name: &str) -> bool {
        id.is_some_and(|id| self.ids.contains(&id)) || self.names.contains(&name.to_lowercase())
    }

    /// Whether a person is on the list.
    pub fn person(&self, name: &str) -> bool {
        self.names.contains(&clean(name).to_lowercase())
    }
}

fn unknown_form(path: &SitePath, found: &mut Diagnostics) -> String {
    let message = "it should be a list of numbers and names";
    found.add(ssg_source::Diagnostic::error(codes::IMPORT, format!("`{path}`: {message}")).in_file(path));
    message.to_owned()
}
