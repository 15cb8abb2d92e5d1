//! `[feeds]`: what people can subscribe to.

use super::positive;
use crate::fields::Fields;
use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostic, Severity, codes};

/// `[feeds]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedOptions {
    /// Formats to write: `atom`, `rss`, `json`.
    pub formats: Vec<String>,
    /// Most entries.
    pub limit: usize,
    /// Full text; else the summary alone.
    pub full: bool,
}

impl Default for FeedOptions {
    fn default() -> Self {
        Self { formats: vec!["atom".to_owned()], limit: 20, full: true }
    }
}

pub(super) fn read_feeds(fields: &mut Fields<'_>) -> FeedOptions {
    let mut feeds = FeedOptions::default();
    if let Some(formats) = fields.texts(&["formats"]) {
        for format in &formats {
            if !["atom", "rss", "json"].contains(&format.value.as_str()) {
                let message = format!("`{}` is no feed format", format.value);
                fields.found().add(
                    Diagnostic::error(codes::UNKNOWN_CHOICE, message)
                        .at(format.span)
                        .hint("there are `atom`, `rss` and `json`"),
                );
            }
        }
        feeds.formats = formats.into_iter().map(|format| format.value).collect();
        feeds.formats.dedup();
    }
    if let Some(limit) = positive(fields, "limit") {
        feeds.limit = limit;
    }
    if let Some(full) = fields.choice(&["content"], &[("full", true), ("summary", false)]) {
        feeds.full = full;
    }
    fields.report_unknown(Severity::Error, "", &[]);
    feeds
}
