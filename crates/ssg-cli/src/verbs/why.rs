//! `ssg why`: what an output depends on and why it was last rendered; which outputs a file reaches.

use crate::args::{Compile, Format, Globals, Why};
use crate::remembered::Remembered;
use crate::session::{Session, counted, fail, open, report};
use ssg_build::Cause;
use ssg_build::why::{self, Reach};
use ssg_engine::Read;
use ssg_render::{FacetName, SharedInputs, SiteSnapshot};
use ssg_source::{Class, Diagnostic, SitePath, Suggestions, codes};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

pub fn run(globals: &Globals, verb: &Why) -> u8 {
    let session = match open(globals, &Compile::default()) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    if session.found.has_errors() {
        return report(globals, Some(&session.inputs), &session.found);
    }
    let mut remembered = Remembered::look(globals, &session);
    if remembered.memo.records().files().is_empty() {
        let problem = usage("nothing is known of any output yet".to_owned());
        return fail(globals, problem.hint("`ssg build` writes down what each output asks"));
    }
    let text = match (&verb.output, &verb.changed) {
        (Some(output), _) => about_output(globals, &session, &mut remembered, output),
        (None, Some(file)) => about_file(globals, &session, &mut remembered, file),
        (None, None) => Ok(String::new()),
    };
    match text {
        Ok(text) => {
            // A closed pipe is no reason to fail.
            let _ = std::io::stdout().write_all(text.as_bytes());
            0
        }
        Err(problem) => fail(globals, problem),
    }
}

fn usage(message: String) -> Diagnostic {
    Diagnostic::error(codes::WHY, message).class(Class::Usage)
}

/// The files that an output may be meant by: `/posts/x/` and `/posts/x` are `posts/x/index.html`.
fn files_of(output: &str, base_url: &str) -> [String; 2] {
    let path = output.strip_prefix(base_url.trim_end_matches('/')).unwrap_or(output);
    let path = path.trim_start_matches('/');
    let slash = if path.is_empty() || path.ends_with('/') { "" } else { "/" };
    let index = format!("{path}{slash}index.html");
    if slash.is_empty() { [index.clone(), index] } else { [path.to_owned(), index] }
}

fn cause_in_words(cause: &Cause) -> String {
    match cause {
        Cause::New => "nothing was known of it".to_owned(),
        Cause::Replaced => "something else lay at its path".to_owned(),
        Cause::Restored => "the file in the output was missing or changed".to_owned(),
        Cause::Changed { what, .. } => format!("this changed: {what}"),
    }
}

fn about_output(
    globals: &Globals,
    session: &Session,
    remembered: &mut Remembered,
    output: &str,
) -> Result<String, Diagnostic> {
    let [file, index] = files_of(output, &session.settings.config.base_url);
    let engine = remembered.memo.engine();
    let known = [&file, &index].into_iter().find_map(|file| Some((file, engine.reads_of(file)?)));
    let records = remembered.memo.records();
    let known = known.and_then(|(file, reads)| Some((file, reads, records.cause_of(file)?)));
    let Some((file, reads, cause)) = known else {
        let problem = usage(format!("no output `{file}` was rendered"));
        return Err(if session.inputs.root().join(output).is_file() {
            problem.hint(format!("`ssg why --changed {output}` says which outputs this file reaches"))
        } else {
            let near = Suggestions::new(records.files());
            problem.hint_if(near.did_you_mean(&file).or_else(|| near.did_you_mean(&index))).hint_if(
                (!file.ends_with(".html"))
                    .then(|| "files that are copied as they are depend on nothing else".to_owned()),
            )
        });
    };
    let snapshot = snapshot_of(session);
    let words: BTreeSet<(u8, String)> = reads.iter().map(|read| in_words(read, &snapshot)).collect();
    if globals.format == Format::Json {
        let asked: BTreeSet<&String> = words.iter().map(|(_, words)| words).collect();
        let json = serde_json::json!({ "output": file, "cause": cause_in_words(cause), "asked": asked });
        return Ok(format!("{json}\n"));
    }
    let mut text = format!("{file}\nlast rendered because {}\n", cause_in_words(cause));
    // Writing to a `String` never fails.
    let _ = writeln!(text, "rendered again when one of {} changes:", counted(words.len(), "thing"));
    for line in folded(&words) {
        let _ = writeln!(text, "  {line}");
    }
    Ok(text)
}

fn snapshot_of(session: &Session) -> SiteSnapshot {
    let inputs: SharedInputs = session.inputs.clone();
    why::snapshot(&inputs, &session.settings)
}

/// What was read in words, with what is said first: what a page is about.
fn in_words(read: &Read<SiteSnapshot>, snapshot: &SiteSnapshot) -> (u8, String) {
    match read {
        Read::Facet(name) => (rank(name), name.words(snapshot)),
        Read::Query(query) => (2, query.words(snapshot)),
    }
}

/// Words with which many things begin, and how they are listed together.
const FAMILIES: &[(&str, &str, &str)] = &[
    ("title, summary and the like of ", "", "title, summary and the like of"),
    ("where ", " lies in the site", "where these lie in the site:"),
    ("the image ", "", "the images"),
    ("the address of the asset ", "", "the addresses of the assets"),
    ("the theme's option ", "", "options of the theme:"),
];

/// One line for each, and one for each family.
fn folded(words: &BTreeSet<(u8, String)>) -> Vec<String> {
    let mut own = Vec::new();
    let mut families: BTreeMap<(usize, String), Vec<&str>> = BTreeMap::new();
    for (_, words) in words {
        let family = FAMILIES.iter().enumerate().find_map(|(order, (before, after, together))| {
            let member = words.strip_prefix(before)?.strip_suffix(after)?;
            Some(((order, (*together).to_owned()), member))
        });
        let text = || {
            let (key, file) = words.strip_prefix("the text `")?.split_once("` in ")?;
            Some(((FAMILIES.len(), format!("in {file}:")), key))
        };
        let key = || {
            let key = words.strip_prefix('`')?.strip_suffix("` in ssg.toml")?;
            Some(((FAMILIES.len() + 1, "in ssg.toml:".to_owned()), key))
        };
        match family.or_else(text).or_else(key) {
            Some((family, member)) => families.entry(family).or_default().push(member.trim_matches('`')),
            None => own.push(words.clone()),
        }
    }
    let joined = families.into_iter().map(|((_, family), mut members)| {
        members.sort_unstable();
        members.dedup();
        format!("{family} {}", members.join(", "))
    });
    own.extend(joined);
    own
}

/// What is said first.
fn rank(name: &FacetName) -> u8 {
    match name {
        FacetName::Content(_) | FacetName::SectionText(_) | FacetName::TaxonomyText(_) => 0,
        FacetName::PageBody(_) | FacetName::SectionBody(_) | FacetName::TaxonomyBody(_) => 1,
        FacetName::Card(_) => 2,
        FacetName::Template(_) | FacetName::ShortcodeNames(()) => 4,
        _ => 3,
    }
}

fn about_file(
    globals: &Globals,
    session: &Session,
    remembered: &mut Remembered,
    file: &Path,
) -> Result<String, Diagnostic> {
    let root = session.inputs.root();
    let shown = ssg_source::shown(file);
    let unknown = || usage(format!("`{shown}` is no file of the site"));
    // Relative to the current folder, else to the site's.
    let absolute = [std::path::absolute(file).ok(), Some(root.join(file))]
        .into_iter()
        .flatten()
        .filter_map(|path| path.canonicalize().ok())
        .find(|path| path.starts_with(root));
    let path = absolute
        .as_deref()
        .and_then(|path| path.strip_prefix(root).ok())
        .and_then(SitePath::of_file)
        .ok_or_else(unknown)?;
    let snapshot = snapshot_of(session);
    let configuration = SitePath::new(&globals.config).map_err(|_| unknown())?;
    let reach = Reach::of(&path, &configuration, &snapshot, &*session.inputs, &session.settings)
        .ok_or_else(unknown)?;
    let outputs = remembered.memo.engine().resting_on(|name| reach.includes(name, &snapshot));
    let outputs: Vec<_> = outputs
        .into_iter()
        .map(|(file, reads)| {
            // The shortest way comes first.
            let words = reads.iter().map(|(steps, read)| (*steps, in_words(read, &snapshot)));
            (file, words.collect::<BTreeSet<_>>())
        })
        .collect();
    let first = |ways: &BTreeSet<(u32, (u8, String))>| {
        ways.first().map(|(_, words)| words.clone()).unwrap_or_default()
    };
    if globals.format == Format::Json {
        let list: Vec<_> = outputs
            .iter()
            .map(|(file, words)| serde_json::json!({ "output": &**file, "because": first(words).1 }))
            .collect();
        return Ok(format!("{}\n", serde_json::json!({ "file": path.as_str(), "outputs": list })));
    }
    let mut text = format!("{path}: {}\n", reach.what);
    let is_configuration = path == configuration;
    // Writing to a `String` never fails.
    let _ = match outputs.len() {
        0 => writeln!(text, "no output is rendered when it changes"),
        count if is_configuration => {
            let _ =
                writeln!(text, "it reaches {}; which of them, depends on the key:", counted(count, "output"));
            let mut by_key: BTreeMap<&str, usize> = BTreeMap::new();
            for (_, (_, words)) in outputs.iter().flat_map(|(_, words)| words) {
                *by_key.entry(words).or_default() += 1;
            }
            by_key
                .iter()
                .try_for_each(|(key, count)| writeln!(text, "  {key}: {}", counted(*count, "output")))
        }
        count => {
            let _ = writeln!(text, "it reaches {}", counted(count, "output"));
            let mut by_reason: BTreeMap<(u8, String), Vec<&str>> = BTreeMap::new();
            for (file, words) in &outputs {
                by_reason.entry(first(words)).or_default().push(file);
            }
            by_reason.iter().try_for_each(|((_, reason), files)| {
                writeln!(text, "through {reason}:")?;
                files.iter().try_for_each(|file| writeln!(text, "  {file}"))
            })
        }
    };
    if reach.is_listed() {
        text.push_str("another date, path or term of it reaches more: the lists that it enters or leaves\n");
    }
    Ok(text)
}
