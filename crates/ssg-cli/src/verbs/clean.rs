//! `ssg clean`: removes what a build wrote and the cache, and nothing else.

use super::{output_dir, with_target};
use crate::args::{Clean, Compile, Globals};
use crate::session::{counted, fail, open, say};
use ssg_build::Cache;

pub fn run(globals: &Globals, verb: &Clean) -> u8 {
    let session = match open(globals, &Compile::default()) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    let dir = output_dir(&session, verb.output_dir.as_deref());
    match with_target(&session, &dir, ssg_build::write::clean) {
        Ok(removed) => {
            if let Err(error) = Cache::remove(session.inputs.root()) {
                say(globals, &format!("the cache cannot be removed: {error}"));
            }
            say(globals, &format!("removed {}", counted(removed, "file")));
            0
        }
        Err(problem) => fail(globals, problem),
    }
}
