//! Load and parse: every content file, in parallel, in a stable order.

use rayon::prelude::*;
use ssg_parse::{Config, ParseOptions, is_page, parse_document};
use ssg_source::{Diagnostics, Inputs, SitePath};
use ssg_taxonomy::Source;

/// Content files parsed, and the other files below `content`.
pub(crate) struct Loaded {
    pub sources: Vec<Source>,
    pub assets: Vec<SitePath>,
}

/// Reads and parses everything below `content`.
pub(crate) fn load(inputs: &dyn Inputs, config: &Config, found: &mut Diagnostics) -> Loaded {
    let Ok(content) = SitePath::new("content") else {
        return Loaded { sources: Vec::new(), assets: Vec::new() };
    };
    let entries = inputs.list(&content, found);
    let (pages, assets): (Vec<SitePath>, Vec<SitePath>) =
        entries.into_iter().map(|entry| entry.path).partition(|path| is_page(path.file_name()));
    let options = ParseOptions {
        taxonomies: config.taxonomies.iter().map(|options| options.name.clone()).collect(),
        markdown: config.markdown.clone(),
    };
    let parsed: Vec<_> = pages
        .into_par_iter()
        .map(|path| match inputs.read(&path) {
            Ok(bytes) => {
                let (document, found) = parse_document(&path, &bytes, &options);
                (Some(Source { path, document: document.into() }), found)
            }
            Err(error) => {
                let mut found = Diagnostics::new();
                found.add(error.diagnostic(&path));
                (None, found)
            }
        })
        .collect();
    let mut sources = Vec::with_capacity(parsed.len());
    for (source, problems) in parsed {
        sources.extend(source);
        found.extend(problems);
    }
    Loaded { sources, assets }
}
