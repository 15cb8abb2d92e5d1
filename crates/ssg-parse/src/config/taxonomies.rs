//! `[taxonomies]`: by which keys pages are listed.

use super::positive;
use crate::fields::Fields;
use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostic, Severity, codes};

/// How many terms an index lists, where nobody says it.
const PART_ABOVE: usize = 500;

/// `[taxonomies.<name>]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxonomyOptions {
    /// Key in front matter and first part of the path.
    pub name: String,
    /// Heading of its index.
    pub title: String,
    /// Pages of a term's pager; one pager without.
    pub paginate_by: Option<usize>,
    /// Whether each term has feeds.
    pub feed: bool,
    /// How many terms the index lists at most; more have parts by their first letters.
    pub part_above: usize,
    /// Terms that are shown nowhere.
    pub unpublish: Vec<String>,
}

impl TaxonomyOptions {
    /// A taxonomy with its defaults.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let mut letters = name.chars();
        let title = letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect();
        Self {
            name: name.to_owned(),
            title,
            paginate_by: None,
            feed: name != "speakers",
            part_above: PART_ABOVE,
            unpublish: Vec::new(),
        }
    }
}

pub(super) fn read_taxonomies(fields: &mut Fields<'_>) -> Vec<TaxonomyOptions> {
    let mut all = Vec::new();
    for field in fields.rest() {
        let reserved = ["page", "archive", "events", "posts", "talks", "extra", "event", "talk"];
        let valid = !field.key.is_empty()
            && field
                .key
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte))
            && !reserved.contains(&field.key.as_str());
        if !valid {
            let message = format!("`{}` cannot be the name of a taxonomy", field.key);
            fields.found().add(
                Diagnostic::error(codes::TAXONOMY_NAME, message).at(field.key_span).hint(
                    "lower-case letters, digits, `-` and `_`, and no name that has a meaning of its own",
                ),
            );
            continue;
        }
        let mut options = TaxonomyOptions::named(&field.key);
        let mut table = Fields::new(&field.node, "a taxonomy", fields.found());
        if let Some(title) = table.text(&["title"]) {
            options.title = title.value;
        }
        options.paginate_by = positive(&mut table, "paginate_by");
        if let Some(feed) = table.flag(&["feed"]) {
            options.feed = feed.value;
        }
        if let Some(most) = positive(&mut table, "part_above") {
            options.part_above = most;
        }
        options.unpublish =
            table.texts(&["unpublish"]).unwrap_or_default().into_iter().map(|text| text.value).collect();
        table.finish(Severity::Error, "");
        all.push(options);
    }
    all
}
