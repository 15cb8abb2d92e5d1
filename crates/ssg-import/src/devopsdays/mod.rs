//! The Hugo site of devopsdays.org, both generations of its layout.
//!
//! An event's data (`data/events/2016-toronto.yml`, or `data/events/2018/chicago/main.yml` with
//! what lies beside it) becomes the front matter of the event; its programme, be it data or a page
//! of HTML, becomes the schedule and the talks; `welcome.md` becomes its text, other pages pages of
//! their own under their old address. Speakers have one page each, from all their events. Old
//! addresses that change are aliases.

mod event;
mod event_pages;
mod files;
mod html;
mod hugo;
mod old_programme;
mod programme;
mod shared;
mod speaker;
mod sponsor;
mod talk;
mod talks;
mod work;
mod zone;

use crate::{FolderOptions, Import};
use files::Files;
use ssg_source::{Diagnostic, Diagnostics, Inputs, codes};
use work::Work;

/// Makes events, talks, speakers, sponsors and posts of a folder with the site's sources.
///
/// Every file in it is an item of the report, and so is every sponsor that an event names and the
/// source does not describe. A file that cannot be read is an error and a failed item.
pub fn import_devopsdays(inputs: &dyn Inputs, options: &FolderOptions, found: &mut Diagnostics) -> Import {
    let files = Files::list(inputs, found);
    if files.events.is_empty() && files.blog.is_empty() {
        found.add(
            Diagnostic::error(codes::IMPORT, "there is no event in this folder")
                .hint("name the folder that holds `data/events/` and `content/events/`"),
        );
    }
    options.check(&files.events, found);
    let mut work = Work::new(inputs, options, &files, found);
    let mut events = work.read_events(&files);
    work.read_speakers(&files, &events);
    for (id, event) in &mut events {
        if let Some(files) = files.events.get(id) {
            work.add_event(event, files);
        }
    }
    work.add_speakers();
    work.add_sponsors(&files, &events);
    work.add_blog(&files);
    work.add_rest(&files);
    work.done()
}

#[cfg(test)]
mod tests;
