//! Keys that look as if they were to keep a page back. Whoever finds one and does not know it must not pass it over:
//! what somebody meant to keep back would be online because of a letter.

use crate::value::{Field, Value, flag_of};
use crate::when::read_when;
use ssg_source::{Suggestions, did_you_mean};

/// Keys that keep a page back, or might: one that looks like them and is not known is an error.
const NEAR: &[&str] = &[
    "draft",
    "published",
    "publish_at",
    "expires",
    "unlisted",
    "noindex",
    "private",
    "hidden",
    "headless",
    "render",
    "announced",
    "members_only",
];

/// Those of them that are dates.
const DATES: &[&str] = &["publish_at", "expires"];

/// Words for such a key that no generator has, and that people write.
const IN_OTHER_WORDS: &[&str] = &[
    "expire",
    "expires_at",
    "publish_on",
    "is_draft",
    "members",
    "announce",
    "embargo",
    "embargoed",
    "secret",
    "protected",
];

/// Words that would say that a page goes out, and so keep it back where they are denied.
const DENIED: &[&str] = &["public", "is_public", "live", "ready"];

/// Keys of others that keep a page back, and are read.
const OF_OTHERS: &[&str] = &["publishdate", "expirydate", "visibility"];

/// Whether a key keeps a page back, or might.
pub(crate) fn keeps_back(key: &str) -> bool {
    NEAR.iter().chain(OF_OTHERS).any(|name| key.eq_ignore_ascii_case(name))
}

/// Whether a key that nobody knows was meant to keep a page back.
pub(crate) fn is_meant_to_withhold(field: &Field) -> bool {
    let is_date = match &field.node.value {
        Value::Date(_) => true,
        Value::Text(text) => read_when(text).is_ok(),
        _ => false,
    };
    let flag = flag_of(&field.node.value);
    // `explicit = "yes"` is no slip for a date.
    let is_near = Suggestions::new(NEAR.iter().copied())
        .closest(&in_snake_case(&field.key))
        .is_some_and(|name| is_date || !DATES.contains(&name));
    let is_word = matches!(&field.node.value, Value::Text(text)
        if ["draft", "unpublished", "private"].contains(&text.trim().to_ascii_lowercase().as_str()));
    is_word
        || flag == Some(false) && DENIED.contains(&&*in_snake_case(&field.key))
        || (flag.is_some() || is_date) && (is_near || IN_OTHER_WORDS.contains(&&*in_snake_case(&field.key)))
        || ["password", "passwd"].contains(&&*in_snake_case(&field.key))
        || NEAR.iter().any(|name| field.key.eq_ignore_ascii_case(name))
}

/// A key with `_` between its words: `publishAt` and `publish-at` are `publish_at`.
fn in_snake_case(key: &str) -> String {
    let mut name = String::with_capacity(key.len() + 2);
    let mut was_lower = false;
    for c in key.chars() {
        if c.is_ascii_uppercase() && was_lower {
            name.push('_');
        }
        was_lower = c.is_ascii_lowercase();
        name.push(if c == '-' || c == ' ' { '_' } else { c.to_ascii_lowercase() });
    }
    name
}

/// The hint that names the key which may have been meant.
pub(crate) fn nearest(key: &str) -> Option<String> {
    did_you_mean(&in_snake_case(key), NEAR.iter().copied())
}
