//! What is said of links to other sites, and what is remembered of them.

use super::ask::Outcome;
use super::fine::Fine;
use super::found::{Link, Place};
use super::ledger::{Failing, Ledger};
use crate::fix::Fix;
use jiff::Timestamp;
use ssg_source::{Diagnostic, Diagnostics, Severity, codes};
use std::collections::BTreeSet;
use url::Url;

/// In how many runs, and over how many seconds, a link fails before it is a warning.
const RUNS: u32 = 3;
const SECONDS: i64 = 86_400;

/// What came of all links.
#[derive(Debug, Default)]
pub struct Settled {
    /// What is said.
    pub found: Diagnostics,
    /// New addresses that are sure.
    pub fixes: Vec<Fix>,
    /// How many addresses failed, have moved, and are not known.
    pub counts: (usize, usize, usize),
}

/// Enters what came of links into ledger and cache, and tells of them. `outcomes` are those of `links` in their order;
/// none for an address that was not asked, of which nothing changes.
pub fn settle(
    links: &[Link],
    outcomes: &[Option<Outcome>],
    now: Timestamp,
    ledger: &mut Ledger,
    fine: &mut Fine,
) -> Settled {
    let mut settled = Settled::default();
    let instant = whole_seconds(now).to_string();
    let mut failing: BTreeSet<&str> = BTreeSet::new();
    for (link, outcome) in links.iter().zip(outcomes) {
        match outcome {
            Some(Outcome::Fine { moved }) => {
                fine.enter(&link.address, now, moved.as_deref());
                if let Some(moved) = moved.as_deref().filter(|moved| *moved != link.address) {
                    settled.counts.1 += 1;
                    settled.moved(link, moved);
                }
            }
            Some(Outcome::Failed(status)) => {
                failing.insert(&link.address);
                settled.counts.0 += 1;
                let last_fine = fine.last(&link.address);
                let entry = ledger.fail(&link.address, status, &instant, last_fine.as_deref());
                settled.failed(link, &entry, now);
            }
            Some(Outcome::Unknown(_)) | None => {
                settled.counts.2 += 1;
                failing.insert(&link.address);
            }
            Some(Outcome::Private) => settled.private(link),
        }
    }
    ledger.keep_only(&failing);
    fine.keep_only(&links.iter().map(|link| link.address.as_str()).collect());
    settled
}

impl Settled {
    fn failed(&mut self, link: &Link, entry: &Failing, now: Timestamp) {
        let since: Option<Timestamp> = entry.since.parse().ok();
        let age = since.map_or(0, |since| now.as_second().saturating_sub(since.as_second()));
        let is_lasting = entry.failures >= RUNS && age >= SECONDS;
        let severity = if is_lasting { Severity::Warning } else { Severity::Hint };
        let message = format!("`{}` fails: {}", link.address, entry.status);
        for place in &link.places {
            let day = entry.since.get(..10).unwrap_or(&entry.since);
            let runs = if entry.failures == 1 { "run" } else { "runs" };
            let mut one = Diagnostic::warning(codes::EXTERNAL_LINK, message.clone())
                .in_file(&place.source)
                .at(place.span)
                .note(format!("since {day}, in {} {runs}", entry.failures))
                .hint(format!("try the archived copy: {}", archived(link, place, entry)));
            one.severity = severity;
            self.found.add(one);
        }
    }

    fn moved(&mut self, link: &Link, moved: &str) {
        for place in &link.places {
            let new = with_fragment(moved, &place.written);
            self.found.add(
                Diagnostic::advice(codes::MOVED_LINK, format!("`{}` has moved for good", link.address))
                    .in_file(&place.source)
                    .at(place.span)
                    .hint(format!("write `{new}`")),
            );
            if is_same_page(&link.address, moved) {
                self.fixes.push(Fix {
                    path: place.source.clone(),
                    within: place.span,
                    old: place.written.clone(),
                    new,
                    is_address: true,
                });
            }
        }
    }

    fn private(&mut self, link: &Link) {
        for place in &link.places {
            let message = format!("`{}` leads to this machine or a private network", link.address);
            self.found.add(
                Diagnostic::advice(codes::PRIVATE_LINK, message)
                    .in_file(&place.source)
                    .at(place.span)
                    .hint("write the address that readers have, or `as code` where it is an example"),
            );
        }
    }
}

/// The instant without parts of seconds.
fn whole_seconds(now: Timestamp) -> Timestamp {
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// Where a copy of a page may be, from about the time when the link was written. Nobody has asked whether there is one.
fn archived(link: &Link, place: &Place, entry: &Failing) -> String {
    let year_of = |text: &String| text.get(..4)?.parse::<i16>().ok();
    let year = place.year.or(entry.last_fine.as_ref().and_then(year_of)).or(year_of(&entry.since));
    match year {
        Some(year) => format!("https://web.archive.org/web/{year}/{}", link.address),
        None => format!("https://web.archive.org/web/{}", link.address),
    }
}

/// An address with the fragment of another one, where it has none itself.
fn with_fragment(moved: &str, written: &str) -> String {
    match written.split_once('#') {
        Some((_, fragment)) if !moved.contains('#') => format!("{moved}#{fragment}"),
        _ => moved.to_owned(),
    }
}

/// Whether a new address is sure to be that of the same page: hosts that give up pages send their readers to the front
/// page, or to one where they are to log in.
fn is_same_page(old: &str, new: &str) -> bool {
    let (Ok(old), Ok(new)) = (Url::parse(old), Url::parse(new)) else { return false };
    let is_front = |url: &Url| url.path() == "/" && url.query().is_none();
    let path = new.path().to_ascii_lowercase();
    let wants_login = ["login", "signin", "sign-in", "auth"].iter().any(|word| path.contains(word));
    let is_down = old.scheme() == "https" && new.scheme() == "http";
    (is_front(&old) || !is_front(&new)) && !wants_login && !is_down
}

#[cfg(test)]
mod tests;
