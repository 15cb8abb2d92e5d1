//! `ssg init`

use super::new::write_new;
use crate::args::{Globals, Init};
use crate::session::{fail, say};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ssg_build::scaffold::init_site;
use ssg_source::{Class, Diagnostic};

pub fn run(globals: &Globals, verb: &Init) -> u8 {
    let usage = |message: String| Diagnostic::error("init", message).class(Class::Usage);
    if let Err(message) = ssg_parse::check_base_url(&verb.base_url) {
        return fail(globals, usage(message));
    }
    let dir = if verb.dir.is_absolute() { verb.dir.clone() } else { globals.root.join(&verb.dir) };
    if dir.join("ssg.toml").exists() {
        return fail(globals, usage(format!("`{}` is a site already", dir.display())));
    }
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date();
    for file in init_site(&verb.title, &verb.base_url, today) {
        // What is there already stays: an existing folder may have its own .gitignore.
        if dir.join(file.path.as_str()).exists() {
            say(globals, &format!("kept {}", file.path));
            continue;
        }
        if let Err(problem) = write_new(&dir, &file) {
            return fail(globals, problem);
        }
        say(globals, &format!("made {}", file.path));
    }
    say(globals, &format!("next: `ssg build --root {}`", dir.display()));
    0
}
