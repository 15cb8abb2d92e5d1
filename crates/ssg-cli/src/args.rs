//! The command line: what can be written, with its help.
//!
//! Nothing is looked up or opened here. A verb takes its arguments as they are and says what is wrong with them.

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

#[cfg(test)]
mod book;
mod candidates;
mod code;
pub mod theme;

use code::CodeParser;
pub use theme::Theme;

/// Static site generator for DevOps event blogs.
#[derive(Debug, Parser)]
#[command(name = "ssg", version, propagate_version = true, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub verb: Verb,
}

/// Flags that stand before or after the verb.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Options of all commands")]
pub struct Globals {
    /// Folder of the site
    #[arg(short, long, global = true, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub root: PathBuf,
    /// Configuration file, relative to the site
    #[arg(short, long, global = true, value_name = "FILE", default_value = "ssg.toml", value_hint = ValueHint::FilePath)]
    pub config: String,
    /// Print errors only
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Print repeated warnings in full
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Colours in the output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
    /// How diagnostics are printed
    #[arg(long, global = true, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with excerpts
    #[value(alias = "text")]
    Human,
    /// One JSON object a line
    Json,
    /// One SARIF log, of `check` alone
    Sarif,
    /// For people, and annotations of files for a workflow of GitHub
    Github,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Make a new site
    Init(Init),
    /// Make a new content file
    New(New),
    /// Build the site
    Build(Build),
    /// Serve the site while it is written, and reload browsers
    Serve(Serve),
    /// Compile the site and report what is wrong or lacking, without writing any output
    Check(Check),
    /// Build the site and put it online
    Publish(Publish),
    /// List content
    List(List),
    /// Say what an output depends on and why it was last rendered
    Why(Why),
    /// Say what the code of a message means and what to do
    Explain(Explain),
    /// Serve an editor: the language server, over standard input and output
    Lsp(Lsp),
    /// Print a JSON Schema of a file, for editors
    Schema(Schema),
    /// Remove the files that a build wrote, and the cache
    Clean(Clean),
    /// Turn other sources into content
    Import(Import),
    /// Say which tools, speakers, events and talks texts are about
    Suggest(Suggest),
    /// Show, make, check and fetch themes
    #[command(subcommand)]
    Theme(Theme),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write manual pages of all commands
    Manual {
        /// Folder for the pages, which is made where it is not there
        #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
        dir: std::path::PathBuf,
    },
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Suggest {
    /// Files to read
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "all")]
    pub files: Vec<PathBuf>,
    /// Read all posts and talks of the site, and show a table
    #[arg(long)]
    pub all: bool,
    /// Least confidence of what is said or written, from 0 to 1 [default: 0.5]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub min: Option<f64>,
    /// Put it into the headers; asks first
    #[arg(long)]
    pub write: bool,
    /// Say instead what headers name and texts never mention and, with `--all`, which names that many posts mention have
    /// no page
    #[arg(long, conflicts_with_all = ["write", "min"])]
    pub lint: bool,
    /// Write without asking
    #[arg(short, long, requires = "write")]
    pub yes: bool,
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|number| (0.0..=1.0).contains(number))
        .ok_or_else(|| "a number from 0 to 1, such as 0.9".to_owned())
}

#[derive(Debug, Args)]
pub struct Explain {
    /// The code, such as dead-link; without one, all are listed
    #[arg(value_name = "CODE", value_parser = CodeParser, hide_possible_values = true)]
    pub code: Option<String>,
}

#[derive(Debug, Args)]
pub struct Lsp {
    /// As most editors ask for it; there is no other way
    #[arg(long)]
    pub stdio: bool,
}

#[derive(Debug, Args)]
pub struct Schema {
    /// The file: config (ssg.toml), theme (theme.toml) or page (headers of content files)
    #[arg(value_name = "FILE", add = candidates::words(&["config", "theme", "page"]))]
    pub file: String,
}

#[derive(Debug, Args)]
pub struct Init {
    /// Folder to make it in
    #[arg(default_value = ".", value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// Title of the site
    #[arg(long, default_value = "Notes from the field")]
    pub title: String,
    /// Where it will be online
    #[arg(short = 'u', long, value_name = "URL", default_value = "https://example.org/")]
    pub base_url: String,
    /// Add the workflow that builds the site and puts it online: github, gitlab, netlify or
    /// cloudflare; to a site that is there already it adds nothing else
    #[arg(long, value_name = "HOST", add = candidates::words(&["github", "gitlab", "netlify", "cloudflare"]))]
    pub ci: Option<String>,
    /// Repository that the workflow compiles ssg from
    #[arg(long, value_name = "URL", requires = "ci")]
    pub ssg_source: Option<String>,
    /// Folder of a release's files that the workflow takes ssg from, in place of compiling it:
    /// its address ends in the version, such as /v0.1.0, and SHA256SUMS is in it
    #[arg(long, value_name = "URL", requires = "ci", conflicts_with = "ssg_source")]
    pub ssg_release: Option<String>,
}

#[derive(Debug, Args)]
pub struct New {
    /// post, event, talk, speaker, tool or recap
    #[arg(add = candidates::words(&["post", "event", "talk", "speaker", "tool", "recap"]))]
    pub kind: String,
    /// Title; for a recap the id of the event
    #[arg(add = candidates::events())]
    pub title: String,
    /// Id of the event that a talk belongs to
    #[arg(short, long, value_name = "ID", add = candidates::events())]
    pub event: Option<String>,
    /// Slug in place of the one that follows from the title
    #[arg(long)]
    pub slug: Option<String>,
}

/// What decides on the site that is compiled.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "What is built")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Compile {
    /// Base URL in place of the configured one
    #[arg(short = 'u', long, value_name = "URL", env = "SSG_BASE_URL")]
    pub base_url: Option<String>,
    /// Build drafts too
    #[arg(short = 'D', long)]
    pub drafts: bool,
    /// Build pages dated in the future too
    #[arg(short = 'F', long)]
    pub future: bool,
    /// Build expired pages too
    #[arg(short = 'E', long)]
    pub expired: bool,
    /// Build as on this day or at this instant
    #[arg(long, value_name = "DAY|INSTANT")]
    pub date: Option<String>,
    /// Leave out pages that have errors of their own
    #[arg(long)]
    pub skip_broken: bool,
    /// Build to be looked at before it is online: nothing is for search engines, and there is no site map
    #[arg(long)]
    pub preview: bool,
    /// Threads
    #[arg(short, long, value_name = "N")]
    pub jobs: Option<usize>,
}

#[derive(Debug, Args)]
pub struct Build {
    /// Folder to write to, relative to the current one [default: public in the site's folder]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output_dir: Option<PathBuf>,
    /// Neither use nor write the cache
    #[arg(long)]
    pub no_cache: bool,
    #[command(flatten)]
    pub compile: Compile,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// Port; when it is taken, the next free one
    #[arg(short, long, default_value_t = 1111)]
    pub port: u16,
    /// Address to listen on; anything but loopback lets others in
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub interface: std::net::IpAddr,
    /// Answer to this host too, `.domain` to all below it; besides those of the configuration and of
    /// `SSG_ALLOWED_HOSTS`, which has them with commas between; may be repeated
    #[arg(long, value_name = "HOST")]
    pub allow_host: Vec<String>,
    /// Open the site in a browser
    #[arg(short = 'O', long)]
    pub open: bool,
    /// Look at the files again and again instead of waiting for events
    #[arg(long)]
    pub poll: bool,
    /// Move browsers to the page that was just edited
    #[arg(long)]
    pub navigate: bool,
    #[command(flatten)]
    pub compile: Compile,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Check {
    /// Ask for the links to other sites, and remember in data/links.toml which fail
    #[arg(long)]
    pub external: bool,
    /// Mend what is sure: slips in keys, spellings of terms and, with `--external`, links that have moved for good;
    /// shows it and asks first
    #[arg(long)]
    pub fix: bool,
    /// Mend without asking
    #[arg(short, long, requires = "fix")]
    pub yes: bool,
    /// Neither use nor write the cache
    #[arg(long)]
    pub no_cache: bool,
    /// Take warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// File of known problems, of which nothing is said
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub baseline: Option<PathBuf>,
    /// Write what is found into that file
    #[arg(long, requires = "baseline")]
    pub write_baseline: bool,
    #[command(flatten)]
    pub compile: Compile,
}

#[derive(Debug, Args)]
pub struct Publish {
    /// Target, a table `[publish.TARGET]` of the configuration [default: the only one, or the one with
    /// `default = true`]
    #[arg(add = candidates::targets())]
    pub target: Option<String>,
    /// Show what would be sent and removed, and change nothing there
    #[arg(short = 'n', long)]
    pub dry_run: bool,
    /// Publish without asking, also where that may be a mistake
    #[arg(short, long)]
    pub yes: bool,
    /// Most files to remove without asking, in percent of what is there
    #[arg(long, value_name = "PERCENT", default_value_t = 10, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub max_deletes: u8,
    #[command(flatten)]
    pub build: Build,
}

#[derive(Debug, Args)]
pub struct List {
    /// pages, posts, events, series, talks, speakers, tools, sections, languages, or a taxonomy of the site
    #[arg(default_value = "pages", add = candidates::lists())]
    pub kind: String,
    /// Only events that are ahead
    #[arg(long)]
    pub upcoming: bool,
    /// Only pages without a translation into this language
    #[arg(long, value_name = "LANG", conflicts_with = "upcoming")]
    pub untranslated: Option<String>,
    /// Terms that are probably one, with the line that makes them one
    #[arg(long, conflicts_with = "upcoming")]
    pub similar: bool,
    /// What stays in, and why: files of content that are not published
    #[arg(long, conflicts_with_all = ["upcoming", "similar", "untranslated"])]
    pub withheld: bool,
    #[command(flatten)]
    pub compile: Compile,
}

#[derive(Debug, Args)]
#[group(id = "about", required = true, multiple = false)]
pub struct Why {
    /// An output: its path in the site (`/posts/x/`) or its file (`posts/x/index.html`)
    #[arg(value_name = "OUTPUT", group = "about")]
    pub output: Option<String>,
    /// Say which outputs a file of the site reaches
    #[arg(long, value_name = "FILE", group = "about", value_hint = ValueHint::FilePath)]
    pub changed: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Clean {
    /// Folder to clean [default: public in the site's folder]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output_dir: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Import {
    /// What the source is: jekyll, octopress, hugo, zola, wordpress, blogger, devopsdays, pyvideo or text; of one event
    /// pretalx, frab, sessionize, csv, ics, videos or slides
    #[arg(add = candidates::importers())]
    pub kind: String,
    /// What to read: files, or the folder of a site
    #[arg(required = true, value_name = "SRC", value_hint = ValueHint::AnyPath)]
    pub sources: Vec<PathBuf>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Only this event or conference; may be repeated
    #[arg(long, value_name = "NAME")]
    pub only: Vec<String>,
    /// Programmes and recordings: the event, by the name of its folder
    #[arg(short, long, value_name = "ID", add = candidates::events())]
    pub event: Option<String>,
    /// Programmes: the time zone of their hours, where nothing else says it
    #[arg(long, value_name = "ZONE")]
    pub timezone: Option<String>,
    /// Programmes and recordings: ask nothing
    #[arg(short, long)]
    pub yes: bool,
    /// Exports of hosted blogs: the folder of the pictures and files that the blog showed
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub uploads: Option<PathBuf>,
    /// Exports of hosted blogs: keep comments, folded below their posts
    #[arg(long)]
    pub comments: bool,
    /// Write the whole report to a file, too; `.json` for one object a line
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub report: Option<PathBuf>,
    /// Put tools, speakers and events that the texts name into the headers of posts and talks that were just written, as
    /// `ssg suggest --write --min 0.9` does
    #[arg(long)]
    pub suggest: bool,
    /// Text: who wrote it, where it does not say
    #[arg(long)]
    pub author: Option<String>,
    /// Text: date for posts that do not tell one
    #[arg(long, value_name = "DAY")]
    pub date: Option<String>,
}
