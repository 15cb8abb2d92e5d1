//! The real pages that the importer was made for. They are private: where they are missing the
//! tests say so and pass. `SSG_CORPUS` names the folder; else it is `../shared/corpus`, seen
//! from the workspace.

#![expect(clippy::disallowed_methods, reason = "a test reads its corpus")]

use jiff::civil::date;
use ssg_import::{TextImport, TextOptions, Verdict, import_text};
use ssg_source::Diagnostics;
use std::path::PathBuf;

/// Imports the seed whose name begins so; `None`, with a line, when it is not there.
fn import(start: &str) -> Option<TextImport> {
    let workspace = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let places = match std::env::var_os("SSG_CORPUS") {
        Some(folder) => vec![PathBuf::from(folder)],
        // A worktree lies one folder deeper than the checkout.
        None => vec![workspace.join("../shared/corpus"), workspace.join("../../shared/corpus")],
    };
    let seed =
        places.iter().filter_map(|place| std::fs::read_dir(place.join("seeds")).ok()).flatten().find_map(
            |entry| {
                let path = entry.ok()?.path();
                path.file_name()?.to_str()?.starts_with(start).then_some(path)
            },
        );
    let Some(seed) = seed else {
        ssg_testing::skip(format_args!("seed {start} is not there (set SSG_CORPUS)"));
        return None;
    };
    let mut found = Diagnostics::new();
    let bytes = std::fs::read(&seed).expect("read");
    let import = import_text(&seed.to_string_lossy(), &bytes, &TextOptions::default(), &mut found);
    assert!(found.is_empty(), "{found:?}");
    Some(import)
}

/// How many lines of a post begin so.
fn lines(import: &TextImport, post: usize, start: &str) -> usize {
    import.posts[post].text.lines().filter(|line| line.starts_with(start)).count()
}

#[test]
fn pages_of_one_blog_are_four_posts() {
    let Some(import) = import("001_") else { return };
    let spans: Vec<_> = import.posts.iter().map(|post| post.source_lines.clone()).collect();
    assert_eq!(spans, [1..=9, 11..=61, 63..=75, 77..=124]);
    // The only full date is an event's.
    assert!(import.posts.iter().all(|post| post.date.is_none()));
    assert_eq!(lines(&import, 1, "## "), 5);
    assert_eq!((1..=7).filter(|number| lines(&import, 1, &format!("{number}. ")) == 1).count(), 7);
    assert_eq!(lines(&import, 3, "- "), 11);
    // Only the last cut is doubtful.
    let doubtful: Vec<_> = import
        .posts
        .iter()
        .filter(|post| post.guesses.iter().any(|guess| guess.what == "the start of a post"))
        .collect();
    assert_eq!(doubtful.len(), 1);
    assert_eq!(doubtful[0].source_lines, 77..=124);
}

#[test]
fn a_page_with_a_date_line_is_one_dated_post() {
    let Some(import) = import("002_") else { return };
    assert_eq!(import.posts.len(), 1);
    let post = &import.posts[0];
    assert_eq!(post.date, Some(date(2016, 6, 2)));
    assert_eq!(post.title, "DevOpsDays Toronto recap");
    assert_eq!(post.path.as_str(), "content/posts/2016-06-02-devopsdays-toronto-recap.md");
    assert_eq!(lines(&import, 0, "## "), 3);
    assert_eq!(lines(&import, 0, "*"), 1);
    let skipped: Vec<_> =
        import.report.outcomes.iter().filter(|one| matches!(one.verdict, Verdict::Skipped(_))).collect();
    assert_eq!(skipped.len(), 1);
    assert_eq!(skipped[0].lines, Some(131..=137));
}

#[test]
fn a_chapter_has_its_interviews() {
    let Some(import) = import("004_") else { return };
    assert_eq!(import.posts.len(), 1);
    let text = &import.posts[0].text;
    let head: toml::Table = text[4..].split("\n+++\n").next().expect("closed").parse().expect("TOML");
    assert_eq!(import.posts[0].title, "DevOps War Stories and Interviews");
    assert_eq!(head["authors"].as_array().map(|names| names[0].as_str()), Some(Some("Noah")));
    assert_eq!(head["extra"]["import"]["chapter"].as_integer(), Some(16));
    let speakers = head["speakers"].as_array().expect("names");
    assert_eq!(speakers.len(), 10);
    assert!(speakers.iter().all(|name| text.contains(&format!("\n### {}\n", name.as_str().expect("text")))));
    assert_eq!(lines(&import, 0, "**"), QUESTIONS);
    assert_eq!(lines(&import, 0, "> [!NOTE]"), 2);
    assert_eq!(lines(&import, 0, "```console"), 1);
    assert_eq!(lines(&import, 0, "<!-- import: guessed list"), 10);
}

/// Questions and prompts that the ten people answer.
const QUESTIONS: usize = 91;
