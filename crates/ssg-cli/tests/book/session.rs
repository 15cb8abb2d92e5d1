//! The commands of a page, run one after the other in a folder of their own, as a reader would type them.
//!
//! - A block of `console` has commands, each after `$ `, with what they print below them. They run in bash; `cd`
//!   holds for what follows.
//! - A block with `file=PATH` is a file that the reader writes, one with `append=PATH` what is written at its end,
//!   and one with `in=PATH` a part of a file that is there. The paragraph before the block names the file.
//! - `needs=PROGRAM` leaves a block out where the program is not installed, `status=N` is the exit status of its last
//!   command.
//! - A line of `…` stands for any lines, `…` within a line for any text. Durations, sizes and ports are not compared,
//!   and of counts of files only whether they are zero.

use super::blocks::{Block, words};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use tempfile::TempDir;

/// The instant that the commands run at: 31 May 2027, 12:00 UTC.
const NOW: &str = "1811764800";

/// How much of a page was run.
#[derive(Default)]
pub struct Ran {
    /// Commands.
    pub commands: usize,
    /// Lines of output that were found.
    pub lines: usize,
    /// Files that were written, and parts that were found in files.
    pub files: usize,
}

/// The folder of a page.
pub struct Session {
    scratch: TempDir,
    here: PathBuf,
    ran: Ran,
}

impl Session {
    /// A folder with files that a page takes as given.
    pub fn new(given: &[(String, String)]) -> Self {
        let scratch = tempfile::tempdir().expect("temporary folder");
        let here = scratch.path().join("here");
        fs::create_dir(&here).expect("made");
        let session = Self { scratch, here, ran: Ran::default() };
        for (name, text) in given {
            write(&session.here.join(name), text);
        }
        session
    }

    /// Runs the blocks of a page that can be run.
    pub fn run(mut self, blocks: &[&Block]) -> Ran {
        for block in blocks {
            if let Some(name) = block.attribute("file") {
                self.names_it(block, name);
                write(&self.here.join(name), &block.text);
            } else if let Some(name) = block.attribute("append") {
                self.names_it(block, name);
                let path = self.here.join(name);
                let there =
                    fs::read_to_string(&path).unwrap_or_else(|_| panic!("{}: no {name}", block.place()));
                write(&path, &(there + &block.text));
            } else if let Some(name) = block.attribute("in") {
                self.names_it(block, name);
                let text = fs::read_to_string(self.here.join(name))
                    .unwrap_or_else(|_| panic!("{}: no {name}", block.place()));
                let part = format!("…\n{}…\n", block.text);
                compare(block, name, &part, &text);
            } else if block.language == "console" && has(block) {
                self.console(block);
            }
        }
        self.ran
    }

    /// Whoever reads the page is told which file a block is.
    fn names_it(&mut self, block: &Block, name: &str) {
        let told = block.before.contains(&format!("`{name}`"));
        assert!(told, "{}: the paragraph before it does not name `{name}`", block.place());
        self.ran.files += 1;
    }

    fn console(&mut self, block: &Block) {
        let mut lines = block.text.lines().peekable();
        while let Some(line) = lines.next() {
            let Some(command) = line.strip_prefix("$ ") else {
                panic!("{}: `{line}` follows no command", block.place());
            };
            let mut said = String::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                said.push_str(line);
                said.push('\n');
            }
            let last = lines.peek().is_none();
            let status = block.attribute("status").filter(|_| last).unwrap_or("0");
            self.command(block, command, &said, status);
        }
    }

    fn command(&mut self, block: &Block, command: &str, said: &str, status: &str) {
        self.ran.commands += 1;
        let all = words(command);
        if let [first, folder] = &all[..]
            && first == "cd"
        {
            self.here.push(folder);
            assert!(self.here.is_dir(), "{}: there is no folder {folder}", block.place());
            return;
        }
        let mut shell = self.shell(command);
        if all.first().is_some_and(|word| word == "ssg") && all.iter().any(|word| word == "serve") {
            self.ran.lines += serve(block, shell.spawn().expect("a shell"), said);
            return;
        }
        let output = shell.output().expect("a shell");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let ended = output.status.code().map_or("a signal".to_owned(), |code| code.to_string());
        assert_eq!(ended, status, "{}: the status of `{command}`, which printed\n{printed}", block.place());
        if !said.is_empty() {
            compare(block, command, said, &printed);
            self.ran.lines += said.lines().filter(|line| *line != "…").count();
        }
    }

    /// A shell in the folder that finds the program, knows no settings of the machine's user and stands still in time.
    fn shell(&self, command: &str) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_ssg"));
        let path = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{path}", program.parent().expect("in a folder").display());
        let command = if words(command).iter().any(|word| word == "serve") {
            format!("exec {command} 2>&1")
        } else {
            format!("( {command}\n) 2>&1")
        };
        let mut shell = Command::new("bash");
        shell.args(["-c", &command]).current_dir(&self.here).stdin(Stdio::null());
        shell.stdout(Stdio::piped()).env("PATH", path).env("HOME", self.scratch.path());
        shell.env("SOURCE_DATE_EPOCH", NOW).env("TZ", "UTC").env("LC_ALL", "C.UTF-8").env("NO_COLOR", "1");
        for name in ["SSG_BASE_URL", "SSG_CACHE_WRITE", "SSG_ALLOWED_HOSTS", "CLICOLOR_FORCE"] {
            shell.env_remove(name);
        }
        for who in ["AUTHOR", "COMMITTER"] {
            shell.env(format!("GIT_{who}_NAME"), "Theo Vance");
            shell.env(format!("GIT_{who}_EMAIL"), "theo@example.org");
        }
        shell.env("GIT_CONFIG_NOSYSTEM", "1");
        shell
    }
}

/// Whether the program that a block needs is there; where it is not, that is printed.
fn has(block: &Block) -> bool {
    let Some(program) = block.attribute("needs") else { return true };
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        println!("skipped: {} ({program} is not installed)", block.place());
    }
    found
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("in a folder")).expect("made");
    fs::write(path, text).expect("written");
}

/// Waits until a server has printed what the page shows, then ends it. Gives how many lines that were.
fn serve(block: &Block, mut server: Child, said: &str) -> usize {
    let (send, lines) = mpsc::channel();
    let printed = server.stdout.take().expect("piped");
    let reader = std::thread::spawn(move || {
        for line in BufReader::new(printed).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    let mut missing = None;
    for line in said.lines() {
        let found = std::iter::from_fn(|| lines.recv_timeout(Duration::from_secs(120)).ok())
            .any(|real| is_line(line, &real));
        if !found {
            missing = Some(line);
            break;
        }
    }
    let _ = server.kill();
    let _ = server.wait();
    drop(lines);
    let _ = reader.join();
    assert!(missing.is_none(), "{}: the server did not print `{}`", block.place(), missing.unwrap_or(""));
    said.lines().count()
}

/// Holds what the page shows against what there is.
fn compare(block: &Block, what: &str, shown: &str, real: &str) {
    let shown_lines: Vec<&str> = shown.lines().collect();
    let real_lines: Vec<&str> = real.lines().collect();
    let same = are_lines(&shown_lines, &real_lines);
    assert!(same, "{}: `{what}`\n-- the page shows\n{shown}-- there is\n{real}", block.place());
}

/// Whether lines are those that a page shows, of which a line `…` stands for any number of lines.
fn are_lines(shown: &[&str], real: &[&str]) -> bool {
    let parts: Vec<&[&str]> = shown.split(|line| *line == "…").collect();
    let fits = |part: &[&str], place: &[&str]| {
        part.len() == place.len() && part.iter().zip(place).all(|(shown, real)| is_line(shown, real))
    };
    let (Some((first, others)), Some(last)) = (parts.split_first(), parts.last()) else { return false };
    if others.is_empty() {
        return fits(first, real);
    }
    if real.len() < first.len() + last.len() || !fits(first, &real[..first.len()]) {
        return false;
    }
    let end = real.len() - last.len();
    let mut from = first.len();
    for part in &others[..others.len() - 1] {
        let Some(at) =
            (from..=end.saturating_sub(part.len())).find(|at| fits(part, &real[*at..at + part.len()]))
        else {
            return false;
        };
        from = at + part.len();
    }
    from <= end && fits(last, &real[end..])
}

/// Whether a line is the one that a page shows, in which `…` stands for any text.
fn is_line(shown: &str, real: &str) -> bool {
    let (shown, real) = (without_chance(shown), without_chance(real));
    let mut parts = shown.trim_end().split('…');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = real.trim_end().strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

/// Units of what is another number on each machine.
const MEASURES: &[&str] = &["s", "ms", "B", "KiB", "MiB"];

/// What is counted of files, which are more or fewer as soon as a theme has another style sheet: it matters only
/// whether there are any.
const COUNTS: &[&str] = &["files", "lists", "changed", "written", "unchanged", "reused", "rendered", "to"];

/// Whether a number of a unit is not compared.
fn is_chance(number: f64, unit: &str) -> bool {
    MEASURES.contains(&unit) || (COUNTS.contains(&unit) && number > 0.0)
}

/// A line without what is not compared: durations, sizes, ports, and how many files there are.
fn without_chance(line: &str) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let mut made: Vec<String> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let unit = words.get(index + 1).map_or("", |unit| unit.trim_end_matches([':', ';', ',', '.', ')']));
        let bare = word.trim_start_matches('(');
        let number = bare.parse::<f64>().ok();
        if let Some((host, rest)) = word.split_once("127.0.0.1:") {
            let after = rest.trim_start_matches(|sign: char| sign.is_ascii_digit());
            made.push(format!("{host}127.0.0.1:1111{after}"));
        } else if number.is_some_and(|number| is_chance(number, unit)) {
            made.push("some".to_owned());
        } else if word.ends_with("ms") && index > 0 && made[index - 1] == "some" {
            made.push(word.replace("ms", "s"));
        } else if word.starts_with("KiB") || word.starts_with("MiB") {
            made.push(format!("B{}", &word[3..]));
        } else {
            made.push((*word).to_owned());
        }
    }
    made.join(" ")
}

#[test]
fn lines_are_compared_as_they_are_told_to_be() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let fits = |shown: &str, real: &str| {
        let (shown, real) = (lines(shown), lines(real));
        let borrowed =
            |lines: &[String]| lines.iter().map(|line| line.clone().leak() as &str).collect::<Vec<_>>();
        are_lines(&borrowed(&shown), &borrowed(&real))
    };
    assert!(fits("a\nb", "a\nb") && !fits("a", "a\nb") && !fits("a\nb", "a"));
    assert!(fits("a\n…", "a\nb\nc") && fits("a\n…", "a") && !fits("b\n…", "a\nb"));
    assert!(fits("…\nc", "a\nb\nc") && fits("…\nb\n…", "a\nb\nc") && !fits("…\nx\n…", "a\nb"));
    assert!(fits("…\nb\nc\n…\nc", "b\nb\nc\nc") && !fits("a\n…\na", "a"));
    assert!(fits("built in 0.31 s: 3", "built in 12.04 s: 3") && fits("4 ms", "0.2 s"));
    assert!(!fits("built 3 pages", "built 4 pages"));
    assert!(fits("in 0.1 s: 12 written, 0 removed", "in 3.00 s: 9 written, 0 removed"));
    assert!(!fits("12 written", "0 written") && !fits("0 files", "1 files"));
    assert!(fits("sent (1.0 KiB), at 127.0.0.1:1111/", "sent (960 B), at 127.0.0.1:40123/"));
    assert!(fits("made …-hello.md", "made 2027-05-31-hello.md") && !fits("a…b…c", "a c b"));
}
