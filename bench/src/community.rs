//! A community's site: events with talks, speakers and recaps, in several sizes, under the quiet theme that
//! comes with the program; and the same community as the source of an import. What grows with the
//! product of two of them shows here.

mod edits;
mod site;
mod source;

pub use edits::{builds, watch};
pub use site::{Shape, write as write_site};

use crate::Outcome;
use crate::dice::Dice;
use crate::measure::run;
use crate::rounds::{Row, cold};
use crate::site::{Site, remove};
use crate::tool::Tool;
use crate::words::Words;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

/// Events of the sites; each has ten talks, and there are as many speakers as talks.
const SIZES: [usize; 4] = [75, 150, 300, 600];
/// Talks of an event.
pub const TALKS: usize = 10;
const ROOMS: [&str; 2] = ["Hall", "Loft"];
const CITIES: [&str; 6] = ["Bergen", "Ghent", "Porto", "Quito", "Taipei", "Toronto"];
const LEVELS: [&str; 2] = ["gold", "silver"];
const SPONSORS: usize = 40;
const CONFIG: &str =
    "base_url = \"http://localhost\"\ntitle = \"Community\"\ntheme = \"runbook\"\npaginate_by = 20\n";

/// Builds the site, imports the source and builds what comes of it, each cold and in every size; gives
/// the number of events with each.
pub fn compare(tool: &Tool, dir: &Path, runs: u32, seed: u64) -> Outcome<Vec<(usize, Row)>> {
    let (mut built, mut imported, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    for events in SIZES {
        let site = site::write(dir, &Shape::of(events), seed)?;
        built.push((events, cold(tool, &site, dir, "build".to_owned(), runs)?));
        let source = source::write(dir, events, seed)?;
        let name = format!("imported-{events}");
        let site = Site { root: dir.join(&name), output: dir.join(format!("{name}-output")) };
        imported.push((events, import(tool, &source, &site, runs)?));
        moved.push((events, cold(tool, &site, dir, "build of it".to_owned(), runs)?));
    }
    built.extend(imported);
    built.extend(moved);
    Ok(built)
}

/// Imports a source into a new site, as often as is asked for.
fn import(tool: &Tool, source: &Path, site: &Site, runs: u32) -> Outcome<Row> {
    let mut row = Row { name: "import".to_owned(), runs: Vec::new(), html: 0 };
    let mut command = vec![tool.program.clone().into_os_string()];
    command.extend(["import", "devopsdays", "--quiet"].map(OsString::from));
    command.push(source.into());
    for round in 1..=runs {
        eprintln!("{} of {}: round {round} of {runs}", row.name, source.display());
        remove(&site.root)?;
        fs::create_dir_all(site.root.join("content"))?;
        fs::write(site.root.join("ssg.toml"), CONFIG)?;
        row.runs.push(run(&command, &site.root)?);
    }
    Ok(row)
}

/// Words with so many people. Where there are more than pairs of names, the others have one more word
/// in theirs.
fn words(dice: &mut Dice, people: usize) -> Words {
    let mut words = Words::new(dice, people);
    let pairs = words.people.clone();
    let more = (0..).take_while(|around| around * pairs.len() < people).skip(1);
    let more = more.flat_map(|_| pairs.iter().map(|name| name.replacen(' ', " van ", 1)));
    words.people.extend(more.take(people - pairs.len()));
    words
}

/// Where and when an event takes place: its city, its year and its month.
fn place_and_time(number: usize) -> (&'static str, usize, usize) {
    (CITIES[number % CITIES.len()], 2010 + number / CITIES.len() / 4 % 16, 1 + number % 12)
}
