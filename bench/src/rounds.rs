//! Runs the builds, in turn, so that what else the machine does falls on all of them.

use crate::Outcome;
use crate::measure::{Used, run};
use crate::post::Post;
use crate::site::{Edit, Site, count_html, edits, remove, write};
use crate::tool::{Kind, Tool};
use std::path::Path;

/// Folder of earlier outputs.
const ASIDE: &str = "earlier-outputs";

/// The builds of one kind.
pub struct Row {
    /// What was built, in words.
    pub name: String,
    /// One of each round that counts.
    pub runs: Vec<Used>,
    /// HTML files of the output.
    pub html: usize,
}

/// Builds the sites of all tools; the first is `ssg`, whose later builds are timed too.
pub fn compare(tools: &[Tool], dir: &Path, posts: &[Post], runs: u32) -> Outcome<Vec<Row>> {
    let sites = tools.iter().map(|tool| write(tool, dir, posts)).collect::<Outcome<Vec<Site>>>()?;
    let (edits, aside) = (edits(posts), dir.join(ASIDE));
    put_away(&sites, &aside)?;
    let mut rows: Vec<Row> = Vec::new();
    for round in 0..=runs {
        eprintln!("round {round} of {runs}");
        let mut place = 0;
        let mut note = |name: String, used: Used, site: &Site| -> Outcome<()> {
            if round == 0 {
                rows.push(Row { name, runs: Vec::new(), html: count_html(&site.output)? });
            } else {
                rows[place].runs.push(used);
            }
            place += 1;
            Ok(())
        };
        for (tool, site) in tools.iter().zip(&sites) {
            site.make_cold(&aside)?;
            note(format!("{}, cold", tool.name), build(tool, site)?, site)?;
            if tool.kind == Kind::Ssg {
                note("again, nothing changed".to_owned(), build(tool, site)?, site)?;
                note("`ssg suggest --all`".to_owned(), run(&tool.suggest(), &site.root)?, site)?;
                for edit in &edits {
                    note(format!("again, {}", edit.name), rebuild(tool, site, edit)?, site)?;
                }
                for edit in &edits {
                    edit.undo(site)?;
                }
            }
        }
    }
    put_away(&sites, &aside)?;
    Ok(rows)
}

/// Cold builds of one tool.
pub fn cold_only(tool: &Tool, dir: &Path, posts: &[Post], runs: u32) -> Outcome<Row> {
    cold(tool, &write(tool, dir, posts)?, dir, format!("{}, cold", tool.name), runs)
}

/// Cold builds of one site.
pub fn cold(tool: &Tool, site: &Site, dir: &Path, name: String, runs: u32) -> Outcome<Row> {
    let aside = dir.join(ASIDE);
    put_away(std::slice::from_ref(site), &aside)?;
    let mut row = Row { name, runs: Vec::new(), html: 0 };
    for round in 1..=runs {
        eprintln!("{}: round {round} of {runs}", row.name);
        site.make_cold(&aside)?;
        row.runs.push(build(tool, site)?);
        row.html = count_html(&site.output)?;
    }
    put_away(std::slice::from_ref(site), &aside)?;
    Ok(row)
}

/// Removes all outputs.
fn put_away(sites: &[Site], aside: &Path) -> Outcome<()> {
    for site in sites {
        remove(&site.output)?;
    }
    remove(aside)
}

fn build(tool: &Tool, site: &Site) -> Outcome<Used> {
    run(&tool.build(&site.output), &site.root)
}

fn rebuild(tool: &Tool, site: &Site, edit: &Edit) -> Outcome<Used> {
    edit.apply(site)?;
    let used = build(tool, site)?;
    edit.check(site)?;
    Ok(used)
}
