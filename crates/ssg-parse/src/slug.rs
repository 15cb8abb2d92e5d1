//! Slugs: text made fit for a path or an anchor.

use deunicode::deunicode_char;

/// Longest slug in bytes: with a suffix and an extension it stays a legal file name.
const MAX_BYTES: usize = 200;

/// Makes a slug of `text`: lower-case ASCII letters and digits, all else one `-`.
///
/// Other scripts are transliterated. Never longer than 200 bytes; a longer one is cut after its
/// last whole word, or in the word when that one alone is too long. May be empty.
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len().min(MAX_BYTES + 1));
    let mut gap = false;
    let mut push = |byte: u8| {
        if byte.is_ascii_alphanumeric() {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(char::from(byte.to_ascii_lowercase()));
        } else {
            gap = true;
        }
        slug.len() <= MAX_BYTES
    };
    let mut fits = true;
    for character in text.chars() {
        fits = if character.is_ascii() {
            push(character as u8)
        } else {
            // An unknown character parts words, like punctuation.
            deunicode_char(character).unwrap_or("-").bytes().all(&mut push)
        };
        if !fits {
            break;
        }
    }
    if !fits {
        let whole = &slug[..=MAX_BYTES];
        let end = whole.rfind('-').unwrap_or(MAX_BYTES);
        slug.truncate(end);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_by_single_hyphens() {
        assert_eq!(slugify("  DevOpsDays — Austin,  2013! "), "devopsdays-austin-2013");
        assert_eq!(slugify("C++ & C#"), "c-c");
        assert_eq!(slugify("snake_case.md"), "snake-case-md");
    }

    #[test]
    fn other_scripts_are_transliterated() {
        assert_eq!(slugify("Žluťoučký kůň"), "zlutoucky-kun");
        assert_eq!(slugify("Ørsted Straße"), "orsted-strasse");
        assert_eq!(slugify("日本語"), "ri-ben-yu");
    }

    #[test]
    fn nothing_to_keep_gives_an_empty_slug() {
        assert_eq!(slugify(""), "");
        assert_eq!(slugify(" -- ¡! \u{200b}"), "");
    }

    #[test]
    fn long_text_is_cut_between_words() {
        let slug = slugify(&"word ".repeat(1000));
        assert!(slug.len() <= 200 && slug.ends_with("word"), "{slug}");
        assert_eq!(slugify(&"x".repeat(1000)), "x".repeat(200));
        assert_eq!(slugify(&"x".repeat(200)), "x".repeat(200));
        assert_eq!(slugify(&format!("{} y", "x".repeat(200))), "x".repeat(200));
    }
}
