//! Renders a site: receives bytes, returns bytes.
//!
//! A [`World`] holds everything that templates can be told. [`plan`] lists the outputs, [`render`]
//! makes one. Templates see the view of their own page; all else they ask for through functions,
//! every one of which goes through the one door in `reader`, as a [`Question`].

mod answer;
mod assets;
mod body;
#[cfg(feature = "cards")]
mod cards;
#[cfg(not(feature = "cards"))]
#[path = "cards/without.rs"]
mod cards;
mod closure;
mod data;
mod dates;
mod digests;
mod engine;
mod exports;
mod facts;
mod filters;
mod functions;
mod hidden;
mod hosting;
mod images;
mod limits;
mod links;
mod look;
mod mend;
mod near;
pub mod outputs;
mod pinned;
mod plan;
mod plurals;
mod question;
mod reader;
pub mod reference;
mod render;
pub mod sass;
mod table;
mod theme;
mod views;
mod world;

pub use assets::{Asset, Assets};
pub use dates::rfc3339;
pub use facts::file_digest;
pub use hosting::{Kind as NeedsKind, Needs};
pub use look::Look;
pub use mend::Differences;
pub use pinned::{content_hash, folder_hash};
pub use plan::{Output, OutputKind, plan};
pub use question::{ApiOf, CalendarOf, List, Question};
pub use render::{Render, Rendered, render};
pub use theme::{
    LayerFile, LayerOf, Manifest, OptionKind, TEMPLATE_API, ThemeLayer, ThemeOption, ThemeSource,
    builtin_file, builtin_theme_names, chain_folders, inherited_options, theme_folders, theme_layers,
    theme_names,
};
pub use world::{SharedInputs, World, parse_options};
