//! What was fine, so that it is not asked again for a while.
//!
//! It lies in the cache and may be lost at any time: what is not known is asked.

use super::ask::Outcome;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the text begins with; another form is not read.
const FORM: u32 = 1;

/// When addresses were fine last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fine(BTreeMap<String, Seen>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    /// Seconds since 1970.
    at: i64,
    /// Where it has moved for good.
    moved: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Form<T> {
    form: u32,
    fine: T,
}

impl Fine {
    /// Reads what [`text`](Self::text) gave; of anything else nothing is known.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let read: Option<Form<BTreeMap<String, Seen>>> = serde_json::from_str(text).ok();
        Self(read.filter(|read| read.form == FORM).map(|read| read.fine).unwrap_or_default())
    }

    /// All of it as text.
    #[must_use]
    pub fn text(&self) -> String {
        serde_json::to_string(&Form { form: FORM, fine: &self.0 }).unwrap_or_default()
    }

    /// What came of an address within so many days before `now`.
    #[must_use]
    pub fn outcome(&self, address: &str, now: Timestamp, days: usize) -> Option<Outcome> {
        let seen = self.0.get(address)?;
        let age = now.as_second().checked_sub(seen.at)?;
        let most = i64::try_from(days).unwrap_or(i64::MAX).saturating_mul(86_400);
        (0..most).contains(&age).then(|| Outcome::Fine { moved: seen.moved.clone() })
    }

    /// When an address was fine last, in RFC 3339.
    #[must_use]
    pub fn last(&self, address: &str) -> Option<String> {
        Some(Timestamp::from_second(self.0.get(address)?.at).ok()?.to_string())
    }

    /// Enters that an address is fine.
    pub fn enter(&mut self, address: &str, now: Timestamp, moved: Option<&str>) {
        let seen = Seen { at: now.as_second(), moved: moved.map(str::to_owned) };
        self.0.insert(address.to_owned(), seen);
    }

    /// Forgets all addresses but these.
    pub fn keep_only(&mut self, addresses: &BTreeSet<&str>) {
        self.0.retain(|address, _| addresses.contains(address.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_fine_is_known_for_a_while() {
        let day = |number: i64| Timestamp::from_second(1_800_000_000 + number * 86_400).expect("an instant");
        let mut fine = Fine::default();
        fine.enter("https://a.example/", day(0), Some("https://b.example/"));
        let again = Fine::read(&fine.text());
        assert_eq!(again, fine);
        let known = Some(Outcome::Fine { moved: Some("https://b.example/".to_owned()) });
        assert_eq!(again.outcome("https://a.example/", day(6), 7), known);
        assert_eq!(again.outcome("https://a.example/", day(7), 7), None);
        // The clock was turned back.
        assert_eq!(again.outcome("https://a.example/", day(-1), 7), None);
        assert_eq!(again.last("https://a.example/").as_deref(), Some("2027-01-15T08:00:00Z"));
        for text in ["", "{}", "[1]", "{\"form\":2,\"fine\":{}}", "{\"form\":1,\"fine\":{\"a\":{}}}"] {
            assert_eq!(Fine::read(text), Fine::default(), "{text}");
        }
    }
}
