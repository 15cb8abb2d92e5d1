//! What is found in posts that were labelled by hand (`tests/labels/`), against floors.
//!
//! The texts are those of the corpus, where it is there (`SSG_CORPUS`, else `../shared/corpus`); the repository has
//! names, lines and digests of them alone. The recaps of the demonstration site have headers that their author wrote, and
//! are measured always. `SSG_SHOW=1` prints what is missed and what is wrong.

#![expect(clippy::disallowed_methods, reason = "a test reads files and its switches")]

#[path = "support/labels.rs"]
mod labels;

use labels::Label;
use ssg_source::SitePath;
use ssg_suggest::{Finding, Known, Page, Subject, Suggester};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What is said at this confidence counts as found.
const SAID: f64 = 0.5;

/// How many were found, wrongly found, and missed.
#[derive(Default)]
struct Counts {
    right: usize,
    wrong: usize,
    missed: usize,
    /// Confidence of all that was said, and whether it was right.
    said: Vec<(f64, bool)>,
}

impl Counts {
    fn f1(&self) -> f64 {
        let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
        2.0 * count(self.right) / count(2 * self.right + self.wrong + self.missed).max(1.0)
    }

    fn add(&mut self, post: &str, found: &[Finding], subject: Subject, wanted: &[&str], either: &[String]) {
        let shows = std::env::var_os("SSG_SHOW").is_some();
        let wanted_names: BTreeSet<String> = wanted.iter().map(|name| ssg_parse::fold_name(name)).collect();
        let either: BTreeSet<String> = either.iter().map(|name| ssg_parse::fold_name(name)).collect();
        let mut seen = BTreeSet::new();
        for finding in found.iter().filter(|finding| finding.subject == subject) {
            let name = ssg_parse::fold_name(&finding.name);
            if either.contains(&name) {
                continue;
            }
            let is_right = wanted_names.contains(&name);
            self.said.push((finding.confidence, is_right));
            if finding.confidence < SAID {
                continue;
            }
            if is_right {
                self.right += 1;
            } else {
                self.wrong += 1;
                if shows {
                    println!(
                        "  wrong  {post} {} {:.2} line {}: {}",
                        finding.name, finding.confidence, finding.line, finding.why
                    );
                }
            }
            seen.insert(name);
        }
        for name in wanted.iter().filter(|name| !seen.contains(&ssg_parse::fold_name(name))) {
            self.missed += 1;
            if shows {
                let low = found
                    .iter()
                    .find(|finding| finding.subject == subject && finding.name.eq_ignore_ascii_case(name));
                let low = low.map_or_else(
                    || "not seen".to_owned(),
                    |low| format!("{:.2} {}", low.confidence, low.why),
                );
                println!("  missed {post} {name}: {low}");
            }
        }
    }
}

/// The share of findings that were right, by how sure they were.
fn calibration(said: &[(f64, bool)]) -> String {
    let bands = [(0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)];
    let mut text = String::new();
    for (from, to) in bands {
        let band: Vec<bool> =
            said.iter().filter(|(sure, _)| *sure >= from && *sure < to).map(|(_, right)| *right).collect();
        let right = band.iter().filter(|right| **right).count();
        text.push_str(&format!("| {from:.2}–{to:.2} | {} | {right} |\n", band.len()));
    }
    text
}

fn measure(lists: &[&str]) -> Option<(Counts, Counts)> {
    let posts = labels::posts(lists)?;
    let suggester = Suggester::new(Known::default());
    let path = SitePath::new("content/posts/post.md").expect("valid");
    let (mut tools, mut speakers) = (Counts::default(), Counts::default());
    for (post, bytes) in &posts {
        let found = suggester.read(Page { path: &path, bytes, front: None });
        let names = |labels: &Option<Vec<Label>>| -> Option<Vec<String>> {
            labels.as_ref().map(|labels| labels.iter().map(|label| label.name.clone()).collect())
        };
        if let Some(wanted) = names(&post.tools) {
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            tools.add(&post.digest, &found, Subject::Tool, &wanted, &post.either_tools);
        }
        if let Some(wanted) = names(&post.speakers) {
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            speakers.add(&post.digest, &found, Subject::Speaker, &wanted, &post.either_speakers);
        }
    }
    println!("{} posts", posts.len());
    for (name, counts) in [("tools", &tools), ("speakers", &speakers)] {
        println!(
            "{name}: {} right, {} wrong, {} missed, F1 {:.3}",
            counts.right,
            counts.wrong,
            counts.missed,
            counts.f1()
        );
        println!(
            "| confidence of {name} | said | right |\n| --- | --- | --- |\n{}",
            calibration(&counts.said)
        );
    }
    Some((tools, speakers))
}

/// Measures lists each for itself, and all that are there together.
fn measure_all(parts: &[&str]) -> Option<(Counts, Counts)> {
    for part in parts {
        println!("{part}");
        measure(&[part]);
    }
    println!("all");
    measure(parts)
}

#[test]
fn posts_that_weights_were_fitted_on() {
    let parts = ["fit.toml", "fit-more.toml", "fit-sessions.toml", "fit-blogs.toml"];
    let Some((tools, speakers)) = measure_all(&parts) else { return };
    assert!(tools.f1() >= 0.95 && speakers.f1() >= 0.95);
}

#[test]
fn posts_that_were_held_out() {
    let parts = ["held-out.toml", "held-out-more.toml", "held-out-sessions.toml", "held-out-blogs.toml"];
    let Some((tools, speakers)) = measure_all(&parts) else { return };
    assert!(tools.f1() >= 0.94 && speakers.f1() >= 0.92, "{:.3} {:.3}", tools.f1(), speakers.f1());
}

#[test]
fn recaps_of_the_demonstration_site() {
    let posts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/posts");
    let suggester = Suggester::new(Known::default());
    let path = SitePath::new("content/posts/post.md").expect("valid");
    let mut names: Vec<PathBuf> =
        std::fs::read_dir(posts).expect("posts").flatten().map(|entry| entry.path()).collect();
    names.sort();
    let (mut tools, mut speakers) = (Counts::default(), Counts::default());
    let options = ssg_parse::ParseOptions {
        taxonomies: vec!["tools".to_owned(), "speakers".to_owned()],
        ..ssg_parse::ParseOptions::default()
    };
    for name in names.iter().filter(|name| name.extension().is_some_and(|end| end == "md")) {
        let bytes = std::fs::read(name).expect("a post");
        let (document, _) = ssg_parse::parse_document(&path, &bytes, &options);
        let found = suggester.read(Page { path: &path, bytes: &bytes, front: Some(&document.front) });
        let stem = name.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        for (counts, subject) in [(&mut tools, Subject::Tool), (&mut speakers, Subject::Speaker)] {
            // Headers also have what the talks are about that a post links to.
            let text = std::str::from_utf8(&bytes).expect("UTF-8");
            let text = ssg_parse::split_header(text, &mut ssg_source::Diagnostics::new()).body.slice(text);
            let terms = document.front.terms(subject.key()).iter().map(|term| term.value.as_str());
            let wanted: Vec<&str> = terms.filter(|name| text.contains(name)).collect();
            counts.add(&stem, &found, subject, &wanted, &[]);
        }
    }
    println!("tools {:.3}, speakers {:.3}", tools.f1(), speakers.f1());
    assert!(tools.f1() >= 0.65 && speakers.f1() >= 0.92);
}

#[test]
fn recaps_that_were_made_up() {
    let mut low = Vec::new();
    for (file, floor) in [("invented.txt", 0.95), ("invented-more.txt", 0.88), ("invented-last.txt", 0.68)] {
        let suggester = Suggester::new(Known::default());
        let path = SitePath::new("content/posts/post.md").expect("valid");
        let mut speakers = Counts::default();
        for (number, recap) in labels::invented(file).iter().enumerate() {
            let yes: Vec<&str> = recap.yes.iter().map(String::as_str).collect();
            let found = suggester.read(Page { path: &path, bytes: recap.text.as_bytes(), front: None });
            speakers.add(&format!("{file} {}", number + 1), &found, Subject::Speaker, &yes, &[]);
        }
        println!("{file}: {} right, {} wrong, {} missed", speakers.right, speakers.wrong, speakers.missed);
        println!("speakers {:.3}", speakers.f1());
        println!("{}", calibration(&speakers.said));
        if speakers.f1() < floor {
            low.push(file);
        }
    }
    assert!(low.is_empty(), "{low:?}");
}
