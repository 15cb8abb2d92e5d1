//! A small site that uses most of what an output can depend on, and ways to build and compare it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Path → bytes of every file of an output, but for the stamps, which hold times.
pub type Tree = BTreeMap<String, Vec<u8>>;

const STAMPS: &str = ".ssg-stamps";
pub const DATE: &str = "2026-11-21";

/// What a run said.
#[derive(Debug)]
pub struct Said {
    pub status: Option<i32>,
    pub stderr: String,
    pub stdout: String,
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        }
    }
}

impl Said {
    /// Lines about the cache.
    pub fn of_cache(&self) -> Vec<&str> {
        self.stderr.lines().filter(|line| line.contains("cache")).collect()
    }

    /// How many outputs were rendered; `None` where nothing was reused.
    pub fn rendered(&self) -> Option<usize> {
        let before = self.stderr.split(" rendered, ").next().filter(|before| *before != self.stderr)?;
        before.rsplit(' ').next()?.parse().ok()
    }
}

/// A site in a folder of its own, with its output beside it, so that the folder can be read-only.
pub struct Site {
    _keep: TempDir,
    pub root: PathBuf,
    pub out: PathBuf,
    posts: usize,
}

impl Site {
    /// A site of a dozen posts.
    pub fn new() -> Self {
        Self::with_posts(12)
    }

    /// One that is built quickly, for tests that build it often.
    pub fn small() -> Self {
        Self::with_posts(3)
    }

    fn with_posts(posts: usize) -> Self {
        let keep = tempfile::tempdir().expect("temporary folder");
        // Links above it would show in messages.
        let folder = keep.path().canonicalize().expect("it exists");
        let site = Self { _keep: keep, root: folder.join("site"), out: folder.join("out"), posts };
        site.put(
            "ssg.toml",
            "title = \"Cache\"\nbase_url = \"https://cache.example\"\ntheme = \"runbook\"\n",
        );
        for number in 1..=posts {
            site.put_post(number, &format!("Text {number}."));
        }
        site.put(
            "content/posts/bundle/index.md",
            "---\ntitle: Bundle\ndate: 2016-05-01\naliases: [/old/]\n---\n![A plot](plot.svg)\n",
        );
        site.put("content/posts/bundle/plot.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        site.put(
            "content/events/2016-toronto/index.md",
            "---\ntitle: DevOpsDays Toronto\ndate: 2016-05-26\nevent:\n  end: 2016-05-27\n---\nOne stage.\n",
        );
        site.put(
            "content/events/2016-toronto/talks/pipelines.md",
            "---\ntitle: Pipelines\nspeakers: [Ann Lee]\n---\nAn abstract.\n",
        );
        site.put("content/about.md", "---\ntitle: About\n---\n{{ fact(key=\"a\") }}\n");
        site.put("data/facts.toml", "a = \"first\"\nb = \"second\"\n");
        site.put(
            "templates/shortcodes/fact.html",
            "{% set facts = load_data(path=\"data/facts.toml\") %}<b>{{ facts[key] }}</b>",
        );
        site.put("static/robots-of-old.txt", "nothing\n");
        site
    }

    pub fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    pub fn put_post(&self, number: usize, text: &str) {
        let (tag, other) = (["Docker", "Puppet", "Nagios"][number % 3], number % self.posts + 1);
        self.put(
            &format!("content/posts/p{number}.md"),
            format!(
                "---\ntitle: Post {number}\ndate: 2016-02-{number:02}\ntools: [{tag}]\n\
                 speakers: [Person {}]\n---\n{text}\n\n## More\n\nSee [another](@/posts/p{other}.md).\n",
                number % 4
            ),
        );
    }

    /// Replaces the frame of every page.
    pub fn put_frame(&self, word: &str) {
        let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../themes/runbook/templates/base.html");
        let theme = fs::read_to_string(theme).expect("the built-in theme");
        self.put("templates/base.html", theme.replace("<body ", &format!("<!-- {word} -->\n<body ")));
    }

    pub fn cache(&self) -> PathBuf {
        self.root.join(".ssg-cache")
    }

    pub fn memo(&self) -> PathBuf {
        self.cache().join("build.memo")
    }

    /// The program on this site; not started.
    pub fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ssg"));
        self.prepare(&mut command, verb);
        command
    }

    /// As [`command`](Self::command), by a shell that first does something to itself.
    pub fn command_after(&self, first: &str, verb: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", &format!("{first}\nexec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_ssg")]);
        self.prepare(&mut command, verb);
        command
    }

    /// Gives a command the arguments of a run on this site.
    pub fn prepare(&self, command: &mut Command, verb: &str) {
        command.args([verb, "-r"]).arg(&self.root).env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null());
        if verb == "build" || verb == "check" {
            command.args(["--date", DATE]);
        }
        if verb == "build" || verb == "clean" {
            command.arg("-o").arg(&self.out);
        }
    }

    pub fn run(&self, verb: &str, more: &[&str]) -> Said {
        self.command(verb).args(more).output().expect("the program runs").into()
    }

    /// Builds, which must go well.
    pub fn build(&self) -> Said {
        self.build_with(&[] as &[&str])
    }

    pub fn build_with(&self, more: &[impl AsRef<OsStr>]) -> Said {
        let said: Said = self.command("build").args(more).output().expect("the program runs").into();
        assert_eq!(said.status, Some(0), "{}", said.stderr);
        said
    }

    /// The output as it is.
    pub fn tree(&self) -> Tree {
        tree(&self.out)
    }

    /// What a build into another folder, without a cache, makes of the site as it is.
    pub fn clean_tree(&self) -> Tree {
        let fresh = tempfile::tempdir().expect("temporary folder");
        let out = fresh.path().join("out");
        let said: Said = Command::new(env!("CARGO_BIN_EXE_ssg"))
            .args(["build", "--no-cache", "--date", DATE, "-r"])
            .arg(&self.root)
            .arg("-o")
            .arg(&out)
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .expect("the program runs")
            .into();
        assert_eq!(said.status, Some(0), "{}", said.stderr);
        tree(&out)
    }

    /// Asserts that the output is that of a clean build.
    pub fn assert_exact(&self, when: &str) {
        assert_equal(&self.tree(), &self.clean_tree(), when);
    }

    /// Asserts that no temporary and no lock stays in the output, beside it, or in the cache.
    pub fn assert_tidy(&self, when: &str) {
        let mut left = Vec::new();
        for dir in [&self.out, self.out.parent().expect("a folder"), &self.cache(), &self.root] {
            for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if name.contains("tmp") || name.contains("lock") {
                    left.push(entry.path());
                }
            }
        }
        assert!(left.is_empty(), "{when}: left behind: {left:?}");
    }
}

pub fn assert_equal(got: &Tree, wanted: &Tree, when: &str) {
    let paths: std::collections::BTreeSet<&String> = got.keys().chain(wanted.keys()).collect();
    let differ: Vec<_> = paths.into_iter().filter(|path| got.get(*path) != wanted.get(*path)).collect();
    assert!(differ.is_empty(), "{when}: other than in a clean build: {differ:?}");
}

pub fn tree(dir: &Path) -> Tree {
    fn walk(dir: &Path, prefix: &str, tree: &mut Tree) {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), tree);
            } else if name != STAMPS {
                tree.insert(name, fs::read(entry.path()).expect("readable"));
            }
        }
    }
    let mut all = Tree::new();
    walk(dir, "", &mut all);
    all
}

/// A small generator, so that a failing case can be named by its seed.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit.max(1)
    }

    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| u8::try_from(self.below(256)).expect("a byte")).collect()
    }
}
