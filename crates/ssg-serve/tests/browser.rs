//! Live reload as a browser shows it, in headless Chromium. Without Chromium the test says so and
//! passes; `CHROMIUM` names another binary.

mod common;

use common::{Files, serve, serve_with};
use serde_json::{Value, json};
use ssg_serve::{Body, News, Problem, Served, Server, ServerOptions};
use ssg_source::Severity;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);

/// A browser that is spoken to through pipes.
struct Browser {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// The number of the last message.
    last: u64,
    /// Tabs by their sessions.
    tabs: HashMap<String, Value>,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// `None` where there is no Chromium.
    fn start() -> Option<Self> {
        let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
        let known =
            ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from);
        let binary = named.into_iter().chain(known).find(|path| path.is_file())?;
        let profile = tempfile::tempdir().expect("a folder");
        // The browser listens on descriptor 3 and answers on 4; a shell puts the pipes there.
        let mut process = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null", "sh"])
            .arg(binary)
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-dev-shm-usage",
            ])
            .args(["--window-size=800,600", "--remote-debugging-pipe", "about:blank"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a browser");
        let input = process.stdin.take().expect("a pipe");
        let output = BufReader::new(process.stdout.take().expect("a pipe"));
        Some(Self { process, input, output, last: 0, tabs: HashMap::new(), _profile: profile })
    }

    fn call(&mut self, session: Option<&str>, method: &str, params: &Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        self.input.write_all(format!("{message}\0").as_bytes()).expect("the browser listens");
        loop {
            let mut text = Vec::new();
            self.output.read_until(0, &mut text).expect("the browser answers");
            text.pop();
            let answer: Value = serde_json::from_slice(&text).expect("JSON");
            if answer["id"] == self.last {
                return answer["result"].clone();
            }
        }
    }

    /// Opens a page in a new tab that is in front.
    fn open(&mut self, address: &str) -> String {
        let target = self.call(None, "Target.createTarget", &json!({ "url": address }))["targetId"].clone();
        let attached =
            self.call(None, "Target.attachToTarget", &json!({ "targetId": target, "flatten": true }));
        let session = attached["sessionId"].as_str().expect("a session").to_owned();
        self.tabs.insert(session.clone(), target);
        session
    }

    /// The value of an expression; null where it fails, as it may in the middle of a reload.
    fn value(&mut self, tab: &str, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        self.call(Some(tab), "Runtime.evaluate", &params)["result"]["value"].clone()
    }

    /// Waits until the expression has the value.
    fn wait(&mut self, tab: &str, expression: &str, wanted: impl Into<Value>) {
        let (wanted, begun) = (wanted.into(), Instant::now());
        loop {
            let value = self.value(tab, expression);
            if value == wanted {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{expression} is {value}, not {wanted}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.call(None, "Browser.close", &json!({}));
        let _ = self.process.wait();
    }
}

fn page(text: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>t</title>\
         <link rel=stylesheet href=/css/site.css><script src=/used.js></script>\
         <body style='min-height:5000px'><p id=text>{text}</p><img id=image src=/a.svg srcset='/a.svg 1x, /b.svg 2x'>\
         <p style='margin-top:2000px'><input id=name><a id=link href=https://a.org/other/>x</a></p></body></html>"
    )
}

fn svg(width: u32) -> String {
    format!("<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='10'/>")
}

fn css(colour: &str) -> String {
    format!("#text {{ color: {colour} }}")
}

fn site() -> Arc<Files> {
    let files =
        Files::new(&[("404.html", "<body id=text>lost</body>"), ("used.js", "1"), ("unused.js", "1")]);
    files.put("index.html", page("one"));
    files.put("other/index.html", page("other"));
    files.put("css/site.css", css("rgb(1, 1, 1)"));
    files.put("a.svg", svg(10));
    files.put("b.svg", svg(10));
    files
}

fn change(server: &Server, files: &Files, path: &str, text: impl AsRef<[u8]>) {
    files.put(path, text);
    server.tell(News::Changed { paths: vec![path.to_owned()] });
}

fn problem(message: &str) -> News {
    News::Problems(vec![Problem {
        severity: Severity::Error,
        message: message.into(),
        path: "content/posts/a.md".into(),
        line: 3,
        column: 7,
        excerpt: "3 | events = [\"x\"]\n  |           ^^^ <b>bold</b>".into(),
        hints: vec!["did you mean `y`?".into()],
    }])
}

const TEXT: &str = "document.getElementById('text').textContent";
const OVERLAY: &str =
    "document.querySelector('ssg-live')?.shadowRoot.querySelector('.veil')?.innerText ?? ''";
const OPEN: &str = "!!document.querySelector('ssg-live')?.shadowRoot.querySelector('.veil')";

/// Waits until the tab shows the file and hears news.
fn wait_live(browser: &mut Browser, tab: &str, server: &Server, path: &str) {
    let shown = "document.querySelector('script[data-ssg-file]')?.dataset.ssgFile";
    browser.wait(tab, &format!("[window.__ssg, {shown}].join()"), format!("live,{path}"));
    if path != "404.html" {
        assert_eq!(server.open_paths().first().map(String::as_str), Some(path));
    }
}

#[test]
fn a_browser_follows() {
    let Some(mut browser) = Browser::start() else {
        ssg_testing::skip("there is no Chromium");
        return;
    };
    styles_and_images(&mut browser);
    pages(&mut browser);
    overlay(&mut browser);
    tabs_that_were_away(&mut browser);
}

fn styles_and_images(browser: &mut Browser) {
    let files = site();
    let server = serve(&files);
    let tab = browser.open(&server.url());
    wait_live(browser, &tab, &server, "index.html");
    browser.value(&tab, "window.mark = 1; scrollTo(0, 500)");
    let colour = "getComputedStyle(document.getElementById('text')).color";
    for shade in ["rgb(2, 2, 2)", "rgb(3, 3, 3)"] {
        change(&server, &files, "css/site.css", css(shade));
        browser.wait(&tab, colour, shade);
    }
    browser.wait(&tab, "document.querySelectorAll('link[rel=stylesheet]').length", 1);
    change(&server, &files, "a.svg", svg(30));
    browser.wait(&tab, "document.getElementById('image').naturalWidth", 30);
    // Neither what the page has not loaded nor other pages disturb it.
    change(&server, &files, "unused.js", "2");
    change(&server, &files, "other/index.html", page("changed"));
    change(&server, &files, "css/site.css", css("rgb(4, 4, 4)"));
    browser.wait(&tab, colour, "rgb(4, 4, 4)");
    assert_eq!(browser.value(&tab, "[window.mark, scrollY]"), json!([1, 500]), "the page was not reloaded");
    // A script cannot be swapped.
    change(&server, &files, "used.js", "2");
    browser.wait(&tab, "window.mark", Value::Null);
    browser.wait(&tab, "scrollY", 500);
}

fn pages(browser: &mut Browser) {
    let files = site();
    let options = ServerOptions { navigate: true, site_origin: "https://a.org".into(), ..Default::default() };
    let server = serve_with(&files, options);
    let tab = browser.open(&server.url());
    browser.wait(&tab, TEXT, "one");
    wait_live(browser, &tab, &server, "index.html");
    browser.value(
        &tab,
        "const i = document.getElementById('name'); i.value = 'typed'; i.focus(); i.setSelectionRange(2, 4);
         scrollTo(0, 1500)",
    );
    change(&server, &files, "index.html", page("two"));
    browser.wait(&tab, TEXT, "two");
    let place = "(() => { const a = document.activeElement; return [scrollY, a.id, a.value, a.selectionStart, a.selectionEnd] })()";
    browser.wait(&tab, place, json!([1500, "name", "typed", 2, 4]));

    // Faster than a page loads: the last version is what is seen.
    for number in 0..40 {
        change(&server, &files, "index.html", page(&number.to_string()));
        std::thread::sleep(Duration::from_millis(number % 17));
    }
    browser.wait(&tab, TEXT, "39");
    wait_live(browser, &tab, &server, "index.html");
    browser.wait(&tab, "scrollY", 1500);
    // The address of the published site is this server's here.
    let local = server.url();
    browser.wait(&tab, "document.getElementById('link').href", format!("{local}other/"));

    wait_live(browser, &tab, &server, "index.html");
    server.tell(News::Navigate("other/index.html".into()));
    browser.wait(&tab, TEXT, "other");
    browser.wait(&tab, "location.pathname", "/other/");

    // A page that goes, and comes back as a draft.
    wait_live(browser, &tab, &server, "other/index.html");
    files.remove("other/index.html");
    server.tell(News::Changed { paths: vec!["other/index.html".into()] });
    browser.wait(&tab, TEXT, "lost");
    wait_live(browser, &tab, &server, "404.html");
    let bytes = page("draft");
    files.insert(
        "other/index.html",
        Served {
            bytes: Body::Memory(bytes.as_bytes().into()),
            hash: common::digest(bytes.as_bytes()),
            badge: Some("draft"),
        },
    );
    server.tell(News::Changed { paths: vec!["other/index.html".into()] });
    browser.wait(
        &tab,
        "document.querySelector('ssg-live')?.shadowRoot.querySelector('.badge')?.textContent",
        "draft",
    );
}

fn overlay(browser: &mut Browser) {
    let files = site();
    let server = serve(&files);
    let tab = browser.open(&server.url());
    browser.wait(&tab, TEXT, "one");
    wait_live(browser, &tab, &server, "index.html");
    let hostile = "<img src=x onerror=\"window.evil = 1\"> </script><script>window.evil = 1</script>";
    server.tell(problem(hostile));
    browser.wait(&tab, OPEN, true);
    let text = browser.value(&tab, OVERLAY);
    let text = text.as_str().expect("text");
    for part in ["content/posts/a.md:3:7", hostile, "<b>bold</b>", "^^^", "did you mean `y`?"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    let elements =
        "document.querySelector('ssg-live').shadowRoot.querySelectorAll('img, script, b:not(h2 b)').length";
    assert_eq!(browser.value(&tab, &format!("[{elements}, window.evil ?? 0]")), json!([0, 0]));
    assert_eq!(browser.value(&tab, TEXT), "one", "the last good page stays");
    // It outlives a reload, and goes by itself.
    change(&server, &files, "index.html", page("two"));
    browser.wait(&tab, TEXT, "two");
    browser.wait(&tab, OPEN, true);
    wait_live(browser, &tab, &server, "index.html");
    server.tell(News::Fixed);
    browser.wait(&tab, OPEN, false);

    // Closed by hand it stays closed, until there is something else.
    server.tell(problem("first"));
    browser.wait(&tab, OPEN, true);
    for kind in ["keyDown", "keyUp"] {
        browser.call(Some(&tab), "Input.dispatchKeyEvent", &json!({ "type": kind, "key": "Escape" }));
    }
    browser.wait(&tab, OPEN, false);
    server.tell(problem("first"));
    server.tell(News::Changed { paths: vec!["css/site.css".into()] });
    browser.wait(&tab, "!!document.querySelector('link[href*=\"ssg=\"]')", true);
    assert_eq!(browser.value(&tab, OPEN), false);
    server.tell(problem("second"));
    browser.wait(&tab, OPEN, true);
}

fn tabs_that_were_away(browser: &mut Browser) {
    let files = site();
    let server = serve(&files);
    let port = server.address().port();
    let tab = browser.open(&server.url());
    browser.wait(&tab, TEXT, "one");
    wait_live(browser, &tab, &server, "index.html");
    // Asleep.
    browser.call(Some(&tab), "Page.setWebLifecycleState", &json!({ "state": "frozen" }));
    change(&server, &files, "index.html", page("two"));
    std::thread::sleep(Duration::from_millis(100));
    browser.call(Some(&tab), "Page.setWebLifecycleState", &json!({ "state": "active" }));
    browser.wait(&tab, TEXT, "two");
    // Out of sight, behind another tab, and seen again.
    let behind = browser.tabs[&tab].clone();
    browser.open("about:blank");
    browser.wait(&tab, "document.hidden", true);
    browser.call(None, "Target.activateTarget", &json!({ "targetId": behind }));
    browser.wait(&tab, "document.hidden", false);
    wait_live(browser, &tab, &server, "index.html");

    // Left, and come back to by the browser's button, which may bring back the old page as it was.
    wait_live(browser, &tab, &server, "index.html");
    browser.value(&tab, "location.assign('/other/')");
    browser.wait(&tab, TEXT, "other");
    wait_live(browser, &tab, &server, "other/index.html");
    change(&server, &files, "index.html", page("three"));
    browser.value(&tab, "history.back()");
    browser.wait(&tab, TEXT, "three");

    // The server ends, the site changes, and another server begins.
    wait_live(browser, &tab, &server, "index.html");
    server.stop();
    files.put("index.html", page("four"));
    let store: Arc<dyn ssg_serve::FileStore> = files;
    let options = ServerOptions { port, ..Default::default() };
    let server = Server::start(&options, store).expect("the port is free again");
    assert_eq!(server.taken(), None);
    browser.wait(&tab, TEXT, "four");
}
