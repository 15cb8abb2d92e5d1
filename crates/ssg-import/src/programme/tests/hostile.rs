//! Sources that are broken, or mean harm.

use super::{Reader, Site};
use crate::content_page::ContentPage;
use crate::{import_csv, import_frab, import_ics, import_pretalx, import_sessionize};

const READERS: &[Reader] = &[import_pretalx, import_frab, import_sessionize, import_csv, import_ics];

fn assert_sound(site: &Site, source: &str) {
    for (path, bytes) in &site.files {
        let name = path.as_str();
        assert!(
            name.starts_with("content/events/one/") || name.starts_with("content/speakers/"),
            "{name}\n{source}"
        );
        assert!(name.split('/').all(|part| part.len() < 100), "{name}");
        if let Err(why) = ContentPage::read(bytes) {
            panic!("{name}: {why}\n{source}");
        }
    }
}

const EXPORT: &str = r#"{"schedule": {"version": "1", "base_url": "https://x.example/", "conference": {"title": "Q", "start": "2027-03-18", "end": "2027-03-19",
    "time_zone_name": "Europe/Berlin", "days": [{"index": 1, "date": "2027-03-18", "day_start": "2027-03-18T10:00:00+01:00", "day_end": "2027-03-19T04:00:00+01:00",
    "rooms": {"Deck": [{"id": 1, "guid": "a-b", "date": "2027-03-18T10:00:00+01:00", "start": "10:00", "duration": "00:30", "room": "Deck", "title": "Lamps",
    "track": "Light", "type": "lecture", "language": "en", "abstract": "On <b>lamps</b>.", "persons": [{"id": 2, "public_name": "Ada Lo", "biography": "x"}],
    "links": [{"url": "https://l.example", "title": "L"}], "attachments": [{"url": "/a.pdf", "title": "Slides"}]}]}}]}}}"#;

#[test]
fn every_cut_of_a_source_is_read_or_refused() {
    let csv =
        "title,starts,ends,speakers,abstract\n\"Lamps\",2027-03-18 09:00,2027-03-18 10:00,Ada Lo,\"a\nb\"\n";
    let ics = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:X\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:1\nDTSTART;TZID=X:20270318T093000\nDURATION:PT1H\nSUMMARY:Lamps (Ada Lo)\nEND:VEVENT\nEND:VCALENDAR\n";
    for (source, readers) in [(EXPORT, &READERS[..2]), (csv, &READERS[3..4]), (ics, &READERS[4..])] {
        for end in 0..source.len() {
            let cut = source.get(..end).expect("ASCII");
            for read in readers {
                let mut site = Site::default();
                site.once(*read, cut.as_bytes());
                assert_sound(&site, cut);
            }
        }
    }
}

/// A generator of numbers that gives the same ones in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }
}

#[test]
fn odd_values_in_every_place_are_no_harm() {
    const VALUES: &[&str] = &[
        "null",
        "7",
        "-1",
        "1e300",
        "true",
        "\"\"",
        "[]",
        "{}",
        "[[]]",
        "\"9999-12-31T23:59:59+01:00\"",
        "\"-0001-01-01\"",
        "\"00:00\"",
        "\"../../etc\"",
        "\"+++\\n\"",
        "\"\\u0000\\u202e\"",
        "\"<script>x</script>\"",
        "\"{{ x() }} [a](@/b.md)\"",
        "\"a@b.example\"",
        "{\"en\": \"x\"}",
        "{\"en\": {\"en\": {\"en\": {\"en\": \"x\"}}}}",
        "\"TBA\"",
        "\"javascript:x\"",
        "\"é\"",
        "99999999999",
        "\"2027-03-28T02:30:00\"",
    ];
    let value: serde_json::Value = serde_json::from_str(EXPORT).expect("JSON");
    let mut random = Random(3);
    for _ in 0..1500 {
        let mut text = value.to_string();
        for _ in 0..=random.below(3) {
            // Puts something in the place of a value behind a colon.
            let colons: Vec<usize> = text.match_indices("\":").map(|(at, _)| at + 2).collect();
            let at = colons[random.below(colons.len())];
            let rest = &text[at..];
            let mut values = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>();
            if values.next().is_none_or(|value| value.is_err()) {
                continue;
            }
            let end = at + values.byte_offset();
            text = format!("{}{}{}", &text[..at], VALUES[random.below(VALUES.len())], &text[end..]);
        }
        for read in &READERS[..2] {
            let mut site = Site::default();
            site.import(*read, &text);
            assert_sound(&site, &text);
            assert!(
                !site.files.values().any(|bytes| String::from_utf8_lossy(bytes).contains("a@b.example")),
                "{text}"
            );
        }
    }
}

#[test]
fn rows_of_any_words_are_no_harm() {
    const CELLS: &[&str] = &[
        "",
        "Lamps",
        "\"a\nb\"",
        "2027-03-18",
        "09:00",
        "09:00-08:00",
        "25:00",
        "31.02.2027",
        "3/4/2027",
        "Ada Lo; TBA",
        "a@b.example",
        "https://x.example",
        "javascript:x",
        "9999999999",
        "-5",
        "\"\"\"\"",
        "é",
        "+++",
        "break",
        "cancelled",
        "\u{202e}",
        "2027-10-31T02:30",
        "12/31/9999",
    ];
    const NAMES: &[&str] = &[
        "title",
        "starts",
        "ends",
        "date",
        "duration",
        "speakers",
        "room",
        "kind",
        "abstract",
        "id",
        "video",
        "status",
        "biography",
        "x",
        "Beginn",
    ];
    let mut random = Random(5);
    for _ in 0..600 {
        let count = 2 + random.below(6);
        let header: Vec<&str> = (0..count).map(|_| NAMES[random.below(NAMES.len())]).collect();
        let mut text = format!("title,{}\n", header.join(","));
        for _ in 0..random.below(6) {
            let cells: Vec<&str> = (0..=count).map(|_| CELLS[random.below(CELLS.len())]).collect();
            text.push_str(&format!("{}\n", cells.join(",")));
        }
        let mut site = Site::default();
        site.import(import_csv, &text);
        assert_sound(&site, &text);
    }
}

#[test]
fn what_is_no_such_source_is_said() {
    for text in [
        "",
        "null",
        "{}",
        "[]",
        "[1]",
        "<html>",
        "\u{0}",
        "BEGIN:VCALENDAR",
        "{\"schedule\": {\"conference\": {\"days\": []}}}",
        "title\n",
    ] {
        for read in READERS {
            let mut site = Site::default();
            site.once(*read, text.as_bytes());
            assert!(site.found.has_errors(), "{text:?}");
            assert!(site.files.is_empty());
        }
    }
}
