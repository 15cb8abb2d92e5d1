//! Events, talks, categories and dates of a site that texts are about.

use ssg_source::SitePath;
use ssg_suggest::{Known, KnownEvent, KnownTalk, Page, Subject, Suggester};

fn known() -> Known {
    Known {
        events: vec![
            KnownEvent {
                id: "2016-toronto".into(),
                title: "DevOpsDays Toronto 2016".into(),
                city: "Toronto".into(),
                days: ("2016-05-26".into(), "2016-05-27".into()),
                links: vec!["https://devopsdays.org/events/2016-toronto/".into()],
            },
            KnownEvent {
                id: "2018-chicago".into(),
                title: "DevOpsDays Chicago 2018".into(),
                city: "Chicago".into(),
                days: ("2018-08-28".into(), "2018-08-29".into()),
                links: Vec::new(),
            },
        ],
        talks: vec![KnownTalk {
            id: "2016-toronto/containers".into(),
            event: "2016-toronto".into(),
            title: "Containers will not fix your broken culture".into(),
            speakers: vec!["Bridget Kromhout".into()],
        }],
        categories: vec!["Recaps".into(), "Tools".into()],
        ..Known::default()
    }
}

fn read(name: &str, text: &str) -> Vec<(Subject, String)> {
    let path = SitePath::new(name).expect("valid");
    let found = Suggester::new(known()).lacking(Page { path: &path, bytes: text.as_bytes(), front: None });
    let found = found.into_iter().filter(|one| one.confidence >= 0.7);
    let found = found.filter(|one| !matches!(one.subject, Subject::Tool | Subject::Speaker));
    found.map(|one| (one.subject, one.name)).collect()
}

#[test]
fn a_recap_is_about_its_event() {
    let text = "DevOpsDays Toronto recap\n\nThursday, June 02, 2016\n\nLast week I attended DevOpsDays Toronto. Bridget Kromhout gave a talk, Containers will not fix your broken culture.\n";
    let wanted = [
        (Subject::Event, "2016-toronto".to_owned()),
        (Subject::Talk, "2016-toronto/containers".to_owned()),
        (Subject::Category, "Recaps".to_owned()),
        (Subject::Date, "2016-06-02".to_owned()),
    ];
    assert_eq!(read("content/posts/x.md", text), wanted);
}

#[test]
fn what_the_header_has_is_not_said() {
    let text = "+++\ntitle = \"Notes\"\ndate = 2016-06-02\nevents = [\"2016-toronto\"]\n+++\n\nAt [the event](https://devopsdays.org/events/2016-toronto/) we heard [a talk](@/events/2016-toronto/talks/containers.md).\n";
    let wanted =
        [(Subject::Talk, "2016-toronto/containers".to_owned()), (Subject::Category, "Recaps".to_owned())];
    assert_eq!(read("content/posts/x.md", text), wanted);
}

#[test]
fn an_event_in_passing_is_none() {
    let text = "+++\ntitle = \"Notes\"\ndate = 2024-06-02\n+++\n\nI once was in Chicago, and wrote of [another](@/events/2018-chicago/index.md).\n";
    assert_eq!(read("content/posts/x.md", text), []);
}

#[test]
fn an_event_of_another_year_is_not_meant() {
    let text = "+++\ntitle = \"DevOpsDays Toronto 2015 is off\"\ndate = 2015-05-01\n+++\n\nTickets stay valid for 2016.\n";
    assert_eq!(read("content/posts/x.md", text), []);
}
