use super::*;
use crate::{Fate, FolderOptions};
use ssg_source::MemoryInputs;

fn inputs(files: &[(&str, &str)]) -> MemoryInputs {
    let mut inputs = MemoryInputs::new(jiff::Timestamp::UNIX_EPOCH);
    for (name, text) in files {
        inputs.write(SitePath::new(name).expect("valid"), text);
    }
    inputs
}

fn import(files: &[(&str, &str)]) -> (Import, Diagnostics) {
    let mut found = Diagnostics::new();
    let options = FolderOptions { tools: vec!["Nagios".to_owned()], ..FolderOptions::default() };
    (import_pyvideo(&inputs(files), &options, &mut found), found)
}

fn text<'i>(import: &'i Import, path: &str) -> &'i str {
    let file = import.files.iter().find(|file| file.path.as_str() == path);
    std::str::from_utf8(&file.unwrap_or_else(|| panic!("no {path} in {:?}", import.report)).bytes)
        .expect("text")
}

const CATEGORY: (&str, &str) =
    ("harbour-2013/category.json", r#"{"title": "Harbour Ops 2013", "description": "By the sea."}"#);

#[test]
fn a_talk_has_all_that_its_file_says() {
    let talk = r#"{"alias": "video/7/lamps", "category": "Harbour Ops 2013", "copyright_text": "CC BY", "description": "On <lamps>.",
        "duration": 90, "id": 7, "language": "eng", "quality_notes": "", "recorded": "2013-05-06", "slug": "lamps",
        "speakers": ["Jo Dock and Al Quay", "TBA"], "summary": "Short.", "tags": ["nagios", "light"], "thumbnail_url": "https://example.org/t.jpg",
        "title": "Lamps", "videos": [{"type": "mp4", "url": "https://example.org/x.mp4"}, {"type": "youtube", "url": "https://www.youtube.com/watch?v=abc"}],
        "related_urls": ["https://speakerdeck.com/x/y", {"label": "Site [of] it", "url": "https://example.org/"}], "mood": "good"}"#;
    let (import, found) = import(&[CATEGORY, ("harbour-2013/videos/lamps.json", talk)]);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        text(&import, "content/events/harbour-2013/talks/lamps.md"),
        r#"+++
title = "Lamps"
date = 2013-05-06
speakers = ["Jo Dock", "Al Quay"]
categories = ["light"]
tools = ["nagios"]
excerpt = "Short."
video = "https://www.youtube.com/watch?v=abc"
slides = "https://speakerdeck.com/x/y"
aliases = ["/video/7/lamps/"]

[talk]
language = "en"

[extra]
duration = 90
licence = "CC BY"
thumbnail = "https://example.org/t.jpg"

[extra.import]
source = "pyvideo"
id = 7
+++

On \<lamps>.

- [Video at example.org](<https://example.org/x.mp4>)
- [Site \[of\] it](<https://example.org/>)
"#
    );
    let event = text(&import, "content/events/harbour-2013/index.md");
    assert!(event.contains("start = 2013-05-06\n") && event.ends_with("By the sea.\n"), "{event}");
    assert_eq!(import.report.items(), 2);
    assert_eq!(import.report.outcomes[0].notes.len(), 2);
    assert_eq!(import.report.unplaced["talk: mood"].0, 1);
}

#[test]
fn nulls_and_oddities_are_no_reason_to_leave_a_talk_out() {
    let talk = r#"{"title": null, "recorded": null, "speakers": null, "videos": null, "duration": "x", "related_urls": "ftp://x", "tags": [null, ""], "language": "tlh"}"#;
    let (import, found) = import(&[CATEGORY, ("harbour-2013/videos/a-b.json", talk)]);
    assert!(found.is_empty());
    assert!(text(&import, "content/events/harbour-2013/talks/a-b.md").contains("title = \"a b\""));
    // Without any date there is no event.
    assert_eq!((import.files.len(), import.report.counts().skipped), (1, 1));
}

#[test]
fn what_must_not_be_published_is_left_out_everywhere() {
    let talk = |id: u32, speakers: &str| {
        format!(r#"{{"id": {id}, "title": "T{id}", "recorded": "2013-05-06", "speakers": {speakers}}}"#)
    };
    let (one, two, three) =
        (talk(1, "[\"Jo Dock\"]"), talk(2, "[\"Al Quay\", \"Bo Hull\"]"), talk(3, "[\"al  quay\"]"));
    let files = [
        CATEGORY,
        ("harbour-2013/videos/one.json", one.as_str()),
        ("harbour-2013/videos/two.json", &two),
        ("harbour-2013/videos/three.json", &three),
    ];
    let mut listed = files.to_vec();
    listed.push(("NO_PUBLISH.json", "[1, \"Al Quay\"]"));
    let (import, found) = super::tests::import(&listed);
    assert!(found.is_empty());
    let names: Vec<&str> = import.files.iter().map(|file| file.path.file_name()).collect();
    assert_eq!(names, ["two.md", "index.md"]);
    assert!(!String::from_utf8_lossy(&import.files[0].bytes).contains("Quay"));
    assert_eq!((import.withheld.len(), import.report.counts().skipped), (2, 3));
    // A list that cannot be read: nothing is published by mistake.
    listed.pop();
    listed.push(("NO_PUBLISH.json", "[1, "));
    let (import, found) = super::tests::import(&listed);
    assert_eq!((import.files.len(), found.status(), import.report.counts().failed), (0, 1, 1));
}

#[test]
fn a_truncated_file_fails_alone_at_its_line() {
    let (import, found) = import(&[
        CATEGORY,
        ("harbour-2013/videos/a.json", "{\n\"title\": \"A\",\n\"speakers\": [\"B\""),
        ("harbour-2013/videos/b.json", "{\"title\": \"B\", \"recorded\": \"2013-05-06\"}"),
    ]);
    let problem = found.iter().next().expect("reported");
    assert_eq!(problem.path.as_ref().map(SitePath::as_str), Some("harbour-2013/videos/a.json"));
    assert!(problem.span.is_some());
    assert_eq!((import.files.len(), import.report.counts().failed), (2, 1));
    assert!(import.covers.is_empty());
}

#[test]
fn hostile_names_stay_inside() {
    let deep = "[".repeat(100_000);
    let (import, _) = import(&[
        (
            "..%2f/videos/....json",
            "{\"title\": \"A\", \"recorded\": \"2013-05-06\", \"alias\": \"../../etc\"}",
        ),
        ("a/videos/\u{904b}\u{7dad}.json", "{\"title\": \"+++\\n---\", \"recorded\": \"2013-05-06\"}"),
        ("a/videos/deep.json", &deep),
    ]);
    assert!(import.files.iter().all(|file| file.path.as_str().starts_with("content/events/")));
    assert_eq!(import.report.counts().failed, 1);
    assert!(import.files.iter().all(|file| !String::from_utf8_lossy(&file.bytes).contains("aliases")));
    assert!(import.report.outcomes.iter().all(|one| import.report.fate(one) != Fate::Updated));
}
