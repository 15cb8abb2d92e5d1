//! A shared cache in a folder, such as one on a disk that machines have in common.

use super::RemoteCache;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder. It is made when something is put into it.
#[derive(Debug)]
pub struct FolderStore {
    dir: PathBuf,
}

impl FolderStore {
    /// The store in this folder.
    #[must_use]
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    fn read(&self, name: &str, limit: u64) -> io::Result<Vec<u8>> {
        let path = self.dir.join(name);
        let data = fs::metadata(&path)?;
        // A pipe would be waited for.
        if !data.is_file() {
            return Err(io::Error::other("it is no file"));
        }
        let mut bytes = Vec::new();
        File::open(&path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::Error::other("it is larger than it should be"));
        }
        Ok(bytes)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.dir.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let (mut file, temporary) = create(&path)?;
        let written = file.write_all(bytes).and_then(|()| fs::rename(&temporary, &path));
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written
    }
}

/// Makes a file beside `path` that nobody else writes. Processes of other machines may have the same
/// number, and one that was killed may have left its file.
fn create(path: &Path) -> io::Result<(File, PathBuf)> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let attempt = || {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let temporary = path.with_file_name(format!(".tmp-{}-{number}", std::process::id()));
        Ok((File::create_new(&temporary)?, temporary))
    };
    let mut made: io::Result<(File, PathBuf)> = attempt();
    for _ in 0..1000 {
        match made {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => made = attempt(),
            other => return other,
        }
    }
    made
}

impl RemoteCache for FolderStore {
    fn fetch(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, String> {
        match self.read(name, limit) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }

    fn has(&self, name: &str) -> Result<bool, String> {
        self.dir.join(name).try_exists().map_err(|error| error.to_string())
    }

    fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), String> {
        self.write(name, &bytes).map_err(|error| error.to_string())
    }
}
