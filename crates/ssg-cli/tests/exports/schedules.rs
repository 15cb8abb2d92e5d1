//! Schedules for apps, against what their public schema requires and refuses.

use super::python::python;
use super::{demonstration, files, json, place, root};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Stdio};

fn has_exactly(value: &Value, required: &[&str], more: &[&str]) {
    let table = value.as_object().expect("a table");
    for key in required {
        assert!(table.contains_key(*key), "{key} is missing in {value}");
    }
    for key in table.keys() {
        assert!(required.contains(&key.as_str()) || more.contains(&key.as_str()), "{key} is refused");
    }
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is no text in {value}"))
}

fn is_guid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

fn is_of(text: &str, also: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || also.contains(c))
}

#[test]
fn schedules_hold_what_apps_ask_for() {
    let count = count_of(demonstration());
    assert!(count > 3, "{count}");
}

/// Checks every schedule of a site, and counts them.
pub fn count_of(out: &Path) -> usize {
    let found = files(out, "schedule.json");
    let count = found.len();
    let mut ids = Vec::new();
    let mut known = std::collections::HashSet::new();
    for path in found {
        // At an address that an event had before stands the same file.
        if !known.insert(std::fs::read(&path).expect("readable")) {
            continue;
        }
        let file = json(&path);
        has_exactly(&file, &["schedule"], &["$schema", "generator"]);
        has_exactly(&file["schedule"], &["version", "conference"], &["base_url"]);
        let conference = &file["schedule"]["conference"];
        has_exactly(
            conference,
            &["title", "acronym", "days", "daysCount", "start", "end", "timeslot_duration"],
            &["description", "time_zone_name", "url", "rooms"],
        );
        let acronym = text(conference, "acronym");
        assert!(acronym.len() >= 4 && is_of(acronym, "_"), "{acronym}");
        let days = conference["days"].as_array().expect("days");
        assert_eq!(conference["daysCount"], days.len());
        let rooms: Vec<&str> =
            conference["rooms"].as_array().expect("rooms").iter().map(|room| text(room, "name")).collect();
        for day in days {
            has_exactly(day, &["date", "day_end", "day_start", "index", "rooms"], &[]);
            let (start, end) = (text(day, "day_start"), text(day, "day_end"));
            for (room, slots) in day["rooms"].as_object().expect("rooms") {
                assert!(rooms.contains(&room.as_str()), "{room}");
                for slot in slots.as_array().expect("slots") {
                    check_slot(slot);
                    assert_eq!(text(slot, "room"), room);
                    assert!(start <= text(slot, "date") && text(slot, "date") <= end, "{slot}");
                    ids.push((slot["id"].as_u64(), text(slot, "guid").to_owned()));
                }
            }
        }
    }
    let slots = ids.len();
    ids.sort();
    ids.dedup_by(|a, b| a.0 == b.0 || a.1 == b.1);
    assert_eq!(ids.len(), slots, "two slots have one id");
    count
}

fn check_slot(slot: &Value) {
    has_exactly(
        slot,
        &[
            "abstract", "date", "duration", "guid", "id", "language", "links", "persons", "room", "slug",
            "start", "subtitle", "title", "track", "type", "url",
        ],
        &["attachments", "description", "end"],
    );
    assert!(slot["id"].as_u64().is_some_and(|id| id > 0), "{slot}");
    assert!(is_guid(text(slot, "guid")), "{slot}");
    assert!(is_of(text(slot, "slug"), "_-") && !text(slot, "slug").ends_with(['_', '-']), "{slot}");
    let (hours, minutes) = text(slot, "duration").split_once(':').expect("hh:mm");
    assert!(hours.parse::<u32>().is_ok() && minutes.len() == 2, "{slot}");
    assert!(text(slot, "date").contains(&format!("T{}:", text(slot, "start"))), "{slot}");
    for person in slot["persons"].as_array().expect("persons") {
        // One with a number would be of the older kind, and no person may be of both.
        has_exactly(person, &["name"], &["avatar", "biography", "guid", "public_name", "url"]);
        assert!(is_guid(text(person, "guid")), "{person}");
    }
}

const VALID: &str = r#"
import json, pathlib, sys
import jsonschema, xmlschema

schemas = pathlib.Path(sys.argv[1])
of_xml = xmlschema.XMLSchema(str(schemas / "schedule.xml.xsd"))
schema = json.loads((schemas / "frab-schedule.schema.json").read_text())
of_json = jsonschema.validators.validator_for(schema)(schema)
count = 0
for folder in map(pathlib.Path, sys.argv[2:]):
    for path in sorted(folder.rglob("expected/**/schedule.*") if folder.name == "sites" else folder.rglob("schedule.*")):
        if path.suffix == ".xml":
            problem = next(of_xml.iter_errors(str(path)), None)
        else:
            problem = next(of_json.iter_errors(json.loads(path.read_text())), None)
        assert problem is None, (str(path), str(problem)[:900])
        count += 1
assert count > 12, count
print(f"{count} schedules are valid, by xmlschema and jsonschema")
"#;

/// The public schemas lie in the corpus: where that is missing there is nothing to hold the schedules against.
#[test]
fn schedules_are_valid_against_the_public_schemas() {
    let Some(schemas) = place::source("programmes") else { return };
    let Some(python) = python(&["jsonschema", "xmlschema"]) else { return };
    let output = Command::new(python)
        .args(["-W", "ignore", "-c", VALID])
        .arg(schemas)
        .arg(demonstration())
        .arg(root().join("tests/sites"))
        .stdin(Stdio::null())
        .output()
        .expect("python3 runs");
    print!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
