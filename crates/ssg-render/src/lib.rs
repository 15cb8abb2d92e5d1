//! Renders a site: receives bytes, returns bytes.
//!
//! A [`World`] holds everything that templates can be told. [`plan`] lists the outputs, [`render`]
//! makes one. Templates see the view of their own page; all else they ask for through functions,
//! every one of which goes through the one door in `reader`, as a [`Question`].

mod assets;
mod body;
mod dates;
mod engine;
mod filters;
mod functions;
mod images;
mod links;
pub mod outputs;
mod plan;
mod question;
mod reader;
mod render;
mod table;
mod theme;
mod views;
mod world;

pub use assets::{Asset, Assets};
pub use plan::{Output, OutputKind, plan};
pub use question::Question;
pub use render::{Rendered, render};
pub use theme::{Theme, ThemeSource, builtin_theme_names};
pub use world::{SharedInputs, World};
