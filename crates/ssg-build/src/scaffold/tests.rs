use super::text::{file_slug, markdown_link, markdown_text};
use super::*;
use jiff::civil::{Date, date};
use ssg_parse::toml_text;
use ssg_parse::{Config, Document, ParseOptions, parse_document, read_config};
use ssg_source::{Class, Diagnostics, codes};
use ssg_taxonomy::{AssembleOptions, EventState, Kind, Site, Source, assemble};
use std::sync::Arc;

const TODAY: Date = date(2026, 11, 30);

fn options() -> ParseOptions {
    let taxonomies = ["categories", "tools", "speakers"].map(str::to_owned).into();
    ParseOptions { taxonomies, ..ParseOptions::default() }
}

/// Parses a file that must be without fault, but for an address that is hostile on purpose.
fn parsed(file: &NewFile) -> Document {
    let (document, mut found) = parse_document(&file.path, file.text.as_bytes(), &options());
    found.retain(|one| one.code != codes::ADDRESS);
    assert!(found.is_empty(), "{found:?}\n{}", file.text);
    document
}

fn site_of(files: &[NewFile], drafts: bool) -> (Site, Diagnostics) {
    let sources = files
        .iter()
        .filter(|file| file.path.extension() == Some("md"))
        .map(|file| Source { path: file.path.clone(), document: Arc::new(parsed(file)) })
        .collect();
    let options = AssembleOptions {
        instant: "2026-11-30T12:00:00Z".parse().expect("an instant"),
        drafts,
        future: false,
        expired: false,
        skip_broken: false,
    };
    let mut found = Diagnostics::new();
    let site = assemble(&Config::default(), &options, sources, Vec::new(), &mut found);
    (site, found)
}

fn file(path: &str, text: &str) -> NewFile {
    NewFile { path: SitePath::new(path).expect("a path"), text: text.to_owned() }
}

fn request<'a>(kind: NewKind, title: &'a str, site: &'a Site) -> NewRequest<'a> {
    NewRequest { kind, title, event: None, today: TODAY, author: None, slug: None, site }
}

/// An event whose talks are named out of order, with one speaker who has a page.
fn toronto() -> Vec<NewFile> {
    vec![
        file(
            "content/events/2016-toronto/index.md",
            r#"+++
title = "DevOpsDays Toronto 2016"
[event]
start = 2016-05-26
end = 2016-05-27
city = "Toronto"
[[event.schedule]]
starts = 2016-05-26T11:00:00
talk = "early-title"
[[event.schedule]]
starts = 2016-05-26T09:00:00
talk = "zebra"
[[event.schedule]]
talk = "no-time-b"
[[event.schedule]]
talk = "no-time-a"
+++
"#,
        ),
        file(
            "content/events/2016-toronto/talks/early-title.md",
            r#"+++
title = "A *bold* {{ claim() }} about C# {#top}"
speakers = ["Bridget Kromhout", "Kris \"K\" [Nova]"]
tools = ["Docker", "Kubernetes"]
slides = "https://speakerdeck.com/x/y (final)"
video = "https://youtu.be/abc"
[talk]
kind = "talk"
+++
"#,
        ),
        file(
            "content/events/2016-toronto/talks/zebra.md",
            "+++\ntitle = \"Zebra\"\nspeakers = [\"bridget kromhout\"]\ntools = [\"Docker\"]\nslides = \"javascript:alert(1)\"\n[talk]\nkind = \"keynote\"\n+++\n",
        ),
        file("content/events/2016-toronto/talks/no-time-a.md", "+++\ntitle = \"Aardvark\"\n[talk]\n+++\n"),
        file("content/events/2016-toronto/talks/no-time-b.md", "+++\ntitle = \"Bison\"\n[talk]\n+++\n"),
        file("content/speakers/bridget-kromhout.md", "+++\ntitle = \"Bridget Kromhout\"\n+++\n"),
    ]
}

/// Takes the `#` from every key and table that is commented out.
fn uncommented(text: &str) -> String {
    let lines = text.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '[') => rest,
        _ => line,
    });
    lines.flat_map(|line| [line, "\n"]).collect()
}

const HOSTILE: &[&str] = &[
    "She said \"no\" and 'yes' \\ \"\"\" '''",
    "+++",
    "a\n+++\nb",
    "---",
    "bell \u{7} null \u{0} escape \u{1b} delete \u{7f} next \u{85} line \u{2028}",
    "\u{1f389}\u{1f680}",
    "\u{200b}",
    "日本語のタイトル",
    "../../etc/passwd",
    "a\\b:c*d?e<f>g|h",
    "index",
    "CON",
    "{{ x }} {% y %} ]]> </script> <!-- more -->",
    "# ] [ = title",
    "2013-05-06",
    "....",
];

#[test]
fn the_first_site_assembles_without_a_word() {
    let files = init_site("Ops \"Notes\" \\ +++", "https://example.org/blog", TODAY);
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            ".gitignore",
            "content/_index.md",
            "content/posts/2026-11-30-hello.md",
            "content/events/2027-example-days/index.md",
            "content/events/2027-example-days/talks/the-runbook-nobody-read.md",
            "content/events/2027-example-days/talks/five-alerts-we-deleted.md",
            // Without it the folder is no site yet, and a second try goes on.
            "ssg.toml",
        ]
    );
    let (site, found) = site_of(&files, false);
    assert!(found.is_empty(), "{found:?}");
    let event = site.event("2027-example-days").expect("the event");
    assert_eq!(event.start.date(), date(2027, 2, 28));
    let now = "2026-11-30T12:00:00Z".parse().expect("an instant");
    assert_eq!(event.state(false, None, now), EventState::Upcoming);
    assert_eq!((event.talks.len(), event.slots.len()), (2, 4));
    assert!(
        event.talks.iter().all(|id| site.page(*id).talk.as_ref().is_some_and(|talk| talk.starts().is_some()))
    );
    assert_eq!(site.pages_of(Kind::Post).count(), 1);
}

/// The configuration of a new site.
fn configuration_of(title: &str, base_url: &str) -> NewFile {
    init_site(title, base_url, TODAY).pop().expect("files")
}

#[test]
fn the_configuration_is_valid_with_and_without_its_comments() {
    for title in HOSTILE.iter().chain(&["", "Ops"]) {
        let file = configuration_of(title, "https://example.org");
        for text in [file.text.clone(), uncommented(&file.text)] {
            let mut found = Diagnostics::new();
            let config = read_config(&file.path, text.as_bytes(), &mut found);
            assert!(found.is_empty(), "{found:?}\n{text}");
            assert_eq!(config.base_url, "https://example.org/");
            assert!(!config.title.is_empty());
        }
    }
    let uncommented = uncommented(&configuration_of("x", "https://example.org/").text);
    assert!(uncommented.contains("\n[feeds]\nformats"), "{uncommented}");
}

#[test]
fn a_wrong_base_url_is_left_for_the_build_to_report() {
    let file = configuration_of("x", "no \"url\"");
    let mut found = Diagnostics::new();
    let _ = read_config(&file.path, file.text.as_bytes(), &mut found);
    assert_eq!(found.iter().map(|one| one.code.as_ref()).collect::<Vec<_>>(), ["base-url"]);
}

#[test]
fn files_are_named_by_kind() {
    let (site, _) = site_of(&toronto(), true);
    let path = |request: NewRequest<'_>| {
        let file = new_file(&request).expect("a file");
        parsed(&file);
        file.path.to_string()
    };
    let with_event = |kind, title| NewRequest { event: Some("2016-toronto"), ..request(kind, title, &site) };
    assert_eq!(path(request(NewKind::Post, "hello", &site)), "content/posts/2026-11-30-hello.md");
    assert_eq!(path(request(NewKind::Event, "ghent", &site)), "content/events/2027-ghent/index.md");
    assert_eq!(path(request(NewKind::Event, "ghent 2009", &site)), "content/events/2009-ghent/index.md");
    assert_eq!(path(request(NewKind::Event, "2031", &site)), "content/events/2031/index.md");
    assert_eq!(path(with_event(NewKind::Talk, "intro")), "content/events/2016-toronto/talks/intro.md");
    assert_eq!(path(request(NewKind::Speaker, "cher", &site)), "content/speakers/cher.md");
    assert_eq!(path(request(NewKind::Tool, "C++", &site)), "content/tools/cpp.md");
    let recap = "content/posts/2026-11-30-recap-of-2016-toronto.md";
    assert_eq!(path(request(NewKind::Recap, "2016-toronto", &site)), recap);
    assert_eq!(path(request(NewKind::Recap, "content/events/2016-toronto/", &site)), recap);
    assert_eq!(path(with_event(NewKind::Recap, "")), recap);
    let own = NewRequest { slug: Some("../Own"), ..request(NewKind::Post, "x", &site) };
    assert_eq!(path(own), "content/posts/2026-11-30-own.md");
    let own = NewRequest { slug: Some("2009-gent"), ..request(NewKind::Event, "Ghent", &site) };
    assert_eq!(path(own), "content/events/2009-gent/index.md");
}

#[test]
fn what_is_created_fits_into_the_site() {
    let mut files = toronto();
    let (site, _) = site_of(&files, true);
    let named = |kind, title, slug| NewRequest {
        event: Some("2016-toronto"),
        slug,
        author: Some("Ines \"I\" Marlow"),
        ..request(kind, title, &site)
    };
    let requests = [
        named(NewKind::Post, "hello", None),
        named(NewKind::Event, "ghent", None),
        named(NewKind::Talk, "intro", None),
        named(NewKind::Speaker, "cher", Some("cherilyn")),
        named(NewKind::Tool, "Nomad", None),
        named(NewKind::Recap, "2016-toronto", None),
    ];
    files.extend(requests.map(|request| new_file(&request).expect("a file")));
    let (after, mut found) = site_of(&files, true);
    // When the new talk takes place is the author's to say, and the old event has no time zone.
    found.retain(|one| ![codes::SCHEDULE_MISSING, codes::NO_TIMEZONE].contains(&one.code));
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(after.events.len(), 2);
    assert_eq!(
        after.event("2016-toronto").map(|event| (event.talks.len(), event.recaps.len())),
        Some((5, 1))
    );
    let posts: Vec<_> = after.pages_of(Kind::Post).map(|id| after.page(id)).collect();
    assert!(posts.iter().all(|post| post.standing.is_draft && post.authors[0].name == "Ines \"I\" Marlow"));
    let cher = after.term(after.find_term("speakers", "cher").expect("the speaker"));
    assert_eq!(cher.path, "/speakers/cherilyn/");
    assert!(after.find_term("tools", "Nomad").is_some());
    // Drafts are withheld without `-D`.
    assert_eq!(site_of(&files, false).0.pages_of(Kind::Post).count(), 0);
}

#[test]
fn commented_keys_are_valid() {
    let (site, _) = site_of(&toronto(), true);
    for kind in [NewKind::Post, NewKind::Event, NewKind::Talk, NewKind::Speaker, NewKind::Tool] {
        let request = NewRequest { event: Some("2016-toronto"), ..request(kind, "x", &site) };
        let mut file = new_file(&request).expect("a file");
        file.text = uncommented(&file.text);
        let document = parsed(&file);
        if kind == NewKind::Event {
            let event = document.front.event.clone().expect("a table");
            assert_eq!((event.schedule.len(), event.sponsors.len(), event.sponsor_levels.len()), (1, 1, 1));
            assert!(event.cfp.is_some() && event.registration.is_some());
            assert!(event.venue.is_some_and(|venue| venue.coordinates.is_some()));
        }
    }
}

#[test]
fn hostile_titles_give_good_files() {
    let (site, _) = site_of(&toronto(), true);
    let long = "word ".repeat(60);
    let unbroken = "é".repeat(300);
    for title in HOSTILE.iter().copied().chain([long.as_str(), unbroken.as_str()]) {
        for kind in [NewKind::Post, NewKind::Event, NewKind::Talk, NewKind::Speaker, NewKind::Tool] {
            let request = NewRequest {
                event: Some("2016-toronto"),
                author: Some(title),
                slug: None,
                ..request(kind, title, &site)
            };
            let file = new_file(&request).expect("a file");
            let read = parsed(&file).front.title.clone().expect("a title").value;
            let shown: String = title.chars().filter(|c| c.is_whitespace() || !c.is_control()).collect();
            assert_eq!(read, shown.split_whitespace().collect::<Vec<_>>().join(" "));
            for part in file.path.parts() {
                let stem = part.strip_suffix(".md").unwrap_or(part);
                assert!(!stem.is_empty() && part.len() <= 200, "{part}");
                assert!(
                    stem.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                    "{part}"
                );
                assert!(!stem.starts_with('-') && !stem.ends_with('-'), "{part}");
            }
            assert_ne!(file.path.stem() == "index", kind != NewKind::Event);
        }
    }
}

#[test]
fn a_hostile_slug_stays_in_its_folder() {
    let (site, _) = site_of(&toronto(), true);
    for slug in HOSTILE {
        let request = NewRequest { slug: Some(slug), ..request(NewKind::Tool, "Nomad", &site) };
        let file = new_file(&request).expect("a file");
        parsed(&file);
        assert_eq!(file.path.parent().map(|dir| dir.to_string()).as_deref(), Some("content/tools"));
    }
}

#[test]
fn a_title_is_needed() {
    let site = Site::default();
    for title in ["", " \n", "\u{7}\u{0}"] {
        let error = new_file(&request(NewKind::Post, title, &site)).expect_err("no title");
        assert_eq!((error.code.as_ref(), error.class), ("missing-title", Class::Usage));
    }
}

#[test]
fn unknown_events_are_usage_errors_with_a_suggestion() {
    let (site, _) = site_of(&toronto(), true);
    let wrong = NewRequest { event: Some("2016-tornto"), ..request(NewKind::Talk, "x", &site) };
    for wrong in [wrong, request(NewKind::Recap, "2016-tornto", &site)] {
        let error = new_file(&wrong).expect_err("unknown");
        assert_eq!((error.code.as_ref(), error.class), ("unknown-event", Class::Usage));
        assert_eq!(error.hints[0], "did you mean `2016-toronto`?");
    }
    for (request, code) in [
        (request(NewKind::Talk, "x", &site), "missing-event"),
        (request(NewKind::Recap, "", &site), "missing-event"),
    ] {
        let error = new_file(&request).expect_err("missing");
        assert_eq!((error.code.as_ref(), error.class), (code, Class::Usage));
        assert!(error.hints.iter().any(|hint| hint.contains("`2016-toronto`")), "{:?}", error.hints);
    }
    let error = new_file(&request(NewKind::Recap, "x", &Site::default())).expect_err("no events");
    assert!(error.hints[0].contains("no event yet"), "{:?}", error.hints);
}

#[test]
fn a_second_page_for_a_term_is_refused() {
    let (site, _) = site_of(&toronto(), true);
    let error = new_file(&request(NewKind::Speaker, "Bridget Kromhout", &site)).expect_err("exists");
    assert_eq!((error.code.as_ref(), error.class), ("term-exists", Class::Usage));
    assert!(error.hints[0].contains("content/speakers/bridget-kromhout.md"));
}

#[test]
fn a_talk_of_an_event_without_a_folder_names_it() {
    let single =
        file("content/events/2019-solo.md", "+++\ntitle = \"Solo\"\n[event]\nstart = 2019-01-01\n+++\n");
    let (site, _) = site_of(std::slice::from_ref(&single), true);
    let request = NewRequest { event: Some("2019-solo"), ..request(NewKind::Talk, "intro", &site) };
    let talk = new_file(&request).expect("a file");
    let (after, found) = site_of(&[single, talk], true);
    assert!(found.is_empty(), "{found:?}");
    assert_eq!(after.event("2019-solo").map(|event| event.talks.len()), Some(1));
}

#[test]
fn a_recap_has_a_part_for_every_talk_in_order() {
    let (site, _) = site_of(&toronto(), true);
    let file = new_file(&request(NewKind::Recap, "2016-toronto", &site)).expect("a file");
    let front = parsed(&file).front;
    let values = |texts: &[ssg_parse::Spanned<String>]| -> Vec<String> {
        texts.iter().map(|text| text.value.clone()).collect()
    };
    assert_eq!(values(&front.events), ["2016-toronto"]);
    assert_eq!(
        values(&front.talks),
        [
            "2016-toronto/zebra",
            "2016-toronto/early-title",
            "2016-toronto/no-time-b",
            "2016-toronto/no-time-a"
        ]
    );
    assert_eq!(values(front.terms("speakers")), ["Bridget Kromhout", "Kris \"K\" [Nova]"]);
    assert_eq!(values(front.terms("tools")), ["Docker", "Kubernetes"]);
    let body = file.text.splitn(3, "+++\n").nth(2).expect("a body");
    let expected = r#"
[DevOpsDays Toronto 2016](@/events/2016-toronto/index.md) took place in Toronto from 2016-05-26 to 2016-05-27. Replace this line with what stays with you: it is what lists show.

<!-- more -->

## Zebra

By [Bridget Kromhout](@/speakers/bridget-kromhout.md)



## A \*bold\* &#123;&#123; claim() }} about C# &#123;#top}

By [Bridget Kromhout](@/speakers/bridget-kromhout.md) and Kris "K" \[Nova\]

[Slides](<https://speakerdeck.com/x/y (final)>) · [Video](https://youtu.be/abc)



## Bison



## Aardvark



"#;
    assert_eq!(body, expected);
}

#[test]
fn a_recap_does_not_link_to_drafts() {
    let mut files = toronto();
    files[5].text = files[5].text.replace("+++\ntitle", "+++\ndraft = true\ntitle");
    let (site, _) = site_of(&files, true);
    let file = new_file(&request(NewKind::Recap, "2016-toronto", &site)).expect("a file");
    assert!(file.text.contains("\nBy Bridget Kromhout\n"), "{}", file.text);
}

#[test]
fn kinds_have_names() {
    assert_eq!(NewKind::names(), ["post", "event", "talk", "speaker", "tool", "recap"]);
    assert!(
        NewKind::names().iter().all(|name| NewKind::parse(name).is_some_and(|kind| kind.name() == *name))
    );
    assert_eq!(NewKind::parse("pots"), None);
}

#[test]
fn texts_are_escaped_for_their_place() {
    assert_eq!(toml_text("a\"b\\c\n\u{7f}"), r#""a\"b\\c\n\u007F""#);
    assert_eq!(markdown_text("snake_case _x_ R&D &amp; a #"), r"snake_case \_x\_ R&D \&amp; a \#");
    assert_eq!(markdown_link("a]b", "https://e.org/x>y"), r"[a\]b](https://e.org/x%3Ey)");
    assert_eq!(file_slug("", "post"), "post");
    assert_eq!(file_slug("Index", "talk"), "index-talk");
    assert_eq!(file_slug("com1", "tool"), "com1-tool");
}
