//! Compiles a style sheet in a process of its own.

use super::{Answer, Message, Request, compiler};
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;

/// The only argument of a program that is to [`work`].
pub const WORK: &str = "--compile-sass";
/// Most time of the processor, in seconds.
const SECONDS: u64 = 20;
/// Most memory, in bytes of address space.
const MEMORY: u64 = 2 << 30;
/// Stack of the compiler, in bytes. Only what is used of it takes memory.
const STACK: usize = 128 << 20;
/// Most bytes that are read of what such a process says.
const MOST: u64 = 1 << 27;

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
        let answer = compiler::compile(&postcard::from_bytes(&bytes).ok()?);
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

/// Has a style sheet compiled; `None` where no other process can be had.
pub(super) fn ask(request: &Request) -> Option<Answer> {
    let mut child = Command::new(PROGRAM.get()?)
        .arg(WORK)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let said = talk(&mut child, &postcard::to_stdvec(request).ok()?);
    if said.is_err() {
        let _ = child.kill();
    }
    let status = child.wait().ok()?;
    let (answer, complaint) = said.ok()?;
    if status.success() {
        return postcard::from_bytes(&answer).ok();
    }
    Some(Answer { css: Err(Message { text: reason(status, &complaint), place: None }), said: Vec::new() })
}

/// Sends the request and reads the answer, and what else was said.
fn talk(child: &mut Child, request: &[u8]) -> io::Result<(Vec<u8>, String)> {
    // A process that has ended early says why in its status.
    if let Some(mut to) = child.stdin.take()
        && let Err(error) = to.write_all(request)
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        return Err(error);
    }
    let (mut answer, mut complaint) = (Vec::new(), Vec::new());
    if let Some(from) = child.stdout.take() {
        from.take(MOST).read_to_end(&mut answer)?;
    }
    if let Some(from) = child.stderr.take() {
        from.take(4096).read_to_end(&mut complaint)?;
    }
    Ok((answer, String::from_utf8_lossy(&complaint).into_owned()))
}

/// Why a process was ended.
fn reason(status: ExitStatus, complaint: &str) -> String {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    #[cfg(not(unix))]
    let signal: Option<i32> = None;
    // What the kernel sends when the time is over: first the one, then the other.
    let is_over = signal.is_some_and(|signal| [24, 9].contains(&signal));
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
