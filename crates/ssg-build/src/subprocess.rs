//! Runs a program: feeds it, and takes what it says, within bounds of time and size.
//!
//! Nothing here knows what runs: git, rsync, and the compiler of style sheets in a process of its own. Each
//! pipe has a thread, since who waits for the other end to read first waits for ever. Where there is a limit
//! of time, the program has a group of processes, which ends as a whole: what fetches for git is a program
//! that git started, and would go on alone.

use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long after the end of a program its pipes are waited for: others may hold them open.
const AFTER: Duration = Duration::from_secs(5);
/// Longest pause between two looks at a running program.
const STEP: Duration = Duration::from_millis(10);

/// What a program may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// When it is ended, where it has not ended by itself.
    pub until: Option<Instant>,
    /// Most bytes that are taken of what it prints; with more the pipe is closed.
    pub printed: usize,
    /// Most bytes that are kept of what it says about errors.
    pub complaint: usize,
}

impl Limits {
    /// None.
    pub const NONE: Self = Self { until: None, printed: usize::MAX, complaint: usize::MAX };
}

/// What came of a run.
#[derive(Debug)]
pub struct Said {
    /// What it printed.
    pub printed: Vec<u8>,
    /// What it said about errors.
    pub complaint: String,
    /// How it ended; none where it was ended.
    pub status: Option<ExitStatus>,
    /// Whether it printed more than it may.
    pub is_too_much: bool,
}

impl Said {
    /// Whether it ended well.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.status.is_some_and(|status| status.success())
    }
}

/// Runs a program to its end. `goes_on` is asked now and then, and ends it where it does not.
///
/// # Errors
/// When it cannot be started, or is lost.
pub fn run(
    command: &mut Command,
    input: &[u8],
    limits: Limits,
    goes_on: &mut dyn FnMut() -> bool,
) -> io::Result<Said> {
    command.stdin(if input.is_empty() { Stdio::null() } else { Stdio::piped() });
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    if limits.until.is_some() {
        std::os::unix::process::CommandExt::process_group(command, 0);
    }
    let mut child = command.spawn()?;
    let printed = child.stdout.take().map(|pipe| read(pipe, limits.printed, false));
    let complaint = child.stderr.take().map(|pipe| read(pipe, limits.complaint, true));
    if let Some(mut pipe) = child.stdin.take() {
        let input = input.to_vec();
        // A program that ends early closes the pipe, and its status says why.
        std::thread::spawn(move || drop(pipe.write_all(&input)));
    }
    let status = wait(&mut child, limits.until, goes_on)?;
    let bytes = |from: Option<Receiver<(Vec<u8>, bool)>>| {
        from.and_then(|from| from.recv_timeout(AFTER).ok()).unwrap_or_default()
    };
    let ((printed, is_too_much), (complaint, _)) = (bytes(printed), bytes(complaint));
    let complaint = String::from_utf8_lossy(&complaint).into_owned();
    Ok(Said { printed, complaint, status, is_too_much })
}

/// Reads a pipe in the background until its end or the limit, and says whether there was more.
fn read(pipe: impl Read + Send + 'static, most: usize, to_end: bool) -> Receiver<(Vec<u8>, bool)> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let mut pipe = pipe.take((most as u64).saturating_add(1));
        // What was read until an error is what there is.
        let _ = pipe.read_to_end(&mut bytes);
        let is_too_much = bytes.len() > most;
        bytes.truncate(most);
        if to_end {
            let _ = io::copy(&mut pipe.into_inner(), &mut io::sink());
        }
        let _ = sender.send((bytes, is_too_much));
    });
    receiver
}

/// Waits for the end, and makes one where it comes too late or is wanted.
fn wait(
    child: &mut Child,
    until: Option<Instant>,
    goes_on: &mut dyn FnMut() -> bool,
) -> io::Result<Option<ExitStatus>> {
    let mut pause = Duration::from_micros(500);
    let mut looks = 0_u32;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        looks = looks.wrapping_add(1);
        let is_late = until.is_some_and(|until| Instant::now() > until);
        if is_late || (looks.is_multiple_of(10) && !goes_on()) {
            end(child, until.is_some());
            return Ok(None);
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(STEP);
    }
}

/// Ends a program, and where it has a group those that it started. They may have ended by themselves
/// meanwhile.
fn end(child: &mut Child, has_group: bool) {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    let group = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw).filter(|_| has_group);
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    if let Some(group) = group {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    let _ = has_group;
    let _ = child.kill();
    let _ = child.wait();
    // Until the last of them is gone they may still write.
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    if let Some(group) = group {
        let until = Instant::now() + Duration::from_secs(2);
        while rustix::process::test_kill_process_group(group).is_ok() && Instant::now() < until {
            std::thread::sleep(STEP);
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    fn told(script: &str, input: &[u8], limits: Limits) -> Said {
        run(&mut shell(script), input, limits, &mut || true).expect("it runs")
    }

    #[test]
    fn it_is_fed_and_heard() {
        let input = vec![b'x'; 1 << 20];
        let said = told("cat; echo no >&2; exit 3", &input, Limits::NONE);
        assert!(said.printed == input && said.complaint == "no\n" && !said.is_success());
        assert_eq!(said.status.and_then(|status| status.code()), Some(3));
        // One that does not listen, and one that is not there.
        assert!(told("exit 0", &input, Limits::NONE).is_success());
        assert!(run(&mut Command::new("no-such-program"), b"", Limits::NONE, &mut || true).is_err());
    }

    #[test]
    fn what_is_too_much_is_cut() {
        let limits = Limits { printed: 1000, complaint: 10, ..Limits::NONE };
        let said = told("yes; yes | head -c 100000 >&2", b"", limits);
        assert!(said.is_too_much && said.printed.len() == 1000);
        let said = told("yes | head -c 100000 >&2; head -c 1000 /dev/zero", b"", limits);
        assert!(!said.is_too_much && said.complaint.len() == 10 && said.is_success());
    }

    #[test]
    fn what_does_not_end_is_ended_with_all_that_it_started() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("alive");
        let script = format!("(while :; do date >'{}'; sleep 0.01; done) & wait", file.display());
        let limits = Limits { until: Some(Instant::now() + Duration::from_millis(300)), ..Limits::NONE };
        assert!(told(&script, b"", limits).status.is_none());
        let _ = std::fs::remove_file(&file);
        std::thread::sleep(Duration::from_millis(100));
        assert!(!file.exists());
        // And where somebody says so.
        let said = run(&mut shell("exec sleep 1000"), b"", Limits::NONE, &mut || false).expect("it runs");
        assert!(said.status.is_none());
    }
}
