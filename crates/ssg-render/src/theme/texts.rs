//! Texts of a theme by language: what `i18n/<lang>.toml` of every layer holds, key by key.

use super::files::ThemeFile;
use crate::dates::UsualForms;
use crate::values::data_value;
use ssg_parse::{Value as Data, base_language};
use ssg_source::{Diagnostic, Diagnostics, codes};
use std::collections::BTreeMap;
use tera::Value;

/// Language → key → text or table of plural forms.
#[derive(Default)]
pub(crate) struct Texts {
    written: BTreeMap<String, BTreeMap<String, Value>>,
    usual: UsualForms,
}

impl Texts {
    /// Lays the texts of a file over those of lower layers.
    pub(super) fn add(&mut self, lang: &str, file: &ThemeFile, found: &mut Diagnostics) {
        let Some(node) = file.table(found) else { return };
        let Data::Table(fields) = node.value else { return };
        for field in fields {
            let known = self.written.values().find_map(|texts| texts.get(&field.key));
            let expected = match &field.node.value {
                Data::Text(_) | Data::Table(_) => None,
                Data::List(_) => {
                    known.filter(|known| !known.is_array()).map(|_| "text, or a table of plural forms")
                }
                _ => Some("text"),
            };
            if let Some(expected) = expected {
                let kind = field.node.value.kind();
                let message = format!("the text `{}` must be {expected}, not {kind}", field.key);
                let wrong = Diagnostic::warning(codes::WRONG_TYPE, message);
                found.add(wrong.in_file(&file.path).at(field.node.span));
                continue;
            }
            let texts = self.written.entry(lang.to_owned()).or_default();
            texts.insert(field.key, data_value(&field.node.value));
        }
    }

    /// A text, and the language that it was found in: the one asked for, its main part (`de` for
    /// `de-AT`), the site's, English. How a date is written is known for every language.
    pub(crate) fn get<'t>(
        &'t self,
        lang: &'t str,
        site_lang: &'t str,
        key: &str,
    ) -> Option<(&'t str, &'t Value)> {
        let (main, site_main) = (base_language(lang), base_language(site_lang));
        let in_one = |lang: &'t str| Some((lang, self.written.get(lang)?.get(key)?));
        let own = [lang, main].into_iter().find_map(in_one);
        let own = own.or_else(|| Some((lang, self.usual.get(lang, key)?)));
        own.or_else(|| [site_lang, site_main, "en"].into_iter().find_map(in_one))
    }

    /// Every key of a text.
    pub(crate) fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self.written.values().flat_map(|texts| texts.keys().cloned()).collect();
        keys.sort();
        keys.dedup();
        keys
    }
}
