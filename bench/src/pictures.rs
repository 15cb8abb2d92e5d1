//! Photographs: what a telephone fetches of a page beside what lies on disk, at which likeness, and what builds cost.
//!
//! Photographs are drawn, the same on every machine: hills before a sky, with the texture and the noise that cameras
//! give. What a telephone fetches is what its browser would choose from the page: the narrowest picture that has
//! a pixel for each of the screen's.

pub mod beside;
mod draw;
mod likeness;

use crate::Outcome;
use crate::measure::{Used, run};
use crate::site::remove;
use crate::tool::Tool;
use likeness::Likeness;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Pixels across the screen: 390 of CSS, three of the screen to each.
const SCREEN: u32 = 1170;
/// As a camera writes them.
const QUALITY: u8 = 95;
const CONFIG: &str =
    "base_url = \"http://localhost\"\ntitle = \"Photographs\"\n[pictures]\nsizes = \"100vw\"\n";
/// Photographs on a page.
const ON_A_PAGE: u32 = 20;

/// A set of photographs.
pub struct Set {
    /// How many.
    pub count: u32,
    /// Width and height of each in pixels.
    pub size: (u32, u32),
}

/// The sets that are measured.
pub const SETS: [Set; 2] = [Set { count: 20, size: (4000, 3000) }, Set { count: 1000, size: (2000, 1500) }];

/// What came of a set.
pub struct Figures {
    /// Bytes of the files.
    pub originals: u64,
    /// Bytes of what a telephone fetches.
    pub fetched: u64,
    /// Likeness of what is fetched to the original in that size: the mean and the least of the first twenty.
    pub likeness: (Likeness, Likeness),
    /// Builds by name.
    pub builds: Vec<(&'static str, Vec<Used>)>,
}

/// Draws a set, builds it as often as is asked for and looks at what comes of it.
pub fn measure(tool: &Tool, dir: &Path, set: &Set, runs: u32, seed: u64) -> Outcome<Figures> {
    let root = dir.join(format!("pictures-{}", set.count));
    let output = dir.join(format!("pictures-{}-output", set.count));
    let originals = write(&root, set, seed)?;
    let mut builds: Vec<(&'static str, Vec<Used>)> = [
        "cold",
        "again, nothing changed",
        "again, one page edited",
        "into an empty output",
        "again, one picture changed",
    ]
    .map(|name| (name, Vec::new()))
    .into();
    for round in 1..=runs {
        eprintln!("{} photographs: round {round} of {runs}", set.count);
        remove(&output)?;
        remove(&root.join(".ssg-cache"))?;
        for (nth, (_, used)) in builds.iter_mut().enumerate() {
            match nth {
                2 => edit(&root, round)?,
                3 => remove(&output)?,
                4 => swap(&root, round, set, seed)?,
                _ => {}
            }
            used.push(run(&command(tool, &output), &root)?);
        }
    }
    let (fetched, likeness) = look(&root, &output, set, seed, runs)?;
    Ok(Figures { originals, fetched, likeness, builds })
}

fn command(tool: &Tool, output: &Path) -> Vec<OsString> {
    tool.build(output)
}

fn page(root: &Path, number: u32) -> PathBuf {
    root.join(format!("content/posts/2026-01-{:02}-page-{number}", number % 28 + 1))
}

fn name(number: u32) -> String {
    format!("photo-{number}.jpg")
}

fn place(root: &Path, number: u32) -> PathBuf {
    page(root, number / ON_A_PAGE).join(name(number))
}

/// Draws the site unless it is there; gives the bytes of its photographs.
fn write(root: &Path, set: &Set, seed: u64) -> Outcome<u64> {
    let next = AtomicU32::new(0);
    let draw_all = || -> Result<(), String> {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= set.count {
                return Ok(());
            }
            let path = place(root, number);
            let folder = path.parent().unwrap_or(root);
            fs::create_dir_all(folder).map_err(|error| error.to_string())?;
            let photograph = draw::photograph(set.size, seed + u64::from(number));
            let jpeg = draw::jpeg(&photograph, set.size, QUALITY)?;
            fs::write(&path, jpeg).map_err(|error| format!("{}: {error}", path.display()))?;
        }
    };
    remove(root)?;
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(draw_all)).collect();
        all.into_iter().try_for_each(|thread| thread.join().map_err(|_| "a thread ended".to_owned())?)
    })?;
    fs::write(root.join("ssg.toml"), CONFIG)?;
    let mut bytes = 0;
    for number in 0..set.count {
        bytes += fs::metadata(place(root, number))?.len();
    }
    for first in (0..set.count).step_by(ON_A_PAGE as usize) {
        let mut text = format!("# Page {}\n\n", first / ON_A_PAGE);
        for number in first..(first + ON_A_PAGE).min(set.count) {
            text.push_str(&format!("![Photograph {number}]({})\n\n", name(number)));
        }
        fs::write(page(root, first / ON_A_PAGE).join("index.md"), text)?;
    }
    Ok(bytes)
}

/// A line more on the first page.
fn edit(root: &Path, round: u32) -> Outcome<()> {
    let path = page(root, 0).join("index.md");
    let text = fs::read_to_string(&path)?;
    Ok(fs::write(path, format!("{text}\nLine {round}.\n"))?)
}

/// A photograph that no build has seen takes the place of another one.
fn swap(root: &Path, round: u32, set: &Set, seed: u64) -> Outcome<()> {
    let photograph = draw::photograph(set.size, seed + 100_000 + u64::from(round));
    let jpeg = draw::jpeg(&photograph, set.size, QUALITY)?;
    Ok(fs::write(place(root, set.count - round.min(set.count)), jpeg)?)
}

/// Bytes that a telephone fetches, and the likeness of the first twenty.
fn look(root: &Path, output: &Path, set: &Set, seed: u64, runs: u32) -> Outcome<(u64, (Likeness, Likeness))> {
    let (mut fetched, mut likenesses) = (0, Vec::new());
    for number in 0..set.count {
        let page_path = page(root, number / ON_A_PAGE);
        let folder = page_path.file_name().and_then(|name| name.to_str()).and_then(|name| name.get(11..));
        let folder = output.join("posts").join(folder.ok_or("a page without a name")?);
        let html = fs::read_to_string(folder.join("index.html"))?;
        let (_, rest) =
            html.split_once(&format!("/photo-{number}.")).ok_or("a page without its photograph")?;
        let (rest, _) = rest.split_once('"').ok_or("an attribute that does not end")?;
        let set_of = format!("photo-{number}.{rest}");
        let chosen = set_of.split(", ").find_map(|one| {
            let (address, width) = one.split_once(' ')?;
            let width: u32 = width.strip_suffix('w')?.parse().ok()?;
            (width >= SCREEN).then(|| (address.rsplit('/').next().unwrap_or(address).to_owned(), width))
        });
        let (file, width) = chosen.ok_or("a page without a picture for the screen")?;
        let bytes = fs::read(folder.join(file))?;
        fetched += bytes.len() as u64;
        // The last ones were changed.
        if number < 20.min(set.count - runs.min(set.count)) {
            let original = draw::photograph(set.size, seed + u64::from(number));
            likenesses.push(likeness::of(&original, set.size, &bytes, width)?);
        }
    }
    let figures = |value: fn(&Likeness) -> f64| -> Outcome<(f64, f64)> {
        let all: Vec<f64> = likenesses.iter().map(value).collect();
        let count = f64::from(u32::try_from(all.len().max(1))?);
        Ok((all.iter().sum::<f64>() / count, all.iter().copied().fold(f64::INFINITY, f64::min)))
    };
    let (ssim, ssimulacra) = (figures(|one| one.ssim)?, figures(|one| one.ssimulacra)?);
    let mean = Likeness { ssim: ssim.0, ssimulacra: ssimulacra.0 };
    Ok((fetched, (mean, Likeness { ssim: ssim.1, ssimulacra: ssimulacra.1 })))
}
