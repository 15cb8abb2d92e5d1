//! A build of the whole site, from which many others go on: each with the same cache and output.

use super::disk::Disk;
use super::run::{Failure, Runner};
use super::site::Site;
use super::state::{How, State};
use super::subject::{Clean, Into, same};
use super::tree::Tree;
use ssg_build::{Cache, Compiled, Memo};
use ssg_engine::ReadKind;

/// What a build of the whole site left.
pub struct Base {
    pub site: Site,
    clean: Clean,
    disk: Disk,
    cache: Cache,
    _folder: tempfile::TempDir,
}

/// A state that follows, with what a clean build makes of it.
pub struct Next {
    state: State,
    disk: Disk,
    clean: Clean,
}

impl Base {
    /// Builds a site, which may have errors.
    pub fn new(runner: &mut Runner, site: Site) -> Self {
        let state = State::of(&site, "the base".to_owned(), How::default());
        let mut disk = Disk::new(state.instant, false);
        disk.become_files(&state.files);
        let mut memo = Memo::new();
        let (tree, compiled) =
            runner.compile(&state, &disk, &mut memo, &Into::output(&Tree::default())).expect("no panic");
        let folder = tempfile::tempdir().expect("temporary folder");
        let cache = Cache::new(folder.path(), "base", "0");
        memo.touch();
        cache.save(&mut memo).expect("the cache is written");
        Self { site, clean: Clean { tree, compiled }, disk, cache, _folder: folder }
    }

    /// A state that follows; `None` where its output is the same.
    pub fn next(&self, runner: &mut Runner, site: &Site) -> Option<Next> {
        let state = State::of(site, "the next".to_owned(), How::default());
        let mut disk = self.disk.clone();
        disk.set_instant(state.instant);
        disk.become_files(&state.files);
        let clean = runner.clean(&state, &disk).expect("no panic");
        let is_same = same(&clean.tree, &clean.compiled, &self.clean).is_ok();
        (!is_same).then_some(Next { state, disk, clean })
    }

    /// What a build that goes on from here does otherwise than a clean one, where it does not know what was
    /// read of a kind.
    pub fn go_on(
        &self,
        runner: &mut Runner,
        next: &Next,
        leaves_out: Option<ReadKind>,
    ) -> Result<Compiled, Failure> {
        let mut memo = runner.memo();
        memo.replace_by(self.cache.load().0);
        if let Some(kind) = leaves_out {
            memo.leave_out(kind);
        }
        let into = Into::output(&self.clean.tree);
        let (tree, compiled) = runner.compile(&next.state, &next.disk, &mut memo, &into)?;
        same(&tree, &compiled, &next.clean)?;
        Ok(compiled)
    }
}
