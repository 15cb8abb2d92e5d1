//! Which form of a text goes with a number, after the plural rules of Unicode CLDR.
//!
//! For whole numbers, which is all that is counted here. A language that is not known takes `one` for
//! 1 and `other` for all else; a text that lacks a form is shown in its form `other`.

/// `zero`, `one`, `two`, `few`, `many` or `other`.
pub(crate) fn form(lang: &str, count: i64) -> &'static str {
    let number = count.unsigned_abs();
    let (tens, units) = (number % 100, number % 10);
    let teen = (11..=14).contains(&tens);
    match ssg_parse::base_language(lang) {
        "fr" if number < 2 => "one",
        "pt" if number == 1 || number == 0 && !lang.eq_ignore_ascii_case("pt-PT") => "one",
        "fr" | "pt" | "es" | "it" if number != 0 && number.is_multiple_of(1_000_000) => "many",
        "fr" | "pt" | "ja" | "zh" | "ko" | "vi" | "th" | "id" => "other",
        "ru" | "uk" => match units {
            1 if tens != 11 => "one",
            2..=4 if !teen => "few",
            _ => "many",
        },
        "pl" => match units {
            _ if number == 1 => "one",
            2..=4 if !teen => "few",
            _ => "many",
        },
        "cs" | "sk" => match number {
            1 => "one",
            2..=4 => "few",
            _ => "other",
        },
        "ar" => match (number, tens) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..=99) => "many",
            _ => "other",
        },
        "he" | "iw" if number == 2 => "two",
        "fa" | "hi" | "bn" if number == 0 => "one",
        _ if number == 1 => "one",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn forms_go_with_numbers_as_languages_have_it() {
        let forms = |lang: &str| [0, 1, 2, 5, 11, 21, 1_000_000].map(|count| form(lang, count));
        let plain = ["other", "one", "other", "other", "other", "other", "other"];
        for lang in ["en", "de", "de-AT", "nl", "sv"] {
            assert_eq!(forms(lang), plain, "{lang}");
        }
        assert_eq!(forms("fr"), ["one", "one", "other", "other", "other", "other", "many"]);
        assert_eq!(forms("pt-BR"), forms("fr"));
        assert_eq!(forms("pt-PT"), ["other", "one", "other", "other", "other", "other", "many"]);
        assert_eq!(forms("es"), forms("pt-PT"));
        assert_eq!(forms("ja"), ["other"; 7]);
        assert_eq!(forms("ru"), ["many", "one", "few", "many", "many", "one", "many"]);
        assert_eq!(forms("ar"), ["zero", "one", "two", "few", "many", "many", "other"]);
    }
}
