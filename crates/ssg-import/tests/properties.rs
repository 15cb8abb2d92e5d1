//! What holds for every text, friendly or hostile.

#![expect(clippy::disallowed_methods, reason = "a test measures time")]

use ssg_import::{Existing, Import, ImportRecord, Step, TextImport, TextOptions, Verdict, import_text, plan};
use ssg_source::{Diagnostics, SitePath};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

fn import(bytes: &[u8]) -> (TextImport, Diagnostics) {
    let mut found = Diagnostics::new();
    let import = import_text("dir/notes.txt", bytes, &TextOptions::default(), &mut found);
    (import, found)
}

/// Everything that must hold of an import of `text`.
fn assert_sound(text: &str, import: &TextImport) {
    let counts = import.report.counts();
    assert_eq!(counts.imported + counts.skipped + counts.failed, import.report.items());
    assert_eq!(counts.imported, import.posts.len());
    for post in &import.posts {
        let head = post.text.strip_prefix("+++\n").expect("front matter opens");
        let head = head.split("\n+++\n").next().expect("front matter closes");
        let table: toml::Table = head.parse().unwrap_or_else(|error| panic!("{error}\n{}", post.text));
        assert_eq!(table["title"].as_str(), Some(post.title.as_str()));
        assert_eq!(table["extra"]["import"]["source"].as_str(), Some("notes.txt"));
        assert!(post.path.as_str().starts_with("content/posts/"), "{}", post.path);
        assert!(post.path.file_name().len() <= 110);
        assert!(post.guesses.iter().all(|guess| post.source_lines.contains(&guess.line)));
    }
    // Every line with text is in one post or in one skipped item.
    for (index, line) in text.trim_start_matches('\u{feff}').split('\n').enumerate() {
        if line
            .chars()
            .all(|c| c.is_whitespace() || c.is_control() || "\u{ad}\u{200b}\u{2060}\u{feff}".contains(c))
        {
            continue;
        }
        let number = index + 1;
        let posts = import.posts.iter().filter(|post| post.source_lines.contains(&number)).count();
        let skipped = import.report.outcomes.iter().filter(|one| matches!(one.verdict, Verdict::Skipped(_)));
        let skipped =
            skipped.filter(|one| one.lines.as_ref().is_some_and(|lines| lines.contains(&number))).count();
        assert_eq!(posts + skipped, 1, "line {number}: {line:?}\n{text}");
    }
    // Twice is once.
    let mut files = BTreeMap::new();
    let import = Import::from(import.clone());
    let first = plan(&import, &ImportRecord::default(), &|_| Existing::Absent);
    for planned in first.steps {
        let Step::New(bytes) = planned.step else { panic!("{planned:?}") };
        assert!(files.insert(planned.path, bytes).is_none());
    }
    let existing =
        |path: &SitePath| files.get(path).map_or(Existing::Absent, |bytes| Existing::File(bytes.clone()));
    let again = plan(&import, &first.done, &existing);
    assert!(again.steps.iter().all(|planned| planned.step == Step::Same));
    assert_eq!(again.done, first.done);
}

#[test]
fn random_texts_are_sound() {
    const PIECES: &[&str] = &[
        "A Title in Capitals",
        "Harbour Ops 2012",
        "CAPITALS",
        "Ada Example",
        "What is it?",
        "Day 1",
        "Last week I attended something that took a while to tell, and so this line is a long one indeed, as lines go.",
        ">> Thursday, June 02, 2016",
        "Posted by Kim on March 4th, 2017",
        "  • one",
        "  1. one",
        "    – deep",
        "2. two",
        "NOTE",
        "$ ls -l",
        "---",
        "===",
        "+++",
        "as follows:",
        "https://example.org",
        "Website",
        "Author: \"Kim\" \\ +++",
        "0 comments:",
        "Post a Comment",
        "Back to TOP",
        "Final Thoughts",
        "Chapter 3. Of “Things”",
        "'",
        "{{ x }} {% y %}",
        "\u{feff}",
        "\u{a0}nbsp",
        "tab\tbed\u{7}bell",
        "See you there.",
        "",
        "",
        "",
        "",
        "",
        "",
        "\r",
        "<!-- x",
        "***",
        "運維日",
        "\u{202e}gnp",
        "Session: One Thing",
        "Session: Two Things",
        "a\n+++\n",
    ];
    let mut state = 1_u64;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    for _ in 0..1_500 {
        let text: Vec<_> = (0..random(40)).map(|_| PIECES[random(PIECES.len())]).collect();
        let text = text.join("\n");
        let (import, found) = import(text.as_bytes());
        assert_sound(&text, &import);
        assert_eq!(
            found.has_errors(),
            import.posts.is_empty() && import.report.counts().skipped == 0,
            "{text:?}"
        );
        // Line ends and a mark at the start change nothing; a bare CR would be one of these.
        if !text.contains('\r') && text.contains('\n') {
            let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            assert_eq!(self::import(windows.as_bytes()).0.posts, import.posts);
        }
    }
}

#[test]
fn what_is_no_text_fails_with_a_reason() {
    for bytes in [&b""[..], b"\n \n\t\n", b"a\0b", b"\xFF\xFEa\0", b"caf\xE9 au lait", b"\xEF\xBB\xBF"] {
        let (import, found) = import(bytes);
        let counts = import.report.counts();
        assert_eq!((counts.imported, counts.skipped, counts.failed), (0, 0, 1));
        assert_eq!((import.posts.len(), found.status()), (0, 1));
    }
}

#[test]
fn hostile_texts_take_bounded_time() {
    // Unoptimised code gets a tenth: what is quadratic shows even so.
    let unit = if cfg!(debug_assertions) { 100_000 } else { 1_000_000 };
    let megabytes = |piece: &str, count: usize| piece.repeat(count * unit / piece.len());
    let texts = [
        megabytes("word ", 50),
        megabytes("\n", 1),
        megabytes("A Title\n\n", 2),
        megabytes(
            "Harbour Ops 2012\n\nToday it was so, and I say so in a line that is long enough to be a paragraph of it.\n\n",
            1,
        ),
        megabytes("Things:\n\nOne\n\n", 1),
        megabytes("Ada Example\nWhy is it so?\n\n", 1),
        megabytes("$ ls\n    x\n", 1),
        megabytes("• x\n", 1),
        megabytes("    • x\n• y\n", 1),
        megabytes("http://a|", 2),
        megabytes("*[_{{<", 2),
        megabytes("â€™Ã", 2),
        megabytes("Website\n\nhttps://example.org\n\n", 1),
        megabytes("Same\n", 1),
        megabytes("1 comment\n\nPost a comment\n\nText\n\n", 1),
        format!("{}\n", "\"+++\" ".repeat(20)),
    ];
    for text in texts {
        let start = Instant::now();
        let (import, _) = import(text.as_bytes());
        let took = start.elapsed();
        let shown: String = text.chars().take(20).collect();
        assert!(took < Duration::from_secs(20), "{shown:?}: {took:?}");
        if import.posts.len() < 50 && text.lines().count() < 1_000 {
            assert_sound(&text, &import);
        }
        println!("{shown:?}: {took:?}");
    }
}
