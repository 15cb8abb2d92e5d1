//! Programmes and lists of our own: what is imported is what `fixtures/expected` has. `SSG_ACCEPT=1` writes it anew.

use crate::site::Site;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/fixtures")
}

/// Imports files one after another, and compares the report and all content with what is expected.
fn assert_imported(name: &str, imports: &[(&str, &str, i32)], more: &[&str]) {
    let site = Site::new();
    site.write(
        "site/ssg.toml",
        "title = \"Harbour\"\nbase_url = \"https://example.org/\"\ntheme = \"runbook\"\n",
    );
    let mut made: BTreeMap<String, String> = BTreeMap::new();
    let mut told = String::new();
    for (format, file, status) in imports {
        let path = folder().join(file);
        let path = path.to_string_lossy();
        let arguments: Vec<&str> = ["import", *format, &path, "--event", "one", "-v"]
            .into_iter()
            .chain(more.iter().copied())
            .collect();
        let run = site.run(&arguments);
        assert_eq!(run.status, *status, "{}{}", run.stdout, run.stderr);
        told.push_str(&run.stdout);
        told.push_str(&run.stderr);
        let files = site.files();
        assert_eq!(site.run(&arguments).status, *status);
        assert_eq!(site.files(), files, "importing twice is importing once");
    }
    made.insert("report.txt".to_owned(), told);
    let root = site.path("site/content");
    for (path, bytes) in site.files() {
        if let Ok(below) = path.strip_prefix(&root) {
            let text = String::from_utf8(bytes).expect("text");
            assert!(!text.contains("ops.example"), "{}: {text}", below.display());
            made.insert(below.to_string_lossy().replace('\\', "/"), text);
        }
    }
    made.remove("_index.md");
    let build = site.run(&["build", "--date", "2026-11-21"]);
    assert_eq!(build.status, 0, "{}", build.stderr);
    let expected = folder().join("expected").join(name);
    if std::env::var_os("SSG_ACCEPT").is_some() {
        let _ = fs::remove_dir_all(&expected);
        for (file, text) in &made {
            let path = expected.join(file);
            fs::create_dir_all(path.parent().expect("below the folder")).expect("made");
            fs::write(path, text).expect("written");
        }
        return;
    }
    let mut wanted = BTreeMap::new();
    collect(&expected, "", &mut wanted);
    assert_eq!(made.keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
    for (file, text) in &made {
        assert_eq!(Some(text), wanted.get(file), "{name}/{file}");
    }
}

fn collect(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("`SSG_ACCEPT=1` makes it") {
        let path = entry.expect("listed").path();
        let name = format!("{below}{}", path.file_name().expect("named").to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(&path).expect("text"));
        }
    }
}

#[test]
fn pretalx_with_recordings_and_slides() {
    let imports =
        [("pretalx", "pretalx.json", 0), ("videos", "playlist.json", 1), ("slides", "slides.csv", 0)];
    assert_imported("pretalx", &imports, &[]);
}

#[test]
fn frab() {
    assert_imported("frab", &[("frab", "frab.json", 1)], &[]);
}

#[test]
fn sessionize() {
    assert_imported("sessionize", &[("sessionize", "sessionize.json", 0)], &["--timezone", "Europe/Vienna"]);
}

#[test]
fn csv() {
    assert_imported("csv", &[("csv", "programme.csv", 0)], &["--timezone", "Europe/Brussels"]);
}

#[test]
fn ics() {
    assert_imported("ics", &[("ics", "programme.ics", 0)], &["--timezone", "Europe/Brussels"]);
}

/// Every slot of the schedule of the event `one`: when, how long, where, what and who.
fn slots(site: &Site) -> Vec<String> {
    let value: serde_json::Value =
        serde_json::from_str(&site.read("site/public/events/one/schedule.json")).expect("JSON");
    let mut slots = Vec::new();
    for day in value["schedule"]["conference"]["days"].as_array().expect("days") {
        for session in day["rooms"]
            .as_object()
            .expect("rooms")
            .values()
            .flat_map(|room| room.as_array().expect("a room"))
        {
            let people = session["persons"]
                .as_array()
                .expect("people")
                .iter()
                .map(|one| one["public_name"].to_string());
            let people: Vec<String> = people.collect();
            let fields =
                ["date", "duration", "room", "title", "type", "language"].map(|key| session[key].to_string());
            slots.push(format!("{} {}", fields.join(" "), people.join(" ")));
        }
    }
    slots.sort();
    slots
}

fn with_schedule() -> Site {
    let site = Site::new();
    let config = "title = \"Harbour\"\nbase_url = \"https://example.org/\"\ntheme = \"runbook\"\n[outputs]\nschedule_json = true\n";
    site.write("site/ssg.toml", config);
    site
}

#[test]
fn what_this_program_writes_is_read() {
    for (format, file) in [("pretalx", "pretalx.json"), ("sessionize", "sessionize.json")] {
        let first = with_schedule();
        let path = folder().join(file).to_string_lossy().into_owned();
        let zone = ["--timezone", "Europe/Brussels"];
        first.run(&["import", format, &path, "--event", "one", zone[0], zone[1]]);
        assert_eq!(first.run(&["build", "--date", "2026-11-21"]).status, 0);
        let wanted = slots(&first);
        assert!(!wanted.is_empty());
        for (format, output) in [
            ("frab", "schedule.json"),
            ("frab", "schedule.xml"),
            ("pretalx", "schedule.xml"),
            ("ics", "calendar.ics"),
        ] {
            let second = with_schedule();
            let written = first.read(&format!("site/public/events/one/{output}"));
            second.write("source", &written);
            let run = second.run(&["import", format, "../source", "--event", "one"]);
            assert_eq!(run.status, 0, "{}{}", run.stdout, run.stderr);
            assert_eq!(second.run(&["build", "--date", "2026-11-21"]).status, 0);
            let given = slots(&second);
            if format == "ics" {
                // Calendars do not tell the kind, the language, and where what is for all is.
                let plain = |slots: &[String]| -> Vec<String> {
                    slots.iter().filter_map(|slot| Some(slot.split(' ').next()?.to_owned())).collect()
                };
                assert!(
                    plain(&given).iter().all(|at| plain(&wanted).contains(at)),
                    "{given:#?}\n{wanted:#?}"
                );
                continue;
            }
            assert_eq!(given, wanted, "{output} of {file} as {format}");
        }
    }
}
