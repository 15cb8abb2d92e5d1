//! What is refused, and what goes wrong.

use crate::site::conference;

#[test]
fn a_truncated_file_is_an_error_at_its_line_and_the_rest_is_imported() {
    let site = conference();
    site.write("data/harbour-2013/videos/nets.json", "{\n\"title\": \"Nets\",\n\"speakers\": [");
    let run = site.run(&["import", "pyvideo", "../data"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("harbour-2013/videos/nets.json:3:"), "{}", run.stderr);
    assert!(run.stdout.starts_with("pyvideo: 4 items: 3 imported, 0 skipped, 1 failed"), "{}", run.stdout);
}

#[test]
fn a_damaged_record_stops_the_import() {
    let site = conference();
    site.write("site/.ssg-import.json", "{\"version\": 1, ");
    let before = site.files();
    let run = site.run(&["import", "pyvideo", "../data"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("the record of imports cannot be read"), "{}", run.stderr);
    assert_eq!(site.files(), before);
}

#[test]
fn formats_and_folders_that_are_none() {
    let site = conference();
    let run = site.run(&["import", "pyvidoe", "../data"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("did you mean `pyvideo`?"), "{}", run.stderr);
    assert_eq!(site.run(&["import", "pyvideo", "../nothing"]).status, 2);
    assert_eq!(site.run(&["import", "devopsdays", "../data"]).status, 1);
    // The folder of one conference: its list of what must not be published lies elsewhere.
    assert_eq!(site.run(&["import", "pyvideo", "../data/harbour-2013"]).status, 1);
    let run = site.run(&["import", "pyvideo", "../data", "--only", "harbor-2013"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("did you mean `harbour-2013`?"), "{}", run.stderr);
    assert_eq!(site.files().len(), 2);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_site_or_the_source_are_not_followed() {
    use std::os::unix::fs::symlink;
    let site = conference();
    site.write("outside/secret.json", "{\"title\": \"Secret\", \"recorded\": \"2013-05-06\"}");
    symlink(site.path("outside/secret.json"), site.path("data/harbour-2013/videos/secret.json"))
        .expect("linked");
    symlink(site.path("outside"), site.path("site/content/events")).expect("linked");
    let run = site.run(&["import", "pyvideo", "../data"]);
    assert_eq!(run.status, 3, "{}", run.stderr);
    assert!(!run.stdout.contains("Secret"));
    let outside: Vec<_> = std::fs::read_dir(site.path("outside")).expect("read").collect();
    assert_eq!(outside.len(), 1);
}

#[test]
fn an_import_into_an_event_names_it() {
    let site = conference();
    site.write("data/talks.csv", "Titel,Beginn\nLamps,2027-03-18 09:00\n");
    let import = |more: &[&str]| {
        let arguments: Vec<&str> =
            ["import", "csv", "../data/talks.csv"].iter().chain(more).copied().collect();
        site.run(&arguments)
    };
    for (more, message) in [
        (&[][..], "is of one event, and none is named"),
        (&["--event", "../x"], "is no id of an event"),
        (&["--event", "one", "--timezone", "Mars"], "is no time zone"),
    ] {
        let run = import(more);
        assert_eq!(run.status, 2, "{}", run.stderr);
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
    // Shown before anything is written, and not written where it is a trial.
    let run = import(&["--event", "one", "--dry-run"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.starts_with("talks.csv: 1 rows"), "{}", run.stdout);
    assert!(run.stdout.contains("Beginn -> starts (guessed), such as “2027-03-18 09:00”"), "{}", run.stdout);
    assert_eq!(site.files().len(), 2);
    assert_eq!(site.run(&["import", "videos", "../data/talks.csv", "--event", "one"]).status, 2);
    site.write("site/content/events/one.md", "+++\ntitle = \"One\"\n\n[event]\nstart = 2027-03-18\n+++\n");
    let run = import(&["--event", "one"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("is an event without a folder"), "{}", run.stderr);
    assert_eq!(site.files().len(), 3);
}
