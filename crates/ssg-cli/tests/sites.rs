//! Fixture sites: every folder of `tests/sites` is a case.
//!
//! `site/` is the input, with `tests/theme` as its theme `plain`. `command` holds the arguments
//! (`build --date 2026-11-21` without it), `status` the exit status (0 without it),
//! `diagnostics.txt` what standard error shows, `stdout.txt` what standard output shows,
//! `outputs.txt` the names of the files written, and `expected/` some of those files; none of the
//! texts in `absent.txt`, one a line, may stand in a file or in its name.
//! `SSG_ACCEPT=1` rewrites all of these; `SSG_TEST_ONLY=prefix` takes the cases with that prefix.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn from_environment(name: &str, usual: &str) -> PathBuf {
    std::env::var_os(name).map_or_else(|| PathBuf::from(usual), PathBuf::from)
}

#[test]
fn fixture_sites() {
    let sites = from_environment("SSG_TEST_SITES", concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/sites"));
    let program = from_environment("SSG_TEST_BIN", env!("CARGO_BIN_EXE_ssg"));
    let only = std::env::var("SSG_TEST_ONLY").unwrap_or_default();
    let accept = std::env::var_os("SSG_ACCEPT").is_some();
    let mut cases: Vec<PathBuf> = fs::read_dir(&sites)
        .expect("tests/sites exists")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&only)))
        .collect();
    cases.sort();
    assert!(!cases.is_empty(), "no cases in {}", sites.display());
    let mut failures = Vec::new();
    for case in &cases {
        let run = run(&program, &sites, case);
        if accept {
            run.accept(case);
        }
        failures.extend(run.compare(case));
        failures.extend(run.repeat(&program, case));
    }
    assert!(failures.is_empty(), "{} of {} cases:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

struct Run {
    status: i32,
    stderr: String,
    stdout: String,
    /// Files written, with their bytes.
    outputs: Vec<(String, Vec<u8>)>,
    arguments: String,
    folder: tempfile::TempDir,
}

fn run(program: &Path, sites: &Path, case: &Path) -> Run {
    let folder = tempfile::tempdir().expect("temporary folder");
    let root = folder.path().join("site");
    copy(&case.join("site"), &root);
    copy(&sites.join("../theme"), &root.join("themes/plain"));
    let arguments =
        fs::read_to_string(case.join("command")).unwrap_or_else(|_| "build --date 2026-11-21".to_owned());
    run_in(program, folder, arguments)
}

fn run_in(program: &Path, folder: tempfile::TempDir, arguments: String) -> Run {
    let root = folder.path().join("site");
    let output = Command::new(program)
        .args(arguments.split_whitespace())
        .current_dir(&root)
        .env_clear()
        .env("HOME", folder.path())
        .output()
        .expect("the program runs");
    let clean = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).replace(&*root.to_string_lossy(), "[site]");
        without_seconds(&text)
    };
    let mut outputs = Vec::new();
    collect(&root.join("public"), "", &mut outputs);
    outputs.retain(|(name, _)| !name.starts_with(".ssg-"));
    outputs.sort();
    Run {
        status: output.status.code().unwrap_or(-1),
        stderr: clean(&output.stderr),
        stdout: clean(&output.stdout),
        outputs,
        arguments,
        folder,
    }
}

/// Times vary: ` in 0.12 s:` becomes ` in some time:`.
fn without_seconds(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = match (line.find(" in "), line.find(" s: ")) {
            (Some(from), Some(to)) if line.starts_with("built ") && from < to => {
                format!("{} in some time{}", &line[..from], &line[to + 2..])
            }
            _ => line.trim_end().to_owned(),
        };
        lines.push(line);
    }
    let text = lines.join("\n");
    if text.is_empty() { text } else { format!("{}\n", text.trim_end()) }
}

impl Run {
    fn names(&self) -> String {
        self.outputs.iter().map(|(name, _)| format!("{name}\n")).collect()
    }

    fn compare(&self, case: &Path) -> Vec<String> {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let read = |file: &str| fs::read_to_string(case.join(file)).unwrap_or_default();
        let mut failures = Vec::new();
        let mut differ = |what: &str, expected: &str, got: &str| {
            if expected != got {
                failures.push(format!("--- {name}: {what}\nexpected:\n{expected}\ngot:\n{got}"));
            }
        };
        let status = read("status");
        let status = if status.is_empty() { "0" } else { status.trim() };
        differ("status", status, &self.status.to_string());
        differ("diagnostics.txt", &read("diagnostics.txt"), &self.stderr);
        if case.join("stdout.txt").exists() || !self.stdout.is_empty() {
            differ("stdout.txt", &read("stdout.txt"), &self.stdout);
        }
        if case.join("outputs.txt").exists() {
            differ("outputs.txt", &read("outputs.txt"), &self.names());
        }
        let mut expected = Vec::new();
        collect(&case.join("expected"), "", &mut expected);
        for (file, bytes) in expected {
            let got = self.outputs.iter().find(|(name, _)| *name == file).map(|(_, bytes)| bytes.as_slice());
            let got = got.map_or_else(|| "(not written)".into(), String::from_utf8_lossy);
            differ(&file, &String::from_utf8_lossy(&bytes), &got);
        }
        let (absent, names) = (read("absent.txt"), self.names());
        for text in absent.lines() {
            let has = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(text);
            for (file, _) in self.outputs.iter().filter(|(file, bytes)| has(file.as_bytes()) || has(bytes)) {
                failures.push(format!("--- {name}: `{text}` stands in {file}"));
            }
            assert!(!names.is_empty(), "{name}: nothing was written");
        }
        failures
    }

    /// Builds once more, from the cache that the first run left: the same files and the same
    /// diagnostics must come of it, and no output may be rendered that had nothing wrong with it.
    fn repeat(self, program: &Path, case: &Path) -> Vec<String> {
        if !self.arguments.starts_with("build") && !self.arguments.starts_with("check") {
            return Vec::new();
        }
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let said = |text: &str| -> String {
            text.lines().filter(|line| !line.starts_with("built ")).map(|line| format!("{line}\n")).collect()
        };
        let first = (self.status, said(&self.stderr), said(&self.stdout), self.outputs);
        let second = run_in(program, self.folder, self.arguments);
        let mut failures = Vec::new();
        let idle =
            second.stderr.lines().all(|line| !line.starts_with("built ") || line.contains(": 0 rendered,"));
        if !idle && !second.stderr.contains("left out: ") {
            failures.push(format!("--- {name}: built again\n{}", second.stderr));
        }
        if first != (second.status, said(&second.stderr), said(&second.stdout), second.outputs) {
            failures.push(format!("--- {name}: another result when built again\n{}", second.stderr));
        }
        failures
    }

    fn accept(&self, case: &Path) {
        let write = |file: &str, text: &str| {
            let path = case.join(file);
            if text.is_empty() && file != "outputs.txt" {
                let _ = fs::remove_file(path);
            } else {
                fs::write(path, text).expect("written");
            }
        };
        write("status", &if self.status == 0 { String::new() } else { format!("{}\n", self.status) });
        write("diagnostics.txt", &self.stderr);
        write("stdout.txt", &self.stdout);
        write("outputs.txt", &self.names());
        let mut expected = Vec::new();
        collect(&case.join("expected"), "", &mut expected);
        let wanted: BTreeSet<String> = expected.into_iter().map(|(name, _)| name).collect();
        for (name, bytes) in self.outputs.iter().filter(|(name, _)| wanted.contains(name)) {
            fs::write(case.join("expected").join(name), bytes).expect("written");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    let Ok(entries) = fs::read_dir(from) else { return };
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

fn collect(dir: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) {
    let Ok(entries) = fs::read_dir(dir) else { return };
    for entry in entries {
        let entry = entry.expect("readable");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push((name, fs::read(entry.path()).expect("readable")));
        }
    }
}
