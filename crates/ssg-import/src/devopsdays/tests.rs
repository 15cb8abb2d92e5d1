use super::*;
use crate::{Existing, ImportRecord, Step, plan};
use ssg_source::{MemoryInputs, SitePath};

fn import_only(files: &[(&str, &str)], only: &[&str]) -> (Import, Diagnostics) {
    let mut inputs = MemoryInputs::new(jiff::Timestamp::UNIX_EPOCH);
    for (name, text) in files {
        inputs.write(SitePath::new(name).expect("valid"), text);
    }
    let mut found = Diagnostics::new();
    let only = only.iter().map(|name| (*name).to_owned()).collect();
    let options = FolderOptions { only, ..FolderOptions::default() };
    (import_devopsdays(&inputs, &options, &mut found), found)
}

fn import(files: &[(&str, &str)]) -> (Import, Diagnostics) {
    import_only(files, &[])
}

fn text<'i>(import: &'i Import, path: &str) -> &'i str {
    let file = import.files.iter().find(|file| file.path.as_str() == path);
    let names = || import.files.iter().map(|file| file.path.to_string()).collect::<Vec<_>>();
    std::str::from_utf8(&file.unwrap_or_else(|| panic!("no {path} in {:?}", names())).bytes).expect("text")
}

fn notes(import: &Import) -> String {
    import.report.to_string()
}

const MAIN: &str = r#"name: "2018-pier"
year: "2018"
city: "Chicago"
event_twitter: "pierdays"
ga_tracking_id: "UA-1"
startdate: 2018-08-28T00:00:00-05:00
enddate: 2018-08-29T23:59:59-05:00
cfp_date_start: 2018-03-19T00:00:00-05:00
cfp_date_end: 2018-06-01T23:59:59-05:00
cfp_link: "https://example.org/cfp"
registration_date_start:
registration_link: ""
coordinates: "41.9, -87.6"
location: "The Pier"
location_address: "1 Quay"
team_members:
  - name: "Jo Dock"
    github: "@jodock"
  - name: "TBD"
sponsors:
  - id: lamps
    level: gold
  - id: ropes-before-20190101
    level: gold
    url: "https://example.org/ropes"
sponsor_levels:
  - id: gold
    label: Gold
    max: 0
program:
  - title: "Registration"
    type: custom
    date: 2018-08-28
    start_time: "8:00"
    end_time: "17:345"
  - title: "al-quay"
    type: talk
    date: 2018-08-28
    start_time: "09:15"
    end_time: "09:45"
  - title: "Ignites"
    type: ignite
    date: 2018-08-28
    start_time: "13:00"
    end_time: "13:30"
ignites:
  - title: "bo-hull"
    date: 2018-08-28
"#;

const TALK: &str = "+++\nTalk_date = \"\"\nTitle = \"On lamps\"\nType = \"talk\"\nSpeakers = [\"al-quay\", \"jo-dock\"]\nvimeo = \"123\"\nmood = \"good\"\n+++\n\nLamps {{< youtube x >}}shine.\n";
const SPEAKER: &str = "+++\nTitle = \"Al Quay\"\nTwitter = \"@alquay\"\nimage = \"al-quay.png\"\ntype = \"speaker\"\n+++\n\nAl lights lamps.\n";

fn pier() -> Vec<(&'static str, &'static str)> {
    vec![
        ("data/events/2018/pier/main.yml", MAIN),
        ("data/sponsors/lamps.yml", "name: \"Lamps & Co\"\nurl: \"https://example.org/lamps\"\n"),
        (
            "content/events/2018-pier/welcome.md",
            "+++\nTitle = \"Welcome\"\naliases = [\"/events/2018-pier/\", \"/pier/\"]\n+++\n\n<div>See you on <b>{{< event_start >}}</b></div>\n",
        ),
        ("content/events/2018-pier/conduct.md", "+++\nTitle = \"conduct\"\n+++\n\nBe kind.\n"),
        ("content/events/2018-pier/speakers.md", "+++\nTitle = \"Speakers\"\n+++\n"),
        ("content/events/2018-pier/program/al-quay.md", TALK),
        ("content/events/2018-pier/speakers/al-quay.md", SPEAKER),
        ("static/events/2018-pier/speakers/al-quay.png", "png"),
        ("README.md", "x"),
    ]
}

#[test]
fn an_event_has_all_that_its_files_say() {
    let (import, found) = import(&pier());
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(
        text(&import, "content/events/2018-pier/index.md"),
        r#"+++
title = "DevOpsDays Chicago 2018"
aliases = [
    "/pier/",
    "/events/2018-pier/welcome/",
    "/events/2018-pier/speakers/",
    "/events/2018-pier/program/",
]

[event]
start = 2018-08-28
end = 2018-08-29
timezone = "America/Chicago"
city = "Chicago"
series = "devopsdays-chicago"
organizers = [{ name = "Jo Dock", url = "https://github.com/jodock" }]
sponsors = [
    { id = "lamps", level = "gold" },
    { id = "ropes-before-20190101", level = "gold" },
]
sponsor_levels = [{ id = "gold", label = "Gold" }]

[event.venue]
name = "The Pier"
address = "1 Quay"
coordinates = "41.9, -87.6"

[event.cfp]
opens = 2018-03-19
closes = 2018-06-01
url = "https://example.org/cfp"

[[event.schedule]]
starts = 2018-08-28T08:00:00
kind = "registration"
title = "Registration"

[[event.schedule]]
starts = 2018-08-28T09:15:00
ends = 2018-08-28T09:45:00
kind = "talk"
talk = "al-quay"

[[event.schedule]]
starts = 2018-08-28T13:00:00
ends = 2018-08-28T13:30:00
kind = "ignite"
title = "Ignites"

[[event.schedule]]
starts = 2018-08-28T13:00:00
kind = "ignite"
title = "Bo Hull"

[extra]
links = ["https://twitter.com/pierdays"]

[extra.import]
source = "devopsdays"
+++

See you on **28 August 2018**

[Conduct](@/event-pages/2018-pier/conduct.md)
"#
    );
    let report = notes(&import);
    for said in [
        "`17:345` is no time of day",
        "the programme names `bo-hull`, which has no file",
        "the organizer `TBD` names nobody",
        "1 × event: ga_tracking_id",
        "1 × event: sponsors.url",
        "1 × talk: mood",
        "1 × shortcode youtube",
        "skipped “README.md”",
    ] {
        assert!(report.contains(said), "{said}\n{report}");
    }
    let counts = import.report.counts();
    assert_eq!(counts.imported + counts.skipped, import.report.items());
}

#[test]
fn talks_and_speakers_keep_their_old_addresses() {
    let (import, _) = import(&pier());
    assert_eq!(
        text(&import, "content/events/2018-pier/talks/al-quay.md"),
        r#"+++
title = "On lamps"
speakers = ["Al Quay", "Jo Dock"]
video = "https://vimeo.com/123"
aliases = ["/events/2018-pier/program/al-quay/"]

[extra.import]
source = "devopsdays"
+++

Lamps shine.
"#
    );
    assert_eq!(
        text(&import, "content/speakers/al-quay.md"),
        r#"+++
title = "Al Quay"
image = "/events/2018-pier/speakers/al-quay.png"
aliases = ["/events/2018-pier/speakers/al-quay/"]

[extra]
links = [{ title = "Twitter", url = "https://twitter.com/alquay" }]

[extra.import]
source = "devopsdays"
+++

Al lights lamps.
"#
    );
    assert_eq!(text(&import, "static/events/2018-pier/speakers/al-quay.png"), "png");
    assert!(
        text(&import, "content/event-pages/2018-pier/conduct.md")
            .contains("path = \"/events/2018-pier/conduct/\"")
    );
    assert!(text(&import, "data/sponsors/lamps.toml").starts_with("name = \"Lamps & Co\"\n"));
    assert!(text(&import, "data/sponsors/ropes-before-20190101.toml").contains("name = \"Ropes\"\n"));
}

#[test]
fn the_older_layout_is_read_too() {
    let program = "+++\ntitle = \"program\"\n+++\n<p>Intro.</p><h4>Day 1</h4><div>10:00-10:30</div><div>\
        <a href=\"/events/2016-quay/proposals/How%20To/\">How To</a><br/><em>Bo Hull and Al Quay</em></div>\
        <div>11:00-11:30</div><div><a href=\"/events/2016-quay/proposals/Other/\">Other</a><em>TBA</em></div>";
    let proposal = "+++\ntitle = \"Bo Hull\"\n+++\n### How to\n\n**Abstract:**\n\nSo.\n\n**Speaker:**\n\nBo Hull, <a href=\"https://twitter.com/bo\">@bo</a>\n\nBo is.";
    let (import, found) = import(&[
        ("data/events/2016-quay.yml", "city: Toronto\nstartdate: 2016-05-26\nenddate: 2016-05-27\n"),
        ("content/events/2016-quay/program.md", program),
        ("content/events/2016-quay/proposals/How To.md", proposal),
    ]);
    assert!(found.is_empty());
    let talk = text(&import, "content/events/2016-quay/talks/how-to.md");
    assert!(talk.contains("title = \"How To\"\nspeakers = [\"Bo Hull\", \"Al Quay\"]\naliases = [\"/events/2016-quay/proposals/How To/\"]"), "{talk}");
    assert!(talk.ends_with("So.\n"));
    // A talk that only the programme names has a file as well; nobody speaks.
    assert!(!text(&import, "content/events/2016-quay/talks/other.md").contains("speakers"));
    let event = text(&import, "content/events/2016-quay/index.md");
    assert!(
        event.contains(
            "starts = 2016-05-26T10:00:00\nends = 2016-05-26T10:30:00\nkind = \"talk\"\ntalk = \"how-to\""
        ),
        "{event}"
    );
    assert!(event.ends_with("Intro.\n"));
    assert!(text(&import, "content/speakers/bo-hull.md").contains("https://twitter.com/bo"));
}

#[test]
fn one_person_at_two_events_has_one_page() {
    let mut files = pier();
    let other = "+++\nTitle = \"Al  Quay\"\n+++\n\nAl now makes ropes.\n";
    files.push(("data/events/2020-quay.yml", "city: Toronto\nstartdate: 2020-05-26\n"));
    files.push(("content/events/2020-quay/speakers/alquay.md", other));
    files.push(("content/events/2020-quay/speakers/bo.md", "+++\nTitle = \"Bo Hull\"\n+++\n"));
    let (both, _) = import(&files);
    let page = text(&both, "content/speakers/al-quay.md");
    assert!(
        page.contains("\"/events/2020-quay/speakers/alquay/\"") && page.ends_with("makes ropes.\n"),
        "{page}"
    );
    assert!(both.files.iter().all(|file| file.path.as_str() != "content/speakers/alquay.md"));
    // A page keeps the id of the source, whatever becomes of the name.
    assert!(text(&both, "content/speakers/bo.md").contains("title = \"Bo Hull\"\nslug = \"bo\"\n"));
    // One event alone gives the same page, so that nothing is lost.
    let (one, _) = import_only(&files, &["2020-quay"]);
    assert_eq!(text(&one, "content/speakers/al-quay.md"), page);
    assert!(one.report.items() < both.report.items());
}

#[test]
fn what_cannot_be_read_fails_alone_with_its_line() {
    let mut files = pier();
    files.push(("data/events/2019-broken.yml", "name: x\n\tcity: y\n"));
    files.push(("content/events/2019-broken/welcome.md", "x"));
    files.push(("content/events/2018-pier/program/open.md", "+++\ntitle = \"x\n"));
    files.push(("data/events/2017-twice.yml", "city: Toronto\ncity: Paris\nstartdate: 2017-01-01\n"));
    let (import, found) = import(&files);
    assert_eq!(found.status(), 1);
    let places: Vec<_> =
        found.iter().filter_map(|one| Some((one.path.as_ref()?.as_str(), one.span?))).collect();
    assert_eq!(places.len(), 3, "{found:?}");
    let counts = import.report.counts();
    assert_eq!((counts.failed, counts.skipped), (2, 2));
    assert!(text(&import, "content/events/2017-twice/index.md").contains("city = \"Paris\""));
    assert!(!import.covers.contains("devopsdays/2018-pier"));
    assert!(import.covers.contains("devopsdays/2017-twice"));
}

#[test]
fn hostile_sources_stay_inside_and_are_bounded() {
    let bomb =
        format!("a: &a [{}]\n{}", "x, ".repeat(1000), "b: [*a, *a, *a, *a, *a, *a, *a, *a]\n".repeat(200));
    let deep = format!("a: {}", "[".repeat(10_000));
    let (import, _) = import(&[
        ("data/events/2016-bomb.yml", &bomb),
        ("data/events/2016-deep.yml", &deep),
        (
            "data/events/..yml",
            "city: \"../../etc\"\nstartdate: 2016-01-01\nsponsors: [{id: \"../../x\"}, {id: \"..\"}]\n",
        ),
        (
            "content/events/2016-x\u{202e}/program/....md",
            "+++\ntitle = \"+++\"\n+++\n<script>alert(1)</script>",
        ),
        (
            "data/events/2016-x\u{202e}.yml",
            "city: \"'\\\"+++\"\nstartdate: 2016-99-01\nprogram: 7\nteam_members: x\n",
        ),
    ]);
    for file in &import.files {
        let path = file.path.as_str();
        assert!(path.starts_with("content/") || path.starts_with("data/sponsors/"), "{path}");
        assert!(!String::from_utf8_lossy(&file.bytes).contains("<script"));
        if let Some(head) = String::from_utf8_lossy(&file.bytes).strip_prefix("+++\n") {
            let head = head.split("\n+++\n").next().unwrap_or_default();
            assert!(head.parse::<toml::Table>().is_ok(), "{head}");
        }
    }
}

#[test]
fn importing_twice_is_importing_once() {
    let (import, _) = import(&pier());
    let first = plan(&import, &ImportRecord::default(), &|_| Existing::Absent);
    assert!(first.steps.iter().all(|planned| matches!(planned.step, Step::New(_))));
    let written = |path: &SitePath| {
        let file = import.files.iter().find(|file| file.path == *path);
        file.map_or(Existing::Absent, |file| Existing::File(file.bytes.clone()))
    };
    let second = plan(&import, &first.done, &written);
    assert!(second.steps.iter().all(|planned| planned.step == Step::Same));
    assert_eq!(second.done, first.done);
}
