//! The demonstration site as a reader walks it: from the home page by links alone every page is
//! reached, and every relation that the API tells is a link, in both directions.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Links of every page that can be reached, by path.
struct Walk {
    out: tempfile::TempDir,
    base: String,
    /// Links in the whole page, and in what the page itself is about.
    pages: BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>,
}

impl Walk {
    fn new() -> Self {
        let out = tempfile::tempdir().expect("temporary folder");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let built = Command::new(env!("CARGO_BIN_EXE_ssg"))
            .args(["build", "--no-cache", "--date", "2026-11-21", "-r"])
            .arg(root)
            .arg("-o")
            .arg(out.path().join("site"))
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let mut walk = Self { out, base: String::new(), pages: BTreeMap::new() };
        let home = walk.html("/").expect("a home page");
        let (_, canonical) = home.split_once("rel=\"canonical\" href=\"").expect("a canonical address");
        canonical.split_once("/\"").expect("an end").0.clone_into(&mut walk.base);
        let mut waiting = vec!["/".to_owned()];
        while let Some(path) = waiting.pop() {
            if walk.pages.contains_key(&path) {
                continue;
            }
            let Some(html) = walk.html(&path) else { continue };
            let main = html.split_once("<main").map_or("", |(_, main)| main);
            let main = main.split_once("</main>").map_or(main, |(main, _)| main);
            let (all, own) = (links(&html), links(main));
            waiting.extend(all.iter().cloned());
            walk.pages.insert(path, (all, own));
        }
        walk
    }

    fn file(&self, path: &str) -> PathBuf {
        let path = path.trim_start_matches('/');
        let name = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        self.out.path().join("site").join(name)
    }

    /// The page at a path, unless it is none, or only leads to another one.
    fn html(&self, path: &str) -> Option<String> {
        let file = self.file(path);
        let html = file
            .extension()
            .is_some_and(|end| end == "html")
            .then(|| std::fs::read_to_string(file).ok())??;
        assert!(!html.contains("http-equiv=\"refresh\""), "a link leads to the former address {path}");
        Some(html)
    }

    fn api(&self, name: &str) -> Vec<Value> {
        let bytes = std::fs::read(self.file(&format!("/api/{name}.json"))).expect("a file of the API");
        let value: Value = serde_json::from_slice(&bytes).expect("JSON");
        value[name].as_array().expect("a list").clone()
    }

    /// The path of what the API gives an address for.
    fn path(&self, value: &Value) -> String {
        let url = value["url"].as_str().expect("an address");
        url.strip_prefix(self.base.as_str()).expect("an address of the site").to_owned()
    }

    fn leads(&self, from: &str, to: &str) -> bool {
        self.pages.get(from).is_some_and(|(_, own)| own.contains(to))
    }

    fn assert_both(&self, one: &str, other: &str) {
        assert!(self.leads(one, other), "{one} does not lead to {other}");
        assert!(self.leads(other, one), "{other} does not lead to {one}");
    }
}

/// The paths that the links of a page lead to, without anchors.
fn links(html: &str) -> BTreeSet<String> {
    let targets = html.split(" href=\"").skip(1).filter_map(|rest| rest.split_once('"'));
    let paths = targets.map(|(target, _)| target.split('#').next().unwrap_or_default());
    paths.filter(|path| path.starts_with('/')).map(|path| path.replace("&amp;", "&")).collect()
}

/// Values of the API by their ids.
fn by_id(values: &[Value]) -> BTreeMap<&str, &Value> {
    values.iter().map(|value| (value["id"].as_str().expect("an id"), value)).collect()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().expect("a list")
}

#[test]
fn every_page_is_reached_and_every_relation_is_a_link() {
    let walk = Walk::new();
    let (events, talks) = (walk.api("events"), walk.api("talks"));
    let (speakers, tools) = (walk.api("speakers"), walk.api("tools"));
    for value in [&events, &talks, &speakers, &tools].into_iter().flatten() {
        assert!(walk.pages.contains_key(&walk.path(value)), "no link leads to {}", value["url"]);
    }
    let (by_event, by_talk, by_speaker) = (by_id(&events), by_id(&talks), by_id(&speakers));
    let find = |of: &BTreeMap<&str, &Value>, id: &Value| walk.path(of[id.as_str().expect("an id")]);
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut both = |what: &'static str, one: &str, other: &str| {
        walk.assert_both(one, other);
        *counted.entry(what).or_default() += 1;
    };
    for talk in &talks {
        let path = walk.path(talk);
        if talk["event"].is_string() {
            both("talk and event", &path, &find(&by_event, &talk["event"]));
        }
        for recap in list(talk, "recaps") {
            both("talk and recap", &path, &walk.path(recap));
        }
        for speaker in list(talk, "speakers") {
            let speaker_path = find(&by_speaker, speaker);
            both("speaker and talk", &speaker_path, &path);
            for other in list(talk, "speakers").iter().filter(|other| *other != speaker) {
                both("person and co-speaker", &speaker_path, &find(&by_speaker, other));
            }
            for recap in list(talk, "recaps") {
                // From the recap the way is by the talk.
                assert!(walk.leads(&speaker_path, &walk.path(recap)), "{speaker_path} and {recap}");
            }
        }
    }
    for event in &events {
        let path = walk.path(event);
        for recap in list(event, "recaps") {
            both("event and recap", &path, &walk.path(recap));
        }
        if let Some(series) = event["series"].as_str() {
            assert!(walk.leads("/events/", &path), "the events do not list {path} of {series}");
            for other in
                events.iter().filter(|other| other["series"] == *series && other["id"] != event["id"])
            {
                both("series and edition", &path, &walk.path(other));
            }
        }
        for key in ["calendar", "schedule"] {
            if let Some(url) = event[key].as_str() {
                let file = url.strip_prefix(walk.base.as_str()).expect("an address of the site");
                assert!(walk.pages[&path].0.contains(file) && walk.file(file).is_file(), "{path} and {file}");
            }
        }
    }
    for tool in &tools {
        let path = walk.path(tool);
        let html = walk.html(&path).expect("a page");
        for talk in list(tool, "talks") {
            both("tool and talk", &path, &find(&by_talk, talk));
        }
        for page in list(tool, "pages") {
            both("tool and post", &path, &walk.path(page));
            let year = page["date"].as_str().and_then(|date| date.get(..4)).expect("a year");
            assert!(html.contains(&format!(">{year}<")), "{path} does not go by {year}");
        }
    }
    println!("{} pages, {counted:?}", walk.pages.len());
    assert!(counted.len() == 8 && counted.values().all(|count| *count > 1), "{counted:?}");
}
