//! Every command and every example of the book.
//!
//! Commands are run from the first to the last of a page, and what the page shows below them is what they print
//! ([`session`]). Examples of configuration, of headers and of themes are read, and nothing may be said against them
//! ([`examples`]). What cannot be run stands in one list, with the reason. That commands have the form that the program
//! knows, also those in running text, is a test beside its arguments (`src/args/book.rs`).

#![cfg(unix)]

#[allow(dead_code, reason = "the tests beside the arguments read more of it")]
mod blocks;
mod examples;
mod given;
mod session;

use blocks::{Block, Page};
use session::{Ran, Session};

/// Command blocks that are not run: page, first line, reason.
const NOT_RUN: &[(&str, &str, &str)] = &[
    (
        "check.md",
        "$ ssg check --external",
        "asks other sites; the test `check` of ssg-cli has one on loopback",
    ),
    ("check.md", "ssg check --external", "a step of a workflow, which asks other sites"),
    ("ci.md", "curl -fsSL", "asks the network; the step that fetches is run by the test `ci`"),
    ("ci.md", "at=$(sed", "a script for a timer, which builds when a moment has come"),
    ("editors.md", "$ cd editors/vscode", "fetches packages and installs them into an editor"),
    ("import-videos.md", "$ yt-dlp", "asks the network"),
    ("installing.md", "$ cargo install", "compiles the program; the workflow of releases does"),
    (
        "installing.md",
        "$ packaging/build.sh",
        "compiles the program; `tests/packages/run.sh` makes the packages",
    ),
    ("installing.md", "$ buildah", "fetches a base; `tests/packages/container.sh` has one of its own"),
    ("outputs.md", "cargo install", "compiles the program"),
    ("performance.md", "$ just bench", "measures, for minutes to hours"),
    ("publishing.md", "$ ssg publish\n", "shows a site of some size; what is said is run in tutorials"),
    ("quick-start.md", "$ cargo install", "compiles the program"),
    ("serve.md", "$ ssg serve --navigate", "waits for edits; `first-recap.md` runs the server"),
    ("shared-cache.md", "$ ssg build", "needs a store that machines share; tests of the cache have one"),
    ("suggest.md", "$ ssg suggest content/posts/2016-06-02-toronto.md", "reads a post of somebody else"),
    ("theme-commands.md", "$ ssg theme add", "asks the network; tests of themes fetch one from a folder"),
    ("theme-commands.md", "$ ssg theme update", "asks the network; tests of themes have a folder for it"),
    ("theme-quality.md", "just test-browser", "needs a browser; a step of `.ci/run`"),
];

/// How many commands, and lines of their output, the book has at least: a reader of blocks that finds none would let
/// everything pass.
const LEAST: (usize, usize) = (150, 195);

fn is_command(block: &Block) -> bool {
    matches!(block.language.as_str(), "console" | "sh" | "bash" | "shell")
}

/// Why a block is not run, and where that stands in the list.
fn exception(block: &Block) -> Option<usize> {
    NOT_RUN.iter().position(|(page, first, _)| {
        let begins = format!("{}\n", block.first_line()).starts_with(first);
        block.page == *page && begins
    })
}

/// The blocks of a page that are run, in order; none where the page has no command.
fn to_run(blocks: &[Block]) -> Vec<&Block> {
    let run: Vec<&Block> =
        blocks.iter().filter(|block| !is_command(block) || exception(block).is_none()).collect();
    if run.iter().any(|block| is_command(block)) { run } else { Vec::new() }
}

fn run(page: &Page) -> Ran {
    let blocks = blocks::blocks(page);
    let blocks = to_run(&blocks);
    if blocks.is_empty() {
        return Ran::default();
    }
    for block in &blocks {
        let is_told = block.language == "console" || !is_command(block);
        assert!(
            is_told,
            "{}: write `console`, with `$ ` before commands, or list why it is not run",
            block.place()
        );
    }
    Session::new(&given::files(&page.name)).run(&blocks)
}

#[test]
fn every_command_does_what_the_book_says() {
    let pages = blocks::pages();
    let mut all = Ran::default();
    let mut failed = Vec::new();
    for page in &pages {
        match std::panic::catch_unwind(|| run(page)) {
            Ok(ran) => {
                if ran.commands > 0 {
                    println!(
                        "{}: {} commands, {} lines, {} files",
                        page.name, ran.commands, ran.lines, ran.files
                    );
                }
                all.commands += ran.commands;
                all.lines += ran.lines;
                all.files += ran.files;
            }
            Err(_) => failed.push(page.name.clone()),
        }
    }
    assert!(failed.is_empty(), "see above: {failed:?}");
    println!("the book: {} commands, {} lines, {} files", all.commands, all.lines, all.files);
    let (commands, lines) = LEAST;
    assert!(
        all.commands >= commands && all.lines >= lines,
        "only {} commands, {} lines",
        all.commands,
        all.lines
    );
}

#[test]
fn what_is_not_run_is_in_the_book() {
    let pages = blocks::pages();
    let blocks: Vec<Block> = pages.iter().flat_map(blocks::blocks).collect();
    let used: Vec<usize> = blocks.iter().filter(|block| is_command(block)).filter_map(exception).collect();
    for (index, (page, first, reason)) in NOT_RUN.iter().enumerate() {
        assert!(!reason.is_empty() && used.contains(&index), "no block of {page} begins so: {first}");
    }
    for block in &blocks {
        let hides = block.language == "text" && block.text.lines().any(|line| line.starts_with("$ "));
        assert!(!hides, "{}: commands belong into a block of `console`", block.place());
    }
}

/// The anchor that mdBook gives to a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().chars().filter_map(|sign| match sign {
        sign if sign.is_alphanumeric() || sign == '_' || sign == '-' => Some(sign),
        sign if sign.is_whitespace() => Some('-'),
        _ => None,
    });
    kept.collect::<String>().to_lowercase()
}

/// The lines of a page that are no code.
fn prose(page: &Page) -> impl Iterator<Item = (usize, &str)> {
    let mut fence = 0;
    page.text.lines().enumerate().filter(move |(_, line)| {
        let signs = line.trim_start().chars().take_while(|sign| *sign == '`').count();
        let was = fence;
        if signs >= 3 {
            fence = if fence == 0 {
                signs
            } else if signs >= fence {
                0
            } else {
                fence
            };
        }
        was == 0 && signs < 3
    })
}

#[test]
fn links_to_headings_lead_somewhere() {
    let pages = blocks::pages();
    let anchors = |name: &str| -> Option<Vec<String>> {
        let page = pages.iter().find(|page| page.name == name)?;
        let headings = prose(page).filter(|(_, line)| line.starts_with('#'));
        Some(headings.map(|(_, line)| anchor(line.trim_start_matches('#'))).collect())
    };
    let (mut count, mut dead) = (0, Vec::new());
    for page in &pages {
        for (number, line) in prose(page) {
            let line: String = line.split('`').step_by(2).collect();
            for link in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let Some((file, wanted)) = link.split_once('#') else { continue };
                let file = if file.is_empty() { page.name.as_str() } else { file };
                // Pages elsewhere, and the list of codes, which has ids of its own.
                let Some(there) = anchors(file).filter(|_| file != "diagnostics.md") else { continue };
                count += 1;
                if !there.iter().any(|anchor| anchor == wanted) {
                    dead.push(format!("docs/src/{}:{}: {link}", page.name, number + 1));
                }
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
    assert!(count > 90, "only {count} links were found");
}
