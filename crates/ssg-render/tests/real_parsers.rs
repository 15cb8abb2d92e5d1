//! What real clients make of the outputs: feedparser reads Atom and RSS,
//! Python's json and html.parser the rest; its expat and xmllint check that the
//! XML is well-formed.
//!
//! A client that is missing and cannot be installed is reported as
//! `skipped: …` and does not fail the test.

#![expect(clippy::disallowed_methods, reason = "a test runs other programs")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use ssg_render::formats::{
    Enclosure, Feed, FeedEntry, FeedFormat, SitemapEntry, render_feed, render_redirect_page, render_sitemap,
};

const HOSTILE: &str = "</script> ]]> \"q\" 'a' & \r\nx\0\u{1}\u{b}\u{1b}\u{FFFF} 🚀";

const CHECK: &str = r#"
import datetime, json, sys, feedparser, xml.dom.minidom
from html.parser import HTMLParser

folder = sys.argv[1]
for name in ("atom.xml", "rss.xml", "sitemap.xml"):
    xml.dom.minidom.parse(f"{folder}/{name}")
for name, version in (("atom.xml", "atom10"), ("rss.xml", "rss20")):
    feed = feedparser.parse(open(f"{folder}/{name}", "rb").read())
    assert not feed.bozo, (name, feed.bozo_exception)
    assert feed.version == version, (name, feed.version)
    assert feed.feed.title == "Runbook & friends", (name, feed.feed.title)
    first, hostile, undated = feed.entries
    assert first.title == "DevOpsDays Austin", (name, first.title)
    assert first.link == "https://example.org/posts/austin%20%C3%A9/", (name, first.link)
    assert first.id == first.link, (name, first.id)
    assert first.published_parsed[:6] == (2013, 5, 6, 7, 0, 0), (name, first.published_parsed)
    assert first.content[0].value == '<p>Full <a href="https://example.org/">text</a></p>', (name, first.content)
    assert [tag.term for tag in first.tags] == ["Terraform", "CI & CD"], (name, first.tags)
    assert [author.name for author in first.authors] == ["Bo", "Cy"], (name, first.authors)
    assert "script" not in hostile.content[0].value, (name, hostile.content)
    assert "]]>" in hostile.title.replace("&gt;", ">") and "🚀" in hostile.title, (name, hostile.title)
    assert "\n" not in hostile.title and "\0" not in hostile.title, (name, hostile.title)
    assert not undated.get("published"), (name, undated)
    if name == "atom.xml":
        assert hostile.title_detail.type == "text/plain", hostile.title_detail
        assert undated.updated == "1970-01-01T00:00:00+00:00", undated.updated
        assert feed.feed.updated_parsed[:3] == (2013, 5, 7), feed.feed.updated
    assert first.media_content[0]["url"] == "https://example.org/a.png?w=1&h=2", (name, first.media_content)
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"].endswith(name), (name, links)

# feedparser 6 does not read JSON Feed: what version 1.1 demands is checked on the parsed JSON.
feed = json.load(open(f"{folder}/feed.json", encoding="utf-8"))
assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"] == "Runbook & friends"
assert feed["feed_url"] == "https://example.org/feed.json", feed["feed_url"]
first, hostile, undated = feed["items"]
for item in feed["items"]:
    assert isinstance(item["id"], str) and item["id"] == item["url"] and item["content_html"], item
    assert all(author["name"] for author in item.get("authors", [])), item
    for key in ("date_published", "date_modified"):
        assert key not in item or datetime.datetime.fromisoformat(item[key]).tzinfo, item
assert first["summary"] == "Short & sweet" and first["image"].endswith("?w=1&h=2"), first
assert hostile["title"] == "</script> ]]> \"q\" 'a' & x 🚀", hostile
assert "date_published" not in undated, undated

class Page(HTMLParser):
    refresh = link = None
    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        assert tag != "script"
        if found.get("http-equiv") == "refresh": self.refresh = found["content"]
        if tag == "a": self.link = found["href"]
page = Page()
page.feed(open(f"{folder}/redirect.html", encoding="utf-8").read())
assert page.refresh == f"0; url={page.link}" and page.link.startswith("https://example.org/%22"), page.refresh
print("checked with feedparser", feedparser.__version__)
"#;

fn sample(format: FeedFormat) -> Feed {
    let dated = FeedEntry {
        id: None,
        permalink: "https://example.org/posts/austin é/".to_owned(),
        title: "DevOpsDays Austin".to_owned(),
        published: Some("2013-05-06T09:00:00+02:00".to_owned()),
        updated: Some("2013-05-07T09:00:00+02:00".to_owned()),
        summary: "<p>Short &amp; sweet</p>".to_owned(),
        content: Some("<p>Full <a href=\"https://example.org/\">text</a></p>".to_owned()),
        authors: vec!["Bo".to_owned(), "Cy".to_owned()],
        categories: vec!["Terraform".to_owned(), "CI & CD".to_owned()],
        image: Some("https://example.org/a.png?w=1&h=2".to_owned()),
        enclosure: Some(Enclosure {
            url: "https://example.org/a.mp3?w=1&h=2".to_owned(),
            length: 7,
            media_type: "audio/mpeg".to_owned(),
        }),
    };
    let hostile = FeedEntry {
        permalink: format!("https://example.org/{HOSTILE}"),
        title: HOSTILE.to_owned(),
        content: Some(format!("<p>{HOSTILE}</p>")),
        authors: vec![HOSTILE.to_owned()],
        categories: vec![HOSTILE.to_owned()],
        ..dated.clone()
    };
    let undated = FeedEntry {
        permalink: "https://example.org/undated/".to_owned(),
        title: "Undated".to_owned(),
        summary: "<p>No date</p>".to_owned(),
        ..FeedEntry::default()
    };
    Feed {
        title: "Runbook & friends".to_owned(),
        description: HOSTILE.to_owned(),
        permalink: "https://example.org/".to_owned(),
        self_permalink: format!("https://example.org/{}", format.file_name()),
        lang: "en".to_owned(),
        author: Some("Ann".to_owned()),
        entries: vec![dated, hostile, undated],
        generator_version: "0.1.0".to_owned(),
    }
}

/// Writes the outputs to a folder below the build's own.
fn write_outputs(folder: &Path) {
    fs::create_dir_all(folder).expect("a folder for the outputs");
    for format in FeedFormat::ALL {
        fs::write(folder.join(format.file_name()), render_feed(format, &sample(format))).expect("a feed");
    }
    let entries = [
        SitemapEntry {
            permalink: format!("https://example.org/{HOSTILE}"),
            lastmod: None,
            alternates: Vec::new(),
        },
        SitemapEntry {
            permalink: "https://example.org/".to_owned(),
            lastmod: Some("2013-05-06".to_owned()),
            alternates: vec![("de".to_owned(), "https://example.org/de/".to_owned())],
        },
    ];
    for (name, text) in render_sitemap(&entries, "https://example.org") {
        fs::write(folder.join(name), text).expect("a sitemap");
    }
    let page = render_redirect_page(&format!("https://example.org/\"{HOSTILE}"), "en");
    fs::write(folder.join("redirect.html"), page).expect("a redirect page");
}

/// Whether the command can be run and succeeds; its output is dropped.
fn succeeds(command: &mut Command) -> bool {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// A Python that has feedparser: the system's, or one from a virtual environment made here.
fn python_with_feedparser(folder: &Path) -> Option<PathBuf> {
    let knows = |python: &Path| succeeds(Command::new(python).args(["-c", "import feedparser"]));
    let system = PathBuf::from("python3");
    if knows(&system) {
        return Some(system);
    }
    let venv = folder.join("venv");
    let python = venv.join("bin/python3");
    if !knows(&python) {
        let made = succeeds(Command::new(&system).args(["-m", "venv"]).arg(&venv));
        let pip = ["-m", "pip", "install", "--quiet", "--timeout", "15", "--retries", "1", "feedparser"];
        if !(made && succeeds(Command::new(&python).args(pip))) {
            return None;
        }
    }
    knows(&python).then_some(python)
}

#[test]
fn feedparser_reads_every_format() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("feedparser");
    write_outputs(&folder);
    let Some(python) = python_with_feedparser(&folder) else {
        ssg_testing::skip("python3 with feedparser is neither installed nor installable");
        return;
    };
    let status = Command::new(python).args(["-c", CHECK]).arg(&folder).status().expect("python3 runs");
    assert!(status.success());
}

#[test]
fn xmllint_finds_the_xml_well_formed() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("xmllint");
    write_outputs(&folder);
    if !succeeds(Command::new("xmllint").arg("--version")) {
        ssg_testing::skip("xmllint is not installed");
        return;
    }
    for name in ["atom.xml", "rss.xml", "sitemap.xml"] {
        let status = Command::new("xmllint").args(["--noout", "--nonet"]).arg(folder.join(name)).status();
        assert!(status.expect("xmllint runs").success(), "{name}");
    }
}
