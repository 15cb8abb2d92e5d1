//! What is said of links over several runs.

use super::*;
use ssg_source::{SitePath, Span};

fn link(address: &str, written: &str) -> Link {
    let source = SitePath::new("content/a.md").expect("a path");
    let place = Place { source, span: Span::new(3, 9), written: written.to_owned(), year: Some(2016) };
    Link { address: address.to_owned(), places: vec![place] }
}

fn hour(number: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + number * 3_600).expect("an instant")
}

fn run(outcome: &Outcome, at: i64, ledger: &mut Ledger, fine: &mut Fine) -> Settled {
    let links = [link("https://a.example/x", "https://a.example/x")];
    settle(&links, &[Some(outcome.clone())], hour(at), ledger, fine)
}

#[test]
fn a_link_is_a_warning_once_it_has_failed_three_times_over_a_day() {
    let (mut ledger, mut fine) = (Ledger::default(), Fine::default());
    run(&Outcome::Fine { moved: None }, -48, &mut ledger, &mut fine);
    assert!(ledger.is_empty());
    let failed = Outcome::Failed("404".to_owned());
    for (at, severity) in [
        (0, Severity::Hint),
        (1, Severity::Hint),
        (2, Severity::Hint),
        (23, Severity::Hint),
        (24, Severity::Warning),
    ] {
        let settled = run(&failed, at, &mut ledger, &mut fine);
        let one = settled.found.iter().next().expect("told");
        assert_eq!(one.severity, severity, "after {at} hours");
        assert_eq!(
            one.hints,
            ["try the archived copy: https://web.archive.org/web/2016/https://a.example/x"]
        );
    }
    let entry = ledger.get("https://a.example/x").expect("remembered");
    assert_eq!((entry.failures, entry.since.as_str()), (5, "2027-01-15T08:00:00Z"));
    assert_eq!(entry.last_fine.as_deref(), Some("2027-01-13T08:00:00Z"));
    // What nobody can tell changes nothing; what is fine ends it.
    let settled = run(&Outcome::Unknown(429), 25, &mut ledger, &mut fine);
    assert!(settled.found.is_empty());
    assert_eq!(ledger.get("https://a.example/x"), Some(entry));
    run(&Outcome::Fine { moved: None }, 26, &mut ledger, &mut fine);
    assert!(ledger.is_empty());
}

#[test]
fn a_link_that_is_gone_from_the_site_is_forgotten() {
    let (mut ledger, mut fine) = (Ledger::default(), Fine::default());
    run(&Outcome::Failed("410".to_owned()), 0, &mut ledger, &mut fine);
    settle(&[], &[], hour(1), &mut ledger, &mut fine);
    assert!(ledger.is_empty());
    assert_eq!(fine, Fine::default());
}

#[test]
fn a_new_address_is_put_in_place_only_where_it_is_sure() {
    for (old, written, moved, fixed) in [
        ("http://a.example/x", "http://a.example/x#y", "https://a.example/x", Some("https://a.example/x#y")),
        ("https://a.example/x", "https://a.example/x", "https://b.example/z", Some("https://b.example/z")),
        ("https://a.example/x", "https://a.example/x", "https://a.example/", None),
        ("https://a.example/x", "https://a.example/x", "https://a.example/login?next=x", None),
        ("https://a.example/x", "https://a.example/x", "http://a.example/x", None),
        ("http://a.example/", "http://a.example", "https://www.a.example/", Some("https://www.a.example/")),
    ] {
        let (mut ledger, mut fine) = (Ledger::default(), Fine::default());
        let outcome = Outcome::Fine { moved: Some(moved.to_owned()) };
        let settled = settle(&[link(old, written)], &[Some(outcome)], hour(0), &mut ledger, &mut fine);
        assert_eq!(settled.found.len(), 1);
        assert_eq!(settled.fixes.first().map(|fix| fix.new.as_str()), fixed, "{old} to {moved}");
    }
}
