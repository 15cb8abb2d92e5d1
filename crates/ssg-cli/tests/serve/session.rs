//! A server at work, and a client that asks it.

use crate::site::{Site, Tree};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long anything may take; far more than it does, for machines that are busy.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(10);

/// `ssg serve` on a site. Killed when dropped.
pub struct Session<'a> {
    pub site: &'a Site,
    pub child: Child,
    flags: &'a [&'a str],
    lines: Receiver<String>,
    pub url: String,
    /// Every output that there ever was.
    known: BTreeSet<String>,
}

/// An answer over HTTP.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl<'a> Session<'a> {
    /// Starts the server with flags that a build takes as well, and others that it does not.
    pub fn start(site: &'a Site, flags: &'a [&'a str], own: &[&str]) -> Self {
        Self::start_as(site, site.command("serve"), flags, own)
    }

    /// As [`Self::start`], by a command that is already begun.
    pub fn start_as(site: &'a Site, mut command: Command, flags: &'a [&'a str], own: &[&str]) -> Self {
        command.args(["--format", "json"]).args(flags).args(own);
        if !own.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        let temporary = site.folder.join("temporary");
        std::fs::create_dir_all(&temporary).expect("made");
        command.env("TMPDIR", temporary).stdout(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let (sender, lines) = channel();
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        std::thread::spawn(move || out.lines().map_while(Result::ok).all(|line| sender.send(line).is_ok()));
        let mut session = Self { site, child, flags, lines, url: String::new(), known: BTreeSet::new() };
        session.url = session.next_url();
        session
    }

    /// Ends the server and starts another one, which knows of what was served before.
    pub fn restart(self, own: &[&str]) -> Self {
        let (site, flags, known) = (self.site, self.flags, self.known.clone());
        drop(self);
        let mut next = Self::start(site, flags, own);
        next.known = known;
        next
    }

    /// Waits for a line with this text.
    pub fn line(&self, text: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left).unwrap_or_else(|_| panic!("no line says {text}"));
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Lines that were printed and not read.
    pub fn lines(&self) -> Vec<String> {
        self.lines.try_iter().collect()
    }

    /// Waits until the site is served at an address, and gives that.
    pub fn next_url(&self) -> String {
        let line = self.line("\"serving\"");
        let at = line.find("http://").expect("an address");
        line[at..].split('"').next().expect("its end").to_owned()
    }

    pub fn port(&self) -> u16 {
        let rest = self.url.strip_prefix("http://127.0.0.1:").expect("this machine");
        rest.split('/').next().expect("a port").parse().expect("a number")
    }

    /// Asks for a path of the site as it would be asked for by its published name, so that pages
    /// keep their addresses.
    pub fn get(&self, path: &str) -> Answer {
        let base = self.url.splitn(4, '/').nth(3).expect("a path");
        self.ask(&format!("/{base}{path}"), "localhost")
    }

    pub fn ask(&self, path: &str, host: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port())).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        let body = bytes.split_off(end + 4);
        if head.to_lowercase().contains("transfer-encoding: chunked") {
            return Answer { status, head, body: unchunked(&body) };
        }
        Answer { status, head, body }
    }

    /// Waits until exactly what a clean build writes is served, and nothing that was there before.
    pub fn settle(&mut self, when: &str) {
        let wanted = self.site.built(self.flags);
        self.known.extend(wanted.keys().cloned());
        self.settle_on(&wanted, when);
    }

    pub fn settle_on(&self, wanted: &Tree, when: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let wrong = self.differences(wanted);
            if wrong.is_empty() {
                return;
            }
            assert!(
                Instant::now() < end,
                "{when}: served otherwise than built: {wrong:?}: {:?}\n{:?}",
                wrong.iter().map(|path| self.get(&encoded(path)).status).collect::<Vec<_>>(),
                self.lines()
            );
            std::thread::sleep(PAUSE);
        }
    }

    fn differences(&self, wanted: &Tree) -> Vec<String> {
        let differs = |path: &&String| {
            let answer = self.get(&encoded(path));
            match wanted.get(*path) {
                Some(bytes) => answer.status != 200 || undressed(&answer.body) != *bytes,
                None => answer.status != 404,
            }
        };
        self.known.iter().filter(differs).cloned().collect()
    }

    /// Waits until a condition holds of what a path answers.
    pub fn until(&self, path: &str, what: &str, holds: impl Fn(&Answer) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(&self.get(path)) {
            assert!(Instant::now() < end, "{path}: never {what}\n{:?}", self.lines());
            std::thread::sleep(PAUSE);
        }
    }
}

impl Drop for Session<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    pub fn says(&self, text: &str) -> bool {
        String::from_utf8_lossy(&self.body).contains(text)
    }
}

/// The path of a file in an address.
fn encoded(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// A page without the script that a preview adds.
fn undressed(body: &[u8]) -> Vec<u8> {
    let (begin, end) = (b"<script async src=\"/.ssg/live.js\"", b"></script>");
    let Some(from) = body.windows(begin.len()).rposition(|part| part == begin) else { return body.to_vec() };
    let Some(length) = body[from..].windows(end.len()).position(|part| part == end) else {
        return body.to_vec();
    };
    [&body[..from], &body[from + length + end.len()..]].concat()
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some(end) = body.windows(2).position(|two| two == b"\r\n") {
        let size = String::from_utf8_lossy(&body[..end]).into_owned();
        let size = usize::from_str_radix(&size, 16).expect("a size");
        let from = end + 2;
        out.extend_from_slice(&body[from..from + size]);
        if size == 0 {
            break;
        }
        body = &body[from + size + 2..];
    }
    out
}
