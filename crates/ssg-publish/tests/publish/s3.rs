//! A bucket of moto's server, and a proxy before it that counts requests and cuts them.
//!
//! Credentials come from the environment, so the tests run in a process of their own that has them:
//! `in_a_process_with_credentials` starts the server and this program again.

mod cache;

use super::every::{Kind, assert_whole};
use super::site::{Place, Tree, Watcher, options, refused, run, site};
use ssg_publish::{Options, RECORD, publish};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Names the server in the inner process.
const SERVER: &str = "SSG_TEST_S3";

const KIND: Kind =
    Kind { stride: 1, table: |place| table(place, &server().expect("a server"), ""), tree, put };
crate::every_target!(KIND, server().is_some());
crate::conditional_target!();

/// `host:port`, in the inner process.
fn server() -> Option<String> {
    std::env::var(SERVER).ok()
}

/// Each place has a prefix of its own.
fn prefix(place: &Place) -> String {
    place.root.file_name().expect("a name").to_string_lossy().trim_start_matches('.').to_owned()
}

fn table(place: &Place, server: &str, more: &str) -> String {
    let prefix = prefix(place);
    format!(
        "type = \"s3\"\nbucket = \"site\"\nprefix = \"{prefix}\"\nendpoint = \"http://{server}\"\nretries = 0\n{more}"
    )
}

/// A request to the server; gives the head and the body.
fn ask(method: &str, path: &str, body: &str) -> (String, String) {
    let server = server().expect("a server");
    let mut stream = TcpStream::connect(&server).expect("it listens");
    let length = body.len();
    // It asks for a signature and does not look at it.
    let signed = "AWS4-HMAC-SHA256 Credential=AKIATEST/20261121/us-east-1/s3/aws4_request, \
                  SignedHeaders=host, Signature=none";
    let head = format!(
        "{method} {path} HTTP/1.0\r\nHost: {server}\r\nAuthorization: {signed}\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("sent");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answered");
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
    (head.to_lowercase(), body.to_owned())
}

fn tree(place: &Place) -> Tree {
    let prefix = format!("{}/", prefix(place));
    let (_, list) = ask("GET", &format!("/site?list-type=2&max-keys=1000&prefix={prefix}"), "");
    let keys = list.split("<Key>").skip(1).map(|part| part.split("</Key>").next().unwrap_or_default());
    keys.filter_map(|key| {
        let path = key.strip_prefix(&prefix)?;
        (path != RECORD).then(|| (path.to_owned(), ask("GET", &format!("/site/{key}"), "").1))
    })
    .collect()
}

fn put(place: &Place, path: &str, text: &str) {
    let (head, _) = ask("PUT", &format!("/site/{}/{path}", prefix(place)), text);
    assert!(head.contains(" 200 "), "{head}");
}

/// Passes requests on, counts them, and after so many cuts every connection: before the request reaches
/// the server, or after, when its answer is lost.
struct Proxy {
    address: String,
    count: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    after: Arc<AtomicBool>,
}

impl Proxy {
    fn start(to: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("known").to_string();
        let proxy = Self {
            address,
            count: Arc::default(),
            most: Arc::new(AtomicUsize::new(usize::MAX)),
            after: Arc::default(),
        };
        let (count, most, after) = (proxy.count.clone(), proxy.most.clone(), proxy.after.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (to, count, most, after) = (to.clone(), count.clone(), most.clone(), after.clone());
                std::thread::spawn(move || {
                    let Some(request) = read_request(&stream) else { return };
                    let number = count.fetch_add(1, Ordering::SeqCst);
                    let is_cut = number >= most.load(Ordering::SeqCst);
                    // Of the requests that are cut the first may yet reach the server.
                    let reaches = after.load(Ordering::SeqCst) && number == most.load(Ordering::SeqCst);
                    if is_cut && !reaches {
                        let _ = stream.shutdown(Shutdown::Both);
                        return;
                    }
                    let Ok(mut server) = TcpStream::connect(&to) else { return };
                    let mut answer = Vec::new();
                    let passed = server.write_all(&request).and_then(|()| server.read_to_end(&mut answer));
                    if passed.is_ok() && !is_cut {
                        let _ = (&stream).write_all(&answer);
                    }
                    let _ = stream.shutdown(Shutdown::Both);
                });
            }
        });
        proxy
    }

    /// How many requests there were since it was last asked.
    fn take_count(&self) -> usize {
        self.count.swap(0, Ordering::SeqCst)
    }
}

/// One request, with `Connection: close` so that the answer ends.
fn read_request(mut stream: &TcpStream) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 * 1024];
    let end = loop {
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&buffer[..count]);
        if let Some(end) = bytes.windows(4).position(|part| part == b"\r\n\r\n") {
            break end;
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let length = head
        .lines()
        .find_map(|line| {
            line.to_lowercase().strip_prefix("content-length:").map(str::trim).map(str::to_owned)
        })
        .and_then(|length| length.parse::<usize>().ok())
        .unwrap_or(0);
    let mut body = bytes.split_off(end + 4);
    while body.len() < length {
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        body.extend_from_slice(&buffer[..count]);
    }
    let lines = head.lines().filter(|line| !line.to_lowercase().starts_with("connection:"));
    let head: String = lines.map(|line| format!("{line}\r\n")).collect();
    Some([format!("{head}Connection: close\r\n\r\n").into_bytes(), body].concat())
}

#[test]
fn a_second_publish_is_one_request_and_an_edit_sends_what_changed() {
    let Some(server) = server() else { return };
    let (place, proxy) = (Place::new(), Proxy::start(server));
    let table = table(&place, &proxy.address, "");
    let mut files = site("look.1", &["a", "b"], "first");
    let outputs = place.build(&files);
    run(&mut *place.target(&table), &outputs);
    // The record, a look around, the intents, the files, the record.
    assert_eq!(proxy.take_count(), 4 + files.len());
    run(&mut *place.target(&table), &outputs);
    assert_eq!(proxy.take_count(), 1);
    files.insert("a/index.html".to_owned(), "edited".to_owned());
    run(&mut *place.target(&table), &place.build(&files));
    assert_eq!(proxy.take_count(), 4);
    assert_eq!(tree(&place), files);
}

#[test]
fn cut_at_every_request() {
    let Some(server) = server() else { return };
    let before = site("look.1", &["a", "b", "gone"], "first");
    let after = site("look.2", &["a", "b", "new"], "second");
    for (answer_is_lost, most) in (0..40).flat_map(|most| [(false, most), (true, most)]) {
        let when = format!("{most} requests, answer lost: {answer_is_lost}");
        let (place, proxy) = (Place::new(), Proxy::start(server.clone()));
        let table = table(&place, &proxy.address, "");
        run(&mut *place.target(&table), &place.build(&before));
        let outputs = place.build(&after);
        proxy.take_count();
        proxy.after.store(answer_is_lost, Ordering::SeqCst);
        proxy.most.store(most, Ordering::SeqCst);
        let cut = publish(&mut *place.target(&table), &outputs, &options("first"), &Watcher::confirming());
        proxy.most.store(usize::MAX, Ordering::SeqCst);
        // A request that was passed on may still be on its way.
        std::thread::sleep(Duration::from_millis(50));
        let now = tree(&place);
        if cut.is_ok() {
            assert_eq!(now, after);
            assert!(most > 8, "{when}");
            if answer_is_lost {
                return;
            }
            continue;
        }
        assert_whole(&now, &before, &after, &when);
        let options = Options { last: Some("first".to_owned()), ..options("second") };
        publish(&mut *place.target(&table), &outputs, &options, &Watcher::confirming()).expect("completed");
        assert_eq!(tree(&place), after, "{when}");
        let (published, _) = run(&mut *place.target(&table), &outputs);
        assert!(published.plan.is_empty(), "{when}");
    }
    panic!("it never came through");
}

#[test]
fn what_was_sent_before_a_cut_is_not_sent_again() {
    let Some(server) = server() else { return };
    let (place, proxy) = (Place::new(), Proxy::start(server));
    let table = table(&place, &proxy.address, "");
    let names: Vec<String> = (0..60).map(|number| format!("page-{number:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let outputs = place.build(&site("look.1", &names, "first"));
    proxy.most.store(40, Ordering::SeqCst);
    let cut = publish(&mut *place.target(&table), &outputs, &options("first"), &Watcher::confirming());
    assert!(cut.is_err_and(|stopped| stopped.changed));
    proxy.most.store(usize::MAX, Ordering::SeqCst);
    let watcher = Watcher::confirming();
    let options = Options { last: Some("first".to_owned()), ..options("second") };
    publish(&mut *place.target(&table), &outputs, &options, &watcher).expect("completed");
    assert!((10..40).contains(&watcher.sent().len()), "{}", watcher.sent().len());
    assert_eq!(tree(&place).len(), outputs.len());
}

#[test]
fn objects_have_types_and_say_how_long_they_may_be_kept() {
    let Some(server) = server() else { return };
    let place = Place::new();
    let style = format!("body {{ color: red }}{}", "/* long */".repeat(100));
    let hash = blake3::hash(style.as_bytes()).to_hex();
    let sheet = format!("assets/look.{}.css", &hash[..10]);
    let files = Tree::from([
        ("index.html".to_owned(), format!("<p>{}</p>", "text ".repeat(200))),
        (sheet.clone(), style),
        ("photo.jpg".to_owned(), "x".repeat(2000)),
        ("atom.xml".to_owned(), "<feed/>".to_owned()),
        ("a b/ü & +.txt".to_owned(), "text".to_owned()),
    ]);
    let outputs = place.build(&files);
    let head = |path: &str| ask("HEAD", &format!("/site/{}/{path}", prefix(&place)), "").0;
    for (more, encoding) in [("", ""), ("compress = \"gzip\"", "gzip"), ("compress = \"brotli\"", "br")] {
        let (_, sent) = run(&mut *place.target(&table(&place, &server, more)), &outputs);
        // Another encoding sends everything anew.
        assert_eq!(sent.len(), files.len());
        for (path, kind, cache, encoding) in [
            ("index.html", "text/html; charset=utf-8", "public, max-age=0, must-revalidate", encoding),
            (sheet.as_str(), "text/css; charset=utf-8", "public, max-age=31536000, immutable", encoding),
            ("photo.jpg", "image/jpeg", "public, max-age=86400", ""),
            ("atom.xml", "application/atom+xml; charset=utf-8", "public, max-age=300", ""),
        ] {
            let head = head(path);
            assert!(head.contains(&format!("content-type: {kind}")), "{path}: {head}");
            assert!(head.contains(&format!("cache-control: {cache}")), "{path}: {head}");
            let has = head.lines().find_map(|line| line.strip_prefix("content-encoding: ")).unwrap_or("");
            assert_eq!(has, encoding, "{path}: {head}");
        }
    }
    let (_, sent) = run(&mut *place.target(&table(&place, &server, "compress = \"brotli\"")), &outputs);
    assert!(sent.is_empty());
}

#[test]
fn a_large_file_goes_in_parts_and_shows_once_it_is_whole() {
    let Some(server) = server() else { return };
    let (place, proxy) = (Place::new(), Proxy::start(server));
    let table = table(&place, &proxy.address, "");
    let mut files = site("look.1", &[], "text");
    files.insert("talk.mp4".to_owned(), "0123456789abcdef".repeat(1 << 20) + "end");
    let outputs = place.build(&files);
    let at = format!("/site/{}/talk.mp4", prefix(&place));
    let unfinished = || ask("GET", "/site?uploads", "").1.contains(&prefix(&place));
    // The record, a look around, the intents, the style sheet, and the first two parts.
    proxy.most.store(7, Ordering::SeqCst);
    let cut = publish(&mut *place.target(&table), &outputs, &options("first"), &Watcher::confirming());
    proxy.most.store(usize::MAX, Ordering::SeqCst);
    assert!(cut.is_err_and(|stopped| stopped.changed));
    assert!(ask("HEAD", &at, "").0.contains(" 404 "));
    let options = Options { last: Some("first".to_owned()), ..options("second") };
    publish(&mut *place.target(&table), &outputs, &options, &Watcher::confirming()).expect("completed");
    assert_eq!(tree(&place), files);
    let (head, _) = ask("HEAD", &at, "");
    let hash = blake3::hash(files["talk.mp4"].as_bytes()).to_hex();
    assert!(head.contains("content-type: video/mp4") && head.contains(hash.as_str()), "{head}");
    // Somebody edits it while it is on its way: nothing of that shows, and no part is kept.
    let before = unfinished();
    files.insert("talk.mp4".to_owned(), "0123456789abcdef".repeat(1 << 20) + "fin");
    let outputs = place.build(&files);
    let built = place.root.join("site/public/talk.mp4");
    std::fs::write(&built, "0123456789abcdef".repeat(1 << 20) + "bad").expect("written");
    let options = Options { last: Some("second".to_owned()), ..super::site::options("third") };
    let stopped = publish(&mut *place.target(&table), &outputs, &options, &Watcher::confirming());
    let stopped = stopped.expect_err("it was changed");
    assert!(stopped.failure.message.contains("was changed while it was published"), "{stopped:?}");
    assert!(ask("GET", &at, "").1.ends_with("end"));
    assert_eq!(unfinished(), before);
}

#[test]
fn a_cut_amid_a_change_of_how_objects_are_kept_leaves_none_as_it_was() {
    let Some(server) = server() else { return };
    let (place, proxy) = (Place::new(), Proxy::start(server));
    let names = ["a", "b", "c", "d", "e", "f"];
    let outputs = place.build(&site("look.1", &names, &"long ".repeat(100)));
    run(&mut *place.target(&table(&place, &proxy.address, "")), &outputs);
    proxy.take_count();
    proxy.most.store(5, Ordering::SeqCst);
    let packed = table(&place, &proxy.address, "compress = \"gzip\"");
    let cut = publish(&mut *place.target(&packed), &outputs, &options("first"), &Watcher::confirming());
    assert!(cut.is_err_and(|stopped| stopped.changed));
    proxy.most.store(usize::MAX, Ordering::SeqCst);
    let options = Options { last: Some("first".to_owned()), ..options("second") };
    publish(&mut *place.target(&packed), &outputs, &options, &Watcher::confirming()).expect("completed");
    for name in names {
        let (head, _) = ask("HEAD", &format!("/site/{}/{name}/index.html", prefix(&place)), "");
        assert!(head.contains("content-encoding: gzip"), "{name}: {head}");
    }
}

#[test]
fn a_store_without_conditional_writes_works_too() {
    let Some(server) = server() else { return };
    let place = Place::new();
    let table = table(&place, &server, "conditional_writes = false");
    for number in 1..4 {
        let files = site(&format!("look.{number}"), &["a"], "text");
        run(&mut *place.target(&table), &place.build(&files));
        assert_eq!(tree(&place), files);
    }
}

#[test]
fn another_run_is_waited_for() {
    let Some(server) = server() else { return };
    let place = Place::new();
    let proxy = Proxy::start(server.clone());
    let outputs = place.build(&site("look.1", &["a", "b"], "first"));
    proxy.most.store(4, Ordering::SeqCst);
    let cut_table = table(&place, &proxy.address, "");
    let cut = publish(&mut *place.target(&cut_table), &outputs, &options("one"), &Watcher::confirming());
    assert!(cut.is_err());
    // Of a machine that knows nothing of that run: it waits for signs of life.
    let watcher = Watcher::confirming();
    let begun = Instant::now();
    publish(&mut *place.target(&table(&place, &server, "")), &outputs, &options("two"), &watcher)
        .expect("published");
    assert!(begun.elapsed() >= Duration::from_millis(200));
    assert_eq!(*watcher.waited.lock().expect("whole"), 1);
}

#[test]
fn tables_are_checked() {
    assert_eq!(refused("type = \"s3\""), ["`bucket` of the target is missing"]);
    assert_eq!(
        refused("type = \"s3\"\nbucket = \"b\"\nprefix = \"a/../b\""),
        ["`a/../b` cannot be the prefix of paths"]
    );
    assert_eq!(
        refused("type = \"s3\"\nbucket = \"b\"\nendpoint = \"s3.example\""),
        ["`s3.example` is no address"]
    );
    assert_eq!(
        refused("type = \"s3\"\nbucket = \"b\"\nsecret_access_key = \"x\""),
        ["`secret_access_key` looks like a secret, which has no place here"]
    );
    assert_eq!(
        refused("type = \"s3\"\nbucket = \"b\"\ncache_control = { page = \"no-store\" }"),
        ["unknown key `page`"]
    );
}

/// A server, ended when it is dropped.
struct Moto {
    child: Child,
    port: u16,
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Moto {
    fn start(program: &Path) -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
        let mut command = Command::new(program);
        command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
        let mut moto = Self { child, port };
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(30) && moto.child.try_wait().ok()?.is_none() {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Some(moto);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        None
    }
}

/// The server's program: the system's, or one from a virtual environment made here.
fn moto() -> Option<PathBuf> {
    let succeeds = |command: &mut Command| {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    if succeeds(Command::new("moto_server").arg("--help")) {
        return Some(PathBuf::from("moto_server"));
    }
    let venv = Path::new(env!("CARGO_TARGET_TMPDIR")).join("moto-venv");
    let program = venv.join("bin/moto_server");
    if !succeeds(Command::new(&program).arg("--help")) {
        let made = succeeds(Command::new("python3").args(["-m", "venv"]).arg(&venv));
        let pip = ["-m", "pip", "install", "--quiet", "--timeout", "15", "--retries", "1", "moto[server,s3]"];
        if !(made && succeeds(Command::new(venv.join("bin/python3")).args(pip))) {
            return None;
        }
    }
    Some(program)
}

#[test]
fn in_a_process_with_credentials() {
    if server().is_some() {
        return;
    }
    let Some(moto) = moto().and_then(|program| Moto::start(&program)) else {
        ssg_testing::skip("moto's server cannot be had");
        return;
    };
    let address = format!("127.0.0.1:{}", moto.port);
    let mut stream = TcpStream::connect(&address).expect("it listens");
    write!(stream, "PUT /site HTTP/1.0\r\nHost: {address}\r\nContent-Length: 0\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    assert!(answer.contains(" 200 "), "{answer}");
    let output = Command::new(std::env::current_exe().expect("this program"))
        .args(["s3::", "--nocapture"])
        .env(SERVER, &address)
        .env("AWS_ACCESS_KEY_ID", "AKIATEST")
        .env("AWS_SECRET_ACCESS_KEY", "not-to-be-shown")
        .env("AWS_REGION", "us-east-1")
        .env_remove("AWS_ENDPOINT_URL")
        .output()
        .expect("it runs");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success());
    assert!(!said.contains("not-to-be-shown"));
}
