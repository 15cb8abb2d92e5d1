//! `ssg suggest`: what texts are about, and what their headers lack.
//!
//! Findings are `ssg-suggest`'s. Here files are named, findings printed, people asked and headers written.

mod table;

use crate::args::{Format, Globals, Suggest};
use crate::session::{Session, counted, fail, open_with_all, report, say};
use ssg_source::{Class, Diagnostic, Diagnostics, SitePath, codes, shown};
use ssg_suggest::{Finding, Known, KnownName, Page, Subject, Suggester, put};
use ssg_taxonomy::{Kind, Site};
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// What is said without `--min`.
const LEAST: f64 = 0.5;
/// How often texts are read again for what was found in others.
const ROUNDS: usize = 6;

/// A file and what its header lacks.
struct Read {
    /// As it is named in output.
    name: String,
    disk: PathBuf,
    bytes: Vec<u8>,
    found: Vec<Finding>,
}

pub fn run(globals: &Globals, verb: &Suggest) -> u8 {
    if verb.files.is_empty() && !verb.all {
        let problem = usage("nothing to read is named")
            .hint("name files, or `--all` for all posts and talks of the site");
        return fail(globals, problem);
    }
    let is_terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let asks = verb.write && !verb.yes && is_terminal && globals.format == Format::Human;
    if verb.write && !asks && verb.min.is_none() {
        let problem = usage("`--write` without a terminal needs `--min`")
            .hint("say how sure a finding must be to be written: `--min 0.9`");
        return fail(globals, problem);
    }
    // Drafts are what is being written.
    let (session, site) = match open_with_all(globals) {
        Ok(opened) => opened,
        Err(status) => return status,
    };
    let mut found = Diagnostics::new();
    let read = read_all(&session, &site, verb, &mut found);
    print(globals, verb, &read);
    if verb.write {
        write_all(globals, &read, asks, &mut found);
    }
    found.sort();
    report(globals, None, &found)
}

fn usage(message: &str) -> Diagnostic {
    Diagnostic::error(codes::SUGGEST, message).class(Class::Usage)
}

fn read_all(session: &Session, site: &Site, verb: &Suggest, found: &mut Diagnostics) -> Vec<Read> {
    let config = &session.settings.config;
    let mut known = Known {
        writers: config.author.clone().into_iter().collect(),
        ignored: config.never_suggested.clone(),
        ..Known::of(site)
    };
    let root = session.inputs.root();
    let files: Vec<(PathBuf, SitePath)> = if verb.all {
        let pages = site
            .pages
            .iter()
            .filter(|page| page.row.is_none() && matches!(page.kind, Kind::Post | Kind::Talk));
        pages.map(|page| (root.join(page.source.as_str()), page.source.clone())).collect()
    } else {
        verb.files.iter().map(|file| (file.clone(), path_in(root, file))).collect()
    };
    let mut texts = Vec::new();
    for (disk, path) in files {
        let bytes = match std::fs::read(&disk) {
            Ok(bytes) => bytes,
            Err(error) => {
                found.add(usage(&format!("cannot read `{}`: {error}", shown(&disk))));
                continue;
            }
        };
        texts.push((disk, path, bytes));
    }
    let mut read = Vec::new();
    // What is put into headers is known to the next run: it is taken into account at once, so that nothing is left for it.
    for _ in 0..ROUNDS {
        let suggester = Suggester::new(known.clone());
        read = texts.iter().map(|text| read_one(&suggester, verb, text)).collect();
        if !verb.write || !learn(&mut known, &read) {
            break;
        }
    }
    read
}

fn read_one(
    suggester: &Suggester,
    verb: &Suggest,
    (disk, path, bytes): &(PathBuf, SitePath, Vec<u8>),
) -> Read {
    let least = verb.min.unwrap_or(LEAST);
    let mut found = suggester.lacking(Page { path, bytes, front: None });
    // Who gives a talk is for the programme to say.
    let is_talk = path.as_str().contains("/talks/");
    found.retain(|finding| finding.confidence >= least && !(is_talk && finding.subject != Subject::Tool));
    let name = if verb.all { path.to_string() } else { shown(disk) };
    Read { name, disk: disk.clone(), bytes: bytes.clone(), found }
}

/// Adds what was found to what the site knows; whether any of it is new.
fn learn(known: &mut Known, read: &[Read]) -> bool {
    let mut has_learnt = false;
    for finding in read.iter().flat_map(|file| &file.found) {
        let names = match finding.subject {
            Subject::Tool => &mut known.tools,
            Subject::Speaker => &mut known.people,
            _ => continue,
        };
        if names.iter().all(|known| known.name != finding.name) {
            names.push(KnownName { name: finding.name.clone(), others: Vec::new() });
            has_learnt = true;
        }
    }
    has_learnt
}

/// The place of a file in the site; of one elsewhere its name alone.
fn path_in(root: &Path, file: &Path) -> SitePath {
    let absolute = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let root = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let inside =
        absolute.strip_prefix(&root).ok().and_then(|path| SitePath::new(&path.to_string_lossy()).ok());
    let name = || file.file_name().and_then(|name| SitePath::new(&name.to_string_lossy()).ok());
    inside.or_else(name).unwrap_or_else(SitePath::root)
}

fn print(globals: &Globals, verb: &Suggest, read: &[Read]) {
    let mut text = String::new();
    if globals.format == Format::Json {
        for file in read {
            text.extend(file.found.iter().map(|finding| format!("{}\n", json(&file.name, finding))));
        }
    } else if verb.all {
        text = table::of(read.iter().map(|file| (file.name.as_str(), file.found.as_slice())));
    } else {
        text.extend(read.iter().map(lines));
    }
    // A closed pipe is no reason to fail.
    let _ = std::io::stdout().write_all(text.as_bytes());
}

fn json(path: &str, finding: &Finding) -> serde_json::Value {
    serde_json::json!({
        "path": path,
        "line": finding.line,
        "kind": finding.subject.name(),
        "name": finding.name,
        "confidence": finding.confidence,
        "why": finding.why,
    })
}

/// A file with its findings, one a line.
fn lines(file: &Read) -> String {
    let mut text = format!("{}\n", file.name);
    if file.found.is_empty() {
        text.push_str("  nothing that its header lacks\n");
    }
    let width =
        file.found.iter().map(|finding| finding.name.chars().count()).max().unwrap_or_default().min(40);
    for finding in &file.found {
        text.push_str(&format!(
            "  {:<8}  {:<width$}  {:.2}  line {}: {}\n",
            finding.subject.name(),
            finding.name,
            finding.confidence,
            finding.line,
            finding.why
        ));
    }
    text
}

fn write_all(globals: &Globals, read: &[Read], asks: bool, found: &mut Diagnostics) {
    let mut written = 0;
    for file in read.iter().filter(|file| !file.found.is_empty()) {
        if asks && !is_agreed(&file.name, file.found.len()) {
            continue;
        }
        match changed(file) {
            Ok(bytes) if bytes == file.bytes => {}
            Ok(bytes) => match replace(&file.disk, &bytes) {
                Ok(()) => written += 1,
                Err(error) => {
                    let message = format!("cannot write `{}`: {error}", file.name);
                    found.add(Diagnostic::error(codes::OUTPUT_IO, message).class(Class::Machine));
                }
            },
            Err(problem) => {
                found.add(Diagnostic::warning(
                    codes::SUGGEST,
                    format!("nothing was put into `{}`: {problem}", file.name),
                ));
            }
        }
    }
    say(globals, &format!("wrote the headers of {}", counted(written, "file")));
}

fn is_agreed(name: &str, count: usize) -> bool {
    anstream::eprint!("put {} into the header of {name}? [y/N] ", counted(count, "finding"));
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

/// The file with its findings in the header.
fn changed(file: &Read) -> Result<Vec<u8>, ssg_suggest::NoPlace> {
    let mut bytes = file.bytes.clone();
    for subject in
        [Subject::Date, Subject::Category, Subject::Tool, Subject::Speaker, Subject::Event, Subject::Talk]
    {
        let names: Vec<String> = file
            .found
            .iter()
            .filter(|finding| finding.subject == subject)
            .map(|finding| finding.name.clone())
            .collect();
        if !names.is_empty() {
            bytes = put(&bytes, subject.key(), &names)?;
        }
    }
    Ok(bytes)
}

/// Puts a file in the place of another one, at once.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let path = std::fs::canonicalize(path)?;
    let permissions = std::fs::metadata(&path)?.permissions();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.ssg-suggest"));
    let done = std::fs::write(&beside, bytes)
        .and_then(|()| std::fs::set_permissions(&beside, permissions))
        .and_then(|()| std::fs::rename(&beside, &path));
    if done.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    done
}
