//! Headings that leave out a level.

use ssg_parse::Document;
use ssg_source::{Diagnostic, Diagnostics, SitePath, codes};

pub(super) fn look(source: &SitePath, document: &Document, found: &mut Diagnostics) {
    // The title of a page is its heading of the first level.
    let mut above = 1;
    for heading in &document.outline.headings {
        if heading.level > above + 1 {
            let message = format!("a heading of level {} stands below one of level {above}", heading.level);
            found.add(
                Diagnostic::advice(codes::HEADING_ORDER, message)
                    .in_file(source)
                    .at(heading.span)
                    .hint(format!("write `{}` before it", "#".repeat(usize::from(above) + 1))),
            );
        }
        above = heading.level;
    }
}
