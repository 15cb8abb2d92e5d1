//! Programmes of events: what pretalx, frab, Sessionize, tables and calendars say of one.
//!
//! Every format is read into one [`Programme`], and one writer makes the event of it: its file
//! with the rows that are no talks, a file for each talk, and a page for each person of whom something is told. A
//! later export updates what nobody has edited; paths and ids stay.

mod answers;
mod columns;
mod frab;
mod ics;
mod kinds;
mod language;
mod media;
mod model;
mod pretalx;
mod prose;
mod said;
mod schedule_json;
mod schedule_xml;
mod sessionize;
mod sheet;
mod times;
mod write;

use crate::event_options::SourceFile;
use crate::import::Preview;
use crate::{EventOptions, Import, Report, Verdict, loose_json, table};
use model::Programme;
use serde_json::Value;
use ssg_source::{Diagnostic, Diagnostics, codes};

/// Makes an event of what pretalx gives out: `schedule.json`, answers of its API, the data of its widget.
///
/// Every talk is an item of the report. What is cut off or broken is an error, and the rest comes in. Several files are
/// one programme.
pub fn import_pretalx(files: &[SourceFile], options: &EventOptions<'_>, found: &mut Diagnostics) -> Import {
    import("pretalx", pretalx::read, files, options, found)
}

/// Makes an event of the `schedule.json` or `schedule.xml` of frab, and of whatever else writes that form; as [`import_pretalx`].
pub fn import_frab(files: &[SourceFile], options: &EventOptions<'_>, found: &mut Diagnostics) -> Import {
    import("frab", frab::read, files, options, found)
}

/// Makes an event of what Sessionize gives out as JSON: the views "All", "Sessions" and "Grid smart"; as
/// [`import_pretalx`].
pub fn import_sessionize(
    files: &[SourceFile],
    options: &EventOptions<'_>,
    found: &mut Diagnostics,
) -> Import {
    import("sessionize", sessionize::read, files, options, found)
}

/// Makes an event of tables in CSV; as [`import_pretalx`]. What the columns were taken for is to be shown first
/// ([`Import::preview`]).
pub fn import_csv(files: &[SourceFile], options: &EventOptions<'_>, found: &mut Diagnostics) -> Import {
    import("csv", sheet::read, files, options, found)
}

/// Makes an event of calendars (iCalendar); as [`import_pretalx`].
pub fn import_ics(files: &[SourceFile], options: &EventOptions<'_>, found: &mut Diagnostics) -> Import {
    import("ics", ics::read, files, options, found)
}

/// What a file is read with, and what is told of it.
struct Reading<'r, 'o> {
    options: &'r EventOptions<'o>,
    report: &'r mut Report,
    found: &'r mut Diagnostics,
    preview: &'r mut Option<Preview>,
}

/// Reads all files and makes one event of them.
fn import(
    format: &'static str,
    read: fn(&SourceFile, &mut Reading<'_, '_>) -> Option<Programme>,
    files: &[SourceFile],
    options: &EventOptions<'_>,
    found: &mut Diagnostics,
) -> Import {
    let mut report = Report::new(format);
    let mut preview = None;
    let mut all: Option<Programme> = None;
    let mut is_whole = true;
    for file in files {
        let mut reading = Reading { options, report: &mut report, found: &mut *found, preview: &mut preview };
        match (read(file, &mut reading), &mut all) {
            (Some(programme), Some(all)) => all.add(programme),
            (Some(programme), none) => *none = Some(programme),
            (None, _) => is_whole = false,
        }
    }
    let mut import = match all {
        Some(mut programme) => {
            programme.is_whole &= is_whole;
            write::write(programme, options, report, found)
        }
        None => Import { report, ..Import::default() },
    };
    import.preview = preview;
    import
}

/// Reads a file of JSON, or of XML that says what JSON of the same name does: `read` makes a programme of it, or `None` where it is not what was `expected`.
fn read_json(
    expected: &str,
    file: &SourceFile,
    reading: &mut Reading<'_, '_>,
    read: impl FnOnce(&Value, &mut Report) -> Option<Programme>,
) -> Option<Programme> {
    let text = match table::text_of(&file.bytes) {
        Ok((text, _)) => text,
        Err(why) => return unreadable(file, &why, expected, reading),
    };
    let is_xml = text.trim_start().starts_with('<');
    let (value, broken) = if is_xml { schedule_xml::read(&text) } else { loose_json::read(&text) };
    match (read(&value, reading.report), broken) {
        (Some(mut programme), Some(why)) => {
            let message = format!("`{}` cannot be read to its end: {why}", file.name);
            let hint = "export it once more; what stands before came in, and nothing was cancelled";
            reading.found.add(Diagnostic::error(codes::IMPORT, message).hint(hint));
            programme.is_whole = false;
            programme.is_cut = true;
            Some(programme)
        }
        (Some(programme), None) => Some(programme),
        (None, broken) => {
            unreadable(file, broken.as_deref().unwrap_or("it is something else"), expected, reading)
        }
    }
}

/// Tells of a file that says nothing.
fn unreadable(
    file: &SourceFile,
    why: &str,
    expected: &str,
    reading: &mut Reading<'_, '_>,
) -> Option<Programme> {
    let message = format!("`{}` cannot be read: {why}", file.name);
    reading.found.add(Diagnostic::error(codes::IMPORT, message).hint(format!("it must be {expected}")));
    reading.report.outcomes.push(crate::Outcome {
        what: file.name.clone(),
        lines: None,
        verdict: Verdict::Failed(why.to_owned()),
        notes: Vec::new(),
    });
    None
}

#[cfg(test)]
mod tests;
