//! The verbs, one file each. Every `run` gives the exit status.

mod baseline;
pub mod build;
pub mod check;
pub mod clean;
pub mod completions;
pub mod explain;
pub mod import;
pub mod init;
pub mod list;
pub mod lsp;
pub mod manual;
pub mod new;
pub mod publish;
pub mod schema;
pub mod serve;
pub mod suggest;
pub mod theme;
pub mod why;

use crate::session::Session;
use ssg_build::write::Target;
use std::path::{Path, PathBuf};

/// Folders of a site that are never an output.
const SOURCES: &[&str] =
    &["content", "templates", "themes", "data", "static", "assets", "i18n", ".ssg-cache", ".git"];

/// The output folder: as given, relative to the current folder, else `public` in the site's.
fn output_dir(session: &Session, given: Option<&Path>) -> PathBuf {
    match given {
        Some(dir) => std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned()),
        None => session.inputs.root().join("public"),
    }
}

/// Runs `work` with the output as a target.
fn with_target<T>(session: &Session, dir: &Path, work: impl FnOnce(&Target<'_>) -> T) -> T {
    let protected: Vec<PathBuf> = SOURCES.iter().map(PathBuf::from).collect();
    work(&Target { dir, site_root: session.inputs.root(), protected: &protected })
}
