//! The list of the files that are ours: `.ssg-manifest` in the output.
//!
//! A line that names the version and the state, then `digest  path` lines sorted by path. It holds
//! no times, so equal outputs have equal manifests. While files are being replaced its state is
//! `pending` and it lists the old and the new paths together; digests in it then say nothing.

use super::disk::{self, Hash};
use super::path::OutputPath;
use super::problem;
use ssg_source::{Class, Diagnostic, codes};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

/// Name of the manifest's file in the output.
pub const MANIFEST: &str = ".ssg-manifest";

const COMPLETE: &str = "ssg-manifest 1 complete";
const PENDING: &str = "ssg-manifest 1 pending";

/// Which files of an output are ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// False when the last run was cut while it replaced files: each file is an old or a new one.
    pub complete: bool,
    /// Digest (BLAKE3) of every file.
    pub files: BTreeMap<OutputPath, Hash>,
}

/// Reads the manifest of an output; `None` where there is none.
///
/// # Errors
/// `Class::Usage` for a manifest that is damaged or of another version, since nothing then says
/// which files are ours; `Class::Machine` when it cannot be read.
pub fn read_manifest(dir: &Path) -> Result<Option<Manifest>, Diagnostic> {
    let path = dir.join(MANIFEST);
    let read = || match disk::look(&path)? {
        Some(data) if data.is_file() => fs::read(&path).map(Some),
        Some(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "not a regular file")),
        None => Ok(None),
    };
    match read() {
        Ok(Some(bytes)) => Manifest::parse(&bytes).map(Some).ok_or_else(|| {
            problem(
                Class::Usage,
                codes::OUTPUT_MANIFEST,
                format!("`{}` is damaged or of another version", ssg_source::shown(&path)),
            )
            .hint("nothing says any more which files there are ours: remove the folder and build again")
        }),
        Ok(None) => Ok(None),
        Err(error) => Err(super::machine("read", &path, &error)),
    }
}

impl Manifest {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let text = str::from_utf8(bytes).ok()?;
        if !text.ends_with('\n') {
            return None;
        }
        let mut lines = text.lines();
        let (state, count) = lines.next()?.rsplit_once(' ')?;
        let complete = match state {
            COMPLETE => true,
            PENDING => false,
            _ => return None,
        };
        let file = |line: &str| {
            let (digest, path) = line.split_once("  ")?;
            let digest = blake3::Hash::from_hex(digest).ok()?;
            Some((OutputPath::new(path).ok()?, *digest.as_bytes()))
        };
        // Collected at once, since they are sorted.
        let files: BTreeMap<OutputPath, Hash> =
            lines.map(file).collect::<Option<Vec<_>>>()?.into_iter().collect();
        (files.len() == count.parse::<usize>().ok()?).then_some(Self { complete, files })
    }

    /// The file's text.
    pub(super) fn to_text(&self) -> String {
        let mut text = String::with_capacity(self.files.len() * 100);
        let state = if self.complete { COMPLETE } else { PENDING };
        // Writing to a `String` never fails.
        let _ = writeln!(text, "{state} {}", self.files.len());
        for (path, hash) in &self.files {
            let _ = writeln!(text, "{}  {path}", blake3::Hash::from_bytes(*hash).to_hex());
        }
        text
    }
}
