//! Ten kinds of edits of a community's site: each in a process of its own, and as it is seen under `ssg serve`.

use super::site::{self, Shape};
use crate::Outcome;
use crate::latency::{Seen, Served, wait_for_cache};
use crate::measure::{Used, run};
use crate::post::slug;
use crate::rounds::Row;
use crate::site::{Site, count_html};
use crate::tool::Tool;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A change of one file, and the page on which it shows.
struct Edit {
    name: &'static str,
    file: PathBuf,
    change: Change,
    /// Below the home page, with a slash at its end.
    page: String,
}

/// What is done to the file; `{mark}` is another text in each round.
enum Change {
    /// A text is replaced, once.
    Replace(String, String),
    /// A text is put at the end.
    Append(&'static str),
    /// The file is made, or made anew.
    Write(String),
    /// The file is removed, and what it was marked with by the edit before shows no more.
    Remove,
}

/// What a talk of the site is called, and who gives it.
struct Known {
    event: String,
    talk: String,
    title: String,
    speaker: String,
    tool: String,
}

/// An event in the middle, and its first talk.
fn known(site: &Site) -> Outcome<Known> {
    let sorted = |dir: &Path| -> Outcome<Vec<PathBuf>> {
        let mut all: Vec<PathBuf> =
            fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect::<Outcome<_>>()?;
        all.sort();
        Ok(all)
    };
    let events = sorted(&site.root.join("content/events"))?;
    let event = events.get(events.len() / 2).ok_or("no events")?;
    let talks = sorted(&event.join("talks"))?;
    let talk = talks.first().ok_or("no talks")?;
    let text = fs::read_to_string(talk)?;
    let first = |key: &str| -> Outcome<String> {
        let line = text.lines().find(|line| line.starts_with(key)).ok_or("no such key")?;
        Ok(line.split('"').nth(1).ok_or("no text")?.to_owned())
    };
    let name = |path: &Path| path.file_stem().map(|name| name.to_string_lossy().into_owned());
    Ok(Known {
        event: name(event).ok_or("no name")?,
        talk: name(talk).ok_or("no name")?,
        title: first("title")?,
        speaker: first("speakers")?,
        tool: first("tools")?,
    })
}

fn edits(site: &Site) -> Outcome<Vec<Edit>> {
    let Known { event, talk, title, speaker, tool } = known(site)?;
    let file = |path: &str| site.root.join(path);
    let talk_file = file(&format!("content/events/{event}/talks/{talk}.md"));
    let event_file = file(&format!("content/events/{event}/index.md"));
    let post = file("content/posts/2026-01-02-new.md");
    let edit = |name, file: &Path, change, page: String| Edit { name, file: file.to_owned(), change, page };
    let talk_page = format!("events/{event}/talks/{talk}/");
    let header = format!("title = {title:?}");
    Ok(vec![
        edit("body of a talk → its page", &talk_file, Change::Append("A line, {mark}.\n"), talk_page),
        edit(
            "title of a talk → its speaker",
            &talk_file,
            Change::Replace(header, format!("title = \"{{mark}} {}\"", title.replace('"', "'"))),
            format!("speakers/{}/", person_slug(site, &speaker)?),
        ),
        edit(
            "tool of a talk → page of the tool",
            &talk_file,
            Change::Replace("tools = [".to_owned(), "tools = [\"{mark} tool\", ".to_owned()),
            "tools/{mark}tool/".to_owned(),
        ),
        edit(
            "speaker of a talk → page of the person",
            &talk_file,
            Change::Replace("speakers = [".to_owned(), "speakers = [\"Una {mark} Bell\", ".to_owned()),
            "speakers/una-{mark}bell/".to_owned(),
        ),
        edit(
            "name of an event → its page",
            &event_file,
            Change::Replace("title = \"".to_owned(), "title = \"{mark} ".to_owned()),
            format!("events/{event}/"),
        ),
        edit(
            "city of an event → its page",
            &event_file,
            Change::Replace("\ncity = \"".to_owned(), "\ncity = \"{mark} ".to_owned()),
            format!("events/{event}/"),
        ),
        edit(
            "post that is new → page of a tool",
            &post,
            Change::Write(format!("+++\ntitle = \"{{mark}} post\"\ntools = [{tool:?}]\n+++\nA text.\n")),
            format!("tools/{}/", slug(&tool)),
        ),
        edit("post that goes → page of a tool", &post, Change::Remove, format!("tools/{}/", slug(&tool))),
        edit(
            "life of a speaker → page of the person",
            &file(&format!("content/speakers/{}.md", person_slug(site, &speaker)?)),
            Change::Write(format!("+++\ntitle = {speaker:?}\n+++\nHas done {{mark}}.\n")),
            format!("speakers/{}/", person_slug(site, &speaker)?),
        ),
        edit(
            "title of the site → home page",
            &file("ssg.toml"),
            Change::Replace("title = \"".to_owned(), "title = \"{mark} ".to_owned()),
            String::new(),
        ),
    ])
}

/// The slug of somebody: names in other scripts are written in Latin letters by `ssg`, so only plain ones are looked for.
fn person_slug(site: &Site, name: &str) -> Outcome<String> {
    let plain = slug(name);
    if plain.is_empty() || !name.is_ascii() {
        return Err(format!("{}: the first talk in the middle is by {name}", site.root.display()).into());
    }
    Ok(plain)
}

impl Edit {
    /// What tells this edit from all others; for a file that goes, what the edit before wrote into it.
    fn mark(&self, round: u32, number: usize) -> String {
        let number = if matches!(self.change, Change::Remove) { number.saturating_sub(1) } else { number };
        format!("mark{round}-{number}-")
    }

    /// Makes the change; gives the page and what it shows then, or shows no more.
    fn apply(&self, mark: &str) -> Outcome<(String, String, bool)> {
        let filled = |text: &str| text.replace("{mark}", mark);
        let mut is_shown = true;
        match &self.change {
            Change::Replace(from, to) => {
                let text = fs::read_to_string(&self.file)?;
                let edited = text.replacen(from, &filled(to), 1);
                if edited == text {
                    return Err(format!("{}: nothing to replace", self.file.display()).into());
                }
                fs::write(&self.file, edited)?;
            }
            Change::Append(text) => {
                fs::write(&self.file, fs::read_to_string(&self.file)? + &filled(text))?;
            }
            Change::Write(text) => {
                if let Some(folder) = self.file.parent() {
                    fs::create_dir_all(folder)?;
                }
                fs::write(&self.file, filled(text))?;
            }
            Change::Remove => {
                fs::remove_file(&self.file)?;
                is_shown = false;
            }
        }
        Ok((filled(&self.page), mark.to_owned(), is_shown))
    }
}

/// Cold, unchanged, and after each kind of edit: each build in a process of its own, and each looked at.
pub fn builds(tool: &Tool, dir: &Path, shape: &Shape, runs: u32, seed: u64) -> Outcome<Vec<Row>> {
    let mut rows: Vec<Row> = Vec::new();
    for round in 0..=runs {
        eprintln!("{}: round {round} of {runs}", shape.name);
        let site = site::write(dir, shape, seed)?;
        crate::site::remove(&site.output)?;
        let mut place = 0;
        let mut note = |name: &str, used: Used| -> Outcome<()> {
            if round == 0 {
                rows.push(Row { name: name.to_owned(), runs: Vec::new(), html: count_html(&site.output)? });
            } else {
                rows[place].runs.push(used);
            }
            place += 1;
            Ok(())
        };
        // Files that are as young as the build are read once more by the next.
        std::thread::sleep(Duration::from_millis(50));
        let build = || run(&tool.build(&site.output), &site.root);
        note("cold", build()?)?;
        note("nothing changed", build()?)?;
        for (number, edit) in edits(&site)?.into_iter().enumerate() {
            let mark = edit.mark(round, number);
            let (page, shown, is_shown) = edit.apply(&mark)?;
            std::thread::sleep(Duration::from_millis(50));
            note(edit.name, build()?)?;
            let file = site.output.join(&page).join("index.html");
            let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            if text.contains(&shown) != is_shown {
                return Err(format!("{}: stale after “{}”", file.display(), edit.name).into());
            }
        }
        crate::site::remove(&site.output)?;
    }
    Ok(rows)
}

/// Starts the server with a cache, and saves files one at a time.
pub fn watch(tool: &Tool, dir: &Path, shape: &Shape, rounds: u32, seed: u64) -> Outcome<Vec<Seen>> {
    let site = site::write(dir, shape, seed)?;
    let started = Instant::now();
    let served = Served::start(tool, &site)?;
    served.until("", "<html", true)?;
    let mut all = vec![Seen { name: "first page, no cache", times: vec![started.elapsed()] }];
    served.wait_for("built")?;
    wait_for_cache(&site)?;
    drop(served);
    let started = Instant::now();
    let served = Served::start(tool, &site)?;
    served.until("", "<html", true)?;
    all.push(Seen { name: "first page, with a cache", times: vec![started.elapsed()] });
    served.wait_for("built")?;
    let mut of_edits: Vec<Seen> = Vec::new();
    for round in 0..=rounds {
        eprintln!("{} under serve: round {round} of {rounds}", shape.name);
        for (place, edit) in edits(&site)?.into_iter().enumerate() {
            let (page, shown, is_shown) = edit.apply(&edit.mark(round, place))?;
            let time = served.until(&page, &shown, is_shown)?;
            served.wait_for("built")?;
            if round == 0 {
                of_edits.push(Seen { name: edit.name, times: Vec::new() });
            } else if let Some(seen) = of_edits.get_mut(place) {
                seen.times.push(time);
            }
        }
    }
    all.extend(of_edits);
    Ok(all)
}
