//! `ssg theme convert`: tells what a theme of Zola's became, and what is left to do.

use super::{print, print_json};
use crate::args::{Format, Globals, theme::Convert};
use crate::session::{Session, VERSION, counted, fail, report, say};
use jiff::Timestamp;
use serde_json::json;
use ssg_source::{Class, Diagnostic, Diagnostics, DiskInputs, codes, shown};
use ssg_theme::{Converted, Site};

pub(super) fn run(globals: &Globals, session: &Session, site: &Site<'_>, arguments: &Convert) -> u8 {
    let source = &arguments.source;
    let inputs = match DiskInputs::new(source, Timestamp::UNIX_EPOCH, VERSION) {
        Ok(inputs) if source.is_dir() => inputs,
        _ => {
            let message = format!("cannot read the folder `{}`", shown(source));
            return fail(globals, Diagnostic::error(codes::THEME_IO, message).class(Class::Usage));
        }
    };
    let folder = source.canonicalize().ok();
    let own = folder.as_ref().and_then(|folder| folder.file_name()).unwrap_or_default().to_string_lossy();
    let name = arguments.name.clone().unwrap_or_else(|| own.to_lowercase());
    let mut found = Diagnostics::new();
    match ssg_theme::convert(site, &inputs, &name, &mut found) {
        Ok(converted) => {
            let status = report(globals, Some(&session.inputs), &found);
            tell(globals, &name, &converted);
            status
        }
        Err(problem) => {
            report(globals, Some(&session.inputs), &found);
            fail(globals, problem)
        }
    }
}

fn tell(globals: &Globals, name: &str, converted: &Converted) {
    if globals.format == Format::Json {
        for file in &converted.files {
            print_json(&json!({ "file": file }));
        }
        for one in &converted.left {
            print_json(&json!({ "file": one.file, "line": one.line, "left": one.what, "hint": one.hint }));
        }
        for (file, why) in &converted.skipped {
            print_json(&json!({ "skipped": file, "reason": why }));
        }
        return;
    }
    for one in &converted.left {
        let place = if one.line == 0 { one.file.clone() } else { format!("{}:{}", one.file, one.line) };
        print(&format!("{place}: {}: {}\n", one.what, one.hint));
    }
    for (file, why) in &converted.skipped {
        say(globals, &format!("left out {file}: {why}"));
    }
    let files = counted(converted.files.len(), "file");
    say(
        globals,
        &format!("made {files} in themes/{name}; {} left to do", counted(converted.left.len(), "thing")),
    );
    say(globals, &format!("next: `ssg theme check {name}`"));
}
