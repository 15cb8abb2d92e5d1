//! A small site, and the ways in which programs save its files.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, UNIX_EPOCH};
use tempfile::TempDir;

pub const DATE: &str = "2026-11-21";

/// Path → bytes.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// How a program saves a file.
#[derive(Clone, Copy, Debug)]
pub enum Save {
    InPlace,
    Truncate,
    TruncateAndWait,
    RenameOver,
    BackupAndRename,
    Recreate,
}

pub const WAYS: [Save; 6] = [
    Save::InPlace,
    Save::Truncate,
    Save::TruncateAndWait,
    Save::RenameOver,
    Save::BackupAndRename,
    Save::Recreate,
];

/// A site in a folder of its own, with a theme and the clean builds beside it.
pub struct Site {
    _keep: TempDir,
    pub folder: PathBuf,
    pub root: PathBuf,
}

impl Site {
    /// A site below the given address, with the theme `../look`.
    pub fn new(base_url: &str) -> Self {
        let keep = tempfile::tempdir().expect("temporary folder");
        let folder = keep.path().canonicalize().expect("it exists");
        let site = Self { _keep: keep, root: folder.join("site"), folder };
        site.configure(base_url, "first");
        for (path, bytes) in tree(&theme()) {
            site.put(&format!("../look/{path}"), bytes);
        }
        site.put("../look/assets/look.css", "b { color: red }\n");
        for number in 1..=8 {
            site.put(&format!("content/posts/p{number}.md"), post(number, "first"));
        }
        site.put("content/posts/bundle/index.md", "---\ntitle: Bundle\ndate: 2016-05-01\n---\n![A](a.svg)\n");
        site.put("content/posts/bundle/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        site.put(
            "content/events/2016-toronto/index.md",
            "---\ntitle: DevOpsDays Toronto\ndate: 2016-05-26\n---\nOne stage.\n",
        );
        site.put("content/about.md", "---\ntitle: About\n---\n{{ fact(key=\"a\") }}\n");
        site.put("data/facts.toml", facts("first"));
        site.put("i18n/en.toml", texts("first"));
        site.put(
            "templates/shortcodes/fact.html",
            "{% set facts = load_data(path=\"data/facts.toml\") %}<b>{{ facts[key] }}</b>",
        );
        site.put("templates/base.html", frame("first"));
        site.put("assets/own.css", "p { margin: 0 }\n");
        site.put("static/notes/old.txt", "nothing\n");
        site
    }

    pub fn configure(&self, base_url: &str, word: &str) {
        self.put("ssg.toml", configuration(base_url, word));
    }

    pub fn path(&self, path: &str) -> PathBuf {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        path
    }

    pub fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(path), text).expect("written");
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.root.join(path)).expect("removed");
    }

    pub fn rename(&self, from: &str, to: &str) {
        fs::rename(self.root.join(from), self.path(to)).expect("renamed");
    }

    /// Says of a file that it was changed at another time, in seconds since 1970.
    pub fn date(&self, path: &str, seconds: u64) {
        let file = fs::File::options().write(true).open(self.root.join(path)).expect("opened");
        file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).expect("dated");
    }

    /// Saves a file that exists in the given way.
    pub fn save(&self, path: &str, text: &str, way: Save) {
        let path = self.path(path);
        let beside = |ending: &str| PathBuf::from(format!("{}{ending}", path.display()));
        let write = |file: &mut fs::File| file.write_all(text.as_bytes()).expect("written");
        match way {
            Save::InPlace => {
                let mut file = fs::OpenOptions::new().write(true).open(&path).expect("opened");
                write(&mut file);
                let end = file.stream_position().expect("its place");
                file.set_len(end).expect("cut");
            }
            Save::Truncate => write(&mut fs::File::create(&path).expect("opened")),
            Save::TruncateAndWait => {
                let mut file = fs::File::create(&path).expect("opened");
                sleep(Duration::from_millis(40));
                write(&mut file);
            }
            Save::RenameOver => {
                let hidden = path.with_file_name(".saving~");
                write(&mut fs::File::create(&hidden).expect("made"));
                fs::rename(&hidden, &path).expect("renamed");
            }
            Save::BackupAndRename => {
                fs::rename(&path, beside("~")).expect("renamed");
                write(&mut fs::File::create(&path).expect("made"));
                fs::remove_file(beside("~")).expect("removed");
            }
            Save::Recreate => {
                fs::remove_file(&path).expect("removed");
                sleep(Duration::from_millis(20));
                write(&mut fs::File::create(&path).expect("made"));
            }
        }
    }

    /// The program on this site.
    pub fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ssg"));
        command.args([verb, "--date", DATE, "-r"]).arg(&self.root);
        command.env_remove("SOURCE_DATE_EPOCH").env_remove("SSG_BASE_URL").stdin(Stdio::null());
        command
    }

    /// What a clean build writes, but for its own records.
    pub fn built(&self, flags: &[&str]) -> Tree {
        let out = self.folder.join("built");
        let _ = fs::remove_dir_all(&out);
        let mut command = self.command("build");
        let done = command.args(flags).arg("--no-cache").arg("-o").arg(&out).output().expect("it runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let mut tree = tree(&out);
        tree.retain(|path, _| !path.starts_with(".ssg-"));
        tree
    }
}

pub fn configuration(base_url: &str, word: &str) -> String {
    format!(
        "title = \"Served\"\nbase_url = \"{base_url}\"\ntheme = \"../look\"\n\
         [outputs]\nfingerprints = false\n[extra]\nword = \"{word}\"\n"
    )
}

pub fn post(number: usize, text: &str) -> String {
    let (tool, other) = (["Docker", "Puppet", "Nagios"][number % 3], number % 8 + 1);
    format!(
        "---\ntitle: Post {number} {text}\ndate: 2016-02-{number:02}\ntools: [{tool}]\n---\n\
         {text}\n\n## More\n\nSee [another](@/posts/p{other}.md).\n"
    )
}

pub fn facts(word: &str) -> String {
    format!("a = \"{word}\"\n")
}

pub fn texts(word: &str) -> String {
    format!("all-tools = \"All tools, {word}\"\nabout-page = \"{word}\"\n")
}

/// The frame of every page.
pub fn frame(word: &str) -> String {
    let frame = fs::read_to_string(theme().join("templates/base.html")).expect("the built-in theme");
    frame.replace("<body ", &format!("<!-- {word} {{{{ config.extra.word }}}} -->\n<body "))
}

fn theme() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../themes/runbook")
}

pub fn tree(dir: &Path) -> Tree {
    let mut tree = Tree::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for one in fs::read_dir(folder).expect("a folder") {
            let path = one.expect("a name").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(dir).expect("below").to_str().expect("text").to_owned();
                tree.insert(name, fs::read(&path).expect("read"));
            }
        }
    }
    tree
}
