//! `ssg why`: what an output depends on and why it was last rendered; which outputs a file reaches.

use crate::args::{Compile, Format, Globals, Why};
use crate::session::{Remembered, Session, counted, fail, open, report};
use ssg_build::why::Reach;
use ssg_build::{Cause, assemble_site};
use ssg_source::{Class, Diagnostic, Diagnostics, SitePath, did_you_mean};
use std::io::Write;
use std::path::Path;

pub fn run(globals: &Globals, verb: &Why) -> u8 {
    let session = match open(globals, &Compile::default(), false) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    if session.found.has_errors() {
        return report(globals, Some(&session.inputs), &session.found);
    }
    let remembered = Remembered::look(globals, &session);
    if remembered.memo.records().files().is_empty() {
        let problem = usage("nothing is known of any output yet".to_owned());
        return fail(globals, problem.hint("`ssg build` writes down what each output asks"));
    }
    let text = match (&verb.output, &verb.changed) {
        (Some(output), _) => about_output(globals, &remembered, output),
        (None, Some(file)) => about_file(globals, &session, &remembered, file),
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

/// The file of an output: `/posts/x/` is `posts/x/index.html`.
fn file_of(output: &str) -> String {
    let path = output.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

fn cause_in_words(cause: &Cause) -> String {
    match cause {
        Cause::New => "nothing was known of it".to_owned(),
        Cause::Replaced => "something else lay at its path".to_owned(),
        Cause::Restored => "the file in the output was missing or changed".to_owned(),
        Cause::Answer(question) => format!("this changed: {question}"),
    }
}

fn about_output(globals: &Globals, remembered: &Remembered, output: &str) -> Result<String, Diagnostic> {
    let file = file_of(output);
    let records = remembered.memo.records();
    let Some((questions, cause)) = records.of(&file) else {
        let hint = did_you_mean(&file, records.files());
        return Err(usage(format!("no output `{file}` was rendered"))
            .hint_if(hint)
            .hint("files that are copied as they are depend on nothing else"));
    };
    let mut words: Vec<String> = questions.iter().map(ToString::to_string).collect();
    words.sort_unstable();
    words.dedup();
    if globals.format == Format::Json {
        let json = serde_json::json!({ "output": file, "cause": cause_in_words(cause), "asked": words });
        return Ok(format!("{json}\n"));
    }
    let mut text = format!("{file}\nlast rendered because {}\n", cause_in_words(cause));
    text.push_str(&format!("it is rendered again when one of {} changes:\n", counted(words.len(), "thing")));
    for word in words {
        text.push_str(&format!("  {word}\n"));
    }
    Ok(text)
}

fn about_file(
    globals: &Globals,
    session: &Session,
    remembered: &Remembered,
    file: &Path,
) -> Result<String, Diagnostic> {
    let root = session.inputs.root();
    let shown = file.display();
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
    if globals.format == Format::Json {
        let list: Vec<_> = outputs
            .iter()
            .map(|(file, question)| serde_json::json!({ "output": file, "because": question.to_string() }))
            .collect();
        return Ok(format!("{}\n", serde_json::json!({ "file": path.as_str(), "outputs": list })));
    }
    let mut text = format!("{path}: {}\nit reaches {}:\n", reach.what, counted(outputs.len(), "output"));
    for (file, question) in outputs {
        text.push_str(&format!("  {file}: it shows {question}\n"));
    }
    Ok(text)
}
