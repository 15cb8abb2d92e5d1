//! A store in memory, and a client that speaks HTTP byte by byte, so that tests can say what no
//! well-behaved client would.
#![allow(dead_code)]

use ssg_serve::{Body, FileStore, Served, Server, ServerOptions};
use ssg_source::DiskFile;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Longest wait for anything in a test.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Files in memory.
#[derive(Default)]
pub struct Files(Mutex<BTreeMap<String, Served>>);

impl Files {
    pub fn new(files: &[(&str, &str)]) -> Arc<Self> {
        let all = Arc::new(Self::default());
        for (path, text) in files {
            all.put(path, text);
        }
        all
    }

    pub fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let bytes = bytes.as_ref();
        self.insert(path, Served { bytes: Body::Memory(bytes.into()), hash: digest(bytes), badge: None });
    }

    /// A file on disk, as it is there now.
    pub fn put_disk(&self, path: &str, file: &Path) {
        let hash = *blake3::hash(&std::fs::read(file).expect("a file")).as_bytes();
        let found = DiskFile::find(file).expect("a file");
        self.insert(path, Served { bytes: Body::Disk(found), hash, badge: None });
    }

    /// A file of which the store believes that it is on disk.
    pub fn put_lost(&self, path: &str, file: &str) {
        let found = DiskFile::said(file.into(), None);
        self.insert(path, Served { bytes: Body::Disk(found), hash: [0; 32], badge: None });
    }

    pub fn insert(&self, path: &str, served: Served) {
        self.0.lock().expect("a map").insert(path.to_owned(), served);
    }

    pub fn remove(&self, path: &str) {
        self.0.lock().expect("a map").remove(path);
    }
}

impl FileStore for Files {
    fn file(&self, path: &str) -> Option<Served> {
        assert!(path != "panic.html", "a file that cannot be made");
        self.0.lock().expect("a map").get(path).cloned()
    }
}

/// Not a good digest, but one that differs where the tests' bytes do.
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut digest = [0; 32];
    for (salt, part) in digest.chunks_mut(8).enumerate() {
        let mut hasher = DefaultHasher::new();
        (salt, bytes).hash(&mut hasher);
        part.copy_from_slice(&hasher.finish().to_le_bytes());
    }
    digest
}

/// A server on a free port.
pub fn serve(files: &Arc<Files>) -> Server {
    serve_with(files, ServerOptions::default())
}

pub fn serve_with(files: &Arc<Files>, options: ServerOptions) -> Server {
    let store: Arc<dyn FileStore> = Arc::clone(files) as _;
    Server::start(&ServerOptions { port: 0, ..options }, store).expect("a free port")
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The value of a header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value.as_str())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }
}

pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect_timeout(&address, PATIENCE).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    stream.set_write_timeout(Some(PATIENCE)).expect("a limit");
    stream
}

/// `GET` with a good `Host` and these further lines.
pub fn get(server: &Server, path: &str, lines: &[&str]) -> Answer {
    ask(server, "GET", path, lines)
}

pub fn ask(server: &Server, method: &str, path: &str, lines: &[&str]) -> Answer {
    let mut all = vec!["Host: localhost"];
    all.extend(lines);
    raw(server.address(), method, path, &all)
}

/// A request with these lines and no others.
pub fn raw(address: SocketAddr, method: &str, path: &str, lines: &[&str]) -> Answer {
    let mut stream = connect(address);
    let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
    let request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n{lines}\r\n");
    // A server that refuses early may close before it has read all.
    let _ = stream.write_all(request.as_bytes());
    read_answer(&mut BufReader::new(stream), method == "HEAD")
}

pub fn read_head(reader: &mut impl BufRead) -> (u16, Vec<(String, String)>) {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let status = lines.first().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let header = |line: &String| {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        (name.to_ascii_lowercase(), value.trim().to_owned())
    };
    (status.unwrap_or(0), lines.iter().skip(1).map(header).collect())
}

pub fn read_answer(reader: &mut impl BufRead, head: bool) -> Answer {
    let (status, headers) = read_head(reader);
    let mut answer = Answer { status, headers, body: Vec::new() };
    if head || status == 304 {
        return answer;
    }
    match answer.header("content-length").parse::<u64>() {
        Ok(length) => {
            reader.take(length).read_to_end(&mut answer.body).expect("a body");
            assert_eq!(answer.body.len() as u64, length, "the body was cut");
        }
        Err(_) => {
            reader.read_to_end(&mut answer.body).expect("a body");
        }
    }
    answer
}

/// A tab that listens to events.
pub struct Tab {
    reader: BufReader<TcpStream>,
    pub last: String,
}

/// One event: its name and its data.
pub type Event = (String, String);

impl Tab {
    pub fn open(server: &Server, query: &str, lines: &[&str]) -> Self {
        let mut stream = connect(server.address());
        let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        write!(stream, "GET /.ssg/events?{query} HTTP/1.1\r\nHost: localhost\r\n{lines}\r\n")
            .expect("written");
        let mut reader = BufReader::new(stream);
        let (status, headers) = read_head(&mut reader);
        assert_eq!(status, 200);
        assert!(headers.contains(&("content-type".into(), "text/event-stream; charset=utf-8".into())));
        assert!(headers.contains(&("cache-control".into(), "no-store".into())));
        let mut tab = Self { reader, last: String::new() };
        assert_eq!(tab.next().0, "hello");
        tab
    }

    /// The next event. The framing of chunks is of no interest here: its lines have no colon.
    pub fn next(&mut self) -> Event {
        let mut event = Event::default();
        loop {
            let mut line = String::new();
            self.reader.read_line(&mut line).expect("an event in time");
            assert!(!line.is_empty(), "the stream has ended");
            match line.trim_end().split_once(": ") {
                Some(("id", id)) => id.clone_into(&mut self.last),
                Some(("event", name)) => name.clone_into(&mut event.0),
                Some(("data", data)) => {
                    data.clone_into(&mut event.1);
                    return event;
                }
                _ => {}
            }
        }
    }

    /// Whether the server has let it go, after what it had still to say.
    pub fn has_ended(&mut self) -> bool {
        // The last chunk is an empty one.
        let mut line = String::new();
        while self.reader.read_line(&mut line).is_ok_and(|read| read > 0) {
            if line.trim_end() == "0" {
                return true;
            }
            line.clear();
        }
        false
    }

    /// Whether nothing comes for a moment.
    pub fn is_silent(&mut self) -> bool {
        self.reader.get_ref().set_read_timeout(Some(Duration::from_millis(150))).expect("a limit");
        let mut line = String::new();
        let mut silent = true;
        while self.reader.read_line(&mut line).is_ok_and(|read| read > 0) {
            silent &= !line.starts_with("event:");
            line.clear();
        }
        self.reader.get_ref().set_read_timeout(Some(PATIENCE)).expect("a limit");
        silent
    }
}
