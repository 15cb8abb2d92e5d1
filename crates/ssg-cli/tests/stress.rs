//! Sites of unusual size: memory and time stay within bounds.
//!
//! The small ones run always; those of full size take minutes, and `just stress` runs them. Peak
//! memory is what Linux says of the running process; elsewhere only success is asserted.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const MIB: u64 = 1 << 20;

struct Built {
    success: bool,
    /// Peak of the memory that was resident, in bytes; 0 where the system does not say.
    peak: u64,
    time: Duration,
}

fn build(site: &Path) -> Built {
    let begin = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_ssg"))
        .args(["build", "--date", "2026-11-21", "-r"])
        .arg(site)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let mut peak = 0;
    let status = loop {
        peak = peak.max(peak_so_far(&child));
        if let Some(status) = child.try_wait().expect("a child can be waited for") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    Built { success: status.success(), peak, time: begin.elapsed() }
}

/// The kernel keeps the peak itself, so that looking seldom misses only what comes at the very end.
fn peak_so_far(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

/// Builds, and asserts that it went well within the bounds.
fn build_within(site: &Path, memory: u64, time: Duration) {
    let built = build(site);
    println!("{} MiB, {:.1} s", built.peak / MIB, built.time.as_secs_f64());
    assert!(built.success, "the build failed");
    assert!(built.peak <= memory, "{} MiB at the peak, over {} MiB", built.peak / MIB, memory / MIB);
    assert!(built.time <= time, "{:?}, over {time:?}", built.time);
}

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("temporary folder");
    let config = "title = \"Stress\"\nbase_url = \"https://stress.example\"\n";
    std::fs::write(folder.path().join("ssg.toml"), config).expect("written");
    std::fs::create_dir_all(folder.path().join("content/posts")).expect("made");
    folder
}

/// Posts over many years with terms, speakers, a link to another post and a code block.
fn many_pages(count: usize) -> tempfile::TempDir {
    let folder = site();
    for number in 0..count {
        let (year, month, day) = (2000 + number % 26, 1 + number / 26 % 12, 1 + number / 312 % 28);
        let text = format!(
            "---\ntitle: Post {number}\ndate: {year}-{month:02}-{day:02}\ncategories: [C{}]\n\
             speakers: [Person {}]\n---\nA *first* paragraph with a [link](@/posts/p{}.md).\n\n\
             ## A heading\n\n- one\n- two\n\n```yaml\na: {number}\n```\n\nMore text.\n",
            number % 5,
            number % 997,
            number * 7 % count,
        );
        std::fs::write(folder.path().join(format!("content/posts/p{number}.md")), text).expect("written");
    }
    folder
}

/// One page of about `size` bytes, made of many copies of a part with its number.
fn one_page(size: usize, part: impl Fn(usize) -> String) -> tempfile::TempDir {
    let folder = site();
    let mut text = String::from("---\ntitle: Long\n---\n");
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        let _ = write!(text, "{}", part(number));
    }
    std::fs::write(folder.path().join("content/p.md"), text).expect("written");
    folder
}

/// What usual posts are made of.
fn usual(number: usize) -> String {
    format!(
        "## Heading number {number}\n\nA paragraph with *emphasis*, `code` and a \
         [link](https://elsewhere.example/{number}), as long as paragraphs of a usual text are, which \
         say a thing and then say it again in other words.\n\n- one\n- two\n\n```yaml\nkey: {number}\n```\n\n"
    )
}

#[test]
fn two_thousand_pages() {
    build_within(many_pages(2_000).path(), 200 * MIB, Duration::from_mins(1));
}

#[test]
fn a_page_of_five_megabytes() {
    build_within(one_page(5 << 20, usual).path(), 200 * MIB, Duration::from_mins(1));
}

/// What is said about each must not take time that grows with the file.
#[test]
fn a_page_with_ten_thousand_mistakes() {
    let site = one_page(300 << 10, |number| format!("{{% include x{number}.html %}}\n\n"));
    build_within(site.path(), 200 * MIB, Duration::from_secs(20));
}

#[test]
#[ignore = "takes minutes"]
fn a_hundred_thousand_pages() {
    build_within(many_pages(100_000).path(), 2048 * MIB, Duration::from_mins(20));
}

#[test]
#[ignore = "takes minutes"]
fn a_page_of_a_hundred_megabytes() {
    build_within(one_page(100 << 20, usual).path(), 1536 * MIB, Duration::from_mins(20));
}
