//! What leaves sites that were imported from real sources, with every kind of output switched on: the
//! same clients must read it.

use super::{calendars, files, json, place, schedules, structured};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

const CONFIG: &str = "title = \"Real events\"\nbase_url = \"https://real.example\"\n[outputs]\narchive = true\n\
    api = true\nschedule_json = true\ncalendars = true\ntalk_calendars = true\nspeaker_calendars = true\n\
    tool_calendars = true\n";

/// A site that a source was imported into, built.
fn import(format: &str, source: &str) -> Option<tempfile::TempDir> {
    let source = place::source(source)?;
    let site = tempfile::tempdir().expect("temporary folder");
    std::fs::create_dir(site.path().join("content")).expect("made");
    std::fs::write(site.path().join("ssg.toml"), CONFIG).expect("written");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
            .args(arguments)
            .current_dir(site.path())
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    run(&["import", format, &source.to_string_lossy()]);
    run(&["build", "--date", "2026-11-21"]);
    Some(site)
}

/// Checks all that a built site gives away; gives the types of its structured data, with their number.
fn assert_readable(out: &Path, least_calendars: usize, least_entries: usize) -> BTreeMap<String, usize> {
    calendars::assert_readable(out, "real.example", least_calendars, least_entries, None);
    let schedules = schedules::count_of(out);
    let counts = structured::counts_of(out);
    println!("{schedules} schedules, {counts:?}");
    for path in files(&out.join("api"), ".json") {
        json(&path);
    }
    counts
}

#[test]
fn pyvideo_can_be_read() {
    let Some(site) = import("pyvideo", "pyvideo") else { return };
    let out = site.path().join("public");
    let counts = assert_readable(&out, 110, 110);
    // Every talk with a day has its video.
    assert!(counts["VideoObject"] > 590, "{counts:?}");
}

#[test]
fn devopsdays_can_be_read() {
    let Some(site) = import("devopsdays", "devopsdays-web") else { return };
    let out = site.path().join("public");
    let counts = assert_readable(&out, 40, 30);
    let events = json(&out.join("api/events.json"));
    let events = events["events"].as_array().expect("a list");
    assert!(events.len() >= 3, "{events:?}");
    for event in events {
        let html = std::fs::read_to_string(
            out.join(format!("events/{}/index.html", event["id"].as_str().expect("an id"))),
        );
        assert!(html.expect("readable").contains("\"@type\":\"Event\""), "{event}");
        assert!(event["calendar"].is_string(), "{event}");
    }
    assert!(counts["Event"] > events.len(), "{counts:?}");
}
