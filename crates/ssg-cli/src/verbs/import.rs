//! `ssg import`

use super::new::write_text;
use crate::args::{Globals, Import};
use crate::session::{counted, fail, report, say};
use ssg_import::{FORMATS, Step, TextOptions, write_posts};
use ssg_source::{Class, Diagnostic, Diagnostics, SitePath, did_you_mean};
use std::io::Write;

pub fn run(globals: &Globals, verb: &Import) -> u8 {
    let usage = |message: String| Diagnostic::error("import", message).class(Class::Usage);
    let Some(format) = FORMATS.iter().find(|format| format.name == verb.kind) else {
        let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        let problem = usage(format!("there is no importer `{}`", verb.kind))
            .hint_if(did_you_mean(&verb.kind, names.iter().copied()))
            .hint(format!("there are: {}", names.join(", ")));
        return fail(globals, problem);
    };
    let fallback_date = match verb.date.as_deref().map(str::parse) {
        None => None,
        Some(Ok(date)) => Some(date),
        Some(Err(_)) => return fail(globals, usage("`--date` must be a day such as 2016-06-02".to_owned())),
    };
    if !globals.root.is_dir() {
        return fail(globals, usage(format!("there is no folder `{}`", globals.root.display())));
    }
    let options = TextOptions { fallback_date, author: verb.author.clone() };
    let mut found = Diagnostics::new();
    let mut written = 0;
    for source in &verb.sources {
        let bytes = match std::fs::read(source) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("cannot read `{}`: {error}", source.display());
                found.add(Diagnostic::error("import", message).class(Class::Usage));
                continue;
            }
        };
        let name = source.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let import = (format.import)(&name, &bytes, &options, &mut found);
        let existing = |path: &SitePath| std::fs::read_to_string(globals.root.join(path.as_str())).ok();
        for planned in write_posts(&import.posts, &existing) {
            let word = match &planned.step {
                Step::New(_) => "new",
                Step::Update(_) => "update",
                Step::Same => "same",
                Step::Kept(_) => "kept",
            };
            say(globals, &format!("{word}\t{}", planned.path));
            let Some(text) = planned.step.text().filter(|_| !verb.dry_run) else { continue };
            match write_text(&globals.root, &planned.path, text) {
                Ok(()) => written += 1,
                Err(problem) => found.add(problem),
            }
        }
        // The report is the result: it goes to standard output.
        let _ = writeln!(std::io::stdout(), "{}", import.report);
    }
    found.sort();
    let status = report(globals, None, &found);
    let note = if verb.dry_run { " (dry run)" } else { "" };
    say(globals, &format!("wrote {}{note}", counted(written, "file")));
    status
}
