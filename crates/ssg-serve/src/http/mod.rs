//! HTTP: from a connection to the bytes of an answer.
//!
//! `connection` holds clients to their time and number, `guard` says who may ask, `respond` puts
//! the answer together from the parts in the other files. What a URL means is told by `crate::path`.

mod body;
mod connection;
mod encode;
mod file_cache;
mod guard;
mod made;
mod page;
mod patience;
mod range;
mod respond;
mod tag;

pub(crate) use connection::accept;
pub(crate) use file_cache::FileCache;
pub(crate) use guard::Names;
pub(crate) use made::MadePages;
pub(crate) use respond::Site;
