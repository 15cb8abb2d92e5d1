//! Imports into one event of the site: its programme, and recordings of its talks.

use super::{ImportSite, Status, read_file, suggested, take_in};
use crate::args::{Format as Output, Globals, Import as Arguments};
use crate::session::{counted, fail, report, say};
use crate::terminal;
use ssg_import::{EventOptions, Import, Preview, SourceFile};
use ssg_source::{Class, Diagnostic, Diagnostics, codes};
use std::io::Write;

type Read = fn(&[SourceFile], &EventOptions<'_>, &mut Diagnostics) -> Import;

/// Reads all sources, which are one, and writes what they say of the event.
pub(super) fn run(globals: &Globals, verb: &Arguments, site: &ImportSite, read: Read) -> u8 {
    let usage = |message: String| Diagnostic::error(codes::IMPORT, message).class(Class::Usage);
    let Some(event) = &verb.event else {
        let problem = usage(format!("`ssg import {}` is of one event, and none is named", verb.kind))
            .hint("name its folder: `--event 2027-quay` is `content/events/2027-quay/`, which need not be there yet");
        return fail(globals, problem);
    };
    if !is_id(event) {
        let problem = usage(format!("`{}` is no id of an event", event.escape_debug()))
            .hint("an id is the name of a folder: lower-case letters, digits and hyphens, such as 2027-quay");
        return fail(globals, problem);
    }
    if let Some(zone) = verb.timezone.as_ref().filter(|zone| jiff::tz::TimeZone::get(zone).is_err()) {
        let problem = usage(format!("`{}` is no time zone", zone.escape_debug()));
        return fail(globals, problem.hint("use an IANA name such as Europe/Brussels"));
    }
    let mut found = Diagnostics::new();
    let files: Vec<SourceFile> =
        verb.sources.iter().filter_map(|source| read_file(source, &mut found)).collect();
    let mut written = 0;
    let mut pages = Vec::new();
    if files.len() == verb.sources.len()
        && let Some(record) = site.record(&mut found)
    {
        let ask = |question: &str| ask(globals, verb, question);
        let options = EventOptions {
            event: event.clone(),
            site: site.event(event, record, globals),
            zone: verb.timezone.clone(),
            tools: site.tools(),
            ask: &ask,
        };
        let import = read(&files, &options, &mut found);
        written = take_in(globals, verb, site, import, &mut pages, &mut found);
    }
    found.sort();
    let mut status = Status::default();
    status.add(report(globals, None, &found));
    let note = if verb.dry_run { " (dry run)" } else { "" };
    say(globals, &format!("wrote {}{note}", counted(written, "file")));
    status.add(suggested::run(globals, verb, pages));
    status.0
}

/// Shows what an import found before it writes, and asks where something was guessed and somebody can be asked.
pub(super) fn agrees(globals: &Globals, verb: &Arguments, preview: &Preview) -> bool {
    if globals.format == Output::Human {
        let _ = std::io::stdout().write_all(preview.text.as_bytes());
        let _ = std::io::stdout().flush();
    } else {
        anstream::eprint!("{}", preview.text);
    }
    if !preview.is_guessed || verb.dry_run {
        return true;
    }
    match ask(globals, verb, "import it so?") {
        Some(false) => {
            say(globals, "nothing was written; name the columns as the book has them to have others");
            false
        }
        _ => true,
    }
}

/// Asks a person, where there is one.
fn ask(globals: &Globals, verb: &Arguments, question: &str) -> Option<bool> {
    let asks = !verb.yes && !verb.dry_run && globals.format == Output::Human;
    asks.then(|| terminal::ask(question)).flatten()
}

fn is_id(event: &str) -> bool {
    !event.is_empty()
        && event.len() <= 100
        && !event.starts_with(['-', '_', '.'])
        && event.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        && !event.ends_with(".md")
}
