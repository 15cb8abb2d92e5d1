//! A community's site: events with talks, speakers and recaps, in several sizes, under the quiet theme that
//! comes with the program; and the same community as the source of an import. What grows with the
//! product of two of them shows here.

mod source;

use crate::Outcome;
use crate::dice::Dice;
use crate::measure::run;
use crate::post::slug;
use crate::rounds::{Row, cold};
use crate::site::{Site, remove};
use crate::tool::Tool;
use crate::words::Words;
use std::ffi::OsString;
use std::fmt::Write as _;
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
        let site = write(dir, events, seed)?;
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

/// Writes the site below `dir`, in place of one of the same size.
fn write(dir: &Path, events: usize, seed: u64) -> Outcome<Site> {
    let name = format!("community-{events}");
    let site = Site { root: dir.join(&name), output: dir.join(format!("{name}-output")) };
    remove(&site.root)?;
    let mut dice = Dice::new(seed);
    let words = words(&mut dice, events * TALKS);
    fs::create_dir_all(site.root.join("content/posts"))?;
    fs::create_dir_all(site.root.join("data/sponsors"))?;
    fs::write(site.root.join("ssg.toml"), CONFIG)?;
    for number in 0..SPONSORS {
        let file = site.root.join(format!("data/sponsors/sponsor-{number}.toml"));
        fs::write(file, format!("name = \"Sponsor {number}\"\nurl = \"https://example.org/{number}\"\n"))?;
    }
    for number in 0..events {
        write_event(&site, number, &mut dice, &words)?;
    }
    Ok(site)
}

/// An event of two days in two rooms, its talks, and a recap that names some of them, one misspelt.
fn write_event(site: &Site, number: usize, dice: &mut Dice, words: &Words) -> Outcome<()> {
    let (city, year, month) = place_and_time(number);
    let id = format!("{year}-{}-{number}", city.to_lowercase());
    let folder = site.root.join("content/events").join(&id);
    fs::create_dir_all(folder.join("talks"))?;
    let mut text = format!(
        "+++\ntitle = \"Ops Days {city} {year}\"\n[event]\nstart = {year}-{month:02}-10\nend = {year}-{month:02}-11\n\
         timezone = \"Europe/Brussels\"\ncity = \"{city}\"\nseries = \"{}\"\n",
        city.to_lowercase()
    );
    let organizers: Vec<String> =
        dice.some(&words.people, 3).iter().map(|name| format!("{{ name = {name:?} }}")).collect();
    let _ = writeln!(text, "organizers = [{}]", organizers.join(", "));
    let sponsors: Vec<String> = (0..8)
        .map(|place| {
            let sponsor = dice.between(0, SPONSORS - 1);
            format!("{{ id = \"sponsor-{sponsor}\", level = \"{}\" }}", LEVELS[place % 2])
        })
        .collect();
    let _ = writeln!(text, "sponsors = [{}]", sponsors.join(", "));
    let mut named = Vec::new();
    for place in 0..TALKS {
        let (day, hour) = (10 + place / 5 % 2, 9 + place % 5);
        let title = words.title(dice);
        let talk = format!("{}-{place}", slug(&title));
        // Everybody speaks once, some with another.
        let mut speakers = vec![words.people[number * TALKS + place].clone()];
        if dice.percent(25) {
            speakers.extend(dice.some(&words.people, 1));
        }
        let room = ROOMS[dice.between(0, 1)];
        let _ = write!(
            text,
            "[[event.schedule]]\nstarts = {year}-{month:02}-{day}T{hour:02}:00:00\n\
             ends = {year}-{month:02}-{day}T{hour:02}:45:00\nroom = \"{room}\"\ntalk = \"{talk}\"\n"
        );
        let tools = dice.some(&words.tools, 2);
        let body = format!(
            "+++\ntitle = {title:?}\nspeakers = {speakers:?}\ntools = {tools:?}\n+++\n{}\n",
            words.paragraph(dice)
        );
        fs::write(folder.join(format!("talks/{talk}.md")), body)?;
        named.push(format!("{id}/{talk}"));
    }
    let paragraph = words.paragraph(dice);
    fs::write(folder.join("index.md"), format!("{text}+++\n{paragraph}\n"))?;
    let mut covered = dice.some(&named, 4);
    covered[0].push_str("er");
    let recap = format!(
        "+++\ntitle = \"Ops Days {city} {year}, a recap\"\nauthors = {:?}\nevents = [{id:?}]\ntalks = {covered:?}\n\
         +++\n{}\n\n{}\n",
        dice.some(&words.people, 1),
        words.paragraph(dice),
        words.paragraph(dice)
    );
    fs::write(site.root.join(format!("content/posts/{year}-{month:02}-12-recap-{number}.md")), recap)?;
    Ok(())
}
