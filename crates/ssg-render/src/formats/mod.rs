//! Output kinds as pure functions: the same arguments give the same bytes.
//!
//! Nothing here reads a clock, a file or a locale, and nothing fails: a value
//! that a format cannot express is made harmless, and the function's
//! documentation says how. Where a format wants an address, the permalink is
//! percent-encoded here; callers pass permalinks as they know them.

pub mod calendar;
mod escape;
pub mod feed;
pub mod next_build;
mod plain;
pub mod redirect;
pub mod robots;
pub mod sitemap;

pub use calendar::{Calendar, CalendarEntry, CalendarTime, render_calendar};
pub(crate) use escape::{markup, read_entities, script_safe, xml_text};
pub use feed::{Enclosure, Feed, FeedEntry, FeedFormat, last_change, render_feed, why_malformed};
pub use next_build::render_next_build;
pub(crate) use plain::plain_blocks;
pub use redirect::{Redirect, render_redirect_page, render_redirects_file};
pub use robots::render_robots;
pub use sitemap::{SitemapEntry, render_sitemap};
