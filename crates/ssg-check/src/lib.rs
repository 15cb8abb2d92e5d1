//! What `ssg check` finds besides errors and warnings of a build: what a site lacks though nothing is wrong with it,
//! links to other sites that fail, and what can be mended without asking what is meant.
//!
//! Everything here looks at a site that is assembled, and at outputs as they pass ([`Watched`]). It decides no output,
//! and neither prints nor asks. Other sites are asked where the feature `external` is on.

#![forbid(unsafe_code)]

mod baseline;
pub mod fix;
pub mod links;
pub mod pages;
mod seen;

pub use baseline::Baseline;
pub use seen::{Seen, Watched};
