//! `ssg manual`: pages for `man`, one for each command, from what `--help` says.

use crate::args::{Arguments, Globals};
use crate::session::fail;
use clap::CommandFactory;
use ssg_source::{Class, Diagnostic, codes};
use std::path::Path;

pub fn run(globals: &Globals, dir: &Path) -> u8 {
    let written =
        std::fs::create_dir_all(dir).and_then(|()| clap_mangen::generate_to(Arguments::command(), dir));
    match written {
        Ok(()) => 0,
        Err(error) => {
            let message = format!("the manual cannot be written to {}: {error}", dir.display());
            fail(globals, Diagnostic::error(codes::OUTPUT_IO, message).class(Class::Machine))
        }
    }
}
