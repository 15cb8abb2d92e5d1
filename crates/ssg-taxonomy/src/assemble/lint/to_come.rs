//! What does not fit an event that is still to come: a programme while talks can be proposed, a talk online of which
//! nobody is told where, a recap of what nobody has seen.
//!
//! All of it goes by the instant of the build, and is silent once the event is over.

use super::schedule::Classified;
use crate::event::{Event, EventState, Slot};
use crate::ids::PageId;
use crate::page::{Kind, Page};
use crate::site::Site;
use jiff::Timestamp;
use ssg_parse::{Attendance, EventTable, Spanned};
use ssg_source::{Diagnostic, Diagnostics, codes};

/// Warns of what an event that is not over says too early, or not at all.
pub(super) fn check(
    site: &Site,
    event: &Event,
    table: &EventTable,
    instant: Timestamp,
    found: &mut Diagnostics,
) {
    if table.cancelled || event.end.timestamp() <= instant {
        return;
    }
    check_programme(site, event, table, instant, found);
    check_streams(site, event, table, found);
}

/// A programme that is out while talks can be proposed. Who is invited may well be told: keynotes do not count.
fn check_programme(
    site: &Site,
    event: &Event,
    table: &EventTable,
    instant: Timestamp,
    found: &mut Diagnostics,
) {
    if event.state(false, table.cfp.as_ref(), instant) != EventState::CfpOpen {
        return;
    }
    let is_chosen = |slot: &&Slot| {
        slot.talk.is_some() && slot.starts.is_some() && !slot.cancelled && slot.drawn != "keynote"
    };
    let mut chosen = event.slots.iter().filter(is_chosen);
    let Some(first) = chosen.next() else { return };
    let more = match chosen.count() {
        0 => String::new(),
        1 => " and 1 other talk".to_owned(),
        others => format!(" and {others} other talks"),
    };
    let placed = Classified::new(site, event, first);
    let (file, span) = placed.place();
    let message = format!(
        "the call for papers of `{}` is open, and its programme is out: `{}`{more}",
        event.id,
        placed.name(),
    );
    let closes = table.cfp.as_ref().and_then(|cfp| cfp.closes.as_ref()).map(|closes| closes.span);
    let mut warning = Diagnostic::warning(codes::SCHEDULE_WHILE_CFP, message).in_file(&file).at(span);
    if closes.is_some() {
        warning = warning.label(&site.page(event.page).source, closes, "the call closes here");
    }
    found.add(
        warning.hint("say `announced = false` until the programme is out, or correct when the call closes"),
    );
}

/// Talks that are online, and nobody is told where.
fn check_streams(site: &Site, event: &Event, table: &EventTable, found: &mut Diagnostics) {
    let has_url =
        |online: &Option<ssg_parse::Online>| online.as_ref().is_some_and(|online| online.url.is_some());
    if has_url(&table.online) {
        return;
    }
    let is_online = table.attendance() == Attendance::Online;
    let lacks = |slot: &&Slot| {
        let takes_place = slot.talk.is_some() && !slot.cancelled;
        takes_place && !has_url(&slot.online) && (is_online || slot.online.is_some())
    };
    let mut without = event.slots.iter().filter(lacks);
    let Some(first) = without.next() else { return };
    let more = match without.count() {
        0 => String::new(),
        1 => " and 1 other talk".to_owned(),
        others => format!(" and {others} other talks"),
    };
    let placed = Classified::new(site, event, first);
    let (file, span) = placed.place();
    let message = format!("no stream is told for `{}`{more} of `{}`", placed.name(), event.id);
    found.add(Diagnostic::warning(codes::NO_STREAM, message).in_file(&file).at(span).hint(
        "write the address of the stream or the meeting as `online`, of the event, the room or the talk",
    ));
}

/// Words of titles, file names and categories that look back, as slugs, in the languages of the themes.
const LOOKING_BACK: [&str; 24] = [
    "recap",
    "recaps",
    "wrap-up",
    "wrapup",
    "wrapped",
    "retrospective",
    "looking-back",
    "look-back",
    "trip-report",
    "event-report",
    "conference-report",
    "aftermovie",
    "ruckblick",
    "rueckblick",
    "nachlese",
    "nachbericht",
    "compte-rendu",
    "retour-sur",
    "cronica",
    "resoconto",
    "terugblik",
    "verslag",
    "retrospectiva",
    "retrospettiva",
];

/// Warns of posts that say to be recaps of events that have not begun. One that only names an event to come announces
/// it, as a rule.
pub(super) fn check_recaps(site: &Site, instant: Timestamp, found: &mut Diagnostics) {
    let is_recap = |page: &&Page| {
        page.kind == Kind::Post && !page.is_unlisted() && !is_announcement(page) && looks_back(page)
    };
    for page in site.pages.iter().filter(is_recap) {
        let front = &page.document.front;
        let events = front.events.iter().filter_map(|named| Some((named, site.event(&named.value)?)));
        let talks =
            front.talks.iter().filter_map(|named| Some((named, event_of(site, site.talk(&named.value)?)?)));
        let early = events.chain(talks).find(|(_, event)| is_early(site, page, event, instant));
        if let Some((named, event)) = early {
            found.add(early_recap(page, named, event));
        }
    }
}

fn is_announcement(page: &Page) -> bool {
    let categories = page.document.front.terms("categories").iter();
    categories.into_iter().any(|name| ssg_parse::slugify(&name.value).starts_with("announce"))
}

fn looks_back(page: &Page) -> bool {
    let says = |text: &str| {
        let slug = format!("-{}-", ssg_parse::slugify(text));
        LOOKING_BACK.iter().any(|word| slug.contains(&format!("-{word}-")))
    };
    let front = &page.document.front;
    says(&page.title) || says(&page.slug) || front.terms("categories").iter().any(|name| says(&name.value))
}

fn event_of(site: &Site, talk: PageId) -> Option<&Event> {
    site.events.get(site.page(talk).talk.as_ref()?.event?)
}

fn is_early(site: &Site, page: &Page, event: &Event, instant: Timestamp) -> bool {
    let is_off = site.page(event.page).document.front.event.as_deref().is_some_and(|table| table.cancelled);
    let is_before = page.date.as_ref().is_none_or(|date| date.timestamp() < event.start.timestamp());
    !is_off && is_before && event.start.timestamp() > instant
}

fn early_recap(page: &Page, named: &Spanned<String>, event: &Event) -> Diagnostic {
    let when = match event.open {
        Some(_) => "has no day yet".to_owned(),
        None => format!("begins on {}", event.start.date()),
    };
    Diagnostic::warning(codes::RECAP_TOO_EARLY, format!("a recap of `{}`, which {when}", event.id))
        .in_file(&page.source)
        .at(named.span)
        .hint("is that the event which is meant, and are its days right?")
        .hint("one that announces it says so: `categories = [\"Announcements\"]`")
}
