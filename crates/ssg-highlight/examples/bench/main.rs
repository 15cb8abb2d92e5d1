//! Times 2,000 generated blocks on one thread, against syntect's stock way.

#![expect(clippy::disallowed_methods, reason = "an example is a program")]

mod blocks;

use ssg_highlight::{CodeOptions, Highlighter};
use std::time::Instant;
use syntect::{
    html::{ClassStyle, ClassedHTMLGenerator},
    parsing::SyntaxSet,
    util::LinesWithEndings,
};

const LANGUAGES: [&str; 6] = ["yaml", "bash", "dockerfile", "ruby", "python", "hcl"];

fn stock(set: &SyntaxSet, language: &str, code: &str) -> String {
    let syntax = set.find_syntax_by_token(language).unwrap_or_else(|| set.find_syntax_plain_text());
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, set, ClassStyle::Spaced);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).expect("stock generator");
    }
    generator.finalize()
}

fn time(name: &str, blocks: &[(&str, String)], mut run: impl FnMut(&str, &str) -> usize) {
    let start = Instant::now();
    let cold: usize =
        LANGUAGES.iter().filter_map(|l| blocks.iter().find(|b| b.0 == *l)).map(|(l, c)| run(l, c)).sum();
    let cold_time = start.elapsed();
    for language in LANGUAGES {
        let start = Instant::now();
        let mut count = 0u32;
        for (l, c) in blocks.iter().filter(|b| b.0 == language) {
            run(l, c);
            count += 1;
        }
        print!("{language} {:.0} µs  ", start.elapsed().as_secs_f64() * 1e6 / f64::from(count));
    }
    println!();
    let mut best = f64::MAX;
    let mut bytes = 0;
    for _ in 0..5 {
        let start = Instant::now();
        bytes = blocks.iter().map(|(l, c)| run(l, c)).sum();
        best = best.min(start.elapsed().as_secs_f64() * 1e3);
    }
    println!("{name}: first of each {cold_time:?} ({cold} B), all {best:.0} ms at best, {bytes} B");
}

fn main() {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    let count: u64 = std::env::args().nth(2).and_then(|n| n.parse().ok()).unwrap_or(2000);
    let blocks: Vec<(&str, String)> = (0..count)
        .map(|i| {
            let language = LANGUAGES[i as usize % LANGUAGES.len()];
            (language, blocks::block(language, &mut blocks::Dice::new(i + 1)))
        })
        .collect();
    let source: usize = blocks.iter().map(|b| b.1.len()).sum();
    println!("{} blocks, {source} B of code", blocks.len());
    if wanted.is_empty() || wanted == "ours" {
        let highlighter = Highlighter::new();
        let start = Instant::now();
        assert!(highlighter.knows("yaml"));
        println!("syntax set loaded in {:?}", start.elapsed());
        time("ssg-highlight", &blocks, |l, c| highlighter.highlight(c, &CodeOptions::of(l)).html.len());
    }
    if wanted.is_empty() || wanted == "floor" {
        let set = SyntaxSet::load_defaults_newlines();
        time("stock, syntect's set (no dockerfile, hcl)", &blocks, |l, c| stock(&set, l, c).len());
    }
    if wanted.is_empty() || wanted == "stock" {
        let set = two_face::syntax::extra_newlines();
        time("stock, two-face", &blocks, |l, c| stock(&set, l, c).len());
    }
}
