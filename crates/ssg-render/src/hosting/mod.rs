//! What hosts read beside the site: the headers of its answers, and the name of its domain.
//!
//! The content security policy is that of the pages which were really rendered. So `_headers` knows
//! what no other output does: what came of all others. This stays exact from one build to the next in
//! three steps.
//!
//! 1. Whoever renders a page looks through what came of it ([`Needs::of`]): hashes of scripts and style
//!    sheets inside it, and the origins of frames, images and the like. That is a function of the
//!    page's bytes alone, and stands in the page's record beside the digests of its files; a page that
//!    is kept keeps it. Style sheets and pages that are copied are looked through likewise.
//! 2. When all of these are done, the needs of every output that there is are put together. What is gone is
//!    not among them, whatever it needed.
//! 3. Only then `_headers` is written ([`render_headers`]), in every build: it is small, and where nothing new
//!    is needed it has the bytes that it had. Where a build ends before all is rendered it waits for the next
//!    one.

pub(crate) mod cname;
mod css;
mod headers;
mod html;
mod needs;
mod policy;
#[cfg(test)]
mod tests;

pub(crate) use headers::check_redirects;
pub use headers::render_headers;
pub use needs::{Kind, Needs};
