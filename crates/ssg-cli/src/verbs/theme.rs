//! `ssg theme`: opens the site and hands the command to `ssg-theme`.

mod convert;
mod fetch;

use crate::args::{Compile, Format, Globals, Theme};
use crate::session::{Session, counted, fail, open, report, say};
use serde_json::Value;
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};
use ssg_theme::Site;
use std::io::Write;

pub fn run(globals: &Globals, verb: &Theme) -> u8 {
    let session = match open(globals, &Compile::default()) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    // A theme that is missing or broken is what some of these commands are for.
    let is_grave = |one: &Diagnostic| one.code != codes::UNKNOWN_THEME && !one.code.starts_with("theme");
    let mut grave = session.found.clone();
    grave.retain(is_grave);
    if grave.has_errors() {
        return report(globals, Some(&session.inputs), &grave);
    }
    let file = SitePath::new(&globals.config).unwrap_or_default();
    let settings = &session.settings;
    let site = Site {
        root: session.inputs.root(),
        file: &file,
        config: &settings.config,
        theme: &settings.theme,
        inputs: session.shared(),
    };
    let used = settings.config.theme.as_ref().map_or(settings.theme.name(), |theme| &theme.value);
    match verb {
        Theme::List => list(globals, &site),
        Theme::Show { name } => show(globals, &session, &site, name.as_deref().unwrap_or(used)),
        Theme::New(new) => match ssg_theme::new_theme(&site, &new.name, new.extends.as_deref()) {
            Ok(files) => {
                for file in &files {
                    say(globals, &format!("made {file}"));
                }
                say(
                    globals,
                    &format!("next: `ssg theme check {}`, and `theme = \"{0}\"` in ssg.toml", new.name),
                );
                0
            }
            Err(problem) => fail(globals, problem),
        },
        Theme::Eject { file } => match ssg_theme::eject(&site, file) {
            Ok(ejected) => {
                print(&format!("{}\n", ejected.path));
                for note in &ejected.notes {
                    say(globals, &format!("note: {note}"));
                }
                0
            }
            Err(problem) => fail(globals, problem),
        },
        Theme::Check(check) => {
            match ssg_theme::check(&site, check.name.as_deref().unwrap_or(used), check.strict) {
                Ok(checked) => {
                    let status = report(globals, Some(&session.inputs), &checked.found);
                    let (errors, warnings) = checked.found.counts();
                    let pages = counted(checked.pages, "page");
                    let (errors, warnings) = (counted(errors, "error"), counted(warnings, "warning"));
                    say(globals, &format!("checked {pages} of the fixture: {errors}, {warnings}"));
                    status
                }
                Err(problem) => fail(globals, problem),
            }
        }
        Theme::Convert(arguments) => convert::run(globals, &session, &site, arguments),
        Theme::Add { address } => fetch::add(globals, &session, &site, address),
        Theme::Update(update) => fetch::update(globals, &session, &site, update),
    }
}

/// Prints a result. A closed pipe is no reason to fail.
fn print(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Prints a result for programs, one object on its line.
fn print_json(value: &Value) {
    print(&format!("{value}\n"));
}

fn list(globals: &Globals, site: &Site<'_>) -> u8 {
    for theme in ssg_theme::list(site) {
        if globals.format == Format::Json {
            print_json(&theme.to_json());
        } else {
            print(&format!("{}\n", theme.fields().join("\t")));
        }
    }
    0
}

fn show(globals: &Globals, session: &Session, site: &Site<'_>, name: &str) -> u8 {
    let mut found = Diagnostics::new();
    match ssg_theme::show(site, name, &mut found) {
        Ok(shown) => {
            if globals.format == Format::Json {
                print_json(&shown.to_json());
            } else {
                print(&shown.to_text());
            }
            report(globals, Some(&session.inputs), &found)
        }
        Err(problem) => fail(globals, problem),
    }
}
