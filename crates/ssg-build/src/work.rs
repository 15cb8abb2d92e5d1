//! The work of a compilation once the outputs are planned: what is rendered from what, and how files are
//! handed to the sink. Both those that are rendered and those that are copied go through here.

use crate::load::Listing;
use crate::memo::{Cause, HandedOver};
use crate::onlooker::Onlooker;
use crate::precompress::is_text;
use crate::sink::Sink;
use crate::write::{Body, OutputFile, OutputPath};
use ssg_engine::Engine;
use ssg_parse::Encoding;
use ssg_render::{Output, Rendered, SiteSnapshot};
use ssg_source::{Diagnostics, Digest, Digester};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The outputs of a compilation, and what they are rendered from.
pub(crate) struct Work<'a> {
    pub engine: &'a Arc<Engine<SiteSnapshot>>,
    pub outputs: &'a [Output],
    pub listing: &'a Listing,
    /// The outputs are those of the last compilation, and no file that is copied is another.
    is_same_plan: bool,
    /// Files of the plan that end as compressed forms do: these are not made.
    taken: BTreeSet<&'a str>,
}

impl<'a> Work<'a> {
    pub(crate) fn new(
        engine: &'a Arc<Engine<SiteSnapshot>>,
        outputs: &'a [Output],
        listing: &'a Listing,
        is_same_plan: bool,
    ) -> Self {
        let is_form = |file: &&str| file.ends_with(".gz") || file.ends_with(".br");
        let taken = if engine.snapshot().config().hosting.precompress.is_empty() {
            BTreeSet::new()
        } else {
            outputs.iter().map(|output| output.file.as_str()).filter(is_form).collect()
        };
        Self { engine, outputs, listing, is_same_plan, taken }
    }

    pub(crate) fn snapshot(&self) -> &SiteSnapshot {
        self.engine.snapshot()
    }

    /// What an output is, as far as the plan and the configuration say it.
    pub(crate) fn identity(&self, output: &Output) -> Digest {
        let config = self.snapshot().config();
        let mut digester = Digester::new();
        digester.digest(output.kind.identity());
        if config.hosting.has_policy() {
            // What a page needs is known only where it was looked for, and depends on which host is its own.
            digester.flag(true).text(&config.base_url);
        }
        for encoding in &config.hosting.precompress {
            let name = format!("{}{}", output.file, encoding.value.suffix());
            digester.text(encoding.value.suffix()).flag(self.taken.contains(name.as_str()));
        }
        if output.file == "sitemap.xml" {
            // It may come in several files.
            digester.value(&self.taken);
        }
        digester.done()
    }

    /// Whether the sink holds all that is not handed over; asked once in a build. A file that has become too small for a compressed
    /// form would leave an old one there.
    pub(crate) fn stays(&self, sink: &dyn Sink) -> bool {
        self.is_same_plan
            && self.snapshot().config().hosting.precompress.is_empty()
            && sink.onlooker().is_some_and(Onlooker::stays)
    }

    /// The compressed forms that a file of the output should have.
    pub(crate) fn forms(&self, file: &str) -> Vec<(Encoding, OutputPath)> {
        if !is_text(file) {
            return Vec::new();
        }
        let encodings = self.snapshot().config().hosting.precompress.iter().map(|encoding| encoding.value);
        let form = |encoding: Encoding| {
            let name = format!("{file}{}", encoding.suffix());
            let is_taken = self.taken.contains(name.as_str());
            Some((encoding, OutputPath::new(&name).ok().filter(|_| !is_taken)?))
        };
        encodings.filter_map(form).collect()
    }
}

/// What became of the outputs.
#[derive(Default)]
pub(crate) struct Done {
    /// Outputs that were rendered, sorted, with the reason.
    pub rendered: Vec<(String, Cause)>,
    /// Outputs with an error of their own, by file, with what is wrong.
    pub failed: Vec<(String, Diagnostics)>,
    pub handed: HandedOver,
}

/// Hands an output over; gives what it consists of.
pub(crate) fn hand_over_plain(
    output: &Output,
    rendered: Rendered,
    sink: &dyn Sink,
    files: &mut Vec<(OutputPath, [u8; 32])>,
) -> Vec<(String, Arc<[u8]>)> {
    let parts = match rendered {
        Rendered::Bytes(bytes) => vec![(output.file.clone(), bytes)],
        Rendered::Several(parts) => parts,
    };
    for (name, bytes) in &parts {
        if let Ok(path) = OutputPath::new(name) {
            files.push(send(path, bytes.clone(), sink));
        }
    }
    parts
}

/// Hands a file over; gives its digest with it.
pub(crate) fn send(path: OutputPath, bytes: Arc<[u8]>, sink: &dyn Sink) -> (OutputPath, [u8; 32]) {
    let hash = *blake3::hash(&bytes).as_bytes();
    sink.take(OutputFile { path: path.clone(), body: Body::Bytes(bytes), hash: Some(hash) });
    (path, hash)
}
