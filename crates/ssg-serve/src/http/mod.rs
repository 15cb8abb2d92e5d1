//! HTTP: from a connection to the bytes of an answer.
//!
//! `connection` holds clients to their time and number, `guard` says who may ask, `path` what a URL
//! means, `respond` puts the answer together from the parts in the other files.

mod body;
mod connection;
mod encode;
mod guard;
mod kept;
mod page;
mod path;
mod patience;
mod range;
mod respond;
mod tag;

pub(crate) use connection::accept;
pub(crate) use guard::Names;
pub(crate) use kept::Kept;
pub(crate) use path::{BasePath, Meaning};
pub(crate) use respond::Site;
pub(crate) use tag::hex;
