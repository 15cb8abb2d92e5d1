//! The commands about themes, one file each: list, show, new, eject, check, convert, add and update.
//!
//! They stand beside the pipeline: what renders is [`ssg_build::compile`], and what a theme's layers
//! are `ssg-render` says. This crate looks at themes, copies from them, fetches them, and tries them.
//! It does not print.

#![forbid(unsafe_code)]

mod add;
mod check;
mod convert;
mod eject;
mod fetched;
mod git;
mod install;
mod list;
mod name;
mod new;
mod origin;
mod overlay;
mod overrides;
mod pin;
mod show;
mod site;
mod stack;
mod update;

pub use add::{Added, add};
pub use check::{Checked, check};
pub use convert::{Converted, Leftover, convert};
pub use eject::{Ejected, eject};
pub use fetched::Limits;
pub use git::Address;
pub use list::{Listed, list, plain, short};
pub use name::check_name;
pub use new::new_theme;
pub use origin::Origin;
pub use overrides::{Override, override_of};
pub use show::{Shown, show};
pub use site::Site;
pub use update::{Changes, OptionChange, Touched, UpdateRequest, Updated, chosen, update};
