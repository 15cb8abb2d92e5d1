//! Languages by their names and codes.

use ssg_parse::check_tag;

/// Names in the languages that programmes are written in, and codes of three letters.
const NAMES: &[(&str, &[&str])] = &[
    ("ar", &["arabic", "ara", "العربية"]),
    ("ca", &["catalan", "català", "cat"]),
    ("cs", &["czech", "čeština", "česky", "tschechisch", "ces", "cze"]),
    ("da", &["danish", "dansk", "dan"]),
    ("de", &["german", "deutsch", "allemand", "alemán", "deu", "ger", "de-formal"]),
    ("el", &["greek", "ελληνικά", "ell", "gre"]),
    ("en", &["english", "englisch", "anglais", "inglés", "inglese", "engels", "eng"]),
    ("es", &["spanish", "español", "castellano", "spanisch", "espagnol", "spa"]),
    ("et", &["estonian", "eesti", "est"]),
    ("fi", &["finnish", "suomi", "fin"]),
    ("fr", &["french", "français", "francais", "französisch", "francés", "fra", "fre"]),
    ("he", &["hebrew", "עברית", "heb"]),
    ("hu", &["hungarian", "magyar", "hun"]),
    ("it", &["italian", "italiano", "italienisch", "ita"]),
    ("ja", &["japanese", "日本語", "japanisch", "jpn"]),
    ("ko", &["korean", "한국어", "kor"]),
    ("nl", &["dutch", "nederlands", "niederländisch", "nld", "dut"]),
    ("no", &["norwegian", "norsk", "nor"]),
    ("pl", &["polish", "polski", "polnisch", "pol"]),
    ("pt", &["portuguese", "português", "portugiesisch", "por"]),
    ("ro", &["romanian", "română", "ron", "rum"]),
    ("ru", &["russian", "русский", "russisch", "rus"]),
    ("sk", &["slovak", "slovenčina", "slk", "slo"]),
    ("sl", &["slovenian", "slovenščina", "slv"]),
    ("sv", &["swedish", "svenska", "schwedisch", "swe"]),
    ("tr", &["turkish", "türkçe", "tur"]),
    ("uk", &["ukrainian", "українська", "ukr"]),
    ("zh", &["chinese", "中文", "chinesisch", "zho", "chi", "mandarin"]),
];

/// The tags of the languages that a text names; the second holds what names none.
pub(super) fn languages(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut tags, mut unknown): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let lower = text.to_lowercase();
    let lower = [" and ", " und ", " et ", " y ", " or ", " oder ", "&", "+"]
        .iter()
        .fold(lower, |text, word| text.replace(word, ","));
    for name in lower.split([',', ';', '/', '|']).map(str::trim).filter(|name| !name.is_empty()) {
        let name = name.split(['(', ')']).map(str::trim).find(|part| !part.is_empty()).unwrap_or(name);
        match tag(name) {
            Some(tag) if !tags.contains(&tag) => tags.push(tag),
            Some(_) => {}
            None => unknown.push(name.to_owned()),
        }
    }
    (tags, unknown)
}

fn tag(name: &str) -> Option<String> {
    if let Some((tag, _)) = NAMES.iter().find(|(_, names)| names.contains(&name)) {
        return Some((*tag).to_owned());
    }
    // A word of more letters is a name that nobody knows here.
    let first = name.split(['-', '_']).next()?;
    if !(2..=3).contains(&first.len()) {
        return None;
    }
    let tag = check_tag(name)?;
    let mut parts = tag.split('-');
    let mut written = parts.next()?.to_lowercase();
    for part in parts {
        written.push('-');
        written.push_str(&if part.len() == 2 { part.to_uppercase() } else { part.to_owned() });
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes() {
        for (text, tags) in [
            ("en", vec!["en"]),
            ("DE", vec!["de"]),
            ("de_at", vec!["de-AT"]),
            ("Deutsch / English", vec!["de", "en"]),
            ("English (US)", vec!["en"]),
            ("deu", vec!["de"]),
            ("de-formal", vec!["de"]),
            ("日本語", vec!["ja"]),
        ] {
            assert_eq!(languages(text), (tags.into_iter().map(str::to_owned).collect(), vec![]), "{text}");
        }
        assert_eq!(languages("Klingon").1, ["klingon"]);
    }
}
