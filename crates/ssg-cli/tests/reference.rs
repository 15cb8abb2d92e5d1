//! The template reference tells the truth: the fields that it names are those of rendered views.

use serde_json::Value;
use ssg_render::reference::{Entry, VARIABLES, VIEWS};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

const FILES: &[(&str, &str)] = &[
    (
        "ssg.toml",
        "title = \"Case\"\nbase_url = \"https://case.example\"\npaginate_by = 1\ntheme.name = \"plain\"\nfeeds.formats = [\"json\"]\n",
    ),
    ("content/about.md", "---\ntitle: About\n---\nText.\n"),
    (
        "content/posts/a.md",
        "---\ntitle: A\ndate: 2016-01-01\ntools: [Chef]\nevents: [2016-ghent]\n---\nText.\n",
    ),
    ("content/posts/b.md", "---\ntitle: B\ndate: 2016-01-02\n---\nText.\n"),
    ("content/tools/puppet.md", "---\ntitle: Puppet\n---\nText.\n"),
    (
        "content/events/2016-ghent/index.md",
        "+++\ntitle = \"Ghent\"\n[event]\nstart = 2016-05-26\n[[event.schedule]]\nstarts = 2016-05-26T09:00:00\n\
         ends = 2016-05-26T10:00:00\nroom = \"A\"\nkind = \"talk\"\ntitle = \"Opening\"\nspeakers = [\"Ann Bell\"]\n+++\nText.\n",
    ),
    ("templates/page.html", "{\"page\": {{ page | json }} }"),
    ("templates/404.html", "{}"),
    ("templates/feed.json", "{\"feed\": {{ feed | json }} }"),
    ("templates/section.html", "{\"section\": {{ section | json }}, \"paginator\": {{ paginator | json }} }"),
    ("templates/term.html", "{\"term\": {{ term | json }} }"),
    ("templates/taxonomy.html", "{\"taxonomy\": {{ taxonomy | json }} }"),
    (
        "templates/event.html",
        "{\"page\": {{ page | json }}, \"days\": {{ schedule(event=page.event.id) | json }}, \"cards\": {{ recent(kind=\"event\") | json }} }",
    ),
];

fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().expect("below the site")).expect("made");
    fs::write(path, text).expect("written");
}

/// A site with the theme of the fixture sites.
fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().expect("temporary folder");
    for (name, text) in FILES {
        write(site.path(), name, text);
    }
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/theme");
    for name in ["theme.toml", "templates/base.html", "templates/page.html", "templates/section.html"] {
        let text = fs::read_to_string(theme.join(name)).expect("the theme is there");
        write(site.path(), &format!("themes/plain/{name}"), &text);
    }
    site
}

/// What a build says.
fn build(site: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(["build", "--date", "2026-11-21"])
        .current_dir(site)
        .output()
        .expect("the program runs");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().expect("a table").keys().map(String::as_str).collect()
}

/// The fields that the reference gives these views.
fn documented(names: &[&str]) -> BTreeSet<&'static str> {
    let views = VIEWS.iter().filter(|view| names.contains(&view.name));
    views.flat_map(|view| view.fields).flat_map(Entry::names).collect()
}

#[test]
fn views_have_the_fields_that_the_reference_names() {
    let site = site();
    let said = build(site.path());
    let read = |file: &str| -> Value {
        let text = fs::read_to_string(site.path().join("public").join(file))
            .unwrap_or_else(|_| panic!("{file} was not written: {said}"));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}\n{text}"))
    };
    let (page, event) = (read("about/index.html"), read("events/2016-ghent/index.html"));
    let talk = read("events/2016-ghent/talks/opening/index.html");
    let (section, taxonomy) = (read("posts/index.html"), read("tools/index.html"));
    let (term, own_term) = (read("tools/chef/index.html"), read("tools/puppet/index.html"));
    let day = &event["days"][0];
    let feed = read("feed.json");
    for (names, view) in [
        (&["card"][..], &section["section"]["pages"][0]),
        (&["card"], &event["cards"][0]),
        (&["card", "page"], &page["page"]),
        (&["event-reference"], &event["cards"][0]["event"]),
        (&["event-reference", "own-event"], &event["page"]["event"]),
        (&["talk"], &talk["page"]["talk"]),
        (&["section"], &section["section"]),
        (&["paginator"], &section["paginator"]),
        (&["term"], &term["term"]),
        (&["term", "card", "page"], &own_term["term"]),
        (&["taxonomy"], &taxonomy["taxonomy"]),
        (&["day"], day),
        (&["slot"], &day["slots"][0]),
        (&["feed"], &feed["feed"]),
        (&["feed-entry"], &feed["feed"]["entries"][0]),
    ] {
        assert_eq!(documented(names), keys(view), "{names:?}");
    }
}

#[test]
fn templates_have_the_variables_that_the_reference_names() {
    let site = site();
    let mut all = BTreeSet::new();
    for name in ["page.html", "section.html", "term.html", "taxonomy.html", "feed.json"] {
        write(site.path(), &format!("templates/{name}"), "{{ nope }}");
        let said = build(site.path());
        let list =
            said.split("Available variables: ").nth(1).and_then(|rest| rest.lines().next()).expect("listed");
        all.extend(list.split(", ").map(str::to_owned));
        write(site.path(), &format!("templates/{name}"), "{}");
    }
    let named: BTreeSet<String> = VARIABLES.iter().flat_map(Entry::names).map(str::to_owned).collect();
    assert_eq!(named, all);
}
