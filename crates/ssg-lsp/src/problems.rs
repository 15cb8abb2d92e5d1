//! What was found, as an editor shows it.

use crate::site::{file_of, text_of};
use crate::text::Text;
use lsp_types::{
    Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Range,
    Url,
};
use ssg_source::{Diagnostic, Diagnostics, Inputs, Severity, SitePath};
use std::collections::{BTreeMap, HashMap};

/// Most problems of a file, and most files, that are shown.
const MOST_OF_FILE: usize = 200;
const MOST_FILES: usize = 500;

/// What was found, by file, each with how it is shown.
pub type Problems = BTreeMap<SitePath, Vec<(Diagnostic, Shown)>>;

/// Makes what is shown of what was found. `url` tells where a file is; what has no file is told at the configuration.
pub fn problems(
    found: &Diagnostics,
    config: &SitePath,
    inputs: &dyn Inputs,
    url: &dyn Fn(&SitePath) -> Option<Url>,
) -> Problems {
    let mut texts = Texts { inputs, known: HashMap::new() };
    let mut all = Problems::new();
    for one in found {
        let (mut file, mut span) = file_of(one, config);
        let mut message = message(one);
        // A file of a theme that is inside the program is nowhere to be opened.
        if url(&file).is_none() {
            message = format!("{file}: {message}");
            (file, span) = (config.clone(), None);
        }
        if !all.contains_key(&file) && all.len() >= MOST_FILES {
            continue;
        }
        let of_file = all.entry(file.clone()).or_default();
        if of_file.len() >= MOST_OF_FILE {
            continue;
        }
        let range = match span {
            Some(span) => texts.of(&file).range(span),
            None => Range::default(),
        };
        let related = one.labels.iter().filter_map(|label| {
            let range = label.span.map_or_else(Range::default, |span| texts.of(&label.path).range(span));
            let location = Location::new(url(&label.path)?, range);
            Some(DiagnosticRelatedInformation { location, message: label.text.clone() })
        });
        let related: Vec<_> = related.collect();
        let shown = Shown {
            range,
            severity: Some(match one.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Hint => DiagnosticSeverity::INFORMATION,
            }),
            code: Some(NumberOrString::String(one.code.name().to_owned())),
            source: Some("ssg".to_owned()),
            message,
            related_information: (!related.is_empty()).then_some(related),
            ..Shown::default()
        };
        of_file.push((one.clone(), shown));
    }
    all
}

/// What is wrong, and below it what to try.
fn message(one: &Diagnostic) -> String {
    let mut message = one.message.clone();
    if let Some(note) = &one.note {
        message.push_str(&format!(" ({note})"));
    }
    for hint in &one.hints {
        message.push_str("\ntry: ");
        message.push_str(hint);
    }
    message
}

/// The texts of files, each read once.
struct Texts<'a> {
    inputs: &'a dyn Inputs,
    known: HashMap<SitePath, Text>,
}

impl Texts<'_> {
    fn of(&mut self, path: &SitePath) -> &Text {
        let read = || Text::new(&text_of(self.inputs, path).unwrap_or_default());
        self.known.entry(path.clone()).or_insert_with(read)
    }
}

/// The word that was written and the one that may have been meant, as the hints of a problem tell it.
#[must_use]
pub fn meant(one: &Diagnostic) -> Option<&str> {
    let hint = one.hints.iter().find_map(|hint| hint.strip_prefix("did you mean `"))?;
    hint.split_once('`').map(|(name, _)| name).filter(|name| !name.is_empty())
}
