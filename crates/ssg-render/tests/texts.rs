//! The default theme says the same in all its languages: every file has the keys of `en.toml`, with the
//! same places to fill in and the plural forms that its language needs.

#![expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]

use ssg_parse::{Value, read_toml};
use ssg_source::Diagnostics;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Key, or key and form → text.
type Texts = BTreeMap<String, String>;

fn texts(file: &Path) -> Texts {
    let text = std::fs::read_to_string(file).expect("the file is there");
    let mut found = Diagnostics::new();
    let node = read_toml(&text, 0, &mut found);
    assert!(found.is_empty(), "{}: {found:?}", file.display());
    let Value::Table(fields) = node.value else { panic!("{} is no table", file.display()) };
    let mut texts = Texts::new();
    for field in fields {
        match field.node.value {
            Value::Text(text) => drop(texts.insert(field.key, text)),
            Value::Table(forms) => texts.extend(forms.into_iter().map(|form| {
                let text = form.node.value.as_str().expect("a form is a text").to_owned();
                (format!("{}.{}", field.key, form.key), text)
            })),
            other => panic!("{}: `{}` is {other:?}", file.display(), field.key),
        }
    }
    texts
}

/// What is filled in: `{name}`.
fn places(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn all_languages_have_the_same_texts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../themes/runbook/i18n");
    let english = texts(&folder.join("en.toml"));
    for lang in ["de", "es", "fr", "it", "ja", "nl", "pt"] {
        let own = texts(&folder.join(format!("{lang}.toml")));
        // Japanese has no form for one.
        let is_needed = |key: &&String| lang != "ja" || !key.ends_with(".one");
        let needed: BTreeSet<&String> = english.keys().filter(is_needed).collect();
        let missing: Vec<_> = needed.iter().filter(|key| !own.contains_key(**key)).collect();
        let unknown: Vec<_> = own.keys().filter(|key| !needed.contains(key)).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{lang}: missing {missing:?}, unknown {unknown:?}");
        for (key, text) in &own {
            // "1 person" needs no number to be filled in.
            let wanted = if key.ends_with(".one") { places(text) } else { places(&english[key]) };
            assert_eq!(places(text), wanted, "{lang}: {key}");
            assert!(!text.trim().is_empty(), "{lang}: {key}");
        }
    }
}
