//! Importing again: the same, changed, edited, removed.

use crate::site::conference;
use std::fs;

const LAMPS: &str = "site/content/events/harbour-2013/talks/lamps.md";
const ROPES: &str = "site/content/events/harbour-2013/talks/ropes.md";

#[test]
fn twice_is_once() {
    let site = conference();
    let first = site.run(&["import", "pyvideo", "../data"]);
    assert_eq!(first.status, 0, "{}", first.stderr);
    assert!(
        first.stdout.starts_with("pyvideo: 3 items: 3 imported, 0 skipped, 0 failed\n"),
        "{}",
        first.stdout
    );
    let files = site.files();
    let second = site.run(&["import", "pyvideo", "../data"]);
    assert!(second.stdout.starts_with("pyvideo: 3 items: 0 imported, 3 unchanged, 0 skipped, 0 failed\n"));
    assert_eq!(site.files(), files);
    assert_eq!(site.run(&["build", "--date", "2026-11-21"]).status, 0);
}

#[test]
fn a_report_is_kept() {
    let site = conference();
    let run = site.run(&["import", "pyvideo", "../data", "--dry-run", "--report", "report.txt"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let text = site.read("site/report.txt");
    assert!(text.contains("+++ ") || text.contains("lamps.md"), "{text}");
    assert!(text.contains("pyvideo: 3 items: 3 imported"), "{text}");
    site.run(&["import", "pyvideo", "../data", "--report", "report.json"]);
    assert_eq!(site.read("site/report.json").lines().count(), 5);
    site.run(&["import", "pyvideo", "../data", "--report", "report.json"]);
    assert_eq!(site.read("site/report.json").lines().count(), 5, "a report gives way to the next");
    let config = site.read("site/ssg.toml");
    let run = site.run(&["import", "pyvideo", "../data", "--report", "ssg.toml"]);
    assert!(run.status == 2 && run.stderr.contains("is no report"), "{}{}", run.status, run.stderr);
    assert_eq!(site.read("site/ssg.toml"), config);
    let run = site.run(&["import", "pyvideo", "../data", "--report", "no/such/folder.txt"]);
    assert!(
        run.status == 4 && run.stderr.contains("cannot write the report"),
        "{}{}",
        run.status,
        run.stderr
    );
}

#[test]
fn what_the_source_owns_is_updated_and_what_a_person_edited_is_kept() {
    let site = conference();
    site.run(&["import", "pyvideo", "../data"]);
    site.write(LAMPS, &site.read(LAMPS).replace("On lamps.", "On lamps, by me."));
    for name in ["lamps", "ropes"] {
        let file = format!("data/harbour-2013/videos/{name}.json");
        site.write(&file, &site.read(&file).replace("Jo Dock", "Al Quay"));
    }
    let before = site.files();
    let dry = site.run(&["import", "pyvideo", "../data", "--dry-run"]);
    assert_eq!(site.files(), before);
    let wanted = "--- content/events/harbour-2013/talks/ropes.md\n\
        +++ content/events/harbour-2013/talks/ropes.md, imported\n\
        @@ -3,3 +3,3 @@\n date = 2013-05-06\n-speakers = [\"Jo Dock\"]\n+speakers = [\"Al Quay\"]\n categories = [\"Puppet\"]\n";
    assert!(dry.stdout.starts_with(wanted), "{}", dry.stdout);
    for _ in 0..2 {
        let run = site.run(&["import", "pyvideo", "../data"]);
        assert_eq!(run.status, 0);
        assert!(
            run.stdout.contains(
                "kept “Lamps” -> content/events/harbour-2013/talks/lamps.md: a person edited it; the source has changed: speakers"
            ),
            "{}",
            run.stdout
        );
        assert!(site.read(LAMPS).contains("On lamps, by me.") && site.read(LAMPS).contains("Jo Dock"));
        assert!(site.read(ROPES).contains("Al Quay"));
    }
}

#[test]
fn what_a_person_removed_stays_away_and_what_is_withheld_goes() {
    let site = conference();
    site.run(&["import", "pyvideo", "../data"]);
    fs::remove_file(site.path(LAMPS)).expect("removed");
    site.write("data/NO_PUBLISH.json", "[10, 3]");
    let run = site.run(&["import", "pyvideo", "../data"]);
    // Both talks have the number 10.
    assert!(run.stdout.contains("2 skipped") || run.stdout.contains("3 skipped"), "{}", run.stdout);
    assert!(!site.path(LAMPS).exists() && !site.path(ROPES).exists());
    assert!(run.stdout.contains("removed “ropes.md”"), "{}", run.stdout);
}

#[test]
fn a_tag_that_is_a_tool_of_the_site_is_a_tool() {
    let site = conference();
    site.write("site/content/tools/pup.md", "+++\ntitle = \"Pup\"\naliases = [\"puppet\"]\n+++\n");
    site.run(&["import", "pyvideo", "../data"]);
    assert!(site.read(ROPES).contains("tools = [\"Puppet\"]"));
}

#[test]
fn the_report_is_there_for_programs() {
    let site = conference();
    let run = site.run(&["import", "pyvideo", "../data", "--format", "json"]);
    let lines: Vec<serde_json::Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["fate"], "imported");
    assert_eq!(lines[0]["file"], "content/events/harbour-2013/talks/lamps.md");
    assert_eq!((&lines[3]["items"], &lines[3]["imported"]), (&3.into(), &3.into()));
}

#[test]
fn a_file_of_a_person_is_never_taken_for_none() {
    let site = conference();
    // No text at all, and yet somebody's.
    fs::create_dir_all(site.path(LAMPS).parent().expect("folder")).expect("made");
    fs::write(site.path(LAMPS), b"\xff\xfe mine").expect("written");
    let run = site.run(&["import", "pyvideo", "../data"]);
    assert!(
        run.stdout.contains("kept “Lamps”") && run.stdout.contains("a person wrote it"),
        "{}",
        run.stdout
    );
    assert_eq!(fs::read(site.path(LAMPS)).expect("read"), b"\xff\xfe mine");
}

/// An export of `WordPress` with one page, `about`, of a blog.
fn export(blog: &str, number: u32, text: &str) -> String {
    format!(
        "<rss><channel><title>{blog}</title><link>https://{blog}.example</link><item><title>About</title>\
         <link>https://{blog}.example/about{number}/</link><content:encoded>{text}</content:encoded>\
         <wp:post_id>{number}</wp:post_id><wp:post_name>about</wp:post_name><wp:post_type>page</wp:post_type>\
         <wp:status>publish</wp:status></item></channel></rss>"
    )
}

#[test]
fn pages_of_one_name_in_several_exports_stay_apart() {
    let site = conference();
    fs::remove_file(site.path("site/ssg.toml")).expect("removed");
    site.write("a.xml", &export("quay", 1, "of the quay"));
    site.write("b.xml", &export("dock", 1, "of the dock"));
    site.write("c.xml", &export("quay", 2, "of the quay, later"));
    let all = ["import", "wordpress", "../a.xml", "../b.xml", "../c.xml"];
    let run = site.run(&all);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stdout.contains("made it of another item: quay.example ssg.toml"), "{}", run.stdout);
    assert!(!run.stdout.contains("gone"), "{}", run.stdout);
    for (name, text) in
        [("about", "of the quay"), ("about-2", "of the dock"), ("about-3", "of the quay, later")]
    {
        let page = site.read(&format!("site/content/{name}.md"));
        assert!(page.ends_with(&format!("\n{text}\n")), "{name}: {page}");
    }
    let files = site.files();
    let run = site.run(&["import", "wordpress", "../c.xml", "../b.xml", "../a.xml"]);
    assert!(run.stdout.contains("1 unchanged"), "{}", run.stdout);
    assert_eq!(site.files(), files, "in another order");
}
