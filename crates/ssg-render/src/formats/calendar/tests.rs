use super::*;
use jiff::civil::date;

fn entry(time: CalendarTime) -> CalendarEntry {
    CalendarEntry {
        uid: "event-2016-toronto@example.org".to_owned(),
        time,
        title: "DevOpsDays; Toronto".to_owned(),
        description: String::new(),
        location: String::new(),
        coordinates: None,
        url: "https://example.org/events/2016-toronto/".to_owned(),
        changed: None,
        announced: None,
        revision: 0,
        cancelled: false,
        free: false,
    }
}

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a known zone")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn rendered(entries: Vec<CalendarEntry>) -> String {
    render_calendar(&Calendar { title: "Title".to_owned(), entries, grows: false })
}

#[test]
fn days_end_before_the_day_after() {
    let text = rendered(vec![entry(CalendarTime::Days(date(2016, 5, 26), date(2016, 5, 27)))]);
    assert!(text.contains("\r\nDTSTART;VALUE=DATE:20160526\r\nDTEND;VALUE=DATE:20160528\r\n"), "{text}");
    assert!(text.contains("\r\nDTSTAMP:19700101T000000Z\r\nSEQUENCE:0\r\n"), "{text}");
    assert!(!text.contains("VTIMEZONE") && !text.contains("LAST-MODIFIED"), "{text}");
    // An end before the beginning is a mistake that the author is told of.
    let text = rendered(vec![entry(CalendarTime::Days(date(2016, 5, 26), date(2016, 5, 1)))]);
    assert!(text.contains("\r\nDTEND;VALUE=DATE:20160527\r\n"), "{text}");
    // The last day that there is has no day after it.
    let text = rendered(vec![entry(CalendarTime::Days(Date::MAX, Date::MAX))]);
    assert!(!text.contains("DTEND"), "{text}");
}

#[test]
fn a_zone_is_described_by_its_rule() {
    let toronto = zone("America/Toronto");
    let summer = entry(CalendarTime::Span(
        toronto.clone(),
        at("2016-05-26T13:30:00Z"),
        Some(at("2016-05-26T14:00:00Z")),
    ));
    let winter = entry(CalendarTime::Span(toronto, at("2017-01-10T14:00:00Z"), None));
    let text = rendered(vec![summer, winter]);
    assert!(text.contains("DTSTART;TZID=America/Toronto:20160526T093000\r\n"), "{text}");
    assert!(text.contains("DTEND;TZID=America/Toronto:20160526T100000\r\n"), "{text}");
    assert!(text.contains("DTSTART;TZID=America/Toronto:20170110T090000\r\n"), "{text}");
    let expected = "BEGIN:VTIMEZONE\r\nTZID:America/Toronto\r\n\
        BEGIN:STANDARD\r\nDTSTART:19701101T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n\
        TZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nTZNAME:EST\r\nEND:STANDARD\r\n\
        BEGIN:DAYLIGHT\r\nDTSTART:19700308T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n\
        TZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nTZNAME:EDT\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn where_the_rule_says_another_time_it_is_written_in_utc() {
    for (name, instant, expected) in [
        // Until 2006 summer began in April.
        ("America/Toronto", "2006-03-20T14:00:00Z", "DTSTART:20060320T140000Z"),
        ("America/Toronto", "2006-07-20T14:00:00Z", "DTSTART;TZID=America/Toronto:20060720T100000"),
        // Clocks change on a day that no weekday of the month is: the one after the last Thursday.
        ("Asia/Jerusalem", "2027-06-10T07:00:00Z", "DTSTART:20270610T070000Z"),
        ("Africa/Cairo", "2027-06-10T07:00:00Z", "DTSTART:20270610T070000Z"),
        ("Asia/Tokyo", "2027-06-10T01:00:00Z", "DTSTART;TZID=Asia/Tokyo:20270610T100000"),
        ("Australia/Lord_Howe", "2027-01-10T01:00:00Z", "DTSTART;TZID=Australia/Lord_Howe:20270110T120000"),
        ("Europe/Dublin", "2027-06-10T09:00:00Z", "DTSTART;TZID=Europe/Dublin:20270610T100000"),
    ] {
        let text = rendered(vec![entry(CalendarTime::Span(zone(name), at(instant), None))]);
        assert!(text.contains(&format!("\r\n{expected}\r\n")), "{name}: {text}");
        assert_eq!(text.contains("BEGIN:VTIMEZONE"), expected.contains("TZID"), "{name}: {text}");
        assert!(text.matches("BEGIN:STANDARD").count() < 2 && text.matches("BEGIN:DAYLIGHT").count() < 2);
    }
}

#[test]
fn nobody_is_busy_for_whole_days() {
    let text = rendered(vec![entry(CalendarTime::Days(date(2016, 5, 26), date(2016, 5, 27)))]);
    assert!(text.contains("\r\nTRANSP:TRANSPARENT\r\n"), "{text}");
    let text = rendered(vec![entry(CalendarTime::Span(TimeZone::UTC, at("2016-05-26T13:30:00Z"), None))]);
    assert!(!text.contains("TRANSP"), "{text}");
}

#[test]
fn an_hour_that_is_shown_twice_is_written_in_utc() {
    let brussels = zone("Europe/Brussels");
    for (instant, expected) in [
        ("2027-10-31T00:30:00Z", "DTSTART:20271031T003000Z"),
        ("2027-10-31T01:30:00Z", "DTSTART:20271031T013000Z"),
        ("2027-10-31T02:30:00Z", "DTSTART;TZID=Europe/Brussels:20271031T033000"),
    ] {
        let text = rendered(vec![entry(CalendarTime::Span(brussels.clone(), at(instant), None))]);
        assert!(text.contains(&format!("\r\n{expected}\r\n")), "{instant}: {text}");
    }
    let text = rendered(vec![entry(CalendarTime::Span(TimeZone::UTC, at("2027-10-31T01:30:00Z"), None))]);
    assert!(text.contains("\r\nDTSTART:20271031T013000Z\r\n") && !text.contains("TZID"), "{text}");
}

#[test]
fn before_all_rules_it_is_utc_and_without_changes_there_is_one_offset() {
    let text =
        rendered(vec![entry(CalendarTime::Span(zone("Europe/Amsterdam"), at("1700-01-01T12:00:00Z"), None))]);
    assert!(text.contains("\r\nDTSTART:17000101T120000Z\r\n"), "{text}");
    let text = rendered(vec![entry(CalendarTime::Span(zone("Etc/GMT-5"), at("2016-01-01T12:00:00Z"), None))]);
    assert!(
        text.contains("TZOFFSETTO:+0500\r\n") && text.contains("TZID=Etc/GMT-5:20160101T170000"),
        "{text}"
    );
}

#[test]
fn an_end_that_is_no_later_is_left_out() {
    let start = at("2016-05-26T13:30:00Z");
    for end in [start, at("2016-05-26T13:00:00Z")] {
        let text = rendered(vec![entry(CalendarTime::Span(TimeZone::UTC, start, Some(end)))]);
        assert!(!text.contains("DTEND"), "{text}");
    }
}

#[test]
fn hostile_texts_stay_inside_their_line() {
    let hostile = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\0\u{1b};,\\";
    let mut one = entry(CalendarTime::Days(date(2016, 5, 26), date(2016, 5, 26)));
    one.uid = hostile.to_owned();
    one.title = hostile.to_owned();
    one.description = hostile.to_owned();
    one.location = hostile.to_owned();
    one.url = format!("https://example.org/{hostile}");
    one.changed = Some(at("2016-01-02T03:04:05Z"));
    one.revision = u32::MAX;
    one.cancelled = true;
    one.coordinates = Some((43.6446, -79.3884));
    let text = render_calendar(&Calendar { title: hostile.to_owned(), entries: vec![one], grows: true });
    assert_eq!(text.matches("\r\nBEGIN:VEVENT\r\n").count(), 1, "{text}");
    assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1, "{text}");
    assert!(!text.replace("\r\n", "").contains(['\r', '\n', '\0', '\u{1b}']), "{text}");
    assert!(text.contains("\r\nSUMMARY:x END:VEVENT BEGIN:VEVENT\\;\\,\\\\\r\n"), "{text}");
    assert!(text.contains("\r\nDTSTAMP:20160102T030405Z\r\nLAST-MODIFIED:20160102T030405Z\r\n"), "{text}");
    assert!(text.contains("\r\nSEQUENCE:2147483647\r\n"), "{text}");
    assert!(text.contains("\r\nGEO:43.6446;-79.3884\r\n"), "{text}");
    assert!(text.contains("\r\nSTATUS:CANCELLED\r\n"), "{text}");
}

#[test]
fn a_calendar_without_entries_has_a_component_all_the_same() {
    let text = rendered(Vec::new());
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.contains("BEGIN:VTIMEZONE\r\nTZID:UTC\r\n"), "{text}");
}
