//! Icons of the site, and `site.webmanifest`, which tells telephones of them.

use super::{Kind, Planner, Rendered, Result};
use crate::bytes::read_bytes;
use crate::facets::config::{IconSettings, Titles};
use crate::facets::files::Image as Examined;
use crate::icons::{self, LARGEST, MANIFEST, Raster, SVG};
use crate::pictures;
use crate::reads::{ReadSite, Reads};
use crate::snapshot::SiteSnapshot;
use serde::Serialize;
use serde_json::json;
use ssg_parse::Spanned;
use ssg_source::{Diagnostic, SitePath, codes};

#[derive(Clone, Debug, Serialize)]
pub(super) enum Icon {
    Drawing,
    Picture(Raster),
    Manifest,
}

impl Kind for Icon {
    const WORDS: &'static str = "icon";
    const IS_OPTIONAL: bool = true;

    fn plan(planner: &mut Planner<'_>) {
        let icon = &planner.snapshot.config().icon;
        let statics = &planner.snapshot.theme().theme.statics;
        let mut all = Vec::new();
        if icon.svg.is_some() {
            all.push((SVG, Self::Drawing));
        }
        if icon.png.is_some() && pictures::IS_THERE {
            all.extend(Raster::ALL.map(|raster| (raster.path(), Self::Picture(raster))));
        }
        if !icon.is_empty() {
            all.push((MANIFEST, Self::Manifest));
        }
        for (path, kind) in all {
            // The site's own goes before.
            if !statics.contains_key(path.trim_start_matches('/')) {
                planner.planned.add(path, kind, None);
            }
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        let settings = reads.get::<IconSettings>(&());
        let Some(settings) = settings else { return Err(super::gone("icon")) };
        match self {
            Self::Drawing => {
                let Some(svg) = &settings.svg else { return Err(super::gone("icon")) };
                check(reads, svg)?;
                read_bytes(reads, &svg.value).map(Rendered::Bytes).map_err(|error| unusable(svg, &error))
            }
            Self::Picture(raster) => {
                let Some(png) = &settings.png else { return Err(super::gone("icon")) };
                check(reads, png)?;
                let bytes = read_bytes(reads, &png.value).map_err(|error| unusable(png, &error))?;
                let made = pictures::icon(&bytes, raster.side()).map_err(|why| unusable(png, &why))?;
                Ok(made.map_or_else(|| Rendered::Several(Vec::new()), |made| Rendered::Bytes(made.into())))
            }
            Self::Manifest => Ok(Rendered::text(manifest(reads))),
        }
    }

    fn advice(&self, _: &SiteSnapshot, _: &SitePath) -> Option<String> {
        Some("leave `icon` out of ssg.toml".to_owned())
    }
}

/// Whether an icon can be made of a file, by its head.
fn check(reads: &Reads, file: &Spanned<SitePath>) -> Result<()> {
    let Some(examined) = reads.get::<Examined>(&file.value) else {
        return Err(unusable(file, &"it is not there"));
    };
    match &*examined.0 {
        Ok(examined) => {
            if let Some(problem) = &examined.other_format {
                return Err(unusable(file, problem));
            }
            match examined.size {
                Some(size) if size.width.max(size.height) > LARGEST => {
                    Err(unusable(file, &format!("it has more than {LARGEST} pixels on a side")))
                }
                _ => Ok(()),
            }
        }
        Err(problem) => Err(unusable(file, problem)),
    }
}

fn unusable(file: &Spanned<SitePath>, why: &dyn std::fmt::Display) -> Box<Diagnostic> {
    let message = format!("no icon can be made of `{}`: {why}", file.value);
    let problem =
        Diagnostic::error(codes::ICON, message).in_file(&SitePath::new("ssg.toml").unwrap_or_default());
    Box::new(problem.at(file.span).hint("`icon` names an SVG and a PNG file of the site, or one of them"))
}

/// `site.webmanifest` (W3C, Web Application Manifest): what the site is called, and its icons.
fn manifest(reads: &Reads) -> String {
    let published = icons::published(reads);
    let mut all = Vec::new();
    let beside = |path: &str| path.trim_start_matches('/').to_owned();
    if published.has_svg {
        all.push(json!({ "src": beside(SVG), "sizes": "any", "type": "image/svg+xml" }));
    }
    for raster in [Raster::Screen, Raster::Splash] {
        if published.rasters.contains(&raster) {
            let sizes = format!("{0}x{0}", raster.side());
            all.push(json!({ "src": beside(raster.path()), "sizes": sizes, "type": "image/png" }));
        }
    }
    let titles = reads.get::<Titles>(&());
    let title = titles.as_ref().map_or("", |titles| titles.main_title());
    let lang = reads.addressing().main_tag().to_owned();
    let manifest =
        json!({ "name": title, "lang": lang, "start_url": "./", "display": "browser", "icons": all });
    serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n"
}
