//! Forms of each format.

use super::Site;
use crate::{import_csv, import_frab, import_ics, import_pretalx, import_sessionize};

const INDEX: &str = "content/events/one/index.md";

fn talk_of(site: &Site, name: &str) -> String {
    site.read(&format!("content/events/one/talks/{name}.md")).to_owned()
}

#[test]
fn days_of_frab_go_on_past_midnight() {
    let session = |id: u32, title: &str, date: &str, start: &str| {
        format!(
            r#"{{"id": {id}, "title": "{title}", {date} "start": "{start}", "duration": "1:00", "room": "Deck", "persons": []}}"#
        )
    };
    let export = |one: &str, two: &str| {
        format!(
            r#"{{"schedule": {{"conference": {{"title": "Night", "time_zone_name": "Europe/Berlin", "days": [
                {{"date": "2027-03-18", "day_start": "2027-03-18T10:00:00+01:00", "day_end": "2027-03-19T08:00:00+01:00", "rooms": {{"Deck": [{one}]}}}},
                {{"date": "2027-03-19", "day_start": "2027-03-19T10:00:00+01:00", "day_end": "2027-03-20T08:00:00+01:00", "rooms": {{"Deck": [{two}]}}}}]}}}}}}"#
        )
    };
    // An hour alone, which is after midnight.
    let mut site = Site::default();
    site.import(
        import_frab,
        &export(&session(1, "Late show", "", "01:30"), &session(2, "Brunch", "", "10:00")),
    );
    assert!(talk_of(&site, "late-show").contains("starts = 2027-03-19T01:30:00\nends = 2027-03-19T02:30:00"));
    assert!(!site.read(INDEX).contains("day_ends"));
    // An hour at which days of this program have begun.
    let mut site = Site::default();
    let date = "\"date\": \"2027-03-19T07:15:00+01:00\",";
    site.import(
        import_frab,
        &export(&session(1, "Sunrise", date, "07:15"), &session(2, "Brunch", "", "10:00")),
    );
    let index = site.read(INDEX);
    assert!(
        index.contains("start = 2027-03-18\nend = 2027-03-19") && index.contains("day_ends = \"08:00\""),
        "{index}"
    );
}

#[test]
fn missing_and_odd_fields_are_no_harm() {
    let mut site = Site::default();
    let export = r#"{"schedule": {"conference": {"title": {"en": "Quay", "de": "Kai"}, "days": [{"date": "2027-03-18", "rooms": {"Deck": [
        {"title": {"de": "Lampen", "en": "Lamps"}, "start": "09:00", "duration": null, "track": {"name": {"en": "Light", "de": "Licht"}},
         "persons": [{"name": "Ada Lo", "id": null}, null, {"public_name": ""}], "language": null, "abstract": null, "links": null, "attachments": [null, "x", {"url": "/media/a.pdf"}]},
        {"title": null, "start": "10:00"}, 7, {"title": "No time", "persons": "x"}]}}, {"rooms": null}, 3]}}}"#;
    site.lang = Some("de".to_owned());
    let report = site.import(import_pretalx, export);
    assert_eq!((report.counts().failed, report.counts().imported), (3, 3), "{report}");
    let lamps = talk_of(&site, "lampen");
    assert!(
        lamps.contains("title = \"Lampen\"")
            && lamps.contains("track = \"Licht\"")
            && lamps.contains("[\"Ada Lo\"]"),
        "{lamps}"
    );
    assert!(site.read(INDEX).contains("title = \"Kai\""));
}

#[test]
fn what_the_api_and_the_widget_of_pretalx_say() {
    let mut site = Site::default();
    let api = r#"{"count": 4, "next": null, "results": [
        {"code": "AAA", "title": "Lamps", "speakers": [{"code": "P1", "name": "Ada Lo", "biography": "Sails.", "avatar": "https://pretalx.example/a.png", "email": "ada@ops.example"}],
         "submission_type": {"en": "Workshop"}, "track": {"en": "Light"}, "state": "confirmed", "abstract": "On lamps.", "duration": 90, "content_locale": "de-formal",
         "slot": {"room": {"en": "Deck"}, "start": "2027-03-18T09:00:00+01:00", "end": "2027-03-18T10:30:00+01:00"},
         "resources": [{"resource": "https://speakerdeck.com/ada/lamps", "description": "Slides"}], "internal_notes": "likes tea",
         "answers": [{"question": {"en": "Phone"}, "answer": "123"}]},
        {"code": "BBB", "title": "Ropes", "speakers": [], "state": "rejected"},
        {"code": "CCC", "title": "Nets", "speakers": [], "state": "canceled", "submission_type": "Talk", "slot": null},
        {"code": "DDD", "title": "Sails", "speakers": [], "state": "accepted"}]}"#;
    let report = site.import(import_pretalx, api);
    assert_eq!(report.counts().skipped, 2, "{report}");
    let lamps = talk_of(&site, "lamps");
    for part in [
        "kind = \"workshop\"",
        "language = \"de\"",
        "slides = \"https://speakerdeck.com/ada/lamps\"",
        "ends = 2027-03-18T10:30:00",
    ] {
        assert!(lamps.contains(part), "{part}: {lamps}");
    }
    assert!(talk_of(&site, "nets").contains("cancelled = true"));
    let person = site.read("content/speakers/ada-lo.md");
    assert!(person.contains("image = \"https://pretalx.example/a.png\"") && !person.contains('@'));
    assert!(!site.files.values().any(|bytes| String::from_utf8_lossy(bytes).contains("tea")));
    let mut site = Site::default();
    let widget = r#"{"timezone": "Europe/Brussels", "event_start": "2027-03-18", "event_end": "2027-03-19",
        "rooms": [{"id": 1, "name": {"en": "Deck"}}], "tracks": [{"id": 5, "name": {"en": "Light"}}], "speakers": [{"code": "P1", "name": "Ada Lo"}],
        "talks": [{"code": "AAA", "title": "Lamps", "speakers": ["P1"], "track": 5, "room": 1, "start": "2027-03-18T09:00:00+01:00", "end": "2027-03-18T09:30:00+01:00"},
                  {"id": 9, "title": {"en": "Lunch"}, "room": 1, "start": "2027-03-18T12:00:00+01:00", "end": "2027-03-18T13:00:00+01:00"}]}"#;
    site.import(import_pretalx, widget);
    let lamps = talk_of(&site, "lamps");
    assert!(
        lamps.contains("room = \"Deck\"\ntrack = \"Light\"") && lamps.contains("[\"Ada Lo\"]"),
        "{lamps}"
    );
    let index = site.read(INDEX);
    assert!(
        index.contains("kind = \"lunch\"") && index.contains("timezone = \"Europe/Brussels\""),
        "{index}"
    );
}

#[test]
fn both_views_of_sessionize_are_the_same() {
    let all = r#"{"sessions": [
        {"id": "1", "title": "Lamps", "description": "On lamps.", "startsAt": "2027-03-18T09:00:00", "endsAt": "2027-03-18T09:30:00", "isServiceSession": false, "isPlenumSession": false, "speakers": ["a"], "categoryItems": [11, 21, 31], "roomId": 1},
        {"id": "2", "title": "Keynote", "description": null, "startsAt": "2027-03-18T10:00:00", "endsAt": "2027-03-18T11:00:00", "isServiceSession": false, "isPlenumSession": true, "speakers": ["b"], "categoryItems": [], "roomId": 1},
        {"id": "g-3", "title": "Doors open", "startsAt": "2027-03-18T08:00:00", "endsAt": "2027-03-18T09:00:00", "isServiceSession": true, "isPlenumSession": true, "speakers": [], "categoryItems": [], "roomId": null},
        {"id": "4", "title": "Not yet", "startsAt": null, "endsAt": null, "speakers": ["a"], "categoryItems": [], "roomId": null}],
        "speakers": [{"id": "a", "firstName": "Ada", "lastName": "Lo", "bio": "Sails.\r\nWrite to ada@ops.example", "links": [{"title": "Blog", "url": "https://ada.example/", "linkType": "Blog"}], "categoryItems": [41], "fullName": "Ada Lo"},
                     {"id": "b", "firstName": "Bo", "lastName": "Li", "bio": null, "links": [], "fullName": "Bo Li"}],
        "questions": [], "categories": [{"id": 1, "title": "Track", "items": [{"id": 11, "name": "Light"}]}, {"id": 2, "title": "Level", "items": [{"id": 21, "name": "Advanced"}]},
            {"id": 3, "title": "Language", "items": [{"id": 31, "name": "Deutsch"}]}, {"id": 4, "title": "Pronouns", "items": [{"id": 41, "name": "she/her"}]}],
        "rooms": [{"id": 1, "name": "Deck"}, {"id": 2, "name": "Loft"}]}"#;
    let session = |more: &str| {
        format!(
            r#"{{{more}, "isInformed": true, "liveUrl": null, "recordingUrl": null, "status": "Accepted"}}"#
        )
    };
    let lamps = session(
        r#""id": "1", "title": "Lamps", "description": "On lamps.", "startsAt": "2027-03-18T09:00:00", "endsAt": "2027-03-18T09:30:00", "isServiceSession": false, "isPlenumSession": false, "speakers": [{"id": "a", "name": "Ada Lo"}], "categories": [{"id": 1, "name": "Track", "categoryItems": [{"id": 11, "name": "Light"}]}, {"id": 2, "name": "Level", "categoryItems": [{"id": 21, "name": "Advanced"}]}, {"id": 3, "name": "Language", "categoryItems": [{"id": 31, "name": "Deutsch"}]}], "roomId": 1, "room": "Deck""#,
    );
    let keynote = session(
        r#""id": "2", "title": "Keynote", "startsAt": "2027-03-18T10:00:00", "endsAt": "2027-03-18T11:00:00", "isServiceSession": false, "isPlenumSession": true, "speakers": [{"id": "b", "name": "Bo Li"}], "categories": [], "roomId": 1, "room": "Deck""#,
    );
    let doors = session(
        r#""id": "g-3", "title": "Doors open", "startsAt": "2027-03-18T08:00:00", "endsAt": "2027-03-18T09:00:00", "isServiceSession": true, "isPlenumSession": true, "speakers": [], "categories": [], "roomId": null, "room": null"#,
    );
    let grid = format!(
        r#"[{{"date": "2027-03-18T00:00:00", "isDefault": true, "rooms": [{{"id": 1, "name": "Deck", "sessions": [{doors}, {lamps}, {keynote}], "session": null, "hasOnlyPlenumSessions": false}},
            {{"id": 2, "name": "Loft", "sessions": [{keynote}], "hasOnlyPlenumSessions": true}}],
            "timeSlots": [{{"slotStart": "10:00:00", "rooms": [{{"id": 1, "name": "Deck", "session": {keynote}, "index": 0}}]}}]}}]"#
    );
    let (mut one, mut two) = (Site::default(), Site::default());
    one.zone = Some("Europe/Brussels".to_owned());
    two.zone.clone_from(&one.zone);
    one.import(import_sessionize, all);
    let report = two.import(import_sessionize, &grid);
    assert_eq!(report.counts().failed, 0, "{report}");
    for name in ["lamps", "keynote"] {
        assert_eq!(talk_of(&one, name), talk_of(&two, name));
    }
    let lamps = talk_of(&one, "lamps");
    for part in ["track = \"Light\"", "level = \"Advanced\"", "language = \"de\"", "room = \"Deck\""] {
        assert!(lamps.contains(part), "{part}: {lamps}");
    }
    assert!(!talk_of(&one, "not-yet").contains("starts"));
    let person = one.read("content/speakers/ada-lo.md");
    assert!(
        person.contains("pronouns = \"she/her\"")
            && person.contains("https://ada.example/")
            && !person.contains('@'),
        "{person}"
    );
    let index = one.read(INDEX);
    assert!(index.contains("kind = \"registration\"") && !index.contains("timezone"), "{index}");
    assert!(two.read(INDEX).contains("id = \"g-3\""));
}

#[test]
fn tables_of_all_sorts() {
    let spaces = "Titre\tDate\tHeure\tDur\u{e9}e\tSalle\tIntervenants\tR\u{e9}sum\u{e9}\tE-mail\n\
        \"Les lampes,\nla nuit\"\t18/03/2027\t9h30\t45 min\tPont\tAda Lo, Bo Li\t\"Une \"\"lampe\"\"\n\nde nuit.\"\tada@ops.example\n\
        D\u{e9}jeuner\t\t12h00\t1h\t\t\t\t\n";
    let latin: Vec<u8> = spaces.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect();
    let mut site = Site { zone: Some("Europe/Paris".to_owned()), ..Site::default() };
    let report = site.import_bytes(import_csv, &latin);
    assert!(report.to_string().contains("Windows-1252"), "{report}");
    let lamps = talk_of(&site, "les-lampes-la-nuit");
    for part in [
        "title = \"Les lampes, la nuit\"",
        "starts = 2027-03-18T09:30:00\nends = 2027-03-18T10:15:00",
        "[\"Ada Lo\", \"Bo Li\"]",
        "Une \"lampe\"\n\nde nuit.",
    ] {
        assert!(lamps.contains(part), "{part}: {lamps}");
    }
    assert!(
        site.read(INDEX).contains(
            "starts = 2027-03-18T12:00:00\nends = 2027-03-18T13:00:00\nkind = \"lunch\"\ntitle = \"Déjeuner\""
        ),
        "{}",
        site.read(INDEX)
    );
    let mut site = Site::default();
    site.import(import_csv, "\u{feff}Day;Time;Room;Session;Speaker 1;Speaker 2\r\n03/18/2027;9:30 AM - 10:00 AM;Deck;Lamps;Ada Lo;Bo Li\r\n;11:30 PM - 12:30 AM;Deck;Late;TBA;\r\n");
    assert!(talk_of(&site, "lamps").contains("starts = 2027-03-18T09:30:00\nends = 2027-03-18T10:00:00"));
    assert!(talk_of(&site, "late").contains("ends = 2027-03-19T00:30:00"), "{}", talk_of(&site, "late"));
    assert!(!talk_of(&site, "late").contains("speakers"));
    let mut site = Site::default();
    site.import(import_csv, "Harbour day;;\n\nTitel;Beginn;\nLampen;18.03.2027 09:00;\n");
    assert!(talk_of(&site, "lampen").contains("2027-03-18T09:00:00"));
    let report = Site::default().import(import_csv, "Colour,Size\nred,1\n");
    assert_eq!(report.counts().failed, 1);
}

#[test]
fn calendars_of_all_sorts() {
    let mut site = Site::default();
    let entry = |uid: &str, start: &str, more: &str| {
        format!("BEGIN:VEVENT\r\nUID:{uid}\r\n{start}\r\n{more}\r\nEND:VEVENT\r\n")
    };
    let calendar = [
        "BEGIN:VCALENDAR\r\nX-WR-TIMEZONE:America/New_York\r\n".to_owned(),
        entry("ada@ops.example", "DTSTART;TZID=\"America/New_York\":20270318T090000", "DURATION:PT45M\r\nSUMMARY:Workshop: Lamps\r\nORGANIZER;CN=Jo:mailto:jo@ops.example\r\nATTENDEE:mailto:x@ops.example\r\nDESCRIPTION:Ask jo@ops.example\\nSpeakers: Ada Lo\\, Bo Li"),
        entry("2", "DTSTART:20270318T150000Z", "DTEND:20270318T153000Z\r\nSUMMARY:Ropes\r\nLOCATION:Deck"),
        entry("3", "DTSTART;VALUE=DATE:20270319", "DTEND;VALUE=DATE:20270320\r\nSUMMARY:Open space"),
        "BEGIN:VEVENT\r\nUID:4\r\nSUMMARY:No time\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".to_owned(),
    ]
    .concat();
    let report = site.import(import_ics, &calendar);
    assert_eq!(report.counts().failed, 1, "{report}");
    let lamps = talk_of(&site, "workshop-lamps");
    for part in [
        "kind = \"workshop\"",
        "[\"Ada Lo\", \"Bo Li\"]",
        "starts = 2027-03-18T09:00:00\nends = 2027-03-18T09:45:00",
    ] {
        assert!(lamps.contains(part), "{part}: {lamps}");
    }
    assert!(talk_of(&site, "ropes").contains("starts = 2027-03-18T11:00:00"));
    assert!(talk_of(&site, "open-space").contains("starts = 2027-03-19\n"));
    assert!(site.files.values().all(|bytes| !String::from_utf8_lossy(bytes).contains('@')));
    assert!(site.read(INDEX).contains("timezone = \"America/New_York\""));
}

#[test]
fn two_people_of_one_name_are_two() {
    let mut site = Site::default();
    let person =
        |id: u32, bio: &str| format!(r#"{{"id": {id}, "public_name": "Ada Lo", "biography": "{bio}"}}"#);
    let talk = |id: u32, title: &str, person: &str| {
        format!(
            r#"{{"id": {id}, "title": "{title}", "date": "2027-03-18T0{id}:00:00+00:00", "duration": "00:30", "room": "Deck", "persons": [{person}]}}"#
        )
    };
    let export = format!(
        r#"{{"schedule": {{"conference": {{"title": "Q", "days": [{{"date": "2027-03-18", "rooms": {{"Deck": [{}, {}, {}]}}}}]}}}}}}"#,
        talk(7, "Lamps", &person(1, "Sails.")),
        talk(8, "Ropes", &person(2, "Rows.")),
        talk(9, "Nets", &person(1, ""))
    );
    site.import(import_frab, &export);
    assert!(talk_of(&site, "lamps").contains("speakers = [{ name = \"Ada Lo\", id = \"ada-lo\" }]"));
    assert!(talk_of(&site, "ropes").contains("speakers = [{ name = \"Ada Lo\", id = \"ada-lo-2\" }]"));
    assert!(talk_of(&site, "nets").contains("id = \"ada-lo\" }"));
    assert!(site.read("content/speakers/ada-lo-2.md").contains("Rows."));
}
