//! What is wrong, where, and what to try: values that stages add to and a reporter prints.
//!
//! A stage never stops at the first error and never prints. It returns what it could make and
//! adds to [`Diagnostics`], which keeps a stable order whatever the order of discovery was.

use crate::suggest::is_suggestion;
use crate::{Code, SitePath, Span};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The build fails.
    Error,
    /// The build goes on.
    Warning,
    /// It may be meant: nothing is wrong with the site, and `--strict` makes no error of it.
    Hint,
}

/// What kind of mistake an error is; it decides the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Class {
    /// The content is wrong: status 1.
    Content,
    /// Usage or configuration: status 2.
    Usage,
    /// Refused by policy, such as a path out of the site: status 3.
    Policy,
    /// The machine failed (I/O): status 4.
    Machine,
    /// A publish did not complete: status 5.
    Publish,
}

impl Class {
    /// The exit status of a run that ends with an error of this class.
    #[must_use]
    pub fn status(self) -> u8 {
        match self {
            Self::Content => 1,
            Self::Usage => 2,
            Self::Policy => 3,
            Self::Machine => 4,
            Self::Publish => 5,
        }
    }
}

/// A second place that belongs to a diagnostic, such as the other of two colliding sources.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Label {
    /// The file.
    pub path: SitePath,
    /// The place in it, when known.
    pub span: Option<Span>,
    /// What is to be said of the place.
    pub text: String,
}

/// One thing that is wrong, with its place and with hints.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Error, warning or hint.
    pub severity: Severity,
    /// The kind of mistake.
    pub class: Class,
    /// A short stable name such as `unknown-key`: for tools, tests and folding of repeats.
    pub code: Code,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// The file it is about.
    pub path: Option<SitePath>,
    /// The place in the file.
    pub span: Option<Span>,
    /// Words at the place itself, beside the underline.
    pub note: Option<String>,
    /// Other places.
    pub labels: Vec<Label>,
    /// What to try, most useful first.
    pub hints: Vec<String>,
    /// The file's text, for files that the site's folder does not hold (a built-in theme).
    #[serde(skip)]
    pub text: Option<Arc<str>>,
}

/// Longest message or hint, in bytes. Each may quote what somebody wrote or put together, of any size.
const LONGEST: usize = 4096;

/// A text that is cut where it is longer than anybody reads.
fn bounded(mut text: String) -> String {
    if text.len() > LONGEST {
        text.truncate((0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0));
        text.push('…');
        text.shrink_to_fit();
    }
    text
}

impl Diagnostic {
    /// An error in the content.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            class: Class::Content,
            code,
            message: bounded(message.into()),
            path: None,
            span: None,
            note: None,
            labels: Vec::new(),
            hints: Vec::new(),
            text: None,
        }
    }

    /// A warning about the content.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// A hint: what may be better otherwise.
    #[must_use]
    pub fn advice(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Hint, ..Self::error(code, message) }
    }

    /// Sets the class.
    #[must_use]
    pub fn class(mut self, class: Class) -> Self {
        self.class = class;
        self
    }

    /// Sets the file.
    #[must_use]
    pub fn in_file(mut self, path: &SitePath) -> Self {
        self.path = Some(path.clone());
        self
    }

    /// Sets the place in the file.
    #[must_use]
    pub fn at(mut self, span: impl Into<Option<Span>>) -> Self {
        self.span = span.into();
        self
    }

    /// Sets the words beside the underline.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, path: &SitePath, span: Option<Span>, text: impl Into<String>) -> Self {
        self.labels.push(Label { path: path.clone(), span, text: text.into() });
        self
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(bounded(hint.into()));
        self
    }

    /// Adds a hint when there is one.
    #[must_use]
    pub fn hint_if(mut self, hint: Option<String>) -> Self {
        self.hints.extend(hint.map(bounded));
        self
    }

    /// The order in which diagnostics are shown: by file, place, gravity, code and message.
    fn order(&self) -> impl Ord + '_ {
        (
            self.path.as_ref(),
            self.span,
            self.severity,
            self.code.as_ref(),
            self.message.as_str(),
            &self.labels,
            // What has no place may differ in no more than these.
            (&self.note, &self.hints, self.class, &self.text),
        )
    }
}

/// A growing set of diagnostics.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// An empty set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds all of another set.
    pub fn extend(&mut self, other: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(other);
    }

    /// Whether an error is among them.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|one| one.severity == Severity::Error)
    }

    /// How many errors and warnings there are.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        (self.count_of(Severity::Error), self.count_of(Severity::Warning))
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count_of(&self, severity: Severity) -> usize {
        self.0.iter().filter(|one| one.severity == severity).count()
    }

    /// Turns every warning into an error (`--strict`); hints stay.
    pub fn make_strict(&mut self) {
        for one in self.0.iter_mut().filter(|one| one.severity == Severity::Warning) {
            one.severity = Severity::Error;
        }
    }

    /// Exit status: 0 without errors, else that of the gravest. What is refused by policy comes
    /// before a publish that did not complete, then a failing machine, then usage, then content.
    #[must_use]
    pub fn status(&self) -> u8 {
        let gravity = |class: Class| match class {
            Class::Content => 1,
            Class::Usage => 2,
            Class::Machine => 3,
            Class::Publish => 4,
            Class::Policy => 5,
        };
        self.0
            .iter()
            .filter(|one| one.severity == Severity::Error)
            .map(|one| one.class)
            .max_by_key(|class| gravity(*class))
            .map_or(0, Class::status)
    }

    /// How many diagnostics of one code keep a hint on what may have been meant: who made more mistakes
    /// of a kind made no slips of the pen.
    pub const MOST_SUGGESTIONS: usize = 20;

    /// Sorts by file and place, drops exact repeats, and keeps of each code's suggestions the first
    /// [`MOST_SUGGESTIONS`](Self::MOST_SUGGESTIONS). A part that was sorted by itself loses none that the
    /// whole keeps.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| a.order().cmp(&b.order()));
        self.0.dedup();
        let mut suggested: HashMap<Code, usize> = HashMap::new();
        for one in &mut self.0 {
            if !one.hints.iter().any(|hint| is_suggestion(hint)) {
                continue;
            }
            let count = suggested.entry(one.code).or_default();
            *count += 1;
            if *count > Self::MOST_SUGGESTIONS {
                one.hints.retain(|hint| !is_suggestion(hint));
            }
        }
    }

    /// The diagnostics in their present order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Keeps those for which `keep` says so.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    /// Changes each in place.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Diagnostic> {
        self.0.iter_mut()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a mut Diagnostics {
    type Item = &'a mut Diagnostic;
    type IntoIter = std::slice::IterMut<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;

    #[test]
    fn what_is_said_is_bounded() {
        let long = "ä".repeat(10_000);
        let one = Diagnostic::error(codes::DEAD_LINK, long.clone()).hint(long.clone()).hint_if(Some(long));
        let texts = one.hints.iter().chain([&one.message]);
        assert!(texts.into_iter().all(|text| text.len() < LONGEST + 4 && text.ends_with('…')));
    }

    #[test]
    fn policy_outranks_content() {
        let mut found = Diagnostics::new();
        found.add(Diagnostic::error(codes::DEAD_LINK, "a"));
        assert_eq!(found.status(), 1);
        found.add(Diagnostic::error(codes::TEMPLATE, "b").class(Class::Policy));
        found.add(Diagnostic::error(codes::OUTPUT_IO, "c").class(Class::Machine));
        assert_eq!(found.status(), 3);
    }

    #[test]
    fn order_does_not_depend_on_discovery() {
        let file = |name: &str| SitePath::new(name).expect("valid");
        let one = Diagnostic::error(codes::YAML, "x").in_file(&file("b.md"));
        let two = Diagnostic::warning(codes::TOML, "y").in_file(&file("a.md")).at(Span::new(3, 4));
        let mut forward = Diagnostics(vec![one.clone(), two.clone()]);
        let mut backward = Diagnostics(vec![two, one.clone(), one]);
        forward.sort();
        backward.sort();
        assert_eq!(forward, backward);
    }

    #[test]
    fn suggestions_are_kept_for_the_first_of_a_kind() {
        let names: Vec<String> = (0..90).map(|number| format!("{number:02}.md")).collect();
        let mut all = Diagnostics::new();
        for name in &names {
            let file = SitePath::new(name).expect("valid");
            for code in [codes::UNKNOWN_KEY, codes::DEAD_LINK] {
                let hint = crate::did_you_mean("tilte", ["title"]);
                all.add(
                    Diagnostic::warning(code, code.to_string())
                        .in_file(&file)
                        .hint_if(hint)
                        .hint("or another"),
                );
            }
        }
        let mut parts: Diagnostics = Diagnostics::new();
        for part in [0, 1, 2] {
            let mut part = Diagnostics(all.iter().skip(part * 60).take(60).cloned().collect());
            part.sort();
            parts.extend(part);
        }
        all.sort();
        parts.sort();
        assert_eq!(all, parts);
        let hinted = all.iter().filter(|one| one.hints.len() == 2);
        assert_eq!(hinted.count(), 2 * Diagnostics::MOST_SUGGESTIONS);
        assert!(all.iter().all(|one| one.hints.last().is_some_and(|hint| hint == "or another")));
    }
}
