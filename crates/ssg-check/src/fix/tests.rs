//! Places that are mended, and that nothing else is.

use super::*;
use ssg_source::codes;

fn path(name: &str) -> SitePath {
    SitePath::new(name).expect("a path")
}

fn address(old: &str, new: &str, within: Span) -> Fix {
    let (old, new) = (old.to_owned(), new.to_owned());
    Fix { path: path("content/a.md"), within, old, new, is_address: true }
}

fn change(bytes: &[u8], fixes: &[Fix]) -> Option<Vec<u8>> {
    let changed = changes(fixes, &ParseOptions::default(), &|_| Some(bytes.to_vec()));
    changed.into_iter().next().map(|change| change.after)
}

#[test]
fn only_the_bytes_at_a_place_change() {
    let text = "# x\n[http://a.example/b](http://a.example/b) http://a.example/b/c\n";
    let link = Span::new(4, 4 + "[http://a.example/b](http://a.example/b)".len());
    let fix = address("http://a.example/b", "https://a.example/b", link);
    let after = change(text.as_bytes(), std::slice::from_ref(&fix)).expect("changed");
    let expected = "# x\n[https://a.example/b](https://a.example/b) http://a.example/b/c\n";
    assert_eq!(String::from_utf8_lossy(&after), expected);
    // A mark and ends of lines of another system stay.
    let foreign = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let after = change(foreign.as_bytes(), std::slice::from_ref(&fix)).expect("changed");
    assert_eq!(String::from_utf8_lossy(&after), format!("\u{feff}{}", expected.replace('\n', "\r\n")));
    // Mixed ends of lines cannot be put back.
    assert_eq!(
        change(b"# x\r\n[http://a.example/b](http://a.example/b)\n", std::slice::from_ref(&fix)),
        None
    );
    // A second time there is nothing to do.
    assert_eq!(change(expected.as_bytes(), &[fix]), None);
}

#[test]
fn an_address_that_is_part_of_a_longer_one_stays() {
    let text = "[x](http://a.example/b/c) http://a.example/b.";
    let all = Span::new(0, text.len());
    let after = change(text.as_bytes(), &[address("http://a.example/b", "https://n.example/", all)]);
    let after = after.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert_eq!(after.as_deref(), Some("[x](http://a.example/b/c) https://n.example/."));
}

#[test]
fn places_outside_of_a_file_and_overlapping_ones_do_no_harm() {
    let text = "ab http://a.example/ cd";
    let fixes = [
        address("http://a.example/", "https://b.example/", Span::new(0, text.len())),
        address("http://a.example/", "https://c.example/", Span::new(3, 20)),
        address("http://a.example/", "https://d.example/", Span::new(10, 900)),
        address("", "x", Span::new(0, 2)),
    ];
    let after = change(text.as_bytes(), &fixes).expect("changed");
    assert_eq!(String::from_utf8_lossy(&after), "ab https://b.example/ cd");
}

#[test]
fn a_key_is_mended_where_one_alone_can_be_meant() {
    let source = path("content/posts/a.md");
    for (header, mended) in [
        ("tilte: A\n", Some("title: A\n")),
        // Both are there then.
        ("tilte: A\ntitle: B\n", None),
        ("completely: A\n", None),
    ] {
        let text = format!("---\n{header}---\nText.\n");
        let (_, found) = parse_document(&source, text.as_bytes(), &ParseOptions::default());
        assert!(found.iter().any(|one| one.code == codes::UNKNOWN_KEY), "{header}");
        let fixes = keys(&found);
        let after = changes(&fixes, &ParseOptions::default(), &|_| Some(text.clone().into_bytes()));
        let after = after.first().map(|change| String::from_utf8_lossy(&change.after).into_owned());
        assert_eq!(after, mended.map(|header| format!("---\n{header}---\nText.\n")), "{header}");
    }
    let config = path("ssg.toml");
    let text =
        "title = \"A\" # ours\nbase_url = \"https://a.example/\"\ntimezne = \"UTC\"\n[chek]\nalt = true\n";
    let mut found = Diagnostics::new();
    let _ = read_config(&config, text.as_bytes(), &mut found);
    let after = changes(&keys(&found), &ParseOptions::default(), &|_| Some(text.as_bytes().to_vec()));
    let expected = text.replace("timezne", "timezone").replace("[chek]", "[check]");
    assert_eq!(
        after.first().map(|change| String::from_utf8_lossy(&change.after).into_owned()),
        Some(expected)
    );
}
