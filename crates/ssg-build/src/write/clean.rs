//! Removes an output: `ssg clean`.

use super::commit::is_in_use;
use super::disk;
use super::lock::Lock;
use super::machine;
use super::manifest::MANIFEST;
use super::stamps::STAMPS;
use super::target::{CheckedTarget, Target, TargetState};
use super::update::{Folder, Update};
use ssg_source::Diagnostic;
use std::collections::BTreeSet;

/// Removes the files that the manifest lists, the folders that are empty then, and last the manifest
/// and the output's folder if nothing else is in it. Gives the number of files removed.
///
/// The manifest goes last, so a run that was cut can be repeated.
///
/// # Errors
/// As [`super::check_target`]; `Class::Machine` when something cannot be removed.
pub fn clean(target: &Target) -> Result<usize, Diagnostic> {
    if CheckedTarget::check(target)?.state == TargetState::Absent {
        return Ok(0);
    }
    let lock = Lock::take(&CheckedTarget::check(target)?, || {})?;
    let place = CheckedTarget::check(target)?;
    let output = Update::begin(&place.dir)?;
    place.sweep()?;
    let mut removed = 0;
    if place.state == TargetState::Ours {
        let files: Vec<_> = output.old.iter().flat_map(|old| old.files.keys()).collect();
        let folders: BTreeSet<&str> = files.iter().flat_map(|path| path.folders()).collect();
        // A link or foreign file in place of a folder: what lies behind it is not ours.
        let present = |folder: &str| matches!(output.folder(folder), Ok(Folder::Present));
        for path in &files {
            let file = path.below(&place.dir);
            if path.folders().next().is_none_or(present)
                && disk::look(&file).ok().flatten().is_some_and(|data| !data.is_dir())
            {
                disk::remove_file(&file).map_err(|error| machine("remove", &file, &error))?;
                removed += 1;
            }
        }
        for folder in folders.into_iter().rev().filter(|folder| present(folder)) {
            let folder = place.dir.join(folder);
            match disk::remove_dir(&folder) {
                Err(error) if !is_in_use(&error) => return Err(machine("remove", &folder, &error)),
                _ => {}
            }
        }
        for name in [STAMPS, MANIFEST] {
            let file = place.dir.join(name);
            match disk::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(machine("remove", &file, &error));
                }
                _ => {}
            }
        }
    }
    drop(lock);
    // Refused while it holds foreign files, or is a mount point: then it stays.
    let _ = disk::remove_dir(&place.dir);
    Ok(removed)
}
