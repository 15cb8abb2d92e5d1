//! Which folders of this machine may be published to.
//!
//! The targets `dir` and `rsync` ask before they touch anything. Sources, outputs of builds and whatever is much else
//! besides are refused; what stands in the folder is the target's business.

use crate::failure::{Failure, Reason};
use ssg_build::write::{MANIFEST, Target, check_apart};
use std::fs;
use std::path::{Path, PathBuf};

/// Checks, without changing anything, that a folder holds no sources and no build's output, and is not
/// much else besides. Gives it without links.
///
/// # Errors
/// Of usage, where it may not be published to.
pub(super) fn check_local_folder(path: &Path, site: &Path) -> Result<PathBuf, Failure> {
    let usage = |message: String, hints: Vec<String>| {
        let mut failure = Failure::new(Reason::Usage, message);
        failure.hints = hints;
        failure
    };
    // What a link names is meant: `current` → `releases/7`.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let target = Target { dir: &path, site_root: site, protected: &[PathBuf::from(".ssg-cache")] };
    let dir = check_apart(&target).map_err(|problem| usage(problem.message, problem.hints))?;
    let is_output = fs::symlink_metadata(dir.join(MANIFEST)).is_ok();
    if is_output || dir.ancestors().skip(1).any(|above| above.join(MANIFEST).exists()) {
        let message = format!("`{}` is, or lies in, the output folder of a build", ssg_source::shown(&dir));
        return Err(usage(message, vec!["publish to a folder of its own".to_owned()]));
    }
    Ok(dir)
}
