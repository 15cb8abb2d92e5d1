//! From inputs to a finished site: [`compile`] tells the whole story, [`write`](mod@write) puts the
//! result on disk, [`scaffold`] makes new files.
//!
//! `compile` is pure: it reads through [`ssg_source::Inputs`] and hands every output to a sink.
//! Every command calls that one function, so that none can disagree with another.

#![forbid(unsafe_code)]

mod compile;
mod compiled;
mod copies;
pub mod files;
mod known;
mod listed_inputs;
mod load;
mod media_type;
pub mod memo;
mod onlooker;
mod outputs;
mod precompress;
mod resume;
pub mod sass;
pub mod scaffold;
mod seen;
mod settings;
mod sink;
mod site;
pub mod subprocess;
mod summary;
pub mod why;
mod without_broken;

mod work;
pub mod write;

pub use compile::compile;
pub use compiled::Compiled;
pub use media_type::MediaType;
pub use memo::{
    Cache, CacheState, Cause, Fetched, FolderStore, Memo, OutputsAt, RemoteCache, Restoring, SharedCache,
    SharedOutputs, check_cache_folder,
};
pub use onlooker::Onlooker;
pub use settings::{Overrides, Settings, mount_theme};
pub use sink::{Nowhere, Sink};
pub use site::assemble_site;
pub use summary::Counts;
