//! What `ssg check` finds that a build does not, and what `--fix` mends.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

struct Site(tempfile::TempDir);

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        let site = Self(tempfile::tempdir().expect("a folder"));
        site.write("ssg.toml", "title = \"Case\"\nbase_url = \"https://case.example/blog/\"\n");
        for (name, text) in files {
            site.write(name, text);
        }
        site
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("below the site")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).expect("it is there")
    }

    fn check(&self, args: &[&str]) -> Output {
        self.check_at(1_800_000_000, args)
    }

    fn check_at(&self, instant: i64, args: &[&str]) -> Output {
        self.run_at(instant, "check", args)
    }

    fn run_at(&self, instant: i64, verb: &str, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_ssg"))
            .args([verb, "--color", "never"])
            .args(args)
            .current_dir(self.path())
            .env("SOURCE_DATE_EPOCH", instant.to_string())
            .stdin(std::process::Stdio::null())
            .output()
            .expect("it runs")
    }

    /// What is found, as `code file:line:column message`.
    fn found(&self, args: &[&str]) -> Vec<String> {
        told(&self.check(&[&["--format", "json"], args].concat()))
    }
}

fn told(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = |line: &str| {
        let one: serde_json::Value = serde_json::from_str(line).expect("an object a line");
        let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
        let place = format!("{}:{}:{}", text("path"), one["line"], one["column"]);
        format!("{} {} {place} {}", text("severity"), text("code"), text("message"))
    };
    text.lines().map(line).collect()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const POST: &str = "---\ntitle: Austin\ndate: 2016-06-01\ntools: [Kubernetes]\n---\nText.\n";

#[test]
fn what_pages_lack_is_told_with_its_place_and_can_be_switched_off() {
    let site = Site::new(&[
        ("content/posts/a.md", POST),
        (
            "content/posts/b.md",
            "---\ntitle: Austin\ndate: 2016-06-02\ntools: [kubernetes]\n---\n## Talks\n\n#### Keynote\n\n![](b.png)\n",
        ),
        ("content/posts/b.png", ""),
        (
            "content/posts/c.md",
            "---\ntitle: C\ndate: 2016-06-03\ntools: [Kubernets, Kubernetes]\n---\nText.\n",
        ),
        // Themes list what a section has; this one lists nothing.
        ("content/notes/_index.md", "---\ntitle: Notes\ntemplate: bare.html\n---\n"),
        ("templates/bare.html", "<!doctype html>\n<title>Notes</title>\n"),
        ("content/notes/lost.md", "---\ntitle: Lost\n---\nText.\n"),
        ("content/meant.md", "---\ntitle: Meant\nunlisted: true\n---\nText.\n"),
    ]);
    // The picture is none, which is an error of its own.
    fs::remove_file(site.path().join("content/posts/b.png")).expect("removed");
    let of_ours = |found: Vec<String>| -> Vec<String> {
        found.into_iter().filter(|line| line.starts_with("hint ")).collect()
    };
    let found = of_ours(site.found(&[]));
    assert_eq!(
        found,
        [
            "hint orphan content/notes/lost.md:2:8 no other page links to this one",
            "hint duplicate-title content/posts/b.md:2:8 another post has the title `Austin`",
            "hint term-spelling content/posts/b.md:4:9 `kubernetes` is written `Kubernetes` on 2 other pages",
            "hint heading-order content/posts/b.md:8:1 a heading of level 4 stands below one of level 2",
            "hint image-text content/posts/b.md:10:1 a picture has no text for who does not see it",
            "hint similar-terms content/posts/c.md:4:9 `Kubernets` of tools differs from `Kubernetes` in 1 letter, and is probably the same",
        ],
        "{found:#?}"
    );
    // A second time, with all of it remembered, the same is found.
    assert_eq!(of_ours(site.found(&[])), found);
    let output = site.check(&[]);
    assert!(stderr(&output).contains("5 pages: 0 errors, 1 warning, 6 hints"), "{}", stderr(&output));
    assert!(stderr(&output).contains("hint: no other page links to this one"), "{}", stderr(&output));
    // Hints are no errors, however strict one is.
    let strict = told(&site.check(&["--strict", "--format", "json"]));
    assert_eq!(of_ours(strict.clone()).len(), 6);
    assert!(strict.iter().any(|line| line.starts_with("error ")));
    site.write(
        "ssg.toml",
        "title = \"Case\"\nbase_url = \"https://case.example/blog/\"\n[check]\nalt = false\nheadings = false\n\
         orphans = false\ntitles = false\nterms = false\nweight = false\n",
    );
    assert_eq!(of_ours(site.found(&[])), [""; 0]);
    // A page that weighs more than it may, at the file that it is of.
    site.write(
        "ssg.toml",
        "title = \"Case\"\nbase_url = \"https://case.example/blog/\"\n[check]\nweight_kb = 100\nterms = false\norphans = false\n",
    );
    site.write(
        "content/posts/c.md",
        &format!("---\ntitle: C\ndate: 2016-06-03\n---\n{}\n", "word ".repeat(30_000)),
    );
    let heavy: Vec<String> = site.found(&[]).into_iter().filter(|line| line.contains("heavy-page")).collect();
    assert_eq!(heavy.len(), 1, "{heavy:?}");
    assert!(
        heavy[0].starts_with(
            "hint heavy-page content/posts/c.md:null:null the HTML of `posts/c/index.html` has 15"
        )
    );
}

#[test]
fn what_is_sure_is_mended_where_somebody_says_so_and_once() {
    let odd = "---\r\n# Ours.\r\ntilte: B   # mine\r\ndate: 2016-06-02\r\ntools: [kubernetes, Helm]\r\n---\r\nkubernetes.\r\n";
    let site = Site::new(&[("content/posts/a.md", POST), ("content/posts/b.md", odd)]);
    site.write("content/posts/c.md", &POST.replace("Austin", "Boston"));
    let output = site.check(&["--fix"]);
    let said = stderr(&output);
    assert!(said.contains("-tilte: B   # mine") && said.contains("+title: B   # mine"), "{said}");
    assert!(said.contains("2 places in 1 file can be mended: `--yes` does"), "{said}");
    assert_eq!(site.read("content/posts/b.md"), odd);
    let output = site.check(&["--fix", "--yes", "--strict"]);
    assert!(stderr(&output).contains("mended 2 places"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(0), "nothing is left: {}", stderr(&output));
    let mended = odd.replace("tilte", "title").replace("[kubernetes,", "[Kubernetes,");
    assert_eq!(site.read("content/posts/b.md"), mended);
    let output = site.check(&["--fix", "--yes"]);
    assert!(stderr(&output).contains("nothing can be mended for sure"), "{}", stderr(&output));
    assert_eq!(site.read("content/posts/b.md"), mended);
    // The configuration is mended as well, though no site can be built with it.
    site.write(
        "ssg.toml",
        "title = \"Case\" # ours\nbase_url = \"https://case.example/\"\ntimezne = \"UTC\"\n",
    );
    let output = site.check(&["--fix", "--yes"]);
    assert_eq!(site.read("ssg.toml").lines().nth(2), Some("timezone = \"UTC\""), "{}", stderr(&output));
    assert_eq!(site.check(&[]).status.code(), Some(0));
}

#[test]
fn a_list_that_may_lack_something_says_so() {
    let site = Site::new(&[("content/posts/a.md", POST)]);
    let list = |site: &Site| site.run_at(1_800_000_000, "list", &["posts"]);
    assert_eq!(list(&site).status.code(), Some(0));
    site.write("content/posts/b.md", "---\ntitle: [B\n---\nText.\n");
    let output = list(&site);
    assert!(String::from_utf8_lossy(&output.stdout).contains("Austin"));
    assert!(
        stderr(&output).contains("1 error in the site, so the list may lack something"),
        "{}",
        stderr(&output)
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn what_is_mended_is_whole_and_breaks_nothing() {
    let event = "+++\ntitle = \"A\"\ndate = 2016-06-01\n[evnt]\nstart = 2016-07-01\n[evnt.cfp]\nopns = 2016-05-01\n+++\nText.\n";
    let site = Site::new(&[("content/posts/a.md", POST), ("content/posts/e.md", event)]);
    let with =
        |line: &str| format!("---\ntitle: B\ndate: 2016-06-02\n{line}\ndescripton: Short.\n---\nText.\n");
    // Mended, the one would name a template that there is not, the other would lie where a page lies.
    site.write("content/posts/b.md", &with("templat: nope.html"));
    site.write("content/posts/c.md", &with("pathh: /posts/a/"));
    let output = site.check(&["--fix", "--yes"]);
    let said = stderr(&output);
    let mended = event.replace("evnt", "event").replace("opns", "opens");
    assert_eq!(site.read("content/posts/e.md"), mended, "{said}");
    for (file, line) in
        [("content/posts/b.md", "templat: nope.html"), ("content/posts/c.md", "pathh: /posts/a/")]
    {
        assert_eq!(site.read(file), with(line).replace("descripton", "description"), "{said}");
    }
    assert_eq!(output.status.code(), Some(0), "{said}");
    let output = site.check(&["--fix", "--yes"]);
    assert!(stderr(&output).contains("nothing can be mended for sure"), "{}", stderr(&output));
}

#[test]
fn what_is_mended_makes_no_mistake_of_another_kind() {
    let page = |header: &str| format!("---\n{header}---\nText.\n");
    let mended = |site: &Site, wanted: &[(&str, String)]| {
        let said = stderr(&site.check(&["--fix", "--yes"]));
        for (name, text) in wanted {
            assert_eq!(&site.read(name), text, "{said}");
        }
        let said = stderr(&site.check(&["--fix", "--yes"]));
        assert!(said.contains("nothing can be mended for sure"), "{said}");
    };
    let (a, m, z) = ("content/posts/a.md", "content/posts/m.md", "content/posts/z.md");
    // The one does no harm once the other is mended.
    let first = page("title: A\npathh: /posts/z/\n");
    let last = page("title: Z\npathh: /elsewhere/\n");
    let site = Site::new(&[(a, &first), (z, &last)]);
    mended(&site, &[(a, first.replace("pathh", "path")), (z, last.replace("pathh", "path"))]);
    // What takes an error away pays for none.
    let (beside, other) = ("content/posts/a/index.md", page("title: A2\npathh: /other/\n"));
    let wrong = page("title: M\ntemplat: none.html\n");
    let site = Site::new(&[(a, POST), (beside, &other), (m, &wrong)]);
    mended(&site, &[(beside, other.replace("pathh", "path")), (m, wrong.clone())]);
    // Of two slips of one key one is mended, in a header and in the configuration.
    let twice = page("title: A\nspeakrs: [Ada Lo]\nspeakres: [Bo Li]\n");
    let site = Site::new(&[(a, &twice)]);
    mended(&site, &[(a, twice.replace("speakres", "speakers"))]);
    let config = format!("{}authr = \"A\"\nauhtor = \"B\"\n", site.read("ssg.toml"));
    site.write("ssg.toml", &config);
    mended(&site, &[("ssg.toml", config.replace("auhtor", "author"))]);
    // Also where broken pages are left out.
    let site = Site::new(&[(a, POST), (m, &wrong)]);
    let said = stderr(&site.check(&["--fix", "--yes", "--skip-broken"]));
    assert_eq!(site.read(m), wrong, "{said}");
    // A table that is known now has more that can be mended.
    let config = format!("{}[outptus]\nserach = false\narchve = false\n", site.read("ssg.toml"));
    site.write("ssg.toml", &config);
    let right = config.replace("outptus", "outputs").replace("serach", "search").replace("archve", "archive");
    mended(&site, &[("ssg.toml", right)]);
    // What counted before goes on to count.
    let both = page("title: A\nspeakrs: [Ada Lo]\nspeaker: [Bo Li]\n");
    let site = Site::new(&[(a, &both)]);
    mended(&site, &[(a, both.clone())]);
    // A term is a whole word.
    let part = page("title: Z\ncategories: \"ch\\u0065f, mychef\"\n");
    let site = Site::new(&[(z, &part)]);
    for name in ["b", "c", "d"] {
        site.write(&format!("content/posts/{name}.md"), &page("title: A\ncategories: [Chef]\n"));
    }
    mended(&site, &[(z, part.clone())]);
    // A theme is there once its key is mended.
    let config = format!("{}them = \"runbook\"\n", site.read("ssg.toml"));
    site.write("ssg.toml", &config);
    mended(&site, &[("ssg.toml", config.replace("them ", "theme "))]);
}

#[cfg(not(feature = "external"))]
#[test]
fn a_program_without_it_says_where_to_get_it() {
    let site = Site::new(&[("content/posts/a.md", POST)]);
    let output = site.check(&["--external"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--features external"), "{}", stderr(&output));
}

#[cfg(feature = "external")]
mod external {
    use super::*;
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::sync::{Arc, Mutex};

    /// A server on loopback that knows `/new`, has moved `/old` there, and notes what it is asked.
    fn server() -> (u16, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let noted = asked.clone();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let noted = noted.clone();
                std::thread::spawn(move || {
                    let mut lines = BufReader::new(stream.try_clone().expect("the same socket")).lines();
                    while let Some(Ok(first)) = lines.next() {
                        while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
                        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
                        let head = match path.as_str() {
                            "/new" => "200 OK",
                            "/old" => "308 Permanent Redirect\r\nLocation: /new",
                            _ => "404 Not Found",
                        };
                        noted.lock().expect("not poisoned").push(path);
                        let text = format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\n\r\n");
                        if stream.write_all(text.as_bytes()).is_err() {
                            break;
                        }
                    }
                });
            }
        });
        (port, asked)
    }

    #[test]
    fn links_to_other_sites_are_asked_for_remembered_and_mended() {
        let (port, asked) = server();
        let site = Site::new(&[]);
        let here = format!("http://127.0.0.1:{port}");
        let config = |host: &str| {
            format!(
                "title = \"Case\"\nbase_url = \"https://case.example/\"\n[check]\nignore_links = [\"*/ignored*\"]\n\
                 private_hosts = [{host}]\norphans = false\n"
            )
        };
        site.write("ssg.toml", &config("\"127.0.0.1\""));
        let post = |old: &str| {
            format!(
                "---\ntitle: A\ndate: 2016-06-01\nslides: {here}/gone\n---\n[a]({old}#part) [b]({here}/gone) \
                 [c]({here}/ignored/x) [own](https://case.example/posts/a/)\n"
            )
        };
        site.write("content/posts/a.md", &post(&format!("{here}/old")));
        site.write(
            "content/posts/secret.md",
            &format!("---\ntitle: S\ndraft: true\n---\n[x]({here}/secret)\n"),
        );
        let gone = |instant: i64| -> Vec<String> {
            let found = told(&site.check_at(instant, &["--external", "--format", "json"]));
            found.into_iter().filter(|line| line.contains("external-link")).collect()
        };
        let day = 86_400;
        let start = 1_800_000_000;
        assert_eq!(
            gone(start),
            [
                format!("hint external-link content/posts/a.md:4:9 `{here}/gone` fails: 404"),
                format!(
                    "hint external-link content/posts/a.md:6:{} `{here}/gone` fails: 404",
                    here.len() + 16
                ),
            ]
        );
        let ledger = site.read("data/links.toml");
        assert!(
            ledger.contains(&format!("[\"{here}/gone\"]\nsince = \"2027-01-15T08:00:00Z\"\nfailures = 1\n")),
            "{ledger}"
        );
        let first: Vec<String> = asked.lock().expect("not poisoned").drain(..).collect();
        assert_eq!(
            first,
            ["/gone", "/gone", "/old", "/new"],
            "once with a body and once without; nothing of a draft"
        );
        // What was fine is not asked for again; what fails is.
        assert!(gone(start + day / 2)[0].starts_with("hint "));
        let second: Vec<String> = asked.lock().expect("not poisoned").drain(..).collect();
        assert_eq!(second, ["/gone", "/gone"]);
        // In the third run, after a day, it is a warning.
        assert!(gone(start + day)[0].starts_with("warning "));
        let strict = site.check_at(start + 2 * day, &["--external", "--strict"]);
        assert_eq!(strict.status.code(), Some(1));
        assert!(
            stderr(&strict).contains(&format!("https://web.archive.org/web/2016/{here}/gone")),
            "{}",
            stderr(&strict)
        );
        // The new address is put into its place; nothing else changes.
        let output = site.check_at(start + 2 * day, &["--external", "--fix", "--yes"]);
        assert!(stderr(&output).contains("mended 1 place"), "{}", stderr(&output));
        assert_eq!(site.read("content/posts/a.md"), post(&format!("{here}/new")));
        // Hosts of this machine are asked only where they are named.
        asked.lock().expect("not poisoned").clear();
        site.write("ssg.toml", &config(""));
        let found = told(&site.check_at(start + 30 * day, &["--external", "--format", "json"]));
        assert!(
            found.iter().any(|line| line.starts_with("hint private-link content/posts/a.md:4:9 ")),
            "{found:?}"
        );
        assert!(asked.lock().expect("not poisoned").is_empty());
        // A ledger that nobody can read ends it before anything is asked.
        site.write("data/links.toml", "<<<<<<< HEAD\n");
        let output = site.check_at(start + 30 * day, &["--external"]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    }
}
