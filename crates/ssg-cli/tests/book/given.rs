//! What pages of the book take as given: sources to import, sites to build.
//!
//! Tutorials begin with nothing. A page that shows a command only (`ssg import hugo ../site`) gets here what the
//! command reads, out of a tutorial or of the fixtures of other tests.

use super::blocks;
use std::fs;
use std::path::Path;

/// A site of one event and one post, in the folder where the commands run.
const SITE: &[(&str, &str)] = &[
    ("ssg.toml", "base_url = \"https://hallway.example/\"\ntitle = \"Notes from the hallway\"\n"),
    (
        "content/events/2027-quay/index.md",
        "+++\ntitle = \"Quay Ops 2027\"\n[event]\nstart = 2027-05-28\ntimezone = \"Europe/Brussels\"\n+++\nOne day.\n",
    ),
    (
        "content/posts/2027-05-30-quay.md",
        "+++\ntitle = \"A day at the quay\"\nevents = [\"2027-quay\"]\nspeakers = [\"Ada Lo\"]\n+++\nAda Lo spoke.\n",
    ),
    ("content/speakers/ada-lo.md", "+++\ntitle = \"Ada Lo\"\n+++\nAda keeps the lamps.\n"),
];

/// A text as somebody pasted it.
const NOTES: &str = "DevOpsDays Toronto\n\n>> Thursday, June 02, 2016\n\nOne stage, eight talks, and an open space each afternoon.\n";

/// Columns in German, as in the page about tables.
const TABLE: &str = "Datum;Beginn;Titel;E-Mail\n28.05.2027;09:00;Knots;a@example.org\n";

/// A theme of Zola's.
const ZOLA_THEME: &[(&str, &str)] = &[
    ("theme.toml", "name = \"after-dark\"\nlicense = \"MIT\"\nmin_version = \"0.11\"\n"),
    (
        "templates/index.html",
        "<!doctype html><html lang=\"en\"><head><title>{{ config.title }}</title></head><body><main><h1>{{ config.title }}</h1>{% block content %}{% endblock content %}</main></body></html>\n",
    ),
    (
        "templates/page.html",
        "{% extends \"index.html\" %}{% block content %}{{ page.content | safe }}{% endblock content %}\n",
    ),
];

/// The files of a page: path, seen from where its commands run, and text.
pub fn files(page: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    match page {
        "import-jekyll.md" => {
            site(&mut files);
            from_tutorial(&mut files, "moving-in.md", "jekyll/", "../blog/");
        }
        "importing.md" => {
            from_tutorial(&mut files, "community-site.md", "export/", "../devopsdays-web/");
            from_tutorial(&mut files, "moving-in.md", "jekyll/", "../old-blog/");
            site(&mut files);
        }
        "import-hugo.md" => from_tutorial(&mut files, "moving-in.md", "hugo/", "../site/"),
        "import-zola.md" => from_tutorial(&mut files, "moving-in.md", "zola/", "../site/"),
        "import-wordpress.md" => {
            from_tutorial(&mut files, "moving-in.md", "export.xml", "export.xml");
            put(&mut files, "old-server/wp-content/uploads/2016/06/empty.txt", "");
        }
        "import-blogger.md" => {
            from_tutorial(&mut files, "moving-in.md", "blogger.xml", "blog-06-20-2016.xml");
            from_tutorial(&mut files, "moving-in.md", "blogger.xml", "Takeout/Blogger/Blogs/Quay/feed.atom");
            put(&mut files, "Takeout/Blogger/Albums/empty.txt", "");
        }
        "import-devopsdays.md" => {
            site(&mut files);
            from_tutorial(&mut files, "community-site.md", "export/", "../devopsdays-web/");
            let event =
                "name: \"2018-chicago\"\ncity: \"Chicago\"\nstartdate: 2018-08-28\nenddate: 2018-08-29\n";
            put(&mut files, "../devopsdays-web/data/events/2018/chicago/main.yml", event);
        }
        "import-pyvideo.md" => {
            site(&mut files);
            let videos = "../pyvideo-data/europython-2012";
            put(&mut files, "../pyvideo-data/NO_PUBLISH.json", "[]\n");
            put(&mut files, &format!("{videos}/category.json"), "{\"title\": \"EuroPython 2012\"}\n");
            let video = "{\"title\": \"Lamps\", \"recorded\": \"2012-07-02\", \"speakers\": [\"Ada Lo\"], \"videos\": [{\"type\": \"youtube\", \"url\": \"https://www.youtube.com/watch?v=abcdefghijk\"}]}\n";
            put(&mut files, &format!("{videos}/videos/lamps.json"), video);
        }
        "import-programme.md" => {
            site(&mut files);
            fixture(&mut files, "pretalx.json", "schedule.json");
            put(&mut files, "talks.csv", TABLE);
        }
        "import-videos.md" => {
            site(&mut files);
            let talk = "+++\ntitle = \"What the harbour taught us\"\nspeakers = [\"Ada Lo\"]\n+++\n";
            put(&mut files, "content/events/2027-quay/talks/what-the-harbour-taught-us.md", talk);
            put(
                &mut files,
                "playlist.json",
                "{\"title\": \"Quay Ops 2027\", \"entries\": [{\"id\": \"a\", \"url\": \"https://videos.example/watch?v=lampsvideo1\", \"title\": \"Ada Lo: What the harbour taught us | Quay 2027\"}]}\n",
            );
            put(
                &mut files,
                "slides.csv",
                "Title;Slides\nWhat the harbour taught us;https://slides.example/harbour.pdf\n",
            );
        }
        "import-text.md" => {
            site(&mut files);
            put(&mut files, "notes.txt", NOTES);
        }
        "theme-commands.md" => {
            site(&mut files);
            for (name, text) in ZOLA_THEME {
                put(&mut files, &format!("../after-dark/{name}"), text);
            }
        }
        "diagnostics.md" => {
            site(&mut files);
            put(&mut files, "content/about.md", "---\ntitle: About\ncolour: green\n---\nText.\n");
        }
        "check.md" | "incremental.md" | "shared-cache.md" | "editors.md" => site(&mut files),
        _ => {}
    }
    files
}

fn put(files: &mut Vec<(String, String)>, path: &str, text: &str) {
    files.push((path.to_owned(), text.to_owned()));
}

fn site(files: &mut Vec<(String, String)>) {
    for (name, text) in SITE {
        put(files, name, text);
    }
}

/// The files below a folder, or the one file, that a tutorial has its readers write.
fn from_tutorial(files: &mut Vec<(String, String)>, page: &str, folder: &str, to: &str) {
    let all = blocks::pages();
    let page = all.iter().find(|one| one.name == page).expect("the tutorial is there");
    let before = files.len();
    for block in blocks::blocks(page) {
        if let Some(inside) = block.attribute("file").and_then(|name| name.strip_prefix(folder)) {
            put(files, &format!("{to}{inside}"), &block.text);
        }
    }
    assert!(files.len() > before, "{} has no files below {folder}", page.name);
}

/// A file of the tests of importers.
fn fixture(files: &mut Vec<(String, String)>, name: &str, to: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/fixtures").join(name);
    put(files, to, &fs::read_to_string(path).expect("the fixture is there"));
}
