//! The targets: one file each, and a line here.

pub mod dir;
pub mod git;
mod local_folder;
pub mod rsync;
pub mod s3;

use crate::target::{Site, Target};
use ssg_parse::Fields;
use ssg_source::Span;

/// Reads what a target needs from its table and makes it, without touching anything. What is wrong
/// goes to the table's diagnostics.
type Read = fn(&mut Fields<'_>, Span, &Site) -> Option<Box<dyn Target>>;

/// Every kind of target, by its `type`.
pub(crate) const KINDS: &[(&str, Read)] =
    &[("dir", dir::read), ("git", git::read), ("rsync", rsync::read), ("s3", s3::read)];
