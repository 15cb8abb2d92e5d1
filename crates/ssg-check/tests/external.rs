//! The client of the web against a server on loopback: what it makes of answers, and of what is no answer.

#![cfg(feature = "external")]
#![expect(clippy::disallowed_methods, reason = "a server on loopback")]

use ssg_check::links::{Client, Failure, Method, Outcome, Pace, Timeouts, WebClient, ask_all};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A server that answers by the path, and notes what it is asked.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let noted = asked.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let noted = noted.clone();
                thread::spawn(move || answer(stream, &noted));
            }
        });
        Self { port, asked }
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self, path: &str) -> Vec<String> {
        let asked = self.asked.lock().expect("not poisoned");
        asked.iter().filter(|line| line.ends_with(path)).cloned().collect()
    }
}

/// Answers requests on one connection until it is closed.
fn answer(stream: TcpStream, noted: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().expect("the same socket")).lines();
    let mut stream = stream;
    while let Some(Ok(first)) = lines.next() {
        let mut words = first.split(' ');
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default().to_owned());
        // The rest of the head.
        while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
        let before = {
            let mut noted = noted.lock().expect("not poisoned");
            let line = format!("{method} {path}");
            noted.push(line);
            noted.iter().filter(|line| line.ends_with(&path)).count() - 1
        };
        let empty = |head: &str| format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\n\r\n");
        let text = match path.as_str() {
            "/gone" => empty("404 Not Found"),
            "/moved" => empty("301 Moved Permanently\r\nLocation: /fine"),
            "/for-now" => empty("302 Found\r\nLocation: /fine"),
            "/weak" if before == 0 => empty("500 Internal Server Error"),
            "/busy" if before == 0 => empty("429 Too Many Requests\r\nRetry-After: 0"),
            "/patience" => empty("429 Too Many Requests\r\nRetry-After: 3600"),
            "/some-day" => empty("503 Service Unavailable\r\nRetry-After: Fri, 31 Dec 2999 23:59:59 GMT"),
            "/no-head" if method == "HEAD" => empty("405 Method Not Allowed"),
            "/fine" | "/weak" | "/busy" | "/no-head" => empty("200 OK"),
            "/elsewhere" => empty("301 Moved Permanently\r\nLocation: http://localhost:1/x"),
            "/no-http" => "what\r\n\r\n".to_owned(),
            "/long-head" => format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(1 << 20)),
            "/hangs" => {
                thread::sleep(Duration::from_secs(30));
                return;
            }
            "/endless" => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
                while method == "GET" && stream.write_all(chunk.as_bytes()).is_ok() {}
                return;
            }
            _ => return,
        };
        if stream.write_all(text.as_bytes()).is_err() {
            return;
        }
    }
}

const PACE: Pace = Pace {
    pause: Duration::ZERO,
    parallel: 4,
    retries: 1,
    back_off: Duration::ZERO,
    longest_wait: Duration::from_secs(5),
};

fn client(hosts: &[&str]) -> WebClient {
    let hosts: Vec<String> = hosts.iter().map(|host| (*host).to_owned()).collect();
    let timeouts = Timeouts { connect: Duration::from_secs(5), answer: Duration::from_secs(2) };
    WebClient::new(timeouts, &hosts)
}

#[test]
fn every_kind_of_answer_is_told_apart() {
    let server = Server::start();
    let client = client(&["127.0.0.1"]);
    let paths = [
        "/fine",
        "/gone",
        "/moved",
        "/for-now",
        "/weak",
        "/busy",
        "/patience",
        "/some-day",
        "/no-head",
        "/elsewhere",
        "/no-http",
        "/long-head",
        "/hangs",
        "/endless",
        "/closes",
    ];
    let addresses: Vec<String> = paths.iter().map(|path| server.address(path)).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let seen = Mutex::new(0);
    let outcomes = ask_all(&client, &addresses, &PACE, &|done| *seen.lock().expect("not poisoned") = done);
    assert_eq!(*seen.lock().expect("not poisoned"), paths.len());
    let outcomes: HashMap<&str, Outcome> = paths.into_iter().zip(outcomes).collect();
    let fine = Outcome::Fine { moved: None };
    for path in ["/fine", "/for-now", "/weak", "/busy", "/no-head", "/endless"] {
        assert_eq!(outcomes[path], fine, "{path}");
    }
    assert_eq!(outcomes["/gone"], Outcome::Failed("404".to_owned()));
    assert_eq!(outcomes["/moved"], Outcome::Fine { moved: Some(server.address("/fine")) });
    assert_eq!(outcomes["/patience"], Outcome::Unknown(429));
    assert_eq!(outcomes["/some-day"], Outcome::Failed("503".to_owned()));
    assert_eq!(outcomes["/elsewhere"], Outcome::Private);
    assert_eq!(outcomes["/hangs"], Outcome::Failed("no answer in time".to_owned()));
    for path in ["/no-http", "/long-head", "/closes"] {
        assert!(matches!(outcomes[path], Outcome::Failed(_)), "{path}: {:?}", outcomes[path]);
    }
    assert_eq!(server.asked("/fine")[0], "HEAD /fine");
    assert_eq!(server.asked("/no-head"), ["HEAD /no-head", "GET /no-head"]);
    assert_eq!(server.asked("/weak"), ["HEAD /weak", "GET /weak"]);
    assert_eq!(server.asked("/patience").len(), 1, "it is not asked again before its time");
}

#[test]
fn hosts_of_this_machine_are_asked_only_where_they_are_named() {
    let server = Server::start();
    let ask = |client: &WebClient, address: &str| {
        client.ask(Method::Head, &address.parse().expect("an address")).map(|reply| reply.status)
    };
    let address = server.address("/fine");
    assert_eq!(ask(&client(&[]), &address), Err(Failure::Private));
    assert_eq!(ask(&client(&["localhost"]), &address), Err(Failure::Private));
    assert_eq!(ask(&client(&["127.0.0.1"]), &address), Ok(200));
    // However the address is written.
    let port = server.port;
    for host in ["localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0.0.0.0"] {
        let answer = ask(&client(&[]), &format!("http://{host}:{port}/fine"));
        assert_eq!(answer, Err(Failure::Private), "{host}");
    }
    assert_eq!(server.asked("/fine").len(), 1);
}

#[test]
fn a_host_that_speaks_no_tls_is_a_failure() {
    let server = Server::start();
    let client = client(&["127.0.0.1"]);
    let address = server.address("/fine").replace("http:", "https:").parse().expect("an address");
    assert!(matches!(client.ask(Method::Head, &address), Err(Failure::Said(_))));
}
