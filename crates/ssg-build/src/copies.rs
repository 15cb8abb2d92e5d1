//! What is copied as it is goes to the sink here, with its compressed forms.
//!
//! A file on disk is copied by the sink and read only where something must be known of its bytes. Digests of the last
//! build are believed while the file looks as it did.

use crate::memo::{AllNeeds, Compressed, Copies, Form, Forms, Memo};
use crate::precompress::{Effort, compress};
use crate::seen::Seen;
use crate::sink::Sink;
use crate::work::{Done, Work, hand_over_plain, send};
use crate::write::{Body, OutputFile, OutputPath};
use rayon::prelude::*;
use ssg_render::{Needs, NeedsKind, Output, render};
use ssg_source::hash::HashMap;
use ssg_source::{Diagnostics, DiskFile, SitePath};
use std::sync::Arc;

/// Digest (BLAKE3) of a file's bytes.
type Hash = [u8; 32];

/// What came of one output.
#[derive(Default)]
struct Copied {
    copy: Option<(OutputPath, SitePath, Seen, Hash)>,
    files: Vec<(OutputPath, Hash)>,
    found: Diagnostics,
    needs: Option<(Hash, Needs)>,
    /// Its digest, and those of its compressed forms.
    forms: Option<(Hash, Forms)>,
}

/// What is known from the last build.
struct Known<'a> {
    copies: &'a Copies,
    needs: &'a AllNeeds,
    compressed: &'a Compressed,
}

/// Hands over what is copied as it is.
pub(crate) fn copy_outputs(work: &Work, memo: &mut Memo, sink: &dyn Sink, found: &mut Diagnostics) -> Done {
    let outputs: Vec<&Output> = work.outputs.iter().filter(|output| !output.kind.is_rendered()).collect();
    let known = Known { copies: &memo.copies, needs: &memo.records.needs, compressed: &memo.compressed };
    let copied: Vec<Copied> = outputs.par_iter().map(|output| copy(work, output, &known, sink)).collect();
    let mut done = Done::default();
    let (mut needs, mut forms) = (HashMap::default(), HashMap::default());
    for (output, copied) in outputs.iter().zip(copied) {
        done.handed.copies.extend(copied.copy);
        done.handed.fixed.extend(copied.files);
        found.extend(copied.found);
        needs.extend(copied.needs.map(|needs| (output.file.clone(), needs)));
        forms.extend(copied.forms);
    }
    let known =
        done.handed.copies.iter().map(|(_, source, seen, hash)| (source.clone(), (*seen, *hash))).collect();
    memo.changed |= memo.copies.replace(known);
    memo.changed |= memo.records.needs.replace_copied(needs);
    memo.changed |= memo.compressed.replace(forms);
    done
}

fn copy(work: &Work, output: &Output, known: &Known, sink: &dyn Sink) -> Copied {
    let mut copied = Copied::default();
    let hash = match output.kind.copied_file() {
        Some(source) => match work.snapshot().inputs().find(source) {
            Ok(from) => hand_over_copy(work, output, source, from, known, sink, &mut copied),
            // It went, or a link out of the site took its place, since it was listed.
            Err(error) => {
                copied.found.add(error.diagnostic(source));
                None
            }
        },
        None => {
            let made = work.engine.make(|reads| render(reads, output));
            copied.found = made.found;
            if let Some(rendered) = made.value {
                hand_over_plain(output, rendered, sink, &mut copied.files);
            }
            copied.files.first().map(|(_, hash)| *hash)
        }
    };
    if let Some(hash) = hash {
        let bytes = Bytes { work, output };
        copied.needs = needs(&bytes, hash, known);
        compress_copy(&bytes, hash, known, sink, &mut copied);
    }
    copied
}

/// Hands a file on disk over; gives its digest where that is known.
fn hand_over_copy(
    work: &Work,
    output: &Output,
    source: &SitePath,
    from: DiskFile,
    known: &Known,
    sink: &dyn Sink,
    copied: &mut Copied,
) -> Option<Hash> {
    let path = OutputPath::new(&output.file).ok()?;
    let seen = work.listing.seen(source);
    // The digest is that of the file as it was listed, and says nothing of one that was edited since.
    let is_as_listed = seen.is_some_and(|seen| seen.is_of(from.stamp()));
    let before = seen.filter(|_| is_as_listed).and_then(|seen| known.copies.digest(source, &seen));
    let taken = sink.take(OutputFile { path: path.clone(), body: Body::Copy(from), hash: before });
    let hash = taken.or(before)?;
    // What was taken is another file than the one that was listed: its digest says nothing of that.
    let seen = seen.map(|seen| if is_as_listed { seen } else { Seen::default() });
    copied.copy = seen.map(|seen| (path, source.clone(), seen, hash));
    Some(hash)
}

/// The bytes of a copy, read where they are needed.
struct Bytes<'a> {
    work: &'a Work<'a>,
    output: &'a Output,
}

impl Bytes<'_> {
    fn read(&self) -> Option<Arc<[u8]>> {
        match self.output.kind.fixed_bytes() {
            Some(bytes) => Some(bytes.clone()),
            None => self.work.snapshot().inputs().read(self.output.source.as_ref()?).ok(),
        }
    }
}

/// What a copy needs of a content security policy, with a digest of what that was made of: its bytes and the
/// site's address.
fn needs(bytes: &Bytes, hash: Hash, known: &Known) -> Option<(Hash, Needs)> {
    let config = bytes.work.snapshot().config();
    let kind = NeedsKind::of(&bytes.output.file).filter(|_| config.hosting.has_policy())?;
    // Which host is the site's own decides what is foreign.
    let made_of = |hash: &[u8]| {
        let mut hasher = blake3::Hasher::new();
        *hasher.update(hash).update(config.base_url.as_bytes()).finalize().as_bytes()
    };
    if let Some(needs) = known.needs.of_copy(&bytes.output.file, &made_of(&hash)) {
        return Some((made_of(&hash), needs.clone()));
    }
    let bytes = bytes.read()?;
    // Somebody may be writing it: then the next build looks again.
    Some((made_of(blake3::hash(&bytes).as_bytes()), Needs::of(kind, &bytes, &config.base_url)))
}

/// Hands over the compressed forms of a copy: those that the sink has already are not made again.
fn compress_copy(bytes: &Bytes, hash: Hash, known: &Known, sink: &dyn Sink, copied: &mut Copied) {
    let mut forms = Forms::new();
    let mut is_certain = true;
    for (encoding, path) in bytes.work.forms(&bytes.output.file) {
        let known = known.compressed.of(&hash, encoding);
        let stays = match known {
            Some(Form::None) => true,
            Some(Form::File(form)) => sink.keep(&[(path.clone(), form)]),
            None => false,
        };
        if let Some(form) = known.filter(|_| stays) {
            forms.push((encoding, form));
            if let Form::File(hash) = form {
                copied.files.push((path, hash));
            }
            continue;
        }
        let Some(bytes) = bytes.read() else { continue };
        is_certain &= *blake3::hash(&bytes).as_bytes() == hash;
        let form = compress(&bytes, encoding, Effort::Once).map(|form| send(path, form.into(), sink));
        forms.push((encoding, form.as_ref().map_or(Form::None, |(_, hash)| Form::File(*hash))));
        copied.files.extend(form);
    }
    if is_certain && !forms.is_empty() {
        copied.forms = Some((hash, forms));
    }
}
