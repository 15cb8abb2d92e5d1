//! `ssg manual`: pages for `man`, one for each command, from what `--help` says.

use crate::args::{Arguments, Globals};
use crate::session::fail;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use ssg_build::files;
use ssg_source::{Class, Diagnostic, codes};
use std::path::Path;
use std::{fs, io};

/// How pages of the manual begin.
const BEGINS: &[u8] = b".ie \\n(.g .ds Aq";

pub fn run(globals: &Globals, dir: &Path) -> u8 {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let written = fs::create_dir_all(dir).and_then(|()| write(dir, &command));
    match written {
        Ok(()) => 0,
        Err(error) => {
            let message = format!("the manual cannot be written to {}: {error}", dir.display());
            fail(globals, Diagnostic::error(codes::OUTPUT_IO, message).class(Class::Machine))
        }
    }
}

/// Writes the page of a command and those of the commands below it, over pages of an earlier manual and nothing else.
fn write(dir: &Path, command: &Command) -> io::Result<()> {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        write(dir, below)?;
    }
    let manual = Man::new(command.clone());
    let file = manual.get_filename();
    let path = dir.join(&file);
    let is_own = |path: &Path| fs::read(path).is_ok_and(|bytes| bytes.starts_with(BEGINS));
    if path.symlink_metadata().is_ok_and(|there| !there.is_file() || !is_own(&path)) {
        return Err(io::Error::other(format!("`{file}` is there already, and is no page of the manual")));
    }
    let mut page = Vec::new();
    manual.render(&mut page)?;
    files::put(&path, &page)
}
