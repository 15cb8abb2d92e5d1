//! Why a publish ended early.

use crate::redact::redact;
use ssg_source::{Class, Diagnostic, codes};
use std::fmt::Display;
use std::io;
use std::path::Path;

/// What kind of failure it is; it decides the exit status, and whether another try makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Another publisher has written the record meanwhile.
    Conflict,
    /// The target failed or was cut off.
    Target,
    /// The configuration makes no sense, or the program lacks what it takes.
    Usage,
    /// What is asked for could do harm.
    Policy,
    /// The built site cannot be read.
    Machine,
}

/// Why a publish ended early. Its text holds no secrets.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The kind.
    pub reason: Reason,
    /// What happened, in lower case and without a full stop.
    pub message: String,
    /// What to try.
    pub hints: Vec<String>,
    /// The target had been changed already.
    pub changed: bool,
}

impl Failure {
    /// A failure; secrets in addresses are taken out of `message`.
    pub fn new(reason: Reason, message: impl Display) -> Self {
        Self { reason, message: redact(&message.to_string()), hints: Vec::new(), changed: false }
    }

    /// Adds a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The same, after the target was changed.
    #[must_use]
    pub fn after_a_change(self) -> Self {
        Self { changed: true, ..self }
    }

    /// Another publisher has written meanwhile.
    #[must_use]
    pub fn conflict() -> Self {
        Self::new(Reason::Conflict, "another publish has changed the target meanwhile")
    }

    /// An operation on a target's file that the system refused.
    #[must_use]
    pub fn io(action: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(Reason::Target, format!("cannot {action} `{}`: {error}", ssg_source::shown(path)))
    }

    /// As a diagnostic. Once the target was changed, every failure leaves it incomplete (status 5).
    #[must_use]
    pub fn into_diagnostic(self, changed: bool) -> Diagnostic {
        let class = match self.reason {
            _ if changed => Class::Publish,
            Reason::Conflict | Reason::Target => Class::Publish,
            Reason::Usage => Class::Usage,
            Reason::Policy => Class::Policy,
            Reason::Machine => Class::Machine,
        };
        let mut diagnostic = Diagnostic::error(codes::PUBLISH, self.message).class(class);
        diagnostic.hints = self.hints;
        if class == Class::Publish {
            diagnostic = diagnostic.hint(if changed {
                "publish again: what is missing is completed; until then every page has its assets"
            } else {
                "nothing was changed there; publish again when the cause is gone"
            });
        }
        diagnostic
    }
}
