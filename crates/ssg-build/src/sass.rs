//! Compiles style sheets in Sass in processes of their own, which have limits.
//!
//! Where a program is named ([`run_apart`]) each style sheet is compiled by it; elsewhere, as in tests of
//! single crates, in this process.

use crate::subprocess::{Limits, run};
use ssg_render::sass::{self, Answer, Request};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Command, ExitStatus};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// The only argument of a program that is to [`work`].
pub const WORK: &str = "--compile-sass";
/// Most time of the processor, in seconds.
const SECONDS: u64 = 20;
/// How long one is waited for, where the system sets no limits, or the processor is not what it waits for.
const PATIENCE: Duration = Duration::from_secs(120);
/// Most memory, in bytes of address space.
const MEMORY: u64 = 2 << 30;
/// Stack of the compiler, in bytes. Only what is used of it takes memory.
const STACK: usize = 128 << 20;
/// Most bytes that are read of what such a process says.
const MOST: usize = 1 << 27;

static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// From now on style sheets are compiled by this program, which calls [`work`] when [`WORK`] is its only
/// argument.
pub fn run_apart(program: PathBuf) {
    // The first one stays.
    let _ = PROGRAM.set(program);
}

/// Compiles the style sheet that standard input describes, and says on standard output what came of it.
/// Gives the exit status.
#[must_use]
pub fn work() -> u8 {
    limit();
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(|| -> Option<()> {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).ok()?;
        let answer = sass::compile(&postcard::from_bytes(&bytes).ok()?);
        io::stdout().lock().write_all(&postcard::to_stdvec(&answer).ok()?).ok()
    });
    let done = worker.ok().and_then(|worker| worker.join().ok()).flatten();
    u8::from(done.is_none())
}

/// Sets limits of this process; where they cannot be had, it does without.
fn limit() {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = |current, more| Rlimit { current: Some(current), maximum: Some(current + more) };
        let _ = setrlimit(Resource::Cpu, limit(SECONDS, 1));
        let _ = setrlimit(Resource::As, limit(MEMORY, 0));
        let _ = setrlimit(Resource::Core, limit(0, 0));
    }
}

/// Compiles a style sheet, apart where that can be had.
#[must_use]
pub fn compile(request: &Request) -> Answer {
    ask(request).unwrap_or_else(|| sass::compile(request))
}

/// Has a style sheet compiled; `None` where no other process can be had.
fn ask(request: &Request) -> Option<Answer> {
    let program = PROGRAM.get()?;
    let request = postcard::to_stdvec(request).ok()?;
    let limits = Limits { until: Some(Instant::now() + PATIENCE), printed: MOST, complaint: 4096 };
    let said = run(Command::new(program).arg(WORK), &request, limits, &mut || true).ok()?;
    let text = match said.status {
        Some(status) if status.success() => match postcard::from_bytes(&said.printed) {
            Ok(answer) => return Some(answer),
            Err(_) => "the compiler's answer cannot be read".to_owned(),
        },
        Some(status) => reason(status, &said.complaint),
        None => format!("it takes more than {} s: is there a loop without end?", PATIENCE.as_secs()),
    };
    Some(Answer::failed(text))
}

/// Why a process was ended.
fn reason(status: ExitStatus, complaint: &str) -> String {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    // SIGXCPU, which the kernel sends when the time of the processor is over.
    let is_over = signal == Some(24);
    if complaint.contains("overflowed its stack") {
        "it is nested too deeply, or a mixin or function calls itself without end".to_owned()
    } else if complaint.contains("memory allocation") {
        format!("it takes more than {} GiB of memory: does a loop make more and more?", MEMORY >> 30)
    } else if is_over {
        format!("it takes more than {SECONDS} s of the processor: is there a loop without end?")
    } else {
        format!("the compiler ended early ({status})")
    }
}
