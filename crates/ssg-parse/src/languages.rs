//! Languages: the site's own, and what is known of a tag without being told.
//!
//! A tag is one of BCP 47 (`de`, `pt-BR`); only its form is checked. Nothing here depends on the
//! locale of the machine.

use serde::{Deserialize, Serialize};

/// Number of a language in [`crate::Config::languages`]; 0 is the main one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LangId(pub u16);

impl LangId {
    /// The main language of a site, and the only one of most.
    pub const MAIN: Self = Self(0);

    /// The index into the list of languages.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Whether it is the main one.
    #[must_use]
    pub fn is_main(self) -> bool {
        self == Self::MAIN
    }
}

/// A language of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    /// Its tag, as files and pages name it.
    pub tag: String,
    /// What it is called in itself.
    pub name: String,
    /// Name of the site in this language, where it has one.
    pub title: Option<String>,
    /// Sentence about the site in this language, where there is one.
    pub description: Option<String>,
}

impl Language {
    /// A language under the name that it gives itself; under its tag where that is not known.
    #[must_use]
    pub fn of_tag(tag: &str) -> Self {
        Self {
            tag: tag.to_owned(),
            name: own_name(tag).unwrap_or(tag).to_owned(),
            title: None,
            description: None,
        }
    }

    /// The folder of its pages, below the root of the site: the tag in lower case.
    #[must_use]
    pub fn folder(&self) -> String {
        self.tag.to_ascii_lowercase()
    }
}

/// The usual languages: tag, own name, and the country that stands for the language alone.
const KNOWN: &[(&str, &str, &str)] = &[
    ("af", "Afrikaans", "ZA"),
    ("ar", "العربية", "AR"),
    ("bg", "Български", "BG"),
    ("bn", "বাংলা", "BD"),
    ("ca", "Català", "ES"),
    ("cs", "Čeština", "CZ"),
    ("cy", "Cymraeg", "GB"),
    ("da", "Dansk", "DK"),
    ("de", "Deutsch", "DE"),
    ("el", "Ελληνικά", "GR"),
    ("en", "English", "US"),
    ("eo", "Esperanto", "EO"),
    ("es", "Español", "ES"),
    ("et", "Eesti", "EE"),
    ("eu", "Euskara", "ES"),
    ("fa", "فارسی", "IR"),
    ("fi", "Suomi", "FI"),
    ("fr", "Français", "FR"),
    ("ga", "Gaeilge", "IE"),
    ("gl", "Galego", "ES"),
    ("he", "עברית", "IL"),
    ("hi", "हिन्दी", "IN"),
    ("hr", "Hrvatski", "HR"),
    ("hu", "Magyar", "HU"),
    ("id", "Bahasa Indonesia", "ID"),
    ("is", "Íslenska", "IS"),
    ("it", "Italiano", "IT"),
    ("ja", "日本語", "JP"),
    ("ko", "한국어", "KR"),
    ("lt", "Lietuvių", "LT"),
    ("lv", "Latviešu", "LV"),
    ("nb", "Norsk bokmål", "NO"),
    ("nl", "Nederlands", "NL"),
    ("nn", "Norsk nynorsk", "NO"),
    ("no", "Norsk", "NO"),
    ("pl", "Polski", "PL"),
    ("pt", "Português", "PT"),
    ("ro", "Română", "RO"),
    ("ru", "Русский", "RU"),
    ("sk", "Slovenčina", "SK"),
    ("sl", "Slovenščina", "SI"),
    ("sq", "Shqip", "AL"),
    ("sr", "Српски", "RS"),
    ("sv", "Svenska", "SE"),
    ("sw", "Kiswahili", "KE"),
    ("ta", "தமிழ்", "IN"),
    ("th", "ไทย", "TH"),
    ("tr", "Türkçe", "TR"),
    ("uk", "Українська", "UA"),
    ("ur", "اردو", "PK"),
    ("vi", "Tiếng Việt", "VN"),
    ("zh", "中文", "CN"),
];

/// Names that countries change.
const REGIONAL: &[(&str, &str)] = &[
    ("de-at", "Deutsch (Österreich)"),
    ("de-ch", "Deutsch (Schweiz)"),
    ("en-gb", "English (UK)"),
    ("en-us", "English (US)"),
    ("fr-ca", "Français (Canada)"),
    ("pt-br", "Português (Brasil)"),
    ("pt-pt", "Português (Portugal)"),
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("zh-cn", "简体中文"),
    ("zh-tw", "繁體中文"),
];

/// Languages that are written from right to left when their script is not named.
const FROM_THE_RIGHT: &[&str] =
    &["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "ps", "sd", "ug", "ur", "yi"];

/// Scripts that run from right to left.
const SCRIPTS_FROM_THE_RIGHT: &[&str] =
    &["adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"];

/// The first part of a tag: `de` of `de-AT`.
#[must_use]
pub fn base_language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

fn known(tag: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let base = base_language(tag).to_ascii_lowercase();
    KNOWN.iter().find(|(known, ..)| *known == base)
}

/// Whether a text is the tag of one of the usual languages, such as `de` or `pt-BR`.
#[must_use]
pub fn is_usual_language(tag: &str) -> bool {
    known(tag).is_some()
        && (!tag.contains('-') || tag.len() == 5 || own_name_of_region(tag).is_some())
        && check_tag(tag).is_some()
}

fn own_name_of_region(tag: &str) -> Option<&'static str> {
    let tag = tag.to_ascii_lowercase();
    REGIONAL.iter().find(|(known, _)| *known == tag).map(|(_, name)| *name)
}

/// What a language calls itself, for the usual ones.
#[must_use]
pub fn own_name(tag: &str) -> Option<&'static str> {
    own_name_of_region(tag).or_else(|| known(tag).map(|(_, name, _)| *name))
}

/// `rtl` for a language that is written from right to left, else `ltr`.
#[must_use]
pub fn direction(tag: &str) -> &'static str {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    let base = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let from_the_right = match script {
        Some(script) => SCRIPTS_FROM_THE_RIGHT.contains(&script),
        None => FROM_THE_RIGHT.contains(&base),
    };
    if from_the_right { "rtl" } else { "ltr" }
}

/// Language and country as social networks want them: `de_DE`, for a usual language or a tag that
/// names a country.
#[must_use]
pub fn locale(tag: &str) -> Option<String> {
    let base = base_language(tag).to_ascii_lowercase();
    let is_country = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let country = tag.split('-').skip(1).find(is_country).map(str::to_ascii_uppercase);
    let country = country.or_else(|| known(tag).map(|(.., country)| (*country).to_owned()))?;
    Some(format!("{base}_{country}"))
}

/// A tag as it is to be written, `None` for what has not the form of one. `de_DE.UTF-8`, as systems
/// write it, is read as `de-DE`.
#[must_use]
pub fn check_tag(text: &str) -> Option<String> {
    let tag = text.trim().split('.').next().unwrap_or_default().replace('_', "-");
    let mut parts = tag.split('-');
    let alphanumeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_tag = parts.next().is_some_and(|first| {
        (2..=8).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic())
    }) && parts.all(|part| (1..=8).contains(&part.len()) && alphanumeric(part));
    is_tag.then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_follow_the_script() {
        let left = ["de", "ja", "az-Latn", "ar-Latn", ""];
        let right = ["ar", "he-IL", "fa", "ur-PK", "uz-Arab", "AR"];
        assert!(left.iter().all(|tag| direction(tag) == "ltr"));
        assert!(right.iter().all(|tag| direction(tag) == "rtl"));
    }

    #[test]
    fn names_and_locales() {
        assert_eq!(own_name("pt-BR"), Some("Português (Brasil)"));
        assert_eq!((own_name("de-LI"), own_name("tlh")), (Some("Deutsch"), None));
        assert_eq!(locale("de").as_deref(), Some("de_DE"));
        assert_eq!(locale("en-GB").as_deref(), Some("en_GB"));
        assert_eq!(locale("tlh"), None);
    }

    #[test]
    fn usual_languages_are_told_from_other_words() {
        assert!(["de", "pt-BR", "zh-Hant"].iter().all(|tag| is_usual_language(tag)));
        assert!(!["js", "min", "de-notes", "tlh", "de-"].iter().any(|tag| is_usual_language(tag)));
    }
}
