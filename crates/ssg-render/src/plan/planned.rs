//! Collects outputs, and finds those that would take each other's place.

use super::{Output, OutputKind, file_of};
use ssg_source::{Diagnostic, Diagnostics, SitePath, is_reserved};
use std::collections::BTreeMap;

/// The outputs so far.
#[derive(Default)]
pub(super) struct Planned {
    outputs: Vec<Output>,
}

impl Planned {
    pub(super) fn add(&mut self, path: &str, kind: OutputKind, source: Option<&SitePath>) {
        self.outputs.push(Output { file: file_of(path), kind, source: source.cloned() });
    }

    /// Reports two sources of one path, and keeps the first.
    pub(super) fn check(self, found: &mut Diagnostics) -> Vec<Output> {
        let mut taken: BTreeMap<String, (String, Option<SitePath>)> = BTreeMap::new();
        let mut outputs = Vec::with_capacity(self.outputs.len());
        for output in self.outputs {
            if output.file.split('/').any(is_reserved) {
                found.add(reserved(&output));
                continue;
            }
            let key = fold(&output.file);
            match taken.get(&key) {
                None => {
                    taken.insert(key, (output.file.clone(), output.source.clone()));
                    outputs.push(output);
                }
                Some((file, first)) => found.add(collision(&output, file, first.as_ref())),
            }
        }
        // A file cannot stand where a folder must be.
        for output in &outputs {
            let mut at = output.file.as_str();
            while let Some(slash) = at.rfind('/') {
                at = &at[..slash];
                if let Some((file, first)) = taken.get(&fold(at)) {
                    found.add(collision(output, file, first.as_ref()));
                }
            }
        }
        outputs
    }
}

/// What a file system that knows neither case nor composition makes of a name.
fn fold(file: &str) -> String {
    if file.is_ascii() { file.to_ascii_lowercase() } else { ssg_parse::fold_name(file) }
}

/// That an output has a name that no output may have.
fn reserved(output: &Output) -> Diagnostic {
    let message = format!("the output `{}` has a reserved name: those that begin with `.ssg-`", output.file);
    let diagnostic = Diagnostic::error("reserved-name", message);
    match output.source.as_ref().filter(|source| !source.as_str().is_empty()) {
        Some(source) => diagnostic.in_file(source),
        None => diagnostic,
    }
    .hint("`ssg` keeps its own files in the output under such names; rename the file or the address")
}

fn collision(output: &Output, file: &str, first: Option<&SitePath>) -> Diagnostic {
    let inside =
        |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
    let message = if inside(file, &output.file) {
        format!("`{file}` is a file, and `{}` needs a folder of that name", output.file)
    } else if output.file == file {
        format!("two sources for the output `{file}`")
    } else {
        format!("the outputs `{}` and `{file}` collide where case or accents do not count", output.file)
    };
    let mut diagnostic = Diagnostic::error("output-collision", message);
    let named = |source: Option<&SitePath>| source.filter(|source| !source.as_str().is_empty()).cloned();
    let (this, other) = (named(output.source.as_ref()), named(first));
    let generated = format!("the other one is the site's own {}", describe(&output.kind));
    match (this, other) {
        (Some(this), Some(other)) => {
            diagnostic = diagnostic.in_file(&this).label(&other, None, "the other source");
        }
        (Some(this), None) => {
            diagnostic =
                diagnostic.in_file(&this).hint("the other one is an output that the site itself makes");
        }
        (None, Some(other)) => diagnostic = diagnostic.in_file(&other).hint(generated),
        (None, None) => diagnostic = diagnostic.hint(generated),
    }
    diagnostic.hint("set `slug` or `path` of a page, rename a file, or switch the output off under [outputs]")
}

/// What an output is, in words.
fn describe(kind: &OutputKind) -> &'static str {
    match kind {
        OutputKind::Page(_) => "page",
        OutputKind::Section(..) => "section",
        OutputKind::Taxonomy(..) | OutputKind::Term(..) => "page of terms",
        OutputKind::Archive(_) => "archive",
        OutputKind::NotFound => "404 page",
        OutputKind::Feed(..) => "feed",
        OutputKind::Calendar(_) => "calendar",
        OutputKind::Card(_) => "social card",
        OutputKind::Api(_) => "API",
        OutputKind::ScheduleFile(_) => "schedule for apps",
        OutputKind::Sitemap => "site map",
        OutputKind::Robots
        | OutputKind::Redirects
        | OutputKind::Headers
        | OutputKind::Cname
        | OutputKind::NextBuild => "file for hosts",
        OutputKind::Redirect(_) => "redirect",
        OutputKind::Bytes(_) | OutputKind::Copy(_) | OutputKind::Input(_) => "file",
    }
}
