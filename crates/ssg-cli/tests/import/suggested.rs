//! What imported texts name, put into their headers: once, and nothing else of the files changes.

use crate::place::source;
use crate::site::{Site, conference};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The importers of the corpus's sites, with their folders.
const SITES: &[(&str, &str)] = &[
    ("devopsdays", "devopsdays-web"),
    ("jekyll", "theforeman-jekyll"),
    ("jekyll", "artsy-jekyll"),
    ("hugo", "ado-hugo"),
    ("hugo", "fluxcd-hugo"),
    ("zola", "rust-blog-zola"),
];

/// What stands behind the header of a file.
fn body(text: &str) -> &str {
    for mark in ["+++", "---"] {
        let Some(rest) = text.strip_prefix(mark) else { continue };
        if let Some(end) = rest.find(&format!("\n{mark}")) {
            return &rest[end + 1 + mark.len()..];
        }
    }
    text
}

/// The lines of a header that are remarks.
fn remarks(text: &str) -> Vec<&str> {
    let header = &text[..text.len() - body(text).len()];
    header.lines().map(str::trim).filter(|line| line.starts_with('#')).collect()
}

fn assert_headers_only(before: &BTreeMap<PathBuf, Vec<u8>>, after: &BTreeMap<PathBuf, Vec<u8>>) -> usize {
    assert!(before.keys().eq(after.keys()), "no file comes or goes");
    let mut changed = 0;
    for (path, old) in before.iter().filter(|(path, old)| after[*path] != **old) {
        let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(&after[path]));
        assert_eq!(body(&old), body(&new), "{}", path.display());
        assert_eq!(remarks(&old), remarks(&new), "{}", path.display());
        for line in old.lines().filter(|line| !line.trim_end().ends_with(']') && !line.trim().is_empty()) {
            assert!(new.lines().any(|one| one == line), "{}: {line}", path.display());
        }
        changed += 1;
    }
    changed
}

/// Every file of posts and talks can still be read: a build says nothing of its header.
fn assert_read(site: &Site) {
    let run = site.run(&["check", "--drafts", "--future"]);
    assert_ne!(run.status, 2, "{}", run.stderr);
    for code in ["[yaml]", "[toml]", "front-matter"] {
        assert!(!run.stderr.contains(code), "{}", run.stderr);
    }
}

/// Importers write TOML: every other header of one line a key becomes one in YAML, with remarks.
fn in_yaml(site: &Site) -> usize {
    let mut count = 0;
    let posts: Vec<PathBuf> = site.files().into_keys().filter(|path| is_post(path)).collect();
    for path in posts.iter().step_by(2) {
        let text = std::fs::read_to_string(path).expect("a post");
        let Some((header, rest)) = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"))
        else {
            continue;
        };
        let lines = header.lines().map(|line| {
            let (key, value) = line.split_once(" = ")?;
            let is_plain = !key.contains(['.', '[', '"']) && !value.contains(['\'', '\\', '{']);
            let is_whole = value.starts_with('"') == value.ends_with('"')
                && value.starts_with('[') == value.ends_with(']');
            (is_plain && is_whole && !value.contains(" #")).then(|| format!("{key}: {value} # of {key}\n"))
        });
        let Some(lines) = lines.collect::<Option<Vec<String>>>() else { continue };
        let yaml: String = lines.concat();
        std::fs::write(path, format!("---\n# a remark\n{yaml}---\n{rest}")).expect("written");
        count += 1;
    }
    count
}

fn is_post(path: &Path) -> bool {
    let text = path.to_string_lossy();
    text.contains("/content/posts/") && text.ends_with(".md")
}

#[test]
fn headers_of_the_corpus_are_written_once() {
    let mut in_yaml_at_all = 0;
    for (format, folder) in SITES {
        let Some(source) = source(folder) else { return };
        let site = Site::new();
        let run = site.run(&["import", format, &source.to_string_lossy()]);
        assert_eq!(run.status, 0, "{}", run.stdout);
        let yaml = in_yaml(&site);
        let before = site.files();
        let write = ["suggest", "--all", "--write", "--min", "0.9", "--format", "json"];
        let run = site.run(&write);
        assert_eq!(run.status, 0, "{folder}: {}", run.stderr);
        let once = site.files();
        let changed = assert_headers_only(&before, &once);
        let again = site.run(&write);
        assert_eq!((again.status, again.stdout.as_str()), (0, ""), "{folder}: {}", again.stderr);
        assert_eq!(site.files(), once, "{folder}");
        assert_read(&site);
        println!("{folder}: {changed} of {} files, {yaml} in YAML", before.len());
        assert!(changed > 0, "{folder}");
        in_yaml_at_all += yaml;
    }
    assert!(in_yaml_at_all > 60);
}

#[test]
fn an_import_that_is_asked_to_fills_headers_once() {
    let site = conference();
    site.write(
        "site/content/posts/mine.md",
        "+++\ntitle = \"Mine\"\ndate = 2020-01-01\n+++\n\nBo Ray gave a talk on Docker and Kubernetes.\n",
    );
    site.write("text/recap.txt", RECAP);
    let import = ["import", "text", "../text/recap.txt", "--author", "Ann", "--date", "2016-06-02"];
    let plain = site.run(&import);
    assert_eq!(plain.status, 0, "{}", plain.stderr);
    assert!(!plain.stdout.contains("suggested"));
    let written = site.files().into_keys().find(|path| path.to_string_lossy().contains("recap"));
    let written = written.expect("a post");
    std::fs::remove_file(&written).expect("removed");
    std::fs::remove_file(site.path("site/.ssg-import.json")).expect("removed");
    let with = [&import[..], &["--suggest"]].concat();
    let run = site.run(&with);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let text = std::fs::read_to_string(&written).unwrap_or_default();
    assert!(run.stdout.contains("suggested for 1 file: 2 tools, 1 speaker"), "{}\n{text}", run.stdout);
    assert!(text.contains("\"Docker\"") && text.contains("Bridget Kromhout"), "{text}");
    assert!(
        !site.read("site/content/posts/mine.md").contains("tools"),
        "what was there before is left alone"
    );
    let files = site.files();
    let again = site.run(&with);
    assert_eq!(again.status, 0, "{}", again.stderr);
    assert!(again.stdout.contains("suggested for 0 files"), "{}", again.stdout);
    assert_eq!(site.files(), files, "run again changes nothing");
}

/// A post as somebody pastes it.
const RECAP: &str = "Recap of DevOpsDays Quay\n\nThe talks were good. Bridget Kromhout gave a keynote on Docker and Kubernetes. We use Docker and Kubernetes, too: in Kubernetes all containers of Docker restart by themselves.\n";
