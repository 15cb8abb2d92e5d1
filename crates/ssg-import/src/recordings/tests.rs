use super::*;
use crate::{EventSite, Existing, ImportRecord, Step, plan};
use ssg_source::SitePath;

#[derive(Default)]
struct Site {
    files: BTreeMap<SitePath, Vec<u8>>,
    record: ImportRecord,
}

fn path(name: &str) -> SitePath {
    SitePath::new(name).expect("valid")
}

const INDEX: &str = "content/events/one/index.md";

impl Site {
    fn talk(&mut self, name: &str, text: &str) {
        self.files.insert(path(&format!("content/events/one/talks/{name}.md")), text.as_bytes().to_vec());
    }

    fn read(&self, name: &str) -> &str {
        std::str::from_utf8(&self.files[&path(&format!("content/events/one/talks/{name}.md"))]).expect("text")
    }

    fn import(&mut self, list: &str, answer: Option<bool>) -> Report {
        let report = self.once(list, answer);
        let (files, record) = (self.files.clone(), self.record.clone());
        self.once(list, answer);
        assert_eq!((&self.files, &self.record), (&files, &record), "importing twice is importing once");
        report
    }

    fn once(&mut self, list: &str, answer: Option<bool>) -> Report {
        let is_talk = |path: &SitePath| path.as_str().contains("/talks/");
        let talks = self.files.iter().filter(|(path, _)| is_talk(path));
        let site = EventSite {
            index: self.files.get(&path(INDEX)).map(|bytes| (path(INDEX), bytes.clone())),
            talks: talks.map(|(path, bytes)| (path.clone(), bytes.clone())).collect(),
            record: self.record.clone(),
            ..EventSite::default()
        };
        let ask = |_: &str| answer;
        let options =
            EventOptions { event: "one".to_owned(), site, zone: None, tools: Vec::new(), ask: &ask };
        let file = SourceFile { name: "list".to_owned(), bytes: list.as_bytes().to_vec() };
        let import = import_videos(&[file], &options, &mut Diagnostics::new());
        let existing = |path: &SitePath| {
            self.files.get(path).map_or(Existing::Absent, |bytes| Existing::File(bytes.clone()))
        };
        let plan = plan(&import, &self.record, &existing);
        let mut report = import.report;
        report.settle(&plan.steps);
        for planned in &plan.steps {
            if let Step::New(bytes) | Step::Update(bytes) = &planned.step {
                self.files.insert(planned.path.clone(), bytes.clone());
            }
        }
        self.record = plan.done;
        report
    }
}

fn site() -> Site {
    let mut site = Site::default();
    site.talk(
        "lamps",
        "+++\ntitle = \"Lamps and what they are for\"\nspeakers = [\"Ada Lo\"] # she\n+++\n\nText.\n",
    );
    site.talk(
        "ropes",
        "+++\ntitle = \"Ropes\"\nspeakers = [\"Bo Li\"]\nvideo = \"https://mine.example/v\"\n+++\n",
    );
    site.talk("nets", "---\ntitle: Nets for all of us\nspeakers: Cy Ro\n---\n");
    site.talk(
        "sails",
        "+++\ntitle = \"Sails in the wind\"\n\n[talk]\nvideo = \"https://old.example/v\"\n+++\n",
    );
    let index = "+++\ntitle = \"Quay\"\n\n[[event.schedule]]\nid = \"tides\"\ntitle = \"Tides and tables\"\nspeakers = [\"Di Mo\"]\n\n[[event.schedule]]\ntitle = \"Winds and maps\"\nspeakers = [\"Ed No\"]\n+++\n";
    site.files.insert(path(INDEX), index.as_bytes().to_vec());
    site
}

#[test]
fn recordings_go_into_files_and_rows_and_nothing_of_a_person_changes() {
    let mut site = site();
    let list = "title,url\nLamps and what they are for,https://a.example/1\nRopes,https://a.example/2\nNets for all of us,https://a.example/3\nSails in the wind,https://a.example/4\nTides and tables,https://a.example/5\nWinds and maps,https://a.example/6\n";
    let report = site.import(list, None).to_string();
    assert_eq!(
        site.read("lamps"),
        "+++\ntitle = \"Lamps and what they are for\"\nspeakers = [\"Ada Lo\"] # she\nvideo = \"https://a.example/1\"\n+++\n\nText.\n"
    );
    assert!(site.read("ropes").contains("video = \"https://mine.example/v\""), "{}", site.read("ropes"));
    assert!(report.contains("kept “Ropes”"), "{report}");
    assert!(
        report.contains("its front matter is not TOML") && report.contains("has its own below `[talk]`"),
        "{report}"
    );
    let index = String::from_utf8(site.files[&path(INDEX)].clone()).expect("text");
    assert!(index.contains("speakers = [\"Di Mo\"]\nvideo = \"https://a.example/5\"\n"), "{index}");
    assert!(
        report.contains("has no `id`; give it one, or write: video = \"https://a.example/6\""),
        "{report}"
    );
    // A new address of the same host, and one of another.
    site.import("title,url\nLamps and what they are for,https://a.example/7\n", None);
    assert!(site.read("lamps").contains("video = \"https://a.example/7\""));
    site.import("title,url\nLamps and what they are for,https://b.example/1\n", None);
    assert!(
        site.read("lamps").contains("video = [\"https://a.example/7\", \"https://b.example/1\"]"),
        "{}",
        site.read("lamps")
    );
}

#[test]
fn what_is_not_sure_is_asked_for_or_listed() {
    let list = "title,url\nLamps - what are these for?,https://a.example/1\n";
    let mut one = site();
    let report = one.import(list, None).to_string();
    assert!(
        report.contains("not sure: perhaps “Lamps and what they are for”")
            && report.contains("lamps.md gets: video = \"https://a.example/1\""),
        "{report}"
    );
    assert!(!one.read("lamps").contains("video"));
    one.import(list, Some(false));
    assert!(!one.read("lamps").contains("video"));
    one.import(list, Some(true));
    assert!(one.read("lamps").contains("video = \"https://a.example/1\""));
    // What is there is known by its address.
    let report = one.import(list, None).to_string();
    assert!(report.contains("100 % sure"), "{report}");
}

#[test]
fn a_list_may_name_the_talk_and_a_talk_have_two_recordings() {
    let mut site = site();
    let list = "talk,title,video,language\nlamps,Anything,https://a.example/1,en\none/lamps,Etwas,https://a.example/2,de\nnothing,Else,https://a.example/3,\n";
    let report = site.import(list, None).to_string();
    let wanted = "video = [{ url = \"https://a.example/1\", language = \"en\" }, { url = \"https://a.example/2\", language = \"de\" }]";
    assert!(
        site.read("lamps")
            .replace("[\n    ", "[")
            .replace(",\n    ", ", ")
            .replace(",\n]", "]")
            .contains(wanted),
        "{}",
        site.read("lamps")
    );
    assert!(report.contains("the event has no talk `nothing`"), "{report}");
}

#[test]
fn an_event_without_talks_is_an_error() {
    let mut site = Site::default();
    let report = site.once("title,url\nx,https://a.example\n", None);
    assert_eq!(report.items(), 0);
}
