//! Every calendar, read by two parsers that know nothing of each other: both must see the same
//! entries at the same instants, and those that the API tells.

use super::node::node;
use super::python::python;
use super::{demonstration, root};
use std::path::Path;
use std::process::{Command, Stdio};

const CHECK: &str = r#"
import datetime, json, pathlib, re, sys
import icalendar, ics

UTC = datetime.timezone.utc
uids, numbers = {}, {}

def check_lines(name, raw):
    assert raw.endswith(b"\r\nEND:VCALENDAR\r\n"), name
    bare = raw.replace(b"\r\n", b"")
    assert b"\r" not in bare and b"\n" not in bare, name
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75, (name, line)
        line.decode()

def instants(name, raw):
    """uid -> what both parsers say of an entry"""
    check_lines(name, raw)
    one = icalendar.Calendar.from_ical(raw)
    assert one["VERSION"] == "2.0" and one["PRODID"], name
    assert one.subcomponents, name
    first = {}
    for entry in one.walk("VEVENT"):
        uid = str(entry["UID"])
        assert uid not in first and entry["DTSTAMP"], (name, uid)
        assert not entry.errors, (name, uid, entry.errors)
        first[uid] = entry
    second = {entry.uid: entry for entry in ics.Calendar(raw.decode()).events}
    assert set(first) == set(second), name
    seen = {}
    for uid, entry in first.items():
        other, start = second[uid], entry["DTSTART"].dt
        end = entry["DTEND"].dt if "DTEND" in entry else None
        if isinstance(start, datetime.datetime):
            assert not other.all_day and start.tzinfo, (name, uid)
            # In UTC, for Python takes no time that a clock shows twice for equal to another zone's.
            start, end = start.astimezone(UTC), end and end.astimezone(UTC)
            assert start == other.begin.datetime.astimezone(UTC), (name, uid, start, other.begin)
            assert (end or start) == other.end.datetime.astimezone(UTC), (name, uid, end, other.end)
        else:
            assert other.all_day, (name, uid)
            assert (start, end) == (other.begin.date(), other.end.date()), (name, uid)
        assert str(entry["SUMMARY"]) == other.name, (name, uid)
        assert str(entry["STATUS"]) == other.status, (name, uid)
        assert str(entry.get("LOCATION", "")) == (other.location or ""), (name, uid)
        assert str(entry["URL"]) == other.url, (name, uid)
        seen[uid] = (start, end, str(entry["SUMMARY"]), str(entry["STATUS"]))
        # For a third parser, in numbers.
        number = lambda at: int(at.timestamp()) if isinstance(at, datetime.datetime) else at and at.isoformat()
        numbers.setdefault(str(name), {})[uid] = [number(start), number(end)]
        # What a thing was called first outlasts its name, so its page tells which entry is its own.
        uids[uid.split("-")[0], str(entry["URL"])] = uid
    return seen

site, host, at_least, also_told, told_file = sys.argv[1:6]
site, fixtures = pathlib.Path(site), sys.argv[6:]
entries, calendars = {}, 0
for path in sorted(site.rglob("*.ics")):
    calendars += 1
    for uid, seen in instants(path, path.read_bytes()).items():
        # An entry is the same wherever it stands.
        assert entries.setdefault(uid, seen) == seen, (path, uid)
own = dict(uids)
assert all(uid.endswith(host) for uid in own.values()), own
for path in [path for folder in fixtures for path in sorted(pathlib.Path(folder).rglob("expected/**/*.ics"))]:
    calendars += 1
    instants(path, path.read_bytes())

told = 0
for talk in json.loads((site / "api/talks.json").read_bytes())["talks"]:
    if talk["starts"] is None:
        assert ("talk", talk["url"]) not in own, talk
        continue
    start, end, title, _ = entries[own["talk", talk["url"]]]
    assert title == re.sub(r"\s+", " ", talk["title"]), talk
    assert start == datetime.datetime.fromisoformat(talk["starts"]), (start, talk)
    assert end == (talk["ends"] and datetime.datetime.fromisoformat(talk["ends"])), (end, talk)
    told += 1
for event in json.loads((site / "api/events.json").read_bytes())["events"]:
    start, end, title, status = entries[own["event", event["url"]]]
    assert (status == "CANCELLED") == event["cancelled"], event
    if "T" in event["start"]:
        assert start == datetime.datetime.fromisoformat(event["start"]), event
        if "T" in event["end"]:
            assert end == datetime.datetime.fromisoformat(event["end"]), event
    else:
        assert start == datetime.date.fromisoformat(event["start"]), event
        assert end == datetime.date.fromisoformat(event["end"]) + datetime.timedelta(days=1), event
    told += 1
assert calendars >= int(at_least) and told >= int(also_told), (calendars, told)
pathlib.Path(told_file).write_text(json.dumps(numbers))
print(f"{calendars} calendars, {told} entries compared with the API, by icalendar {icalendar.__version__} and ics")
"#;

/// Has every calendar of a site, and of fixtures, read by both parsers, and its entries compared with
/// the API. There must be so many calendars and entries at least.
pub fn assert_readable(site: &Path, host: &str, calendars: usize, entries: usize, fixtures: Option<&Path>) {
    let Some(python) = python(&["icalendar", "ics"]) else { return };
    let told = tempfile::NamedTempFile::new().expect("temporary file");
    let output = Command::new(python)
        .args(["-W", "ignore", "-c", CHECK])
        .arg(site)
        .args([&format!("@{host}"), &calendars.to_string(), &entries.to_string()])
        .arg(told.path())
        .args(fixtures)
        // A parser that took the machine's zone for the calendar's would be seen.
        .env("TZ", "Asia/Tokyo")
        .stdin(Stdio::null())
        .output()
        .expect("python3 runs");
    print!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_alike(told.path());
}

/// What the parser of browsers and mail programs makes of the same files, held against what the others saw.
const ALIKE: &str = r#"
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

let calendars = 0, entries = 0;
for (const [path, told] of Object.entries(JSON.parse(readFileSync(process.argv[2], "utf8")))) {
  const root = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
  ICAL.TimezoneService.reset();
  for (const zone of root.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const seen = new Map();
  for (const entry of root.getAllSubcomponents("vevent")) {
    const moment = (name) => {
      const at = entry.getFirstPropertyValue(name);
      return at && (at.isDate ? at.toString() : at.toUnixTime());
    };
    seen.set(entry.getFirstPropertyValue("uid"), [moment("dtstart"), moment("dtend") ?? null]);
  }
  if (seen.size !== Object.keys(told).length) throw new Error(`${path}: ${seen.size} entries`);
  for (const [uid, times] of Object.entries(told)) {
    const own = JSON.stringify(seen.get(uid));
    if (own !== JSON.stringify(times)) throw new Error(`${path}: ${uid}: ${own}, and not ${JSON.stringify(times)}`);
    entries += 1;
  }
  calendars += 1;
}
console.log(`${calendars} calendars, ${entries} entries alike in ical.js`);
"#;

fn assert_alike(told: &Path) {
    let Some(folder) = node(&["ical.js"]) else { return };
    let script = folder.join("alike.mjs");
    std::fs::write(&script, ALIKE).expect("written");
    let output = Command::new("node")
        .arg(&script)
        .arg(told)
        .current_dir(&folder)
        .env("TZ", "America/St_Johns")
        .stdin(Stdio::null())
        .output()
        .expect("node runs");
    print!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn two_parsers_read_the_same_instants() {
    let fixtures = root().join("tests/sites");
    assert_readable(demonstration(), "runbook-notes.example", 100, 50, Some(&fixtures));
}

/// Zones of fixtures, and others whose rules are odd: half hours, summers in the south, none at all, rules that ended.
/// Parsers that know zones by name have the database of the machine, so none whose rules changed last is among them.
const ZONES: &[&str] = &[
    "Africa/Cairo",
    "America/Caracas",
    "America/Havana",
    "America/Los_Angeles",
    "America/New_York",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Toronto",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Brussels",
    "Europe/Dublin",
    "Europe/London",
    "Europe/Oslo",
    "Pacific/Apia",
    "Pacific/Auckland",
    "UTC",
];

/// How many talks begin in each zone.
const INSTANTS: u32 = 240;

#[test]
fn clocks_of_many_zones_are_read_alike() {
    let site = tempfile::tempdir().expect("temporary folder");
    let write = |path: &str, text: &str| {
        let path = site.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    write(
        "ssg.toml",
        "title = \"Clocks\"\nbase_url = \"https://clocks.example/\"\ntheme = \"bare\"\n[feeds]\nformats = []\n\
         [outputs]\napi = true\n",
    );
    write("themes/bare/theme.toml", "name = \"bare\"\napi = 1\n");
    for name in ["base", "page", "section", "term", "taxonomy"] {
        write(&format!("themes/bare/templates/{name}.html"), "{{ kind }}");
    }
    for (number, zone) in ZONES.iter().enumerate() {
        let mut event = format!(
            "+++\ntitle = \"{zone}\"\n[event]\nstart = 2010-01-01\nend = 2034-12-31\ntimezone = \"{zone}\"\n"
        );
        for instant in 0..INSTANTS {
            // Local hours through 25 years, by no round step, and many of them at night.
            let (year, month) = (2010 + instant / 10, 1 + (instant * 7) % 12);
            let (day, hour, minute) = (1 + (instant * 11) % 28, (instant * 5) % 24, (instant * 25) % 60);
            event.push_str(&format!(
                "[[event.schedule]]\nid = \"t{instant}\"\nstarts = {year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00\n\
                 title = \"T{instant}\"\nspeakers = [\"Ann Bell of {number}\"]\nroom = \"R{instant}\"\n"
            ));
        }
        event.push_str("+++\n");
        write(&format!("content/events/zone-{number}.md"), &event);
    }
    let built = Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(["build", "--no-cache", "--date", "2026-11-21"])
        .current_dir(site.path())
        .stdin(Stdio::null())
        .output()
        .expect("the program runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let entries = ZONES.len() * (INSTANTS as usize + 1);
    assert_readable(&site.path().join("public"), "clocks.example", ZONES.len(), entries, None);
}
