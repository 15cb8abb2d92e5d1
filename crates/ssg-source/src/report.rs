//! Prints diagnostics: for people with an excerpt and hints, for tools as one JSON object a line.
//!
//! The only place that turns spans into lines and columns. It shows a window of the source
//! around the span, cut to a bounded width, so that a one-line file of 10 MB prints in no time.

mod forms;

pub use forms::SiteOrigin;

use crate::lines::{Lines, Texts};
use crate::path::{escaped, is_unseen};
use crate::{Diagnostic, Diagnostics, LineColumn, Severity, SitePath, Span};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// How many files may repeat the same warning before it is folded into one line.
const FOLD_FROM: usize = 3;
/// Longest excerpt of one line, in bytes.
const LINE_WIDTH: usize = 160;
/// What of a line is shown on the narrowest terminal.
const LEAST_WIDTH: usize = 32;
/// What the number of a line and the edge beside it take.
const NUMBER_WIDTH: usize = 8;

/// How to print.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReportOptions {
    /// With terminal colours.
    pub color: bool,
    /// Repeats in full.
    pub verbose: bool,
    /// One JSON object a line.
    pub json: bool,
    /// How many characters of a line fit; without one, as many as are of use in a log.
    pub width: Option<usize>,
}

/// Prints diagnostics, reading excerpts through `text`.
pub struct Reporter<'a> {
    options: ReportOptions,
    texts: Texts<'a>,
}

impl<'a> Reporter<'a> {
    /// A reporter that gets the text of a file from `text`.
    #[must_use]
    pub fn new(options: ReportOptions, text: &'a dyn Fn(&SitePath) -> Option<Arc<str>>) -> Self {
        Self { options, texts: Texts::new(text) }
    }

    /// Everything in `found`, in its order, each followed by a line break.
    #[must_use]
    pub fn render(&self, found: &Diagnostics) -> String {
        if self.options.json {
            return found.iter().map(|one| self.json_line(one)).collect();
        }
        let folds = self.folds(found);
        let mut printed = String::new();
        let mut folded: BTreeMap<(&str, &str), bool> = BTreeMap::new();
        for one in found {
            let key = (one.code.as_ref(), one.message.as_str());
            let Some(files) = folds.get(&key) else {
                printed.push_str(&self.human(one));
                continue;
            };
            if folded.insert(key, true).is_none() {
                printed.push_str(&self.folded(one, *files));
            }
        }
        // A name or an excerpt may hold what would turn the direction of writing.
        escaped(&printed, |c| !c.is_control() && is_unseen(c)).into_owned()
    }

    /// Warnings and hints that stand in many files, with how many.
    fn folds<'d>(&self, found: &'d Diagnostics) -> BTreeMap<(&'d str, &'d str), usize> {
        let mut counts: BTreeMap<(&str, &str), Vec<Option<&SitePath>>> = BTreeMap::new();
        if self.options.verbose {
            return BTreeMap::new();
        }
        for one in found.iter().filter(|one| one.severity != Severity::Error) {
            counts.entry((&one.code, &one.message)).or_default().push(one.path.as_ref());
        }
        counts
            .into_iter()
            .map(|(key, mut files)| {
                files.dedup();
                (key, files.len())
            })
            .filter(|(_, files)| *files >= FOLD_FROM)
            .collect()
    }

    fn folded(&self, one: &Diagnostic, files: usize) -> String {
        let first = one.path.as_ref().map_or(String::new(), |path| format!(", first in {path}"));
        let title = format!("{} (in {files} files{first}; -v shows all)", one.message);
        let mut group = Group::with_title(level(one.severity).primary_title(title));
        for hint in &one.hints {
            group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
        }
        self.finish(&[group])
    }

    /// The text that a diagnostic's own span is in: the one it brings along, or that of its file.
    fn own_text(&self, one: &Diagnostic, path: &SitePath) -> Option<Rc<Lines>> {
        one.text.clone().map_or_else(|| self.texts.of(path), |text| Some(Rc::new(Lines::new(text))))
    }

    fn human(&self, one: &Diagnostic) -> String {
        let mut windows = Vec::new();
        if let Some(path) = &one.path {
            windows.push((
                path,
                Window::around(self.own_text(one, path).as_deref(), one.span, self.line_width()),
                one.note.as_deref(),
                true,
            ));
        }
        for label in &one.labels {
            let text = self.texts.of(&label.path);
            windows.push((
                &label.path,
                Window::around(text.as_deref(), label.span, self.line_width()),
                Some(label.text.as_str()),
                false,
            ));
        }
        // The code is for `ssg explain`; who reads every warning in full wants to know it.
        let title = level(one.severity).primary_title(one.message.as_str());
        let title = if self.options.verbose { title.id(one.code.name()) } else { title };
        let mut group = Group::with_title(title);
        for (path, window, note, primary) in &windows {
            group = match window {
                Some(window) => {
                    let kind = if *primary { AnnotationKind::Primary } else { AnnotationKind::Context };
                    group.element(
                        Snippet::source(window.text.as_str())
                            .path(path.as_str())
                            .line_start(window.first_line)
                            .fold(false)
                            .annotation(kind.span(window.start..window.end).label(*note)),
                    )
                }
                None => {
                    let origin = group.element(Origin::path(path.as_str()));
                    match note {
                        Some(note) if !primary => origin.element(Level::NOTE.message(*note)),
                        _ => origin,
                    }
                }
            };
        }
        for hint in &one.hints {
            group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
        }
        let mut printed = self.finish(&[group]);
        for (path, window, ..) in &windows {
            if let Some(window) = window {
                window.mend_column(path, &mut printed);
            }
        }
        printed
    }

    /// How many bytes of a line are shown, beside the number of the line.
    fn line_width(&self) -> usize {
        let fits = self.options.width.map_or(LINE_WIDTH, |width| width.saturating_sub(NUMBER_WIDTH));
        fits.clamp(LEAST_WIDTH, LINE_WIDTH)
    }

    fn finish(&self, groups: &[Group<'_>]) -> String {
        let renderer = if self.options.color { Renderer::styled() } else { Renderer::plain() };
        let mut printed = renderer.decor_style(DecorStyle::Unicode).render(groups);
        printed.push_str("\n\n");
        printed
    }

    fn json_line(&self, one: &Diagnostic) -> String {
        let place = |path: Option<&SitePath>, span: Option<Span>| -> Option<(LineColumn, LineColumn)> {
            let (text, span) = (self.own_text(one, path?)?, span?);
            Some((text.line_column(span.start as usize), text.line_column(span.end as usize)))
        };
        let fields = |path: Option<&SitePath>, span: Option<Span>| {
            let places = place(path, span);
            serde_json::json!({
                "path": path.map(SitePath::as_str),
                "line": places.map(|(start, _)| start.line),
                "column": places.map(|(start, _)| start.column),
                "end_line": places.map(|(_, end)| end.line),
                "end_column": places.map(|(_, end)| end.column),
            })
        };
        let mut object = fields(one.path.as_ref(), one.span);
        let labels: Vec<_> = one
            .labels
            .iter()
            .map(|label| {
                let mut place = fields(Some(&label.path), label.span);
                place["text"] = label.text.as_str().into();
                place
            })
            .collect();
        object["severity"] = match one.severity {
            Severity::Error => "error".into(),
            Severity::Warning => "warning".into(),
            Severity::Hint => "hint".into(),
        };
        object["code"] = one.code.as_ref().into();
        object["message"] = one.message.as_str().into();
        object["note"] = one.note.as_deref().into();
        object["hints"] = one.hints.clone().into();
        object["labels"] = labels.into();
        format!("{object}\n")
    }
}

/// The word that a message begins with.
fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO.with_name("hint"),
    }
}

/// The lines around a span, cut to a bounded width, and the span within them.
struct Window {
    text: String,
    first_line: usize,
    start: usize,
    end: usize,
    /// How many characters of the line stand before the text.
    cut: usize,
}

impl Window {
    fn around(lines: Option<&Lines>, span: Option<Span>, width: usize) -> Option<Self> {
        let (lines, span) = (lines?, span?);
        let (text, boundary) = (lines.text(), |at: usize| lines.boundary(at));
        let start = boundary(span.start as usize);
        let (first_line, line_start) = lines.line(start);
        // A long line is shown from a little before the place on.
        let shown_from =
            if start - line_start > width / 2 { boundary(start - width / 4) } else { line_start };
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let shown_to = boundary(line_end.min(shown_from + width)).max(start);
        let end = boundary(span.end as usize).clamp(start, shown_to);
        Some(Self {
            text: text[shown_from..shown_to].trim_end_matches('\r').to_owned(),
            first_line,
            start: start - shown_from,
            end: end - shown_from,
            cut: text[line_start..shown_from].chars().count(),
        })
        .map(|mut window| {
            window.end = window.end.min(window.text.len());
            window.start = window.start.min(window.end);
            window
        })
    }

    /// The renderer counts columns in the text that it shows; people's editors count them in the file.
    fn mend_column(&self, path: &SitePath, printed: &mut String) {
        if self.cut == 0 {
            return;
        }
        let place = format!("{path}:{}:", self.first_line);
        let shown = self.text[..self.start].chars().count() + 1;
        let found = printed.match_indices(&place).map(|(at, _)| at + place.len()).find_map(|at| {
            let digits = printed[at..].bytes().take_while(u8::is_ascii_digit).count();
            (printed[at..at + digits] == shown.to_string()).then_some(at..at + digits)
        });
        if let Some(digits) = found {
            printed.replace_range(digits, &(shown + self.cut).to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;

    #[test]
    fn columns_are_those_of_the_file() {
        let long = format!("first\n{}wrong{}\n", "ü ".repeat(300), " more".repeat(100));
        let text: Arc<str> = long.into();
        let path = SitePath::new("content/a.md").expect("a path");
        let start = text.find("wrong").expect("there");
        let mut found = Diagnostics::new();
        let one = Diagnostic::warning(codes::DEAD_LINK, "it leads nowhere").in_file(&path);
        found.add(one.at(Span::new(start, start + 5)).label(
            &path,
            Some(Span::new(start, start + 5)),
            "here",
        ));
        let read = |_: &SitePath| Some(text.clone());
        let printed = Reporter::new(ReportOptions::default(), &read).render(&found);
        assert!(printed.contains("content/a.md:2:601"), "{printed}");
    }

    #[test]
    fn excerpts_fit_the_terminal() {
        let source = format!("{}[x](/nope/) {}", "word ".repeat(40), "more ".repeat(40));
        let path = SitePath::new("content/a.md").unwrap();
        let start = u32::try_from(source.find('[').unwrap()).unwrap();
        let problem =
            Diagnostic::error(codes::DEAD_LINK, "dead").in_file(&path).at(Span { start, end: start + 11 });
        let text = |_: &SitePath| Some(Arc::from(source.as_str()));
        for width in [40, 60, 100] {
            let options = ReportOptions { width: Some(width), ..ReportOptions::default() };
            let mut found = Diagnostics::new();
            found.add(problem.clone());
            let printed = Reporter::new(options, &text).render(&found);
            assert!(printed.contains("[x](/nope/)"), "{printed}");
            assert!(printed.lines().all(|line| line.chars().count() <= width), "{width}: {printed}");
        }
    }
}
