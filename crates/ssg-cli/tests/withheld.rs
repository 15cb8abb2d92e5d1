//! What is not published shows in no output: neither in a text, nor as a file, nor in a name.

#[path = "shared/random.rs"]
mod random;
#[path = "shared/random_withheld.rs"]
mod random_withheld;
#[path = "shared/small_site.rs"]
mod small_site;

use small_site::small_site;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const CONFIG: &str = "title = \"Case\"\nbase_url = \"https://case.example\"\n[outputs]\napi = true\nsearch = true\nspeaker_calendars = \
                      true\ntool_calendars = true\nredirects = true\n[hosting]\nheaders = true\n[languages.de]\ntitle = \
                      \"D\"\n[feeds]\nformats = [\"atom\", \"rss\", \"json\"]\ncontent = \"full\"\n";
/// All outputs that name pages.
const CONFIG_OF_ALL: &str = "title = \"Case\"\nbase_url = \"https://case.example\"\ntheme = \"runbook\"\n[outputs]\napi = \
                             true\nsearch = true\nmarkdown = true\nschedule_json = true\ntalk_calendars = true\nspeaker_calendars = \
                             true\ntool_calendars = true\n[hosting]\nheaders = true\n[languages.de]\ntitle = \"D\"\n[feeds]\n\
                             formats = [\"atom\", \"rss\", \"json\"]\n";
/// Why a page is withheld, as a line of its header.
const REASONS: [(&str, &str); 4] = [
    ("a-draft", "draft: true"),
    ("unpublished", "published: false"),
    ("to-come", "publish_at: 2099-01-01"),
    ("expired", "expires: 2001-01-01"),
];

/// A post, an event with its talk, and a page of a speaker, each with files beside it and a translation.
fn files(name: &str, reason: &str) -> Vec<(String, String)> {
    let post = format!(
        "---\ntitle: SECRET post\ndate: 2020-01-01\n{reason}\ntools: [SECRET tool]\nauthors: [SECRET \
         author]\naliases: [/old/SECRET/]\nimage: a.svg\n---\nSECRET ![x](a.svg)\n"
    );
    let event = format!(
        "---\ntitle: SECRET event\n{reason}\nevent:\n  start: 2026-12-24\n  city: SECRET\n  organizers: [{{name: \
         SECRET organizer}}]\n---\nSECRET\n"
    );
    let talk = "---\ntitle: SECRET talk\nspeakers: [SECRET speaker]\ntools: [SECRET thing]\n---\nSECRET\n";
    let speaker = format!("---\ntitle: SECRET person\n{reason}\naliases: [SECRET name]\n---\nSECRET\n");
    let translation = "---\ntitle: SECRET auf Deutsch\n---\nSECRET\n";
    let dated = "---\ntitle: SECRET mit Datum\ndate: 2019-01-01\n---\nSECRET\n";
    let plain = format!("---\ntitle: SECRET plain\ndate: 2020-01-01\n{reason}\n---\nSECRET\n");
    [
        (format!("content/posts/{name}/index.md"), post.as_str()),
        (format!("content/posts/{name}/index.de.md"), translation),
        (format!("content/posts/{name}/a.svg"), "<svg>SECRET</svg>"),
        (format!("content/posts/{name}/sub/SECRET.txt"), "SECRET"),
        (format!("content/events/{name}/index.md"), &event),
        (format!("content/events/{name}/index.de.md"), translation),
        (format!("content/events/{name}/talks/t.md"), talk),
        (format!("content/events/{name}/talks/t.de.md"), translation),
        (format!("content/events/{name}/slides.pdf"), "SECRET"),
        (format!("content/speakers/{name}.md"), &speaker),
        (format!("content/posts/p-{name}.md"), &plain),
        (format!("content/posts/p-{name}.de.md"), dated),
        (format!("content/posts/q-{name}.md"), &plain),
        (
            format!("content/posts/german-{name}.de.md"),
            "---\ntitle: SECRET Schlüssel\ntranslation_key: posts/q-NAME\n---\nSECRET\n",
        ),
    ]
    .map(|(path, text)| (path, text.replace("NAME", name)))
    .into()
}

/// Files of an output that say it, or are called so.
fn telling(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        if path.to_string_lossy().to_uppercase().contains("SECRET") {
            found.push(path.display().to_string());
        }
        if path.is_dir() {
            telling(&path, found);
        } else if String::from_utf8_lossy(&fs::read(&path).expect("readable"))
            .to_uppercase()
            .contains("SECRET")
        {
            found.push(path.display().to_string());
        }
    }
}

#[test]
fn what_is_withheld_shows_nowhere() {
    for (name, reason) in REASONS {
        let all = files(name, reason);
        let mut given: Vec<(&str, &str)> =
            all.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        given.push(("ssg.toml", CONFIG));
        given.push(("content/posts/open.md", "---\ntitle: Open\ndate: 2020-01-01\n---\nText.\n"));
        let site = small_site(&given);
        // Once more from the cache, after a build that shows it all.
        for arguments in [&[] as &[&str], &["--drafts", "--future", "--expired"], &[]] {
            let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
                .args(["build", "--date", "2026-11-28"])
                .args(arguments)
                .current_dir(site.path())
                .stdin(Stdio::null())
                .output()
                .expect("the program runs");
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{reason}: {said}");
            let mut found = Vec::new();
            telling(&site.path().join("public"), &mut found);
            assert_eq!(found.is_empty(), arguments.is_empty(), "{reason}: {found:#?}");
        }
    }
}

#[test]
fn what_is_no_part_of_a_site_is_not_copied() {
    let names = [
        "static/.git/config",
        "static/sub/.git",
        "static/.GIT/HEAD",
        "static/.hg/store",
        "static/.svn/entries",
        "static/.env",
        "static/.env.production",
        "content/posts/b/.env",
        "content/posts/b/.git/config",
    ];
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (*name, "SECRET")).collect();
    files.push(("content/posts/b/index.md", "---\ntitle: B\n---\nText.\n"));
    files.push(("static/.well-known/a.txt", "a"));
    let site = small_site(&files);
    let built = Command::new(env!("CARGO_BIN_EXE_ssg")).arg("build").current_dir(site.path()).output();
    assert_eq!(built.expect("the program runs").status.code(), Some(0));
    let mut found = Vec::new();
    telling(&site.path().join("public"), &mut found);
    assert_eq!(found, [""; 0]);
    assert!(site.path().join("public/.well-known/a.txt").is_file());
}

/// Folders of an output in which a word stands, below the folder.
fn folders_with(word: &str, folder: &Path, root: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            folders_with(word, &path, root, found);
        } else if String::from_utf8_lossy(&fs::read(&path).expect("readable")).contains(word) {
            found.push(path.strip_prefix(root).expect("below").display().to_string());
        }
    }
}

#[test]
fn what_random_pages_withhold_shows_nowhere() {
    let seeds = std::env::var("SSG_TEST_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(16);
    for seed in 0..seeds {
        let files = random_withheld::files(&mut random::Random(seed));
        let mut given: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        given.push(("ssg.toml", CONFIG_OF_ALL));
        let site = small_site(&given);
        for arguments in [&[] as &[&str], &["--no-cache", "--drafts"], &["--no-cache"]] {
            let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
                .args(["build", "--date", "2026-11-28"])
                .args(arguments)
                .current_dir(site.path())
                .stdin(Stdio::null())
                .output()
                .expect("the program runs");
            let said = String::from_utf8_lossy(&output.stderr);
            let listing: Vec<&(String, String)> = files.iter().collect();
            assert_eq!(output.status.code(), Some(0), "seed {seed}: {said}\n{listing:#?}");
            if arguments.contains(&"--drafts") {
                continue;
            }
            let public = site.path().join("public");
            let mut found = Vec::new();
            telling(&public, &mut found);
            assert!(found.is_empty(), "seed {seed}: {found:#?}\n{listing:#?}");
            let mut veiled = Vec::new();
            folders_with("VEILED", &public, &public, &mut veiled);
            veiled.retain(|path| !path.starts_with("posts/quiet/") && !path.starts_with("notes/quiet/"));
            assert!(veiled.is_empty(), "seed {seed}: {veiled:#?}\n{listing:#?}");
        }
    }
}

/// A site of a few files.
struct Site(tempfile::TempDir);

impl Site {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("temporary folder"))
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }

    fn run(&self, args: &[&str]) -> std::process::Output {
        let output = Command::new(env!("CARGO_BIN_EXE_ssg")).args(args).current_dir(self.0.path()).output();
        output.expect("the program runs")
    }

    fn build(&self) {
        let output = self.run(&["build"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn files_that_only_drafts_name_stay_in_however_they_are_named() {
    let forms = [
        "[x](FILE)",
        "[x](/posts/FILE)",
        "[x](@/posts/FILE)",
        "[x](https://a.example/blog/posts/FILE)",
        "<a href=\"http://A.example/blog/posts/FILE?v=1\">x</a>",
        "<img src=\"//a.example/blog/posts/FILE\">",
        "<a href=\"/blog/posts/FILE\">x</a>",
        "<a href=\"&#102;ILE\">x</a>",
        "{{ include(path=\"content/posts/FILE\") }}",
        "{{ code(path=\"content/posts/FILE\") }}",
        "![](./FILE)",
    ];
    let site = Site::new();
    site.write("ssg.toml", "title = \"T\"\nbase_url = \"https://a.example/blog/\"\n");
    // Another host's file of this name is not the site's.
    site.write(
        "content/posts/public.md",
        "# Public\n\n[x](https://b.example/blog/posts/f0.pdf) [y](f99.pdf)\n",
    );
    site.write("content/posts/f99.pdf", "public");
    let count = forms.len() + 1;
    for number in 0..count {
        let file = format!("f{number}.pdf");
        site.write(&format!("content/posts/{file}"), "SECRET");
        let header = format!("image: https://a.example/blog/posts/{file}\n");
        let (header, body) = match forms.get(number) {
            Some(form) => (
                String::new(),
                form.replace("FILE", &file).replace("&#102;ILE", &format!("&#102;{number}.pdf")),
            ),
            None => (header, String::new()),
        };
        site.write(
            &format!("content/posts/d{number}.md"),
            &format!("---\ntitle: D\ndraft: true\n{header}---\n{body}\n"),
        );
    }
    site.build();
    let public = site.0.path().join("public/posts");
    let out: Vec<usize> =
        (0..count).filter(|number| public.join(format!("f{number}.pdf")).exists()).collect();
    assert!(out.is_empty(), "{out:?}");
    assert!(public.join("f99.pdf").exists());
}

#[test]
fn what_a_section_says_holds_for_lists_that_nobody_wrote() {
    let site = Site::new();
    site.write("ssg.toml", "title = \"T\"\nbase_url = \"https://a.example/\"\n[languages.de]\n");
    for name in ["posts/a", "hidden/x", "hidden/below/y"] {
        for end in ["md", "de.md"] {
            let text = "---\ntitle: A\ndate: 2020-01-02\ntools: [Helm]\n---\nx\n";
            site.write(&format!("content/{name}.{end}"), text);
        }
    }
    let lists = ["hidden", "de/hidden", "hidden/below", "de/hidden/below"];
    let tools = ["tools", "de/tools", "tools/helm", "de/tools/helm"];
    for (word, file, places) in [
        ("unlisted: true", "hidden", lists),
        ("noindex: true", "hidden", lists),
        ("unlisted: true", "tools", tools),
        ("noindex: true", "tools", tools),
        ("render: false", "hidden", lists),
    ] {
        let source = format!("content/{file}/_index.md");
        site.write(&source, &format!("---\n{word}\n---\n"));
        site.build();
        let read = |name: &str| fs::read_to_string(site.0.path().join("public").join(name));
        let map = read("sitemap.xml").expect("a site map");
        for place in places {
            let Ok(page) = read(&format!("{place}/index.html")) else {
                assert!(word == "render: false" && place.ends_with("hidden"), "{word} {file}: no {place}");
                continue;
            };
            let is_shown = word == "render: false";
            assert_eq!(!page.contains("content=\"noindex\""), is_shown, "{word} {file}: {place}");
            let address = format!("<loc>https://a.example/{place}/</loc>");
            assert_eq!(map.contains(&address), is_shown, "{word} {file}: {place} in the site map");
            for home in ["", "de/"] {
                let is_linked = read(&format!("{home}index.html"))
                    .expect("a home page")
                    .contains(&format!("href=\"/{place}/\""));
                assert!(
                    !(is_linked && word == "unlisted: true" && place.ends_with(file)),
                    "{place} in a menu"
                );
            }
        }
        fs::remove_file(site.0.path().join(&source)).expect("removed");
    }
}

#[test]
fn people_who_are_taken_out_take_their_files_their_spellings_and_their_names_along() {
    let site = Site::new();
    let config = "title = \"T\"\nbase_url = \"https://a.example/\"\n[outputs]\napi = true\nsearch = true\n\
                  [taxonomies.speakers]\nunpublish = [\"Secret Quay\", \"secret-two\"]\n";
    site.write("ssg.toml", config);
    site.write(
        "content/speakers/quay.md",
        "---\ntitle: Secret Quay\nimage: /people/secret.svg\n---\n[cv](/people/secret.pdf) [both](/people/open.pdf)\n",
    );
    site.write("content/people/_index.md", "---\ntitle: People\n---\n[both](/people/open.pdf)\n");
    for file in ["secret.svg", "secret.pdf"] {
        site.write(&format!("content/people/{file}"), "SECRET");
    }
    site.write("content/people/open.pdf", "open");
    // A name in which something cannot be seen is the same name; one beside an id that is taken out is so as well.
    for (number, speaker) in [
        "Sec\u{ad}ret Quay",
        "Secret\u{200b} Quay\u{feff}",
        "{ name: Secret Twin, id: secret-two }",
        "Secret Twin",
        "Secret Quay\u{ae}",
    ]
    .iter()
    .enumerate()
    {
        let text = format!(
            "---\ntitle: P{number}\ndate: 2020-01-02\nspeakers: [{speaker}]\nauthors: [{speaker}]\n---\nx\n"
        );
        site.write(&format!("content/posts/p{number}.md"), &text);
    }
    site.build();
    let public = site.0.path().join("public");
    let mut found = Vec::new();
    telling(&public, &mut found);
    assert!(found.is_empty(), "{found:?}");
    assert!(public.join("people/open.pdf").exists(), "a published page names it too");
}

#[test]
fn names_that_are_taken_out_are_told_in_data_and_in_folders() {
    let site = Site::new();
    let config = "title = \"T\"\nbase_url = \"https://a.example/\"\n[taxonomies.speakers]\nunpublish = [\"Ann Quay\"]\n";
    site.write("ssg.toml", config);
    site.write("content/ann-quay/a.md", "---\ntitle: A\n---\nx\n");
    site.write(
        "content/events/2026-g/index.md",
        "---\ntitle: G\nevent: {start: 2026-05-01, series: gg, sponsors: [{id: s, level: gold}], sponsor_levels: [{id: gold, label: \
         Gold}]}\nspeakers: [Ann Quay, 'Ann Quay <a@b.example>', Ann Quay\u{2122}]\n---\n",
    );
    site.write(
        "content/events/2025-g/index.md",
        "---\ntitle: G\nevent: {start: 2025-05-01, series: gg}\n---\n",
    );
    site.write("data/series/gg.toml", "description = \"Founded by Ann Quay.\"\n");
    site.write("data/sponsors/s.toml", "name = \"Ann Quay\"\n");
    let output = site.run(&["check", "--format", "json"]);
    let said = String::from_utf8_lossy(&output.stdout);
    let told: Vec<&str> = said.lines().filter(|line| line.contains("unpublished-name")).collect();
    for place in ["data/series/gg.toml", "data/sponsors/s.toml", "content/ann-quay"] {
        let place = format!("\"path\":\"{place}\"");
        assert_eq!(told.iter().filter(|line| line.contains(&place)).count(), 1, "{place}: {said}");
    }
    assert!(
        !told.iter().any(|line| line.contains("2026-g/index.md")),
        "lists are taken out, and not told: {said}"
    );
}

#[test]
fn terms_that_are_in_no_list_have_their_page_alone() {
    let site = Site::new();
    let config = "title = \"T\"\nbase_url = \"https://a.example/\"\n[outputs]\napi = true\nsearch = true\n";
    site.write("ssg.toml", config);
    site.write("content/speakers/quiet-quay.md", "---\ntitle: Quiet Quay\nunlisted: true\n---\nx\n");
    site.write("content/tools/_index.md", "---\nunlisted: true\n---\n");
    site.write(
        "content/posts/a.md",
        "---\ntitle: A\ndate: 2020-01-02\nspeakers: [Quiet Quay, Loud Quay]\nauthors: [Quiet Quay]\ntools: [Helm]\n---\nx\n",
    );
    site.build();
    let read = |name: &str| fs::read_to_string(site.0.path().join("public").join(name)).expect(name);
    for (list, shows, does_not) in [
        ("speakers/index.html", "Loud Quay", "Quiet Quay"),
        ("search/index.html", "Loud Quay", "Quiet Quay"),
        ("search/index.html", "Loud Quay", "/tools/helm/"),
        ("api/speakers.json", "Loud Quay", "Quiet Quay"),
        ("api/tools.json", "tools", "Helm"),
    ] {
        let text = read(list);
        assert!(text.contains(shows) && !text.contains(does_not), "{list}: {does_not}");
    }
    assert!(
        read("posts/a/index.html").contains("/speakers/quiet-quay/"),
        "the page that carries it links to it"
    );
    assert!(read("tools/index.html").contains("/tools/helm/"), "its own index lists it");
    assert!(read("speakers/quiet-quay/index.html").contains("Quiet Quay"));
}
