//! A cache that machines share in a bucket.

use super::server;
use ssg_build::{Cache, Memo, RemoteCache, SharedCache};
use ssg_parse::Bucket;
use ssg_publish::open_bucket;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A store with a prefix of its own.
fn store(address: &str, writes: bool) -> Box<dyn RemoteCache> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    named(address, "site", &format!("cache/{number}"), writes)
}

fn named(address: &str, name: &str, prefix: &str, writes: bool) -> Box<dyn RemoteCache> {
    let bucket = Bucket {
        name: name.to_owned(),
        prefix: prefix.to_owned(),
        endpoint: Some(format!("http://{address}")),
        region: Some("us-east-1".to_owned()),
        virtual_hosts: false,
    };
    open_bucket(&bucket, writes).expect("opened")
}

/// Answers every request in the same way, or, with nothing to say, never; gives its address.
fn answering(answer: &'static str, check: fn(&str)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut buffer = [0; 4096];
            let count = stream.read(&mut buffer).unwrap_or(0);
            check(&String::from_utf8_lossy(&buffer[..count]));
            let _ = stream.write_all(answer.as_bytes());
            if answer.is_empty() {
                open.push(stream);
            }
        }
    });
    address
}

#[test]
fn what_is_put_is_fetched() {
    let Some(server) = server() else { return };
    let store = store(&server, true);
    assert_eq!(store.fetch("abc/site", 100), Ok(None));
    assert_eq!(store.has("objects/1"), Ok(false));
    store.put("objects/1", vec![7; 3000]).expect("put");
    assert_eq!(store.has("objects/1"), Ok(true));
    assert_eq!(store.fetch("objects/1", 3000), Ok(Some(vec![7; 3000])));
    assert_eq!(store.fetch("objects/1", 2999), Err("it is larger than it should be".to_owned()));
    store.put("objects/1", b"other".to_vec()).expect("put");
    assert_eq!(store.fetch("objects/1", 100), Ok(Some(b"other".to_vec())));
    let nowhere = named(&server, "no-such-bucket", "x", true);
    assert_eq!(nowhere.fetch("abc/site", 100), Ok(None));
    assert!(nowhere.put("abc/site", Vec::new()).is_err());
}

#[test]
fn a_memo_goes_round() {
    let Some(server) = server() else { return };
    let dir = tempfile::tempdir().expect("a folder");
    let cache = Cache::new(dir.path(), "build", "0");
    let shared = || SharedCache::new(named(&server, "site", "round", true), &cache, "blog");
    assert!(shared().fetch(&cache).expect("reached").is_none());
    assert_eq!(shared().put(&cache, &mut Memo::new(), dir.path(), false), Ok(true));
    assert_eq!(shared().put(&cache, &mut Memo::new(), dir.path(), false), Ok(false));
    let fetched = shared().fetch(&cache).expect("reached").expect("there");
    assert!(shared().fetch_outputs(&fetched.outputs).expect("there").is_empty());
    // Another program has none.
    let other = Cache::new(dir.path(), "build", "1");
    let shared = SharedCache::new(named(&server, "site", "round", true), &other, "blog");
    assert!(shared.fetch(&other).expect("reached").is_none());
}

#[test]
fn a_store_that_refuses_or_is_silent_holds_nothing_up() {
    if server().is_none() {
        return;
    }
    let refusing =
        answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", |_| {});
    let refused = Err("the store refuses".to_owned());
    assert_eq!(store(&refusing, true).fetch("x", 10), refused);
    assert_eq!(store(&refusing, true).put("x", Vec::new()).map(|()| None), refused);
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    for address in [closed.to_string(), answering("", |_| {}), answering("nonsense\r\n\r\n", |_| {})] {
        let begun = Instant::now();
        let error = store(&address, true).fetch("x", 10).expect_err("nothing is there");
        assert!(begun.elapsed() < Duration::from_secs(120), "{address}: {:?}", begun.elapsed());
        assert!(!error.contains('\n') && !error.contains("not-to-be-shown"), "{error}");
    }
}

#[test]
fn whoever_has_no_credentials_reads_without() {
    if std::env::vars_os().any(|(name, _)| name.to_string_lossy().starts_with("AWS_")) {
        return;
    }
    let open = answering(
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: \"1\"\r\nLast-Modified: Sat, 21 Nov 2026 00:00:00 GMT\r\nConnection: close\r\n\r\nhi",
        |request| {
            assert!(!request.to_lowercase().contains("authorization:"), "{request}");
        },
    );
    assert_eq!(store(&open, false).fetch("x", 10), Ok(Some(b"hi".to_vec())));
}
