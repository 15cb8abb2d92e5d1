//! Themes with texts in several languages say the same in each: every file has the keys of `en.toml`, with the
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

/// The plural forms of a language that have a text of their own. French, Spanish, Italian and Portuguese have one more, for
/// millions, which nothing here counts.
fn forms(lang: &str) -> &'static [&'static str] {
    match lang {
        "ja" | "zh" => &["other"],
        "ar" => &["zero", "one", "two", "few", "many", "other"],
        _ => &["one", "other"],
    }
}

/// The keys that a language needs, each with the English text whose places it has to fill in.
fn needed<'t>(english: &'t Texts, lang: &str) -> BTreeMap<String, &'t str> {
    let mut needed = BTreeMap::new();
    for (key, text) in english {
        match key.rsplit_once('.') {
            Some((_, "one")) => {}
            Some((name, "other")) => {
                needed.extend(forms(lang).iter().map(|form| (format!("{name}.{form}"), text.as_str())));
            }
            _ => drop(needed.insert(key.clone(), text.as_str())),
        }
    }
    needed
}

#[test]
fn all_languages_have_the_same_texts() {
    for theme in ["score", "runbook"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../themes/{theme}/i18n"));
        let english = texts(&folder.join("en.toml"));
        for lang in ["ar", "de", "en", "es", "fr", "it", "ja", "nl", "pt", "zh"] {
            let own = texts(&folder.join(format!("{lang}.toml")));
            let needed = needed(&english, lang);
            let missing: Vec<_> = needed.keys().filter(|key| !own.contains_key(*key)).collect();
            let unknown: Vec<_> = own.keys().filter(|key| !needed.contains_key(*key)).collect();
            assert!(
                missing.is_empty() && unknown.is_empty(),
                "{theme}, {lang}: missing {missing:?}, unknown {unknown:?}"
            );
            for (key, text) in &own {
                // "1 person" needs no number to be filled in, and neither does the dual.
                let is_number = [".zero", ".one", ".two"].iter().any(|form| key.ends_with(form));
                let wanted = if is_number { places(text) } else { places(needed[key]) };
                assert_eq!(places(text), wanted, "{theme}, {lang}: {key}");
                assert!(!text.trim().is_empty(), "{theme}, {lang}: {key}");
            }
        }
    }
}
