//! The community as the source of an import: files as the sites of devopsdays keep them.

use super::{SPONSORS, TALKS, place_and_time, words};
use crate::Outcome;
use crate::dice::Dice;
use crate::post::slug;
use crate::site::remove;
use crate::words::Words;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes the source below `dir`, in place of one of the same size; gives its folder.
pub fn write(dir: &Path, events: usize, seed: u64) -> Outcome<PathBuf> {
    let root = dir.join(format!("source-{events}"));
    remove(&root)?;
    let mut dice = Dice::new(seed);
    let words = words(&mut dice, events * TALKS);
    fs::create_dir_all(root.join("data/sponsors"))?;
    for number in 0..SPONSORS {
        let text = format!("name: \"Sponsor {number}\"\nurl: \"https://example.org/{number}\"\n");
        fs::write(root.join(format!("data/sponsors/sponsor-{number}.yml")), text)?;
    }
    for number in 0..events {
        write_event(&root, number, &mut dice, &words)?;
    }
    Ok(root)
}

/// An event of two days with its programme, its talks and those who give them.
fn write_event(root: &Path, number: usize, dice: &mut Dice, words: &Words) -> Outcome<()> {
    let (city, year, month) = place_and_time(number);
    let name = format!("{}-{number}", city.to_lowercase());
    let data = root.join(format!("data/events/{year}/{name}"));
    let content = root.join(format!("content/events/{year}-{name}"));
    for folder in [&data, &content.join("program"), &content.join("speakers")] {
        fs::create_dir_all(folder)?;
    }
    let mut main = format!(
        "name: \"{year}-{name}\"\nyear: \"{year}\"\ncity: \"{city}\"\ndescription: {:?}\n\
         startdate: {year}-{month:02}-10T00:00:00+02:00\nenddate: {year}-{month:02}-11T23:59:59+02:00\n\
         cfp_date_start: {year}-01-01T00:00:00+02:00\ncfp_date_end: {year}-01-03T00:00:00+02:00\n\
         location: \"Hall {number}\"\nlocation_address: \"Road {number}\"\nteam_members:\n",
        words.sentence(dice)
    );
    for organizer in dice.some(&words.people, 3) {
        let _ = writeln!(main, "  - name: {organizer:?}");
    }
    main.push_str("sponsors:\n");
    for level in ["gold", "silver"].repeat(4) {
        let _ = writeln!(main, "  - id: sponsor-{}\n    level: {level}", dice.between(0, SPONSORS - 1));
    }
    main.push_str("sponsor_levels:\n  - id: gold\n    label: Gold\n  - id: silver\n    label: Silver\n");
    fs::write(data.join("main.yml"), main)?;
    let mut program = "program:\n".to_owned();
    for place in 0..TALKS {
        let (day, hour) = (10 + place / 5 % 2, 9 + place % 5);
        // Everybody speaks once, some with another.
        let mut speakers = vec![words.people[number * TALKS + place].clone()];
        if dice.percent(25) {
            speakers.extend(dice.some(&words.people, 1));
        }
        let slugs: Vec<String> = speakers.iter().map(|name| slug(name)).collect();
        let talk = format!("{}-{place}", slugs[0]);
        let date = format!("{year}-{month:02}-{day}");
        let _ = writeln!(
            program,
            "- title: {talk}\n  type: talk\n  date: {date}\n  start_time: \"{hour:02}:00\"\n  end_time: \"{hour:02}:45\""
        );
        let text = format!(
            "+++\nTalk_date = \"{date}\"\nTalk_start_time = \"{hour:02}:00\"\nTalk_end_time = \"{hour:02}:45\"\n\
             Title = {:?}\nType = \"talk\"\nSpeakers = {slugs:?}\n+++\n\n{}\n",
            words.title(dice),
            words.paragraph(dice)
        );
        fs::write(content.join(format!("program/{talk}.md")), text)?;
        for (name, slug) in speakers.iter().zip(&slugs) {
            let text =
                format!("+++\nTitle = {name:?}\ntype = \"speaker\"\n+++\n\n{}\n", words.paragraph(dice));
            fs::write(content.join(format!("speakers/{slug}.md")), text)?;
        }
    }
    fs::write(data.join("program.yml"), program)?;
    fs::write(
        content.join("welcome.md"),
        format!("+++\nTitle = \"Welcome\"\n+++\n\n{}\n", words.paragraph(dice)),
    )?;
    Ok(())
}
