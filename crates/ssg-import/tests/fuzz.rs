//! Random sources of every importer that are nearly right: each is read without a panic, and twice the same.

use ssg_import::{
    EventOptions, EventSite, ExportOptions, FORMATS, FolderOptions, Reads, SourceFile, TextOptions,
};
use ssg_source::{Diagnostics, MemoryInputs, SitePath};

const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\n",
    "\"title\": \"A talk\",",
    "\"speakers\": [{\"name\": \"Ann\"}]",
    "\"schedule\": {\"conference\": {\"days\": [",
    "\"rooms\": {\"Hall\": [",
    "\"start\": \"09:00\",",
    "\"startsAt\": \"2016-05-26T09:00:00\"",
    "\"sessions\": [",
    "\"results\": [",
    "\"id\": 1,",
    "\"url\": \"https://a.example/\"",
    "title,speaker,start,room\n",
    "A talk,Ann,2016-05-26 09:00,Hall\n",
    ";",
    "\t",
    "BEGIN:VCALENDAR\r\n",
    "BEGIN:VEVENT\r\n",
    "DTSTART;TZID=Europe/Brussels:20160526T090000\r\n",
    "RRULE:FREQ=DAILY;COUNT=99999999\r\n",
    "SUMMARY:A talk\r\n",
    " folded\r\n",
    "END:VEVENT\r\n",
    "END:VCALENDAR\r\n",
    "<?xml version=\"1.0\"?>",
    "<rss version=\"2.0\"><channel>",
    "<item>",
    "</item>",
    "<title>A</title>",
    "<content:encoded><![CDATA[<p>a <img src=\"/b.png\"></p>]]></content:encoded>",
    "<wp:post_type>post</wp:post_type>",
    "<wp:status>publish</wp:status>",
    "<wp:post_date>2016-05-26 09:00:00</wp:post_date>",
    "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
    "<entry>",
    "</entry>",
    "&amp;",
    "&#xD800;",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "---\n",
    "+++\n",
    "title: A\n",
    "layout: post\n",
    "date: 2016-05-26\n",
    "{% highlight ruby %}",
    "{{< youtube abc >}}",
    "May 26, 2016\n",
    "By Ann\n\n",
    "A line of text. ",
    "https://www.youtube.com/watch?v=abc\n",
];

/// Where folders of the importers have files.
const FILES: &[&str] = &[
    "_config.yml",
    "_posts/2016-05-26-a.md",
    "source/_posts/2016-05-26-a.markdown",
    "config.toml",
    "hugo.toml",
    "content/posts/a.md",
    "content/_index.md",
    "data/events/2016/ghent/main.yml",
    "content/events/2016-ghent/welcome.md",
    "content/events/2016-ghent/program/ann.md",
    "pycon-2016/category.json",
    "pycon-2016/videos/a.json",
];

#[test]
fn random_sources_of_every_format() {
    let instant = "2026-11-21T00:00:00Z".parse().expect("an instant");
    ssg_testing::fuzz(|random| {
        let format = random.choose(FORMATS)?;
        let mut folder = MemoryInputs::new(instant);
        for _ in 0..random.int_in_range(1..=4)? {
            let file = SitePath::new(random.choose(FILES)?).expect("a path");
            folder.write(file, ssg_testing::text(random, WORDS)?);
        }
        let bytes = ssg_testing::text(random, WORDS)?.into_bytes();
        let read = || {
            let mut found = Diagnostics::new();
            let file = SourceFile { name: "dir/source".to_owned(), bytes: bytes.clone() };
            let import = match format.reads {
                Reads::File(read) => read("dir/source", &bytes, &TextOptions::default(), &mut found),
                Reads::Folder(read) => read(&folder, &FolderOptions::default(), &mut found),
                Reads::Export(read) => {
                    read(&file, &ExportOptions { uploads: None, comments: true, record: None }, &mut found)
                }
                Reads::Event(read) => {
                    let index = SitePath::new("content/events/one/index.md").expect("a path");
                    let event =
                        b"---\ntitle: One\nevent: {start: 2016-05-26, timezone: Europe/Brussels}\n---\n";
                    let site = EventSite { index: Some((index, event.to_vec())), ..EventSite::default() };
                    let ask = |_: &str| Some(true);
                    let options = EventOptions {
                        event: "one".to_owned(),
                        site,
                        zone: None,
                        tools: Vec::new(),
                        ask: &ask,
                    };
                    read(std::slice::from_ref(&file), &options, &mut found)
                }
            };
            found.sort();
            (format!("{import:?}"), found)
        };
        assert_eq!(read(), read(), "{}: {}", format.name, String::from_utf8_lossy(&bytes));
        Ok(())
    });
}
