//! `load_data`: what is in a file of data.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::data;
use crate::entry::{Entry, entry};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_source::SitePath;
use tera::TeraResult;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LoadData {
    path: String,
    required: bool,
    format: Option<String>,
}

impl Function for LoadData {
    const NAME: &'static str = "load_data";
    const ARGUMENTS: &'static [&'static str] = &["path", "required", "format"];
    const HAS_LANG: bool = false;
    const ROWS: &'static [Entry] = &[entry(
        &["load_data(path=\"data/sponsors/x.toml\", required=true, format=\"toml\")"],
        "any",
        "parsed TOML, YAML, JSON or CSV, at most 32 MiB; `required=false` gives null for a missing file; `format`, such as `\"json\"`, in place of what the name ends in, and `\"plain\"` for the text as it is",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self {
            path: arguments.text("path")?,
            required: arguments.flag("required", true)?,
            format: arguments.optional("format")?,
        })
    }

    fn find(&self, reads: &Reads) -> Found {
        data::load(reads, &self.path, self.format.as_deref(), self.required)
            .map(|(value, count)| Answer::Data { path: self.path.clone(), value, count })
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("the data file {}", self.path)
    }
}

impl LoadData {
    /// The file, where the path is one of the site.
    pub(crate) fn path(&self) -> Option<SitePath> {
        SitePath::new(&self.path).ok()
    }
}
