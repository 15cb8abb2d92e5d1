//! Prints what is found in files: `cargo run -p ssg-suggest --example read -- FILE…`.
#![expect(clippy::disallowed_methods, reason = "it reads files, and is no part of the library")]

use ssg_source::SitePath;
use ssg_suggest::{Known, Page, Suggester};

fn main() {
    let suggester = Suggester::new(Known::default());
    for name in std::env::args().skip(1) {
        let Ok(bytes) = std::fs::read(&name) else { continue };
        let Ok(path) = SitePath::new("content/posts/x.md") else { continue };
        println!("== {name}");
        for finding in suggester.read(Page { path: &path, bytes: &bytes, front: None }) {
            if finding.confidence < 0.3 {
                continue;
            }
            println!(
                "{}\t{:.2}\t{}\t{}\t{}",
                finding.subject.name(),
                finding.confidence,
                finding.line,
                finding.name,
                finding.why
            );
        }
    }
}
