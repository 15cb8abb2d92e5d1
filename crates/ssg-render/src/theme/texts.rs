//! Texts of a theme by language: what `i18n/<lang>.toml` of every layer holds, key by key.

use super::files::ThemeFile;
use crate::views::data_value;
use ssg_parse::Value as Data;
use ssg_source::Diagnostics;
use std::collections::BTreeMap;
use tera::Value;

/// Language → key → text or table of plural forms.
#[derive(Default)]
pub(crate) struct Texts(BTreeMap<String, BTreeMap<String, Value>>);

impl Texts {
    /// Lays the texts of a file over those of lower layers.
    pub(super) fn add(&mut self, lang: &str, file: &ThemeFile, found: &mut Diagnostics) {
        let Some(node) = file.table(found) else { return };
        let Data::Table(fields) = node.value else { return };
        let texts = self.0.entry(lang.to_owned()).or_default();
        for field in fields {
            texts.insert(field.key, data_value(&field.node.value));
        }
    }

    /// A text: in the language, in its main part (`de` for `de-AT`), in the site's, in English.
    pub(crate) fn get(&self, lang: &str, site_lang: &str, key: &str) -> Option<&Value> {
        let main = lang.split('-').next().unwrap_or(lang);
        let site_main = site_lang.split('-').next().unwrap_or(site_lang);
        [lang, main, site_lang, site_main, "en"].into_iter().find_map(|lang| self.0.get(lang)?.get(key))
    }

    /// Every key of a text.
    pub(crate) fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self.0.values().flat_map(|texts| texts.keys().cloned()).collect();
        keys.sort();
        keys.dedup();
        keys
    }
}
