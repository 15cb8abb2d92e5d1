//! `type = "dir"`: a folder of this machine, or a mount.
//!
//! Where the file system can, a copy of the folder is made beside it by links, changed there, and
//! swapped with the folder in one step, foreign files included. Elsewhere files are replaced one by
//! one, each whole, in the order of the run. Links are never followed, so nothing outside is written.

mod locked_folder;
mod swap;
mod tree;

use crate::failure::{Failure, Reason};
use crate::outputs::{Built, Outputs};
use crate::record::RECORD;
use crate::table::{missing, names_home};
use crate::target::{Site, Target, TargetState, Version};
use locked_folder::LockedFolder;
use rayon::prelude::*;
use ssg_build::write::OutputPath;
use ssg_parse::Fields;
use ssg_source::Span;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};
use swap::Swap;
use tree::Obstacle;

/// Reads the table.
pub(super) fn read(fields: &mut Fields<'_>, at: Span, site: &Site) -> Option<Box<dyn Target>> {
    let swap = fields.flag(&["swap"]).is_none_or(|flag| flag.value);
    let Some(path) = fields.text(&["path"]) else {
        missing(fields, at, "path", "name the folder: `path = \"/srv/www/site\"`");
        return None;
    };
    if names_home(fields, &path.value, path.span) {
        return None;
    }
    Some(Box::new(Dir { path: site.root.join(&path.value), site: site.clone(), may_swap: swap, open: None }))
}

/// The target.
#[derive(Debug)]
struct Dir {
    path: PathBuf,
    site: Site,
    may_swap: bool,
    open: Option<Open>,
}

/// A folder that was looked at and is locked.
#[derive(Debug)]
struct Open {
    swap: Option<Swap>,
    // Holds the lock: last, so that nothing is done after it is freed.
    place: LockedFolder,
}

impl Open {
    /// The folder that is changed.
    fn at(&self) -> &Path {
        self.swap.as_ref().map_or(&self.place.dir, |swap| &swap.beside)
    }
}

impl Dir {
    fn open(&self) -> Result<&Open, Failure> {
        self.open.as_ref().ok_or_else(|| Failure::new(Reason::Target, "the folder was not looked at"))
    }
}

impl Target for Dir {
    fn place(&self) -> String {
        let path = self.open.as_ref().map_or(&self.path, |open| &open.place.dir);
        path.display().to_string()
    }

    fn state(&mut self) -> Result<TargetState, Failure> {
        // A second lock would wait for the first.
        self.open = None;
        let place = LockedFolder::open(&self.path, &self.site.root)?;
        place.sweep()?;
        let record = read_record(&place.dir)?;
        let version = record.as_deref().map(version);
        self.open = Some(Open { place, swap: None });
        Ok(TargetState { record, version, exclusive: true })
    }

    fn foreign(&mut self) -> Result<Option<String>, Failure> {
        let dir = &self.open()?.place.dir;
        let entries = match fs::read_dir(dir) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(|error| Failure::io("list", dir, &error))?,
        };
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        Ok(names.filter(|name| !ssg_build::write::is_reserved(name)).min())
    }

    fn taken(
        &mut self,
        new: &[Built],
        cleared: &BTreeSet<&str>,
        _outputs: &Outputs,
    ) -> Result<Vec<OutputPath>, Failure> {
        let dir = &self.open()?.place.dir;
        let mut taken = Vec::new();
        for file in new {
            match tree::obstacle(dir, &file.path).map_err(|error| Failure::io("examine", dir, &error))? {
                Obstacle::None => {}
                Obstacle::Above if file.path.folders().any(|folder| cleared.contains(folder)) => {}
                Obstacle::Folder if tree::holds_only(dir, file.path.as_str(), cleared) => {}
                Obstacle::File if is_same(&file.path.below(dir), file) => {}
                _ => taken.push(file.path.clone()),
            }
        }
        Ok(taken)
    }

    fn held(&mut self, files: &[Built]) -> Result<BTreeSet<OutputPath>, Failure> {
        let dir = &self.open()?.place.dir;
        let same = |file: &&Built| {
            matches!(tree::obstacle(dir, &file.path), Ok(Obstacle::File))
                && is_same(&file.path.below(dir), file)
        };
        Ok(files.par_iter().filter(same).map(|file| file.path.clone()).collect())
    }

    fn changed(&mut self, files: &[Built], _outputs: &Outputs) -> Result<Vec<OutputPath>, Failure> {
        let dir = &self.open()?.place.dir;
        // Reading all of it would cost as much as writing it.
        let differs = |file: &&Built| {
            !fs::symlink_metadata(file.path.below(dir))
                .is_ok_and(|data| data.is_file() && data.len() == file.size)
        };
        Ok(files.par_iter().filter(differs).map(|file| file.path.clone()).collect())
    }

    fn begin(&mut self) -> Result<bool, Failure> {
        let may_swap = self.may_swap;
        let Some(open) = &mut self.open else { return self.open().map(|_| false) };
        open.swap = if may_swap { Swap::begin(&open.place)? } else { None };
        if open.swap.is_none() {
            fs::create_dir_all(&open.place.dir)
                .map_err(|error| Failure::io("make", &open.place.dir, &error))?;
        }
        Ok(open.swap.is_some())
    }

    fn put(
        &mut self,
        files: &[Built],
        outputs: &Outputs,
        sent: &(dyn Fn(&Built) + Sync),
    ) -> Result<(), Failure> {
        let dir = self.open()?.at();
        files.par_iter().try_for_each(|file| {
            let mut reader = outputs.open(file)?;
            tree::put(dir, &file.path, &mut reader).map_err(|error| {
                if reader.is_changed() {
                    return reader.failure(&error);
                }
                let at = file.path.below(dir);
                let failure = Failure::io("write", &at, &error);
                if error.kind() == io::ErrorKind::NotADirectory {
                    failure.hint("a link or a file stands where a folder must be: move it elsewhere")
                } else {
                    failure
                }
            })?;
            sent(file);
            Ok(())
        })
    }

    fn remove(&mut self, paths: &[OutputPath]) -> Result<(), Failure> {
        let dir = self.open()?.at();
        for path in paths {
            tree::remove(dir, path).map_err(|error| Failure::io("remove", &path.below(dir), &error))?;
        }
        Ok(())
    }

    fn record(&mut self, text: &str, expected: &Version) -> Result<Version, Failure> {
        let Some(open) = &self.open else { return self.open().map(|_| None) };
        let found = read_record(&open.place.dir)?.as_deref().map(version);
        if found != *expected {
            return Err(Failure::conflict());
        }
        tree::write_record(open.at(), text.as_bytes())
            .map_err(|error| Failure::io("write", &open.at().join(RECORD), &error))?;
        if let Some(swap) = &open.swap
            && !swap.finish(&open.place)?
        {
            // Another try, file by file.
            self.may_swap = false;
            return Err(Failure::conflict());
        }
        Ok(Some(version(text.as_bytes())))
    }
}

fn read_record(dir: &Path) -> Result<Option<Vec<u8>>, Failure> {
    let at = dir.join(RECORD);
    match fs::symlink_metadata(&at) {
        Ok(data) if data.is_file() => {
            fs::read(&at).map(Some).map_err(|error| Failure::io("read", &at, &error))
        }
        Ok(_) => Err(Failure::new(Reason::Policy, format!("`{}` is no file", ssg_source::shown(&at)))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io("read", &at, &error)),
    }
}

fn version(record: &[u8]) -> String {
    blake3::hash(record).to_hex().to_string()
}

/// Whether a regular file has exactly these bytes.
fn is_same(at: &Path, file: &Built) -> bool {
    fs::symlink_metadata(at).is_ok_and(|data| data.is_file() && data.len() == file.size)
        && fs::read(at).is_ok_and(|bytes| *blake3::hash(&bytes).as_bytes() == file.hash)
}
