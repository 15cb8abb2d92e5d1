//! Small sites in which random pages are withheld in every way that there is.

use super::random::Random;

/// A line of a header, or a place, that keeps a page back.
const LINES: &[&str] = &[
    "draft: true",
    "isDraft: yes",
    "published: false",
    "publish: false",
    "status: draft",
    "status: private",
    "status: Pending",
    "state: draft",
    "visibility: private",
    "private: true",
    "password: open",
    "render: false",
    "headless: true",
    "permalink: false",
    "url: false",
    "build: {render: never}",
    "_build: {render: false, list: false}",
    "layout: draft",
    "publish_at: 2099-01-01",
    "publishDate: 2099-01-01",
    "expires: 2001-01-01",
    "unpublishdate: 2001-01-01",
];

/// What is said in a section for all below it.
const SECTION_LINES: &[&str] = &[
    "draft: true",
    "status: private",
    "publish_at: 2099-01-01",
    "expires: 2001-01-01",
    "cascade: {draft: true}",
    "cascade: [{build: {render: never}}, {private: true}]",
];

/// The files of a site. Whatever is withheld says SECRET; what is in no list VEILED, in a folder `quiet`.
pub fn files(random: &mut Random) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut schedule = String::new();
    for number in 0..3 + random.below(6) {
        let name = format!("secret-{number}");
        let line = random.pick(LINES);
        match random.below(8) {
            0 => add(&mut files, &format!("content/posts/{name}.md"), line, random),
            1 => {
                add(&mut files, &format!("content/posts/{name}/index.md"), line, random);
                files.push((format!("content/posts/{name}/secret.pdf"), "SECRET".to_owned()));
            }
            2 => {
                add(&mut files, &format!("content/events/2027-ghent/talks/{name}.md"), line, random);
                schedule.push_str(&format!(
                    "    - {{starts: 2027-03-01T10:0{number}, talk: {name}, kind: keynote}}\n"
                ));
            }
            3 => {
                let header =
                    format!("{line}\nevent: {{start: 2027-05-05, city: SECRET, series: SECRET days}}");
                add(&mut files, &format!("content/events/{name}/index.md"), &header, random);
                add(&mut files, &format!("content/events/{name}/talks/secret.md"), "weight: 1", random);
                add(&mut files, &format!("content/events/{name}/secret-venue.md"), "weight: 1", random);
                files.push((format!("content/events/{name}/secret.svg"), "<svg>SECRET</svg>".to_owned()));
            }
            4 => {
                let header = random.pick(SECTION_LINES);
                add(&mut files, &format!("content/notes/{name}/_index.md"), header, random);
                add(&mut files, &format!("content/notes/{name}/deep/secret.md"), "weight: 1", random);
                if !header.contains("cascade") {
                    files.push((format!("content/notes/{name}/deep/secret.txt"), "SECRET".to_owned()));
                }
            }
            5 => add(&mut files, &format!("content/posts/.{name}.md"), "weight: 1", random),
            6 => add(&mut files, &format!("content/posts/_drafts/{name}.md"), "weight: 1", random),
            _ => add(&mut files, &format!("content/speakers/{name}.md"), line, random),
        }
    }
    let quiet = random.pick(&["unlisted: true", "hidden: true", "build: {list: never}", "status: hidden"]);
    let veiled = format!(
        "---\ntitle: VEILED\ndate: 2020-02-02\n{quiet}\ntools: [VEILED]\nauthors: [VEILED]\nspeakers: [VEILED]\nevents: \
         [2027-ghent]\n---\nVEILED\n"
    );
    files.push(("content/posts/quiet.md".to_owned(), veiled.clone()));
    files.push(("content/notes/quiet/index.md".to_owned(), veiled));
    let event = format!(
        "---\ntitle: Ghent\nevent:\n  start: 2027-03-01\n  schedule:\n    - {{starts: 2027-03-01T09:00, title: Coffee, kind: \
         break}}\n{schedule}---\nText.\n"
    );
    files.push(("content/events/2027-ghent/index.md".to_owned(), event));
    files.push((
        "content/posts/open.md".to_owned(),
        "---\ntitle: Open\ndate: 2020-01-01\ntools: [Chef]\n---\nText.\n".to_owned(),
    ));
    files.push(("content/posts/shared.png".to_owned(), "nothing".to_owned()));
    files
}

/// A page that is withheld by its header or by where it lies, with a translation and a picture, or without.
fn add(files: &mut Vec<(String, String)>, path: &str, line: &str, random: &mut Random) {
    let stem = path.trim_end_matches(".md");
    let folder = &path[..path.rfind('/').unwrap_or(0)];
    let own = files.len();
    let mut more = String::new();
    if random.chance() {
        more.push_str(&format!("aliases: [/old/secret-{own}/, SECRET name {own}]\n"));
    }
    // What is not even read names nothing.
    if random.chance() && !path.contains("/.") {
        let picture =
            format!("{}-secret.svg", stem.rsplit('/').next().unwrap_or("x").trim_start_matches('.'));
        files.push((format!("{folder}/{picture}"), "<svg>SECRET</svg>".to_owned()));
        more.push_str(&format!("extra: {{drawing: \"{picture}\"}}\n"));
    }
    let text = "tools: [SECRET tool]\nspeakers: [SECRET speaker]\nauthors: [SECRET author]\ncategories: [SECRET things]";
    let body = "SECRET sentence, see [coffee](#coffee).\n\n## Coffee\n";
    files.push((
        path.to_owned(),
        format!("---\ntitle: SECRET title {own}\n{text}\n{line}\n{more}---\n{body}"),
    ));
    if random.chance() {
        files.push((format!("{stem}.de.md"), "---\ntitle: SECRET auf Deutsch\n---\nSECRET.\n".to_owned()));
    }
}
