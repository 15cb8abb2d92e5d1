//! How long ten thousand posts take: `cargo run --release -p ssg-suggest --example speed -- FOLDER`.
//!
//! Files of the folder are read again and again until there are as many. What is printed is time of one processor. With a
//! number behind the folder the site knows as many talks, given by half as many people at one event for each hundred.
#![expect(
    clippy::disallowed_methods,
    reason = "it reads files and looks at the clock, and is no part of the library"
)]

use ssg_source::SitePath;
use ssg_suggest::{Known, KnownEvent, KnownName, KnownTalk, Page, Suggester};
use std::path::Path;
use std::time::Instant;

const POSTS: usize = 10_000;

fn main() {
    let Some(folder) = std::env::args().nth(1) else {
        println!("name a folder of posts");
        return;
    };
    let mut texts = Vec::new();
    collect(Path::new(&folder), &mut texts);
    let Ok(path) = SitePath::new("content/posts/post.md") else { return };
    if texts.is_empty() {
        println!("no posts in {folder}");
        return;
    }
    let start = Instant::now();
    let talks = std::env::args().nth(2).and_then(|count| count.parse().ok()).unwrap_or(0);
    let suggester = Suggester::new(site(talks));
    let ready = start.elapsed();
    let (mut found, mut bytes) = (0, 0);
    for text in texts.iter().cycle().take(POSTS) {
        bytes += text.len();
        found += suggester.lacking(Page { path: &path, bytes: text, front: None }).len();
    }
    println!(
        "{POSTS} posts of {} MiB, {} different: {:.2} s, of it {:.3} s to begin; {found} findings",
        bytes >> 20,
        texts.len(),
        start.elapsed().as_secs_f64(),
        ready.as_secs_f64()
    );
}

/// What a site with so many talks knows.
fn site(talks: usize) -> Known {
    let event = |number: usize| format!("{}-conf-{}", 2000 + number % 25, number);
    let person = |number: usize| format!("Bridget Nobody{number}");
    Known {
        people: (0..talks / 2).map(|one| KnownName { name: person(one), others: Vec::new() }).collect(),
        events: (0..talks / 100)
            .map(|one| KnownEvent {
                id: event(one),
                title: format!("Conf {one} {}", 2000 + one % 25),
                city: format!("Town{one}"),
                days: (format!("{}-06-02", 2000 + one % 25), format!("{}-06-03", 2000 + one % 25)),
                links: vec![format!("https://conf{one}.example/")],
            })
            .collect(),
        talks: (0..talks)
            .map(|one| KnownTalk {
                id: format!("{}/talk-{one}", event(one / 100)),
                event: event(one / 100),
                title: format!("How talk {one} was given again"),
                speakers: vec![person(one / 2)],
            })
            .collect(),
        ..Known::default()
    }
}

fn collect(folder: &Path, texts: &mut Vec<Vec<u8>>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, texts);
        } else if path.extension().is_some_and(|end| end == "md")
            && let Ok(bytes) = std::fs::read(&path)
        {
            texts.push(bytes);
        }
    }
}
