//! Collects outputs, and finds those that would take each other's place.

use super::OutputKind;
use super::origin::{Origin, origin};
use crate::snapshot::SiteSnapshot;
use ssg_source::hash::{HashMap, HashSet, Hashing};
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes, is_reserved};
use std::collections::BTreeSet;
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
pub(super) fn file_of(path: &str) -> String {
    let inner = path.trim_start_matches('/');
    if path.ends_with('/') { format!("{inner}index.html") } else { inner.to_owned() }
}

/// The outputs so far.
#[derive(Default)]
pub(super) struct Planned {
    outputs: Vec<Output>,
    /// Old addresses that follow from aliases, with where they lead.
    pub(super) moved: Vec<(String, String)>,
}

impl Planned {
    pub(super) fn add(&mut self, path: &str, kind: impl Into<OutputKind>, source: Option<&SitePath>) {
        self.outputs.push(Output { file: file_of(path), kind: kind.into(), source: source.cloned() });
    }

    /// The outputs so far.
    pub(super) fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// The paths of all files.
    pub(super) fn into_files(self) -> BTreeSet<String> {
        self.outputs.into_iter().map(|output| output.file).collect()
    }

    /// Reports two sources of one path, and keeps the first.
    pub(super) fn check(self, snapshot: &SiteSnapshot, found: &mut Diagnostics) -> Vec<Output> {
        let mut taken: HashMap<String, usize> =
            HashMap::with_capacity_and_hasher(self.outputs.len(), Hashing::default());
        let mut outputs: Vec<Output> = Vec::with_capacity(self.outputs.len());
        for output in self.outputs {
            if output.file.split('/').any(is_reserved) {
                found.add(reserved(&output));
                continue;
            }
            match taken.get(&fold(&output.file)).and_then(|first| outputs.get(*first)) {
                None => {
                    taken.insert(fold(&output.file), outputs.len());
                    outputs.push(output);
                }
                Some(first) => found.add(collision(snapshot, &output, first)),
            }
        }
        // A file cannot stand where a folder must be.
        let mut free: HashSet<&str> = HashSet::default();
        for output in &outputs {
            let above = output.file.rmatch_indices('/').map(|(slash, _)| &output.file[..slash]);
            let unknown: Vec<&str> = above.take_while(|folder| !free.contains(folder)).collect();
            let in_the_way = unknown.iter().filter_map(|folder| outputs.get(*taken.get(&fold(folder))?));
            let before = found.len();
            found.extend(in_the_way.map(|first| collision(snapshot, output, first)));
            if found.len() == before {
                free.extend(unknown);
            }
        }
        outputs
    }
}

/// What a file system that knows neither case nor composition makes of a name.
pub(super) fn fold(file: &str) -> String {
    if file.is_ascii() { file.to_ascii_lowercase() } else { ssg_parse::fold_name(file) }
}

/// That an output has a name that no output may have.
fn reserved(output: &Output) -> Diagnostic {
    let message = format!("the output `{}` has a reserved name: those that begin with `.ssg-`", output.file);
    let diagnostic = Diagnostic::error(codes::RESERVED_NAME, message);
    match output.source.as_ref().filter(|source| !source.as_str().is_empty()) {
        Some(source) => diagnostic.in_file(source),
        None => diagnostic,
    }
    .hint("`ssg` keeps its own files in the output under such names; rename the file or the address")
}

/// Two outputs that would take each other's place, with the files that they come from.
fn collision(snapshot: &SiteSnapshot, output: &Output, first: &Output) -> Diagnostic {
    let file = first.file.as_str();
    let inside =
        |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
    let message = if inside(file, &output.file) {
        format!("`{file}` is a file, and `{}` needs a folder of that name", output.file)
    } else if output.file == file {
        format!("two sources for the output `{file}`")
    } else {
        format!("the outputs `{}` and `{file}` collide where case or accents do not count", output.file)
    };
    let (mut this, mut other) = ((origin(snapshot, output), output), (origin(snapshot, first), first));
    // The file that is the source of its output comes before one that only makes it necessary.
    if this.0.distance > other.0.distance {
        std::mem::swap(&mut this, &mut other);
    }
    let advice = |(origin, output): &(Origin, &Output)| output.kind.advice(snapshot, &origin.path);
    let (mine, its) = (advice(&this), advice(&other));
    let message = match this.0.distance {
        0 => message,
        _ => format!("{message}: {}, and {}", this.0.words, other.0.words),
    };
    let its = its.filter(|its| mine.as_ref() != Some(its)).map(|its| match &mine {
        Some(_) => format!("or {its}"),
        None => its,
    });
    Diagnostic::error(codes::OUTPUT_COLLISION, message)
        .in_file(&this.0.path)
        .label(&other.0.path, None, format!("the other one: {}", other.0.words))
        .hint_if(mine)
        .hint_if(its)
}
