//! What browsers are told.

use serde_json::{Value, json};
use ssg_source::Severity;

/// Something that browsers which show the site should know.
#[derive(Clone, Debug)]
pub enum News {
    /// These files of the output are different now, new or gone; `posts/x/index.html`, `site.css`.
    Changed {
        /// Paths of the files, in any order.
        paths: Vec<String>,
    },
    /// The site has problems; they replace those told before. Errors are laid over the page,
    /// together with the warnings; warnings alone are not.
    Problems(Vec<Problem>),
    /// There are no problems any more.
    Fixed,
    /// Visible tabs go to this file of the output. Does nothing unless
    /// [`ServerOptions::navigate`](crate::ServerOptions::navigate) is set.
    Navigate(String),
}

/// One problem as the browser shows it. Everything is plain text and is never read as HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The file it is about, relative to the site's root; empty where there is none.
    pub path: String,
    /// Its line, counted from 1; 0 where it is not known.
    pub line: usize,
    /// Its column in characters, counted from 1; 0 where it is not known.
    pub column: usize,
    /// The lines around the place as they are to be shown, with their numbers and marks.
    pub excerpt: String,
    /// What to try.
    pub hints: Vec<String>,
}

impl Problem {
    /// As the browser's script reads it.
    pub(crate) fn to_json(&self) -> Value {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        };
        json!({
            "severity": severity,
            "message": self.message,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "excerpt": self.excerpt,
            "hints": self.hints,
        })
    }
}
