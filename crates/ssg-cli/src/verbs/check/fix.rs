//! `--fix`: shows what would be mended, asks, and mends it.

use crate::args::{Check, Format, Globals};
use crate::files::replace;
use crate::session::{Session, counted, fail, say};
use crate::terminal;
use ssg_check::fix::{Change, Fix, changes};
use ssg_source::{Class, Diagnostic, Diagnostics, Inputs, codes};

/// Mends places, and takes out of what was found what they were about. Gives the status of writing.
pub fn mend(
    globals: &Globals,
    verb: &Check,
    session: &Session,
    fixes: &[Fix],
    found: &mut Diagnostics,
) -> u8 {
    let options = ssg_render::parse_options(&session.settings.config);
    let read = |path: &_| session.inputs.read(path).ok().map(|bytes| bytes.to_vec());
    // A theme that lies elsewhere is not the site's to mend.
    let mut changes = changes(fixes, &options, &read);
    changes.retain(|change| globals.root.join(change.path.as_str()).is_file());
    let places: usize = changes.iter().map(|change| change.places.len()).sum();
    if changes.is_empty() {
        say(globals, "nothing can be mended for sure");
        return 0;
    }
    if matches!(globals.format, Format::Human | Format::Github) && !globals.quiet {
        for change in &changes {
            anstream::eprint!("{}", change.diff());
        }
    }
    let what = format!("{} in {}", counted(places, "place"), counted(changes.len(), "file"));
    if !verb.yes && terminal::ask(&format!("mend {what}?")) != Some(true) {
        say(globals, &format!("{what} can be mended: `--yes` does"));
        return 0;
    }
    let mut status = 0;
    let mut done = 0;
    for change in &changes {
        match replace(&globals.root.join(change.path.as_str()), &change.before, &change.after) {
            Ok(()) => {
                done += change.places.len();
                forget(change, found);
            }
            Err(error) => {
                let message = format!("cannot mend `{}`: {error}", change.path);
                status = fail(globals, Diagnostic::error(codes::FIX, message).class(Class::Machine));
            }
        }
    }
    say(globals, &format!("mended {}", counted(done, "place")));
    status
}

/// Takes out what was said of places that are mended.
fn forget(change: &Change, found: &mut Diagnostics) {
    found.retain(|one| {
        let is_mended = one.span.is_some_and(|span| change.places.contains(&span));
        !(is_mended && one.path.as_ref() == Some(&change.path))
    });
}
