//! `[check]`: what `ssg check` looks at besides errors, and which links to other sites it leaves alone.

use super::positive;
use crate::fields::Fields;
use serde::{Deserialize, Serialize};
use ssg_source::Severity;

/// `[check]`: what `ssg check` looks at. No output depends on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the configuration file")]
pub struct CheckOptions {
    /// Pictures without a text in their place.
    pub alt: bool,
    /// Headings that leave out a level.
    pub headings: bool,
    /// Pages that no other page links to.
    pub orphans: bool,
    /// Titles that two pages have.
    pub titles: bool,
    /// Terms that are probably one, and spellings that few pages have.
    pub terms: bool,
    /// Pages whose HTML is heavy.
    pub weight: bool,
    /// From how many kilobytes (1,000 bytes) on the HTML of a page is heavy.
    pub weight_kb: usize,
    /// Addresses that are not asked for; `*` stands for any text.
    pub ignore_links: Vec<String>,
    /// Hosts on this machine or in a private network that are asked all the same.
    pub private_hosts: Vec<String>,
    /// How many days an address that was fine is not asked for again.
    pub links_fine_days: usize,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            alt: true,
            headings: true,
            orphans: true,
            titles: true,
            terms: true,
            weight: true,
            weight_kb: 500,
            ignore_links: Vec::new(),
            private_hosts: Vec::new(),
            links_fine_days: 7,
        }
    }
}

/// Reads `[check]`.
pub(super) fn read_check(fields: &mut Fields<'_>) -> CheckOptions {
    let mut check = CheckOptions::default();
    let switches: [(&'static str, &mut bool); 6] = [
        ("alt", &mut check.alt),
        ("headings", &mut check.headings),
        ("orphans", &mut check.orphans),
        ("titles", &mut check.titles),
        ("terms", &mut check.terms),
        ("weight", &mut check.weight),
    ];
    for (name, switch) in switches {
        if let Some(flag) = fields.flag(&[name]) {
            *switch = flag.value;
        }
    }
    check.weight_kb = positive(fields, "weight_kb").unwrap_or(check.weight_kb);
    check.links_fine_days = positive(fields, "links_fine_days").unwrap_or(check.links_fine_days);
    let lists: [(&'static str, &mut Vec<String>); 2] =
        [("ignore_links", &mut check.ignore_links), ("private_hosts", &mut check.private_hosts)];
    for (name, list) in lists {
        let texts = fields.texts(&[name]).unwrap_or_default();
        *list = texts.into_iter().map(|text| text.value).collect();
    }
    fields.report_unknown(Severity::Error, "", &[]);
    check
}
