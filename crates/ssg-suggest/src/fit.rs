//! A fit of the weights of speakers on labelled posts, coordinate by coordinate:
//! `cargo test --release -p ssg-suggest --lib -- --ignored --nocapture fit::`.
//!
//! What it prints is for a person to look at and to put into `data/weights.toml`.

#![expect(clippy::disallowed_methods, reason = "a test reads files")]

#[path = "../tests/support/labels.rs"]
#[expect(dead_code, reason = "labels of tools are for other tests")]
mod labels;

use crate::weights::{self, TRIED};
use crate::{Known, Page, Subject, Suggester};
use ssg_source::SitePath;
use std::collections::BTreeSet;

/// How much a weight may differ from the one that was chosen by hand before it costs as much as a wrong finding.
const FAR: f64 = 1.5;
/// What a speaker costs who is not seen at all; no weight changes it.
const UNSEEN: f64 = 3.0;

struct Post {
    bytes: Vec<u8>,
    yes: BTreeSet<String>,
    either: BTreeSet<String>,
}

/// All posts that weights may be fitted on.
fn posts() -> Option<Vec<Post>> {
    let fold =
        |names: &mut dyn Iterator<Item = &str>| names.map(ssg_parse::fold_name).collect::<BTreeSet<_>>();
    let mut found: Vec<Post> =
        labels::posts(&["fit.toml", "fit-more.toml", "fit-sessions.toml", "fit-blogs.toml"])?
            .into_iter()
            .filter_map(|(post, bytes)| {
                let speakers = post.speakers?;
                let yes = fold(&mut speakers.iter().map(|label| label.name.as_str()));
                let either = fold(&mut post.either_speakers.iter().map(String::as_str));
                Some(Post { bytes, yes, either })
            })
            .collect();
    for file in ["invented.txt", "invented-more.txt"] {
        found.extend(labels::invented(file).into_iter().map(|recap| Post {
            bytes: recap.text.into_bytes(),
            yes: fold(&mut recap.yes.iter().map(String::as_str)),
            either: BTreeSet::new(),
        }));
    }
    Some(found)
}

/// The logarithmic loss of all findings, a post with many speakers weighing less for each.
fn loss(suggester: &Suggester, posts: &[Post]) -> f64 {
    let path = SitePath::new("content/posts/post.md").expect("valid");
    let mut sum = 0.0;
    for post in posts {
        let mut here = 0.0;
        let mut seen = BTreeSet::new();
        for finding in suggester.read(Page { path: &path, bytes: &post.bytes, front: None }) {
            let name = ssg_parse::fold_name(&finding.name);
            if finding.subject != Subject::Speaker || post.either.contains(&name) {
                continue;
            }
            let sure = finding.confidence.clamp(0.01, 0.99);
            here -= if post.yes.contains(&name) { sure.ln() } else { (1.0 - sure).ln() };
            seen.insert(name);
        }
        let unseen = post.yes.iter().filter(|name| !seen.contains(*name)).count();
        here += UNSEEN * f64::from(u32::try_from(unseen).unwrap_or(u32::MAX));
        let many = f64::from(u32::try_from(post.yes.len()).unwrap_or(u32::MAX));
        sum += here / (many / 4.0).max(1.0).sqrt();
    }
    let far = TRIED.with_borrow(|tried| {
        let difference = |(name, weight): (&String, &f64)| (weight - weights::chosen(name)) / FAR;
        tried.iter().map(difference).map(|one| one * one).sum::<f64>()
    });
    sum + far
}

#[test]
#[ignore = "it takes minutes, and its result is for a person"]
fn by_coordinates() {
    let Some(posts) = posts() else { return };
    let suggester = Suggester::new(Known::default());
    let names: BTreeSet<String> = weights::of_speakers();
    let mut best = loss(&suggester, &posts);
    println!("{} posts, loss {best:.2}", posts.len());
    for step in [0.5, 0.25, 0.1] {
        for name in &names {
            for signed in [step, -step] {
                let now = weights::speaker(name);
                TRIED.with_borrow_mut(|tried| tried.insert(name.clone(), now + signed));
                let then = loss(&suggester, &posts);
                if then < best - 0.02 {
                    best = then;
                    break;
                }
                TRIED.with_borrow_mut(|tried| tried.insert(name.clone(), now));
            }
        }
        println!("step {step}: loss {best:.2}");
    }
    for name in &names {
        let (was, is) = (weights::chosen(name), weights::speaker(name));
        if (was - is).abs() > 1e-9 {
            println!("{name} = {is:.2}  # {was:.2}");
        }
    }
}
