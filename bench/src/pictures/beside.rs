//! The same photographs processed by Hugo: one folder that both build cold, in pairs, in turns first.

use super::{Set, command, write};
use crate::Outcome;
use crate::measure::{Used, run};
use crate::site::remove;
use crate::tool::Tool;
use std::fs;
use std::path::Path;

/// What both process.
pub const SET: Set = Set { count: 200, size: (2000, 1500) };

const FILES: [(&str, &str); 3] = [
    ("hugo.toml", include_str!("../../peers/hugo-pictures/hugo.toml")),
    ("layouts/all.html", include_str!("../../peers/hugo-pictures/layouts/all.html")),
    (
        "layouts/_markup/render-image.html",
        include_str!("../../peers/hugo-pictures/layouts/_markup/render-image.html"),
    ),
];

/// What came of the pairs.
pub struct Pairs {
    /// Of `ssg` and of Hugo, in each round.
    pub rounds: Vec<(Used, Used)>,
    /// How many WebP files each wrote, and their bytes.
    pub written: [(usize, u64); 2],
}

/// Builds the set cold by both, as often as is asked for.
pub fn compare(ssg: &Tool, hugo: &Tool, dir: &Path, runs: u32, seed: u64) -> Outcome<Pairs> {
    let root = dir.join("pictures-beside");
    write(&root, &SET, seed)?;
    for (name, text) in FILES {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&root))?;
        fs::write(path, text)?;
    }
    let tools = [ssg, hugo];
    let outputs = ["ssg", "hugo"].map(|name| dir.join(format!("pictures-beside-{name}")));
    let mut rounds = Vec::new();
    for round in 1..=runs {
        eprintln!("{} photographs by both: round {round} of {runs}", SET.count);
        let mut used = [None, None];
        let order = if round % 2 == 1 { [0, 1] } else { [1, 0] };
        for which in order {
            remove(&outputs[which])?;
            for kept in [".ssg-cache", "resources", ".hugo_build.lock"] {
                let path = root.join(kept);
                if path.is_dir() { remove(&path)? } else { fs::remove_file(path).unwrap_or(()) }
            }
            used[which] = Some(run(&cold(tools[which], &outputs[which], dir), &root)?);
        }
        let [Some(ssg), Some(hugo)] = used else { return Err("a round without both".into()) };
        rounds.push((ssg, hugo));
    }
    let mut written = [(0, 0); 2];
    for (output, written) in outputs.iter().zip(&mut written) {
        count(output, written)?;
    }
    Ok(Pairs { rounds, written })
}

/// A build that finds nothing made before: Hugo's own cache lies in a folder that is not there.
fn cold(tool: &Tool, output: &Path, dir: &Path) -> Vec<std::ffi::OsString> {
    let mut words = command(tool, output);
    if tool.kind == crate::tool::Kind::Hugo {
        let cache = dir.join("pictures-beside-hugo-cache");
        fs::remove_dir_all(&cache).unwrap_or(());
        words.extend(["--cacheDir".into(), cache.into()]);
    }
    words
}

/// Counts the WebP files below a folder.
fn count(folder: &Path, (files, bytes): &mut (usize, u64)) -> Outcome<()> {
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "webp") {
                *files += 1;
                *bytes += fs::metadata(path)?.len();
            }
        }
    }
    Ok(())
}
