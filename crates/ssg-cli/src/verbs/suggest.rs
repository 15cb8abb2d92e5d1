//! `ssg suggest`: what texts are about, and what their headers lack.
//!
//! Findings are `ssg-suggest`'s. Here files are named, findings printed, people asked and headers written.

mod lint;
mod print;
mod read;
mod table;
mod write;

use crate::args::{Format, Globals, Suggest};
use crate::session::{counted, fail, open_with_all, report, say};
use crate::terminal;
use read::{Asked, Read};
pub use read::{known, lacking};
use ssg_source::{Class, Diagnostic, Diagnostics, SitePath, codes};
use ssg_suggest::Subject;
use ssg_taxonomy::{Kind, Site};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What is said without `--min`.
const LEAST: f64 = 0.5;
/// What is put into headers where nobody is asked.
pub const SURE: f64 = 0.9;

pub fn run(globals: &Globals, verb: &Suggest) -> u8 {
    if verb.files.is_empty() && !verb.all {
        let problem = usage("nothing to read is named")
            .hint("name files, or `--all` for all posts and talks of the site");
        return fail(globals, problem);
    }
    let asks = verb.write && !verb.yes && terminal::is_there() && globals.format == Format::Human;
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
    let root = session.inputs.root();
    let files = if verb.all {
        files_of(&site, root, &|_| true)
    } else {
        verb.files.iter().map(|file| (file.clone(), path_in(root, file))).collect()
    };
    if verb.lint {
        let read = lint::lint(&session, &site, &files, verb.all, &mut found);
        found.sort();
        let status = report(globals, Some(&session.inputs), &found);
        let (errors, warnings) = found.counts();
        say(
            globals,
            &format!(
                "read {}: {}, {}",
                counted(read, "file"),
                counted(errors, "error"),
                counted(warnings, "warning")
            ),
        );
        return status;
    }
    let asked = Asked { files, least: verb.min.unwrap_or(LEAST), learns: verb.write, by_path: verb.all };
    let read = read::read_all(&session, &site, &asked, &mut found);
    print::print(globals, verb, &read);
    if verb.write {
        let is_agreed = |file: &Read| !asks || is_agreed(&file.name, file.found.len());
        let written = write::write_all(&read, &is_agreed, &mut found).len();
        say(globals, &format!("wrote the headers of {}", counted(written, "file")));
    }
    found.sort();
    report(globals, None, &found)
}

/// Puts what is sure into the headers of files of a site, as an import does that was asked to: how many files got
/// something, and how much of each kind.
///
/// # Errors
/// The status of the program, after it was told why the site cannot be opened.
pub fn put_into(
    globals: &Globals,
    paths: &[SitePath],
    found: &mut Diagnostics,
) -> Result<(usize, BTreeMap<Subject, usize>), u8> {
    let (session, site) = open_with_all(globals)?;
    let files = files_of(&site, session.inputs.root(), &|path| paths.binary_search(path).is_ok());
    let asked = Asked { files, least: SURE, learns: true, by_path: true };
    let read = read::read_all(&session, &site, &asked, found);
    let written = write::write_all(&read, &|_| true, found);
    let mut kinds = BTreeMap::new();
    for finding in written.iter().flat_map(|file| &file.found) {
        *kinds.entry(finding.subject).or_default() += 1;
    }
    Ok((written.len(), kinds))
}

fn usage(message: &str) -> Diagnostic {
    Diagnostic::error(codes::SUGGEST, message).class(Class::Usage)
}

/// Posts and talks of a site that have files of their own.
fn files_of(site: &Site, root: &Path, is_asked: &dyn Fn(&SitePath) -> bool) -> Vec<(PathBuf, SitePath)> {
    let pages = site.pages.iter().filter(|page| {
        page.row.is_none() && matches!(page.kind, Kind::Post | Kind::Talk) && is_asked(&page.source)
    });
    pages.map(|page| (root.join(page.source.as_str()), page.source.clone())).collect()
}

/// The place of a file in the site; of one elsewhere its name alone.
fn path_in(root: &Path, file: &Path) -> SitePath {
    let absolute = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let root = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let inside = absolute.strip_prefix(&root).ok().and_then(SitePath::of_file);
    let name = || file.file_name().and_then(|name| SitePath::new(&name.to_string_lossy()).ok());
    inside.or_else(name).unwrap_or_else(SitePath::root)
}

fn is_agreed(name: &str, count: usize) -> bool {
    let question = format!("put {} into the header of {name}?", counted(count, "finding"));
    terminal::ask(&question) == Some(true)
}
