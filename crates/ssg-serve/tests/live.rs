//! What tabs are told, and when.

mod common;

use common::{Event, Files, Tab, digest, get, serve, serve_with};
use ssg_serve::{News, Problem, Server, ServerOptions};
use ssg_source::Severity;
use std::thread::sleep;
use std::time::{Duration, Instant};

fn changed(server: &Server, paths: &[&str]) {
    server.tell(News::Changed { paths: paths.iter().map(|&path| path.to_owned()).collect() });
}

fn event(name: &str, data: &str) -> Event {
    (name.to_owned(), data.to_owned())
}

fn problem(message: &str) -> Problem {
    Problem {
        severity: Severity::Error,
        message: message.into(),
        path: "content/a.md".into(),
        line: 3,
        column: 7,
        excerpt: "3 | x\n  | ^".into(),
        hints: vec!["try y".into()],
    }
}

#[test]
fn a_tab_hears_what_concerns_it() {
    let server = serve(&Files::new(&[("a/index.html", "a"), ("b/index.html", "b")]));
    let mut a = Tab::open(&server, "file=a/index.html&path=/a/", &[]);
    let mut b = Tab::open(&server, "file=b/index.html&path=/b/", &[]);
    assert_eq!(server.open_paths(), ["b/index.html", "a/index.html"]);
    changed(&server, &["a/index.html", "c/index.html"]);
    assert_eq!(a.next(), event("reload", "null"));
    assert!(b.is_silent());
    changed(&server, &["c/index.html"]);
    changed(&server, &["css/é.css", "atom.xml", "c/index.html"]);
    let assets = event("assets", r#"{"changed":["/css/%C3%A9.css","/atom.xml"],"maybe":[]}"#);
    assert_eq!((a.next(), b.next()), (assets.clone(), assets));
    drop(a);
    let begun = Instant::now();
    while server.open_paths() != ["b/index.html", "a/index.html"]
        || begun.elapsed() < Duration::from_millis(50)
    {
        assert!(begun.elapsed() < Duration::from_secs(60), "a page that was open is still of interest");
    }
    // What many files change, a reload tells in fewer words.
    let many: Vec<String> = (0..500).map(|number| format!("{number}.png")).collect();
    server.tell(News::Changed { paths: many });
    assert_eq!(b.next(), event("reload", "null"));
}

#[test]
fn a_tab_that_returns_catches_up() {
    let server = serve(&Files::new(&[("a/index.html", "a")]));
    let mut tab = Tab::open(&server, "file=a/index.html&path=/a/", &[]);
    changed(&server, &["site.css"]);
    tab.next();
    let seen = tab.last.clone();
    drop(tab);

    let header = format!("Last-Event-ID: {seen}");
    let mut same = Tab::open(&server, "file=a/index.html&path=/a/", &[&header]);
    assert_eq!(same.next().0, "fixed");
    assert!(same.is_silent(), "it has missed nothing");
    changed(&server, &["b/index.html"]);
    changed(&server, &["other.css"]);
    let mut back = Tab::open(&server, &format!("file=a/index.html&path=/a/&seen={seen}"), &[]);
    assert_eq!(back.next(), event("assets", r#"{"changed":["/other.css"],"maybe":[]}"#));
    changed(&server, &["a/index.html"]);
    let mut back = Tab::open(&server, "file=a/index.html&path=/a/", &[&header]);
    assert_eq!(back.next(), event("reload", "null"));

    // More changes than are remembered.
    for _ in 0..1500 {
        changed(&server, &["b/index.html"]);
    }
    let mut old = Tab::open(&server, "file=a/index.html&path=/a/", &[&header]);
    assert_eq!(old.next(), event("reload", "null"));

    // A tab of a server before this one, and nonsense.
    for seen in ["1-1", "x", "-", "ffffffffffffffffffffffffffffffffff-0"] {
        let mut tab = Tab::open(&server, &format!("file=a/index.html&seen={seen}"), &[]);
        assert_eq!(tab.next(), event("reload", "null"), "{seen}");
    }
}

#[test]
fn a_new_tab_is_compared_with_the_shelf() {
    let files = Files::new(&[("a/index.html", "new"), ("404.html", "lost")]);
    let server = serve(&files);
    let page = get(&server, "/a/", &[]);
    let hash =
        page.text().split("data-ssg-hash=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a hash");
    let mut current = Tab::open(&server, &format!("file=a/index.html&path=/a/&hash={hash}&age=5"), &[]);
    assert!(current.is_silent());
    let old: String = digest(b"old")[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    let mut stale = Tab::open(&server, &format!("file=a/index.html&path=/a/&hash={old}&age=5"), &[]);
    assert_eq!(stale.next(), event("reload", "null"));

    // The page for what does not exist, at an address where there is a page by now.
    let mut missing = Tab::open(&server, "file=404.html&path=/a/&age=5", &[]);
    assert_eq!(missing.next(), event("reload", "null"));
    let mut missing = Tab::open(&server, "file=404.html&path=/b/&age=5", &[]);
    assert!(missing.is_silent());
    files.put("b/index.html", "b");
    changed(&server, &["b/index.html"]);
    assert_eq!(missing.next(), event("reload", "null"));

    // What has changed since a tab began to load, and shortly before.
    changed(&server, &["early.css"]);
    sleep(Duration::from_millis(120));
    changed(&server, &["late.css"]);
    let mut loading = Tab::open(&server, "file=a/index.html&path=/a/&age=60", &[]);
    assert_eq!(loading.next(), event("assets", r#"{"changed":["/late.css"],"maybe":["/early.css"]}"#));
    // Loaded before this server was there.
    let mut older = Tab::open(&server, "file=a/index.html&path=/a/&age=9999999999", &[]);
    assert_eq!(older.next(), event("reload", "null"));
}

#[test]
fn problems_stay_until_they_are_fixed() {
    let server = serve(&Files::new(&[]));
    let mut early = Tab::open(&server, "", &[]);
    server.tell(News::Problems(vec![problem("a\n<b>\u{2028}")]));
    let (name, text) = early.next();
    assert_eq!(name, "problems");
    assert!(text.contains(r#""message":"a\n<b>"#) && text.contains(r#""line":3"#) && text.contains("try y"));
    let mut late = Tab::open(&server, "", &[]);
    assert_eq!(late.next(), (name, text));
    server.tell(News::Fixed);
    assert_eq!((early.next(), late.next()), (event("fixed", "null"), event("fixed", "null")));
    assert!(Tab::open(&server, "", &[]).is_silent());
}

#[test]
fn navigation_is_by_choice() {
    let files = Files::new(&[]);
    let options = ServerOptions { navigate: true, base_path: "/y/".into(), ..Default::default() };
    let server = serve_with(&files, options);
    let mut there = Tab::open(&server, "file=a/index.html&path=/y/a/", &[]);
    let mut elsewhere = Tab::open(&server, "file=b/index.html&path=/y/b/", &[]);
    server.tell(News::Navigate("a/index.html".into()));
    assert_eq!(elsewhere.next(), event("navigate", "\"/y/a/\""));
    assert!(there.is_silent());
    let quiet = serve(&files);
    let mut tab = Tab::open(&quiet, "file=b/index.html", &[]);
    quiet.tell(News::Navigate("a/index.html".into()));
    assert!(tab.is_silent());
}

#[test]
fn all_news_reach_a_tab() {
    let server = serve(&Files::new(&[]));
    let mut tab = Tab::open(&server, "file=a/index.html", &[]);
    for _ in 0..50 {
        changed(&server, &["a/index.html"]);
        tab.next();
    }
}

#[test]
fn tabs_are_bounded_and_leave() {
    let server = serve(&Files::new(&[]));
    let tabs: Vec<Tab> =
        (0..256).map(|number| Tab::open(&server, &format!("file={number}.html"), &[])).collect();
    assert_eq!(server.open_paths().len(), 256);
    // The oldest goes, and is remembered; a new tab is the one that the author looks at.
    let mut new = Tab::open(&server, "file=new.html", &[]);
    let mut tabs = tabs.into_iter();
    assert!(tabs.next().expect("the oldest").has_ended());
    changed(&server, &["new.html", "1.html"]);
    assert_eq!(new.next(), event("reload", "null"));
    let mut second = tabs.next().expect("the next");
    assert_eq!(second.next(), event("reload", "null"));
    let open = server.open_paths();
    assert_eq!((open.len(), open[0].as_str(), open[256].as_str()), (257, "new.html", "0.html"));
    drop((tabs, second, new));
    let begun = Instant::now();
    while server.open_paths().len() > 8 {
        assert!(begun.elapsed() < Duration::from_secs(60), "tabs have left");
        sleep(Duration::from_millis(5));
    }
    drop(Tab::open(&server, "", &[]));
    let begun = Instant::now();
    server.stop();
    assert!(begun.elapsed() < Duration::from_secs(30));
}
