//! Whatever is renamed with an alias is found at its old address, and identifiers stay what they were.

#[path = "shared/random.rs"]
mod random;
#[path = "shared/small_site.rs"]
mod small_site;

use random::Random;
use small_site::small_site;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const CONFIG: &str = "title = \"Case\"\nbase_url = \"https://case.example\"\ntimezone = \"Europe/Brussels\"\ntheme = \
                      \"runbook\"\n[outputs]\nschedule_json = true\ntalk_calendars = true\nspeaker_calendars = \
                      true\ntool_calendars = true\n[languages.de]\ntitle = \"D\"\n[feeds]\nformats = [\"atom\", \"rss\", \
                      \"json\"]\n";

/// What can be renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Post,
    Bundle,
    Event,
    TalkFile,
    Section,
    Tool,
    Speaker,
    Pathed,
}

const ALL: [What; 8] = [
    What::Post,
    What::Bundle,
    What::Event,
    What::TalkFile,
    What::Section,
    What::Tool,
    What::Speaker,
    What::Pathed,
];

/// One thing of the site, with the names that it has had, the present one at the end.
#[derive(Debug)]
struct Thing {
    what: What,
    number: usize,
    names: Vec<String>,
    has_translation: bool,
}

impl Thing {
    /// Its address under a name. A talk's is below that of the event's present one.
    fn address(&self, name: &str, event: &str) -> String {
        match self.what {
            What::Post | What::Bundle => format!("/posts/{name}/"),
            What::Event => format!("/events/{name}/"),
            What::TalkFile => format!("/events/{event}/talks/{name}/"),
            What::Section => format!("/{name}/"),
            What::Tool => format!("/tools/{name}/"),
            What::Speaker => format!("/speakers/{name}/"),
            What::Pathed => format!("/at/{name}/"),
        }
    }

    fn now(&self) -> &str {
        self.names.last().map_or("", String::as_str)
    }

    /// Its files.
    fn files(&self, event: &Thing) -> Vec<(String, String)> {
        let (name, number) = (self.now(), self.number);
        let old = &self.names[..self.names.len() - 1];
        let aliases: Vec<String> =
            old.iter().map(|old| format!("\"{}\"", self.address(old, event.now()))).collect();
        let aliases = format!("aliases = [{}]\n", aliases.join(", "));
        let german = format!("+++\ntitle = \"Deutsch {number}\"\n+++\nText.\n");
        let text = |title: &str, more: &str, id: &str| {
            format!("+++\ntitle = \"{title} {number}\"\n{aliases}{id}{more}+++\nText.\n")
        };
        let id = format!("id = \"urn:case:{:?}:{number}\"\n", self.what);
        // Posts go on to name the event and the tool by the names that these had at first.
        let post = format!(
            "date = 2020-01-{:02}\nevents = [\"{}\"]\ntools = [\"Tool 5\"]\nspeakers = [\"Speaker 6\"]\n",
            number + 1,
            event.names[0]
        );
        let event_table = "date = 2020-01-01\n[event]\nstart = 2020-05-26\nseries = \"Days\"\n[[event.schedule]]\nid = \
                           \"opening\"\nstarts = 2020-05-26T09:00:00\nends = 2020-05-26T10:00:00\nkind = \
                           \"talk\"\ntitle = \"Opening\"\nspeakers = [\"Speaker 6\"]\ntools = [\"Tool 5\"]\n";
        let talk = "[talk]\nstarts = 2020-05-26T11:00:00\nends = 2020-05-26T12:00:00\n";
        let (stem, main) = match self.what {
            What::Post => (format!("content/posts/{name}"), text("Post", &post, &id)),
            What::Bundle => (format!("content/posts/{name}/index"), text("Bundle", &post, &id)),
            What::Event => (format!("content/events/{name}/index"), text("Event", event_table, "")),
            What::TalkFile => {
                (format!("content/events/{}/talks/{name}", event.now()), text("Talk", talk, ""))
            }
            What::Section => (format!("content/{name}/_index"), text("Section", "", "")),
            What::Tool => (format!("content/tools/{name}"), text("Tool", "", "")),
            What::Speaker => (format!("content/speakers/{name}"), text("Speaker", "", "")),
            What::Pathed => {
                (format!("content/page-{number}"), text("Page", &format!("path = \"/at/{name}/\"\n"), ""))
            }
        };
        let mut files = vec![(format!("{stem}.md"), main)];
        if self.has_translation {
            files.push((format!("{stem}.de.md"), german));
        }
        match self.what {
            What::Bundle => files.push((format!("content/posts/{name}/a.svg"), "<svg/>".to_owned())),
            What::Event => files.push((format!("content/events/{name}/slides.pdf"), "slides".to_owned())),
            What::Section => files.push((
                format!("content/{name}/leaf.md"),
                format!("+++\ntitle = \"Leaf\"\ndate = 2020-03-01\nid = \"urn:leaf:{number}\"\n+++\nText.\n"),
            )),
            _ => {}
        }
        files
    }
}

/// Builds a site of these things in a folder of its own, and gives the files of its output.
fn build(things: &[Thing], seed: u64) -> BTreeMap<String, String> {
    let event = things.iter().find(|thing| thing.what == What::Event).expect("there is an event");
    let files: Vec<(String, String)> = things.iter().flat_map(|thing| thing.files(event)).collect();
    let mut given: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    given.push(("ssg.toml", CONFIG));
    let site = small_site(&given);
    let output = Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(["build", "--date", "2026-11-28"])
        .current_dir(site.path())
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "seed {seed}: {said}\n{files:#?}");
    let mut written = BTreeMap::new();
    read(&site.path().join("public"), "", &mut written);
    written
}

fn read(folder: &Path, below: &str, files: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        let name = format!("{below}{}", path.file_name().expect("named").to_string_lossy());
        if path.is_dir() {
            read(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, String::from_utf8_lossy(&fs::read(&path).expect("readable")).into_owned());
        }
    }
}

/// What feeds, calendars and schedules know their entries by.
fn identifiers(files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (name, text) in files {
        let end = name.rsplit_once('.').map_or("", |(_, end)| end);
        match end {
            "ics" => {
                let unfolded = text.replace("\r\n ", "");
                all.extend(unfolded.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned));
            }
            "xml" if name != "sitemap.xml" => {
                for (open, close) in
                    [("<id>urn:", "</id>"), ("guid=\"", "\""), ("isPermaLink=\"false\">", "<")]
                {
                    all.extend(
                        text.split(open)
                            .skip(1)
                            .filter_map(|rest| rest.split(close).next())
                            .map(str::to_owned),
                    );
                }
            }
            "json" if name.ends_with("feed.json") => {
                let rest = text.split("\"id\":").skip(1);
                all.extend(
                    rest.filter_map(|rest| rest.split('"').nth(1))
                        .filter(|id| id.starts_with("urn:"))
                        .map(str::to_owned),
                );
            }
            _ => {}
        }
    }
    all
}

/// Addresses that were answered before and are not any more.
fn lost(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let address = |file: &str| match file.strip_suffix("index.html") {
        Some(folder) => format!("/{folder}"),
        None => format!("/{file}"),
    };
    let known: BTreeSet<String> = after.keys().map(|file| address(file)).collect();
    let lines: BTreeMap<&str, &str> = after
        .get("_redirects")
        .map_or("", String::as_str)
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?, words.next()?))
        })
        .collect();
    let fetched =
        |file: &str| [".ics", ".xml", "feed.json", "schedule.json"].iter().any(|end| file.ends_with(end));
    let is_ours =
        |file: &str| !file.starts_with("assets/") && !file.starts_with('_') && file != "next-build.json";
    let mut lost = Vec::new();
    for file in before.keys().filter(|file| is_ours(file)) {
        let old = address(file);
        let leads = lines.get(old.as_str()).is_some_and(|to| known.contains(*to));
        // Who fetches feeds and calendars follows no line for browsers.
        let is_answered = known.contains(&old) || (leads && !fetched(file));
        if !is_answered {
            lost.push(old.clone());
        }
        // A page that leads on leads to something.
        if let Some(text) = after.get(file)
            && let Some((_, rest)) =
                text.split_once("http-equiv=\"refresh\" content=\"0; url=https://case.example")
        {
            let to = rest.split('"').next().unwrap_or_default();
            if !known.contains(to) {
                lost.push(format!("{old} leads to {to}"));
            }
        }
    }
    lost
}

#[test]
fn what_is_renamed_is_found_at_its_old_address() {
    let seeds = std::env::var("SSG_TEST_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(12);
    for seed in 0..seeds {
        let mut random = Random(seed);
        let mut things: Vec<Thing> = ALL
            .iter()
            .enumerate()
            .map(|(number, what)| Thing {
                what: *what,
                number,
                names: vec![format!("{}-{number}", format!("{what:?}").to_lowercase())],
                has_translation: random.chance(),
            })
            .collect();
        let first = build(&things, seed);
        let ids = identifiers(&first);
        assert!(ids.len() > 8, "{ids:#?}");
        let mut all = first;
        for step in 0..2 {
            for _ in 0..=random.below(3) {
                let at = random.below(things.len());
                let thing = &mut things[at];
                let name = format!("{}-{step}", random.pick(&["novel", "later", "z"]));
                if !thing.names.contains(&name) {
                    thing.names.push(format!("{name}-{at}"));
                }
            }
            let after = build(&things, seed);
            let lost = lost(&all, &after);
            assert!(lost.is_empty(), "seed {seed}: {lost:#?}\n{things:#?}\n{}", after["_redirects"]);
            assert_eq!(identifiers(&after), ids, "seed {seed}: {things:#?}");
            all.extend(after);
        }
    }
}
