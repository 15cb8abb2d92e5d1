//! Reads files and finds what their headers lack.

use super::usage;
use crate::session::Session;
use ssg_parse::Config;
use ssg_source::{Diagnostics, SitePath, shown};
use ssg_suggest::{Finding, Known, KnownName, Page, Subject, Suggester};
use ssg_taxonomy::Site;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// How often texts are read again for what was found in others.
const ROUNDS: usize = 6;

/// A file and what its header lacks.
pub struct Read {
    /// As it is named in output.
    pub name: String,
    pub disk: PathBuf,
    pub bytes: Vec<u8>,
    pub found: Vec<Finding>,
}

/// Which files are read, and how.
pub struct Asked {
    /// Where they are, and their places in the site.
    pub files: Vec<(PathBuf, SitePath)>,
    /// What is less sure is left out.
    pub least: f64,
    /// Whether what is found will be written: then it is known when other files are read.
    pub learns: bool,
    /// Whether files are named by their places in the site.
    pub by_path: bool,
}

/// What a site knows, with its configuration.
pub fn known(config: &Config, site: &Site) -> Known {
    Known {
        writers: config.author.clone().into_iter().collect(),
        ignored: config.never_suggested.clone(),
        ..Known::of(site)
    }
}

/// Reads files; what cannot be read is told.
pub fn read_all(session: &Session, site: &Site, asked: &Asked, found: &mut Diagnostics) -> Vec<Read> {
    let mut known = known(&session.settings.config, site);
    let mut texts = Vec::new();
    for (disk, path) in &asked.files {
        match std::fs::read(disk) {
            Ok(bytes) => texts.push((disk, path, bytes)),
            Err(error) => found.add(usage(&format!("cannot read `{}`: {error}", shown(disk)))),
        }
    }
    let mut read = Vec::new();
    // What is put into headers is known to the next run: it is taken into account at once, so that nothing is left for it.
    let mut names = Names::of(&known);
    for _ in 0..ROUNDS {
        let suggester = Suggester::new(known.clone());
        read = texts
            .iter()
            .map(|(disk, path, bytes)| {
                let name = if asked.by_path { path.to_string() } else { shown(disk) };
                let found = lacking(&suggester, path, bytes, asked.least);
                Read { name, disk: (*disk).clone(), bytes: bytes.clone(), found }
            })
            .collect();
        if !asked.learns || !names.learn(&mut known, &read) {
            break;
        }
    }
    read
}

/// What the header of a file lacks.
pub fn lacking(suggester: &Suggester, path: &SitePath, bytes: &[u8], least: f64) -> Vec<Finding> {
    let page = Page { path, bytes, front: None };
    // Who gives a talk is for the programme to say.
    let is_talk = path.as_str().contains("/talks/");
    let mut found = if is_talk { suggester.lacking_tools(page) } else { suggester.lacking(page) };
    found.retain(|finding| finding.confidence >= least);
    found
}

/// Names that the site knows, and those that were found.
struct Names(BTreeSet<(Subject, String)>);

impl Names {
    fn of(known: &Known) -> Self {
        let named = |subject: Subject, names: &[KnownName]| {
            names.iter().map(|known| (subject, known.name.clone())).collect::<Vec<_>>()
        };
        let mut all = named(Subject::Tool, &known.tools);
        all.extend(named(Subject::Speaker, &known.people));
        Self(all.into_iter().collect())
    }

    /// Adds what was found to what the site knows; whether any of it is new.
    fn learn(&mut self, known: &mut Known, read: &[Read]) -> bool {
        let mut has_learnt = false;
        for finding in read.iter().flat_map(|file| &file.found) {
            let names = match finding.subject {
                Subject::Tool => &mut known.tools,
                Subject::Speaker => &mut known.people,
                _ => continue,
            };
            if self.0.insert((finding.subject, finding.name.clone())) {
                names.push(KnownName { name: finding.name.clone(), others: Vec::new() });
                has_learnt = true;
            }
        }
        has_learnt
    }
}
