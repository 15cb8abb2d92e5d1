//! Wall time, processor time and peak memory of one process.
//!
//! The kernel adds up what all children of a process used, so each command is run by a copy of this
//! program that has no other child and reports on a line of its own.

use crate::Outcome;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// First argument of the copy.
const ASK: &str = "--measure-this";

/// What a process used.
#[derive(Clone, Copy)]
pub struct Used {
    /// From start to end.
    pub wall: Duration,
    /// Of all processors, in user mode and in the kernel.
    pub cpu: Duration,
    /// Most memory at any time, in bytes.
    pub memory: u64,
}

/// The command that this copy is to run, if it is one.
pub fn asked(arguments: &[OsString]) -> Option<&[OsString]> {
    arguments.split_first().filter(|(first, _)| *first == ASK).map(|(_, command)| command)
}

/// Runs a command in `dir` and says what it used; an error unless it succeeds.
pub fn run(command: &[OsString], dir: &Path) -> Outcome<Used> {
    let copy = std::env::current_exe()?;
    let answer =
        Command::new(copy).arg(ASK).args(command).current_dir(dir).stderr(Stdio::inherit()).output()?;
    let shown = || command.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
    if !answer.status.success() {
        return Err(format!("failed in {}: {}", dir.display(), shown()).into());
    }
    let text = String::from_utf8(answer.stdout)?;
    let numbers: Vec<u64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    let [wall, cpu, memory] = numbers[..] else { return Err(format!("no figures for {}", shown()).into()) };
    Ok(Used { wall: Duration::from_micros(wall), cpu: Duration::from_micros(cpu), memory })
}

/// What the copy does.
pub fn run_here(command: &[OsString]) -> ExitCode {
    let Some((program, arguments)) = command.split_first() else { return ExitCode::FAILURE };
    let started = Instant::now();
    let ended = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output();
    let wall = started.elapsed().as_micros();
    match ended {
        Ok(output) if output.status.success() => {
            let (cpu, memory) = children();
            println!("{wall} {cpu} {memory}");
            ExitCode::SUCCESS
        }
        Ok(output) => {
            eprintln!("{}", String::from_utf8_lossy(&output.stderr));
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {}: {error}", program.to_string_lossy());
            ExitCode::FAILURE
        }
    }
}

/// Microseconds of processor time and bytes of peak memory of the children that have ended.
#[cfg(unix)]
fn children() -> (i64, std::ffi::c_long) {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;
    let Ok(usage) = getrusage(UsageWho::RUSAGE_CHILDREN) else { return (0, 0) };
    let unit = if cfg!(any(target_os = "macos", target_os = "ios")) { 1 } else { 1024 };
    ((usage.user_time() + usage.system_time()).num_microseconds(), usage.max_rss() * unit)
}

/// Elsewhere only the wall time is known.
#[cfg(not(unix))]
fn children() -> (i64, std::ffi::c_long) {
    (0, 0)
}
