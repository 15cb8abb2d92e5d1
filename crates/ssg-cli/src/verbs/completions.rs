//! `ssg completions`

use crate::args::Arguments;
use clap::CommandFactory;
use std::io::Write;

pub fn run(shell: clap_complete::Shell) -> u8 {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "ssg", &mut script);
    // A closed pipe is no reason to fail.
    let _ = std::io::stdout().write_all(&script);
    0
}
