//! A later export: what it changes, and what stays.

use super::Site;
use crate::{import_csv, import_pretalx};

const LAMPS: &str = "content/events/one/talks/lamps.md";
const ROPES: &str = "content/events/one/talks/ropes.md";
const INDEX: &str = "content/events/one/index.md";

fn talk(code: &str, title: &str, at: &str, room: &str, person: &str) -> String {
    format!(
        r#"{{"code": "{code}", "title": "{title}", "date": "2027-03-18T{at}:00+01:00", "start": "{at}", "duration": "00:30",
            "room": "{room}", "type": "Talk", "language": "en", "abstract": "On {title}.", "description": "",
            "persons": [{{"code": "P{person}", "public_name": "{person}", "biography": "{person} sails."}}], "links": [], "attachments": []}}"#
    )
}

fn export(talks: &[String]) -> String {
    format!(
        r#"{{"schedule": {{"base_url": "https://pretalx.example/", "conference": {{"title": "Quay", "start": "2027-03-18", "end": "2027-03-18",
            "time_zone_name": "Europe/Brussels", "days": [{{"index": 1, "date": "2027-03-18", "rooms": {{"Deck": [{}]}}}}]}}}}}}"#,
        talks.join(",")
    )
}

fn two() -> [String; 2] {
    [talk("AAA", "Lamps", "09:00", "Deck", "Ada Lo"), talk("BBB", "Ropes", "10:00", "Deck", "Bo Li")]
}

#[test]
fn times_rooms_and_titles_follow_and_edits_stay() {
    let mut site = Site::default();
    let report = site.import(import_pretalx, &export(&two()));
    assert_eq!(report.counts().imported, 5);
    assert!(site.read(LAMPS).contains("speakers = [\"Ada Lo\"]"));
    site.edit(LAMPS, "On Lamps.", "On lamps, by me.");
    site.edit(LAMPS, "room = \"Deck\"", "room = \"Deck\" # the upper one\nlevel = \"all\"");
    site.edit("content/speakers/ada-lo.md", "Ada Lo sails.", "Ada Lo rows.");
    let later = [talk("AAA", "Lamps and lanterns", "11:00", "Loft", "Ada Lo"), two()[1].clone()];
    let report = site.import(import_pretalx, &export(&later));
    let text = site.read(LAMPS);
    for part in [
        "title = \"Lamps and lanterns\"",
        "starts = 2027-03-18T11:00:00",
        "room = \"Loft\" # the upper one",
        "level = \"all\"",
        "On lamps, by me.",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!site.has("content/events/one/talks/lamps-and-lanterns.md"));
    assert!(site.read("content/speakers/ada-lo.md").contains("rows"));
    assert!(report.to_string().contains("a person edited it; the source has changed: body"), "{report}");
}

#[test]
fn what_is_withdrawn_is_cancelled_and_what_comes_back_is_not() {
    let mut site = Site::default();
    site.import(import_pretalx, &export(&two()));
    let report = site.import(import_pretalx, &export(&two()[..1]));
    assert!(site.read(ROPES).contains("cancelled = true"));
    assert!(report.to_string().contains("it is no longer in the source: cancelled"), "{report}");
    site.import(import_pretalx, &export(&two()));
    assert!(!site.read(ROPES).contains("cancelled"));
    // A person who says that it takes place is right.
    site.import(import_pretalx, &export(&two()[..1]));
    site.edit(ROPES, "cancelled = true\n", "");
    site.import(import_pretalx, &export(&two()[..1]));
    assert!(!site.read(ROPES).contains("cancelled"));
}

#[test]
fn what_cannot_be_read_cancels_nothing() {
    let mut site = Site::default();
    let whole = export(&two());
    site.import(import_pretalx, &whole);
    let files = site.files.clone();
    for end in (0..whole.len() - 1).step_by(7) {
        let Some(cut) = whole.get(..end) else { continue };
        site.import(import_pretalx, cut);
        assert!(site.found.has_errors());
        assert_eq!(site.files, files, "{cut}");
    }
}

#[test]
fn a_file_that_a_person_moved_or_removed() {
    let mut site = Site::default();
    site.import(import_pretalx, &export(&two()));
    let text = site.read(LAMPS).replace("On Lamps.", "Mine.");
    site.files.retain(|path, _| path.as_str() != LAMPS && path.as_str() != ROPES);
    site.write("content/events/one/talks/on-lamps.md", &text);
    let later = [
        talk("AAA", "Lanterns", "11:00", "Deck", "Ada Lo"),
        talk("BBB", "Ropes II", "10:00", "Deck", "Bo Li"),
    ];
    site.import(import_pretalx, &export(&later));
    let text = site.read("content/events/one/talks/on-lamps.md");
    assert!(
        text.contains("title = \"Lanterns\"") && text.contains("Mine.") && text.contains("T11:00"),
        "{text}"
    );
    assert!(!site.has(LAMPS) && !site.has(ROPES) && !site.has("content/events/one/talks/ropes-ii.md"));
    assert_eq!(site.below("content/events/one/talks").len(), 1);
}

#[test]
fn an_event_that_is_there_is_given_what_it_lacks() {
    let mut site = Site::default();
    site.write(INDEX, "+++\ntitle = \"My own\"\n\n[event]\nstart = 2027-03-18\ntimezone = \"Europe/Lisbon\" # yes\n+++\n\nWelcome.\n");
    site.write("content/speakers/ada.md", "---\ntitle: Ada Lo\n---\nMine.\n");
    site.import(import_pretalx, &export(&two()));
    let index = site.read(INDEX);
    assert!(
        index.starts_with(
            "+++\ntitle = \"My own\"\n\n[event]\nstart = 2027-03-18\ntimezone = \"Europe/Lisbon\" # yes\n"
        ),
        "{index}"
    );
    assert!(index.ends_with("\nWelcome.\n"));
    // Nine in Brussels is eight in Lisbon.
    assert!(site.read(LAMPS).contains("starts = 2027-03-18T08:00:00"));
    assert!(!site.has("content/speakers/ada-lo.md"));
    assert_eq!(site.read("content/speakers/ada.md"), "---\ntitle: Ada Lo\n---\nMine.\n");
}

#[test]
fn a_table_without_ids_finds_its_talks_again() {
    let mut site = Site::default();
    let table = |lamps: &str, ropes: &str| {
        format!(
            "title,starts,ends,room,speakers\n{lamps},Deck,Ada Lo\n{ropes},Deck,\nTea,2027-03-18 11:00,2027-03-18 11:15,,\n"
        )
    };
    site.import(
        import_csv,
        &table("Lamps,2027-03-18 09:00,2027-03-18 09:30", "Ropes,2027-03-18 10:00,2027-03-18 10:30"),
    );
    let later =
        table("Lanterns,2027-03-18 09:30,2027-03-18 10:00", "Knots,2027-03-18 10:00,2027-03-18 10:30");
    let report = site.import(import_csv, &later.replace("11:00", "11:10"));
    assert!(site.read(LAMPS).contains("title = \"Lanterns\""));
    assert!(site.read(ROPES).contains("title = \"Knots\""));
    assert!(report.to_string().contains("taken for “Lamps”, which has the same speakers"), "{report}");
    let index = site.read(INDEX);
    assert!(index.contains("id = \"tea-2027-03-18\"\nstarts = 2027-03-18T11:10:00"), "{index}");
    assert_eq!(index.matches("[[event.schedule]]").count(), 1);
}

#[test]
fn a_talk_that_is_given_twice_has_a_row_for_each() {
    let mut site = Site::default();
    let twice =
        [talk("AAA", "Lamps", "09:00", "Deck", "Ada Lo"), talk("AAA", "Lamps", "15:00", "Loft", "Ada Lo")];
    site.import(import_pretalx, &export(&twice));
    let index = site.read(INDEX);
    assert_eq!(index.matches("talk = \"lamps\"").count(), 2, "{index}");
    assert!(!site.read(LAMPS).contains("starts"));
    site.import(import_pretalx, &export(&twice[..1]));
    assert!(
        site.read(LAMPS).contains("starts = 2027-03-18T09:00:00") && !site.read(INDEX).contains("schedule")
    );
}

#[test]
fn the_records_of_two_events_do_not_mix() {
    let mut site = Site::default();
    site.import(import_pretalx, &export(&two()));
    // The same person elsewhere: no key of their page is taken out.
    let page = site.read("content/speakers/ada-lo.md").to_owned();
    for (_, recorded) in
        site.record.files.iter_mut().filter(|(path, _)| path.as_str().starts_with("content/speakers/"))
    {
        recorded.source = "programme/other".to_owned();
    }
    let without = two()[0].replace("Ada Lo sails.", "");
    site.import(import_pretalx, &export(&[without]));
    assert_eq!(site.read("content/speakers/ada-lo.md"), page);
}

#[test]
fn a_talk_that_somebody_removed_does_not_come_back_under_another_name() {
    let mut site = Site::default();
    let table = "title,speakers\nLamps,Ada Lo\nRopes,Bo Li\n";
    site.import(import_csv, table);
    site.remove(ROPES);
    let report = site.import(import_csv, table);
    assert!(!site.has(ROPES) && !site.has("content/events/one/talks/ropes-2.md"), "{report}");
    assert!(report.to_string().contains("a person removed it"), "{report}");
}
