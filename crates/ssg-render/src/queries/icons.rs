//! `icons`: where the icons of the site lie.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use crate::entry::{Entry, entry};
use crate::icons::{self, Raster};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use crate::table::Table;
use serde::{Deserialize, Serialize};
use tera::{TeraResult, Value};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Icons;

impl Function for Icons {
    const NAME: &'static str = "icons";
    const ARGUMENTS: &'static [&'static str] = &[];
    const HAS_LANG: bool = false;
    const ROWS: &'static [Entry] = &[entry(
        &["icons()"],
        "table or null",
        "paths of the [icons](pictures.md#icons) of the site: `svg`, `png`, `touch`, `manifest`, each null where there is none",
    )];

    fn read(_: &Arguments<'_>) -> TeraResult<Self> {
        Ok(Self)
    }

    fn find(&self, reads: &Reads) -> Found {
        let icons = icons::published(reads);
        if !icons.has_svg && icons.rasters.is_empty() && !icons.has_manifest {
            return Ok(Answer::Value(Value::none()));
        }
        let raster = |wanted: Raster| icons.rasters.contains(&wanted).then(|| wanted.path());
        let table = Table::new()
            .set("svg", icons.has_svg.then_some(icons::SVG))
            .set("png", raster(Raster::Tab))
            .set("touch", raster(Raster::Touch))
            .set("manifest", icons.has_manifest.then_some(icons::MANIFEST));
        Ok(Answer::Value(table.done()))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        "which icons the site has".to_owned()
    }
}
