//! Times whole processes of `ssg` on a generated blog: a cold build, later builds after small edits,
//! and cold builds of other generators on the same posts, in turn. Prints Markdown.
//!
//! The book's page on performance says how to run it and how to read it.

#![forbid(unsafe_code)]

mod code;
mod community;
mod dice;
mod latency;
mod measure;
mod pictures;
mod post;
mod report;
mod rounds;
mod site;
mod together;
mod tool;
mod words;

use clap::Parser;
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use tool::Tool;

/// A result whose error ends the run.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// Times builds of a generated blog and prints a table in Markdown.
#[derive(Parser)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
struct Options {
    /// Posts of the blog
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(40..))]
    posts: u32,
    /// Rounds that count; one more is run first
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Builds the blog cold and no more, by `ssg` alone
    #[arg(long)]
    cold: bool,
    /// Builds 100,000 posts as well, cold
    #[arg(long)]
    hundred_thousand: bool,
    /// Times edits under `ssg serve` in place of builds, on this blog and on one a tenth of its size
    #[arg(long)]
    serve: bool,
    /// Builds and imports the site of a community instead, in four sizes, cold
    #[arg(long)]
    community: bool,
    /// Builds and edits the site of a community as large as that of devopsdays or pyvideo instead
    #[arg(long, value_parser = community::Shape::parse)]
    shape: Option<community::Shape>,
    /// With `--shape`: builds by one, two and four processes at once instead, alone, from a shared cache, and of parts
    #[arg(long, requires = "shape")]
    together: bool,
    /// Builds pages of drawn photographs instead, 20 large ones and 1,000; beside Hugo where `HUGO_BIN` names it
    #[arg(long)]
    pictures: bool,
    /// With `--pictures`: beside Hugo alone
    #[arg(long, requires = "pictures")]
    beside: bool,
    /// Seed of the blog
    #[arg(long, default_value_t = 20)]
    seed: u64,
    /// Folder for sites and outputs, best on a file system in memory [default: `bench` in the target folder]
    #[arg(long)]
    dir: Option<PathBuf>,
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    if let Some(command) = measure::asked(&arguments) {
        return measure::run_here(command);
    }
    match bench(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bench(options: &Options) -> Outcome<()> {
    let program = std::env::current_exe()?;
    let beside = program.parent().ok_or("the program has no folder")?;
    let dir = options.dir.clone().unwrap_or_else(|| beside.with_file_name("bench"));
    std::fs::create_dir_all(&dir)?;
    let dir = dir.canonicalize()?;
    let tools = Tool::installed(beside)?;
    if options.community {
        let rows = community::compare(&tools[0], &dir, options.runs, options.seed)?;
        report::communities(&tools[0], &rows, options.runs);
        return Ok(());
    }
    if options.pictures {
        report::photographs(&tools[0], options.runs);
        for set in pictures::SETS.iter().filter(|_| !options.beside) {
            let figures = pictures::measure(&tools[0], &dir, set, options.runs, options.seed)?;
            report::photograph_set(set, &figures);
        }
        if let Some(hugo) = tools.iter().find(|tool| tool.kind == tool::Kind::Hugo) {
            let pairs = pictures::beside::compare(&tools[0], hugo, &dir, options.runs, options.seed)?;
            report::photographs_beside(hugo, &pairs);
        }
        return Ok(());
    }
    if let Some(shape) = options.shape.filter(|_| options.together) {
        let rows = together::compare(&tools[0], &dir, &shape, options.runs, options.seed)?;
        report::together(&tools[0], &shape, &rows, options.runs);
        return Ok(());
    }
    if let Some(shape) = options.shape {
        let rows = community::builds(&tools[0], &dir, &shape, options.runs, options.seed)?;
        let seen = community::watch(&tools[0], &dir, &shape, options.runs, options.seed)?;
        report::shape(&tools[0], &shape, &rows, &seen, options.runs);
        return Ok(());
    }
    let posts = post::blog(usize::try_from(options.posts)?, options.seed);
    if options.cold {
        let row = rounds::cold_only(&tools[0], &dir, &posts, options.runs)?;
        report::heading(&tools[..1], &posts, options.runs);
        report::table(&[row]);
        return Ok(());
    }
    if options.serve {
        let small = post::blog((posts.len() / 10).max(40), options.seed);
        let few = latency::watch(&tools[0], &dir, &small, options.runs)?;
        let many = latency::watch(&tools[0], &dir, &posts, options.runs)?;
        report::heading(&tools[..1], &posts, options.runs);
        report::latency((small.len(), &few), (posts.len(), &many));
        return Ok(());
    }
    let figures = rounds::compare(&tools, &dir, &posts, options.runs)?;
    report::heading(&tools, &posts, options.runs);
    report::table(&figures);
    if options.hundred_thousand {
        let large = post::blog(100_000, options.seed);
        let cold = rounds::cold_only(&tools[0], &dir, &large, options.runs.min(3))?;
        report::growth(&figures, posts.len(), &cold, large.len());
    }
    Ok(())
}
