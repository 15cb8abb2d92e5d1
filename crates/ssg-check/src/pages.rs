//! What pages lack though nothing is wrong with them. Each check is a file, and told as hints.
//!
//! None compares everything with everything: what is alike is found by keys.

mod alt;
mod headings;
mod orphans;
mod terms;
mod titles;
mod weight;

pub use terms::spellings;

use crate::seen::Seen;
use ssg_parse::{CheckOptions, Config, Document};
use ssg_source::{Diagnostics, SitePath};
use ssg_taxonomy::Site;

/// Whether the outputs of a build have to be looked at.
#[must_use]
pub fn needs_outputs(options: &CheckOptions) -> bool {
    options.orphans || options.weight
}

/// Whether the site has to be looked at.
#[must_use]
pub fn needs_site(options: &CheckOptions) -> bool {
    needs_outputs(options) || options.alt || options.headings || options.titles || options.terms
}

/// Adds what the pages of a site lack. `seen` is what was seen of its outputs, where nothing is missing.
pub fn look(site: &Site, config: &Config, seen: Option<&Seen>, found: &mut Diagnostics) {
    let options = &config.check;
    for (source, document) in texts(site) {
        if options.alt {
            alt::look(source, document, found);
        }
        if options.headings {
            headings::look(source, document, found);
        }
    }
    if options.titles {
        titles::look(site, found);
    }
    if options.terms {
        terms::look(site, found);
    }
    if let Some(seen) = seen {
        if options.orphans {
            orphans::look(site, seen, found);
        }
        if options.weight {
            weight::look(site, options.weight_kb, seen, found);
        }
    }
}

/// Every published text with its file, once: of pages, of sections and of the indexes of taxonomies.
pub(crate) fn texts(site: &Site) -> impl Iterator<Item = (&SitePath, &Document)> {
    // The file of a talk that only a row tells of is its event's.
    let pages = site.pages.iter().filter(|page| page.row.is_none());
    let pages = pages.map(|page| (&page.source, &*page.document));
    let sections =
        site.sections.iter().filter_map(|section| Some((section.source.as_ref()?, &*section.document)));
    let languages: Vec<_> = site.languages().collect();
    let indexes = (0..site.taxonomies.len()).flat_map(move |index| {
        let text = move |language| {
            Some((site.taxonomy_source(index, language)?, &**site.taxonomy_text(index, language)?))
        };
        languages.clone().into_iter().filter_map(text)
    });
    pages.chain(sections).chain(indexes)
}
