//! Keys of `theme.toml`.

use super::{Key, Kind};

/// Types of a theme's options.
pub const OPTION_KINDS: &[&str] =
    &["string", "bool", "number", "count", "colour", "color", "choice", "list", "table"];

/// What a theme says of itself.
pub const THEME: &[Key] = &[
    Key { names: &["name"], kind: Kind::Text, meaning: "name of the theme", ..Key::EMPTY },
    Key { names: &["description"], kind: Kind::Text, meaning: "one sentence", ..Key::EMPTY },
    Key {
        names: &["license"],
        kind: Kind::Text,
        also: &["licence"],
        meaning: "SPDX expression",
        ..Key::EMPTY
    },
    Key { names: &["author"], kind: Kind::Text, meaning: "who made it", ..Key::EMPTY },
    Key { names: &["homepage"], kind: Kind::Text, meaning: "where it is at home", ..Key::EMPTY },
    Key {
        names: &["min_version"],
        kind: Kind::Text,
        meaning: "the oldest `ssg` that it works with",
        ..Key::EMPTY
    },
    Key {
        names: &["api"],
        kind: Kind::Number,
        meaning: "version of the template API that it is written for",
        ..Key::EMPTY
    },
    Key { names: &["extends"], kind: Kind::Text, meaning: "its parent", ..Key::EMPTY },
    Key {
        names: &["options"],
        kind: Kind::Map(&[OPTION]),
        meaning: "options that sites set under `[theme.options]`",
        ..Key::EMPTY
    },
    Key {
        names: &["contrast"],
        kind: Kind::Tables(&[CONTRAST]),
        meaning: "pairs of colours whose contrast `ssg theme check` measures",
        ..Key::EMPTY
    },
];

/// What a theme says of an option.
pub const OPTION: &[Key] = &[
    Key { names: &["type"], kind: Kind::Choice(OPTION_KINDS), meaning: "what its values are", ..Key::EMPTY },
    Key { names: &["default"], kind: Kind::Any, meaning: "what it is unless the site sets it", ..Key::EMPTY },
    Key { names: &["help"], kind: Kind::Text, meaning: "what it is for", ..Key::EMPTY },
    Key { names: &["values"], kind: Kind::Texts, meaning: "what a choice is among", ..Key::EMPTY },
    Key { names: &["items"], kind: Kind::Choice(OPTION_KINDS), meaning: "what a list is of", ..Key::EMPTY },
    Key {
        names: &["keys"],
        kind: Kind::Texts,
        meaning: "what a table, or each table of a list, must have as text",
        ..Key::EMPTY
    },
];

/// Two colours whose contrast is measured.
pub const CONTRAST: &[Key] = &[
    Key {
        names: &["text"],
        kind: Kind::Text,
        meaning: "colour, or option that is one, of what is read",
        ..Key::EMPTY
    },
    Key {
        names: &["ground"],
        kind: Kind::Text,
        meaning: "colour, or option that is one, of what it stands on",
        ..Key::EMPTY
    },
    Key { names: &["min"], kind: Kind::Number, meaning: "the least contrast; 4.5 without", ..Key::EMPTY },
];
