//! What all blogs have in common, wherever they come from.
//!
//! An importer of a blog reads its files into [`Page`]s: header as it was, body as Markdown of ours,
//! old address. [`Work`] accounts for every file, gives each page its place, and writes the headers in
//! our keys: what is unknown goes under `extra`, what is another program's own is dropped and counted.
//! Old addresses are kept as `path`, so that nothing has to be redirected; a second address of a page is
//! an alias. Nothing of a source becomes a call on this site but what the importer wrote ([`calls`]).

pub(crate) mod addresses;
pub(crate) mod calls;
pub(crate) mod config;
mod header;
pub(crate) mod lines;
pub(crate) mod links;
pub(crate) mod moment;
mod page;
pub(crate) mod pattern;
mod places;
pub(crate) mod read;
pub(crate) mod sections;
mod terms;
mod values;
mod work;

pub(crate) use page::Page;
pub(crate) use values::{text_at, texts_at, value_at};
pub(crate) use work::Work;
