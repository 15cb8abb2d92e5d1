//! Real data: every item is a page, or is listed with its reason, and what is written builds.

use crate::place::source;
use crate::site::{Run, Site};

fn import(site: &Site, format: &str, source: &std::path::Path) -> Vec<serde_json::Value> {
    let source = source.to_string_lossy();
    let run = site.run(&["import", format, &source, "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.stdout);
    run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Every item met one fate.
fn assert_accounted(total: &serde_json::Value, items: usize) {
    let fates = ["imported", "updated", "unchanged", "kept", "removed", "skipped", "failed"];
    let sum: u64 = fates.iter().map(|fate| total[*fate].as_u64().expect("a number")).sum();
    assert_eq!((&total["items"], sum), (&items.into(), items as u64), "{total}");
}

/// Everything that must hold of an import and of the site that is built of it.
fn assert_sound(site: &Site, format: &str, source: &std::path::Path) -> Vec<serde_json::Value> {
    let lines = import(site, format, source);
    let (total, items) = lines.split_last().expect("a total");
    assert_accounted(total, items.len());
    assert_eq!(total["failed"], 0);
    for item in items {
        let file = item["file"].as_str();
        let is_page = file.is_some_and(|file| site.path("site").join(file).is_file());
        assert!(is_page || item["reason"].is_string(), "{item}");
    }
    let files = site.files();
    let again = import(site, format, source);
    let total = again.last().expect("a total");
    assert_accounted(total, items.len());
    assert_eq!((&total["imported"], &total["updated"], &total["kept"]), (&0.into(), &0.into(), &0.into()));
    assert_eq!(site.files(), files);
    let Run { status, stderr, .. } = site.run(&["build", "--date", "2026-11-21"]);
    assert_eq!(status, 0, "{stderr}");
    lines
}

#[test]
fn every_talk_of_pyvideo_is_a_page() {
    let Some(source) = source("pyvideo") else { return };
    let site = Site::new();
    let items = assert_sound(&site, "pyvideo", &source);
    let talks = items.iter().filter_map(|item| item["file"].as_str()).filter(|file| file.contains("/talks/"));
    let talks: Vec<&str> = talks.collect();
    assert_eq!(talks.len(), 717);
    for talk in talks {
        let page = talk.strip_prefix("content/").and_then(|talk| talk.strip_suffix(".md")).expect("a talk");
        // A date in a file's name is no part of the path.
        let (folder, name) = page.rsplit_once('/').expect("a folder");
        let dated = name.len() > 11 && name[..10].bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let names = [name, if dated { &name[11..] } else { name }];
        let is_page = |name: &&str| site.path(&format!("site/public/{folder}/{name}/index.html")).is_file();
        assert!(names.iter().any(is_page), "{page}");
    }
    assert!(!site.path("site/public/speakers/various-speakers").exists());
}

#[test]
fn every_file_of_devopsdays_is_a_page_or_has_a_reason() {
    let Some(source) = source("devopsdays-web") else { return };
    let site = Site::new();
    let items = assert_sound(&site, "devopsdays", &source);
    let mut files = Vec::new();
    list(&source, "", &mut files);
    for file in files {
        assert!(items.iter().any(|item| item["item"] == file.as_str()), "{file} is no item");
    }
    for (old, says) in [
        ("events/2018-chicago/program/kris-nova", "/events/2018-chicago/talks/kris-nova/"),
        ("events/2018-chicago/speakers/kris-nova", "/speakers/kris-nova/"),
        ("events/2016-toronto/proposals/keynote", "/events/2016-toronto/talks/keynote/"),
        ("events/2013-austin/location", "Location, DevOpsDays Austin 2013"),
    ] {
        let page = site.read(&format!("site/public/{old}/index.html"));
        assert!(page.contains(says), "{old}");
    }
}

fn list(folder: &std::path::Path, below: &str, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("readable") {
        let path = entry.expect("listed").path();
        let name = format!("{below}{}", path.file_name().expect("named").to_string_lossy());
        if path.is_dir() {
            list(&path, &format!("{name}/"), files);
        } else {
            files.push(name);
        }
    }
}
