//! `[languages]`: the languages of the site and their order.

use crate::fields::Fields;
use crate::languages::{Language, check_tag};
use ssg_source::{Diagnostic, Severity, codes};

/// `[languages.<tag>]`, with their weights.
pub(super) fn read_languages(fields: &mut Fields<'_>) -> Vec<(i64, Language)> {
    let mut all: Vec<(i64, Language)> = Vec::new();
    for field in fields.rest() {
        let tag = check_tag(&field.key).filter(|tag| *tag == field.key);
        let twice = all.iter().any(|(_, known)| known.tag.eq_ignore_ascii_case(&field.key));
        let Some(tag) = tag.filter(|_| !twice) else {
            let message = if twice {
                format!("`{}` is declared twice", field.key)
            } else {
                format!("`{}` is no tag of a language", field.key)
            };
            fields.found().add(
                Diagnostic::error(codes::LANG, message)
                    .at(field.key_span)
                    .hint("write it as [languages.de] or [languages.pt-BR]"),
            );
            continue;
        };
        let mut language = Language::of_tag(&tag);
        let mut table = Fields::new(&field.node, "a language", fields.found());
        if let Some(name) = table.text(&["name"]) {
            language.name = name.value;
        }
        language.title = table.text(&["title"]).map(|title| title.value);
        language.description = table.text(&["description"]).map(|description| description.value);
        let weight = table.integer(&["weight"]).map_or(0, |weight| weight.value);
        table.finish(Severity::Error, "");
        all.push((weight, language));
    }
    all
}

/// The main language first, then the others by weight, as declared among equals. None where only the
/// main one is declared.
pub(super) fn in_order(main: &str, mut declared: Vec<(i64, Language)>) -> Vec<Language> {
    let at = declared.iter().position(|(_, language)| language.tag.eq_ignore_ascii_case(main));
    let own = at.map_or_else(|| Language::of_tag(main), |at| declared.remove(at).1);
    if declared.is_empty() {
        return Vec::new();
    }
    declared.sort_by_key(|(weight, _)| *weight);
    std::iter::once(Language { tag: main.to_owned(), ..own })
        .chain(declared.into_iter().map(|(_, language)| language))
        .collect()
}
