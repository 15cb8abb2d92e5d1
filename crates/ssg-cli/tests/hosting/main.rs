//! What is written for hosts, seen by those who read it: a browser that obeys the headers of the
//! demonstration site, and the parsers of hosts.

mod browser;
mod host;

use browser::Browser;
use host::Host;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn build_demonstration(out: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(["build", "--date", "2026-11-21", "--no-cache", "-r"])
        .arg(root)
        .arg("-o")
        .arg(out)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The pages below a folder, as paths.
fn pages(dir: &Path, at: &str, found: &mut Vec<String>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for entry in entries {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if entry.is_dir() {
            pages(&entry, &format!("{at}{name}/"), found);
        } else if name == "index.html" {
            found.push(at.to_owned());
        } else if name.ends_with(".html") {
            found.push(format!("{at}{name}"));
        }
    }
}

/// Some pages of every kind, by what their paths begin with, and `count` of all others.
fn some(all: &[String], count: usize) -> Vec<String> {
    let step = (all.len() / count).max(1);
    let kinds =
        ["/", "/404.html", "/archive/", "/events/", "/posts/", "/speakers/", "/tools/", "/categories/"];
    all.iter()
        .enumerate()
        .filter(|(at, path)| at % step == 0 || kinds.contains(&path.as_str()) || path.contains("/2026-"))
        .map(|(_, path)| path.clone())
        .collect()
}

const VIOLATIONS: &str = "window.violations.join('\\n')";

#[test]
fn pages_of_the_demonstration_obey_the_policy() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    build_demonstration(&out);
    let Some(mut browser) = Browser::start() else {
        ssg_testing::skip("there is no Chromium");
        return;
    };
    let host = Host::start(&out);
    let mut all = Vec::new();
    pages(&out, "/", &mut all);
    let text = |path: &str| {
        let file = if path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
        std::fs::read_to_string(out.join(file.trim_start_matches('/'))).expect("a page")
    };
    // Those that lead elsewhere at once show nothing.
    all.retain(|path| !text(path).contains("http-equiv=\"refresh\""));
    let chosen = if std::env::var_os("SSG_TEST_ALL").is_some() {
        all.clone()
    } else {
        let with_players = all.iter().filter(|path| text(path).contains("data-embed=")).take(3).cloned();
        some(&all, 25).into_iter().chain(with_players).collect()
    };
    println!("{} of {} pages", chosen.len(), all.len());
    let mut embeds = 0;
    for path in &chosen {
        browser.visit(&format!("{}{path}", host.address));
        let embedded = browser.value("document.querySelectorAll('a[data-embed]').length");
        embeds += embedded.as_u64().unwrap_or(0);
        // Players are put in place when they are asked for; the scheme is switched by a script.
        browser
            .value("document.querySelectorAll('a[data-embed], button.scheme').forEach(one => one.click())");
        browser.value("new Promise(done => setTimeout(done, 30))");
        assert_eq!(browser.value(VIOLATIONS), "", "{path}");
        assert_eq!(browser.value("getComputedStyle(document.body).margin"), "0px", "{path} has no style");
    }
    assert!(embeds > 0, "no page with a player was visited");
    // The script of the head ran.
    browser.visit(&format!("{}/", host.address));
    assert_eq!(browser.value("document.documentElement.classList.contains('js')"), true);
}

#[test]
fn what_is_injected_is_kept_from_running() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    build_demonstration(&out);
    let Some(mut browser) = Browser::start() else {
        ssg_testing::skip("there is no Chromium");
        return;
    };
    let home = std::fs::read_to_string(out.join("index.html")).expect("a page");
    let injected = "<script>window.ran = 'script'</script><img src=/none onerror=\"window.ran = 'handler'\">\
                    <script src=https://evil.example/x.js></script><iframe src=https://evil.example/></iframe>\
                    <style>body { --ran: 1 }</style>";
    std::fs::write(out.join("injected.html"), home.replace("</main>", &format!("{injected}</main>")))
        .expect("written");
    let host = Host::start(&out);
    browser.visit(&format!("{}/injected.html", host.address));
    browser.value("new Promise(done => setTimeout(done, 300))");
    assert_eq!(browser.value("String(window.ran)"), "undefined");
    assert_eq!(browser.value("getComputedStyle(document.body).getPropertyValue('--ran')"), "");
    let violations = browser.value(VIOLATIONS);
    let violations = violations.as_str().expect("a text");
    for directive in [
        "script-src-elem inline",
        "script-src-attr inline",
        "frame-src https://evil.example",
        "style-src-elem inline",
    ] {
        assert!(violations.contains(directive), "{directive}: {violations}");
    }
}

#[test]
fn assets_are_kept_for_ever_and_pages_are_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    build_demonstration(&out);
    let host = Host::start(&out);
    let assets = std::fs::read_dir(out.join("assets")).expect("assets");
    for asset in assets.map(|asset| asset.expect("an entry").file_name().to_string_lossy().into_owned()) {
        let headers = host.headers(&format!("/assets/{asset}"));
        let kept: Vec<_> = headers.iter().filter(|(name, _)| name == "Cache-Control").collect();
        assert_eq!(kept.len(), 1, "{asset}: {headers:?}");
    }
    let headers = host.headers("/posts/");
    assert!(headers.iter().all(|(name, _)| name != "Cache-Control"), "{headers:?}");
    assert!(headers.iter().any(|(name, _)| name == "X-Content-Type-Options"), "{headers:?}");
}

/// The parsers that hosts publish read both files as they are meant.
#[test]
fn parsers_of_hosts_read_the_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("public");
    build_demonstration(&out);
    let quiet = |command: &mut Command| command.stdin(Stdio::null()).output().ok();
    let tools = folder.path().join("tools");
    std::fs::create_dir(&tools).expect("made");
    let installed = quiet(
        Command::new("npm")
            .args(["install", "--no-audit", "--no-fund", "--prefix"])
            .arg(&tools)
            .args(["@netlify/headers-parser@9", "netlify-redirect-parser@14"]),
    );
    if installed.is_none_or(|output| !output.status.success()) {
        ssg_testing::skip("npm cannot install the parsers");
        return;
    }
    let script = "import { parseAllHeaders } from '@netlify/headers-parser';\n\
        import { parseAllRedirects } from 'netlify-redirect-parser';\n\
        const [out] = process.argv.slice(2);\n\
        const headers = await parseAllHeaders({ headersFiles: [out + '/_headers'], minimal: true, configHeaders: [] });\n\
        const redirects = await parseAllRedirects({ redirectsFiles: [out + '/_redirects'], minimal: true, configRedirects: [] });\n\
        console.log(JSON.stringify({ headers, redirects }));\n";
    let file = tools.join("read.mjs");
    std::fs::write(&file, script).expect("written");
    let output = quiet(Command::new("node").arg(&file).arg(&out)).expect("node runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let read: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{said}"));
    let list = |pointer: &str| read.pointer(pointer).and_then(|all| all.as_array()).expect("a list").len();
    assert_eq!((list("/headers/errors"), list("/redirects/errors")), (0, 0), "{read}");
    let lines = |name: &str| std::fs::read_to_string(out.join(name)).expect("a file");
    assert_eq!(list("/redirects/redirects"), lines("_redirects").lines().count());
    let rules = lines("_headers").lines().filter(|line| line.starts_with('/')).count();
    assert_eq!(list("/headers/headers"), rules);
    let policy =
        read.pointer("/headers/headers/0/values/Content-Security-Policy").and_then(|value| value.as_str());
    assert!(policy.is_some_and(|policy| lines("_headers").contains(policy)), "{read}");
}
