//! Renders a site: receives bytes, returns bytes.
//!
//! A [`SiteSnapshot`] holds everything that a build renders from. What renders gets [`Reads`] and nothing else:
//! it reads parts of the snapshot as facets (`facets`), asks queries (`queries`), and each read is noted. [`plan`]
//! lists the outputs (`outputs`), [`render`] makes one. Templates see the view of their own page; all else they
//! ask for through functions, which are queries.

#![forbid(unsafe_code)]

mod addresses;
mod assets;
mod body;
mod builtins;
mod bytes;
#[cfg(feature = "cards")]
mod cards;
#[cfg(not(feature = "cards"))]
#[path = "cards/disabled.rs"]
mod cards;
mod closure;
mod code_blocks;
mod crowded;
mod data;
mod dates;
mod drawings;
mod engine;
mod entry;
mod exports;
mod facets;
mod filters;
pub mod formats;
mod functions;
mod hidden;
mod hosting;
mod icons;
mod image_references;
mod images;
mod kept_answers;
mod limits;
mod links;
mod lists;
mod load_theme;
mod loaded_theme;
mod outputs;
mod owner;
mod page_views;
mod pictures;
mod pinned;
mod plurals;
mod queries;
mod reads;
pub mod reference;
mod remembered;
pub mod sass;
mod scope;
mod search;
mod series;
mod shortcode_list;
mod shown;
mod snapshot;
mod table;
mod theme;
mod values;
mod views;
mod words;

pub use assets::{Asset, Assets};
pub use code_blocks::CodeBlocks;
pub use dates::rfc3339;
pub use facets::{Differences, FACET_KINDS, FacetName, FileStamps, file_digest};
pub use hosting::{Kind as NeedsKind, Needs, render_headers};
pub use kept_answers::KeptAnswers;
pub use loaded_theme::LoadedTheme;
pub use outputs::{Class, Output, OutputKind, Rendered, needs, plan, render};
pub use pictures::{PictureLooks, PictureStore, Pictures};
pub use pinned::{content_hash, folder_hash};
pub use queries::{AnyQuery, QUERY_KINDS};
pub use reads::Reads;
pub use remembered::{ReadRemembered, Remembered};
pub use shortcode_list::Shortcode;
pub use snapshot::{SharedInputs, SiteSnapshot, parse_options};
use ssg_parse::attributes;
pub use theme::{
    LayerFile, LayerOf, Manifest, OptionKind, TEMPLATE_API, ThemeLayer, ThemeOption, ThemeSource,
    builtin_file, builtin_theme_names, chain_folders, inherited_options, theme_folders, theme_layers,
    theme_names,
};
