//! `ssg theme add` and `ssg theme update`

use super::{print, print_json};
use crate::args::{Format, Globals, theme::Update};
use crate::session::{Session, counted, fail, report, say};
use serde_json::json;
use ssg_source::Diagnostics;
use ssg_theme::{Address, Limits, Site, UpdateRequest, Updated, plain, short};
use std::path::Path;

pub fn add(globals: &Globals, session: &Session, site: &Site<'_>, address: &str) -> u8 {
    let address = match Address::parse(address) {
        Ok(address) => address,
        Err(problem) => return fail(globals, problem),
    };
    match ssg_theme::add(site, &address, Path::new("."), &Limits::default()) {
        Ok(added) => {
            if globals.format == Format::Json {
                print_json(&json!({
                    "name": added.name,
                    "git": added.pin.git,
                    "rev": added.pin.rev,
                    "commit": added.pin.commit,
                    "hash": added.pin.hash.value,
                    "files": added.files,
                }));
            } else {
                print(&format!("themes/{}\n", added.name));
            }
            let files = counted(added.files, "file");
            say(
                globals,
                &format!("fetched {files} at {}, pinned in {}", short(&added.pin.commit), site.file),
            );
            let is_used = site.config.theme.as_ref().is_some_and(|theme| theme.value == added.name);
            if !is_used {
                say(
                    globals,
                    &format!(
                        "next: `ssg theme show {0}`, and `theme = \"{0}\"` in {1}",
                        added.name, site.file
                    ),
                );
            }
            0
        }
        Err(problems) => report(globals, Some(&session.inputs), &problems),
    }
}

pub fn update(globals: &Globals, session: &Session, site: &Site<'_>, verb: &Update) -> u8 {
    let request = UpdateRequest {
        name: verb.name.clone(),
        to: verb.to.clone(),
        force: verb.force,
        dry_run: verb.dry_run,
    };
    let pins = match ssg_theme::chosen(site, &request) {
        Ok(pins) => pins,
        Err(problem) => return fail(globals, problem),
    };
    if pins.is_empty() {
        say(globals, "no theme was fetched: nothing to update");
    }
    let mut problems = Diagnostics::new();
    for pin in pins {
        match ssg_theme::update(site, &pin, &request, &Limits::default()) {
            Ok(updated) if globals.format == Format::Json => print_json(&to_json(&updated)),
            Ok(updated) => print(&to_text(&updated, verb.dry_run)),
            Err(found) => problems.extend(found),
        }
    }
    report(globals, Some(&session.inputs), &problems)
}

fn to_text(updated: &Updated, dry_run: bool) -> String {
    let Updated { name, from, to, restored, changes } = updated;
    let mut out = String::new();
    for touched in &changes.touched {
        let at = touched
            .by
            .origin
            .as_ref()
            .map_or_else(String::new, |origin| format!(", ejected at {}", short(&origin.version)));
        out.push_str(&format!(
            "{} overrides a file that changes ({}{at}):\n",
            touched.by.path,
            touched.by.words()
        ));
        out.push_str(&touched.diff);
    }
    for option in &changes.options {
        let set = if option.is_set { "; this site sets it" } else { "" };
        let note = if option.note.is_empty() { String::new() } else { format!(": {}", option.note) };
        out.push_str(&plain(&format!("option {} `{}`{note}{set}", option.how, option.name)));
        out.push('\n');
    }
    for (how, path) in &changes.others {
        out.push_str(&format!("{how} {}\n", plain(path)));
    }
    let note = if dry_run { " (dry run)" } else { "" };
    out.push_str(&match (restored, from == to) {
        (true, _) => format!("{name}: fetched again at {}{note}\n", short(to)),
        (_, true) if changes.is_empty() => format!("{name}: up to date at {}\n", short(to)),
        (_, true) => format!("{name}: as it was fetched at {}{note}\n", short(to)),
        _ => format!("{name}: {} becomes {}{note}\n", short(from), short(to)),
    });
    out
}

fn to_json(updated: &Updated) -> serde_json::Value {
    let changes = &updated.changes;
    let touched: Vec<_> = changes
        .touched
        .iter()
        .map(|one| json!({ "path": one.path, "by": one.by.path.as_str(), "blocks": one.by.blocks, "diff": one.diff }))
        .collect();
    let options: Vec<_> = changes
        .options
        .iter()
        .map(|one| json!({ "how": one.how, "name": one.name, "note": one.note, "set": one.is_set }))
        .collect();
    let others: Vec<_> =
        changes.others.iter().map(|(how, path)| json!({ "how": how, "path": path })).collect();
    json!({
        "name": updated.name,
        "from": updated.from,
        "to": updated.to,
        "restored": updated.restored,
        "overridden": touched,
        "options": options,
        "files": others,
    })
}
