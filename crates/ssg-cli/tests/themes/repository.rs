//! A site in a temporary folder, and repositories beside it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A site with a post, in a folder of its own.
pub struct Site {
    folder: TempDir,
}

/// What a run of the program gave.
pub struct Run {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Everything that it printed.
    pub fn all(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

impl Site {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("temporary folder");
        let site = Self { folder };
        site.write("ssg.toml", "# mine\ntitle = \"Site\"\nbase_url = \"https://example.org/\" # here\n");
        site.write("content/posts/a.md", "+++\ntitle = \"A\"\ndate = 2026-01-01\n+++\n\nText.\n");
        site
    }

    /// Folder of the site.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Folder beside the site, where whatever an attack makes would be.
    pub fn outside(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_default()
    }

    /// Runs the program in the site, with a home that would do harm if git looked at it.
    pub fn ssg(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
            .args(arguments)
            .current_dir(self.root())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path().join("home"))
            .env("GIT_DIR", self.folder.path().join("elsewhere"))
            .env("GIT_TEMPLATE_DIR", self.folder.path().join("home/template"))
            .output()
            .expect("the program runs");
        let text = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes).replace(&*self.folder.path().to_string_lossy(), "[folder]")
        };
        Run {
            status: output.status.code().unwrap_or(-1),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        }
    }

    /// A home whose configuration of git runs a program at every chance.
    pub fn plant_home(&self) {
        let home = self.folder.path().join("home");
        let hooks = home.join("template/hooks");
        fs::create_dir_all(&hooks).expect("made");
        for hook in ["post-checkout", "reference-transaction", "post-merge", "fsmonitor-watchman"] {
            self.trap(&hooks.join(hook));
        }
        self.trap(&home.join("trap"));
        let trap = home.join("trap").display().to_string();
        let hooks = hooks.display();
        let template = home.join("template").display().to_string();
        fs::write(
            home.join(".gitconfig"),
            format!(
                "[core]\nhooksPath = {hooks}\nfsmonitor = {trap}\nsshCommand = {trap}\n\
                 [init]\ntemplateDir = {template}\n[filter \"x\"]\nsmudge = {trap}\nrequired = true\n\
                 [protocol]\nallow = always\n[credential]\nhelper = {trap}\n"
            ),
        )
        .expect("written");
    }

    /// A program that leaves a mark.
    fn trap(&self, path: &Path) {
        let mark = self.folder.path().join("mark");
        fs::write(path, format!("#!/bin/sh\ntouch '{}'\n", mark.display())).expect("written");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("allowed");
        }
    }

    /// Whether a trap ran.
    pub fn is_marked(&self) -> bool {
        self.folder.path().join("mark").exists()
    }

    /// A repository beside the site, with a theme as its first commit.
    pub fn repository(&self) -> Repository {
        let path = self.folder.path().join("theme.git");
        fs::create_dir_all(&path).expect("made");
        let repository = Repository { path };
        repository.git(&["init", "--quiet", "--initial-branch=main", "."], b"");
        for (name, text) in theme() {
            repository.write(name, text);
        }
        repository.commit("v1");
        repository.git(&["tag", "v1"], b"");
        for hook in ["post-checkout", "pre-receive", "post-upload-pack", "reference-transaction"] {
            self.trap(&repository.path.join(".git/hooks").join(hook));
        }
        repository
    }

    /// The names in the site's folder, sorted: what a command left behind shows here.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.root())
            .expect("readable")
            .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

/// The least theme.
pub fn theme() -> Vec<(&'static str, &'static str)> {
    vec![
        (
            "theme.toml",
            "name = \"harbour\"\ndescription = \"Plain.\"\n\n[options.ink]\ntype = \"colour\"\ndefault = \"#111111\"\n",
        ),
        (
            "templates/base.html",
            "<!doctype html>\n<html lang=\"{{ lang }}\"><head><title>{{ meta.title }}</title></head>\n\
             <body>{% block main %}{% endblock main %}</body></html>\n",
        ),
        (
            "templates/page.html",
            "{% extends \"base.html\" %}\n{% block main %}<h1>{{ meta.title }}</h1>{% endblock main %}\n",
        ),
        (
            "templates/section.html",
            "{% extends \"base.html\" %}\n{% block main %}<h1>{{ meta.title }}</h1>{% endblock main %}\n",
        ),
        ("assets/style.css", "p{color:{}}\n"),
        ("static/x.txt", "x\n"),
        (".gitattributes", "* filter=x\n"),
    ]
}

/// A repository of git.
pub struct Repository {
    pub path: PathBuf,
}

impl Repository {
    /// The address that a user would write.
    pub fn address(&self) -> String {
        self.path.to_str().expect("text").to_owned()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path.join(name);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    pub fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"], b"");
        self.git(&["commit", "--quiet", "--message", message], b"");
        self.git(&["rev-parse", "HEAD"], b"")
    }

    /// Makes a commit of a tree and the head of `main`.
    pub fn commit_tree(&self, tree: &str) {
        let commit = self.git(&["commit-tree", tree, "-m", "x"], b"");
        self.git(&["update-ref", "refs/heads/main", &commit], b"");
    }

    /// Runs git in it and gives what it printed.
    pub fn git(&self, arguments: &[&str], input: &[u8]) -> String {
        let mut child = Command::new("git")
            .args(["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.hooksPath=/dev/null"])
            .args(arguments)
            .current_dir(&self.path)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("git runs");
        child.stdin.take().expect("piped").write_all(input).expect("written");
        let output = child.wait_with_output().expect("ended");
        assert!(output.status.success(), "git {arguments:?}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }
}

/// Copies a folder, if it is there.
pub fn copy(from: &Path, to: &Path) {
    let Ok(entries) = fs::read_dir(from) else { return };
    fs::create_dir_all(to).expect("made");
    for entry in entries {
        let entry = entry.expect("readable");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}
