//! Settings, people and files that are changed between two builds, in any order: the output is what a
//! clean build makes, and nothing that belongs to it is lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

const CONFIG: &str = "base_url = \"https://example.org/\"\ntitle = \"T\"\n";
const FILES: [(&str, &str); 8] = [
    (
        "content/events/e.md",
        "+++\ntitle = \"E\"\n[event]\nstart = 2020-01-01\norganizers = [{name = \"R. Dockside\"}]\n+++\n",
    ),
    ("content/speakers/robin-quay.md", "+++\ntitle = \"Robin Quay\"\naliases = [\"robinq\"]\n+++\n"),
    (
        "content/posts/a/index.md",
        "---\ntitle: A\ndate: 2020-01-02\ntools: [One, Two]\nauthors: [Robin Quay]\n---\n![p](pic.svg)\n",
    ),
    ("content/posts/a/pic.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>"),
    ("content/posts/b.md", "---\ntitle: B\ndate: 2020-01-03\ntools: [one]\n---\n<script>1</script>\n"),
    ("content/posts/b.de.md", "---\ntitle: B auf Deutsch\n---\nText.\n"),
    ("static/notes/one.txt", "1"),
    ("static/Case.txt", "c"),
];

struct Site {
    folder: TempDir,
}

impl Site {
    fn new(config: &str) -> Self {
        let site = Self { folder: tempfile::tempdir().expect("temporary folder") };
        site.config(config);
        for (name, text) in FILES {
            site.put(name, text);
        }
        site
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.folder.path().join("site").join(name);
        fs::create_dir_all(path.parent().expect("below the site")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn config(&self, more: &str) {
        self.put("ssg.toml", &format!("{CONFIG}{more}"));
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("site").join(name)
    }

    fn ssg(&self, arguments: &str) -> (Option<i32>, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
            .args(arguments.split_whitespace())
            .args(["--date", "2026-11-28"].iter().filter(|_| !arguments.starts_with("clean")))
            .current_dir(self.path(""))
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// Builds, and compares a folder of output with what a clean build makes.
    fn equals_clean(&self, out: &str, after: &str) {
        let (status, said) = self.ssg(&format!("build -o {out}"));
        assert_eq!(status, Some(0), "{after}: {said}");
        let (status, said) = self.ssg("build --no-cache -o ../clean");
        assert_eq!(status, Some(0), "{after}: {said}");
        let (kept, clean) = (tree(&self.path(out)), tree(&self.path("../clean")));
        let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&kept), names(&clean), "{after}");
        for (name, bytes) in &clean {
            assert!(kept[name] == *bytes, "{after}: {name} is not what a clean build makes");
        }
        fs::remove_dir_all(self.path("../clean")).expect("removed");
    }
}

/// All files but ours, by their names.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn add(folder: &Path, under: &str, tree: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("readable") {
            let entry = entry.expect("readable");
            let name = format!("{under}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                add(&entry.path(), &format!("{name}/"), tree);
            } else if !name.starts_with(".ssg-") {
                tree.insert(name, fs::read(entry.path()).expect("readable"));
            }
        }
    }
    let mut tree = BTreeMap::new();
    add(folder, "", &mut tree);
    tree
}

#[test]
fn settings_that_are_changed() {
    let site = Site::new("");
    site.equals_clean("public", "at first");
    for more in [
        "[outputs]\napi = true\n",
        "[outputs]\napi = true\n[taxonomies.speakers]\nunpublish = [\"Robin Quay\"]\n",
        "[hosting]\nheaders = true\n",
        "[hosting]\nheaders = true\n[outputs]\ncalendars = false\nfingerprints = false\n",
        "[hosting]\nheaders = true\nprecompress = [\"gzip\"]\n",
        "[languages.de]\ntitle = \"D\"\n",
        "[languages.de]\ntitle = \"D\"\n[outputs]\narchive = false\nsitemap = false\n",
        "[markdown]\nraw_html = \"escape\"\n",
        "[markdown]\nraw_html = \"sanitize\"\n",
        "[feeds]\ncontent = \"full\"\nformats = [\"rss\", \"json\"]\n",
        "[outputs]\nspeaker_calendars = true\ntool_calendars = true\nredirects = true\n",
        "[theme.options]\nmenu = [{ title = \"M\", path = \"/posts/\" }]\n",
        "",
    ] {
        site.config(more);
        site.ssg("check");
        site.equals_clean("public", more);
    }
    for base in ["https://example.net/", "https://example.net/blog/", "https://example.org/"] {
        let headers = "[hosting]\nheaders = true\n";
        site.put("ssg.toml", &format!("{}{headers}", CONFIG.replace("https://example.org/", base)));
        site.equals_clean("public", base);
    }
}

#[test]
fn names_that_are_hidden_later() {
    let hidden = "[outputs]\napi = true\n[taxonomies.speakers]\nunpublish = [\"Robin Quay\"]\n";
    let site = Site::new(hidden);
    site.equals_clean("public", "at first");
    for aliases in ["\"robinq\", \"R. Dockside\"", "\"R. Dockside\"", "", "\"r dockside\", \"Quay\""] {
        site.put(
            "content/speakers/robin-quay.md",
            &format!("+++\ntitle = \"Robin Quay\"\naliases = [{aliases}]\n+++\n"),
        );
        site.equals_clean("public", aliases);
        if aliases.to_lowercase().contains("dockside") {
            for (name, bytes) in tree(&site.path("public")) {
                assert!(!String::from_utf8_lossy(&bytes).contains("Dockside"), "{name} after {aliases}");
            }
        }
    }
    site.config("[outputs]\napi = true\n");
    site.equals_clean("public", "shown again");
    site.config(hidden);
    site.equals_clean("public", "hidden again");
}

/// What is done to a site, and its name.
type Step<'s> = (&'s str, &'s dyn Fn(&Site));

#[test]
fn files_and_folders_in_any_order() {
    let site = Site::new("");
    site.equals_clean("public", "at first");
    let outputs = ["public", "../other"];
    let steps: [Step<'_>; 16] = [
        ("a check", &|site| drop(site.ssg("check"))),
        ("a build elsewhere", &|site| drop(site.ssg("build -o ../other"))),
        ("drafts and the future", &|site| drop(site.ssg("build --drafts --future -o ../other"))),
        ("a static file edited", &|site| site.put("static/notes/one.txt", "2")),
        ("an output edited", &|site| site.put("public/notes/one.txt", "mine")),
        ("an output removed", &|site| {
            fs::remove_dir_all(site.path("public/posts")).expect("there");
        }),
        ("another case", &|site| {
            fs::rename(site.path("static/Case.txt"), site.path("static/case.txt")).expect("renamed");
        }),
        ("a file becomes a folder", &|site| {
            fs::remove_file(site.path("static/case.txt")).expect("there");
            site.put("static/case.txt/in.txt", "i");
        }),
        ("a folder becomes a file", &|site| {
            fs::remove_dir_all(site.path("static/case.txt")).expect("there");
            site.put("static/case.txt", "f");
        }),
        ("a broken page", &|site| {
            site.put("content/posts/b.md", "---\ntitle: [\n---\n");
            assert_eq!(site.ssg("build").0, Some(1));
            site.ssg("build --skip-broken -o ../other");
            site.put("content/posts/b.md", "---\ntitle: B\ndate: 2020-01-03\n---\n");
        }),
        ("a static file gone and back", &|site| {
            fs::rename(site.path("static/notes"), site.path("../notes")).expect("renamed");
            site.ssg("build");
            fs::rename(site.path("../notes"), site.path("static/notes")).expect("renamed");
            site.ssg("check");
        }),
        ("a bundle's picture edited", &|site| site.put("content/posts/a/pic.svg", "<svg width=\"2\"/>")),
        ("the memory removed", &|site| fs::remove_dir_all(site.path(".ssg-cache")).expect("there")),
        ("the record of the output removed", &|site| {
            fs::remove_dir_all(site.path("../other")).expect("there");
            site.ssg("build -o ../other");
        }),
        ("cleaned", &|site| drop(site.ssg("clean"))),
        ("a page becomes a draft", &|site| {
            site.put("content/posts/b.md", "---\ntitle: B\ndate: 2020-01-03\ndraft: true\n---\n");
        }),
    ];
    // Each step, and what comes of it in either folder; the pages before it are other ones each time.
    for (number, (name, step)) in steps.iter().enumerate() {
        step(&site);
        site.equals_clean(outputs[number % 2], name);
        site.equals_clean(outputs[(number + 1) % 2], name);
    }
}
