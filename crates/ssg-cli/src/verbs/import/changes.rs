//! What a dry run shows: the files that would be new, and the changes of others as a short diff.

use crate::session::counted;
use ssg_import::{Planned, Step, unified_diff};

/// Lines of one file's diff that are shown.
const LINES: usize = 40;

/// The changes, with at most `most` new files by name.
pub fn show(steps: &[Planned], most: usize) -> String {
    let mut out = String::new();
    let mut new = 0_usize;
    for planned in steps {
        let path = &planned.path;
        match &planned.step {
            Step::New(bytes) => {
                new += 1;
                if new <= most {
                    let lines = String::from_utf8_lossy(bytes).lines().count();
                    out.push_str(&format!("new: {path} ({})\n", counted(lines, "line")));
                }
            }
            Step::Update(bytes) => {
                let most = if most == usize::MAX { most } else { LINES };
                out.push_str(&unified_diff(path, &planned.before, bytes, most));
            }
            Step::Remove => out.push_str(&format!("remove: {path}\n")),
            Step::Same | Step::Kept(_) | Step::Gone => {}
        }
    }
    if let Some(more) = new.checked_sub(most).filter(|more| *more > 0) {
        out.push_str(&format!("new: … {more} more (`-v` names them)\n"));
    }
    out
}
