//! Collects outputs, and finds those that would take each other's place.

use super::OutputKind;
use ssg_source::{Diagnostic, Diagnostics, SitePath};
use std::collections::BTreeMap;
use std::sync::Arc;

/// One file of the built site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Path of the file relative to the output folder, with `/`.
    pub file: String,
    /// What it is.
    pub kind: OutputKind,
    /// The source it comes from, for messages.
    pub source: Option<SitePath>,
}

/// What rendering an output gives.
#[derive(Clone, Debug)]
pub enum Rendered {
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// Several files, when one became too large for its format: name and bytes.
    Several(Vec<(String, Arc<[u8]>)>),
}

impl Rendered {
    pub(super) fn text(text: String) -> Self {
        Self::Bytes(text.into_bytes().into())
    }
}

/// The file that a path is served from.
fn file_of(path: &str) -> String {
    let inner = path.trim_start_matches('/');
    if path.ends_with('/') { format!("{inner}index.html") } else { inner.to_owned() }
}

/// The outputs so far.
#[derive(Default)]
pub(super) struct Planned {
    outputs: Vec<Output>,
}

impl Planned {
    pub(super) fn add(&mut self, path: &str, kind: impl Into<OutputKind>, source: Option<&SitePath>) {
        self.outputs.push(Output { file: file_of(path), kind: kind.into(), source: source.cloned() });
    }

    /// Reports two sources of one path, and keeps the first.
    pub(super) fn check(self, found: &mut Diagnostics) -> Vec<Output> {
        let mut taken: BTreeMap<String, (String, Option<SitePath>)> = BTreeMap::new();
        let mut outputs = Vec::with_capacity(self.outputs.len());
        for output in self.outputs {
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
    let generated = format!("the other one is the site's own {}", output.kind.words());
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
