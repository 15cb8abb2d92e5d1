//! Every calendar, read by two parsers that know nothing of each other: both must see the same
//! entries at the same instants, and those that the API tells.

use super::python::python;
use super::{demonstration, root};
use std::path::Path;
use std::process::{Command, Stdio};

const CHECK: &str = r#"
import datetime, json, pathlib, re, sys
import icalendar, ics

UTC = datetime.timezone.utc
uids = {}

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
        # What a thing was called first outlasts its name, so its page tells which entry is its own.
        uids[uid.split("-")[0], str(entry["URL"])] = uid
    return seen

site, host, at_least, also_told = sys.argv[1:5]
site, fixtures = pathlib.Path(site), sys.argv[5:]
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
print(f"{calendars} calendars, {told} entries compared with the API, by icalendar {icalendar.__version__} and ics")
"#;

/// Has every calendar of a site, and of fixtures, read by both parsers, and its entries compared with
/// the API. There must be so many calendars and entries at least.
pub fn assert_readable(site: &Path, host: &str, calendars: usize, entries: usize, fixtures: Option<&Path>) {
    let Some(python) = python(&["icalendar", "ics"]) else { return };
    let output = Command::new(python)
        .args(["-W", "ignore", "-c", CHECK])
        .arg(site)
        .args([&format!("@{host}"), &calendars.to_string(), &entries.to_string()])
        .args(fixtures)
        // A parser that took the machine's zone for the calendar's would be seen.
        .env("TZ", "Asia/Tokyo")
        .stdin(Stdio::null())
        .output()
        .expect("python3 runs");
    print!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn two_parsers_read_the_same_instants() {
    let fixtures = root().join("tests/sites");
    assert_readable(demonstration(), "runbook-notes.example", 100, 50, Some(&fixtures));
}
