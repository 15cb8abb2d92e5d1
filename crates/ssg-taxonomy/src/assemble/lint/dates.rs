//! Dates of an event, of its call for papers and of its registration that are out of order.

use crate::event::Event;
use ssg_parse::{EventTable, Spanned, When, Window};
use ssg_source::{Code, Diagnostic, Diagnostics, SitePath, Span, codes};

/// Warns of dates that cannot follow each other so.
pub(super) fn check(event: &Event, table: &EventTable, source: &SitePath, found: &mut Diagnostics) {
    let mut warn = |code: Code, message: &str, span: Span| {
        found.add(Diagnostic::warning(code, message).in_file(source).at(span));
    };
    if let Some(named) = table.end.as_ref().filter(|_| ends_early(event)) {
        warn(codes::EVENT_TIMES, "the event ends before it starts", named.span);
    }
    for (name, window) in [("call for papers", &table.cfp), ("registration", &table.registration)] {
        let Some(window) = window else { continue };
        if let Some(span) = closes_early(event, window) {
            warn(codes::EVENT_TIMES, &format!("the {name} closes before it opens"), span);
        } else if let Some(span) = is_late(event, window) {
            warn(codes::WINDOW_ORDER, &format!("the {name} is open after the event"), span);
        }
    }
    if let Some(span) = table.cfp.as_ref().and_then(|cfp| announced_early(event, cfp)) {
        warn(codes::WINDOW_ORDER, "the programme is announced before the call for papers closes", span);
    }
}

/// Whether an event ends before it starts. A day ends at the next midnight, where the next day
/// begins; a moment may be of no length.
pub(super) fn ends_early(event: &Event) -> bool {
    event.end <= event.start && event.last < event.start
}

fn closes_early(event: &Event, window: &Window) -> Option<Span> {
    let (opens, closes) = window.opens.as_ref().zip(window.closes.as_ref())?;
    let (from, to) = (opens.value.start(&event.zone), closes.value.end(&event.zone));
    (to <= from && closes.value.start(&event.zone) < from).then_some(closes.span)
}

/// The edge of a window that lies behind the end of the event.
fn is_late(event: &Event, window: &Window) -> Option<Span> {
    let late = |when: &&Spanned<When>| !ends_early(event) && when.value.start(&event.zone) >= event.end;
    let late_edge = window.opens.as_ref().filter(late).or_else(|| window.closes.as_ref().filter(late));
    late_edge.map(|when| when.span)
}

fn announced_early(event: &Event, cfp: &Window) -> Option<Span> {
    let (closes, announced) = cfp.closes.as_ref().zip(cfp.announced.as_ref())?;
    // A day may be the same as that of the closing.
    (announced.value.end(&event.zone) <= closes.value.start(&event.zone)
        && announced.value.start(&event.zone) < closes.value.start(&event.zone))
    .then_some(announced.span)
}
