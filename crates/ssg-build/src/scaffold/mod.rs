//! What `ssg init` and `ssg new` create: files as values, for the caller to write.
//!
//! Nothing here touches the disk, so nothing here can overwrite: the caller refuses paths that are
//! taken. Every header is TOML that `ssg-parse` reads without a complaint, whatever the title is;
//! keys that are usual but not needed stand in it as comments (`#key = …`) that are valid as soon
//! as the `#` is taken away.

mod ci;
mod create;
mod init;
mod recap;
#[cfg(test)]
mod tests;
mod text;

pub use ci::{CiHost, Program, ci_files, is_folder, is_release, is_repository};
pub use create::{NewKind, NewRequest, new_file};
pub use init::init_site;

use ssg_source::SitePath;

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Where, relative to the site's root.
    pub path: SitePath,
    /// All of it; lines end with a line feed, the last one too.
    pub text: String,
}
