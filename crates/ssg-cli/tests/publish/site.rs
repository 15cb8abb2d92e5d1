//! A small site with a folder and a branch to publish to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Path → bytes.
pub type Tree = BTreeMap<String, Vec<u8>>;

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

pub struct Site {
    _keep: TempDir,
    pub dir: PathBuf,
    pub root: PathBuf,
}

impl Site {
    pub fn new() -> Self {
        let keep = tempfile::tempdir().expect("temporary folder");
        let dir = keep.path().canonicalize().expect("it exists");
        let site = Self { _keep: keep, root: dir.join("site"), dir };
        site.put(
            "ssg.toml",
            "title = \"Publish\"\nbase_url = \"https://publish.example\"\ntheme = \"runbook\"\n\
             [publish.folder]\ntype = \"dir\"\npath = \"../www\"\ndefault = true\n\
             [publish.plain]\ntype = \"dir\"\npath = \"../plain\"\nswap = false\n\
             [publish.pages]\ntype = \"git\"\nrepository = \"../pages.git\"\nbranch = \"gh-pages\"\n",
        );
        for number in 1..=4 {
            site.put_post(number, "Text.");
        }
        site.put(
            "content/events/2016-toronto/index.md",
            "---\ntitle: Toronto\nevent:\n  start: 2016-05-26\n---\nHere.\n",
        );
        site.style("color: red");
        let made =
            Command::new("git").args(["init", "-q", "--bare"]).arg(site.dir.join("pages.git")).status();
        assert!(made.is_ok_and(|status| status.success()), "git is there");
        site
    }

    pub fn put(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    pub fn put_post(&self, number: usize, text: &str) {
        self.put(
            &format!("content/posts/p{number}.md"),
            &format!("---\ntitle: Post {number}\ndate: 2016-02-0{number}\ntools: [Docker]\n---\nIn short.\n\n<!-- more -->\n\n{text}\n"),
        );
    }

    /// Another style sheet, which every page needs.
    pub fn style(&self, rule: &str) {
        self.put("assets/own.css", &format!("body {{ {rule} }}\n"));
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../themes/runbook/templates/base.html");
        let base = fs::read_to_string(base).expect("the built-in theme");
        let link = "<link rel=\"stylesheet\" href=\"{{ asset(path=\"own.css\") | url }}\">\n</head>";
        self.put("templates/base.html", &base.replace("</head>", link));
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ssg"));
        command
            .args(arguments)
            .arg("-r")
            .arg(&self.root)
            .args(["--date", "2026-11-21"])
            .env_remove("SOURCE_DATE_EPOCH")
            .stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        self.command(arguments).output().expect("the program runs").into()
    }

    /// Publishes, which must go well; gives the last line.
    pub fn publish(&self, target: &str) -> String {
        let said = self.run(&["publish", target, "--yes"]);
        assert_eq!(said.status, Some(0), "{}", said.stderr);
        said.stderr.lines().last().unwrap_or_default().to_owned()
    }

    /// What a build makes of the site as it is, without the program's own files.
    pub fn built(&self) -> Tree {
        let out = tempfile::tempdir().expect("temporary folder");
        let to = out.path().join("out");
        let said: Said = self
            .command(&["build", "--no-cache"])
            .arg("-o")
            .arg(&to)
            .output()
            .expect("the program runs")
            .into();
        assert_eq!(said.status, Some(0), "{}", said.stderr);
        tree(&to)
    }

    /// What is online.
    pub fn online(&self, target: &str) -> Tree {
        match target {
            "folder" => tree(&self.dir.join("www")),
            "plain" => tree(&self.dir.join("plain")),
            _ => self.branch(),
        }
    }

    fn branch(&self) -> Tree {
        let out = tempfile::tempdir().expect("temporary folder");
        let archive = "git --git-dir \"$1\" archive gh-pages 2>/dev/null | tar -x -C \"$2\" 2>/dev/null";
        let _ = Command::new("sh")
            .args(["-c", archive, "sh"])
            .arg(self.dir.join("pages.git"))
            .arg(out.path())
            .status();
        let mut tree = tree(out.path());
        tree.remove(".nojekyll");
        tree
    }
}

/// Every file but the program's own.
pub fn tree(dir: &Path) -> Tree {
    fn walk(dir: &Path, prefix: &str, tree: &mut Tree) {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                walk(&entry.path(), &format!("{name}/"), tree);
            } else if !name.contains(".ssg-") {
                tree.insert(name, fs::read(entry.path()).expect("readable"));
            }
        }
    }
    let mut all = Tree::new();
    walk(dir, "", &mut all);
    all
}

/// The paths that differ.
pub fn differences(one: &Tree, other: &Tree) -> Vec<String> {
    let paths: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    paths.into_iter().filter(|path| one.get(*path) != other.get(*path)).cloned().collect()
}
