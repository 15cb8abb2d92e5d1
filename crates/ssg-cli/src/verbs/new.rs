//! `ssg new`

use crate::args::{Globals, New};
use crate::session::{fail, open_with_all};
use ssg_build::files::write_new;
use ssg_build::scaffold::{NewKind, NewRequest, new_file};
use ssg_source::{Class, Diagnostic, Inputs, codes, did_you_mean};
use std::io::Write;

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
    let root = session.inputs.root();
    let made =
        new_file(&request).and_then(|file| write_new(root, &file.path, file.text.as_bytes()).map(|()| file));
    match made {
        Ok(file) => {
            // The path goes to standard output, for editors and scripts.
            let _ = writeln!(std::io::stdout(), "{}", file.path);
            0
        }
        Err(problem) => fail(globals, problem),
    }
}
