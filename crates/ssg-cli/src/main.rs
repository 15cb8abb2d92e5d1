//! The program `ssg`: arguments, progress and the printing of diagnostics.
//!
//! Each verb is one file in `verbs/`. What they share is a [`session::Session`]: the site's folder,
//! its configuration and the way to print.

#![forbid(unsafe_code)]

mod args;
mod progress;
mod remembered;
mod session;
mod terminal;
mod verbs;

use args::{Arguments, Verb};
use clap::Parser;
use ssg_build::sass;
use std::process::ExitCode;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    if std::env::args_os().skip(1).eq([sass::WORK]) {
        return ExitCode::from(sass::work());
    }
    verbs::completions::answer();
    compile_sass_apart();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let status = if error.use_stderr() { 2 } else { 0 };
            // Nothing can be said when the terminal is gone.
            let _ = error.print();
            return ExitCode::from(status);
        }
    };
    let globals = &arguments.globals;
    if globals.format == args::Format::Sarif && !matches!(arguments.verb, Verb::Check(_)) {
        return ExitCode::from(verbs::check::refuse_format(globals));
    }
    let status = match &arguments.verb {
        Verb::Init(verb) => verbs::init::run(globals, verb),
        Verb::New(verb) => verbs::new::run(globals, verb),
        Verb::Build(verb) => verbs::build::run(globals, verb),
        Verb::Check(verb) => verbs::check::run(globals, verb),
        Verb::Publish(verb) => verbs::publish::run(globals, verb),
        Verb::List(verb) => verbs::list::run(globals, verb),
        Verb::Serve(verb) => verbs::serve::run(globals, verb),
        Verb::Why(verb) => verbs::why::run(globals, verb),
        Verb::Explain(verb) => verbs::explain::run(globals, verb),
        Verb::Lsp(_) => verbs::lsp::run(globals),
        Verb::Schema(verb) => verbs::schema::run(globals, verb),
        Verb::Clean(verb) => verbs::clean::run(globals, verb),
        Verb::Import(verb) => verbs::import::run(globals, verb),
        Verb::Suggest(verb) => verbs::suggest::run(globals, verb),
        Verb::Theme(verb) => verbs::theme::run(globals, verb),
        Verb::Completions { shell } => verbs::completions::run(*shell),
        Verb::Manual { dir } => verbs::manual::run(globals, dir),
    };
    ExitCode::from(status)
}

/// Has style sheets compiled by this program, in processes of their own.
fn compile_sass_apart() {
    // On Linux this names the program also once its file has been replaced.
    let itself = std::path::Path::new("/proc/self/exe");
    if cfg!(target_os = "linux") && itself.exists() {
        sass::run_apart(itself.to_owned());
    } else if let Ok(program) = std::env::current_exe() {
        sass::run_apart(program);
    }
}
