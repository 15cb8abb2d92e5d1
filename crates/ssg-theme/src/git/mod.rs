//! Fetches a theme with the system's git.
//!
//! Nothing is ever checked out: git fetches one commit into a bare repository in a temporary folder,
//! lists its files, and prints them. So no hook can run, no filter, no submodule, and no link can be
//! made, and what is refused is refused before a byte of it is written.

mod address;
mod run;

pub use address::Address;

use crate::fetched::{Files, Limits, Listed, refused};
use run::{Git, failed};
use ssg_source::{Class, Diagnostic};
use std::path::Path;

/// What was fetched.
#[derive(Debug)]
pub(crate) struct Fetched {
    /// Hash of the commit.
    pub commit: String,
    /// Files by path.
    pub files: Files,
}

/// Fetches one commit; `scratch` is an empty folder that is used up, `base` what a relative address
/// is relative to.
///
/// # Errors
/// When git fails, and for what no theme may hold.
pub(crate) fn fetch(
    address: &Address,
    base: &Path,
    scratch: &Path,
    limits: &Limits,
) -> Result<Fetched, Diagnostic> {
    let folder = scratch.join("git");
    let git = Git::new(&folder, limits);
    let folder_text = folder.to_str().ok_or_else(|| failed("the folder's name is no text".to_owned()))?;
    git.run(&["init", "--quiet", "--bare", "--template=", folder_text], b"", 1024)?;
    let url = if address.is_path() {
        let path = base.join(&address.url);
        let known = path.canonicalize().map_err(|error| {
            failed(format!("there is no repository at `{}`: {error}", address.url)).class(Class::Usage)
        })?;
        known.to_str().ok_or_else(|| failed("the path is no text".to_owned()))?.to_owned()
    } else {
        address.url.clone()
    };
    let rev = address.rev.as_deref().unwrap_or("HEAD");
    let fetch = [
        "fetch",
        "--quiet",
        "--depth=1",
        "--no-tags",
        "--no-recurse-submodules",
        "--no-auto-maintenance",
        "--",
        &url,
        rev,
    ];
    git.run(&fetch, b"", 64 * 1024)?;
    let commit = git.run(&["rev-parse", "--verify", "--quiet", "FETCH_HEAD^{commit}"], b"", 1024)?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    if !is_hash(&commit) {
        return Err(failed("git did not say which commit it fetched".to_owned()));
    }
    let most = limits.files.saturating_mul(512);
    let listing = git.run(&["ls-tree", "-r", "-z", "-l", "--full-tree", &commit], b"", most)?;
    let listed = read_listing(&listing)?;
    let listed = limits.check(listed)?;
    let files = read_files(&git, &listed, limits)?;
    Ok(Fetched { commit, files })
}

/// Whether a text is the hash of a commit.
pub(crate) fn is_hash(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Reads `mode type object size⇥path`, each ended by a NUL.
fn read_listing(listing: &[u8]) -> Result<Vec<Listed>, Diagnostic> {
    let unclear = || failed("git lists files in a form that is not known".to_owned());
    let mut listed = Vec::new();
    for entry in listing.split(|byte| *byte == 0).filter(|entry| !entry.is_empty()) {
        let Ok(entry) = std::str::from_utf8(entry) else {
            return Err(refused("the name of a file is not UTF-8"));
        };
        let (facts, path) = entry.split_once('\t').ok_or_else(unclear)?;
        let mut facts = facts.split_whitespace();
        let (Some(mode), Some(_), Some(object), Some(size)) =
            (facts.next(), facts.next(), facts.next(), facts.next())
        else {
            return Err(unclear());
        };
        listed.push(Listed {
            path: path.to_owned(),
            mode: mode.to_owned(),
            object: object.to_owned(),
            size: size.parse().unwrap_or(0),
        });
    }
    Ok(listed)
}

/// Reads the files' bytes: for each `object type size`, a line feed, the bytes, a line feed.
fn read_files(git: &Git<'_>, listed: &[Listed], limits: &Limits) -> Result<Files, Diagnostic> {
    let wanted: String = listed.iter().map(|file| format!("{}\n", file.object)).collect();
    let most = usize::try_from(limits.total).unwrap_or(usize::MAX).saturating_add(listed.len() * 128);
    let printed = git.run(&["cat-file", "--batch"], wanted.as_bytes(), most)?;
    let unclear = || failed("git prints files in a form that is not known".to_owned());
    let mut files = Files::new();
    let mut rest = printed.as_slice();
    for file in listed {
        let line_end = rest.iter().position(|byte| *byte == b'\n').ok_or_else(unclear)?;
        let head = String::from_utf8_lossy(&rest[..line_end]).into_owned();
        let size: usize = head.rsplit(' ').next().and_then(|size| size.parse().ok()).ok_or_else(unclear)?;
        let start = line_end + 1;
        let bytes = rest.get(start..start.saturating_add(size)).ok_or_else(unclear)?;
        files.insert(file.path.clone(), bytes.to_vec());
        rest = rest.get(start + size + 1..).ok_or_else(unclear)?;
    }
    Ok(files)
}
