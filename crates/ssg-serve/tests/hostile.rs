//! Requests that must come to nothing, and clients that must not get into the way of others.

mod common;

use common::{Files, PATIENCE, Tab, connect, get, raw, serve, serve_with};
use ssg_serve::{News, ServerOptions};
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

const SECRET: &str = "SECRET";

/// Two hundred paths that name nothing that may be served.
fn paths() -> Vec<String> {
    let up = [
        "..",
        "%2e%2e",
        "%2E%2e",
        ".%2e",
        "%2e.",
        "%252e%252e",
        "..%00",
        "..%20",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "%f0%80%80%ae.",
        "..;",
        "....",
        "%uff0e%uff0e",
        "..%c1%9c",
        "%ef%bc%8e%ef%bc%8e",
    ];
    let slash = ["/", "%2f", "%2F", "\\", "%5c", "%252f", "%255c", "%c0%af", "//"];
    let mut paths: Vec<String> = up
        .iter()
        .flat_map(|up| slash.iter().map(move |slash| format!("/{up}{slash}{up}{slash}etc{slash}passwd")))
        .collect();
    paths.extend(
        [
            "/.git/config",
            "/.git/HEAD",
            "/.git",
            "/.GIT/config",
            "/%2egit/config",
            "/a/.git/config",
            "/.env",
            "/.ENV",
            "/%2eenv",
            "/.env.production",
            "/a/.env",
            "/.svn/entries",
            "/.hg/store",
            "/.ssg-manifest",
            "/%2essg-manifest",
            "/.SSG-MANIFEST",
            "/.ssg-cache/memo",
            "/.ssg",
            "/.ssg/",
            "/.ssg/../index.html",
            "/.ssg/live.js/..",
            "/.ssg/events/x",
            "/.ssg/%6cive.js",
            "/.ssg//live.js",
            "/.ssg/secret.txt",
            "/%2essg/secret.txt",
            "//etc/passwd",
            "///etc/passwd",
            "//localhost/index.html",
            "/./index.html",
            "/%2e/index.html",
            "/index.html/",
            "/index.html/.",
            "/index.html/..",
            "/index.html%00",
            "/index.html%00.css",
            "/index%2ehtml%2f",
            "/index.html%20",
            "/index.html.",
            "/index.html::$DATA",
            "/C:/Windows/win.ini",
            "/c:%5cwindows%5cwin.ini",
            "/file:///etc/passwd",
            "/~root/",
            "/proc/self/environ",
            "/%",
            "/%1",
            "/%zz",
            "/%%32%65",
            "/%ff%fe",
            "/%80",
            "/a%0d%0aX-Evil:%201",
            "/%0a",
            "/a%09b",
            "/%7f",
            "/ssg.toml",
            "/content/posts/x.md",
        ]
        .map(str::to_owned),
    );
    paths.truncate(200);
    paths
}

#[test]
fn hostile_paths_under_every_host_and_origin() {
    // The store holds what must not be asked for, to see that it is not.
    let private = [
        ".git/config",
        ".git/HEAD",
        ".env",
        ".env.production",
        ".ssg-manifest",
        ".ssg/secret.txt",
        "a/.git/config",
        "a/.env",
        "../etc/passwd",
        "../../etc/passwd",
        ".ssg-cache/memo",
        "etc/passwd",
        ".ssg/events/x",
    ];
    let mut site: Vec<(&str, &str)> = private.iter().map(|path| (*path, SECRET)).collect();
    site.push(("index.html", "home"));
    let options = ServerOptions { allowed_hosts: vec!["preview.example".into()], ..Default::default() };
    let server = serve_with(&Files::new(&site), options);
    let good = ["Host: localhost:1111", "Host: preview.example"];
    let pairs: [(&str, &str); 14] = [
        (good[0], ""),
        (good[1], ""),
        (good[0], "Origin: http://127.0.0.1:1111"),
        (good[1], "Origin: https://preview.example"),
        ("Host: evil.example", ""),
        ("Host: evil.example", "Origin: http://evil.example"),
        ("Host: localhost.evil.example:1111", ""),
        ("Host: 192.0.2.7", ""),
        ("X-Forwarded-Host: localhost", ""),
        (good[0], "Origin: http://evil.example"),
        (good[0], "Origin: http://localhost:9999"),
        (good[0], "Origin: https://localhost"),
        (good[0], "Origin: null"),
        (good[0], "Origin: http://localhost@evil.example"),
    ];
    let paths = paths();
    assert_eq!(paths.len(), 200);
    for path in &paths {
        for (number, (host, origin)) in pairs.iter().enumerate() {
            let lines: Vec<&str> = [*host, *origin].into_iter().filter(|line| !line.is_empty()).collect();
            let answer = raw(server.address(), "GET", path, &lines);
            // hyper itself refuses what is no request at all.
            let expected: &[u16] = if number < 4 { &[404, 400] } else { &[403, 400] };
            assert!(expected.contains(&answer.status), "{path} {lines:?}: {}", answer.status);
            assert!(!String::from_utf8_lossy(&answer.body).contains(SECRET), "{path}");
            assert_eq!(answer.header("access-control-allow-origin"), "");
            assert_eq!(answer.header("x-evil"), "");
        }
    }
    for (number, (host, origin)) in pairs.iter().enumerate() {
        let lines: Vec<&str> = [*host, *origin].into_iter().filter(|line| !line.is_empty()).collect();
        for path in ["/", "/.ssg/live.js"] {
            let expected = if number < 4 { 200 } else { 403 };
            assert_eq!(raw(server.address(), "GET", path, &lines).status, expected, "{path} {lines:?}");
        }
        if number >= 4 {
            assert_eq!(raw(server.address(), "GET", "/.ssg/events", &lines).status, 403, "{lines:?}");
            assert_eq!(raw(server.address(), "POST", "/", &lines).status, 403, "{lines:?}");
        }
    }
}

#[test]
fn a_request_has_one_host_and_the_channel_is_for_its_own_pages() {
    let server = serve(&Files::new(&[("index.html", "home")]));
    let status = |path: &str, lines: &[&str]| raw(server.address(), "GET", path, lines).status;
    assert_eq!(status("/", &["Host: localhost", "Host: evil.example"]), 403);
    assert_eq!(status("http://evil.example/", &["Host: localhost"]), 403);
    assert_eq!(status("http://localhost/", &["Host: localhost"]), 200);
    assert_eq!(
        status("/", &["Host: localhost", "Origin: http://localhost", "Origin: http://evil.example"]),
        403
    );
    for (site, expected) in [("same-origin", 200), ("none", 200), ("same-site", 403), ("cross-site", 403)] {
        assert_eq!(
            status("/.ssg/live.js", &["Host: localhost", &format!("Sec-Fetch-Site: {site}")]),
            expected
        );
    }
    assert_eq!(get(&server, "/", &[]).header("cross-origin-resource-policy"), "same-origin");
}

#[test]
fn other_interfaces_have_their_own_names() {
    let files = Files::new(&[("index.html", "home")]);
    let on = |interface: &str| {
        serve_with(
            &files,
            ServerOptions { interface: interface.parse().expect("an address"), ..Default::default() },
        )
    };
    let all = on("0.0.0.0");
    assert!(all.url().starts_with("http://localhost:"));
    let address = SocketAddr::new([127, 0, 0, 3].into(), all.address().port());
    let status =
        |address: SocketAddr, host: &str| raw(address, "GET", "/", &[&format!("Host: {host}")]).status;
    assert_eq!(status(address, "127.0.0.3:80"), 200, "the address by which the client came");
    assert_eq!(status(address, "0.0.0.0"), 403);
    // It may be that of a machine which passes requests on.
    assert_eq!(status(address, "192.0.2.7:8080"), 200);
    // Not every machine has version 6.
    if std::net::TcpListener::bind("[::1]:0").is_ok() {
        let six = on("::1");
        assert!(six.url().starts_with("http://[::1]:"));
        assert_eq!(status(six.address(), &six.address().to_string()), 200);
        assert_eq!(status(six.address(), "[2001:db8::2]"), 403);
    }
}

#[test]
fn huge_headers_are_refused() {
    let server = serve(&Files::new(&[("index.html", "home")]));
    let big = format!("X-Big: {}", "x".repeat(100_000));
    assert_eq!(raw(server.address(), "GET", "/", &["Host: localhost", &big]).status, 431);
    let many: Vec<String> = (0..2000).map(|number| format!("X-{number}: 1")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(raw(server.address(), "GET", "/", &many).status, 431);
    let long = format!("/{}", "a/".repeat(60_000));
    let status = raw(server.address(), "GET", &long, &["Host: localhost"]).status;
    assert!([414, 431].contains(&status), "{status}");
    assert_eq!(get(&server, "/", &[]).status, 200);
}

#[test]
fn slow_clients_keep_nobody_waiting() {
    let big = "x".repeat(8 << 20);
    let server = serve(&Files::new(&[("index.html", "home"), ("big.bin", &big)]));
    let slow: Vec<_> = (0..200)
        .map(|_| {
            let mut stream = connect(server.address());
            stream.write_all(b"G").expect("written");
            stream
        })
        .collect();
    // These ask and take nothing of the answer.
    let deaf: Vec<_> = (0..50)
        .map(|_| {
            let mut stream = connect(server.address());
            stream.write_all(b"GET /big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("written");
            stream
        })
        .collect();
    let begun = Instant::now();
    for _ in 0..50 {
        assert_eq!(get(&server, "/", &[]).status, 200);
    }
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    drop((slow, deaf));
}

/// All seats are taken by clients who ask for much and take nothing of it, or next to nothing.
#[test]
fn whoever_takes_nothing_makes_room() {
    let big = "x".repeat(30 << 20);
    let files = Files::new(&[("index.html", "home"), ("big.bin", &big)]);
    let folder = tempfile::tempdir().expect("a folder");
    let disk = folder.path().join("disk.bin");
    std::fs::write(&disk, &big).expect("written");
    files.put_disk("disk.bin", &disk);
    for path in ["/big.bin", "/disk.bin"] {
        let server = serve(&files);
        let mut tab = Tab::open(&server, "file=index.html", &[]);
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let mut slow = Vec::new();
        for number in 0..560 {
            let mut stream = connect(server.address());
            // The earliest may have been put out.
            let _ = stream.write_all(request.as_bytes());
            slow.push(stream);
            if number % 80 == 0 {
                assert_eq!(get(&server, "/", &[]).status, 200, "{number}");
            }
        }
        for _ in 0..20 {
            assert_eq!(get(&server, "/", &[]).status, 200);
        }
        // A tab says nothing for long, and stays.
        server.tell(News::Changed { paths: vec!["index.html".into()] });
        assert_eq!(tab.next().0, "reload");
        assert_eq!(server.open_paths(), ["index.html"]);
        drop(slow);
    }
}

#[test]
fn whoever_reads_on_keeps_the_seat() {
    let big = "x".repeat(24 << 20);
    let server = serve(&Files::new(&[("index.html", "home"), ("big.bin", &big)]));
    let mut reader = connect(server.address());
    reader.write_all(b"GET /big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("written");
    let mut read = 0;
    let mut deaf = Vec::new();
    let mut part = vec![0; 1 << 20];
    while read < big.len() {
        // After each of its steps a hundred others come, more than there are seats in all.
        for _ in 0..100 {
            let mut stream = connect(server.address());
            let _ = stream.write_all(b"GET /big.bin HTTP/1.1\r\nHost: localhost\r\n\r\n");
            deaf.push(stream);
        }
        // As much as lies in the sockets' buffers, so that the server sends more.
        let wanted = read + (8 << 20);
        while read < wanted.min(big.len()) {
            let some = reader.read(&mut part).expect("it still reads");
            assert!(some > 0, "put out after {read} bytes");
            read += some;
        }
    }
    assert_eq!(get(&server, "/", &[]).status, 200);
}

#[test]
fn idle_sockets_make_room() {
    let server = serve(&Files::new(&[("index.html", "home")]));
    // More than there are seats: those that came first leave, and everybody who asks is answered.
    let mut idle = Vec::new();
    for number in 0..700 {
        idle.push(connect(server.address()));
        if number % 50 == 0 {
            assert_eq!(get(&server, "/", &[]).status, 200);
        }
    }
    assert_eq!(get(&server, "/", &[]).status, 200);
    let mut first = idle.swap_remove(0);
    first.set_read_timeout(Some(PATIENCE)).expect("a limit");
    assert!(!matches!(first.read(&mut [0]), Ok(1..)), "the first was put out");
}
