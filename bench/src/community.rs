//! A community's site: events with talks, speakers and recaps, in one size and in the double, under
//! the theme that comes with the program. What grows with the product of two of them shows here.

use crate::Outcome;
use crate::dice::Dice;
use crate::post::slug;
use crate::rounds::{Row, cold};
use crate::site::{Site, remove};
use crate::tool::Tool;
use crate::words::Words;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Events of the smaller site; each has ten talks, and there are as many speakers as talks.
pub const EVENTS: usize = 300;
const TALKS: usize = 10;
const ROOMS: [&str; 2] = ["Hall", "Loft"];
const CITIES: [&str; 6] = ["Bergen", "Ghent", "Porto", "Quito", "Taipei", "Toronto"];
const LEVELS: [&str; 2] = ["gold", "silver"];
const SPONSORS: usize = 40;

/// Builds the site in both sizes, cold.
pub fn compare(tool: &Tool, dir: &Path, runs: u32, seed: u64) -> Outcome<Vec<Row>> {
    let mut rows = Vec::new();
    for events in [EVENTS, 2 * EVENTS] {
        let name = format!("{events} events, {0} talks, {0} speakers", events * TALKS);
        let site = write(dir, events, seed)?;
        rows.push(cold(tool, &site, dir, name, runs)?);
    }
    Ok(rows)
}

/// Writes the site below `dir`, in place of one of the same size.
fn write(dir: &Path, events: usize, seed: u64) -> Outcome<Site> {
    let name = format!("community-{events}");
    let site = Site { root: dir.join(&name), output: dir.join(format!("{name}-output")) };
    remove(&site.root)?;
    let mut dice = Dice::new(seed);
    let mut words = Words::new(&mut dice, events * TALKS);
    // Where there are more people than pairs of names, the others have one more word in theirs.
    let pairs = words.people.clone();
    let more = (0..).take_while(|around| around * pairs.len() < events * TALKS).skip(1);
    let more = more.flat_map(|_| pairs.iter().map(|name| name.replacen(' ', " van ", 1)));
    words.people.extend(more.take(events * TALKS - pairs.len()));
    fs::create_dir_all(site.root.join("content/posts"))?;
    fs::create_dir_all(site.root.join("data/sponsors"))?;
    fs::write(
        site.root.join("ssg.toml"),
        "base_url = \"http://localhost\"\ntitle = \"Community\"\npaginate_by = 20\n",
    )?;
    for number in 0..SPONSORS {
        let file = site.root.join(format!("data/sponsors/sponsor-{number}.toml"));
        fs::write(file, format!("name = \"Sponsor {number}\"\nurl = \"https://example.org/{number}\"\n"))?;
    }
    for number in 0..events {
        write_event(&site, number, &mut dice, &words)?;
    }
    Ok(site)
}

/// An event of two days in two rooms, its talks, and a recap that names some of them.
fn write_event(site: &Site, number: usize, dice: &mut Dice, words: &Words) -> Outcome<()> {
    let city = CITIES[number % CITIES.len()];
    let (year, month) = (2010 + number / CITIES.len() / 4 % 16, 1 + number % 12);
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
    let covered = dice.some(&named, 3);
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
