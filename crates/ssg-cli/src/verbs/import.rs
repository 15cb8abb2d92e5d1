//! `ssg import`

mod changes;
mod event;
mod site;
mod suggested;

use crate::args::{Format as Output, Globals, Import as Arguments};
use crate::session::{VERSION, counted, fail, report, say};
use jiff::Timestamp;
use site::ImportSite;
use ssg_import::{ExportOptions, FORMATS, FolderOptions, Import, Reads, SourceFile, TextOptions, plan};
use ssg_source::{Class, Diagnostic, Diagnostics, DiskInputs, Inputs, SitePath, codes, did_you_mean, shown};
use std::io::{Read, Write};
use std::path::Path;

/// Items of the same fate and reason that a report lists, unless all are asked for.
const MOST: usize = 10;
/// Largest source that is one file, in bytes.
const LARGEST: u64 = 128 << 20;

pub fn run(globals: &Globals, verb: &Arguments) -> u8 {
    let usage = |message: String| Diagnostic::error(codes::IMPORT, message).class(Class::Usage);
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
    let site = match ImportSite::open(&globals.root) {
        Ok(site) => site,
        Err(problems) => return report(globals, None, &problems),
    };
    if let Some(problem) = begin_report(verb) {
        return fail(globals, problem);
    }
    if let Reads::Event(read) = format.reads {
        return event::run(globals, verb, &site, read);
    }
    let text = TextOptions { fallback_date, author: verb.author.clone() };
    let mut status = Status::default();
    let mut written = 0;
    let mut files = Vec::new();
    for source in &verb.sources {
        let mut found = Diagnostics::new();
        let mut inputs = None;
        let Some(record) = site.record(&mut found) else {
            status.add(report(globals, None, &found));
            continue;
        };
        let import = match format.reads {
            Reads::File(read) => {
                read_file(source, &mut found).map(|file| read(&file.name, &file.bytes, &text, &mut found))
            }
            Reads::Folder(read) => open_folder(source, &mut found).map(|opened| {
                let folder =
                    FolderOptions { tools: site.tools(), only: verb.only.clone(), record: Some(record) };
                let import = read(&opened, &folder, &mut found);
                inputs = Some(opened);
                import
            }),
            Reads::Export(read) => read_file(source, &mut found).and_then(|file| {
                let uploads = match &verb.uploads {
                    Some(folder) => Some(open_folder(folder, &mut found)?),
                    None => None,
                };
                let uploads = uploads.as_ref().map(|inputs| inputs as &dyn Inputs);
                let options = ExportOptions { uploads, comments: verb.comments, record: Some(&record) };
                Some(read(&file, &options, &mut found))
            }),
            Reads::Event(_) => None,
        };
        if let Some(mut import) = import {
            if verb.sources.len() > 1 {
                // What is not in one of several may be in another.
                import.covers.clear();
            }
            written += take_in(globals, verb, &site, import, &mut files, &mut found);
        }
        found.sort();
        status.add(report(globals, inputs.as_ref(), &found));
    }
    let note = if verb.dry_run { " (dry run)" } else { "" };
    say(globals, &format!("wrote {}{note}", counted(written, "file")));
    status.add(suggested::run(globals, verb, files));
    status.0
}

/// The gravest status of all sources.
#[derive(Default)]
struct Status(u8);

impl Status {
    fn add(&mut self, status: u8) {
        // Refused by policy, then the machine, then usage, then content.
        let gravity = |status: u8| match status {
            3 => 4,
            4 => 3,
            other => other,
        };
        if gravity(status) > gravity(self.0) {
            self.0 = status;
        }
    }
}

/// Writes an import, unless it is a dry run, and reports; gives how many files were written.
fn take_in(
    globals: &Globals,
    verb: &Arguments,
    site: &ImportSite,
    import: Import,
    files: &mut Vec<SitePath>,
    found: &mut Diagnostics,
) -> usize {
    let Some(record) = site.record(found) else { return 0 };
    if let Some(preview) = &import.preview
        && !event::agrees(globals, verb, preview)
    {
        return 0;
    }
    let plan = plan(&import, &record, &|path| site.existing(path));
    let mut report = import.report;
    report.settle(&plan.steps);
    let human = globals.format == Output::Human;
    let most = if globals.verbose { usize::MAX } else { MOST };
    let mut out = String::new();
    let mut written = 0;
    if verb.dry_run {
        if human {
            out.push_str(&changes::show(&plan.steps, most));
        }
    } else {
        written = site.write(&plan, &record, files, found);
    }
    if human {
        out.push_str(&report.to_text(most));
        out.push('\n');
    } else {
        out.extend(report.to_json().iter().map(|line| format!("{line}\n")));
    }
    if let Some(file) = &verb.report {
        let most = usize::MAX;
        let diff = if verb.dry_run { changes::show(&plan.steps, most) } else { String::new() };
        let text = if is_json(file) {
            report.to_json().iter().map(|line| format!("{line}\n")).collect()
        } else {
            format!("{diff}{}\n", report.to_text(most))
        };
        if let Err(problem) = write_report(file, text.as_bytes(), true) {
            found.add(problem);
        }
    }
    // The report is the result: it goes to standard output.
    let _ = std::io::stdout().write_all(out.as_bytes());
    written
}

/// Begins the file of the report, before anything else is done: one that cannot be written is told at once. A file
/// that is no report stays.
fn begin_report(verb: &Arguments) -> Option<Diagnostic> {
    let file = verb.report.as_ref()?;
    let mut start = [0_u8; REPORT.len()];
    let old = std::fs::File::open(file).and_then(|mut old| old.read(&mut start));
    let is_report = start.starts_with(REPORT.as_bytes()) || start.starts_with(REPORT_JSON.as_bytes());
    if old.is_ok_and(|length| length > 0) && !is_report {
        let message = format!("`{}` is there already, and is no report of an import", shown(file));
        let hint = "give the report a name of its own";
        return Some(Diagnostic::error(codes::IMPORT, message).class(Class::Usage).hint(hint));
    }
    let head = if is_json(file) {
        format!("{REPORT_JSON}\"{}\"}}\n", verb.kind)
    } else {
        format!("{REPORT}{}\n\n", verb.kind)
    };
    write_report(file, head.as_bytes(), false).err()
}

/// How a report begins, as text and as objects.
const REPORT: &str = "# ssg import ";
const REPORT_JSON: &str = "{\"report\":";

fn is_json(file: &Path) -> bool {
    file.extension().is_some_and(|end| end == "json")
}

fn write_report(file: &Path, text: &[u8], append: bool) -> Result<(), Diagnostic> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).write(true).append(append).truncate(!append);
    options.open(file).and_then(|mut opened| opened.write_all(text)).map_err(|error| {
        let message = format!("cannot write the report `{}`: {error}", shown(file));
        Diagnostic::error(codes::IMPORT, message).class(Class::Machine)
    })
}

fn read_file(source: &Path, found: &mut Diagnostics) -> Option<SourceFile> {
    // A pipe tells no length, and a device has no end.
    let read = std::fs::File::open(source).and_then(|file| {
        let mut bytes = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut bytes).map(|_| bytes)
    });
    match read {
        Ok(bytes) if bytes.len() as u64 > LARGEST => {
            let message = format!("`{}` is over {} MiB, or has no end", shown(source), LARGEST >> 20);
            let hint = "export less at once, such as a year, and import the parts one by one";
            found.add(Diagnostic::error(codes::IMPORT, message).hint(hint));
            None
        }
        Ok(bytes) => {
            let name =
                source.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            Some(SourceFile { name, bytes })
        }
        Err(error) => {
            let message = format!("cannot read `{}`: {error}", ssg_source::shown(source));
            found.add(Diagnostic::error(codes::IMPORT, message).class(Class::Usage));
            None
        }
    }
}

fn open_folder(source: &Path, found: &mut Diagnostics) -> Option<DiskInputs> {
    let opened = if source.is_dir() {
        DiskInputs::new(source, Timestamp::UNIX_EPOCH, VERSION).map_err(|error| error.to_string())
    } else {
        Err("it is no folder".to_owned())
    };
    match opened {
        Ok(inputs) => Some(inputs),
        Err(why) => {
            let message = format!("cannot read `{}`: {why}", ssg_source::shown(source));
            found.add(Diagnostic::error(codes::IMPORT, message).class(Class::Usage));
            None
        }
    }
}
