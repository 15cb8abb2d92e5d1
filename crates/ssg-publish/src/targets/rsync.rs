//! `type = "rsync"`: a folder on another machine, or on this one, through the system's `rsync` and
//! `ssh`.
//!
//! The order is kept by several runs, each with the list of its files; what is removed is named as
//! well, so that nothing else can go. Arguments never pass a shell, here or there, and keys of hosts
//! are checked. A folder knows no conditional writes: the record is read again before and after it is
//! written, which notices another publisher but for an instant.

mod command;
mod destination;

use super::local_folder::check_local_folder;
use crate::failure::{Failure, Reason};
use crate::outputs::{Built, Outputs};
use crate::record::RECORD;
use crate::table::{missing, names_home};
use crate::target::{Portion, Site, Target, TargetState, Version};
use command::{Rsync, list_of};
use destination::Destination;
use ssg_build::write::{OutputPath, is_reserved};
use ssg_parse::Fields;
use ssg_source::{Diagnostic, Span, codes};
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Reads the table.
pub(super) fn read(fields: &mut Fields<'_>, at: Span, site: &Site) -> Option<Box<dyn Target>> {
    let to = fields.text(&["to"]);
    let port = fields.integer(&["port"]);
    let identity = fields.text(&["identity"]).map(|text| text.value);
    let known_hosts = fields.text(&["known_hosts"]).map(|text| text.value);
    let Some(to) = to else {
        missing(fields, at, "to", "name the folder: `to = \"deploy@www.example.org:/srv/www\"`");
        return None;
    };
    let port_number = port.as_ref().map(|port| u16::try_from(port.value).ok().filter(|port| *port > 0));
    if let (Some(port), Some(None)) = (&port, port_number) {
        fields.found().add(Diagnostic::error(codes::PUBLISH, "there is no such port").at(port.span));
        return None;
    }
    let files = [identity, known_hosts].map(|file| file.map(|file| in_site(&site.root, &file)));
    let [identity, known_hosts] = files;
    if names_home(fields, &to.value, to.span) {
        return None;
    }
    match Destination::parse(&to.value, &site.root) {
        Ok(place) => {
            let rsync = Rsync { place, port: port_number.flatten(), identity, known_hosts };
            Some(Box::new(Folder { rsync, site: site.root.clone(), scratch: site.scratch.clone() }))
        }
        Err((message, hint)) => {
            fields.found().add(Diagnostic::error(codes::PUBLISH, message).at(to.span).hint(hint));
            None
        }
    }
}

/// A file that is named relative to the site's folder, or with `~/`.
fn in_site(root: &Path, file: &str) -> PathBuf {
    match (file.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => std::path::absolute(root.join(file)).unwrap_or_else(|_| root.join(file)),
    }
}

/// The target.
#[derive(Debug)]
struct Folder {
    rsync: Rsync,
    /// The site's folder.
    site: PathBuf,
    scratch: PathBuf,
}

impl Folder {
    /// An empty folder of a name.
    fn fresh(&self, name: &str) -> Result<PathBuf, Failure> {
        let dir = self.scratch.join(name);
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).map_err(|error| {
            Failure::new(Reason::Machine, format!("cannot make `{}`: {error}", ssg_source::shown(&dir)))
        })?;
        Ok(dir)
    }

    /// The record at the target.
    fn read_record(&self) -> Result<Option<Vec<u8>>, Failure> {
        let dir = self.fresh("record")?;
        let said = self.rsync.fetch(RECORD, &dir)?;
        if !said.is_success() && !said.is_missing() {
            return Err(said.failure());
        }
        let at = dir.join(RECORD);
        Ok(match fs::symlink_metadata(&at) {
            Ok(data) if data.is_file() => {
                Some(fs::read(&at).map_err(|error| Failure::io("read", &at, &error))?)
            }
            Ok(_) => return Err(Failure::new(Reason::Policy, format!("`{RECORD}` there is no file"))),
            Err(_) => None,
        })
    }

    /// Of these files, those that `rsync` names when it only looks.
    fn named<'a>(
        &self,
        flags: &[&str],
        files: impl Iterator<Item = &'a str>,
        from: &Path,
    ) -> Result<BTreeSet<String>, Failure> {
        let list = list_of(files);
        let mut all = vec!["--dry-run", "--checksum", "--out-format=%n"];
        all.extend(flags);
        let said = self.rsync.send(&all, from, &list)?;
        let blocked: Vec<&str> = said.blocked().collect();
        // Where the folder itself is not there, nothing in it is.
        if !said.is_success() && !said.is_missing() && blocked.is_empty() {
            return Err(said.failure());
        }
        let printed = said.printed();
        Ok(printed.lines().chain(blocked).map(str::to_owned).collect())
    }
}

/// Whether something that is no folder stands where one must be: what `rsync` would replace it with is
/// named with a slash.
fn is_in_the_way(named: &BTreeSet<String>, folder: &str) -> bool {
    named.contains(&format!("{folder}/"))
}

/// Whether some of these files lie below a path.
fn holds(path: &str, files: &BTreeSet<&str>) -> bool {
    let start = format!("{path}/");
    files.range(start.as_str()..).next().is_some_and(|file| file.starts_with(&start))
}

fn version(record: &[u8]) -> String {
    blake3::hash(record).to_hex().to_string()
}

impl Target for Folder {
    fn place(&self) -> String {
        self.rsync.place.to_string()
    }

    fn portion(&self) -> Portion {
        // Each is a connection of its own, and must be over before others take this run for dead.
        Portion { files: 4096, bytes: 32 << 20 }
    }

    fn state(&mut self) -> Result<TargetState, Failure> {
        if let Some(here) = self.rsync.place.here() {
            check_local_folder(here, &self.site)?;
        }
        let record = self.read_record()?;
        let version = record.as_deref().map(version);
        Ok(TargetState { record, version, exclusive: false })
    }

    fn foreign(&mut self) -> Result<Option<String>, Failure> {
        let said = self.rsync.list(&self.fresh("empty")?)?;
        if !said.is_success() && !said.is_missing() {
            return Err(said.failure());
        }
        let names = said.printed();
        let is_foreign = |name: &&str| !is_reserved(name) && !matches!(*name, "." | "");
        Ok(names.lines().map(|name| name.trim_end_matches('/')).filter(is_foreign).min().map(str::to_owned))
    }

    fn taken(
        &mut self,
        new: &[Built],
        cleared: &BTreeSet<&str>,
        outputs: &Outputs,
    ) -> Result<Vec<OutputPath>, Failure> {
        let paths = new.iter().map(|file| file.path.as_str());
        let named = self.named(&["--existing"], paths, outputs.dir())?;
        // Where files of ours make way for a file, nobody else's is there, or the folder stays.
        let ours: BTreeSet<&str> =
            new.iter().map(|file| file.path.as_str()).filter(|path| holds(path, cleared)).collect();
        let is_taken = |file: &&Built| {
            let path = file.path.as_str();
            let above =
                file.path.folders().any(|folder| is_in_the_way(&named, folder) && !cleared.contains(folder));
            above || (named.contains(path) && !ours.contains(path))
        };
        Ok(new.iter().filter(is_taken).map(|file| file.path.clone()).collect())
    }

    fn begin(&mut self) -> Result<bool, Failure> {
        Ok(false)
    }

    fn put(
        &mut self,
        files: &[Built],
        outputs: &Outputs,
        sent: &(dyn Fn(&Built) + Sync),
    ) -> Result<(), Failure> {
        for file in files {
            // Somebody may have edited it since it was built.
            let mut reader = outputs.open(file)?;
            io::copy(&mut reader, &mut io::sink()).map_err(|error| reader.failure(&error))?;
        }
        let list = list_of(files.iter().map(|file| file.path.as_str()));
        self.rsync.send(&["--ignore-times", "--times"], outputs.dir(), &list)?.checked()?;
        files.iter().for_each(sent);
        Ok(())
    }

    fn remove(&mut self, paths: &[OutputPath]) -> Result<(), Failure> {
        if paths.is_empty() {
            return Ok(());
        }
        // What is named and not here is removed there. The folders are here, lest they are named too.
        let here = self.fresh("gone")?;
        let mut folders: BTreeSet<&str> = BTreeSet::new();
        for path in paths {
            folders.extend(path.folders());
        }
        for folder in &folders {
            let at = here.join(folder);
            fs::create_dir_all(&at).map_err(|error| Failure::io("make", &at, &error))?;
        }
        // Behind a link, or anything else that has taken a folder's place, nothing is ours.
        let named = self.named(&["--existing", "--dirs"], folders.iter().copied(), &here)?;
        let is_ours = |path: &str| {
            let path = format!("{path}/");
            !named.iter().any(|name| name.ends_with('/') && path.starts_with(name.as_str()))
        };
        folders.retain(|folder| is_ours(folder));
        let list = list_of(paths.iter().map(OutputPath::as_str).filter(|path| is_ours(path)));
        if list.is_empty() {
            return Ok(());
        }
        self.rsync.send(&["--delete-missing-args"], &here, &list)?.checked()?;
        // Folders that are empty now, inner ones first; the others are refused.
        let mut depths: Vec<usize> = folders.iter().map(|folder| folder.matches('/').count()).collect();
        depths.sort_unstable_by_key(|depth| Reverse(*depth));
        depths.dedup();
        for depth in depths {
            let at_depth = folders.iter().filter(|folder| folder.matches('/').count() == depth);
            let names: Vec<&str> = at_depth.copied().collect();
            for name in &names {
                let _ = fs::remove_dir(here.join(name));
            }
            let said = self.rsync.send(&["--delete-missing-args"], &here, &list_of(names.into_iter()))?;
            if said.is_lost() {
                return Err(said.failure());
            }
        }
        Ok(())
    }

    fn record(&mut self, text: &str, expected: &Version) -> Result<Version, Failure> {
        let found = self.read_record()?.as_deref().map(version);
        if found != *expected {
            return Err(Failure::conflict());
        }
        let dir = self.fresh("new")?;
        let at = dir.join(RECORD);
        fs::write(&at, text).map_err(|error| Failure::io("write", &at, &error))?;
        self.rsync.send(&["--ignore-times"], &dir, &list_of(std::iter::once(RECORD)))?.checked()?;
        let written = version(text.as_bytes());
        match self.read_record()?.as_deref().map(version) {
            Some(found) if found == written => Ok(Some(written)),
            _ => Err(Failure::conflict()),
        }
    }
}
