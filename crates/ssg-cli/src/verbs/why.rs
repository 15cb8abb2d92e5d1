//! `ssg why`: what an output depends on and why it was last rendered; which outputs a file reaches.

use crate::args::{Compile, Format, Globals, Why};
use crate::remembered::Remembered;
use crate::session::{Session, counted, fail, open, report};
use ssg_build::why::Reach;
use ssg_build::{Cause, Question, assemble_site};
use ssg_source::{Class, Diagnostic, Diagnostics, SitePath, did_you_mean};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

pub fn run(globals: &Globals, verb: &Why) -> u8 {
    let session = match open(globals, &Compile::default(), false) {
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
    Diagnostic::error("why", message).class(Class::Usage)
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
        Cause::Answer(question) => format!("this changed: {question}"),
    }
}

fn about_output(
    globals: &Globals,
    session: &Session,
    remembered: &mut Remembered,
    output: &str,
) -> Result<String, Diagnostic> {
    let [file, index] = files_of(output, &session.settings.config.base_url);
    let records = remembered.memo.records();
    let known = [&file, &index].into_iter().find_map(|file| Some((file, records.of(file)?)));
    let Some((file, (questions, cause))) = known else {
        let problem = usage(format!("no output `{file}` was rendered"));
        return Err(if session.inputs.root().join(output).is_file() {
            problem.hint(format!("`ssg why --changed {output}` says which outputs this file reaches"))
        } else {
            problem
                .hint_if(
                    did_you_mean(&file, records.files()).or_else(|| did_you_mean(&index, records.files())),
                )
                .hint_if(
                    (!file.ends_with(".html"))
                        .then(|| "files that are copied as they are depend on nothing else".to_owned()),
                )
        });
    };
    let words: BTreeSet<String> = questions.iter().map(ToString::to_string).collect();
    if globals.format == Format::Json {
        let json = serde_json::json!({ "output": file, "cause": cause_in_words(cause), "asked": words });
        return Ok(format!("{json}\n"));
    }
    let mut text = format!("{file}\nlast rendered because {}\n", cause_in_words(cause));
    // Writing to a `String` never fails.
    let _ = writeln!(text, "rendered again when one of {} changes:", counted(words.len(), "thing"));
    for line in folded(&questions) {
        let _ = writeln!(text, "  {line}");
    }
    Ok(text)
}

/// Questions in words: what a page is about first, then each family on a line of its own.
fn folded(questions: &[&Question]) -> Vec<String> {
    let mut own = BTreeSet::new();
    let mut families: BTreeMap<(u8, String), BTreeSet<&str>> = BTreeMap::new();
    for question in questions {
        let (order, family, member): (u8, &str, &str) = match question {
            Question::Card(path) => (0, "title, summary and the like of", path),
            Question::Link(source) => (1, "where these lie in the site:", source.as_str()),
            Question::Image(source) => (2, "the size of the images", source.as_str()),
            Question::Asset { path, .. } => (3, "the addresses of the assets", path),
            Question::Text { lang, key } => {
                families.entry((4, format!("in i18n/{lang}.toml:"))).or_default().insert(key);
                continue;
            }
            Question::Options(key) if !key.is_empty() => (5, "options of the theme:", key),
            Question::Config(key) if !key.is_empty() => (6, "in ssg.toml:", key),
            other => {
                own.insert((rank(other), other.to_string()));
                continue;
            }
        };
        families.entry((order, family.to_owned())).or_default().insert(member);
    }
    let joined = families.into_iter().map(|((_, family), members)| {
        let members: Vec<&str> = members.into_iter().collect();
        format!("{family} {}", members.join(", "))
    });
    own.into_iter().map(|(_, words)| words).chain(joined).collect()
}

/// What is said first.
fn rank(question: &Question) -> u8 {
    match question {
        Question::Own(_) | Question::Section(_) | Question::Term { .. } | Question::Taxonomy(_) => 0,
        Question::Body(_) => 1,
        Question::Card(_) => 2,
        Question::Template(_) | Question::Shortcodes | Question::Settings => 4,
        Question::In { question, .. } => rank(question),
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
        .and_then(Path::to_str)
        .and_then(|path| SitePath::new(path).ok())
        .ok_or_else(unknown)?;
    let site = assemble_site(&*session.inputs, &session.settings, &mut Diagnostics::new());
    let configuration = SitePath::new(&globals.config).map_err(|_| unknown())?;
    let reach =
        Reach::of(&path, &configuration, &site, &*session.inputs, &session.settings).ok_or_else(unknown)?;
    let outputs = remembered.memo.records().asking(|question| reach.includes(question));
    let first = |asked: &[&Question]| {
        let first = asked.iter().min_by_key(|question| (rank(question), *question));
        first.map_or_else(String::new, ToString::to_string)
    };
    if globals.format == Format::Json {
        let list: Vec<_> = outputs
            .iter()
            .map(|(file, asked)| serde_json::json!({ "output": file, "because": first(asked) }))
            .collect();
        return Ok(format!("{}\n", serde_json::json!({ "file": path.as_str(), "outputs": list })));
    }
    let mut text = format!("{path}: {}\n", reach.what);
    let is_key = |question: &Question| {
        matches!(question, Question::Config(_) | Question::Options(_) | Question::Settings)
    };
    let only_keys = outputs.iter().flat_map(|(_, asked)| asked).all(|question| is_key(question));
    // Writing to a `String` never fails.
    let _ = match outputs.len() {
        0 => writeln!(text, "no output is rendered when it changes"),
        count if only_keys => {
            let _ =
                writeln!(text, "it reaches {}; which of them, depends on the key:", counted(count, "output"));
            let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
            for question in outputs.iter().flat_map(|(_, asked)| asked) {
                *by_key.entry(question.to_string()).or_default() += 1;
            }
            by_key
                .iter()
                .try_for_each(|(key, count)| writeln!(text, "  {key}: {}", counted(*count, "output")))
        }
        count => {
            let _ = writeln!(text, "it reaches {}", counted(count, "output"));
            let mut by_reason: BTreeMap<(u8, String), Vec<&str>> = BTreeMap::new();
            for (file, asked) in &outputs {
                let order = asked.iter().map(|question| rank(question)).min().unwrap_or(0);
                by_reason.entry((order, first(asked))).or_default().push(file);
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
