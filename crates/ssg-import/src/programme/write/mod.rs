//! Makes the files of an event of a programme: its own, one for each talk, one for each person of whom something is told.

mod clock;
mod event;
mod paths;
mod people;
mod talk;

use super::kinds::kind_of;
use super::model::{Programme, Session};
use super::prose;
use crate::file::{ByKey, Merge, short};
use crate::{EventOptions, Guess, Import, ImportedFile, Outcome, Report, Verdict};
use clock::Clock;
use event::EventFile;
use people::People;
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};

/// Broken parts of a source that are errors of their own; all are in the report.
const MOST_ERRORS: usize = 20;

/// Makes the files of an event.
pub(super) fn write(
    mut programme: Programme,
    options: &EventOptions<'_>,
    mut report: Report,
    found: &mut Diagnostics,
) -> Import {
    // Titles are shown, and make paths.
    programme.sessions.retain_mut(|session| {
        session.title = prose::line(&session.title);
        if session.title.is_empty() {
            let lines = session.line.map(|line| line..=line);
            let verdict = Verdict::Failed("it has no title".to_owned());
            let what = "a session".to_owned();
            report.outcomes.push(Outcome { what, lines, verdict, notes: Vec::new() });
        }
        !session.title.is_empty()
    });
    complain(&report, found);
    let mut import = Import { report, ..Import::default() };
    if programme.sessions.is_empty() {
        if !import.report.outcomes.iter().any(|one| matches!(one.verdict, Verdict::Failed(_))) {
            let message = "there are no talks in the source";
            let hint = "export the schedule that is published, with its talks";
            found.add(Diagnostic::error(codes::IMPORT, message).hint(hint));
        }
        return import;
    }
    if let Some((path, _)) = options.site.index.as_ref().filter(|(path, _)| path.file_name() != "index.md") {
        let message = format!("`{path}` is an event without a folder, and talks lie in one");
        let hint = format!("move it to `content/events/{}/index.md`, and import once more", options.event);
        found.add(Diagnostic::error(codes::IMPORT, message).hint(hint));
        return import;
    }
    let source = format!("programme/{}", options.event);
    let mut notes = Vec::new();
    let clock = Clock::choose(&programme, options, &mut notes);
    let people = People::settle(&programme, options, &source);
    let mut event = EventFile::new(&programme, options, &clock);
    let mut talks = Vec::new();
    let mut pauses = Vec::new();
    for session in &programme.sessions {
        let speakers = people.of(session);
        let kind =
            kind_of(&prose::line(&session.kind), &session.title, session.is_service, !speakers.is_empty());
        if kind.is_pause { pauses.push((session, kind.word)) } else { talks.push((session, kind.word)) }
    }
    let sessions: Vec<&Session> = talks.iter().map(|(session, _)| *session).collect();
    let paths = paths::assign(&sessions, &programme, &people, &clock, options, &source);
    for ((session, kind), assigned) in talks.iter().zip(paths) {
        let Ok(path) = SitePath::new(&assigned.path) else {
            let why = "its name makes no path".to_owned();
            import.report.add(&session.title, Verdict::Failed(why), Vec::new());
            continue;
        };
        let mut notes = session.notes.clone();
        notes.extend(people.notes_of(session));
        notes.extend(assigned.note.map(|note| Guess::new(0, note)));
        let id = session.id.as_ref().map(|id| full_id(programme.format, id));
        let at = event.place(session, path.stem(), &clock, &mut notes);
        let bytes =
            talk::page(session, kind, &at, &people, id.as_deref(), programme.format, options, &mut notes);
        add(&mut import, session, &path, notes);
        let merge = Merge::Keys(ByKey { id, adopts: true, shared: false, only_adds: programme.is_cut });
        import.files.push(ImportedFile { path, bytes, source: source.clone(), id: None, merge });
    }
    let index = event.path();
    for (session, kind) in &pauses {
        let mut notes = session.notes.clone();
        event.pause(session, kind, &clock, &mut notes);
        add(&mut import, session, &index, notes);
    }
    let title = event.title();
    import.report.add(&title, Verdict::Imported(index.clone()), notes);
    import.files.push(ImportedFile {
        id: None,
        path: index,
        bytes: event.page(programme.format),
        source: source.clone(),
        merge: Merge::Keys(ByKey { id: None, adopts: true, shared: false, only_adds: !programme.is_whole }),
    });
    people.add_to(&mut import, &programme, &source);
    if programme.is_whole {
        import.covers.insert(source.clone());
        import.cancels.insert(source);
    }
    import
}

/// What a source knows something by, told from what other formats do. One that may be an address of somebody, or is
/// no name at all, is told by a digest.
fn full_id(format: &str, id: &str) -> String {
    let is_plain = id.len() <= 100 && !id.contains('@') && !id.contains(char::is_control);
    if is_plain { format!("{format}:{id}") } else { format!("{format}:{}", short(id.as_bytes(), 16)) }
}

fn add(import: &mut Import, session: &Session, path: &SitePath, notes: Vec<Guess>) {
    let lines = session.line.map(|line| line..=line);
    let what = prose::line(&session.title);
    import.report.outcomes.push(Outcome { what, lines, verdict: Verdict::Imported(path.clone()), notes });
}

/// Makes errors of what could not be read.
fn complain(report: &Report, found: &mut Diagnostics) {
    let failed = || {
        report.outcomes.iter().filter_map(|one| match &one.verdict {
            Verdict::Failed(why) => Some((one, why)),
            _ => None,
        })
    };
    for (one, why) in failed().take(MOST_ERRORS) {
        let line = one.lines.as_ref().map_or_else(String::new, |lines| format!("line {}: ", lines.start()));
        let what = prose::line(&one.what);
        found.add(
            Diagnostic::error(codes::IMPORT, format!("{line}“{what}” cannot be read: {why}"))
                .hint("all else came in"),
        );
    }
    let more = failed().count().saturating_sub(MOST_ERRORS);
    if more > 0 {
        found.add(Diagnostic::error(
            codes::IMPORT,
            format!("{more} more cannot be read; the report names them"),
        ));
    }
}
