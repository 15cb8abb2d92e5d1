//! `asset`: the path of an asset.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::facets::theme::{AssetNames, AssetPath};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use serde::{Deserialize, Serialize};
use ssg_source::did_you_mean;
use tera::{TeraResult, Value};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asset {
    path: String,
    required: bool,
}

impl Function for Asset {
    const NAME: &'static str = "asset";
    const ARGUMENTS: &'static [&'static str] = &["path", "required"];
    const HAS_LANG: bool = false;
    const ROWS: &'static [Entry] = &[entry(
        &["asset(path=\"style.css\", required=true)"],
        "string or null",
        "path of an asset with its fingerprint; `required=false` gives null for a missing one",
    )];

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self { path: arguments.text("path")?, required: arguments.flag("required", true)? })
    }

    fn find(&self, reads: &Reads) -> Found {
        let name = self.path.as_str();
        match reads.get::<AssetPath>(&name.into()) {
            Some(path) => Ok(Answer::Value(Value::from(path.0.as_str()))),
            None if !self.required => Ok(Answer::Value(Value::none())),
            None => {
                let names = reads.get::<AssetNames>(&()).map_or_else(Vec::new, |names| names.0.clone());
                let hint = did_you_mean(name, names.iter().map(String::as_str));
                let hint = hint.map_or_else(String::new, |hint| format!(": {hint}"));
                Err(format!("there is no asset `{name}`{hint}"))
            }
        }
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        if self.required {
            format!("the address of the asset {}", self.path)
        } else {
            format!("the address of the asset {}, if there is one", self.path)
        }
    }
}
