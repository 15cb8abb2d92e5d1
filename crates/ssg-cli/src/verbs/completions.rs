//! `ssg completions`: a script with which a shell asks this program what may stand where.

use crate::args::Arguments;
use clap::CommandFactory;
use clap_complete::CompleteEnv;
use clap_complete::env::Shells;
use std::io::Write;

/// With this variable a shell asks for what may stand where.
const VARIABLE: &str = "SSG_COMPLETE";

/// Answers a shell that asks; it then has what it wants, and the program ends.
pub fn answer() {
    CompleteEnv::with_factory(Arguments::command).var(VARIABLE).complete();
}

pub fn run(shell: clap_complete::Shell) -> u8 {
    let shells = Shells::builtins();
    let mut script = Vec::new();
    if let Some(shell) = shells.completer(&shell.to_string()) {
        // Writing to memory does not fail.
        let _ = shell.write_registration(VARIABLE, "ssg", "ssg", "ssg", &mut script);
    }
    // A closed pipe is no reason to fail.
    let _ = std::io::stdout().write_all(&script);
    0
}
