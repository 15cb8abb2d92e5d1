//! What holds for every folder, friendly or hostile.

use jiff::Timestamp;
use ssg_import::{
    Existing, FolderOptions, Import, ImportRecord, Step, import_devopsdays, import_pyvideo, plan,
};
use ssg_source::{Diagnostics, Inputs, MemoryInputs, SitePath};
use std::collections::BTreeMap;

/// A generator of numbers that gives the same ones in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }

    fn text(&mut self, pieces: &[&str], most: usize) -> String {
        (0..self.below(most)).map(|_| pieces[self.below(pieces.len())]).collect()
    }
}

/// Everything that must hold of an import.
fn assert_sound(import: &Import, source: &str) {
    let counts = import.report.counts();
    assert_eq!(counts.imported + counts.skipped + counts.failed, import.report.items());
    for file in &import.files {
        let path = file.path.as_str();
        let inside = ["content/", "data/sponsors/", "static/"].iter().any(|start| path.starts_with(start));
        assert!(inside && path.split('/').all(|part| part.len() < 250), "{path}");
        let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
        let head = if path.ends_with(".md") {
            text.strip_prefix("+++\n").and_then(|rest| rest.split("+++\n").next()).expect("front matter")
        } else if path.ends_with(".toml") {
            text
        } else {
            continue;
        };
        assert!(head.parse::<toml::Table>().is_ok(), "{path}\n{head}\n{source}");
    }
    let first = plan(import, &ImportRecord::default(), &|_| Existing::Absent);
    let mut files: BTreeMap<SitePath, Vec<u8>> = BTreeMap::new();
    for planned in &first.steps {
        if let Step::New(bytes) = &planned.step {
            files.insert(planned.path.clone(), bytes.clone());
        }
    }
    let existing =
        |path: &SitePath| files.get(path).map_or(Existing::Absent, |bytes| Existing::File(bytes.clone()));
    let second = plan(import, &first.done, &existing);
    assert!(second.steps.iter().all(|planned| planned.step.bytes().is_none()));
    assert_eq!(second.done, first.done);
}

fn run(import: impl Fn(&dyn Inputs, &FolderOptions, &mut Diagnostics) -> Import, files: &[(String, String)]) {
    let mut inputs = MemoryInputs::new(Timestamp::UNIX_EPOCH);
    for (name, text) in files {
        inputs.write(SitePath::new(name).expect("valid"), text);
    }
    let made = import(&inputs, &FolderOptions::default(), &mut Diagnostics::new());
    assert_sound(&made, &format!("{files:?}"));
    assert_eq!(made, import(&inputs, &FolderOptions::default(), &mut Diagnostics::new()));
}

#[test]
fn random_folders_of_devopsdays_are_sound() {
    const DATA: &[&str] = &[
        "city: Ghent\n",
        "city: \"+++\"\n",
        "city: [x]\n",
        "startdate: 2016-05-26\n",
        "startdate: 2016-99-99T1\n",
        "enddate: 2009-10-31T23:59:59+01:00\n",
        "enddate: late\n",
        "coordinates: \"1, 2\"\n",
        "coordinates: x\n",
        "location: \"a\\\"b\\n\"\n",
        "team_members: [{name: \"A B\", bio: \"x\\ty\"}, x, {}]\n",
        "sponsors: [{id: ../x, level: é}]\n",
        "sponsor_levels: [{id: a, max: -1}]\n",
        "program: [{title: talk, date: 2016-05-26, start_time: \"9:00\"}, 7]\n",
        "program:\n- title: a-b\n  type: talk\n",
        "ignites: [a, {title: talk}]\n",
        "x: &a [*a]\n",
        "\t",
        ": :",
        "cfp_link: javascript:x\n",
    ];
    const PAGE: &[&str] = &[
        "+++\n",
        "---\n",
        "title = \"A\"\n",
        "title: [x\n",
        "Speakers = [\"a\", \"TBA\"]\n",
        "aliases = [\"../x\", \"/y/\"]\n",
        "\n",
        "<div>",
        "</div>",
        "<h4>Day 1</h4>",
        "<div>9:00-10:00</div>",
        "<a href=\"/events/x/proposals/a%2e%2e/\">",
        "</a>",
        "<em>A B</em>",
        "<b>",
        "</i>",
        "<br>",
        "`",
        "```",
        "<!--",
        "-->",
        "{{< event_start >}}",
        "{{< x",
        ">}}",
        "é",
        "\u{202e}",
        "**Speaker:**",
        "### T",
        "<script>",
        "&amp;",
        "\\",
        "](",
    ];
    let mut random = Random(1);
    for _ in 0..400 {
        let files = [
            ("data/events/2016-x.yml".to_owned(), random.text(DATA, 12)),
            ("data/events/2018/y/main.yml".to_owned(), random.text(DATA, 12)),
            ("content/events/2016-x/welcome.md".to_owned(), random.text(PAGE, 20)),
            ("content/events/2016-x/program.md".to_owned(), random.text(PAGE, 30)),
            ("content/events/2016-x/proposals/a...md".to_owned(), random.text(PAGE, 20)),
            ("content/events/2018-y/program/talk.md".to_owned(), random.text(PAGE, 20)),
            ("content/events/2018-y/speakers/a.md".to_owned(), random.text(PAGE, 20)),
            ("content/events/2016-x/speakers/a.md".to_owned(), random.text(PAGE, 20)),
            ("content/events/2018-y/'é.md".to_owned(), random.text(PAGE, 20)),
            ("content/blog/x.md".to_owned(), random.text(PAGE, 20)),
            ("data/sponsors/é.yml".to_owned(), random.text(DATA, 4)),
        ];
        run(import_devopsdays, &files);
    }
}

#[test]
fn random_folders_of_pyvideo_are_sound() {
    const VALUES: &[&str] = &[
        "null",
        "7",
        "-1.5e300",
        "\"x\"",
        "\"\"",
        "[]",
        "{}",
        "[null]",
        "\"2013-05-06\"",
        "\"2013-02-31\"",
        "\"https://youtu.be/x\"",
        "[{\"url\": \"https://youtu.be/x\"}]",
        "\"`a <b>`_ ``\"",
        "\"a\\n====\\n\"",
        "\"::\\n  é\"",
        "[\"A B and C D\", \"TBA\"]",
        "\"\\u0000+++\\n\"",
    ];
    const KEYS: &[&str] = &[
        "title",
        "recorded",
        "speakers",
        "tags",
        "videos",
        "related_urls",
        "description",
        "summary",
        "alias",
        "id",
        "language",
        "duration",
        "copyright_text",
        "x",
    ];
    let mut random = Random(2);
    for _ in 0..400 {
        let mut files = vec![("a-2013/category.json".to_owned(), "{\"title\": \"A\"}".to_owned())];
        for (index, folder) in ["a-2013", "b", "b", "é"].iter().enumerate() {
            let fields: Vec<String> = KEYS
                .iter()
                .filter(|_| index % 2 == 0 || index == 1)
                .map(|key| format!("\"{key}\": {}", VALUES[random.below(VALUES.len())]))
                .collect();
            let cut = if random.below(10) == 0 { "" } else { "}" };
            files.push((format!("{folder}/videos/{index}.json"), format!("{{{}{cut}", fields.join(", "))));
        }
        run(import_pyvideo, &files);
    }
}
