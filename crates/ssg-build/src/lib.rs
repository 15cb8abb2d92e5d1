//! From inputs to a finished site: [`compile`] tells the whole story, [`write`](mod@write) puts the
//! result on disk, [`scaffold`] makes new files.
//!
//! `compile` is pure: it reads through [`ssg_source::Inputs`] and hands every output to a sink.
//! Every command calls that one function, so that none can disagree with another.

mod compile;
mod copies;
mod load;
pub mod memo;
mod outputs;
mod precompress;
pub mod sass;
pub mod scaffold;
mod settings;
mod standing;
pub mod why;
mod without_broken;
pub mod write;

pub use compile::{Compiled, Counts, Sink, assemble_site, compile};
pub use memo::{
    Cache, CacheState, Cause, Fetched, FolderStore, Memo, OutputsAt, RemoteCache, Restoring, SharedCache,
    SharedOutputs, check_cache_folder,
};
pub use settings::{Overrides, Settings, mount_theme};
pub use ssg_render::Question;
