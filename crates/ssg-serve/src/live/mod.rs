//! Live reload: one stream of events per tab, on the port of the site.
//!
//! Every change has a number. A tab says which number it saw last, or how long ago it was loaded, and
//! is told what it missed, so a tab that slept, or that loaded while something changed, ends up right.

mod hub;
mod stream;
mod visit;

pub(crate) use hub::Hub;
pub(crate) use stream::EventStream;
pub(crate) use visit::Visit;

/// The path of the stream of events.
pub(crate) const EVENTS: &str = "/.ssg/events";
/// The script that pages load.
pub(crate) const SCRIPT_TEXT: &str = include_str!("live.js");
