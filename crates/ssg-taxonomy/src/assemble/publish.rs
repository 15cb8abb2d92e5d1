//! Withholds what is not to be published: drafts, the future, the expired, and broken pages.

use super::classify::{Classified, ClassifiedFiles, Location, Role};
use super::{AssembleOptions, change};
use crate::page::{Kind, Withheld};
use crate::site::{Site, Target};
use ssg_parse::Config;
use std::collections::{HashMap, HashSet};

/// Takes out the files that are withheld and remembers why.
pub(super) fn withhold(
    config: &Config,
    options: &AssembleOptions,
    mut placed: ClassifiedFiles,
    site: &mut Site,
) -> ClassifiedFiles {
    let zone = config.zone();
    let mut hidden_events: HashMap<String, Withheld> = HashMap::new();
    let own = |one: &Classified| -> Option<Withheld> {
        let front = &one.source.document.front;
        if options.skip_broken && one.source.document.broken {
            return Some(Withheld::Broken);
        }
        if front.draft && !options.drafts {
            return Some(Withheld::Draft);
        }
        if front.talk.as_ref().is_some_and(|talk| talk.details.announced == Some(false)) {
            return Some(Withheld::Unannounced);
        }
        // The date of an event or a talk is when it takes place, not when it is published.
        let dated = match &one.role {
            Role::Page(Location { kind: Kind::Event | Kind::Talk, .. }) => None,
            Role::Page(location) => {
                front.date.as_ref().map(|when| when.value.start(&zone).timestamp()).or_else(|| {
                    location.name.date.map(|day| ssg_parse::When::Day(day).start(&zone).timestamp())
                })
            }
            _ => None,
        };
        let publish_at = front.publish_at.as_ref().map(|when| when.value.start(&zone).timestamp());
        if !options.future && publish_at.or(dated).is_some_and(|from| from > options.instant) {
            return Some(Withheld::Future);
        }
        let expires = front.expires.as_ref().map(|when| when.value.start(&zone).timestamp());
        if !options.expired && expires.is_some_and(|expires| expires <= options.instant) {
            return Some(Withheld::Expired);
        }
        None
    };
    // What its original keeps back a translation would tell, so it waits as well.
    let mut originals: HashMap<String, Withheld> = HashMap::new();
    for one in &placed.pages {
        if let Role::Page(Location { key: Some(key), is_translation: false, .. }) = &one.role
            && let Some(why) = own(one).filter(|why| *why != Withheld::Broken)
        {
            originals.insert(key.clone(), why);
        }
    }
    let why = |one: &Classified| -> Option<Withheld> {
        own(one).or_else(|| match &one.role {
            Role::Page(Location { key: Some(key), is_translation: true, .. }) => originals.get(key).copied(),
            _ => None,
        })
    };
    let mut shown: HashSet<&str> = HashSet::new();
    for one in &placed.pages {
        if let Role::Page(Location { bundle: Some(dir), .. }) = &one.role {
            match why(one) {
                Some(why) => {
                    hidden_events.insert(dir.clone(), why);
                }
                None => {
                    shown.insert(dir);
                }
            }
        }
    }
    // One language of a bundle is enough to show what belongs to it.
    hidden_events.retain(|dir, _| !shown.contains(dir.as_str()));
    let mut next = None;
    placed.pages.retain(|one| {
        let with_event = match &one.role {
            Role::Page(Location { event_dir: Some(dir), .. }) => hidden_events.get(dir).copied(),
            _ => None,
        };
        let own = why(one);
        // A talk that its event takes along waits for the event.
        if own.is_some() || with_event.is_none() {
            next = change::next(config, options, &zone, one, own).into_iter().chain(next.take()).min();
        }
        let reason = own.or(with_event);
        if let Some(reason) = reason {
            site.targets.insert(one.source.path.clone(), Target::Withheld(reason));
        }
        reason.is_none()
    });
    for dir in hidden_events.keys() {
        placed.assets.remove(dir);
    }
    site.next_change = next;
    placed
}
