//! Programmes of the corpus: what is imported and built gives the source's slots, people and titles back.

use crate::place::source;
use crate::site::{Run, Site};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// A slot: when it starts by the clock of the event, how long it is, its room, title, people, kind and language.
type Slot = (String, String, Option<String>, String, Vec<String>, Option<String>, Option<String>);

fn site() -> Site {
    let site = Site::new();
    site.write(
        "site/ssg.toml",
        "title = \"Harbour\"\nbase_url = \"https://example.org/\"\ntheme = \"runbook\"\n[outputs]\nschedule_json = true\n",
    );
    site
}

/// Imports a file of the corpus twice, builds, and gives the slots of the schedule; `None` where the corpus is not there.
fn given_back(format: &str, file: &str, more: &[&str]) -> Option<(Vec<Slot>, Value)> {
    let folder = source("programmes")?;
    let path = folder.join(file);
    if !path.is_file() {
        ssg_testing::skip(format_args!("{file} is not there"));
        return None;
    }
    let path = path.to_string_lossy();
    let site = site();
    let arguments: Vec<&str> =
        ["import", format, &path, "--event", "one"].into_iter().chain(more.iter().copied()).collect();
    let Run { status, stdout, stderr } = site.run(&arguments);
    assert_eq!(status, 0, "{stdout}{stderr}");
    let files = site.files();
    assert_eq!(site.run(&arguments).status, 0);
    assert_eq!(site.files(), files, "importing twice is importing once");
    assert_no_secrets(&site);
    let Run { status, stderr, .. } = site.run(&["build", "--date", "2026-11-21"]);
    assert_eq!(status, 0, "{stderr}");
    let value: Value =
        serde_json::from_str(&site.read("site/public/events/one/schedule.json")).expect("JSON");
    Some((slots(&value), value))
}

fn assert_no_secrets(site: &Site) {
    for (path, bytes) in site.files() {
        let text = String::from_utf8_lossy(&bytes);
        let is_mail = |word: &str| {
            let host = word.split('@').nth(1).unwrap_or_default();
            word.find('@').is_some_and(|at| at > 0) && host.contains('.')
        };
        let found =
            text.split(|c: char| c.is_whitespace() || "\"()<>,".contains(c)).find(|word| is_mail(word));
        assert_eq!(found, None, "{}", path.display());
        assert!(!text.contains("handler_email"));
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    value[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Every slot of a `schedule.json`, sorted.
fn slots(value: &Value) -> Vec<Slot> {
    let mut slots = Vec::new();
    for day in value["schedule"]["conference"]["days"].as_array().expect("days") {
        for (room, sessions) in day["rooms"].as_object().expect("rooms") {
            for session in sessions.as_array().expect("sessions") {
                let people = session["persons"].as_array().expect("people");
                slots.push((
                    text(session, "date").expect("a date"),
                    text(session, "duration").expect("a length"),
                    Some(room.clone()),
                    text(session, "title").expect("a title"),
                    people.iter().filter_map(|one| text(one, "public_name")).collect(),
                    text(session, "type"),
                    text(session, "language"),
                ));
            }
        }
    }
    slots.sort();
    slots
}

/// The words of a source for kinds that sites have their own for.
fn kind(written: &str) -> String {
    match written {
        "Talk" | "lecture" => "talk".to_owned(),
        "Workshop" => "workshop".to_owned(),
        other => other.to_owned(),
    }
}

fn assert_same(mut wanted: Vec<Slot>, given: &[Slot]) {
    wanted.sort();
    assert_eq!(wanted.len(), given.len());
    for (wanted, given) in wanted.iter().zip(given) {
        assert_eq!(wanted, given);
    }
}

fn schedule_json_is_given_back(format: &str, file: &str) {
    let Some((given, made)) = given_back(format, file, &[]) else { return };
    let path = source("programmes").expect("there").join(file);
    let value: Value = serde_json::from_slice(&fs::read(path).expect("read")).expect("JSON");
    let wanted = slots(&value).into_iter().map(|mut slot| {
        slot.5 = slot.5.map(|written| kind(&written));
        // Names have single spaces.
        slot.3 = slot.3.split_whitespace().collect::<Vec<_>>().join(" ");
        slot.4 = slot.4.iter().map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        slot
    });
    assert_same(wanted.collect(), &given);
    let conference = |value: &Value, key: &str| value["schedule"]["conference"][key].clone();
    for key in ["title", "start", "end", "daysCount"] {
        assert_eq!(conference(&value, key), conference(&made, key), "{key}");
    }
    let day = |value: &Value| -> Vec<Value> {
        conference(value, "days").as_array().expect("days").iter().map(|day| day["date"].clone()).collect()
    };
    assert_eq!(day(&value), day(&made));
    let rooms = |value: &Value| -> BTreeSet<String> {
        let days = conference(value, "days");
        let days = days.as_array().expect("days").iter();
        days.flat_map(|day| day["rooms"].as_object().expect("rooms").keys().cloned()).collect()
    };
    assert_eq!(rooms(&value), rooms(&made));
}

#[test]
fn pretalx_is_given_back() {
    schedule_json_is_given_back("pretalx", "pretalx-democon.json");
}

#[test]
fn frab_is_given_back() {
    schedule_json_is_given_back("frab", "frab-camp2019.json");
}

#[test]
fn sessionize_is_given_back() {
    let Some((given, _)) =
        given_back("sessionize", "sessionize-linz-2020.json", &["--timezone", "Europe/Vienna"])
    else {
        return;
    };
    let path = source("programmes").expect("there").join("sessionize-linz-2020.json");
    let value: Value = serde_json::from_slice(&fs::read(path).expect("read")).expect("JSON");
    let find = |key: &str, id: &Value| -> Value {
        value[key].as_array().expect("a list").iter().find(|one| one["id"] == *id).expect("there").clone()
    };
    let wanted = value["sessions"].as_array().expect("sessions").iter().map(|session| {
        let minute = |key: &str| -> jiff::civil::DateTime {
            session[key].as_str().expect("a time").parse().expect("a time")
        };
        let length = minute("endsAt").duration_since(minute("startsAt")).as_mins();
        let items: Vec<Value> = session["categoryItems"].as_array().expect("items").clone();
        let is_german = items.iter().any(|item| *item == 35852);
        let people = session["speakers"].as_array().expect("people").iter();
        let is_pause = session["isServiceSession"] == true;
        (
            format!("{}+02:00", session["startsAt"].as_str().expect("a time")),
            format!("{:02}:{:02}", length / 60, length % 60),
            text(&find("rooms", &session["roomId"]), "name"),
            text(session, "title").expect("a title").split_whitespace().collect::<Vec<_>>().join(" "),
            people
                .map(|id| text(&find("speakers", id), "fullName").expect("a name"))
                .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
                .collect(),
            Some(if is_pause { "lunch" } else { "talk" }.to_owned()),
            Some(if is_german { "de" } else { "en" }.to_owned()),
        )
    });
    assert_same(wanted.collect(), &given);
}

#[test]
fn tables_are_given_back() {
    let Some(folder) = source("programmes") else { return };
    for (file, separator, names) in [
        ("programme.csv", ',', ["room", "title", "speakers", "kind"]),
        ("programme-semicolon.csv", ';', ["Raum", "Titel", "Personen", "Art"]),
    ] {
        let Some((given, _)) = given_back("csv", file, &["--timezone", "Europe/Berlin"]) else { return };
        let written = fs::read_to_string(folder.join(file)).expect("read");
        let mut lines = written.trim_start_matches('\u{feff}').lines();
        let header: Vec<&str> = lines.next().expect("a header").split(separator).collect();
        let wanted = lines.map(|line| {
            // No cell of these two has its separator in it.
            let cells: Vec<&str> = line.split(separator).collect();
            let cell = |name: &str| header.iter().position(|one| *one == name).map(|at| cells[at]);
            let starts: jiff::civil::DateTime = match cell("starts") {
                Some(starts) => starts.parse().expect("a time"),
                None => {
                    let day: Vec<&str> = cell("Datum").expect("a day").split('.').collect();
                    format!("{}-{}-{}T{}", day[2], day[1], day[0], cell("Beginn").expect("an hour"))
                        .parse()
                        .expect("a time")
                }
            };
            let minutes = match cell("ends") {
                Some(ends) => {
                    ends.parse::<jiff::civil::DateTime>().expect("a time").duration_since(starts).as_mins()
                }
                None => cell("Dauer (min)").expect("a length").parse().expect("minutes"),
            };
            (
                format!("{}+01:00", starts.strftime("%Y-%m-%dT%H:%M:%S")),
                format!("{:02}:{:02}", minutes / 60, minutes % 60),
                cell(names[0]).map(str::to_owned),
                cell(names[1]).expect("a title").to_owned(),
                cell(names[2])
                    .expect("people")
                    .split([';', ','])
                    .map(|name| name.trim().to_owned())
                    .collect(),
                cell(names[3]).map(kind),
                Some("en".to_owned()),
            )
        });
        assert_same(wanted.collect(), &given);
    }
}

#[test]
fn a_calendar_is_given_back() {
    let Some((given, _)) = given_back("ics", "programme.ics", &[]) else { return };
    let slot = |at: &str, length: &str, title: &str, people: &[&str], kind: &str| {
        let people = people.iter().map(|name| (*name).to_owned()).collect();
        (
            at.to_owned(),
            length.to_owned(),
            Some("Lantern Hall".to_owned()),
            title.to_owned(),
            people,
            Some(kind.to_owned()),
            Some("en".to_owned()),
        )
    };
    // What is cancelled apps are not told of.
    let wanted = vec![
        slot(
            "2027-03-18T09:30:00+01:00",
            "00:45",
            "Keynote: What the harbour taught us, twice",
            &["Ada Lo"],
            "keynote",
        ),
        slot("2027-03-18T12:15:00+01:00", "01:15", "Lunch", &[], "lunch"),
    ];
    assert_same(wanted, &given);
}
