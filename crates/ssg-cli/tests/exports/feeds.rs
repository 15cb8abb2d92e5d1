//! Every feed at several dates, read by a program for feeds and held against what its format demands: RFC 4287,
//! the RSS 2.0 specification, JSON Feed 1.1. Nothing in one is later than the build.

use super::python::python;
use super::root;
use std::process::{Command, Stdio};

const CHECK: &str = r#"
import datetime, email.utils, json, pathlib, re, sys
import xml.etree.ElementTree as xml
import feedparser

folder, now = pathlib.Path(sys.argv[1]), datetime.datetime.fromisoformat(sys.argv[2].replace("Z", "+00:00"))
ATOM = "{http://www.w3.org/2005/Atom}"
counts = {"atom": 0, "rss": 0, "json": 0, "entries": 0}

def passed(path, at):
    assert at.tzinfo and at <= now, (path, at)

def iso(path, text):
    passed(path, datetime.datetime.fromisoformat(text.replace("Z", "+00:00")))

def absolute(path, html):
    for address in re.findall(r'(?:href|src)="([^"]*)"', html or ""):
        assert re.match(r"[a-z][a-z0-9+.-]*:", address), (path, address)

def by_reader(path, raw, ids):
    read = feedparser.parse(raw)
    assert not read.bozo, (path, read.get("bozo_exception"))
    assert [entry.id for entry in read.entries] == ids, path
    for entry in read.entries:
        assert entry.title and entry.link, path
    counts["entries"] += len(ids)

for path in sorted(folder.rglob("atom.xml")):
    raw = path.read_bytes()
    feed = xml.fromstring(raw)
    one = lambda of, name: of.find(ATOM + name).text
    assert feed.tag == ATOM + "feed" and one(feed, "id") and one(feed, "title"), path
    iso(path, one(feed, "updated"))
    ids = []
    for entry in feed.findall(ATOM + "entry"):
        ids.append(one(entry, "id"))
        assert one(entry, "title"), path
        iso(path, one(entry, "updated"))
        if entry.find(ATOM + "published") is not None:
            iso(path, one(entry, "published"))
        for name in ("summary", "content"):
            if entry.find(ATOM + name) is not None:
                absolute(path, one(entry, name))
        assert entry.find(ATOM + "author") is not None or feed.find(ATOM + "author") is not None, path
        assert entry.find(ATOM + "content") is not None or entry.find(ATOM + "link") is not None, path
    assert len(set(ids)) == len(ids), path
    by_reader(path, raw, ids)
    counts["atom"] += 1

for path in sorted(folder.rglob("rss.xml")):
    raw = path.read_bytes()
    channel = xml.fromstring(raw).find("channel")
    for name in ("title", "link", "description"):
        assert channel.findtext(name), (path, name)
    ids = []
    for item in channel.findall("item"):
        assert item.findtext("title") or item.findtext("description"), path
        ids.append(item.findtext("guid"))
        if item.find("guid").get("isPermaLink") != "false":
            absolute(path, f'href="{ids[-1]}"')
        if item.findtext("pubDate"):
            passed(path, email.utils.parsedate_to_datetime(item.findtext("pubDate")))
        absolute(path, item.findtext("description"))
        for enclosure in item.findall("enclosure"):
            assert enclosure.get("url") and enclosure.get("length").isdigit() and "/" in enclosure.get("type"), path
    assert len(set(ids)) == len(ids), path
    by_reader(path, raw, ids)
    counts["rss"] += 1

for path in sorted(folder.rglob("feed.json")):
    feed = json.loads(path.read_bytes())
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"], path
    ids = [item["id"] for item in feed["items"]]
    assert all(isinstance(id, str) and id for id in ids) and len(set(ids)) == len(ids), path
    for item in feed["items"]:
        assert "content_html" in item or "content_text" in item, (path, item)
        absolute(path, item.get("content_html"))
        for name in ("date_published", "date_modified"):
            if name in item:
                iso(path, item[name])
    counts["json"] += 1

assert counts["atom"] == counts["rss"] == counts["json"] > 0, counts
print(f"{sys.argv[2]}: {counts}, by feedparser {feedparser.__version__}")
"#;

/// One in the past of the demonstration site, one while an event goes on, one far ahead.
const DATES: [&str; 3] = ["2014-06-01T12:00:00Z", "2016-05-26T10:00:00Z", "2035-01-01T00:00:00Z"];

#[test]
fn feeds_are_what_readers_take_and_never_ahead() {
    let Some(python) = python(&["feedparser"]) else { return };
    let out = tempfile::tempdir().expect("temporary folder");
    for date in DATES {
        let built = Command::new(env!("CARGO_BIN_EXE_ssg"))
            // Before a page is published, links to it lead nowhere.
            .args(["build", "-q", "--no-cache", "--skip-broken", "--date", date, "-r"])
            .arg(root())
            .arg("-o")
            .arg(out.path())
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let output = Command::new(&python)
            .args(["-W", "ignore", "-c", CHECK])
            .arg(out.path())
            .arg(date)
            .stdin(Stdio::null())
            .output()
            .expect("python3 runs");
        print!("{}", String::from_utf8_lossy(&output.stdout));
        assert!(output.status.success(), "{date}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
