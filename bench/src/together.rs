//! Builds of a community's site by several processes at once, as several machines would: each with a copy of the site
//! and a cache of its own, from nothing and from one shared cache; and the same site in parts, one for each process.

use crate::Outcome;
use crate::community::{Shape, write_site};
use crate::measure::{Used, run};
use crate::site::{Site, copy_folder, remove};
use crate::tool::Tool;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How many processes build at once.
const PROCESSES: [usize; 3] = [1, 2, 4];

/// Builds of one kind by so many processes at once.
pub struct Row {
    /// What was built, in words.
    pub name: &'static str,
    /// How many built at once.
    pub processes: usize,
    /// One of each round.
    pub rounds: Vec<Round>,
}

/// What the processes of a round used.
pub struct Round {
    /// From the first start to the last end.
    pub wall: Duration,
    /// Each process.
    pub used: Vec<Used>,
}

/// Builds the site of a community by one, two and four processes at once.
pub fn compare(tool: &Tool, dir: &Path, shape: &Shape, rounds: u32, seed: u64) -> Outcome<Vec<Row>> {
    let dir = dir.join("together");
    remove(&dir)?;
    fs::create_dir_all(&dir)?;
    let shared = dir.join("shared");
    let original = write_site(&dir, shape, seed)?;
    let most = PROCESSES.into_iter().max().unwrap_or(1);
    let copies = (0..most).map(|number| copy(&original, &dir, number)).collect::<Outcome<Vec<_>>>()?;
    let mut rows = Vec::new();
    for processes in PROCESSES {
        let sites = &copies[..processes];
        rows.push(repeat("whole, from nothing", tool, sites, rounds)?);
    }
    fs::create_dir_all(&shared)?;
    for site in &copies {
        let file = site.root.join("ssg.toml");
        let remote = format!("\n[cache]\nremote = \"file://{}\"\nname = \"bench\"\n", shared.display());
        fs::write(&file, fs::read_to_string(&file)? + &remote)?;
    }
    make_cold(&copies)?;
    fill(tool, &copies[0])?;
    for processes in PROCESSES {
        let sites = &copies[..processes];
        rows.push(repeat("whole, from the shared cache", tool, sites, rounds)?);
    }
    make_cold(&copies)?;
    for processes in PROCESSES {
        let part = Shape { events: shape.events / processes, people: shape.people / processes, ..*shape };
        let sites = (0..processes)
            .map(|number| {
                let folder = dir.join(format!("part-{processes}-{number}"));
                fs::create_dir_all(&folder)?;
                write_site(&folder, &part, seed.wrapping_add(u64::try_from(number)?))
            })
            .collect::<Outcome<Vec<_>>>()?;
        rows.push(repeat("in as many parts, from nothing", tool, &sites, rounds)?);
        make_cold(&sites)?;
    }
    remove(&dir)?;
    Ok(rows)
}

/// A copy of a site, of another number.
fn copy(original: &Site, dir: &Path, number: usize) -> Outcome<Site> {
    let copy =
        Site { root: dir.join(format!("copy-{number}")), output: dir.join(format!("output-{number}")) };
    copy_folder(&original.root, &copy.root)?;
    Ok(copy)
}

/// A build that writes the shared cache.
fn fill(tool: &Tool, site: &Site) -> Outcome<()> {
    let mut command = vec![OsString::from("env"), OsString::from("SSG_CACHE_WRITE=1")];
    command.extend(tool.build(&site.output));
    run(&command, &site.root)?;
    Ok(())
}

fn repeat(name: &'static str, tool: &Tool, sites: &[Site], rounds: u32) -> Outcome<Row> {
    let mut row = Row { name, processes: sites.len(), rounds: Vec::new() };
    for round in 1..=rounds {
        eprintln!("{name}, {} at once: round {round} of {rounds}", sites.len());
        make_cold(sites)?;
        // Files that are as young as the build would be read once more.
        thread::sleep(Duration::from_millis(50));
        row.rounds.push(at_once(tool, sites)?);
    }
    Ok(row)
}

fn make_cold(sites: &[Site]) -> Outcome<()> {
    for site in sites {
        remove(&site.output)?;
        remove(&site.root.join(".ssg-cache"))?;
    }
    Ok(())
}

/// Builds all sites at once, each by a process.
fn at_once(tool: &Tool, sites: &[Site]) -> Outcome<Round> {
    let started = Instant::now();
    let used = thread::scope(|scope| {
        let builds: Vec<_> = sites
            .iter()
            .map(|site| {
                let command = tool.build(&site.output);
                scope.spawn(move || run(&command, &site.root).map_err(|error| error.to_string()))
            })
            .collect();
        let ended =
            builds.into_iter().map(|build| build.join().unwrap_or_else(|_| Err("a build failed".to_owned())));
        ended.collect::<Result<Vec<Used>, String>>()
    })?;
    Ok(Round { wall: started.elapsed(), used })
}
