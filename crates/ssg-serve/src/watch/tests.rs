//! What happens when the system has no more watches to give.

use super::*;
use notify::{Config, ErrorKind, EventHandler, RecursiveMode, WatcherKind};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// A system that gives a number of watches and no events.
struct Scarce(usize);

impl notify::Watcher for Scarce {
    fn new<F: EventHandler>(_: F, _: Config) -> notify::Result<Self> {
        Ok(Self(0))
    }

    fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
        self.0 = self.0.checked_sub(1).ok_or_else(|| notify::Error::new(ErrorKind::MaxFilesWatch))?;
        Ok(())
    }

    fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
        Ok(())
    }

    fn kind() -> WatcherKind {
        WatcherKind::NullWatcher
    }
}

/// A system in which a folder of the root comes into being just before the one around it is watched,
/// so that no event tells of it.
struct Racing {
    root: PathBuf,
    watched: Sender<(PathBuf, RecursiveMode)>,
}

impl notify::Watcher for Racing {
    fn new<F: EventHandler>(_: F, _: Config) -> notify::Result<Self> {
        Err(notify::Error::generic("made by hand"))
    }

    fn watch(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        let next = self.root.ancestors().find(|folder| folder.parent() == Some(path));
        if let Some(next) = next.filter(|next| !next.exists()) {
            fs::create_dir(next).map_err(notify::Error::io)?;
        }
        let _ = self.watched.send((path.to_owned(), mode));
        Ok(())
    }

    fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
        Ok(())
    }

    fn kind() -> WatcherKind {
        WatcherKind::NullWatcher
    }
}

#[test]
fn a_root_that_comes_between_look_and_watch_is_watched() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("a path").join("themes/x/templates");
    let (send, watched) = channel();
    let wanted = root.clone();
    let open = move |_| {
        let racing = Racing { root: wanted.clone(), watched: send.clone() };
        Ok::<Box<dyn notify::Watcher + Send>, _>(Box::new(racing))
    };
    let (_watcher, _hints) =
        Watcher::start_with(std::slice::from_ref(&root), vec![], WatchMode::Events, &open);
    assert!(watched.try_iter().any(|watch| watch == (root.clone(), RecursiveMode::Recursive)));
}

fn next(hints: &Hints) -> Hint {
    hints.wait_until(Instant::now() + Duration::from_secs(10)).expect("a hint")
}

#[test]
fn a_used_up_quota_is_told_once_and_then_polled() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("content");
    fs::create_dir(&root).expect("a folder");
    let open = |_| Ok::<Box<dyn notify::Watcher + Send>, _>(Box::new(Scarce(1)));
    let (_watcher, hints) =
        Watcher::start_with(std::slice::from_ref(&root), vec![], WatchMode::Events, &open);

    let first = next(&hints);
    assert!(first.rescan && first.warning.is_some_and(|text| text.contains("max_user_watches")));
    fs::write(root.join("a.md"), "a").expect("a file");
    let second = next(&hints);
    assert!(second.paths.contains(&root.join("a.md")) && second.warning.is_none());
}

#[test]
fn a_quota_used_up_later_is_told_once_and_then_polled() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("content");
    fs::create_dir(&root).expect("a folder");
    let (send, sent) = channel();
    let open = move |signals| {
        let _ = send.send(signals);
        Ok::<Box<dyn notify::Watcher + Send>, _>(Box::new(Scarce(9)))
    };
    let (_watcher, hints) =
        Watcher::start_with(std::slice::from_ref(&root), vec![], WatchMode::Events, &open);
    assert_eq!(hints.take(), None);

    // Written while events were still expected, and found by the first look at everything.
    fs::write(root.join("a.md"), "a").expect("a file");
    let signals = sent.recv().expect("the watcher is open");
    for _ in 0..3 {
        let _ = signals.send(Signal::Event(Err(notify::Error::new(ErrorKind::MaxFilesWatch))));
    }
    let first = next(&hints);
    assert!(first.rescan && first.warning.is_some());
    fs::write(root.join("b.md"), "b").expect("a file");
    let second = next(&hints);
    assert!(second.paths.contains(&root.join("b.md")) && second.warning.is_none());
}

#[test]
fn a_new_folder_is_looked_at_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("a path").join("content");
    let new = root.join("new");
    fs::create_dir_all(&new).expect("a folder");
    let (send, sent) = channel();
    let open = move |signals| {
        let _ = send.send(signals);
        Ok::<Box<dyn notify::Watcher + Send>, _>(Box::new(Scarce(9)))
    };
    let (_watcher, hints) =
        Watcher::start_with(std::slice::from_ref(&root), vec![], WatchMode::Events, &open);
    let signals = sent.recv().expect("the watcher is open");
    let kind = notify::EventKind::Create(notify::event::CreateKind::Folder);
    let _ = signals.send(Signal::Event(Ok(notify::Event::new(kind).add_path(new.clone()))));
    let first = next(&hints);
    // Made before the system watches the folder: there is no event for it.
    fs::write(new.join("a.md"), "a").expect("a file");
    let second = next(&hints);
    for hint in [first, second] {
        assert!(hint.rescan && hint.paths.contains(&new));
    }
    assert_eq!(hints.wait_until(Instant::now() + Duration::from_millis(300)), None);
}
