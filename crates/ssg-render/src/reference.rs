//! What templates can use, in one place: variables, views, functions, filters and tests.
//!
//! The book's template reference is made of these tables, suggestions in messages are, and tests hold
//! them against what is registered and what views contain. What is not here does not exist for themes.

mod book;
mod calls;
mod filters;
mod variables;
mod views;

pub use crate::entry::Entry;
pub use book::{book_parts, with_parts};
pub use calls::functions;
pub use filters::{FILTERS, TERA_FILTERS, TESTS};
pub use variables::VARIABLES;
pub use views::{VIEWS, View};

fn names(entries: &[Entry]) -> impl Iterator<Item = &'static str> + '_ {
    entries.iter().flat_map(Entry::names)
}

/// Names of all functions.
pub fn function_names() -> impl Iterator<Item = &'static str> {
    functions().into_iter().flat_map(|entry| entry.names().collect::<Vec<_>>())
}

/// Names of all filters.
pub fn filter_names() -> impl Iterator<Item = &'static str> {
    names(FILTERS).chain(names(TERA_FILTERS))
}

/// Names of all tests.
pub fn test_names() -> impl Iterator<Item = &'static str> {
    names(TESTS)
}

/// Names of all variables.
pub fn variable_names() -> impl Iterator<Item = &'static str> {
    names(VARIABLES)
}

/// Names of the fields of all views.
pub fn field_names() -> impl Iterator<Item = &'static str> {
    VIEWS.iter().flat_map(|view| names(view.fields))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::bare;
    use std::collections::{BTreeMap, BTreeSet};

    /// How many functions, filters and tests Tera has registered.
    fn counts(tera: &tera::Tera) -> [usize; 3] {
        let shown = format!("{tera:?}");
        ["functions: ", "filters: ", "tests: "].map(|what| {
            let rest = &shown[shown.find(what).expect("Tera tells") + what.len()..];
            rest.split(|c: char| !c.is_ascii_digit())
                .next()
                .and_then(|count| count.parse().ok())
                .expect("a number")
        })
    }

    #[test]
    fn what_is_registered_is_what_is_written_here() {
        let tera = bare(crate::builtins::BUILTINS);
        // `ssg_pass`, `ssg_walk` and the like stand in templates only by our own hand.
        let unique = |names: Vec<&str>| names.into_iter().collect::<BTreeSet<_>>().len();
        let written = [
            unique(function_names().collect()),
            unique(filter_names().collect()) + 10,
            unique(test_names().collect()),
        ];
        assert_eq!(counts(&tera), written);
        let known = |text: String| {
            let mut tera = tera.clone();
            tera.add_raw_template("x", &text).map_err(|error| error.to_string())
        };
        for name in function_names() {
            known(format!("{{{{ {name}() }}}}")).expect("the function is registered");
        }
        for name in filter_names() {
            known(format!("{{{{ 1 | {name} }}}}")).expect("the filter is registered");
        }
        for name in test_names() {
            known(format!("{{{{ 1 is {name} }}}}")).expect("the test is registered");
        }
    }

    #[test]
    fn functions_take_the_arguments_that_are_written_here() {
        let mut written: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for shown in super::functions().iter().flat_map(|entry| entry.shown) {
            let name = shown.split('(').next().unwrap_or_default();
            written.entry(name).or_default().extend(Entry::arguments(shown));
        }
        for (name, arguments) in crate::functions::arguments() {
            let registered: BTreeSet<&str> = arguments.iter().copied().collect();
            assert_eq!(written.get(name), Some(&registered), "{name}");
        }
    }

    #[test]
    fn nothing_reaches_out() {
        let names: Vec<&str> = function_names().chain(filter_names()).collect();
        for word in ["env", "exec", "fetch", "http", "url_get", "now", "random", "read", "get_env"] {
            assert!(!names.contains(&word), "{word}");
        }
    }
}
