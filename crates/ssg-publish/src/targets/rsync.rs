//! `type = "rsync"`: a folder on another machine, or on this one, through the system's `rsync` and `ssh`.

use crate::target::{Site, Target};
use ssg_parse::Fields;
use ssg_source::Span;

/// Reads the table.
pub(super) fn read(_: &mut Fields<'_>, _: Span, _: &Site) -> Option<Box<dyn Target>> {
    None
}
