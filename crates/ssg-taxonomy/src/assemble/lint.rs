//! What is wrong with events though each of their files can be read: dates out of order, sponsors
//! beyond a level's number, schedules that nobody could keep.
//!
//! All of it is warnings: the pages show what the files say. Each is at the line of the talk or of
//! the schedule's row. The work grows with the rows of one event, and with the talks of one
//! person, sorted.

mod clash;
mod dates;
mod row_ids;
mod schedule;
mod sponsors;
mod to_come;
mod travel;
mod unannounced;
mod venues;
mod zone;

use crate::site::Site;
use jiff::Timestamp;
use ssg_parse::Config;
use ssg_source::Diagnostics;

/// Looks through every event, and through the talks that belong to none.
pub(super) fn lint(config: &Config, instant: Timestamp, site: &Site, found: &mut Diagnostics) {
    for event in &site.events {
        let page = site.page(event.page);
        if let Some(table) = &page.document.front.event {
            dates::check(event, table, &page.source, found);
            sponsors::check(table, &page.source, found);
            venues::check(site, event, table, found);
            to_come::check(site, event, table, instant, found);
        }
        schedule::check(site, event, found);
    }
    schedule::check_loose_talks(site, found);
    travel::check(site, found);
    to_come::check_recaps(site, instant, found);
    zone::check(config, site, found);
    row_ids::check(site, instant, found);
    unannounced::check(config, site, instant, found);
}
