//! The language server: what an editor shows and offers while a site is written.
//!
//! [`serve`] speaks the Language Server Protocol (3.17) over two streams. One thread compiles the site, with the engine
//! of `ssg serve` and the texts of open documents laid over the files; answers are made of the site as it was compiled
//! last and of the documents as they are now, so none waits. Nothing is written: edits are the editor's to make.
//!
//! It must not know how sites are rendered, and neither opens a network nor runs a program but those of a build.

#![forbid(unsafe_code)]
#![expect(
    clippy::disallowed_methods,
    reason = "an end of the program: it has threads, and edits come in time"
)]

mod actions;
mod answers;
mod completion;
mod cursor;
mod documents;
mod hover;
mod overlay;
mod problems;
mod references;
mod rename;
mod server;
mod site;
mod subject;
mod text;
mod transport;
mod worker;

pub use server::{Options, serve};
