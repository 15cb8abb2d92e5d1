//! `ssg init`: a new site, and the workflow that builds it elsewhere.

use crate::args::{Globals, Init};
use crate::session::{fail, now, report, say};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ssg_build::files::write_new;
use ssg_build::scaffold::{CiHost, Program, ci_files, init_site, is_folder, is_release, is_repository};
use ssg_source::{Class, Diagnostic, Diagnostics, DiskInputs, Inputs, SitePath, codes, did_you_mean};
use std::path::{Path, PathBuf};

pub fn run(globals: &Globals, verb: &Init) -> u8 {
    let ci = match verb.ci.as_deref().map(host).transpose() {
        Ok(ci) => ci,
        Err(problem) => return fail(globals, problem),
    };
    if let Some(source) = verb.ssg_source.as_deref().filter(|source| !is_repository(source)) {
        let problem = usage(format!("`{source}` is no address of a repository"));
        return fail(globals, problem.hint("write it as https://git.example.org/ssg.git"));
    }
    if let Some(release) = verb.ssg_release.as_deref().filter(|release| !is_release(release)) {
        let problem = usage(format!("`{release}` is no address of a release's files"));
        return fail(
            globals,
            problem.hint(
                "write it as https://git.example.org/ssg/releases/download/v0.1.0, where SHA256SUMS is",
            ),
        );
    }
    if let Err(message) = ssg_parse::check_base_url(&verb.base_url) {
        return fail(globals, usage(message));
    }
    let dir = if verb.dir.is_absolute() { verb.dir.clone() } else { globals.root.join(&verb.dir) };
    match (dir.join(&globals.config).exists(), ci) {
        (true, Some(ci)) => add_ci(globals, verb, &dir, ci),
        (true, None) => {
            let problem = usage(format!("`{}` is a site already", ssg_source::shown(&dir)));
            fail(globals, problem.hint("`--ci HOST` adds a workflow to it"))
        }
        (false, ci) => begin(globals, verb, &dir, ci),
    }
}

fn usage(message: String) -> Diagnostic {
    Diagnostic::error(codes::INIT, message).class(Class::Usage)
}

fn host(name: &str) -> Result<CiHost, Diagnostic> {
    CiHost::parse(name).ok_or_else(|| {
        let names = CiHost::names();
        usage(format!("`{name}` is no host that there is a workflow for"))
            .hint_if(did_you_mean(name, names))
            .hint(format!("there are: {}", names.join(", ")))
    })
}

/// Makes a site where there is none.
fn begin(globals: &Globals, verb: &Init, dir: &Path, ci: Option<CiHost>) -> u8 {
    let today = match now() {
        Ok(now) => now.to_zoned(TimeZone::UTC).date(),
        Err(problem) => return fail(globals, problem),
    };
    for file in init_site(&verb.title, &verb.base_url, today) {
        // What is there already stays: an existing folder may have its own .gitignore.
        if dir.join(file.path.as_str()).exists() {
            say(globals, &format!("kept {}", file.path));
            continue;
        }
        if let Err(problem) = write_new(dir, &file.path, file.text.as_bytes()) {
            return fail(globals, problem);
        }
        say(globals, &format!("made {}", file.path));
    }
    let base_url = ssg_parse::check_base_url(&verb.base_url).unwrap_or_default();
    let status = ci.map_or(0, |ci| write_ci(globals, dir, ci, &base_url, verb));
    if status == 0 {
        say(globals, &format!("next: `ssg build --root {}`", ssg_source::shown(dir)));
    }
    status
}

/// Adds a workflow to the site in a folder.
fn add_ci(globals: &Globals, verb: &Init, dir: &Path, ci: CiHost) -> u8 {
    let inputs = match DiskInputs::new(dir, Timestamp::now(), crate::session::VERSION) {
        Ok(inputs) => inputs,
        Err(error) => {
            return fail(
                globals,
                usage(format!("cannot open the folder `{}`: {error}", ssg_source::shown(dir))),
            );
        }
    };
    let mut found = Diagnostics::new();
    let read = SitePath::new(&globals.config).ok().and_then(|path| {
        let bytes = inputs.read(&path).ok()?;
        Some(ssg_parse::read_config(&path, &bytes, &mut found))
    });
    let Some(config) = read.filter(|_| !found.has_errors()) else {
        if found.is_empty() {
            return fail(globals, usage(format!("cannot read `{}`", globals.config)));
        }
        return report(globals, Some(&inputs), &found);
    };
    write_ci(globals, dir, ci, &config.base_url, verb)
}

/// The top of the repository that a site lies in, and the site's folder below it; the site's own folder where it is
/// in none.
fn top_of(dir: &Path) -> (PathBuf, String) {
    let real = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    // A work tree and a submodule have a file of this name.
    let Some(top) = real.ancestors().find(|folder| folder.join(".git").exists()) else {
        return (dir.to_owned(), String::new());
    };
    let below: Vec<_> =
        real.strip_prefix(top).into_iter().flatten().map(|name| name.to_string_lossy()).collect();
    if below.is_empty() { (dir.to_owned(), String::new()) } else { (top.to_owned(), below.join("/")) }
}

/// Writes a workflow where its host looks for it, unless one is there.
fn write_ci(globals: &Globals, dir: &Path, ci: CiHost, base_url: &str, verb: &Init) -> u8 {
    let (top, folder) = top_of(dir);
    if !is_folder(&folder) {
        let problem =
            usage(format!("no workflow can be written for a site in the folder `{folder}` of a repository"));
        return fail(globals, problem.hint("give the folder a name of letters, digits, hyphens and dots"));
    }
    let program = match (&verb.ssg_release, &verb.ssg_source) {
        (Some(url), _) => Program::Release(url),
        (None, Some(url)) => Program::Source(url),
        (None, None) => Program::Unknown,
    };
    for file in ci_files(ci, base_url, program, &folder) {
        if let Err(problem) = write_new(&top, &file.path, file.text.as_bytes()) {
            return fail(globals, problem);
        }
        if folder.is_empty() {
            say(globals, &format!("made {}", file.path));
        } else {
            let up = "../".repeat(folder.split('/').count());
            say(
                globals,
                &format!("made {up}{}, at the top of the repository: hosts look there alone", file.path),
            );
        }
        if program == Program::Unknown {
            say(globals, &format!("write after SSG_SOURCE in {} where the source of ssg is", file.path));
        }
    }
    0
}
