//! `ssg new`

use crate::args::{Globals, New};
use crate::session::{fail, open_with_all};
use ssg_build::scaffold::{NewFile, NewKind, NewRequest, new_file};
use ssg_source::{Class, Diagnostic, Inputs, codes, did_you_mean};
use std::io::Write;
use std::path::Path;

pub fn run(globals: &Globals, verb: &New) -> u8 {
    let Some(kind) = NewKind::parse(&verb.kind) else {
        let names = NewKind::names();
        let message = format!("`{}` cannot be made", verb.kind);
        let problem = Diagnostic::error(codes::NEW, message)
            .class(Class::Usage)
            .hint_if(did_you_mean(&verb.kind, names))
            .hint(format!("there are: {}", names.join(", ")));
        return fail(globals, problem);
    };
    // Everything counts here: a talk may be added to a draft of an event.
    let (session, site) = match open_with_all(globals) {
        Ok(opened) => opened,
        Err(status) => return status,
    };
    let config = &session.settings.config;
    let today = session.inputs.instant().to_zoned(config.zone()).date();
    let request = NewRequest {
        kind,
        title: &verb.title,
        event: verb.event.as_deref(),
        today,
        author: config.author.as_deref(),
        slug: verb.slug.as_deref(),
        site: &site,
    };
    let made = new_file(&request).and_then(|file| write_new(session.inputs.root(), &file).map(|()| file));
    match made {
        Ok(file) => {
            // The path goes to standard output, for editors and scripts.
            let _ = writeln!(std::io::stdout(), "{}", file.path);
            0
        }
        Err(problem) => fail(globals, problem),
    }
}

/// Writes a file that is not there yet, with its folders.
pub fn write_new(root: &Path, file: &NewFile) -> Result<(), Diagnostic> {
    let path = root.join(file.path.as_str());
    let failed = |error: std::io::Error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            Diagnostic::error(codes::EXISTS, format!("`{}` is there already", file.path)).class(Class::Usage)
        } else {
            Diagnostic::error(codes::OUTPUT_IO, format!("cannot write `{}`: {error}", file.path))
                .class(Class::Machine)
        }
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut open = std::fs::File::create_new(&path).map_err(failed)?;
    open.write_all(file.text.as_bytes()).map_err(failed)
}
