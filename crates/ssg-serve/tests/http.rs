//! What a browser gets for its requests.

mod common;

use common::{Files, ask, connect, digest, get, read_answer, serve, serve_with};
use ssg_serve::{Body, FileStore, Served, Server, ServerOptions};
use std::io::{BufReader, Read, Write};
use std::sync::Arc;

const SITE: &[(&str, &str)] = &[
    ("index.html", "<html><body>home</body></html>"),
    ("posts/x/index.html", "<body><a href=\"https://a.org/y/\">https://a.org/</a></body>"),
    ("404.html", "<body>lost</body>"),
    ("atom.xml", "<feed/>"),
    ("site.css", "body{}"),
    ("événement/index.html", "<p>é"),
    (".well-known/security.txt", "Contact"),
    ("LICENSE", "free"),
];

#[test]
fn pages_types_and_redirects() {
    let server = serve(&Files::new(SITE));
    for (path, kind, start) in [
        ("/", "text/html; charset=utf-8", "<html><body>home<script"),
        ("/index.html", "text/html; charset=utf-8", "<html><body>home<script"),
        ("/posts/x/?q=1", "text/html; charset=utf-8", "<body><a"),
        ("/%C3%A9v%C3%A9nement/", "text/html; charset=utf-8", "<p>é<script"),
        ("/atom.xml", "application/atom+xml; charset=utf-8", "<feed/>"),
        ("/site.css?v=1", "text/css; charset=utf-8", "body{}"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8", "Contact"),
        ("/LICENSE", "application/octet-stream", "free"),
    ] {
        let answer = get(&server, path, &[]);
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
        assert!(answer.text().starts_with(start), "{path}: {}", answer.text());
    }
    let moved = get(&server, "/posts/x?q=1", &[]);
    assert_eq!((moved.status, moved.header("location")), (308, "/posts/x/?q=1"));
    assert_eq!(moved.header("cache-control"), "no-store");
    let moved = get(&server, "/%c3%a9v%C3%A9nement", &[]);
    assert_eq!((moved.status, moved.header("location")), (308, "/%C3%A9v%C3%A9nement/"));
    for path in ["/posts", "/posts/", "/x/index.html/", "/site.css/", "/.ssg/", "/.ssg/x", "/.ssg/live.js/"] {
        assert_eq!(get(&server, path, &[]).status, 404, "{path}");
    }
}

#[test]
fn the_site_has_its_own_page_for_what_does_not_exist() {
    let files = Files::new(SITE);
    let server = serve(&files);
    let answer = get(&server, "/nowhere/", &["If-None-Match: *"]);
    assert_eq!((answer.status, answer.header("etag")), (404, ""));
    assert!(
        answer.text().starts_with("<body>lost<script")
            && answer.text().contains("data-ssg-file=\"404.html\"")
    );
    files.remove("404.html");
    let answer = get(&server, "/nowhere/", &[]);
    assert_eq!((answer.status, answer.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(answer.text().contains("/.ssg/live.js"));
}

#[test]
fn a_base_path_holds_the_whole_site() {
    let options =
        ServerOptions { base_path: "/y/".into(), site_origin: "https://a.org".into(), ..Default::default() };
    let server = serve_with(&Files::new(SITE), options);
    assert!(server.url().ends_with("/y/"));
    assert_eq!(get(&server, "/y/site.css", &[]).status, 200);
    assert_eq!(get(&server, "/site.css", &[]).status, 404);
    for path in ["/", "/y"] {
        let answer = get(&server, path, &[]);
        assert_eq!((answer.status, answer.header("location")), (307, "/y/"), "{path}");
    }
    assert_eq!(get(&server, "/y/posts/x", &[]).header("location"), "/y/posts/x/");
    assert_eq!(get(&server, "/.ssg/live.js", &[]).status, 200);
    // Addresses become local, by the name that the browser used; what readers see does not.
    let text = get(&server, "/y/posts/x/", &[]);
    assert!(
        text.text().starts_with("<body><a href=\"http://localhost/y/\">https://a.org/</a>"),
        "{}",
        text.text()
    );
    let secure = get(&server, "/y/posts/x/", &["X-Forwarded-Proto: https"]);
    assert!(secure.text().contains("href=\"https://localhost/y/\""));
    assert_ne!(text.header("etag"), secure.header("etag"));
}

#[test]
fn a_tag_stands_for_the_bytes() {
    let files = Files::new(SITE);
    let server = serve(&files);
    let tag_of = |path: &str| get(&server, path, &[]).header("etag").to_owned();
    for path in ["/", "/site.css"] {
        let tag = tag_of(path);
        assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
        let same = get(&server, path, &[&format!("If-None-Match: \"x\", {tag}")]);
        assert_eq!((same.status, same.header("etag")), (304, tag.as_str()));
        assert_eq!(get(&server, path, &["If-None-Match: \"x\""]).status, 200);
    }
    let before = tag_of("/");
    let bytes: &[u8] = b"<html><body>home</body></html>";
    // The same bytes with a badge go out with another script.
    files.insert(
        "index.html",
        Served { bytes: Body::Memory(bytes.into()), hash: digest(bytes), badge: Some("draft") },
    );
    assert_ne!(tag_of("/"), before);
    assert!(get(&server, "/", &[]).text().contains("data-ssg-badge=\"draft\""));
    files.put("index.html", bytes);
    assert_eq!(tag_of("/"), before);
    files.put("index.html", "new");
    assert_eq!(get(&server, "/", &[&format!("If-None-Match: {before}")]).status, 200);
}

#[test]
fn head_answers_as_get_without_a_body() {
    let server = serve(&Files::new(SITE));
    for path in ["/", "/site.css", "/nowhere", "/posts/x"] {
        let (get, head) = (get(&server, path, &[]), ask(&server, "HEAD", path, &[]));
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}");
        for name in ["content-length", "content-type", "etag", "location", "cache-control"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
    assert_eq!(ask(&server, "HEAD", "/.ssg/events", &[]).status, 200);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"] {
        let answer = ask(&server, method, "/", &["Content-Length: 0"]);
        assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD"), "{method}");
    }
}

#[test]
fn ranges_of_memory_and_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes: Vec<u8> = (0..1_000_000_u32).flat_map(u32::to_le_bytes).collect();
    let path = folder.path().join("video.mp4");
    std::fs::write(&path, &bytes).expect("a file");
    let files = Files::new(&[]);
    files.put("memory.mp4", &bytes);
    files.put_disk("disk.mp4", &path);
    files.put("empty.mp4", "");
    let server = serve(&files);
    for path in ["/memory.mp4", "/disk.mp4"] {
        let whole = get(&server, path, &[]);
        assert!(whole.status == 200 && whole.body == bytes && whole.header("accept-ranges") == "bytes");
        let part = get(&server, path, &["Range: bytes=1000-2999999"]);
        assert_eq!((part.status, part.header("content-range")), (206, "bytes 1000-2999999/4000000"));
        assert!(part.body == bytes[1000..3_000_000]);
        assert!(get(&server, path, &["Range: bytes=-5"]).body == bytes[bytes.len() - 5..]);
        let beyond = get(&server, path, &["Range: bytes=4000000-"]);
        assert_eq!((beyond.status, beyond.header("content-range")), (416, "bytes */4000000"));
        let tag = whole.header("etag");
        assert_eq!(get(&server, path, &["Range: bytes=0-0", &format!("If-Range: {tag}")]).status, 206);
        assert_eq!(get(&server, path, &["Range: bytes=0-0", "If-Range: \"old\""]).status, 200);
        assert_eq!(get(&server, path, &["Range: bytes=0-0,2-3"]).status, 200);
    }
    assert_eq!(get(&server, "/empty.mp4", &["Range: bytes=0-"]).status, 416);
    assert_eq!(get(&server, "/empty.mp4", &[]).status, 200);
}

#[test]
fn text_is_compressed_where_it_pays() {
    let css = "a { color: red }\n".repeat(1000);
    let html = format!("<body>{}</body>", "word ".repeat(1000));
    let files =
        Files::new(&[("site.css", &css), ("index.html", &html), ("small.css", "a{}"), ("x.png", &css)]);
    let folder = tempfile::tempdir().expect("a folder");
    let disk = folder.path().join("disk.css");
    std::fs::write(&disk, &css).expect("a file");
    files.put_disk("disk.css", &disk);
    let server = serve(&files);
    for (path, end) in [("/site.css", css.as_str()), ("/disk.css", css.as_str()), ("/", "></script></body>")]
    {
        let zipped = get(&server, path, &["Accept-Encoding: br, gzip"]);
        assert_eq!(
            (zipped.header("content-encoding"), zipped.header("vary")),
            ("gzip", "accept-encoding"),
            "{path}"
        );
        let mut text = String::new();
        flate2::read::GzDecoder::new(zipped.body.as_slice()).read_to_string(&mut text).expect("gzip");
        assert!(text.ends_with(end) && zipped.body.len() < text.len() / 4, "{path}");
        let plain = get(&server, path, &[]);
        assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
        assert!(plain.text() == text && plain.header("etag") != zipped.header("etag"));
        let known = get(
            &server,
            path,
            &["Accept-Encoding: gzip", &format!("If-None-Match: {}", zipped.header("etag"))],
        );
        assert_eq!((known.status, known.header("etag")), (304, zipped.header("etag")));
    }
    for path in ["/small.css", "/x.png"] {
        assert_eq!(get(&server, path, &["Accept-Encoding: gzip"]).header("content-encoding"), "", "{path}");
    }
    let part = get(&server, "/site.css", &["Accept-Encoding: gzip", "Range: bytes=0-0"]);
    assert_eq!((part.status, part.header("content-encoding"), part.text()), (206, "", "a"));
}

#[test]
fn a_file_that_fails_harms_no_other() {
    let files = Files::new(SITE);
    files.put_lost("gone.css", "/nonexistent/gone.css");
    files.put_lost("folder.css", "/");
    files.put_lost("page.html", "/nonexistent/page.html");
    let server = serve(&files);
    assert_eq!(get(&server, "/panic.html", &[]).status, 500);
    for path in ["/gone.css", "/folder.css", "/page.html"] {
        assert_eq!(get(&server, path, &[]).status, 404, "{path}");
    }
    assert_eq!(get(&server, "/", &[]).status, 200);
}

#[test]
fn one_connection_takes_many_requests() {
    let server = serve(&Files::new(SITE));
    let mut stream = connect(server.address());
    let mut reader = BufReader::new(stream.try_clone().expect("the same"));
    for _ in 0..3 {
        for (path, status) in [("/", 200), ("/nowhere", 404), ("/posts/x", 308), ("/site.css", 200)] {
            write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("written");
            assert_eq!(read_answer(&mut reader, false).status, status);
        }
    }
}

#[test]
fn a_taken_port_is_said() {
    let files = Files::new(SITE);
    let first = serve(&files);
    assert_eq!(first.taken(), None);
    let port = first.address().port();
    let store: Arc<dyn FileStore> = files;
    let second =
        Server::start(&ServerOptions { port, ..Default::default() }, Arc::clone(&store)).expect("a port");
    assert_eq!(second.taken(), Some(port));
    assert!(second.address().port() > port && second.url().contains(&second.address().port().to_string()));
    assert_eq!(get(&second, "/", &[]).status, 200);
    first.stop();
    let third =
        Server::start(&ServerOptions { port, ..Default::default() }, Arc::clone(&store)).expect("a port");
    assert_eq!(third.address().port(), port);
    let elsewhere = ServerOptions { interface: [192, 0, 2, 1].into(), port: 0, ..Default::default() };
    let error = Server::start(&elsewhere, store).err().expect("not an address of this machine");
    assert!(error.to_string().contains("192.0.2.1"));
}
