//! What is known of pictures in `.ssg-cache/`: how they look in `pictures.memo`, and what was made of each in a file
//! `picture-….memo` that is named after the digest of its bytes and its recipe.
//!
//! A file begins with a line that names the format and ends with a digest (BLAKE3) of what lies between. What is damaged or
//! of another program is not used. For what that does not promise, see `store`: the digest is no signature.

use super::Memo;
use super::folder::Folder;
use ssg_render::{PictureLooks, PictureStore, Pictures};
use ssg_source::Digest;
use std::io;

/// How the names of files with what was made of a picture begin.
const PREFIX: &str = "picture-";
/// Of how pictures look.
const LOOKS: &str = "pictures.memo";
/// Longer files are not read.
const LARGEST: u64 = 1 << 28;
/// So many bytes are kept of what was made of pictures; the oldest go first.
const ROOM: u64 = 2 << 30;

struct Store(Folder);

/// The pictures of a site, of which the cache knows what earlier builds have made.
pub(super) fn remembered(folder: &Folder) -> Pictures {
    Pictures::remembering(Box::new(Store(folder.clone())))
}

/// Writes how pictures look, where that is news, and makes room.
///
/// # Errors
/// When the disk refuses.
pub(super) fn save(folder: &Folder, memo: &Memo) -> io::Result<()> {
    let Some(looks) = memo.pictures.to_remember() else { return Ok(()) };
    let bytes = postcard::to_allocvec(&looks).map_err(io::Error::other)?;
    folder.put(LOOKS, &sealed(&bytes))?;
    make_room(folder, ROOM);
    Ok(())
}

/// Removes the oldest results until no more than so many bytes are left.
fn make_room(folder: &Folder, room: u64) {
    let mut files = folder.list(PREFIX);
    files.sort();
    let mut total: u64 = files.iter().map(|(_, length, _)| length).sum();
    for (_, length, name) in files {
        if total <= room {
            return;
        }
        folder.forget(&name);
        total -= length;
    }
}

fn head() -> Vec<u8> {
    format!("ssg-picture 1 {}\n", Pictures::identity()).into_bytes()
}

fn sealed(bytes: &[u8]) -> Vec<u8> {
    [&head(), bytes, blake3::hash(bytes).as_bytes()].concat()
}

fn unsealed(mut file: Vec<u8>) -> Option<Vec<u8>> {
    let head = head();
    let (bytes, digest) = file.strip_prefix(&*head)?.split_last_chunk::<{ blake3::OUT_LEN }>()?;
    if blake3::hash(bytes).as_bytes() != digest {
        return None;
    }
    file.truncate(file.len() - blake3::OUT_LEN);
    file.drain(..head.len());
    Some(file)
}

impl Store {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        self.0.read(name, &head(), LARGEST).ok().and_then(unsealed)
    }
}

fn name(key: Digest) -> String {
    format!("{PREFIX}{key}.memo")
}

impl PictureStore for Store {
    fn looks(&self) -> PictureLooks {
        self.get(LOOKS).and_then(|bytes| postcard::from_bytes(&bytes).ok()).unwrap_or_default()
    }

    fn read(&self, key: Digest) -> Option<Vec<u8>> {
        self.get(&name(key))
    }

    fn write(&self, key: Digest, bytes: &[u8]) {
        // Without it the next build makes it again.
        let _ = self.0.put(&name(key), &sealed(bytes));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn what_is_kept_is_found_whole_or_not_at_all() {
        let root = tempfile::tempdir().expect("a folder");
        let store = Store(Folder::new(root.path()));
        let (one, two) = (Digest::of_text("one"), Digest::of_text("two"));
        assert_eq!(store.read(one), None);
        store.write(one, b"bytes");
        assert_eq!((store.read(one).as_deref(), store.read(two)), (Some(&b"bytes"[..]), None));
        let path = store.0.path(&name(one));
        let file = fs::read(&path).expect("a file");
        for at in 0..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 1;
            fs::write(&path, &changed).expect("written");
            assert_eq!(store.read(one), None, "a bit of byte {at}");
            fs::write(&path, &file[..at]).expect("written");
            assert_eq!(store.read(one), None, "cut at {at}");
        }
        store.0.remove().expect("removed");
        assert!(!root.path().join(".ssg-cache").exists());
    }

    #[test]
    fn the_oldest_go_first() {
        let root = tempfile::tempdir().expect("a folder");
        let store = Store(Folder::new(root.path()));
        let keys = ["a", "b", "c"].map(Digest::of_text);
        for (nth, key) in keys.into_iter().enumerate() {
            store.write(key, &[0; 1000]);
            let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(nth as u64);
            fs::File::options()
                .write(true)
                .open(store.0.path(&name(key)))
                .and_then(|file| file.set_modified(time))
                .expect("set");
        }
        make_room(&store.0, 2500);
        assert_eq!(keys.map(|key| store.read(key).is_some()), [false, true, true]);
    }
}
