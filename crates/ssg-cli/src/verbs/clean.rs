//! `ssg clean`: removes what a build wrote, and nothing else.

use super::{output_dir, with_target};
use crate::args::{Clean, Compile, Globals};
use crate::session::{counted, fail, open, say};

pub fn run(globals: &Globals, verb: &Clean) -> u8 {
    let session = match open(globals, &Compile::default(), false) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    let dir = output_dir(&session, verb.output_dir.as_deref());
    match with_target(&session, &dir, ssg_build::write::clean) {
        Ok(removed) => {
            say(globals, &format!("removed {}", counted(removed, "file")));
            0
        }
        Err(problem) => fail(globals, problem),
    }
}
