//! `[markdown]`: how texts are read.

use crate::fields::Fields;
use crate::markdown::{HeadingIds, MarkdownOptions, RawHtml};
use serde::{Deserialize, Serialize};
use ssg_source::Severity;

/// `[markdown] external_links`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalLinks {
    /// Value of `rel`.
    pub rel: Option<String>,
    /// Value of `target`.
    pub target: Option<String>,
}

pub(super) fn read_markdown(fields: &mut Fields<'_>) -> (MarkdownOptions, ExternalLinks) {
    let mut options = MarkdownOptions::default();
    if let Some(flag) = fields.flag(&["smart_punctuation"]) {
        options.smart_punctuation = flag.value;
    }
    for (key, option) in
        [("bare_urls", &mut options.bare_urls), ("emoji", &mut options.emoji), ("math", &mut options.math)]
    {
        *option = fields.flag(&[key]).is_some_and(|flag| flag.value);
    }
    let policies = [("allow", RawHtml::Allow), ("escape", RawHtml::Escape), ("sanitize", RawHtml::Sanitize)];
    if let Some(policy) = fields.choice(&["raw_html"], &policies) {
        options.raw_html = policy;
    }
    let styles = [("slug", HeadingIds::Slug), ("github", HeadingIds::Github)];
    if let Some(style) = fields.choice(&["heading_ids"], &styles) {
        options.heading_ids = style;
    }
    let links = fields.table(&["external_links"], |fields| {
        let links = ExternalLinks {
            rel: fields.text(&["rel"]).map(|text| text.value),
            target: fields.text(&["target"]).map(|text| text.value),
        };
        fields.report_unknown(Severity::Error, "", &[]);
        links
    });
    fields.report_unknown(Severity::Error, "", &[]);
    (options, links.unwrap_or_default())
}

/// `[links]`: whether an address into the site that leads nowhere is an error.
pub(super) fn read_links(fields: &mut Fields<'_>) -> bool {
    let internal = fields.choice(&["internal"], &[("warn", false), ("error", true)]);
    fields.report_unknown(Severity::Error, "`[links]` has `internal`", &[]);
    internal.unwrap_or(false)
}
