//! Schedules that nobody could keep, and talks that theirs passes over.
//!
//! What overlaps what is [`super::clash`]'s to say; here stands which slots there are, where each is
//! written, and what is wrong with one alone.

use super::{clash, dates};
use crate::assemble::schedule_times::day_of;
use crate::event::{Event, Slot, TalkInfo, moment};
use crate::page::{Kind, Page};
use crate::site::Site;
use ssg_parse::{Row, Spanned, TalkTable, When};
use ssg_source::hash::HashSet;
use ssg_source::{Code, Diagnostic, Diagnostics, SitePath, Span, codes};

/// A slot with its place in a file.
#[derive(Clone, Copy)]
pub(super) struct Classified<'s> {
    pub slot: &'s Slot,
    /// The row, where the schedule has rows.
    row: Option<&'s Row>,
    /// The talk's own file, where it has one.
    talk: Option<&'s Page>,
    event_file: &'s SitePath,
}

impl<'s> Classified<'s> {
    pub(super) fn new(site: &'s Site, event: &'s Event, slot: &'s Slot) -> Self {
        let page = site.page(event.page);
        let rows = page.document.front.event.as_deref().map_or(&[] as &[Row], |table| &table.schedule);
        Self {
            slot,
            row: slot.row.and_then(|row| rows.get(row)),
            talk: slot.talk.map(|talk| site.page(talk)).filter(|talk| talk.row.is_none()),
            event_file: &page.source,
        }
    }

    fn table(&self) -> Option<&'s TalkTable> {
        self.talk.and_then(|talk| talk.document.front.talk.as_deref())
    }

    /// The place of one of its times: in the row, else in the talk's file.
    fn time(&self, of: fn(&Row, &TalkTable) -> [Option<Spanned<When>>; 2]) -> Option<(When, SitePath, Span)> {
        let (empty, none) = (Row::default(), TalkTable::default());
        let [in_row, in_talk] = of(self.row.unwrap_or(&empty), self.table().unwrap_or(&none));
        let file = self.talk.map(|talk| talk.source.clone());
        in_row
            .map(|when| (when.value, self.event_file.clone(), when.span))
            .or_else(|| in_talk.zip(file).map(|(when, file)| (when.value, file, when.span)))
    }

    fn starts(&self) -> Option<(When, SitePath, Span)> {
        self.time(|row, talk| [row.starts.clone(), talk.starts.clone()])
    }

    fn ends(&self) -> Option<(When, SitePath, Span)> {
        self.time(|row, talk| [row.ends.clone(), talk.ends.clone()])
    }

    /// Where a reader looks for it: its beginning, else the row, else the talk's file.
    pub(super) fn place(&self) -> (SitePath, Span) {
        self.starts()
            .map(|(_, file, span)| (file, span))
            .or_else(|| self.row.map(|row| (self.event_file.clone(), row.span)))
            .or_else(|| self.talk.map(|talk| (talk.source.clone(), title_span(talk))))
            .unwrap_or_else(|| (self.event_file.clone(), Span::default()))
    }

    /// Whether its beginning names a time of day.
    pub(super) fn is_timed(&self) -> bool {
        self.starts().is_some_and(|(when, ..)| !when.is_day())
    }

    pub(super) fn name(&self) -> &'s str {
        if self.slot.title.is_empty() { &self.slot.kind } else { &self.slot.title }
    }

    fn warning(&self, code: Code, message: String) -> Diagnostic {
        let (file, span) = self.place();
        Diagnostic::warning(code, message).in_file(&file).at(span)
    }
}

fn title_span(page: &Page) -> Span {
    page.document.front.title.as_ref().map_or_else(Span::default, |title| title.span)
}

/// Warns of all that is wrong with the schedule of an event.
pub(super) fn check(site: &Site, event: &Event, found: &mut Diagnostics) {
    let slots: Vec<Classified<'_>> =
        event.slots.iter().map(|slot| Classified::new(site, event, slot)).collect();
    for placed in &slots {
        check_one(event, placed, found);
        check_agreement(event, placed, found);
    }
    clash::check(site, &slots, found);
    // Where rows name talks, one without a time that none of them names has no place in the schedule. What an
    // open space is about is found on the day, and no row can say it.
    let has_rows = slots.iter().any(|placed| placed.row.is_some());
    let named: HashSet<_> = slots.iter().filter_map(|placed| placed.slot.talk).collect();
    for talk in event.talks.iter().filter(|talk| !named.contains(*talk)).map(|id| site.page(*id)) {
        if has_rows && talk.talk.as_ref().is_none_or(|talk| talk.kind != "open-space" && !talk.cancelled) {
            found.add(missing(event, talk));
        }
        check_talk(talk, found);
    }
}

fn missing(event: &Event, talk: &Page) -> Diagnostic {
    let message = format!("`{}` is not in the schedule of `{}`", talk.title, event.id);
    Diagnostic::warning(codes::SCHEDULE_MISSING, message)
        .in_file(&talk.source)
        .at(title_span(talk))
        .hint(format!("add a row with `talk = \"{}\"`, or `starts` to the talk", talk.slug))
}

/// Warns of talks without an event that end before they start.
pub(super) fn check_loose_talks(site: &Site, found: &mut Diagnostics) {
    let loose = |page: &&Page| page.talk.as_ref().is_some_and(|talk| talk.event.is_none());
    for talk in site.pages.iter().filter(|page| page.kind == Kind::Talk).filter(loose) {
        check_talk(talk, found);
    }
}

fn check_talk(talk: &Page, found: &mut Diagnostics) {
    let written = talk.document.front.talk.as_deref().and_then(|table| table.ends.as_ref());
    if let (Some(starts), Some(written)) = (talk.talk.as_ref().and_then(TalkInfo::starts), written)
        && written.value.start(starts.time_zone()) < *starts
    {
        found.add(ends_first(&talk.title).in_file(&talk.source).at(written.span));
    }
}

fn ends_first(name: &str) -> Diagnostic {
    Diagnostic::warning(codes::SCHEDULE_TIMES, format!("`{name}` ends before it starts"))
}

/// What is wrong with a slot alone: it ends before it starts, or lies outside the event.
fn check_one(event: &Event, placed: &Classified<'_>, found: &mut Diagnostics) {
    let Some(starts) = &placed.slot.starts else { return };
    let written = placed.ends();
    if let Some((when, file, span)) = &written
        && when.start(&event.zone) < *starts
    {
        found.add(ends_first(placed.name()).in_file(file).at(*span));
        return;
    }
    // Of an event whose days are not known nothing is outside.
    if dates::ends_early(event) || event.open.is_some() {
        return;
    }
    let days = event.start.date()..=event.last_day;
    // An end that nobody wrote is no fault of anybody.
    let ends = placed.slot.ends.as_ref().filter(|_| written.is_some());
    let late = ends.map(|ends| day_of(event, ends)).filter(|day| day > days.end());
    let outside = placed.slot.day.filter(|day| !days.contains(day)).or(late);
    if let Some(outside) = outside {
        let (first, last) = (days.start(), days.end());
        let when = if first == last { format!("on {first}") } else { format!("{first} to {last}") };
        let message = format!("`{}` is on {outside}, outside the event ({when})", placed.name());
        found.add(placed.warning(codes::SCHEDULE_OUTSIDE, message));
    }
}

/// Warns of a talk whose file and whose row say different things.
fn check_agreement(event: &Event, placed: &Classified<'_>, found: &mut Diagnostics) {
    let (Some(row), Some(table), Some(talk)) = (placed.row, placed.table(), placed.talk) else { return };
    let differ = |a: &Option<Spanned<When>>, b: &Option<Spanned<When>>| {
        let (one, other) = (moment(a.as_ref(), &event.zone), moment(b.as_ref(), &event.zone));
        one.zip(other).is_some_and(|(one, other)| one.timestamp() != other.timestamp())
    };
    let what = if differ(&row.starts, &table.starts) {
        Some(("starts", table.starts.as_ref(), row.starts.as_ref()))
    } else if differ(&row.ends, &table.ends) {
        Some(("ends", table.ends.as_ref(), row.ends.as_ref()))
    } else {
        None
    };
    if let Some((key, Some(own), Some(other))) = what {
        found.add(
            Diagnostic::warning(
                codes::SCHEDULE_DIFFERS,
                format!("the schedule has another `{key}` for `{}`", talk.title),
            )
            .in_file(&talk.source)
            .at(own.span)
            .label(placed.event_file, Some(other.span), "the row")
            .hint("say it in one place"),
        );
    } else if row.room.is_some() && table.room.is_some() && row.room != table.room {
        let message = format!("the schedule has another `room` for `{}`", talk.title);
        found.add(
            Diagnostic::warning(codes::SCHEDULE_DIFFERS, message)
                .in_file(&talk.source)
                .at(table.starts.as_ref().map_or_else(|| title_span(talk), |starts| starts.span))
                .label(placed.event_file, Some(row.span), "the row")
                .hint("say it in one place"),
        );
    }
}
