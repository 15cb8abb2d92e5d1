//! `ssg import`
use crate::args::{Globals, Import};
pub fn run(_: &Globals, _: &Import) -> u8 { 2 }
