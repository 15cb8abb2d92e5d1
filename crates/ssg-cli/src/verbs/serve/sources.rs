//! What `ssg serve` remembers of content files from one start to the next.

use crate::session::{Session, VERSION};
use ssg_build::{Cache, CacheState, Memo};

/// The server's own cache.
pub fn cache(session: &Session) -> Cache {
    Cache::new(session.inputs.root(), "serve", VERSION)
}

/// What is remembered; where there is nothing, what a build left. Outputs are not among it: the server
/// has none yet.
pub fn load(session: &Session) -> Memo {
    let (mut memo, state) = cache(session).load();
    if state != CacheState::Read {
        memo = Cache::new(session.inputs.root(), "build", VERSION).load().0;
    }
    memo.forget_outputs();
    memo
}

/// Writes it, if anything in it is new. That it cannot be written costs the next start time, and
/// nothing else.
pub fn save(session: &Session, memo: &mut Memo) {
    let _ = cache(session).save_sources(memo);
}
