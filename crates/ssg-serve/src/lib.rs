//! What an author has open all day: the site over HTTP while it is written, pushed to the browser.
//!
//! Two ends that know no engine. [`Server`] answers requests from a [`FileStore`] and tells browsers the
//! [`News`]; [`Watcher`] says that something on disk may have changed. Between them [`Outputs`] takes
//! what a compilation gives, as the writer of a build does, and [`preview`] is the loop that has a
//! [`SiteSource`] compile. Nothing here writes to disk. What belongs to previewing alone (the script of live reload, badges,
//! the local origin) is added to a page on its way out, so that the store holds a build's own bytes.

#![forbid(unsafe_code)]

mod file_store;
mod hex;
mod http;
mod live;
mod news;
mod outputs;
mod path;
mod preview;
mod server;
mod watch;

pub use file_store::{Body, FileStore, Served};
pub use news::{News, Problem};
pub use outputs::{Audience, Draft, Outputs};
pub use preview::{Address, Built, Opened, PreviewOptions, Said, SiteSource, preview};
pub use server::{Server, ServerOptions, StartError};
pub use watch::{Hint, Hints, WatchMode, Watcher};
