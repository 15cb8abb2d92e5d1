//! Kinds of talks and of rows of a schedule: which are sessions, and how each is drawn.
//!
//! Authors may write any word. One that nobody knows is a warning and is shown as it stands; so that
//! a theme need not know it either, every kind is also *drawn* as one of a few.

use ssg_parse::{Config, Spanned};
use ssg_source::{Diagnostic, SitePath, codes, did_you_mean};

/// Kinds in which somebody speaks or works with others.
pub const SESSION_KINDS: &[&str] =
    &["keynote", "talk", "workshop", "panel", "ignite", "lightning", "open-space"];

/// Kinds of rows that are no sessions.
pub const OTHER_KINDS: &[&str] = &["break", "lunch", "registration", "social", "ceremony", "other"];

/// Whether a kind is that of a session: a known one, or one that the site names.
#[must_use]
pub fn is_session(config: &Config, kind: &str) -> bool {
    SESSION_KINDS.contains(&kind) || config.talk_kinds.iter().any(|known| known == kind)
}

/// What a kind is drawn as, which themes know: one of [`SESSION_KINDS`] or [`OTHER_KINDS`]. An unknown
/// word is drawn as a talk where people are named, and as a break without.
#[must_use]
pub fn drawn_as(config: &Config, kind: &str, has_people: bool) -> &'static str {
    let known = SESSION_KINDS.iter().chain(OTHER_KINDS).find(|known| **known == kind);
    match known.copied() {
        Some("lightning") => "ignite",
        Some("lunch") => "break",
        Some(known) => known,
        None if has_people || is_session(config, kind) => "talk",
        None => "break",
    }
}

/// Complains of a kind that nobody knows. `others` are known as well as those of sessions.
pub(crate) fn check(
    config: &Config,
    kind: &Spanned<String>,
    others: &[&'static str],
    source: &SitePath,
) -> Option<Diagnostic> {
    let word = kind.value.as_str();
    if is_session(config, word) || others.contains(&word) {
        return None;
    }
    if OTHER_KINDS.contains(&word) {
        let message = format!("`{word}` is the kind of a row without a talk; it is shown as it stands");
        let hint =
            format!("write it into the schedule of the event: `[[event.schedule]]` with `kind = \"{word}\"`");
        let warning = Diagnostic::warning(codes::UNKNOWN_KIND, message).in_file(source).at(kind.span);
        return Some(warning.hint(hint));
    }
    let own = config.talk_kinds.iter().map(String::as_str);
    let known: Vec<&str> = SESSION_KINDS.iter().chain(others).copied().chain(own).collect();
    let named = format!("kinds are {}", known.join(", "));
    Some(
        Diagnostic::warning(codes::UNKNOWN_KIND, format!("unknown kind `{word}`; it is shown as it stands"))
            .in_file(source)
            .at(kind.span)
            .hint_if(did_you_mean(word, known))
            .hint(named)
            .hint(format!("or name it in ssg.toml: `[talks] kinds = [\"{word}\"]`")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_drawn_as_one_that_themes_know() {
        let config = Config { talk_kinds: vec!["demo".to_owned()], ..Config::default() };
        for (kind, with_people, without) in [
            ("keynote", "keynote", "keynote"),
            ("lightning", "ignite", "ignite"),
            ("lunch", "break", "break"),
            ("demo", "talk", "talk"),
            ("fishbowl", "talk", "break"),
        ] {
            assert_eq!(drawn_as(&config, kind, true), with_people);
            assert_eq!(drawn_as(&config, kind, false), without);
        }
    }
}
