//! A host that serves a folder with the headers of its `_headers`, as Netlify and Cloudflare Pages do.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A rule: the path, and names and values of headers.
type Rule = (String, Vec<(String, String)>);

pub struct Host {
    /// Without a slash at the end.
    pub address: String,
    files: Arc<Files>,
}

struct Files {
    dir: PathBuf,
    rules: Vec<Rule>,
}

impl Host {
    /// Serves for as long as the process lives.
    pub fn start(dir: &Path) -> Self {
        let text = std::fs::read_to_string(dir.join("_headers")).expect("`_headers`");
        let files = Arc::new(Files { dir: dir.to_owned(), rules: rules(&text) });
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let served = files.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let files = served.clone();
                std::thread::spawn(move || files.answer(&stream));
            }
        });
        Self { address, files }
    }

    /// The headers of an answer.
    pub fn headers(&self, path: &str) -> Vec<(String, String)> {
        self.files.headers(path)
    }
}

/// Rules in order: a path at the start of a line, its headers indented below.
fn rules(text: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("  ") {
            None => rules.push((line.to_owned(), Vec::new())),
            Some(header) => {
                let (name, value) = header.split_once(": ").expect("a header");
                rules.last_mut().expect("a path first").1.push((name.to_owned(), value.to_owned()));
            }
        }
    }
    rules
}

impl Files {
    fn headers(&self, path: &str) -> Vec<(String, String)> {
        let matches = |rule: &str| match rule.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == rule,
        };
        self.rules.iter().filter(|(rule, _)| matches(rule)).flat_map(|(_, headers)| headers.clone()).collect()
    }

    fn answer(&self, mut stream: &TcpStream) {
        let mut lines = BufReader::new(stream).lines();
        let Some(Ok(first)) = lines.next() else { return };
        while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
        let path = first.split(' ').nth(1).unwrap_or("/").split('?').next().unwrap_or("/").to_owned();
        let name = path.trim_start_matches('/');
        let name = if path.ends_with('/') { format!("{name}index.html") } else { name.to_owned() };
        let (status, bytes) = match std::fs::read(self.dir.join(&name)) {
            Ok(bytes) => ("200 OK", bytes),
            Err(_) => ("404 Not Found", b"nothing".to_vec()),
        };
        let media = match name.rsplit('.').next() {
            Some("html") => "text/html; charset=utf-8",
            Some("css") => "text/css",
            Some("js") => "text/javascript",
            Some("svg") => "image/svg+xml",
            _ => "application/octet-stream",
        };
        let mut head =
            format!("HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {}\r\n", bytes.len());
        for (name, value) in self.headers(&path) {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("Connection: close\r\n\r\n");
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes));
    }
}
