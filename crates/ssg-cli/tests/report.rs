//! What `ssg check` prints for other programs, and what it leaves out that is known.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: &str| {
        let path = site.path().join("case").join(name);
        fs::create_dir_all(path.parent().expect("below the site")).expect("made");
        fs::write(path, text).expect("written");
    };
    file("ssg.toml", "title = \"Case\"\nbase_url = \"https://case.example\"\n");
    file("content/posts/a.md", "---\ntitle: A\ndate: 2016-06-01\nevents: [nowhere, elsewhere]\n---\nText.\n");
    site
}

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(["--root", "case", "--color", "never"])
        .args(args)
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", "1800000000")
        .output()
        .expect("it runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn sarif_and_annotations_name_files_from_where_the_command_runs() {
    let site = site();
    let output = run(site.path(), &["check", "--format", "sarif"]);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", text(&output.stderr));
    let log: Value = serde_json::from_slice(&output.stdout).expect("one document");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "case/content/posts/a.md");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&4.into(), &10.into()));
    assert_eq!((results.len(), &results[0]["ruleId"]), (2, &"dangling-event".into()));
    // With errors it is as whole.
    let output = run(site.path(), &["check", "--strict", "--format", "sarif"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(serde_json::from_slice::<Value>(&output.stdout).is_ok());

    let output = run(site.path(), &["build", "--format", "github"]);
    let annotations = text(&output.stdout);
    assert!(
        annotations.starts_with(
            "::warning title=dangling-event,file=case/content/posts/a.md,line=4,endLine=4,col=10,endColumn=17::unknown event `nowhere`%0Ahint: "
        ),
        "{annotations}"
    );
    assert!(text(&output.stderr).contains("unknown event `nowhere`"), "people see it as ever");
    let output = run(site.path(), &["build", "--format", "sarif"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("only `ssg check` prints SARIF"));
}

#[test]
fn what_is_known_is_not_said_again() {
    let site = site();
    let check = |args: &[&str]| {
        run(site.path(), &[&["check", "--strict", "--baseline", "known.json"], args].concat())
    };
    let output = check(&[]);
    assert_eq!(output.status.code(), Some(2), "there is no such file yet");
    assert!(text(&output.stderr).contains("cannot read the known problems in `known.json`"));
    let output = check(&["--write-baseline"]);
    assert_eq!(
        (output.status.code(), text(&output.stderr).contains("2 problems known from known.json")),
        (Some(0), true)
    );
    let written = fs::read_to_string(site.path().join("known.json")).expect("written");
    assert_eq!(serde_json::from_str::<Value>(&written).expect("JSON").as_array().map(Vec::len), Some(2));
    // Lines move, and what is known is known still; what comes a second time is new.
    let post = site.path().join("case/content/posts/a.md");
    fs::write(&post, "---\ntitle: A\n\ndate: 2016-06-01\nevents: [nowhere, nowhere]\n---\nText.\n")
        .expect("written");
    let output = check(&[]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("1 problem known from known.json, 1 of it no longer there"), "{said}");
    assert_eq!(said.matches("unknown event `nowhere`").count(), 1, "{said}");
    fs::write(&post, "---\ntitle: A\ndate: 2016-06-01\nevents: [elsewhere]\n---\n").expect("written");
    assert_eq!(check(&[]).status.code(), Some(0));
    for wrong in ["{", "[{}]", "[{\"path\":null,\"code\":\"x\",\"message\":\"y\",\"count\":-1}]"] {
        fs::write(site.path().join("known.json"), wrong).expect("written");
        assert_eq!(check(&[]).status.code(), Some(2), "{wrong}");
    }
    for file in ["case/content/posts/a.md", "case/ssg.toml"] {
        let before = fs::read(site.path().join(file)).expect("there");
        let output = run(site.path(), &["check", "--baseline", file, "--write-baseline"]);
        assert_eq!(output.status.code(), Some(2), "{file} is no list of known problems");
        assert_eq!(fs::read(site.path().join(file)).expect("there"), before, "{file}");
    }
}
