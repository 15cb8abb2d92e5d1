//! The file of known problems, so that `check` speaks of new ones alone.

use ssg_build::files::put;
use ssg_check::Baseline;
use ssg_source::{Class, Diagnostic, codes, shown};
use std::fs;
use std::io::Read;
use std::path::Path;

/// Largest file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// Reads a file.
///
/// # Errors
/// When it cannot be read, or lists nothing.
pub fn read(file: &Path) -> Result<Baseline, Diagnostic> {
    let problem = |why: String| {
        let message = format!("cannot read the known problems in `{}`: {why}", shown(file));
        Diagnostic::error(codes::BASELINE, message)
            .class(Class::Usage)
            .hint("`ssg check --baseline FILE --write-baseline` makes one of what is found now")
    };
    let mut text = String::new();
    let opened = fs::File::open(file).map_err(|error| problem(error.to_string()))?;
    opened.take(LARGEST).read_to_string(&mut text).map_err(|error| problem(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| problem(error.to_string()))
}

/// Writes a file, where there is none or one of known problems.
///
/// # Errors
/// When it cannot be written, or is another file.
pub fn write(file: &Path, baseline: &Baseline) -> Result<(), Diagnostic> {
    let is_empty = || fs::metadata(file).is_ok_and(|data| data.is_file() && data.len() == 0);
    if file.symlink_metadata().is_ok() && !is_empty() && read(file).is_err() {
        let message = format!("`{}` is there already, and is no list of known problems", shown(file));
        return Err(Diagnostic::error(codes::BASELINE, message)
            .class(Class::Usage)
            .hint("remove it first, or name another file: it stays as it is"));
    }
    let text = serde_json::to_string_pretty(baseline).unwrap_or_default();
    // What a link leads to is replaced, and not the link.
    let place = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    put(&place, format!("{text}\n").as_bytes()).map_err(|error| {
        let message = format!("cannot write the known problems to `{}`: {error}", shown(file));
        Diagnostic::error(codes::BASELINE, message).class(Class::Machine)
    })
}
